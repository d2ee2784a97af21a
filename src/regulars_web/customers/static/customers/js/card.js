// The card: L logs a contact, Y N E answer for the focused fact or the first one to ask again. All works without it.
(() => {
  "use strict";
  const typing = (element) => element && (element.matches("input, textarea, select") || element.isContentEditable);

  function other() {
    const fields = document.querySelector("[data-other-fields]");
    const chosen = document.querySelector("[name=way]:checked");
    if (fields) fields.hidden = !(chosen && "other" in chosen.dataset);
  }
  other();
  document.addEventListener("change", (event) => { if (event.target.name === "way") other(); });

  function fact() {
    return document.activeElement.closest("[data-fact]") || document.querySelector(".fact--stale");
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.matches && event.target.matches("[data-edits]") && event.key === "Escape") {
      event.preventDefault();
      event.target.closest("form").querySelector("[data-cancels]").click();
      return;
    }
    if (event.target.matches && event.target.matches("[data-log-note]") && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key === "l") {
      const note = document.querySelector("[data-log-note]");
      if (!note) return;
      event.preventDefault();
      note.focus();
      note.scrollIntoView({ block: "center" });
      return;
    }
    if (!["y", "n", "e"].includes(key) || event.repeat) return;
    if (answering) pressed.push(key);
    else if (answer(key)) event.preventDefault();
  });

  // A key pressed while an answer is on its way is meant for the next fact: it waits until that one is shown.
  let answering = false;
  const pressed = [];
  function answer(key) {
    const here = fact();
    const button = here && here.querySelector(`[data-key="${key}"]`);
    if (button) button.click();
    return Boolean(button);
  }
  const ofFacts = (event) => event.detail.target && event.detail.target.id === "facts";
  document.body.addEventListener("htmx:beforeRequest", (event) => { if (ofFacts(event)) answering = true; });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (!ofFacts(event)) return;
    answering = false;
    if (event.detail.failed) pressed.length = 0;
  });

  // After an answer, the next fact to ask is where the keys are; an opened one takes the letters.
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "log") other();
    if (event.detail.target.id !== "facts") return;
    const edits = document.querySelector("[data-edits]");
    if (edits) { pressed.length = 0; edits.focus(); edits.select(); return; }
    const asked = document.querySelector(".fact--stale");
    const next = asked || document.querySelector(".known__add input[name=value]");
    if (next) next.focus({ preventScroll: true });
    if (!asked) pressed.length = 0;
    else if (pressed.length) setTimeout(() => answer(pressed.shift()));
  });
})();
