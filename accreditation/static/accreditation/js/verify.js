// The office's desk by keyboard: 1, 2, 3 choose; j and k walk through the sheets; Ctrl+Enter saves; ? shows the keys.
const form = document.querySelector("form[data-verify]");
const sheets = [...document.querySelectorAll(".sheets__sheet")];
const help = document.querySelector("[data-keys]");
const isTyping = (target) => target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");

function walk(step) {
  if (!sheets.length) return;
  const middle = window.innerHeight / 2;
  const now = sheets.findIndex((sheet) => sheet.getBoundingClientRect().bottom > middle);
  const next = sheets[Math.max(0, Math.min(sheets.length - 1, (now < 0 ? sheets.length - 1 : now) + step))];
  next.scrollIntoView({ block: "start" });
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.metaKey || event.defaultPrevented) return;
  if (event.ctrlKey) {
    if (event.key === "Enter" && form) {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const choice = form?.querySelectorAll("input[type=radio][name=status]")[Number(event.key) - 1];
  if (choice) {
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    (event.key === "1" ? form.querySelector("button[type=submit]") : form.querySelector("textarea")).focus();
    event.preventDefault();
  } else if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === "?" && help) {
    help.open = !help.open;
    help.scrollIntoView({ block: "nearest" });
  }
});
