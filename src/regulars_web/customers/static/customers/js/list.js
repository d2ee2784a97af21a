// The list: one panel open at a time, columns as one parameter. Without it, panels and forms still work.
(() => {
  "use strict";
  document.addEventListener("toggle", (event) => {
    const panel = event.target;
    if (!(panel instanceof HTMLElement) || !panel.matches("details.panel") || !panel.open) return;
    document.querySelectorAll("details.panel[open]").forEach((other) => { if (other !== panel) other.open = false; });
    const first = panel.querySelector(".panel__body select, .panel__body input:not([type=hidden])");
    if (first) first.focus();
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest("details.panel")) return;
    document.querySelectorAll("details.panel[open]").forEach((panel) => { panel.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const panel = document.querySelector("details.panel[open]");
    if (panel) { panel.open = false; panel.querySelector("summary").focus(); }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-columns]");
    if (!form) return;
    const boxes = [...form.querySelectorAll("input[name=column]")];
    const before = form.elements.columns.value.split(",");
    const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
    const kept = before.filter((name) => ticked.includes(name));
    form.elements.columns.value = [...kept, ...ticked.filter((name) => !kept.includes(name))].join(",");
    boxes.forEach((box) => { box.disabled = true; });
  });
  // After a search by typing, a view of the address is no view any more.
  document.body.addEventListener("htmx:pushedIntoHistory", () => {
    document.querySelectorAll(".views a[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
  });
})();
