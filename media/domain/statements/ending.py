"""Which statement ends an activity, and with what score. Pure.

Rule (measured on real H5P packages): the ending statement is about the launched activity itself, never about a part
of it ("has no parent" is wrong: books, presentations and videos emit parts without a parent). Composed content ends
with `completed`; a single question with `answered`; an accordion with `consumed`.
"""

from dataclasses import dataclass

from media.domain.statements.schema import CheckedStatement

#: Content types made of parts. Their own `answered`, if any, is about a part; only `completed` ends them.
COMPOSED_LIBRARIES = frozenset(
    {
        "H5P.BranchingScenario",
        "H5P.Column",
        "H5P.CoursePresentation",
        "H5P.GameMap",
        "H5P.InteractiveBook",
        "H5P.InteractiveVideo",
        "H5P.QuestionSet",
        "H5P.Questionnaire",
        "H5P.SingleChoiceSet",
        "H5P.ThreeImage",
        "Nestwerk.Sorteren",
    }
)
#: Content types that can only be looked at.
CONSUMED_LIBRARIES = frozenset({"H5P.Accordion"})

#: Packages that are a site of their own: what they are launched with is their kind.
SITE_NAMES = frozenset({"scorm12", "scorm2004", "cmi5"})

ADL_VERBS = "http://adlnet.gov/expapi/verbs/"
_CONSUME_VERBS = frozenset(
    {"http://activitystrea.ms/schema/1.0/consume", "http://adlnet.gov/expapi/verbs/consumed"}
)


@dataclass(frozen=True, slots=True)
class Ending:
    """The verdict on one statement.

    `ends` says that the activity is done by this claim. `scaled` runs from 0.0 to 1.0, or is None when the activity
    gives no usable score (max 0, no score). `success` is what the package itself said; a course that has a pass mark
    of its own compares `scaled` with that and ignores this.
    """

    ends: bool
    scaled: float | None
    raw: float | None
    max: float | None
    success: bool | None


NOT_ENDED = Ending(ends=False, scaled=None, raw=None, max=None, success=None)


def ending_statement(statement: CheckedStatement, *, main_library: str) -> Ending:
    """Judge whether `statement` ends the activity that was launched with `main_library` ("H5P.QuestionSet")."""
    if not statement.is_root or statement.completion is False:
        return NOT_ENDED
    if statement.verb not in _ending_verbs(main_library.split(" ", 1)[0]):
        return NOT_ENDED
    score = statement.score
    return Ending(
        ends=True,
        scaled=score.scaled if score else None,
        raw=score.raw if score else None,
        max=score.max if score else None,
        success=statement.success,
    )


def _ending_verbs(library: str) -> frozenset[str]:
    completed = {ADL_VERBS + "completed"}
    if library in SITE_NAMES:
        return frozenset(completed | {ADL_VERBS + "passed", ADL_VERBS + "failed"})
    if library in COMPOSED_LIBRARIES:
        return frozenset(completed)
    if library in CONSUMED_LIBRARIES:
        return frozenset(completed | _CONSUME_VERBS)
    return frozenset(completed | {ADL_VERBS + "answered"})
