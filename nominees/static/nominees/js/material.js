// Material: files dropped or chosen go one by one with a bar each; a list that is being checked looks for news. Without it, Upload uploads.
(() => {
  "use strict";

  const form = document.querySelector("[data-upload]");
  const rows = () => document.querySelector("[data-rows]");

  // While files are being checked the list is asked for now and then, unless somebody works in it.
  const LOOK = 4000;
  const timer = setInterval(look, LOOK);
  async function look() {
    const list = rows();
    if (document.hidden || !list.hasAttribute("data-pending") || list.querySelector("details[open]")) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.redirected) {
        clearInterval(timer);
        return;
      }
      if (answer.ok) renew(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-rows]"));
    } catch {
      // No contact just now: the next round asks again.
    }
  }

  function renew(fresh) {
    const list = rows();
    if (fresh && fresh.innerHTML !== list.innerHTML && !list.contains(document.activeElement)) list.replaceWith(fresh);
  }

  // The name of the chosen file; without a script it only says that there is one.
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-pick]") || !target.files.length) return;
    target.closest(".kv-pick").querySelector(".kv-picked").textContent = target.files[0].name;
  });

  if (!form) return;
  const words = form.dataset;
  const field = form.querySelector("input[type=file]");
  const drop = form.querySelector("[data-drop]");
  const lines = form.querySelector("[data-progress]");
  const waiting = [];
  const said = [...form.querySelectorAll("input:not([type=hidden], [type=file]), select")];
  let isSending = false;
  let isRefused = false;

  form.querySelector("[data-send]").hidden = true;
  // The label is the button: the browser's own speaks the browser's language.
  field.classList.add("visually-hidden");
  drop.querySelector("label").classList.add("btn", "btn-secondary");
  form.querySelector("[data-drop-words]").hidden = false;
  field.addEventListener("change", () => {
    enqueue([...field.files]);
    field.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  ["dragenter", "dragover"].forEach((name) => drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("is-over");
  }));
  ["dragleave", "drop"].forEach((name) => drop.addEventListener(name, () => drop.classList.remove("is-over")));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    enqueue([...event.dataTransfer.files]);
  });
  window.addEventListener("beforeunload", (event) => {
    if (isSending) event.preventDefault();
  });

  function enqueue(files) {
    // The token and what is said of the files as they are chosen; they come before the file itself.
    const about = [...new FormData(form)].filter(([name]) => name !== field.name);
    files.forEach((file) => waiting.push({ file, about, line: newLine(file.name) }));
    next();
  }

  // What was said of these files is not said of the next ones; after a refusal it stays, for another try.
  function forget(about) {
    const now = [...new FormData(form)].filter(([name]) => name !== field.name);
    if (JSON.stringify(now) !== JSON.stringify(about)) return;
    said.forEach((each) => {
      if (each.type === "checkbox") each.checked = false;
      else each.value = "";
    });
  }

  function newLine(name) {
    const item = document.createElement("li");
    const label = document.createElement("span");
    const bar = document.createElement("progress");
    const said = document.createElement("span");
    label.textContent = `${name} `;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `${words.sending} ${name}`);
    said.className = "kv-quiet";
    item.append(label, bar, " ", said);
    lines.append(item);
    lines.hidden = false;
    return { label, bar, said };
  }

  function next() {
    if (isSending || !waiting.length) return;
    const { file, about, line } = waiting.shift();
    if (file.size > Number(words.most)) {
      finish(line, words.tooLarge, true);
      next();
      return;
    }
    isSending = true;
    send(file, about, line);
  }

  function send(file, about, line) {
    const request = new XMLHttpRequest();
    const body = new FormData();
    about.forEach(([name, value]) => body.append(name, value));
    body.append(field.name, file, file.name);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) line.bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => took(request, line));
    request.addEventListener("error", () => finish(line, words.offline, true));
    request.addEventListener("loadend", () => {
      isSending = false;
      if (!waiting.length) {
        if (!isRefused) forget(about);
        isRefused = false;
      }
      next();
    });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  }

  function took(request, line) {
    const isJson = (request.getResponseHeader("Content-Type") || "").startsWith("application/json");
    if (!isJson) {
      finish(line, request.status === 200 || request.status === 403 ? words.out : words.offline, true);
      return;
    }
    const answer = JSON.parse(request.responseText);
    line.label.remove(); // the server's sentence names the file
    finish(line, answer.refused[0] || answer.told[0] || words.kept, Boolean(answer.refused.length));
    renew(new DOMParser().parseFromString(answer.rows, "text/html").querySelector("[data-rows]"));
  }

  function finish(line, sentence, isWrong) {
    line.bar.remove();
    line.said.textContent = sentence;
    isRefused = isRefused || isWrong;
    line.said.classList.toggle("kv-alert", isWrong);
  }
})();
