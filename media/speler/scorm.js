/*
 * Our page around a SCO. It holds the real SCORM run-time (API or API_1484_11), seeds it with what was saved, turns what
 * the SCO reports into statements, and hands state and statements to the page around it. The SCO is foreign code of this
 * very origin: nothing here is secret from it, and whatever leaves here is a claim.
 */
(function () {
  "use strict";

  var config = JSON.parse(document.getElementById("config").textContent);
  var nonce = new URLSearchParams(location.hash.slice(1)).get("n") || "";
  var is2004 = config.version === "2004";
  var facts = window.nestScorm;
  var place = document.getElementById("place");
  var over = document.getElementById("over");
  var choice = document.getElementById("choice");
  var SAVE_AFTER = 250;
  var MOST_INTERACTIONS = 250;

  var activity = "";
  var learner = "";
  var saved = { scorm: config.version, at: 0, units: {} };
  var current = -1;
  var api = null;
  var session = null;
  var started = false;
  var timer = 0;
  var lastState = "";

  function tell(type, data) {
    window.parent.postMessage(Object.assign({ nest: 1, nonce: nonce, type: type }, data), config.siteUrl);
  }

  function memory(unit) {
    if (!Object.prototype.hasOwnProperty.call(saved.units, unit.id)) {
      saved.units[unit.id] = { cmi: {}, told: {} };
    }
    return saved.units[unit.id];
  }

  // --- the run-time of one unit ------------------------------------------------------------------------------

  function read(element) {
    try {
      var value = element.split(".").reduce(function (node, part) { return node[part]; }, api.cmi);
      return value === undefined || value === null ? "" : String(value);
    } catch (error) {
      return "";
    }
  }

  function startApi(unit) {
    var known = memory(unit);
    var settings = { logLevel: 5, autocommit: false, mastery_override: true, autoCompleteLessonStatus: true };
    api = is2004 ? new window.Scorm2004API(settings) : new window.Scorm12API(settings);
    session = { unit: unit, opened: Date.now(), begun: false, ended: false, touched: false, loaded: false };
    seed(unit, known);
    var names = is2004 ? ["Initialize", "SetValue", "Commit", "Terminate"] : ["LMSInitialize", "LMSSetValue", "LMSCommit", "LMSFinish"];
    api.on(names[0], function () { session.begun = true; attempted(unit); });
    api.on(names[1] + ".cmi.*", function () { session.touched = true; later(); });
    api.on(names[2], keep);
    api.on(names[3], function () { finish(); });
    listenForNavigation();
    window[is2004 ? "API_1484_11" : "API"] = api;
  }

  function seed(unit, known) {
    var data = Object.assign({}, known.cmi);
    var again = Object.keys(data).length > 0;
    try {
      api.loadFromFlattenedJSON(data, "");
    } catch (error) {
      again = false;
    }
    var cmi = api.cmi;
    var put = function (node, name, value) {
      if (value !== undefined && value !== null && value !== "") {
        try { node[name] = String(value); } catch (error) { /* a value that SCORM does not know stays away */ }
      }
    };
    if (is2004) {
      put(cmi, "learner_id", learner);
      put(cmi, "learner_name", config.texts.learner);
      put(cmi, "launch_data", unit.launch_data);
      put(cmi, "time_limit_action", unit.time_limit_action);
      put(cmi, "completion_threshold", unit.completion_threshold);
      put(cmi, "scaled_passing_score", unit.passing);
      put(cmi, "entry", again ? "resume" : "ab-initio");
      put(cmi, "credit", "credit");
      put(cmi, "mode", "normal");
    } else {
      put(cmi.core, "student_id", learner);
      put(cmi.core, "student_name", config.texts.learner);
      put(cmi, "launch_data", unit.launch_data);
      put(cmi.student_data, "mastery_score", unit.passing);
      put(cmi.student_data, "max_time_allowed", unit.max_time);
      put(cmi.student_data, "time_limit_action", unit.time_limit_action);
      put(cmi.core, "entry", again ? "resume" : "ab-initio");
      put(cmi.core, "credit", "credit");
      put(cmi.core, "lesson_mode", "normal");
    }
  }

  /** What must survive: everything but what we set ourselves at each start. */
  function remembered() {
    var out = facts.rememberable(api.getFlattenedCMI());
    try {
      out[is2004 ? "cmi.total_time" : "cmi.core.total_time"] = api.cmi.getCurrentTotalTime();
    } catch (error) { /* a session time that is no time adds nothing */ }
    return out;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(keep, SAVE_AFTER);
  }

  function keep() {
    clearTimeout(timer);
    if (!api || !session) { return; }
    if (session.begun) {
      var flat = remembered();
      memory(session.unit).cmi = flat;
      tellInteractions(session.unit, flat);
      judge(session.unit);
    }
    sendState();
  }

  function finish() {
    if (session.ended) { return; }
    session.ended = true;
    // SCORM 2004 leaves a status that nobody set to the LMS: a unit that ran and was closed is done.
    if (is2004 && read("completion_status") === "unknown" && !/completed|passed/.test(read("success_status")) && read("exit") !== "suspend") {
      memory(session.unit).closed = true;
    }
    keep();
  }

  /** A unit that never spoke to the run-time is a page to read: left after a look, it counts as read. */
  function leaveUnit() {
    if (!session) { return; }
    var unit = session.unit;
    if (unit.tracked && !session.begun && session.loaded && Date.now() - session.opened > 2000) {
      memory(unit).closed = true;
      judge(unit);
    }
    keep();
  }

  // --- what it comes down to ---------------------------------------------------------------------------------

  function verdict(unit) {
    var known = memory(unit);
    if (!api || !session || session.unit !== unit || !session.begun) {
      return known.verdict || { done: Boolean(known.closed), success: null, score: null };
    }
    return is2004 ? verdict2004(known) : verdict12(known);
  }

  function verdict12(known) {
    var status = read("core.lesson_status");
    var score = facts.bounded(facts.number(read("core.score.raw")), facts.number(read("core.score.min")), facts.number(read("core.score.max")), null);
    return {
      done: /^(passed|failed|completed|browsed)$/.test(status) || Boolean(known.closed),
      success: status === "passed" ? true : status === "failed" ? false : null,
      score: score
    };
  }

  function verdict2004(known) {
    var success = read("success_status");
    var completion = read("completion_status");
    var scaled = facts.number(read("score.scaled"));
    var score = facts.bounded(facts.number(read("score.raw")), facts.number(read("score.min")), facts.number(read("score.max")), scaled);
    var passing = facts.number(read("scaled_passing_score"));
    if (passing !== null && scaled !== null) { success = scaled >= passing ? "passed" : "failed"; }
    return {
      done: completion === "completed" || success === "passed" || Boolean(known.closed),
      success: success === "passed" ? true : success === "failed" ? false : null,
      score: score
    };
  }

  function judge(unit) {
    var known = memory(unit);
    var now = verdict(unit);
    known.verdict = now;
    var words = JSON.stringify([now.done, now.success, now.score]);
    if (now.done && known.told.verdict !== words) {
      known.told.verdict = words;
      if (config.units.length > 1) {
        tell("statement", { statement: facts.outcome(facts.unitObject(activity, unit), now, unit.title) });
      }
      judgeAll();
    }
    mark();
  }

  function judgeAll() {
    var all = config.units.map(function (unit) { return memory(unit).verdict || { done: false }; });
    var whole = facts.together(all);
    if (!whole) { return; }
    var words = JSON.stringify([whole.success, whole.score]);
    if (saved.told !== words) {
      saved.told = words;
      tell("statement", { statement: facts.outcome({ objectType: "Activity", id: activity }, whole, "") });
    }
  }

  // --- statements ----------------------------------------------------------------------------------------------

  function attempted(unit) {
    if (session.attempted) { return; }
    session.attempted = true;
    var object = config.units.length > 1 ? facts.unitObject(activity, unit) : { objectType: "Activity", id: activity };
    tell("statement", { statement: facts.attempted(object) });
  }

  /** Each answer that a SCO reports becomes a statement of its own, once. SCORM 1.2 lets nobody read them but through JSON. */
  function tellInteractions(unit, flat) {
    var known = memory(unit);
    known.told.answers = known.told.answers || {};
    for (var index = 0; index < MOST_INTERACTIONS; index += 1) {
      var start = "cmi.interactions." + index + ".";
      var id = flat[start + "id"];
      var answer = flat[start + (is2004 ? "learner_response" : "student_response")] || "";
      var result = flat[start + "result"] || "";
      if (!id) { return; }
      var words = facts.hash([id, answer, result].join("\u241f"));
      if ((answer || result) && known.told.answers[index] !== words) {
        known.told.answers[index] = words;
        tell("statement", { statement: facts.answered(facts.unitObject(activity, unit, id.slice(0, 200)), answer, result) });
      }
    }
  }

  function sendState() {
    var state = JSON.stringify(saved);
    if (state !== lastState) {
      lastState = state;
      tell("state", { state: state });
    }
  }

  // --- from unit to unit ---------------------------------------------------------------------------------------

  function listenForNavigation() {
    var names = { SequenceNext: 1, SequencePrevious: -1 };
    Object.keys(names).forEach(function (name) {
      api.on(name, function () { setTimeout(function () { go(current + names[name]); }, 0); });
    });
    if (!is2004) { return; }
    ["SequenceChoice", "SequenceJump"].forEach(function (name) {
      api.on(name, function (element, target) {
        var id = String(target || "").replace(/^\{?target=([^}]*)\}?.*$/, "$1");
        var index = config.units.findIndex(function (unit) { return unit.id === id; });
        setTimeout(function () { go(index); }, 0);
      });
    });
    ["SequenceExit", "SequenceExitAll", "SequenceAbandon", "SequenceAbandonAll"].forEach(function (name) {
      api.on(name, function () { setTimeout(close, 0); });
    });
  }

  function close() {
    place.replaceChildren();
    place.hidden = true;
    over.hidden = false;
  }

  function go(index) {
    if (!(index >= 0 && index < config.units.length)) { return; }
    leaveUnit();
    place.replaceChildren();
    current = index;
    saved.at = index;
    place.hidden = false;
    over.hidden = true;
    var unit = config.units[index];
    startApi(unit);
    var frame = document.createElement("iframe");
    frame.title = unit.title;
    frame.setAttribute("allow", "fullscreen; autoplay");
    frame.addEventListener("load", function () {
      session.loaded = true;
      if (!unit.tracked) {
        memory(unit).closed = true;
        attempted(unit);
        judge(unit);
        sendState();
      }
    });
    frame.src = config.files + unit.href;
    place.append(frame);
    mark();
    sendState();
  }

  function mark() {
    if (!choice) { return; }
    choice.value = String(current);
    document.getElementById("before").disabled = current <= 0;
    document.getElementById("after").disabled = current >= config.units.length - 1;
    config.units.forEach(function (unit, index) {
      var known = saved.units[unit.id];
      var done = known && known.verdict && known.verdict.done;
      var label = (unit.group && unit.group.length ? unit.group[unit.group.length - 1] + ": " : "") + unit.title;
      choice.options[index].textContent = (index + 1) + ". " + label + (done ? " ✓ " + config.texts.done : "");
    });
  }

  // --- the page around us --------------------------------------------------------------------------------------

  function start(message) {
    if (started) { return; }
    started = true;
    activity = message.activity;
    learner = message.learner || "deelnemer";
    if (message.state) {
      try {
        var found = JSON.parse(message.state);
        if (found && found.scorm === config.version && found.units) {
          saved = found;
          lastState = message.state;
        }
      } catch (error) { /* what cannot be read is no bookmark: begin afresh */ }
    }
    go(config.units[saved.at] ? saved.at : 0);
    tell("started", {});
  }

  window.addEventListener("message", function (event) {
    var message = event.data;
    if (event.source !== window.parent || event.origin !== config.siteUrl) { return; }
    if (!message || message.nest !== 1 || message.nonce !== nonce) { return; }
    if (message.type === "start") {
      start(message);
    } else if (message.type === "flush") {
      leaveUnit();
      tell("flushed", {});
    }
  });
  if (choice) {
    choice.addEventListener("change", function () { go(Number(choice.value)); });
    document.getElementById("before").addEventListener("click", function () { go(current - 1); });
    document.getElementById("after").addEventListener("click", function () { go(current + 1); });
  }
  document.getElementById("again").addEventListener("click", function () { go(current); });
  window.addEventListener("pagehide", leaveUnit);

  tell("hello", {});
})();
