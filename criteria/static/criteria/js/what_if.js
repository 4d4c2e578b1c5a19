// Shows the order as soon as a weight or a mark changes, and keeps the question in the address.
(() => {
  const form = document.querySelector("[data-what-if]");
  if (!form) return;
  let timer = 0, asked = 0;
  const show = async () => {
    const mine = ++asked;
    const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
    const answer = await fetch(address);
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-result]");
    if (!fresh) return;
    document.querySelector("[data-result]").replaceWith(fresh);
    page.querySelectorAll("[id$='-help']").forEach((help) => {
      const here = document.getElementById(help.id);
      if (here) here.replaceWith(help);
    });
    history.replaceState(null, "", address);
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 250); });
})();
