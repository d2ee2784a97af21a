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
    if (!["y", "n", "e"].includes(key)) return;
    const here = fact();
    const button = here && here.querySelector(`[data-key="${key}"]`);
    if (button) { event.preventDefault(); button.click(); }
  });

  // After an answer, the next fact to ask is where the keys are; an opened one takes the letters.
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "log") other();
    if (event.detail.target.id !== "facts") return;
    const edits = document.querySelector("[data-edits]");
    if (edits) { edits.focus(); edits.select(); return; }
    const next = document.querySelector(".fact--stale") || document.querySelector(".known__add input[name=value]");
    if (next) next.focus({ preventScroll: true });
  });
})();
