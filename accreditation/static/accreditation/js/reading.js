// Reading desk: arrow keys walk through the documents while the focus is in that column; links move the focus along.
const column = document.querySelector("[data-reading-documents]");
if (column) {
  const pieces = [...column.querySelectorAll("[data-piece]")];
  const show = (piece) => {
    piece.focus({ preventScroll: true });
    piece.scrollIntoView({ block: "start" });
  };
  column.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const now = pieces.indexOf(document.activeElement?.closest("[data-piece]"));
    const next = pieces[now < 0 ? 0 : now + step];
    if (next) {
      event.preventDefault();
      show(next);
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-piece-link]");
    const piece = link && document.getElementById(link.hash.slice(1));
    if (piece) {
      event.preventDefault();
      show(piece);
    }
  });
}
