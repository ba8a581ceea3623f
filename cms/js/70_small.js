// Copy, print, and the account picker of the demo.
document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const word = copy.querySelector("span") || copy;
    const before = word.textContent;
    try {
      await navigator.clipboard.writeText(copy.dataset.copy);
      word.textContent = copy.dataset.copied || before;
      setTimeout(() => (word.textContent = before), 2000);
    } catch {
      // The text itself stands on the page.
    }
  }
  if (event.target.closest("[data-print]")) window.print();
  const account = event.target.closest("[data-fill-login]");
  const login = document.querySelector("input[name=login]");
  if (account && login) {
    login.value = account.dataset.fillLogin;
    const password = document.querySelector("input[name=password]");
    password.value = account.dataset.fillPassword;
    const submit = login.form.querySelector("button[type=submit]");
    submit.focus();
    submit.scrollIntoView({ block: "center" });
  }
});

const summary = document.querySelector(".error-summary");
if (summary) {
  const show = () => {
    summary.focus({ preventScroll: true });
    summary.scrollIntoView({ block: "start" });
  };
  show();
  // Pictures that arrive later push it down; who began to mend in the meantime is left alone.
  window.addEventListener("load", () => { if (document.activeElement === summary) show(); });
}
