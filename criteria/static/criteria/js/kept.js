// What could not be saved waits in this window, and nowhere else, until it has been put back or thrown away.
(() => {
  "use strict";

  const NOT_TEXT = ["csrfmiddlewaretoken", "version"];
  const entries = (form) => [...new FormData(form)].filter(([name]) => !NOT_TEXT.includes(name));
  const unkept = document.querySelector("[data-unkept]");
  if (unkept) sessionStorage.setItem(unkept.dataset.unkept, JSON.stringify(entries(unkept)));

  const form = document.querySelector("[data-kept]");
  if (!form) return;
  const key = form.dataset.kept;
  form.addEventListener("score:keep", () => sessionStorage.setItem(key, JSON.stringify(entries(form))));
  form.addEventListener("score:saved", () => forget());

  const offer = document.querySelector("[data-offer]");
  const kept = JSON.parse(sessionStorage.getItem(key) || "null");
  if (!kept) return;
  if (!form.hasAttribute("data-autosave")) return;
  const stands = new Set(entries(form).map((each) => JSON.stringify(each)));
  if (kept.every((each) => stands.has(JSON.stringify(each)))) {
    forget();
    return;
  }
  offer.hidden = false;
  offer.querySelector("[data-put]").addEventListener("click", () => {
    put();
    offer.hidden = true;
    form.dispatchEvent(new Event("input", { bubbles: true }));
    document.getElementById("criteria").focus();
  });
  offer.querySelector("[data-drop]").addEventListener("click", forget);

  function forget() {
    sessionStorage.removeItem(key);
    if (offer) offer.hidden = true;
  }

  // A number and its words post under one name: each control takes what is its own.
  function put() {
    [...form.elements].forEach((field) => {
      const given = kept.filter(([name]) => name === field.name).map(([, value]) => value);
      if (!given.length || field.type === "hidden") return;
      const others = [...form.elements].filter((each) => each !== field && each.name === field.name).flatMap(words);
      if (field.type === "radio") field.checked = given.includes(field.value);
      else if (field.tagName === "SELECT") field.value = given.find((value) => value && words(field).includes(value)) || "";
      else field.value = given.find((value) => value && !others.includes(value)) || "";
    });
  }

  function words(field) {
    if (field.type === "radio") return [field.value];
    return field.tagName === "SELECT" ? [...field.options].map((option) => option.value) : [];
  }
})();
