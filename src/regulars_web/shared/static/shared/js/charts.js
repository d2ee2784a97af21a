// Draws every chart of a page with Vega-Lite, in the colours of the theme. The specification stands in the page as data.
(() => {
  "use strict";
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function theme() {
    const ink = token("--ink"), soft = token("--soft"), line = token("--line");
    return {
      background: null, font: "Inter Variable", view: { stroke: null },
      axis: { labelColor: soft, titleColor: soft, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 500 },
      legend: { labelColor: soft, titleColor: soft, labelFontSize: 12, titleFontSize: 12 },
      title: { color: ink }, text: { color: ink },
      mark: { color: token("--accent") }, line: { strokeWidth: 2 }, bar: { color: token("--accent"), cornerRadiusEnd: 2 },
      range: { category: [token("--accent"), token("--second"), token("--grey"), token("--harm")] },
    };
  }

  // A specification may name tokens ("--harm") where a colour stands.
  function painted(value) {
    if (typeof value === "string" && value.startsWith("--")) return token(value);
    if (Array.isArray(value)) return value.map(painted);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, painted(part)]));
    return value;
  }

  async function draw(place) {
    if (!place.dataset.specification || !window.vegaEmbed) return;
    const specification = painted(JSON.parse(place.dataset.specification));
    specification.config = { ...theme(), ...(specification.config || {}) };
    await window.vegaEmbed(place, specification, { ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: { disableDefaultStyle: true } });
    place.dataset.drawn = "yes";
  }

  const drawAll = (root) => root.querySelectorAll("[data-chart]").forEach(draw);
  drawAll(document);
  document.body.addEventListener("htmx:afterSettle", (event) => drawAll(event.target));
  document.addEventListener("theme:changed", () => drawAll(document));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll(document));
})();
