"""What a cmi5 unit may report when, and when it is satisfied. Pure: no database, no clock, no settings.

Source: cmi5 specification (Quartz), sections 9.3 (verbs and their order), 9.5 (result), 10.2.4 (moveOn).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

ADL = "http://adlnet.gov/expapi/verbs/"
OURS = "https://w3id.org/xapi/adl/verbs/"
CMI5 = "https://w3id.org/xapi/cmi5/context/"
CATEGORY = f"{CMI5}categories/cmi5"
MOVE_ON_CATEGORY = f"{CMI5}categories/moveon"
SESSION = f"{CMI5}extensions/sessionid"
MASTERY = f"{CMI5}extensions/masteryscore"

UNIT_VERBS = {ADL + name: name for name in ("initialized", "completed", "passed", "failed", "terminated")}
#: Verbs that only we may use.
SERVER_VERBS = frozenset(
    {
        ADL + "launched",
        OURS + "abandoned",
        OURS + "waived",
        OURS + "satisfied",
        ADL + "waived",
        ADL + "satisfied",
    }
)


@dataclass(frozen=True, slots=True)
class LaunchFacts:
    """What was reported so far: `completed` and `passed` in this attempt at the unit, the rest in this launch."""

    initialized: bool = False
    terminated: bool = False
    completed: bool = False
    passed: bool = False
    failed: bool = False


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """How far a learner is with one unit, over all launches of the attempt."""

    completed: bool = False
    passed: bool = False
    scaled: float | None = None


def is_defined(statement: Mapping[str, Any]) -> bool:
    """Whether the statement says of itself that cmi5 defines it (its category does)."""
    return CATEGORY in category_ids(statement)


def category_ids(statement: Mapping[str, Any]) -> frozenset[str]:
    """Ids of the categories in the statement's context; what has another form counts for nothing."""
    context = statement.get("context")
    activities = context.get("contextActivities") if isinstance(context, Mapping) else None
    found = activities.get("category") if isinstance(activities, Mapping) else None
    items = [found] if isinstance(found, Mapping) else found if isinstance(found, list) else []
    return frozenset(str(item.get("id")) for item in items if isinstance(item, Mapping))


def order_problem(verb: str, facts: LaunchFacts) -> str:
    """Why a defined statement with this verb may not come now (a code), or ""."""
    name = UNIT_VERBS.get(verb)
    if name is None:
        return "verb_not_allowed"
    if facts.terminated:
        return "after_terminated"
    if name == "initialized":
        return "twice" if facts.initialized else ""
    if not facts.initialized:
        return "before_initialized"
    if name == "completed":
        return "twice" if facts.completed else ""
    if name == "passed":
        return "twice" if facts.passed else ""
    if name == "failed":
        return "failed_after_passed" if facts.passed else "twice" if facts.failed else ""
    return ""


def result_problem(verb: str, statement: Mapping[str, Any], *, mastery: float | None) -> str:
    """What is wrong with the result of a defined statement (a code), or "". `mastery` runs from 0 to 1."""
    found = statement.get("result")
    result: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    score = result.get("score")
    scaled = score.get("scaled") if isinstance(score, Mapping) else None
    name = UNIT_VERBS.get(verb, "")
    if score is not None and name not in {"passed", "failed"}:
        return "score_not_allowed"
    if name in {"completed", "passed", "failed", "terminated"} and not isinstance(
        result.get("duration"), str
    ):
        return "duration_missing"
    if name == "completed" and result.get("completion") is not True:
        return "completion_missing"
    if name in {"passed", "failed"} and result.get("success") is not (name == "passed"):
        return "success_contradicts"
    if name != "completed" and "completion" in result:
        return "completion_not_allowed"
    if mastery is not None and isinstance(scaled, (int, float)) and name in {"passed", "failed"}:
        return "score_contradicts_mastery" if (scaled >= mastery) != (name == "passed") else ""
    return ""


def is_satisfied(move_on: str, outcome: UnitOutcome) -> bool:
    """Whether the unit's own moveOn criterion is met."""
    return {
        "Passed": outcome.passed,
        "Completed": outcome.completed,
        "CompletedAndPassed": outcome.completed and outcome.passed,
        "CompletedOrPassed": outcome.completed or outcome.passed,
        "NotApplicable": True,
    }.get(move_on, False)


def satisfied_blocks(blocks: Iterable[str], units: Iterable[tuple[Iterable[str], bool]]) -> frozenset[str]:
    """Blocks of which every unit below them is satisfied. A block without units never is."""
    listed = [(frozenset(parents), done) for parents, done in units]
    inside = {block: [done for parents, done in listed if block in parents] for block in blocks}
    return frozenset(block for block, states in inside.items() if states and all(states))


def overall_score(outcomes: Iterable[UnitOutcome]) -> float | None:
    """Mean of the units that gave a score, from 0 to 1; None where none did."""
    scores = [outcome.scaled for outcome in outcomes if outcome.scaled is not None]
    return round(sum(scores) / len(scores), 4) if scores else None
