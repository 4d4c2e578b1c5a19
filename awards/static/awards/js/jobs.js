// Looks every third second how far ordered work is, as long as something is on its way and the page is in sight.
(() => {
  const list = () => document.querySelector("[data-jobs]");
  const look = async () => {
    if (document.hidden) return;
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-jobs]");
    if (fresh && fresh.innerHTML !== list().innerHTML) list().replaceWith(fresh);
    if (fresh && !fresh.hasAttribute("data-pending")) clearInterval(timer);
  };
  const timer = list() && list().hasAttribute("data-pending") ? setInterval(look, 3000) : null;
})();
