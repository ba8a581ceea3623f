// Moving through the lessons by keyboard and by swiping, and players that remember their second and speed.
// Without this script there are links below the lesson, and the browser's own player.
const lesson = document.querySelector("[data-lesson]");

function go(url) {
  if (url) location.assign(url);
}

function isTyping(target) {
  return target.closest("input, textarea, select, video, audio, iframe, [contenteditable]");
}

if (lesson) {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyping(event.target)) return;
    if (event.key === "ArrowLeft") go(lesson.dataset.previous);
    if (event.key === "ArrowRight") go(lesson.dataset.next);
  });

  // A swipe is quick, long and flat; scrolling and tables that scroll sideways are left alone.
  let start = null;
  document.addEventListener(
    "touchstart",
    (event) => {
      const touch = event.touches[0];
      const scrolls = event.target.closest("table, .table-wrap, pre, .spots") || isTyping(event.target);
      start = event.touches.length === 1 && !scrolls ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : null;
    },
    { passive: true },
  );
  document.addEventListener(
    "touchend",
    (event) => {
      if (!start || getSelection().toString()) return;
      const touch = event.changedTouches[0];
      const across = touch.clientX - start.x;
      const quick = event.timeStamp - start.at < 600;
      if (quick && Math.abs(across) > 90 && Math.abs(touch.clientY - start.y) < 45)
        go(across > 0 ? lesson.dataset.previous : lesson.dataset.next);
      start = null;
    },
    { passive: true },
  );
}

// --- players
const SPEEDS = [0.75, 1, 1.25, 1.5, 2];
const KEPT_EVERY = 10;

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

class Player {
  constructor(box) {
    this.box = box;
    this.media = box.querySelector("video, audio");
    this.kept = Number(box.dataset.second);
    if (!this.media) return;
    this.speeds();
    this.captions();
    this.media.addEventListener("loadedmetadata", () => this.resume(), { once: true });
    if (this.media.readyState >= 1) this.resume();
    this.media.addEventListener("timeupdate", () => Math.abs(this.second() - this.kept) >= KEPT_EVERY && this.keep());
    this.media.addEventListener("pause", () => this.keep());
    this.media.addEventListener("ended", () => this.keep(0));
    window.addEventListener("pagehide", () => this.keep());
  }

  second() {
    return Math.floor(this.media.currentTime);
  }

  resume() {
    const ends = Number.isFinite(this.media.duration) && this.kept > this.media.duration - 2;
    if (this.kept > 0 && !ends) this.media.currentTime = this.kept;
  }

  keep(second = this.second()) {
    if (second === this.kept || (this.media.ended && second > 0)) return;
    this.kept = second;
    fetch(this.box.dataset.player, {
      method: "POST",
      credentials: "same-origin",
      keepalive: true,
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ seconde: String(second), csrfmiddlewaretoken: token() }),
    }).catch(() => {});
  }

  speeds() {
    const label = document.createElement("label");
    const select = document.createElement("select");
    label.className = "fragment__speed small";
    label.textContent = `${this.box.dataset.textSpeed} `;
    select.className = "input";
    for (const speed of SPEEDS) select.add(new Option(`${String(speed).replace(".", ",")}×`, speed, speed === 1, speed === 1));
    try {
      const liked = localStorage.getItem("nest:speed");
      if (SPEEDS.includes(Number(liked))) select.value = liked;
    } catch {
      // No storage: the speed is not remembered.
    }
    const apply = () => {
      this.media.playbackRate = Number(select.value);
      this.media.defaultPlaybackRate = this.media.playbackRate;
    };
    select.addEventListener("change", () => {
      apply();
      try {
        localStorage.setItem("nest:speed", select.value);
      } catch {
        // See above.
      }
    });
    apply();
    label.append(select);
    this.media.closest("figure").querySelector("figcaption").append(label);
  }

  captions() {
    const line = this.box.querySelector("[data-caption]");
    const track = this.media.querySelector("track");
    if (!line || !track) return;
    track.track.mode = "hidden";
    track.track.addEventListener("cuechange", () => {
      const cues = [...(track.track.activeCues || [])];
      line.hidden = cues.length === 0;
      line.textContent = cues.map((cue) => cue.text.replace(/<[^>]+>/g, "")).join(" ");
    });
  }
}

for (const box of document.querySelectorAll("[data-player]")) new Player(box);
