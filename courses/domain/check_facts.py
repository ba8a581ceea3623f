"""What the courses floor hands over about questions, checks and cases: frozen facts, no models."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from courses.enums import CaseEnd, QuestionKind


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of a question, ready to show; measures in pixels."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """A question as the learner sees it; `options` are (id, text).

    Order: the options are the items. Match: the options are the left-hand sides, `partners` the (id, text) of the
    right-hand sides. Fill in: the options are the gaps, `parts` the text as ("text", words) and ("gap", id). Hotspot:
    `spots` are (option id, x, y) in percent of the picture.
    """

    id: str
    kind: str
    prompt: str
    options: tuple[tuple[str, str], ...]
    pool: str = ""
    multiple: bool = False
    partners: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    picture: Picture | None = None
    spots: tuple[tuple[str, float, float], ...] = ()

    @property
    def takes_several(self) -> bool:
        """Whether more than one option may be chosen."""
        return self.kind == QuestionKind.MULTIPLE or (self.kind == QuestionKind.HOTSPOT and self.multiple)

    @property
    def takes_pairs(self) -> bool:
        """Whether the answer says something of every option rather than choosing among them."""
        return self.kind in (QuestionKind.ORDER, QuestionKind.MATCH, QuestionKind.FILL_IN)


@dataclass(frozen=True, slots=True)
class PublicCheck:
    """A knowledge check without its answers. `pass_mark` is a percentage.

    `time_limit` and `wait_minutes` are minutes, 0 for none; `attempts` is how many come before a long wait, 0 for no
    limit; `pools` are (name, how many are drawn).
    """

    id: str
    title: str
    intro_html: str
    pass_mark: int
    questions: tuple[PublicQuestion, ...]
    lesson_slug: str = ""
    shuffle: bool = False
    time_limit: int = 0
    attempts: int = 0
    wait_minutes: int = 0
    pools: tuple[tuple[str, int], ...] = ()
    is_case: bool = False

    @property
    def length(self) -> int:
        """How many questions one attempt asks."""
        pooled = {name for name, _draw in self.pools}
        fixed = sum(question.pool not in pooled for question in self.questions)
        return fixed + sum(draw for _name, draw in self.pools)


@dataclass(frozen=True, slots=True)
class GapKey:
    """What fits in a gap. `typos` is how many letters may differ."""

    accept: tuple[str, ...] = ()
    typos: int = 0
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class QuestionKey:
    """What the server needs to mark one question; never leaves the server before an answer was given."""

    id: str
    kind: str
    options: tuple[str, ...]
    correct: frozenset[str]
    option_feedback: Mapping[str, str]
    feedback: str
    multiple: bool = False
    sequence: tuple[str, ...] = ()
    pairs: Mapping[str, str] = field(default_factory=dict)
    gaps: Mapping[str, GapKey] = field(default_factory=dict)

    @property
    def takes_several(self) -> bool:
        """Whether more than one option may be chosen."""
        return self.kind == QuestionKind.MULTIPLE or (self.kind == QuestionKind.HOTSPOT and self.multiple)


@dataclass(frozen=True, slots=True)
class CheckKey:
    """The secret half of a knowledge check."""

    id: str
    pass_mark: int
    questions: tuple[QuestionKey, ...]


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """One thing to do in a case, and where it leads."""

    id: str
    text: str
    fits: bool
    response_html: str
    to: str


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A moment in a case: a situation with choices, or an ending (`end` is a CaseEnd)."""

    id: str
    html: str
    question: str
    choices: tuple[CaseChoice, ...]
    end: str = ""


@dataclass(frozen=True, slots=True)
class CaseKey:
    """A whole case with its decision points; the first step is the start. Stays on the server."""

    id: str
    counts: bool
    steps: tuple[CaseStep, ...]
    closing_html: str


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A decision that was made: the situation, the choice and its response."""

    step: CaseStep
    choice: CaseChoice


@dataclass(frozen=True, slots=True)
class CaseWay:
    """How far somebody is in a case: decisions made, and where they stand. `closing_html` only at an ending."""

    taken: tuple[TakenStep, ...]
    here: CaseStep
    closing_html: str = ""

    @property
    def is_ended(self) -> bool:
        """Whether an ending was reached."""
        return bool(self.here.end)

    @property
    def passed(self) -> bool:
        """Whether the ending is good enough."""
        return self.here.end in (CaseEnd.GOOD, CaseEnd.FAIR)

    @property
    def fitting(self) -> int:
        """How many decisions fitted."""
        return sum(taken.choice.fits for taken in self.taken)


@dataclass(frozen=True, slots=True)
class MarkedQuestion:
    """How one question went. What of it the learner may see already is for the page that shows it to decide.

    `parts` says of each item, pair or gap whether it is right; `solution` gives the right partner's id or words.
    """

    id: str
    correct: bool
    chosen: tuple[str, ...]
    feedback_per_option: Mapping[str, str]
    feedback: str
    correct_options: tuple[str, ...]
    parts: Mapping[str, bool] = field(default_factory=dict)
    solution: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MarkedCheck:
    """How a check went. `score` of `maximum` questions; `scaled_percent` is rounded down."""

    score: int
    maximum: int
    scaled_percent: int
    passed: bool
    questions: tuple[MarkedQuestion, ...]
