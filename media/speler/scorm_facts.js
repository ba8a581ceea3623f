/*
 * What a SCO's run-time data comes down to: scores, what is remembered, statements. Pure: no page, no run-time.
 */
window.nestScorm = (function () {
  "use strict";

  var verbs = "http://adlnet.gov/expapi/verbs/";

  function number(text) {
    var value = parseFloat(text);
    return text !== "" && isFinite(value) ? value : null;
  }

  /** A score with the bounds that the unit gives, or SCORM's own: 0 to 100, or -1 to 1 where it is scaled. */
  function bounded(raw, min, max, scaled) {
    if (raw === null && scaled === null) { return null; }
    var out = {};
    if (scaled !== null) { out.scaled = scaled; }
    if (raw !== null && (scaled === null || (min !== null && max !== null))) {
      out.raw = raw;
      out.min = min === null ? 0 : min;
      out.max = max === null ? 100 : max;
    }
    return out;
  }

  /** The verdict on all units together, or null while one is open. The score is the mean of those that have one. */
  function together(all) {
    if (!all.every(function (one) { return one.done; })) { return null; }
    var judged = all.filter(function (one) { return one.success !== null && one.success !== undefined; });
    var scored = all.filter(function (one) { return one.score; });
    var score = null;
    if (scored.length === 1) {
      score = scored[0].score;
    } else if (scored.length > 1) {
      var sum = scored.reduce(function (total, one) { return total + share(one.score); }, 0);
      score = { scaled: Math.round(sum / scored.length * 10000) / 10000 };
    }
    return { done: true, success: judged.length ? judged.every(function (one) { return one.success; }) : null, score: score };
  }

  function share(score) {
    if (score.raw !== undefined && score.max > score.min) { return (score.raw - score.min) / (score.max - score.min); }
    return Math.max(score.scaled || 0, 0);
  }

  /** What must survive of flattened run-time data: everything but what we set ourselves at each start. */
  function rememberable(flat) {
    var out = {};
    Object.keys(flat).forEach(function (key) {
      var value = flat[key];
      var name = key.replace(/^cmi\./, "");
      if (value === "" || value === null || value === undefined || typeof value === "object") { return; }
      if (/_children$|_count$|_version$/.test(name)) { return; }
      if (/^(core\.)?(entry|exit|session_time|student_id|student_name|credit|lesson_mode)$/.test(name)) { return; }
      if (/^(learner_id|learner_name|mode|launch_data|max_time_allowed|completion_threshold|scaled_passing_score|time_limit_action)$/.test(name)) { return; }
      if (/^(student_data|evaluation)\./.test(name)) { return; }
      out[key.indexOf("cmi.") === 0 ? key : "cmi." + key] = String(value);
    });
    return out;
  }

  function unitObject(activity, unit, part) {
    var id = activity + "?subContentId=" + encodeURIComponent(unit.id) + (part ? "/" + encodeURIComponent(part) : "");
    return { objectType: "Activity", id: id };
  }

  function outcome(object, now, title) {
    var verb = now.success === true ? "passed" : now.success === false ? "failed" : "completed";
    var result = { completion: true };
    if (now.success !== null && now.success !== undefined) { result.success = now.success; }
    if (now.score) { result.score = now.score; }
    if (title) { object.definition = { name: { und: title } }; }
    return { verb: { id: verbs + verb, display: { "en-US": verb } }, object: object, result: result };
  }

  function attempted(object) {
    return { verb: { id: verbs + "attempted", display: { "en-US": "attempted" } }, object: object };
  }

  function answered(object, answer, result) {
    var outcome = {};
    if (answer) { outcome.response = answer.slice(0, 4000); }
    if (/^(correct|true)$/.test(result)) { outcome.success = true; }
    if (/^(wrong|incorrect|false)$/.test(result)) { outcome.success = false; }
    return { verb: { id: verbs + "answered", display: { "en-US": "answered" } }, object: object, result: outcome };
  }

  function hash(text) {
    var value = 5381;
    for (var i = 0; i < text.length; i += 1) { value = ((value * 33) ^ text.charCodeAt(i)) >>> 0; }
    return value.toString(36);
  }

  return Object.freeze({
    number: number, bounded: bounded, together: together, rememberable: rememberable, unitObject: unitObject,
    outcome: outcome, attempted: attempted, answered: answered, hash: hash
  });
})();
