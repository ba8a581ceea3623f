// Files in pieces, with progress, over a line that may be cut. Without this script the form simply sends the file.
const PART = 256 * 1024;
const WAITS = [1000, 2000, 4000, 8000, 15000];
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]).replace("%%", "%");
const rest = (ms) => new Promise((done) => {
  const timer = setTimeout(end, ms);
  function end() {
    clearTimeout(timer);
    window.removeEventListener("online", end);
    done();
  }
  window.addEventListener("online", end);
});

class Refused extends Error {}

// One upload: goes on from the byte that the server has, also after the page was closed and the file chosen again.
export class Upload {
  constructor({ file, start, csrf, onProgress, onCut }) {
    Object.assign(this, { file, start, csrf, onProgress, onCut });
    this.memory = `nest-upload:${document.body.dataset.who || ""}:${file.name}:${file.size}:${file.lastModified}`;
  }

  async ask(path, options = {}) {
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await fetch(path, { credentials: "same-origin", redirect: "error", ...options, headers: { "X-CSRFToken": this.csrf, ...options.headers } });
        if (answer.status >= 500 || answer.status === 429) throw new TypeError("later");
        const data = await answer.json();
        if (answer.ok || answer.status === 404) return { status: answer.status, data };
        throw new Refused(data.message);
      } catch (error) {
        if (error instanceof Refused) throw error;
        this.onCut();
        await rest(WAITS[Math.min(tries, WAITS.length - 1)]);
      }
    }
  }

  async begin() {
    const known = this.recall();
    if (known) {
      const { status, data } = await this.ask(`${this.start}${known}/`);
      if (status === 200) return data;
    }
    const { data } = await this.ask(this.start, { method: "POST", body: JSON.stringify({ name: this.file.name, size: this.file.size }), headers: { "Content-Type": "application/json" } });
    this.remember(data.id);
    return data;
  }

  async send() {
    let at = await this.begin();
    this.onProgress(at.received / this.file.size);
    while (at.received < this.file.size) {
      const piece = this.file.slice(at.received, at.received + PART);
      const { status, data } = await this.ask(`${this.start}${at.id}/`, { method: "POST", body: piece, headers: { "Upload-Offset": String(at.received), "Content-Type": "application/octet-stream" } });
      if (status === 404) {
        this.forget();
        at = await this.begin();
      } else at = data;
      this.onProgress(at.received / this.file.size);
    }
    return at.id;
  }

  async finish(id, facts) {
    this.forget();
    const { status, data } = await this.ask(`${this.start}${id}/klaar/`, { method: "POST", body: JSON.stringify(facts), headers: { "Content-Type": "application/json" } });
    if (status === 404) throw new Refused(data.message);
    return data;
  }

  recall() {
    try { return localStorage.getItem(this.memory); } catch { return null; }
  }
  remember(id) {
    try { localStorage.setItem(this.memory, id); } catch { /* then a closed page begins anew */ }
  }
  forget() {
    try { localStorage.removeItem(this.memory); } catch { /* nothing was kept */ }
  }
}

class Status {
  constructor(box) {
    this.box = box;
    this.bar = document.createElement("progress");
    this.bar.max = 100;
    this.words = document.createElement("span");
    this.bar.setAttribute("aria-hidden", "true");
    box.replaceChildren(this.words, this.bar);
  }
  say(text, percent) {
    this.box.hidden = false;
    if (this.words.textContent !== text) this.words.textContent = text;
    this.bar.hidden = percent === undefined;
    if (percent !== undefined) this.bar.value = percent;
  }
}

const csrfOf = (form) => form.querySelector("[name=csrfmiddlewaretoken]").value;

function one(form) {
  const input = form.querySelector("input[type=file][name=file]");
  const box = form.querySelector("[data-upload-status]");
  if (!input || !box) return;
  let busy = null;
  let sendAfter = false;
  const again = (event) => {
    if (!busy) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    sendAfter = event.submitter || true;
  };
  form.addEventListener("submit", again, true);
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) return;
    const status = new Status(box);
    const mine = {};
    busy = mine;
    let told = -10;
    const upload = new Upload({
      file,
      start: form.dataset.start,
      csrf: csrfOf(form),
      onProgress: (share) => {
        const percent = Math.floor(share * 100);
        if (busy === mine && (percent - told >= 5 || percent === 100)) {
          told = percent;
          status.say(fill(form.dataset.wordsBusy, { name: file.name, percent }), percent);
        } else if (busy === mine) status.bar.value = percent;
      },
      onCut: () => { told = -10; if (busy === mine) status.say(form.dataset.wordsCut, status.bar.value); },
    });
    try {
      const id = await upload.send();
      if (busy !== mine) return;
      status.say(form.dataset.wordsCheck);
      const kept = await upload.finish(id, { token: form.querySelector("[name=token]").value });
      if (busy !== mine) return;
      input.value = "";
      input.required = false;
      input.dispatchEvent(new Event("change"));
      status.say([fill(form.dataset.wordsDone, { name: kept.name }), ...kept.warnings].join(" "));
      box.dataset.uploadState = "done";
    } catch (error) {
      if (busy !== mine) return;
      // The file stays chosen: who sends the form all the same hears the same from the server.
      status.say(error instanceof Refused ? error.message : form.dataset.wordsFailed);
      box.dataset.uploadState = "refused";
      sendAfter = false;
    } finally {
      if (busy === mine) busy = null;
    }
    if (sendAfter && !busy) form.requestSubmit(sendAfter === true ? undefined : sendAfter);
  });
}

function many(form) {
  const input = form.querySelector("input[type=file]");
  const status = new Status(form.querySelector("[data-upload-status]"));
  input.addEventListener("change", async () => {
    const files = [...input.files];
    const problems = [];
    for (const [index, file] of files.entries()) {
      const upload = new Upload({
        file,
        start: form.dataset.start,
        csrf: csrfOf(form),
        onProgress: (share) => status.say(fill(form.dataset.wordsBusy, { number: index + 1, all: files.length, percent: Math.floor(share * 100) }), share * 100),
        onCut: () => status.say(form.dataset.wordsCut, status.bar.value),
      });
      try {
        const id = await upload.send();
        status.say(form.dataset.wordsCheck);
        await upload.finish(id, { token: form.dataset.token, photo: true });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        problems.push(`${file.name}: ${error.message}`);
      }
    }
    input.value = "";
    if (problems.length) status.say(problems.join(" "));
    if (problems.length < files.length) location.reload();
  });
}

for (const form of document.querySelectorAll("form[data-upload]")) one(form);
for (const form of document.querySelectorAll("form[data-photos]")) many(form);
