// Fetches the next code before the one on the screen ends, and says so when that fails.
const live = document.getElementById("code");
const silent = document.getElementById("code-stil");
const every = Number(live.dataset.every) * 1000;

async function refresh() {
  try {
    const answer = await fetch(live.dataset.codeUrl, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    live.innerHTML = await answer.text();
    silent.hidden = true;
  } catch {
    silent.hidden = false;
  } finally {
    setTimeout(refresh, every);
  }
}

setTimeout(refresh, every);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) location.reload();
});
