// The map of journeys: numbers of what one chooses, zoom, dragging, and what a step is joined with. All of it also works by links.
(() => {
  "use strict";
  const LEAST = 0.35, MOST = 2.5, LEGIBLE = 0.62;

  // Choosing a step or a path shows its numbers in the panel beside the map.
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-numbers]");
    const panel = document.getElementById("numbers");
    if (!chosen || !panel || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (moved) return;
    const address = chosen.dataset.numbers;
    document.querySelectorAll(".map__here").forEach((one) => one.classList.remove("map__here"));
    document.querySelectorAll("svg [data-numbers]").forEach((one) => one.classList.toggle("map__here", one.dataset.numbers === address));
    window.htmx.ajax("GET", address, { target: panel, swap: "innerHTML" }).then(() => {
      if (panel.getBoundingClientRect().top > innerHeight - 120 || panel.getBoundingClientRect().bottom < 0) panel.scrollIntoView({ block: "start", behavior: "smooth" });
    });
  });

  // Zoom: the picture keeps its proportions; what was in the middle stays there.
  const pictureOf = (map) => map.querySelector(".map__picture");
  function zoom(map, factor) {
    const picture = pictureOf(map), room = map.querySelector(".map__scroll");
    const wide = Number(picture.dataset.width), high = wide * picture.viewBox.baseVal.height / picture.viewBox.baseVal.width;
    const scale = Math.min(Math.max(factor, LEAST), MOST), before = picture.clientWidth / wide || 1;
    const middle = [room.scrollLeft + room.clientWidth / 2, room.scrollTop + room.clientHeight / 2];
    picture.setAttribute("width", wide * scale);
    picture.setAttribute("height", high * scale);
    map.dataset.scale = scale;
    room.scrollTo(middle[0] * scale / before - room.clientWidth / 2, middle[1] * scale / before - room.clientHeight / 2);
  }
  const fitting = (map) => Math.min(1, (map.querySelector(".map__scroll").clientWidth - 2) / Number(pictureOf(map).dataset.width));

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom-by]");
    if (!button) return;
    const map = button.closest("[data-map]"), now = Number(map.dataset.scale || 1);
    zoom(map, { in: now * 1.25, out: now / 1.25, fit: fitting(map) }[button.dataset.zoomBy]);
  });
  document.addEventListener("wheel", (event) => {
    const map = event.target.closest && event.target.closest("[data-map]");
    if (!map || !event.ctrlKey) return;
    event.preventDefault();
    zoom(map, Number(map.dataset.scale || 1) * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });
  document.addEventListener("keydown", (event) => {
    const map = event.target.closest && event.target.closest(".map__scroll") && event.target.closest("[data-map]");
    if (!map || event.ctrlKey || event.metaKey || !"+-0".includes(event.key)) return;
    event.preventDefault();
    const now = Number(map.dataset.scale || 1);
    zoom(map, { "+": now * 1.25, "-": now / 1.25, 0: fitting(map) }[event.key]);
  });

  // Dragging with a mouse; fingers scroll by themselves.
  let held = null, moved = false;
  document.addEventListener("pointerdown", (event) => {
    moved = false;
    const room = event.target.closest && event.target.closest(".map__scroll");
    if (room && event.pointerType === "mouse" && !event.button) held = { room, x: event.clientX, y: event.clientY, left: room.scrollLeft, top: room.scrollTop };
  });
  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    const across = event.clientX - held.x, down = event.clientY - held.y;
    if (!moved && Math.hypot(across, down) < 5) return;
    moved = true;
    held.room.classList.add("map__scroll--held");
    held.room.scrollTo(held.left - across, held.top - down);
  });
  document.addEventListener("pointerup", () => { if (held) held.room.classList.remove("map__scroll--held"); held = null; });
  document.addEventListener("dragstart", (event) => { if (event.target.closest && event.target.closest(".map__scroll")) event.preventDefault(); });

  // Pointing at a step shows what it is joined with.
  function around(step) {
    const picture = step.closest(".map__picture"), key = step.dataset.step;
    picture.classList.add("map__picture--around");
    picture.querySelectorAll("[data-from]").forEach((one) => one.classList.toggle("map__touching", one.dataset.from === key || one.dataset.to === key));
  }
  const quiet = () => document.querySelectorAll(".map__picture--around").forEach((one) => one.classList.remove("map__picture--around"));
  for (const [name, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(name, (event) => { const step = event.target.closest && event.target.closest("[data-step]"); if (step) around(step); });
    document.addEventListener(off, (event) => { if (event.target.closest && event.target.closest("[data-step]")) quiet(); });
  }

  function begin(root) {
    root.querySelectorAll("[data-map]").forEach((map) => {
      if (map.dataset.scale) return;
      map.querySelectorAll("[data-zoom]").forEach((buttons) => { buttons.hidden = false; });
      zoom(map, Math.max(fitting(map), LEGIBLE));
      const room = map.querySelector(".map__scroll"), start = map.querySelector(".map__step--end rect");
      if (start) room.scrollTo(Number(start.getAttribute("x")) * Number(map.dataset.scale) + 40 - room.clientWidth / 2, 0);
    });
  }
  begin(document);
  // Forms that show their choice at once need no button.
  if (window.htmx) document.querySelectorAll("[data-by-itself]").forEach((button) => button.classList.add("unseen"));
  document.body.addEventListener("htmx:afterSettle", () => begin(document));
})();
