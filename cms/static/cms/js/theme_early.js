// Runs before the first paint, so that a chosen look does not flash. Everything else waits (vendor/nest.js).
document.documentElement.classList.add("has-js");
try {
  const choice = localStorage.getItem("nest-theme");
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
} catch {
  // Storage may be closed; the system's wish then counts.
}
