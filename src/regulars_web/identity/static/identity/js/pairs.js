// S and D answer the first pair on the page.
(() => {
  "use strict";
  const verdicts = { s: "same", d: "different" };
  document.addEventListener("keydown", (event) => {
    const verdict = verdicts[event.key.toLowerCase()];
    if (!verdict || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, textarea, select") || document.querySelector("dialog[open]")) return;
    const pair = event.target.closest("[data-pair]") || document.querySelector("[data-pair]");
    if (pair) pair.querySelector(`button[value="${verdict}"]`).click();
  });
})();
