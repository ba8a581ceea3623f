// Buttons to move items up and down, spots to tap on a picture, and the clock. Without this script the form has
// a place to choose for each item, numbered answers below the picture, and the server minds the time.

// --- order: the place of each item follows from where it stands
function place(list) {
  [...list.children].forEach((item, index) => {
    const select = item.querySelector("select");
    const id = select.value.slice(0, select.value.lastIndexOf(":"));
    select.value = `${id}:${index + 1}`;
    item.querySelector("[data-up]").disabled = index === 0;
    item.querySelector("[data-down]").disabled = index === list.children.length - 1;
  });
  list.querySelector("select").dispatchEvent(new Event("input", { bubbles: true }));
}

function mover(item, list, direction) {
  const button = document.createElement("button");
  const up = direction < 0;
  button.type = "button";
  button.className = "button button--secondary button--small order__move";
  button.dataset[up ? "up" : "down"] = "";
  button.textContent = up ? "↑" : "↓";
  button.setAttribute("aria-label", `${up ? list.dataset.textUp : list.dataset.textDown}: ${item.querySelector(".order__text").textContent}`);
  button.addEventListener("click", () => {
    const other = up ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (up) other.before(item);
    else other.after(item);
    place(list);
    const next = button.disabled ? item.querySelector("button:not(:disabled)") : button;
    next?.focus();
    list.nextElementSibling.textContent = `${item.querySelector(".order__text").textContent}: ${[...list.children].indexOf(item) + 1}`;
  });
  return button;
}

for (const list of document.querySelectorAll("[data-order]")) {
  const live = document.createElement("p");
  live.className = "visually-hidden";
  live.setAttribute("role", "status");
  list.after(live);
  for (const item of list.children) {
    const select = item.querySelector("select");
    select.hidden = true;
    item.querySelector(".order__tools").append(mover(item, list, -1), mover(item, list, 1));
  }
  const items = [...list.children];
  items[0].querySelector("[data-up]").disabled = true;
  items.at(-1).querySelector("[data-down]").disabled = true;
}

// --- spots: tapping a pin chooses the answer with its number
for (const figure of document.querySelectorAll("form [data-spots]")) {
  const inputs = [...figure.parentElement.querySelectorAll("input")];
  const show = () => {
    for (const pin of figure.querySelectorAll("[data-spot]"))
      pin.classList.toggle("spots__pin--chosen", inputs.some((input) => input.checked && input.value === pin.dataset.spot));
  };
  figure.classList.add("spots--live");
  figure.addEventListener("click", (event) => {
    const pin = event.target.closest("[data-spot]");
    const input = pin && inputs.find((one) => one.value === pin.dataset.spot);
    if (input) input.click();
  });
  for (const input of inputs) input.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}

// --- the clock: hands in by itself when the time is up
const clock = document.querySelector("[data-seconds-left]");
if (clock) {
  const end = performance.now() + Number(clock.dataset.secondsLeft) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    clock.textContent = `${clock.dataset.textLeft} ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    clock.classList.toggle("lesson-bar__text--late", left <= 60);
    if (left > 0) return;
    clearInterval(timer);
    const form = document.querySelector("form.check-form");
    form.noValidate = true;
    form.requestSubmit();
  };
  const timer = setInterval(tick, 1000);
  tick();
}

// A page out of the browser's memory may be of an attempt that was handed in since.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
