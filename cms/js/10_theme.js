// Light, dark or as the system wishes; the choice stays in this browser.
const root = document.documentElement;
const choices = document.querySelectorAll("[data-theme-choice]");

function show() {
  const now = root.dataset.theme || "system";
  for (const choice of choices) {
    choice.setAttribute("aria-pressed", String(choice.dataset.themeChoice === now));
  }
}

for (const choice of choices) {
  choice.addEventListener("click", () => {
    const wish = choice.dataset.themeChoice;
    if (wish === "system") delete root.dataset.theme;
    else root.dataset.theme = wish;
    try {
      if (wish === "system") localStorage.removeItem("nest-theme");
      else localStorage.setItem("nest-theme", wish);
    } catch {
      // The look still changes on this page.
    }
    show();
  });
}
show();
