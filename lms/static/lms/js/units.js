/**
 * The units of a cmi5 package on the lesson page. A unit talks to the record store by itself; this page only opens it and
 * asks afterwards how far the learner is. What a unit could not send never passes here: after a cut the page says what
 * arrived, and never that everything did.
 */

class Units {
  constructor(root) {
    this.root = root;
    this.data = root.dataset;
    this.status = root.querySelector("[data-units-status]");
    this.place = root.querySelector("[data-units-frame]");
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-unit]");
      if (button) {
        this.open(button);
      }
    });
    window.addEventListener("message", (event) => this.receive(event));
    window.addEventListener("focus", () => this.refresh());
    window.addEventListener("offline", () => this.lose());
    window.addEventListener("online", () => this.refresh());
  }

  async open(button) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.say("opening");
    // A window must be opened in the click itself; it waits for its address.
    const own = button.hasAttribute("data-own") ? window.open("", "_blank") : null;
    const answer = await this.post(this.data.startUrl, { unit: Number(button.dataset.unit) });
    this.busy = false;
    if (!answer.url) {
      own?.close();
      this.status.textContent = answer.message || this.data.textWaiting;
      return;
    }
    this.opened = true;
    if (answer.own_window) {
      if (!own) {
        this.say("blocked");
        return;
      }
      own.opener = null;
      own.location.replace(answer.url);
      this.say("elsewhere");
      return;
    }
    this.show(answer);
  }

  show(answer) {
    const frame = document.createElement("iframe");
    frame.className = "player__frame player__frame--site";
    frame.setAttribute("sandbox", this.data.sandbox);
    frame.setAttribute("allow", "fullscreen; autoplay");
    frame.setAttribute("referrerpolicy", "no-referrer");
    frame.title = answer.title;
    frame.src = answer.url;
    this.place.replaceChildren(frame);
    this.frame = frame;
    this.status.textContent = "";
    frame.focus();
  }

  receive(event) {
    if (this.frame && event.source === this.frame.contentWindow && event.origin === this.data.origin && event.data?.type === "returned") {
      this.refresh();
    }
  }

  /** What the server knows counts, not what the unit shows. */
  async refresh() {
    const answer = await this.post(this.data.statesUrl, {});
    if (!answer.units) {
      this.status.textContent = answer.message || this.data.textWaiting;
      return;
    }
    this.root.querySelectorAll("[data-unit-state]").forEach((element, index) => {
      const unit = answer.units[index];
      if (unit && element.textContent !== unit.label) {
        element.textContent = unit.label;
        element.dataset.state = unit.state;
        const verb = element.parentElement.querySelector("[data-unit-verb]");
        verb.textContent = unit.state === "done" ? this.data.textDone : this.data.textBusy;
        this.say("saved");
      }
    });
    if (this.cut) {
      this.cut = false;
      this.say(this.opened ? "back" : "");
    }
  }

  async post(url, body) {
    try {
      const response = await fetch(url, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.data.csrf },
        body: JSON.stringify({ token: this.data.token, ...body }),
      });
      if (response.redirected || response.status === 401 || response.status === 403) {
        return { message: this.data.textSignin };
      }
      return await response.json();
    } catch {
      this.lose();
      return {};
    }
  }

  lose() {
    this.cut = true;
    this.say("waiting");
  }

  say(what) {
    const texts = {
      opening: this.data.textOpening,
      elsewhere: this.data.textElsewhere,
      blocked: this.data.textBlocked,
      saved: this.data.textSaved,
      waiting: this.data.textWaiting,
      back: this.data.textBack,
    };
    this.status.dataset.tone = what;
    this.status.textContent = texts[what] || "";
  }
}

for (const root of document.querySelectorAll("[data-units]")) {
  root.units = new Units(root);
}
