// Saves a form with data-autosave while somebody works in it. Without this script the form has its own button.
// One request at a time; what could not be sent is sent again; the words under the form say where things stand.
const TYPING = 900;
const RETRY_FIRST = 2000;
const RETRY_LONGEST = 60000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]");
    this.dirty = false;
    this.busy = false;
    this.stopped = false;
    this.delay = RETRY_FIRST;
    // With data-autosave-changed only the questions that changed are sent, so that two devices do not overwrite
    // each other's answers to other questions.
    this.names = "autosaveChanged" in form.dataset ? new Set() : null;
    form.addEventListener("input", (event) => this.changed(event.target));
    form.addEventListener("nest:restored", () => this.changed(null));
    // The guard may have given back a draft before this script ran.
    if (this.differs()) this.changed(null);
    form.addEventListener("submit", () => {
      this.stopped = true;
      clearTimeout(this.timer);
      this.leaveOutUntouched();
    });
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      this.stopped = false;
      for (const box of form.querySelectorAll("[data-kept]")) box.disabled = false;
    });
    window.addEventListener("online", () => this.dirty && this.save());
    window.addEventListener("pagehide", () => this.leave());
  }

  changed(field) {
    this.dirty = true;
    if (this.names && field?.name) this.names.add(field.name);
    if (this.names && !field) for (const one of this.form.elements) if (one.name) this.names.add(one.name);
    clearTimeout(this.timer);
    const wait = field && field.tagName === "TEXTAREA" ? TYPING : 0;
    this.timer = setTimeout(() => this.save(), wait);
  }

  differs() {
    return [...this.form.elements].some((field) =>
      field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : field.tagName === "TEXTAREA" && field.value !== field.defaultValue,
    );
  }

  tooLong() {
    return [...this.form.querySelectorAll("[data-most]")].some((field) => field.value.length > Number(field.dataset.most));
  }

  async save() {
    if (this.busy || this.stopped || !this.dirty) return;
    if (this.tooLong()) {
      this.say("refused", this.form.dataset.textLong);
      return;
    }
    this.busy = true;
    this.dirty = false;
    this.say("saving", this.form.dataset.textSaving);
    let answer;
    try {
      answer = await this.send(false);
    } catch {
      this.busy = false;
      this.again();
      return;
    }
    this.busy = false;
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) this.again();
    else await this.heard(answer);
  }

  send(keepalive) {
    return fetch(this.form.dataset.autosave, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      keepalive,
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
      body: this.body(),
    });
  }

  body() {
    const data = new URLSearchParams(new FormData(this.form));
    if (!this.names) return data;
    const sent = new URLSearchParams();
    for (const [name, value] of data)
      if (this.names.has(name) || name === "csrfmiddlewaretoken" || name === "poging") sent.append(name, value);
    return sent;
  }

  // What stood there when the page was loaded is on the server already, perhaps changed by another device since.
  leaveOutUntouched() {
    if (!this.names) return;
    for (const box of this.form.querySelectorAll("[data-kept]"))
      if (![...box.elements].some((field) => this.names.has(field.name))) box.disabled = true;
  }

  async heard(answer) {
    this.delay = RETRY_FIRST;
    let data = {};
    try {
      data = await answer.json();
    } catch {
      // A page instead of JSON: the form's secret is out of date. Loading the page again mends that.
    }
    if (answer.ok && data.saved) {
      this.kept(data);
    } else if (answer.status === 401) {
      this.dirty = true;
      this.signIn(data);
    } else {
      this.dirty = true;
      this.say("refused", data.message || this.form.dataset.textReload);
      if (data.reload) location.reload();
    }
  }

  kept(data) {
    if (data.revision !== undefined) this.form.elements.versie.value = data.revision;
    if (data.attempt !== undefined) this.form.elements.poging.value = data.attempt;
    if (this.dirty) {
      this.save();
      return;
    }
    this.say("saved", this.form.dataset.textSaved);
    this.form.dispatchEvent(new CustomEvent("nest:saved", { bubbles: true }));
  }

  again() {
    this.dirty = true;
    this.say("waiting", this.form.dataset.textWaiting);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), this.delay);
    this.delay = Math.min(this.delay * 2, RETRY_LONGEST);
  }

  signIn(data) {
    const link = document.createElement("a");
    const here = location.pathname + location.search;
    link.href = `${data.sign_in || "/account/login/"}?next=${encodeURIComponent(here)}`;
    link.textContent = this.form.dataset.textSignin;
    this.say("refused", `${data.message || ""} `);
    this.status.append(link);
  }

  leave() {
    if (this.dirty && !this.busy && !this.stopped && !this.tooLong()) this.send(true).catch(() => {});
  }

  say(tone, text) {
    this.status.dataset.tone = tone;
    this.status.textContent = text || "";
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
