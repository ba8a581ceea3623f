/**
 * The page's side of the learning-package player.
 *
 * The package runs in a sandboxed iframe on another origin and can only send messages. This module checks that a message
 * comes from that very frame and carries the nonce of this launch, keeps what comes in a queue in the browser, and hands
 * the queue to our server one statement at a time. What is not acknowledged stays in the queue.
 */

const RETRY_FIRST = 2000;
const RETRY_LONGEST = 60000;
const MOST_QUEUED = 500;

/** Entries that survive a reload; a browser that refuses storage keeps them as long as the page lives. */
class Queue {
  constructor(key) {
    this.key = `nest.player.${key}`;
    this.entries = this.read();
  }

  read() {
    try {
      const found = JSON.parse(localStorage.getItem(this.key) || "[]");
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  }

  write() {
    try {
      if (this.entries.length) {
        localStorage.setItem(this.key, JSON.stringify(this.entries.map(({ sending, ...entry }) => entry)));
      } else {
        localStorage.removeItem(this.key);
      }
    } catch {
      // Private mode or full: the entries stay in memory.
    }
  }

  /** Adds one entry; of the saved state only the newest counts. */
  add(entry) {
    if (entry.kind === "state") {
      this.entries = this.entries.filter((item) => item.kind !== "state" || item.sending);
    }
    this.entries.push(entry);
    if (this.entries.length > MOST_QUEUED) {
      this.entries.splice(0, this.entries.length - MOST_QUEUED);
    }
    this.write();
  }

  remove(entry) {
    this.entries = this.entries.filter((item) => item.id !== entry.id);
    this.write();
  }
}

function uuid() {
  if (crypto.randomUUID) {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

class Player {
  constructor(root) {
    this.root = root;
    this.data = root.dataset;
    this.status = root.querySelector("[data-player-status]");
    this.queue = new Queue(this.data.queueKey || this.data.activity);
    this.startState = this.newestState();
    this.busy = false;
    this.delay = RETRY_FIRST;
    this.frame = this.buildFrame();
    window.addEventListener("message", (event) => this.receive(event));
    window.addEventListener("online", () => this.sendNow());
    document.addEventListener("visibilitychange", () => document.hidden && this.leave());
    window.addEventListener("pagehide", () => this.leave());
    this.say("loading");
    this.send();
  }

  buildFrame() {
    const frame = document.createElement("iframe");
    frame.className = "player__frame";
    frame.setAttribute("sandbox", this.data.sandbox || "allow-scripts");
    frame.setAttribute("allow", "fullscreen");
    frame.setAttribute("referrerpolicy", "no-referrer");
    frame.title = this.data.title || "";
    frame.width = "100%";
    frame.height = this.data.height || "420";
    frame.src = this.data.src;
    this.root.querySelector("[data-player-frame]").append(frame);
    return frame;
  }

  /** An opaque frame has origin "null", a package's own site has its own; what identifies it is the window and the nonce. */
  receive(event) {
    const message = event.data;
    if (event.source !== this.frame.contentWindow) {
      return;
    }
    const isSite = (this.data.sandbox || "").includes("allow-same-origin");
    if (event.origin !== (isSite ? this.data.contentOrigin : "null")) {
      return;
    }
    if (!message || message.nest !== 1 || message.nonce !== this.data.nonce) {
      return;
    }
    if (message.type === "hello") {
      this.tell("start", { activity: this.data.activity, state: this.startState, learner: this.data.queueKey });
    } else if (message.type === "started") {
      this.say("");
    } else if (message.type === "height") {
      this.resize(message.height);
    } else if (message.type === "statement") {
      this.addStatement(message.statement);
    } else if (message.type === "state" && typeof message.state === "string") {
      this.addState(message.state);
    } else if (message.type === "failed") {
      this.say("failed");
    }
  }

  tell(type, data) {
    this.frame.contentWindow?.postMessage({ nest: 1, nonce: this.data.nonce, type, ...data }, "*");
  }

  /** What waits on this device is newer than what the server gave. */
  newestState() {
    const waiting = this.queue.entries.filter((entry) => entry.kind === "state").pop();
    return waiting ? waiting.body.state : this.data.state || "";
  }

  resize(height) {
    if (Number.isFinite(height)) {
      this.frame.height = String(Math.min(Math.max(Math.ceil(height), 120), 20000));
    }
  }

  addStatement(statement) {
    if (!this.data.statementUrl || !statement || typeof statement !== "object") {
      return;
    }
    const { actor, ...rest } = statement;
    const id = uuid();
    const timestamp = new Date().toISOString();
    this.queue.add({ id, kind: "statement", body: { statement: { ...rest, id, timestamp } } });
    this.sendNow();
  }

  addState(state) {
    if (!this.data.stateUrl) {
      return;
    }
    this.startState = state;
    this.queue.add({ id: uuid(), kind: "state", body: { state, saved_at: new Date().toISOString() } });
    this.sendNow();
  }

  sendNow() {
    this.delay = RETRY_FIRST;
    clearTimeout(this.timer);
    this.send();
  }

  /** Hands in the oldest entry, then the next. Only one request is under way at a time, so the order stays. */
  async send() {
    const entry = this.queue.entries[0];
    if (this.busy) {
      return;
    }
    if (!entry) {
      return;
    }
    this.busy = true;
    entry.sending = true;
    this.say("saving");
    const answer = await this.post(entry);
    entry.sending = false;
    this.busy = false;
    if (answer === "kept") {
      this.queue.remove(entry);
      this.delay = RETRY_FIRST;
      if (this.queue.entries.length) {
        this.send();
      } else {
        this.say("saved");
      }
    } else {
      this.queue.write();
      this.say(answer);
      this.timer = setTimeout(() => this.send(), this.delay);
      this.delay = Math.min(this.delay * 2, RETRY_LONGEST);
    }
  }

  /** Returns "kept" (also for what the server will never take), "waiting", "signin" or "expired" (this launch is over a day old). */
  async post(entry) {
    try {
      const response = await fetch(this.address(entry), this.request(entry, false));
      if (response.redirected || response.status === 401 || response.status === 403) {
        return "signin";
      }
      if (response.status === 410) {
        return "expired";
      }
      if (response.status >= 500 || response.status === 429 || response.status === 408) {
        return "waiting";
      }
      await this.announce(entry, response);
      return "kept";
    } catch {
      return "waiting";
    }
  }

  address(entry) {
    return entry.kind === "state" ? this.data.stateUrl : this.data.statementUrl;
  }

  request(entry, keepalive) {
    return {
      method: "POST",
      credentials: "same-origin",
      keepalive,
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": this.data.csrf || "",
        "X-Requested-With": "XMLHttpRequest",
      },
      body: JSON.stringify({ token: this.data.token, ...entry.body }),
    };
  }

  async announce(entry, response) {
    if (entry.kind !== "statement") {
      return;
    }
    let detail = {};
    try {
      detail = await response.json();
    } catch {
      // An answer without a body is fine.
    }
    const event = new CustomEvent("nest:statement", { bubbles: true, detail: { ok: response.ok, ...detail } });
    this.root.dispatchEvent(event);
  }

  /** The page goes away or to the background: fetch the last state, and hand in what fits in a parting request. */
  leave() {
    this.tell("flush", {});
    let room = 60000;
    for (const entry of this.queue.entries) {
      const request = this.request(entry, true);
      room -= request.body.length;
      if (room < 0 || entry.sending) {
        break;
      }
      fetch(this.address(entry), request).then(
        (response) => response.ok && !response.redirected && this.queue.remove(entry),
        () => {},
      );
    }
  }

  say(what) {
    const texts = {
      loading: this.data.textLoading,
      saving: this.data.textSaving,
      saved: this.data.textSaved,
      waiting: this.data.textWaiting,
      signin: this.data.textSignin,
      expired: this.data.textExpired,
      failed: this.data.textFailed,
    };
    if (what === "saving" && this.status.dataset.tone === "waiting") {
      return;
    }
    this.status.dataset.tone = what;
    this.status.textContent = texts[what] || "";
  }
}

function bind() {
  for (const root of document.querySelectorAll("[data-h5p-player]:not([data-bound])")) {
    root.dataset.bound = "1";
    root.player = new Player(root);
  }
}

bind();
document.addEventListener("htmx:load", bind);
