// File drop: a plain file input that also takes dropped files and names what was chosen.
const megabytes = (size) => (size / 1048576).toLocaleString("nl-BE", { maximumFractionDigits: 1, minimumFractionDigits: 1 });

for (const drop of document.querySelectorAll("[data-drop]")) {
  const input = drop.querySelector("input[type=file]");
  const names = drop.querySelector("[data-drop-files]");
  if (!input || !names) continue;
  const limit = Number(drop.dataset.maxBytes || 0);

  const tell = () => {
    const files = [...input.files];
    names.textContent = files.map((file) => `${file.name} (${megabytes(file.size)} MB)`).join(", ");
    const heavy = limit && files.some((file) => file.size > limit);
    input.setCustomValidity(heavy ? drop.dataset.tooBig || "" : "");
    if (heavy) names.textContent += `. ${drop.dataset.tooBig || ""}`;
  };
  input.addEventListener("change", tell);
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("drop--over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("drop--over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("drop--over");
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}

for (const button of document.querySelectorAll("[data-show-password]")) {
  const input = document.getElementById(button.dataset.showPassword);
  if (!input) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    button.querySelector("[data-word]").textContent = hidden ? button.dataset.hide : button.dataset.show;
    input.focus();
  });
}
