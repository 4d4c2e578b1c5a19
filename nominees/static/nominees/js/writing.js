// A writing page: live counters, saving while one writes, and a warning before unsaved text is left. Without it, Save saves.
(() => {
  "use strict";

  const form = document.querySelector("[data-writing]");
  if (!form) return;
  const words = form.dataset;
  const comma = document.documentElement.lang === "sv" ? "," : ".";

  // Counters count as the server does: words stand between spaces, a page holds 3000 signs.
  form.addEventListener("input", ({ target }) => {
    if (target.dataset.chooses) document.getElementById(target.dataset.chooses).checked = true;
    const most = target.dataset.mostWords || target.dataset.mostPages;
    if (most) count(target, Number(most));
  });

  function count(area, most) {
    const text = area.value.trim();
    const isPages = Boolean(area.dataset.mostPages);
    const number = isPages ? Math.ceil(text.length / 300) / 10 : text.split(/\s+/).filter(Boolean).length;
    const shown = isPages ? number.toFixed(1).replace(".", comma) : String(number);
    const line = area.closest("[data-field]").querySelector("[data-count]");
    line.textContent = (isPages ? words.pages : words.words).replace("{count}", shown).replace("{most}", most);
    line.classList.toggle("kv-alert", number > most);
    area.classList.toggle("is-invalid", number > most || area.hasAttribute("aria-invalid"));
  }

  // A link to a row unfolds it.
  function unfold() {
    const there = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const row = there && (there.closest("li")?.querySelector("details.kv-area") || null);
    if (!row) return;
    row.open = true;
    const field = there.matches("input, textarea, select") ? there : row.querySelector("input:not([type=hidden]), textarea");
    if (field && !document.querySelector("[data-error-summary]")) field.focus();
  }
  window.addEventListener("hashchange", unfold);
  unfold();

  if (!form.hasAttribute("data-autosave")) return;

  const WHEN_IDLE = 1500;
  const SOON = 250;
  const AGAIN = 10000;
  const status = form.querySelector("[data-saved]");
  const touched = new Set();
  let timer = 0;
  let isSaving = false;
  let isStopped = false;
  let pressed = null;

  form.addEventListener("input", ({ target }) => later(target, WHEN_IDLE));
  form.addEventListener("change", ({ target }) => later(target, target.matches("textarea, input:not([type=radio])") ? WHEN_IDLE : SOON));
  // A press of Save waits for the save under way, whose marks it must know: else one would collide with oneself.
  form.addEventListener("submit", (event) => {
    if (isSaving) {
      event.preventDefault();
      pressed = event.submitter || form.querySelector("[type=submit]");
      return;
    }
    isStopped = true;
    touched.clear();
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
  window.addEventListener("beforeunload", (event) => {
    if (touched.size || isSaving) event.preventDefault();
  });

  function later(field, wait) {
    if (!field.name || field.name.startsWith("was-")) return;
    touched.add(field.name);
    if (isStopped) return;
    if (!isSaving) say(words.waiting);
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  // Two choices of an area are one: what it builds on, and what became of it. They are saved together.
  const PAIR = /^(area-\d+-)(predecessor|continuation)$/;
  function withPairs(names) {
    const pairs = names.flatMap((name) => {
      const found = name.match(PAIR);
      return found ? [`${found[1]}predecessor`, `${found[1]}continuation`] : [name];
    });
    return [...new Set(pairs)];
  }

  // Only what was touched travels, with the mark of what the page showed.
  function parcel(names) {
    const whole = new FormData(form);
    const part = new FormData();
    part.set("csrfmiddlewaretoken", whole.get("csrfmiddlewaretoken"));
    names.forEach((name) => {
      part.set(name, whole.get(name) ?? "");
      part.set(`was-${name}`, whole.get(`was-${name}`) ?? "");
    });
    return part;
  }

  // A browser lets only a small parcel outlive its page, and refuses a larger one out of hand.
  function isSmall(body) {
    return [...body].reduce((sum, [name, value]) => sum + new Blob([name, value]).size + 200, 0) < 60000;
  }

  async function save(isLeaving = false) {
    clearTimeout(timer);
    if (isStopped || !touched.size) return;
    if (isSaving) {
      timer = setTimeout(save, SOON);
      return;
    }
    isSaving = true;
    const names = withPairs([...touched]);
    const body = parcel(names);
    touched.clear();
    say(words.saving);
    try {
      const keepalive = isLeaving && isSmall(body);
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, keepalive });
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (!isJson) await renew(names, answer);
      else took(await answer.json(), answer.status, names);
    } catch {
      back(names, words.offline, AGAIN);
    } finally {
      isSaving = false;
      if (pressed) form.requestSubmit(pressed);
      pressed = null;
    }
  }

  // An answer that is no JSON: the form's token is old (somebody signed in anew), or the server is in trouble.
  async function renew(names, answer) {
    if (answer.status !== 403) {
      back(names, words.offline, AGAIN);
      return;
    }
    const page = await fetch(form.action, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#writing [name=csrfmiddlewaretoken]");
    if (page.redirected || !fresh) {
      back(names, words.out, 0);
      return;
    }
    form.elements.csrfmiddlewaretoken.value = fresh.value;
    back(names, words.waiting, SOON);
  }

  function took(data, code, names) {
    if (data.out) {
      back(names, words.out, AGAIN);
      return;
    }
    Object.entries(data.was || {}).forEach(([name, mark]) => {
      const was = form.elements[`was-${name}`];
      if (was) was.value = mark;
    });
    // What the server chose itself is shown, unless another choice has been made meanwhile.
    Object.entries(data.now || {}).forEach(([name, value]) => {
      const field = form.elements[name];
      if (field instanceof HTMLSelectElement && !touched.has(name)) field.value = value;
    });
    const wrong = data.problems || {};
    names.forEach((name) => invalid(name, name in wrong));
    if (code === 200) {
      if (data.notice) say(data.notice, true);
      else if (touched.size) say(words.waiting);
      else say(`${words.savedAt} ${data.saved}`);
      return;
    }
    isStopped = code === 403 || code === 409;
    const left = data.was ? names.filter((name) => !(name in data.was)) : names;
    back(left, data.refusal || data.conflict || Object.values(wrong)[0] || words.offline, code === 503 ? AGAIN : 0);
  }

  function back(names, sentence, wait) {
    names.forEach((name) => touched.add(name));
    say(sentence, sentence !== words.waiting);
    if (wait) timer = setTimeout(save, wait);
  }

  function invalid(name, isWrong) {
    form.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((field) => {
      if (isWrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      if (isWrong) field.classList.add("is-invalid");
      else if (!field.dataset.mostWords && !field.dataset.mostPages) field.classList.remove("is-invalid");
    });
  }

  function say(sentence, isWarning) {
    if (status.textContent === sentence) return;
    status.textContent = sentence;
    status.classList.toggle("kv-alert", Boolean(isWarning));
  }
})();
