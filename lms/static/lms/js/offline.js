// "Bewaar op dit toestel" on the course page: puts the lessons of this course where the worker finds them.
// Private texts are not among them: the site leaves them out of these copies.
const PREFIX = "nest-lessons-";
const NOTICE = "/mijn/leren/zonder-verbinding/";
const box = document.querySelector("[data-offline-course]");

class Shelf {
  constructor(box) {
    this.box = box;
    this.status = box.querySelector("[data-offline-status]");
    this.keepButton = box.querySelector("[data-offline-keep]");
    this.dropButton = box.querySelector("[data-offline-drop]");
    this.name = `${PREFIX}${box.dataset.offlineCourse}`;
    this.keepButton.addEventListener("click", () => this.keep());
    this.dropButton.addEventListener("click", () => this.drop());
    box.hidden = false;
    this.show();
  }

  text(name, values = {}) {
    return Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), this.box.dataset[name]);
  }

  say(text, tone = "") {
    this.status.textContent = text;
    this.status.dataset.tone = tone;
  }

  async kept() {
    if (!(await caches.has(this.name))) return null;
    const answer = await (await caches.open(this.name)).match(`/${this.name}`);
    return answer ? answer.json() : null;
  }

  async show() {
    const kept = await this.kept();
    if (kept && kept.owner !== this.box.dataset.owner) {
      await forgetAll();
      return this.show();
    }
    this.dropButton.hidden = !kept;
    this.keepButton.hidden = Boolean(kept) && kept.version === this.box.dataset.version;
    if (!kept) this.say(this.text("textNone"));
    else if (kept.version !== this.box.dataset.version) this.say(this.text("textOld"), "waiting");
    else this.say(this.text("textKept", { count: kept.count, day: kept.day }), "saved");
    return undefined;
  }

  async keep() {
    this.keepButton.disabled = true;
    try {
      await navigator.serviceWorker.register("/mijn/leren/offline.js", { scope: "/mijn/leren/" });
      await navigator.storage?.persist?.();
      await this.fill();
    } catch {
      await caches.delete(this.name);
      this.say(this.text("textFailed"), "refused");
      this.keepButton.disabled = false;
      return;
    }
    this.keepButton.disabled = false;
    await this.show();
  }

  async fill() {
    const { pages } = await json(this.box.dataset.list);
    await caches.delete(this.name);
    const cache = await caches.open(this.name);
    const parts = new Set();
    let done = 0;
    for (const url of [NOTICE, ...pages]) {
      const answer = await get(`${url}?kopie=1`);
      const text = await answer.clone().text();
      await cache.put(url, answer);
      for (const part of partsOf(text)) parts.add(part);
      done += 1;
      this.say(this.text("textBusy", { done: Math.min(done, pages.length), count: pages.length }));
    }
    for (const part of parts) await cache.put(part, await get(part));
    const note = { owner: this.box.dataset.owner, version: this.box.dataset.version, count: pages.length, day: this.box.dataset.today };
    await cache.put(`/${this.name}`, new Response(JSON.stringify(note), { headers: { "Content-Type": "application/json" } }));
  }

  async drop() {
    await caches.delete(this.name);
    await this.show();
    this.keepButton.focus();
  }
}

async function get(url) {
  const answer = await fetch(url, { credentials: "same-origin", redirect: "error" });
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer;
}

async function json(url) {
  return (await get(url)).json();
}

// Styles, scripts and pictures of a page, of our own origin. Films and recordings are left out: too heavy for a phone.
function partsOf(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const found = [
    ...[...page.querySelectorAll("link[rel=stylesheet]")].map((node) => node.getAttribute("href")),
    ...[...page.querySelectorAll("script[src]")].map((node) => node.getAttribute("src")),
    ...[...page.querySelectorAll("img[src]")].map((node) => node.getAttribute("src")),
    ...[...page.querySelectorAll("use")].map((node) => (node.getAttribute("href") || "").split("#")[0]),
  ];
  return found.filter((address) => address && address.startsWith("/"));
}

async function forgetAll() {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
}

if (box && "serviceWorker" in navigator && "caches" in window) new Shelf(box);
