// A second click on the same form within a moment does nothing. The server has its own guard; this one spares the wait.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-no-lock") || event.defaultPrevented) return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "yes";
  const button = event.submitter;
  if (button) button.setAttribute("aria-busy", "true");
  const free = () => {
    delete form.dataset.sending;
    if (button) button.removeAttribute("aria-busy");
  };
  setTimeout(free, 8000);
  window.addEventListener("pageshow", (shown) => shown.persisted && free(), { once: true });
});
