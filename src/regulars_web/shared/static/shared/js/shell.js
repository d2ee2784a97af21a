// What every page does beyond links and forms. Without it all pages still work.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const typing = (element) => element && (element.matches("input, textarea, select") || element.isContentEditable);

  function open(id) {
    const dialog = byId(id);
    if (!dialog || dialog.open) return;
    document.querySelectorAll("dialog[open]").forEach((other) => other.close());
    dialog.showModal();
    if (id === "palette") {
      const text = byId("palette-text");
      text.select();
      window.htmx.trigger(text, "palette:opened");
    }
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      event.preventDefault();
      open(opener.dataset.opens);
    }
    if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
    if (event.target.matches("dialog")) event.target.close();
    const theme = event.target.closest("[data-theme-choice]");
    if (theme) chooseTheme(theme.dataset.themeChoice);
  });

  function chooseTheme(choice) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `theme=${choice}; path=/; max-age=31536000; samesite=lax${secure}`;
    if (choice === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    document.querySelectorAll("[data-theme-choice]").forEach((button) =>
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice)));
    document.dispatchEvent(new CustomEvent("theme:changed"));
  }

  // Keys: / and Ctrl-K find, ? shows the keys, g h and g c go somewhere.
  let went = 0;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open("palette");
      return;
    }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "/") { event.preventDefault(); open("palette"); }
    else if (event.key === "?") open("shortcuts");
    else if (event.key === "g") went = Date.now();
    else if (Date.now() - went < 1200 && (event.key === "h" || event.key === "c")) {
      const links = document.querySelectorAll(".rail a:not(.brand)");
      const target = event.key === "h" ? links[0] : links[1];
      if (target) target.click();
    }
  });

  // In the search: arrows move, Enter follows.
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "palette-text") return;
    const links = [...document.querySelectorAll("#palette-found a")];
    const here = links.findIndex((link) => link.classList.contains("here"));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!links.length) return;
      const next = (here + (event.key === "ArrowDown" ? 1 : -1) + links.length) % links.length;
      links.forEach((link, place) => link.classList.toggle("here", place === next));
      links[next].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && links.length) {
      event.preventDefault();
      links[Math.max(here, 0)].click();
    }
  });

  // The chooser of period and group shows its choice at once.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-chooser]");
    if (!form) return;
    const custom = form.elements.period.value === "custom";
    form.querySelector(".chooser__dates").hidden = !custom;
    form.querySelectorAll(".chooser__dates input").forEach((input) => { input.disabled = !custom; });
    if (event.target.name === "period" && custom) return;
    if (custom && !(form.elements.from.value || form.elements.to.value)) return;
    form.requestSubmit();
  });
  document.querySelectorAll("[data-chooser] .chooser__show").forEach((button) => { button.classList.add("unseen"); });

  // Toasts leave by themselves, and stay while somebody reads or needs them.
  function retire(toast) {
    if (toast.dataset.leaves) return;
    toast.dataset.leaves = "yes";
    if (toast.matches(".toast--harm, .toast--old")) return;
    const stays = toast.querySelector("button, a") ? 30000 : 6000;
    setTimeout(() => { if (!toast.matches(":hover, :focus-within")) toast.remove(); }, stays);
  }
  const toasts = byId("toasts");
  function toast(text, kind) {
    const line = document.createElement("p");
    line.className = `toast toast--${kind || "plain"}`;
    line.textContent = text;
    toasts.append(line);
    retire(line);
  }
  toasts.querySelectorAll(".toast").forEach(retire);
  new MutationObserver(() => toasts.querySelectorAll(".toast").forEach(retire)).observe(toasts, { childList: true });
  toasts.addEventListener("click", (event) => { const line = event.target.closest(".toast"); if (line && !event.target.closest("button, a")) line.remove(); });
  document.body.addEventListener("toast", (event) => toast(event.detail.text, event.detail.kind));
  document.body.addEventListener("htmx:responseError", () => toast(document.body.dataset.failed || "!", "harm"));
  document.body.addEventListener("htmx:sendError", () => toast(document.body.dataset.offline || "!", "harm"));

  // Forms that must not be sent twice carry a number of their own.
  document.querySelectorAll("input[data-request-id]").forEach((input) => { if (!input.value) input.value = crypto.randomUUID(); });
})();
