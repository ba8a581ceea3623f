// Form guard: what somebody typed in a form with data-guard outlives an expired session.
// While typing, a draft is kept in this tab (sessionStorage; never passwords, files, hidden fields).
// It is given back when the same form returns empty, and dropped once the server took the form.
const PREFIX = "nest-draft:";
const SENT = "nest-sent";
const DAY = 24 * 60 * 60 * 1000;
const WHO = document.body.dataset.who || "";

function keyOf(form) {
  const url = new URL(form.getAttribute("action") || location.href, location.href);
  return `${PREFIX}${form.id || ""}@${url.pathname}`;
}

function fieldsOf(form) {
  return [...form.elements].filter(
    (field) => field.name && !["hidden", "password", "file", "submit", "button", "reset", "image"].includes(field.type || "") && field.tagName !== "BUTTON" && field.tagName !== "FIELDSET" && field.autocomplete !== "one-time-code",
  );
}

function read(form) {
  return fieldsOf(form).map((field) => {
    if (field.type === "checkbox" || field.type === "radio") return [field.name, field.value, field.checked];
    if (field.multiple) return [field.name, [...field.options].filter((o) => o.selected).map((o) => o.value)];
    return [field.name, field.value];
  });
}

function write(form, values) {
  const used = new Map();
  for (const [name, value, checked] of values) {
    const named = fieldsOf(form).filter((field) => field.name === name);
    if (checked !== undefined) {
      const field = named.find((one) => one.value === value);
      if (field) field.checked = checked;
      continue;
    }
    const at = used.get(name) || 0;
    used.set(name, at + 1);
    const field = named[at];
    if (!field) continue;
    if (Array.isArray(value)) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
  }
  form.dispatchEvent(new CustomEvent("nest:restored", { bubbles: true }));
}

function note(form) {
  const box = document.createElement("p");
  box.className = "alert alert--info";
  box.setAttribute("role", "status");
  box.textContent = document.body.dataset.draftRestored || "";
  form.prepend(box);
}

try {
  const store = sessionStorage;
  const forms = [...document.querySelectorAll("form[data-guard]")];
  const here = new Set(forms.map(keyOf));

  // A sent form that is not on this page was accepted, unless this page is the sign-in detour or an error page.
  const sent = store.getItem(SENT);
  const detour = document.body.hasAttribute("data-detour");
  if (sent) {
    if (!detour && (!here.has(sent) || document.querySelector(".toast.alert--success"))) store.removeItem(sent);
    // After a detour the draft waits for its form; a later success (signing in says one too) is not about it.
    store.removeItem(SENT);
  }

  for (const form of forms) {
    const key = keyOf(form);
    const fresh = JSON.stringify(read(form));
    const kept = JSON.parse(store.getItem(key) || "null");
    // A form that came back with errors already holds what was typed; the server's version then counts.
    if (kept && kept.who === WHO && Date.now() - kept.at < DAY && !form.querySelector("[aria-invalid=true], .error-summary")) {
      if (JSON.stringify(kept.values) !== fresh) {
        write(form, kept.values);
        note(form);
      }
    }
    const keep = () => store.setItem(key, JSON.stringify({ at: Date.now(), who: WHO, values: read(form) }));
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
    form.addEventListener("submit", () => {
      keep();
      store.setItem(SENT, key);
    });
    form.addEventListener("reset", () => store.removeItem(key));
    // A form that saves itself (autosave) says so: the server now holds what was typed.
    form.addEventListener("nest:saved", () => store.removeItem(key));
  }
} catch {
  // Without storage the form still works; it just keeps no draft.
}
