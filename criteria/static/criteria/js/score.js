// The score form: number keys, one answer a criterion, and saving while one works. Without it, Save saves.
(() => {
  "use strict";

  const form = document.querySelector("[data-score]");
  if (!form) return;

  // Number keys choose a level, Delete clears it, in the criterion that holds the focus.
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("textarea, select, input:not([type=radio])")) return;
    const scope = event.target.closest(".kv-attribute, [data-criterion]");
    if (!scope) return;
    if (/^[0-9]$/.test(event.key)) {
      const level = scope.querySelector(`[data-key="${event.key}"]`);
      if (level) choose(event, level, true);
    } else if ((event.key === "Delete" || event.key === "Backspace") && event.target.checked) {
      choose(event, event.target, false);
    }
  });

  function choose(event, radio, on) {
    event.preventDefault();
    radio.checked = on;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // A number and one of the words exclude each other.
  form.addEventListener("input", ({ target }) => {
    if (!target.matches(".kv-number") || !target.value) return;
    const scope = target.closest("[data-scale], .kv-attribute");
    const typed = scope.querySelector("[data-typed]");
    const words = scope.querySelector(".kv-blank");
    if (typed) typed.checked = true;
    if (words) words.value = "";
  });
  form.addEventListener("change", ({ target }) => {
    if (!target.value || !target.matches(".kv-blank, .is-blank input")) return;
    const number = target.closest("[data-scale], .kv-attribute").querySelector(".kv-number");
    if (number) number.value = "";
  });

  if (!form.hasAttribute("data-autosave")) return;

  const SOON = 250;
  const WHEN_IDLE = 1500;
  const AGAIN = 10000;
  const words = form.dataset;
  const sum = form.querySelector("[data-sum]");
  let timer = 0;
  let isDirty = false;
  let isSaving = false;
  let isStopped = false;
  let pressed = null;

  form.addEventListener("input", () => later(WHEN_IDLE));
  form.addEventListener("change", ({ target }) => later(target.matches("[type=radio], select") ? SOON : WHEN_IDLE));
  // A press of Save waits for the save under way, whose version it must know: else one would collide with oneself.
  form.addEventListener("submit", (event) => {
    if (isSaving) {
      event.preventDefault();
      pressed = event.submitter || form.querySelector("[type=submit]");
      return;
    }
    isStopped = true;
    isDirty = false;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && isDirty) save(true);
  });
  window.addEventListener("beforeunload", (event) => {
    if (isDirty || isSaving) event.preventDefault();
  });

  function later(wait) {
    isDirty = true;
    if (isStopped) return;
    if (!isSaving) say(words.waiting);
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  // A browser lets only a small parcel outlive its page, and refuses a larger one out of hand.
  function isSmall(body) {
    return [...body].reduce((sum, [name, value]) => sum + new Blob([name, value]).size + 200, 0) < 60000;
  }

  async function save(isLeaving = false) {
    clearTimeout(timer);
    if (isStopped) return;
    if (isSaving) {
      later(SOON);
      return;
    }
    isSaving = true;
    isDirty = false;
    say(words.saving);
    try {
      const body = new FormData(form);
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        keepalive: isLeaving && isSmall(body),
      });
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (answer.redirected) out();
      else if (!isJson) await renew(answer);
      else took(await answer.json(), answer);
    } catch {
      stop(words.offline, AGAIN);
    } finally {
      isSaving = false;
      if (pressed) form.requestSubmit(stillThere(pressed));
      pressed = null;
    }
  }

  // The answer to a save may have drawn the pressed button anew.
  function stillThere(button) {
    if (button.isConnected) return button;
    return [...form.elements].find((each) => each.type === "submit" && each.formAction === button.formAction) || form.querySelector("[type=submit]");
  }

  function took(data, answer) {
    if (data.out) out();
    else if (answer.ok && "version" in data) show(data);
    else refuse(data, answer.status);
  }

  // The text waits in this window until it has been saved, in case somebody signs in from here.
  function out() {
    keep();
    stop(words.out, AGAIN);
  }

  // An answer that is no JSON: the form's token is old (somebody signed in anew), or the server is in trouble.
  async function renew(answer) {
    if (answer.status !== 403) {
      stop(words.offline, AGAIN);
      return;
    }
    const page = await fetch(form.action, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#score [name=csrfmiddlewaretoken]");
    if (page.redirected || !fresh) {
      out();
      return;
    }
    form.elements.csrfmiddlewaretoken.value = fresh.value;
    stop(words.waiting, SOON);
  }

  function stop(sentence, wait) {
    isDirty = true;
    say(sentence, sentence !== words.waiting);
    timer = setTimeout(save, wait);
  }

  function refuse(data, status) {
    isDirty = true;
    const problems = data.problems || {};
    isStopped = !data.problems && status !== 503;
    Object.keys(problems).forEach((name) => mark(name, true));
    if (data.refusal) keep();
    say(data.refusal || data.conflict || Object.values(problems)[0] || words.offline, true);
    if (status === 503) timer = setTimeout(save, AGAIN);
  }

  function keep() {
    form.dispatchEvent(new CustomEvent("score:keep"));
  }

  function show(data) {
    form.elements.version.value = data.version;
    form.dispatchEvent(new CustomEvent("score:saved"));
    form.querySelectorAll("[aria-invalid]").forEach((field) => mark(field.name, false));
    const fresh = document.createElement("template");
    fresh.innerHTML = data.sum;
    ["[data-figures]", "[data-finish]"].forEach((part) => swap(sum.querySelector(part), fresh.content.querySelector(part)));
    form.querySelectorAll("[data-gives]").forEach((each) => {
      each.textContent = data.gives[each.dataset.gives] || "";
    });
    form.querySelectorAll("[data-missing]").forEach((each) => {
      each.hidden = !data.missing.some((code) => isWithin(each.closest("fieldset"), code));
    });
    say(isDirty ? words.waiting : `${words.savedAt} ${data.saved}`);
  }

  // Only what has changed is put in, so that a button keeps the focus it has.
  function swap(there, fresh) {
    if (!there || !fresh || there.innerHTML === fresh.innerHTML) return;
    const hadFocus = there.contains(document.activeElement);
    there.innerHTML = fresh.innerHTML;
    if (hadFocus) there.querySelector("button")?.focus();
  }

  function isWithin(fieldset, code) {
    const id = `criterion-${code}`;
    return fieldset.id === id || fieldset.querySelector(`#${CSS.escape(id)}`) !== null;
  }

  function mark(name, isWrong) {
    form.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((field) => {
      field.classList.toggle("is-invalid", isWrong);
      if (isWrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    });
  }

  function say(sentence, isWarning) {
    const status = sum.querySelector("[data-saved]");
    if (status.textContent === sentence) return;
    status.textContent = sentence;
    status.classList.toggle("kv-alert", Boolean(isWarning));
  }
})();
