// The attendance list of one session on the trainer's own device. Ticks without a connection wait in IndexedDB and are sent
// once there is one; each has a key, so that sending twice writes once. The server decides. What it refused stays here,
// person by person and after a reload too, until the trainer takes it away. Names are read from the page; that of somebody
// who left the list meanwhile stays as long as this tab does.
const PREFIX = "nest-lists-";
const STORE = "ticks";
const SENT = "nest-lists-sent";
const NOTICE = "/mijn/leren/zonder-verbinding/";
// A site that is busy is asked again by itself, later each time; two tabs not at the same moment.
const MOST_TRIES = 5;
const box = document.querySelector("[data-list-offline]");

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("nest-lists", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function withStore(mode, work) {
  const opened = await database();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = opened.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    opened.close();
  }
}

class OfflineList {
  constructor(box) {
    this.box = box;
    this.session = Number(box.dataset.listOffline);
    this.owner = box.dataset.owner;
    this.name = `${PREFIX}${this.session}`;
    this.status = box.querySelector("[data-offline-status]");
    this.isOpen = "open" in box.dataset;
    this.tries = 0;
    this.refused = box.querySelector("[data-offline-refused]");
    this.buttons = Object.fromEntries(["keep", "send", "drop", "forget"].map((name) => [name, box.querySelector(`[data-offline-${name}]`)]));
    this.buttons.keep.addEventListener("click", () => this.keep());
    this.buttons.send.addEventListener("click", () => this.send());
    this.buttons.drop.addEventListener("click", () => this.drop());
    this.buttons.forget.addEventListener("click", () => this.forget());
    document.addEventListener("htmx:sendError", (event) => this.tick(event.detail.elt));
    document.addEventListener("submit", (event) => {
      if (!navigator.onLine && event.target.dataset.person) {
        event.preventDefault();
        event.stopPropagation();
        this.tick(event.target);
      }
    }, true);
    window.addEventListener("online", () => this.send());
    this.begin();
  }

  async begin() {
    for (const tick of await this.waiting()) this.mark(tick.person, tick.state);
    await this.show(sessionStorage.getItem(SENT) === this.name);
    sessionStorage.removeItem(SENT);
    if (!navigator.onLine || (await this.outdated())) return;
    if ((await this.waiting()).length) await this.send();
    if (this.isOpen && (await caches.has(this.name))) await this.copy().catch(() => {});
  }

  text(name, values = {}) {
    return Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), this.box.dataset[name]);
  }

  say(text, tone = "") {
    this.status.textContent = text;
    this.status.dataset.tone = tone;
  }

  async mine() {
    const ticks = await withStore("readonly", (store) => store.getAll());
    return ticks.filter((tick) => tick.session === this.session && tick.owner === this.owner).sort((a, b) => a.at.localeCompare(b.at));
  }

  async waiting() {
    return (await this.mine()).filter((tick) => !tick.refused);
  }

  async show(sent = false) {
    const all = await this.mine();
    const ticks = all.filter((tick) => !tick.refused);
    const kept = await caches.has(this.name);
    this.list(all.filter((tick) => tick.refused));
    this.box.hidden = !this.isOpen && all.length === 0;
    this.buttons.keep.hidden = kept || !this.isOpen;
    this.buttons.drop.hidden = !kept || all.length > 0;
    this.buttons.send.hidden = ticks.length === 0;
    this.buttons.forget.hidden = ticks.length > 0 || all.length === 0;
    if (ticks.length < all.length && !ticks.length) this.say(this.text("textLeft"), "refused");
    else if (ticks.length) this.say(this.text("textWaiting", { count: new Set(ticks.map((tick) => tick.person)).size }), "waiting");
    else if (sent) this.say(this.text("textSent"), "saved");
    else this.say(this.text(kept ? "textKept" : "textNone"), kept ? "saved" : "");
  }

  // What was refused, by name: of several ticks about one person the last one.
  list(ticks) {
    const last = new Map(ticks.map((tick) => [tick.person, tick]));
    this.refused.hidden = last.size === 0;
    this.refused.replaceChildren(
      ...[...last.values()].map((tick) => {
        const line = document.createElement("li");
        const name = nameOf(tick.person) || sessionStorage.getItem(`${PREFIX}${tick.person}`) || this.text("textGone");
        const time = new Date(tick.at).toLocaleTimeString("nl-BE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
        line.textContent = this.text(tick.state === "present" ? "textLinePresent" : "textLineAbsent", { name, time, text: tick.refused });
        return line;
      }),
    );
  }

  // The page as it is now, and what it needs; at each visit again, so that the copy knows who came in since.
  async copy() {
    const cache = await caches.open(this.name);
    const page = `/begeleiding/sessies/${this.session}/`;
    const answer = await fetch(page, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const parts = partsOf(await answer.clone().text());
    await cache.put(page, answer);
    for (const part of [NOTICE, ...parts]) await cache.put(part, await fetch(part, { credentials: "same-origin" }));
  }

  async keep() {
    try {
      await navigator.serviceWorker.register("/begeleiding/offline.js", { scope: "/begeleiding/" });
      await navigator.serviceWorker.ready;
      await navigator.storage?.persist?.();
      await this.copy();
    } catch {
      await caches.delete(this.name);
      this.say(this.text("textFailed"), "refused");
      return;
    }
    await this.show();
  }

  async drop() {
    await caches.delete(this.name);
    await this.show();
    this.buttons.keep.focus();
  }

  async forget() {
    for (const tick of await this.mine()) {
      if (!tick.refused) continue;
      await withStore("readwrite", (store) => store.delete(tick.key));
      sessionStorage.removeItem(`${PREFIX}${tick.person}`);
    }
    await this.show();
  }

  async tick(element) {
    const form = element.closest("form[data-person]");
    if (!form) return;
    const state = form.elements.state.value;
    const tick = { key: crypto.randomUUID(), session: this.session, owner: this.owner, person: Number(form.dataset.person), state, at: new Date().toISOString() };
    await withStore("readwrite", (store) => store.put(tick));
    this.mark(tick.person, state);
    await this.show();
  }

  mark(person, state) {
    const line = document.getElementById(`persoon-${person}`);
    const form = line?.querySelector("form[data-person]");
    if (!form) return;
    const present = state === "present";
    const button = form.querySelector("button");
    button.setAttribute("aria-pressed", String(present));
    button.classList.toggle("button--secondary", !present);
    form.elements.state.value = present ? "absent" : "present";
    let note = line.querySelector("[data-offline-note]");
    if (!note) {
      note = document.createElement("span");
      note.className = "roll__flag";
      note.dataset.offlineNote = "";
      line.querySelector(".roll__who").append(note);
    }
    note.textContent = this.text(present ? "textPresent" : "textAbsent");
  }

  // Another tab sent what this one still shows as waiting: its list is older, and is asked for anew.
  async outdated() {
    const isOlder = navigator.onLine && document.querySelector("[data-offline-note]") && !(await this.waiting()).length;
    if (isOlder) location.reload();
    return isOlder;
  }

  async send() {
    const ticks = await this.waiting();
    if (!ticks.length) return (await this.outdated()) || this.show();
    let answer;
    try {
      answer = await fetch(this.box.dataset.sync, {
        method: "POST",
        credentials: "same-origin",
        redirect: "manual",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
        body: JSON.stringify({ ticks: ticks.map(({ key, person, state, at }) => ({ key, person, state, at })) }),
      });
    } catch {
      return (await this.outdated()) || this.show();
    }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return this.say(this.text("textSignedOut"), "refused");
    let said = {};
    try {
      said = await answer.json();
    } catch {
      return this.show();
    }
    // A list that is closed or called off stays so: every tick is refused. Any other trouble may pass; those wait on.
    if (["closed", "cancelled"].includes(said.code)) said.results = ticks.map(({ key }) => ({ key, outcome: "refused", message: said.message }));
    else if (!answer.ok) {
      if (answer.status === 503 && this.tries < MOST_TRIES) setTimeout(() => this.send(), (1000 + 1000 * Math.random()) * ++this.tries);
      return this.say(this.text("textRefused", { text: said.message || String(answer.status) }), "refused");
    }
    for (const result of said.results) {
      const tick = ticks.find((one) => one.key === result.key);
      if (result.outcome === "refused") {
        await withStore("readwrite", (store) => store.put({ ...tick, refused: result.message }));
        sessionStorage.setItem(`${PREFIX}${tick.person}`, nameOf(tick.person));
      } else await withStore("readwrite", (store) => store.delete(result.key));
    }
    if (!said.results.some((result) => result.outcome === "refused")) sessionStorage.setItem(SENT, this.name);
    // The page shows an older list now: ticks are in it, somebody left, or it was closed.
    return this.isOpen ? location.reload() : this.show();
  }
}

function nameOf(person) {
  return document.querySelector(`#persoon-${person} .roll__name`)?.textContent || "";
}

function token() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
}

// Styles and scripts of the page, of our own origin.
function partsOf(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const found = [
    ...[...page.querySelectorAll("link[rel=stylesheet]")].map((node) => node.getAttribute("href")),
    ...[...page.querySelectorAll("script[src]")].map((node) => node.getAttribute("src")),
    ...[...page.querySelectorAll("use")].map((node) => (node.getAttribute("href") || "").split("#")[0]),
  ];
  return [...new Set(found.filter((address) => address && address.startsWith("/")))];
}

if (box && "serviceWorker" in navigator && "caches" in window && "indexedDB" in window) new OfflineList(box);
