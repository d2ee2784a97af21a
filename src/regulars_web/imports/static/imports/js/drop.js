// Dropping files: shows where they may fall, sends them at once and tells how far they are. Without it there is a button.
(() => {
  "use strict";
  const form = document.querySelector("[data-sending]");
  if (!form) return;
  const place = form.querySelector("[data-drop]"), field = form.querySelector("input[type=file]");
  const told = form.querySelector(".sending__progress"), bar = told.querySelector("progress"), words = told.querySelector("p");
  const wrong = form.querySelector(".sending__wrong");
  form.classList.add("sending--ready");

  // A file that misses the field must not replace the page.
  ["dragover", "drop"].forEach((name) => window.addEventListener(name, (event) => event.preventDefault()));
  let over = 0;
  window.addEventListener("dragenter", () => { over += 1; place.classList.add("drop--over"); });
  window.addEventListener("dragleave", () => { over = Math.max(0, over - 1); if (!over) place.classList.remove("drop--over"); });
  window.addEventListener("drop", (event) => {
    over = 0;
    place.classList.remove("drop--over");
    if (!event.dataTransfer || !event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    send();
  });
  field.addEventListener("change", send);
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });

  function refuse(sentence) {
    const line = document.createElement("p");
    line.className = "notice notice--harm";
    line.setAttribute("role", "alert");
    line.textContent = sentence;
    wrong.replaceChildren(line);
    told.hidden = true;
    form.classList.remove("sending--busy");
    field.value = "";
  }

  function send() {
    if (!field.files.length || form.classList.contains("sending--busy")) return;
    wrong.replaceChildren();
    const most = Number(form.dataset.most);
    if ([...field.files].some((file) => file.size > most)) { refuse(form.dataset.tooLarge); return; }
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
    request.upload.addEventListener("load", () => { words.textContent = form.dataset.arrived; bar.removeAttribute("value"); });
    request.addEventListener("load", () => {
      const next = request.getResponseHeader("HX-Redirect");
      if (next) { location.assign(next); return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const said = page.querySelector("[role=alert], main p");
      refuse(said ? said.textContent.trim() : form.dataset.lost);
    });
    request.addEventListener("error", () => refuse(form.dataset.lost));
    const content = new FormData(form);
    words.textContent = form.dataset.arriving;
    bar.value = 0;
    told.hidden = false;
    form.classList.add("sending--busy");
    request.send(content);
  }
})();
