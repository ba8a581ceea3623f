// Boxes over a picture: black ones that cover (redaction), or the one that stays (crop). Fractions of the picture.
const NS = "http://www.w3.org/2000/svg";
const clamp = (value) => Math.min(1, Math.max(0, value));
const make = (name, attributes) => {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};
const place = (rect, [left, top, right, bottom]) => {
  rect.setAttribute("x", left);
  rect.setAttribute("y", top);
  rect.setAttribute("width", Math.max(0, right - left));
  rect.setAttribute("height", Math.max(0, bottom - top));
};

function drawing(layer, { onDrag, onEnd }) {
  let from = null;
  const at = (event) => {
    const frame = layer.getBoundingClientRect();
    return [clamp((event.clientX - frame.left) / frame.width), clamp((event.clientY - frame.top) / frame.height)];
  };
  const box = (event) => {
    const [x, y] = at(event);
    return [Math.min(from[0], x), Math.min(from[1], y), Math.max(from[0], x), Math.max(from[1], y)];
  };
  layer.addEventListener("pointerdown", (event) => {
    if (event.button || (event.target !== layer && event.target.hasAttribute("tabindex"))) return;
    from = at(event);
    layer.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  layer.addEventListener("pointermove", (event) => from && onDrag(box(event)));
  layer.addEventListener("pointerup", (event) => {
    if (!from) return;
    const found = box(event);
    from = null;
    onEnd(found);
  });
  layer.addEventListener("pointercancel", () => { from = null; onEnd(null); });
}

function redact(form) {
  const store = form.querySelector("[name=vakken]");
  let boxes = JSON.parse(store.value || "[]");
  const pages = new Map();
  const save = () => { store.value = JSON.stringify(boxes.map((box) => box.map((value) => Math.round(value * 10000) / 10000))); };
  const show = (focused) => {
    for (const layer of pages.values()) layer.replaceChildren();
    boxes.forEach((box, index) => {
      const layer = pages.get(box[0]);
      if (!layer) return;
      const rect = make("rect", { class: "boxed__black", tabindex: "0", role: "button", "aria-label": form.dataset.boxLabel.replace("%(number)s", index + 1) });
      place(rect, box.slice(1));
      rect.addEventListener("keydown", (event) => keys(event, index));
      rect.addEventListener("dblclick", () => remove(index));
      layer.append(rect);
      if (index === focused) rect.focus();
    });
    save();
  };
  const remove = (index) => { boxes.splice(index, 1); show(); };
  const keys = (event, index) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "Delete" || event.key === "Backspace") remove(index);
    else if (step) {
      const [page, left, top, right, bottom] = boxes[index];
      const [dx, dy] = step.map((value) => value * 0.01);
      const moved = event.shiftKey ? [left, top, right + dx, bottom + dy] : [left + dx, top + dy, right + dx, bottom + dy];
      if (moved[2] - moved[0] > 0.009 && moved[3] - moved[1] > 0.009 && moved.every((value) => value >= -0.001 && value <= 1.001)) boxes[index] = [page, ...moved.map(clamp)];
      show(index);
    } else return;
    event.preventDefault();
  };
  for (const frame of form.querySelectorAll("[data-page]")) {
    const number = Number(frame.dataset.page);
    const layer = make("svg", { class: "boxed__layer", viewBox: "0 0 1 1", preserveAspectRatio: "none" });
    frame.append(layer);
    pages.set(number, layer);
    let draft = null;
    drawing(layer, {
      onDrag: (box) => {
        if (!draft) layer.append((draft = make("rect", { class: "boxed__black" })));
        place(draft, box);
      },
      onEnd: (box) => {
        draft = null;
        if (box && box[2] - box[0] > 0.005 && box[3] - box[1] > 0.003) boxes.push([number, ...box]);
        show();
      },
    });
  }
  for (const button of form.querySelectorAll("[data-add-box]")) {
    button.addEventListener("click", () => {
      boxes.push([Number(button.dataset.addBox), 0.3, 0.45, 0.7, 0.5]);
      show(boxes.length - 1);
    });
  }
  show();
}

function crop(frame) {
  const layer = frame.querySelector("svg");
  const rect = layer.querySelector("rect");
  const form = document.querySelector(`[data-crop-form="${frame.dataset.crop}"]`);
  const shade = make("path", { class: "boxed__shade" });
  layer.prepend(shade);
  const show = (box) => {
    place(rect, box);
    const [left, top, right, bottom] = box;
    shade.setAttribute("d", `M0 0H1V1H0ZM${left} ${top}H${right}V${bottom}H${left}Z`);
  };
  const field = (name) => form.elements.namedItem(name);
  const write = ([left, top, right, bottom]) => {
    const values = { links: left, boven: top, rechts: 1 - right, onder: 1 - bottom };
    for (const [name, value] of Object.entries(values)) field(name).value = Math.round(value * 1000) / 10;
  };
  const read = () => {
    const share = (name) => clamp(Number(String(field(name).value).replace(",", ".")) / 100 || 0);
    return [share("links"), share("boven"), 1 - share("rechts"), 1 - share("onder")];
  };
  const now = ["left", "top", "right", "bottom"].map((name) => Number(rect.dataset[name]));
  write(now);
  show(now);
  form.addEventListener("input", () => show(read()));
  drawing(layer, {
    onDrag: show,
    onEnd: (box) => {
      if (!box || box[2] - box[0] < 0.05 || box[3] - box[1] < 0.05) return show(read());
      write(box);
      show(box);
      form.closest("details").open = true;
      form.querySelector("button").focus();
    },
  });
}

for (const form of document.querySelectorAll("form[data-redact]")) redact(form);
for (const frame of document.querySelectorAll("[data-crop]")) crop(frame);
