"""What the knowledge-check pages show. Before handing in: questions and own answers, nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from courses.api import MarkedCheck, MarkedQuestion, PublicQuestion, QuestionKind, split_pairs

Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option, item, left-hand side or gap; `tone`, `feedback` and `solution` stay empty until it was handed in.

    `given` is what was filled in or chosen for it, `x` and `y` are percents of the picture.
    """

    id: str
    text: str
    chosen: bool = False
    tone: str = ""  # right, wrong, or missed: right but not chosen
    feedback: str = ""
    given: str = ""
    solution: str = ""
    x: str = ""
    y: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question on the form or on the result."""

    number: int
    name: str
    question: PublicQuestion
    options: tuple[OptionView, ...]
    is_kept: bool = False
    is_open: bool = False
    is_right: bool | None = None
    takeaway: str = ""
    hint: str = ""
    solution: tuple[str, ...] = ()
    parts: tuple[tuple[str, OptionView | None], ...] = field(default=())

    @property
    def template(self) -> str:
        """The part of the form that takes the answer."""
        kind = self.question.kind
        return f"lms/learning/questions/{kind if kind in OWN_FORM else 'choice'}.html"

    @property
    def result_template(self) -> str:
        """The part of the result that explains it."""
        kind = self.question.kind
        return f"lms/learning/questions/{kind if kind in OWN_RESULT else 'choice'}_result.html"

    @property
    def places(self) -> range:
        """The places that an item of an order can take."""
        return range(1, len(self.options) + 1)


OWN_FORM = frozenset({QuestionKind.ORDER, QuestionKind.MATCH, QuestionKind.FILL_IN, QuestionKind.HOTSPOT})
OWN_RESULT = frozenset({QuestionKind.ORDER, QuestionKind.MATCH, QuestionKind.FILL_IN})


def field_name(question_id: str) -> str:
    """The name of a question's inputs."""
    return f"vraag-{question_id}"


def question_form(
    questions: Iterable[PublicQuestion], answers: Answers, open_questions: Sequence[str] = ()
) -> tuple[QuestionView, ...]:
    """The questions with what was answered so far."""
    return tuple(
        _form_view(number, question, answers.get(question.id, ()), question.id in open_questions)
        for number, question in enumerate(questions, start=1)
    )


def _form_view(number: int, question: PublicQuestion, answer: Sequence[str], is_open: bool) -> QuestionView:
    if question.takes_pairs:
        given = split_pairs(answer)
        options = tuple(
            OptionView(option_id, text, given=_given(question, option_id, place, given), number=place)
            for place, (option_id, text) in enumerate(question.options, start=1)
        )
        if question.kind == QuestionKind.ORDER:
            options = tuple(sorted(options, key=lambda option: (int(option.given), option.number)))
    else:
        options = _choices(question, answer)
    return QuestionView(
        number=number,
        name=field_name(question.id),
        question=question,
        options=options,
        is_kept=bool(answer),
        is_open=is_open,
        parts=_parts(question, options),
    )


def _given(question: PublicQuestion, option_id: str, place: int, given: Mapping[str, str]) -> str:
    """An item that has no place yet stands where it was shuffled to."""
    return given.get(option_id, str(place) if question.kind == QuestionKind.ORDER else "")


def _choices(question: PublicQuestion, answer: Sequence[str]) -> tuple[OptionView, ...]:
    spots = {spot_id: (f"{x:g}", f"{y:g}") for spot_id, x, y in question.spots}
    return tuple(
        OptionView(
            option_id,
            text,
            option_id in answer,
            x=spots.get(option_id, ("", ""))[0],
            y=spots.get(option_id, ("", ""))[1],
            number=number,
        )
        for number, (option_id, text) in enumerate(question.options, start=1)
    )


def _parts(
    question: PublicQuestion, options: Sequence[OptionView]
) -> tuple[tuple[str, OptionView | None], ...]:
    """The text of a fill-in question with its gaps in place."""
    gaps = {option.id: option for option in options}
    return tuple((text, gaps[text] if kind == "gap" else None) for kind, text in question.parts)


def question_results(questions: Iterable[PublicQuestion], marked: MarkedCheck) -> tuple[QuestionView, ...]:
    """How each question went. Until the check is passed only what was chosen is explained."""
    by_id = {question.id: question for question in marked.questions}
    return tuple(
        _result(number, question, by_id[question.id], reveal=marked.passed)
        for number, question in enumerate(questions, start=1)
    )


def _result(number: int, question: PublicQuestion, marked: MarkedQuestion, *, reveal: bool) -> QuestionView:
    if question.takes_pairs:
        options = _pair_results(question, marked, reveal)
    else:
        options = tuple(_option(option, marked, reveal) for option in _choices(question, marked.chosen))
    texts = dict(question.options)
    shows_order = question.kind == QuestionKind.ORDER and reveal and not marked.correct
    return QuestionView(
        number=number,
        name=field_name(question.id),
        question=question,
        options=options,
        is_right=marked.correct,
        takeaway=marked.feedback if marked.correct or reveal else "",
        hint=_hint(question, marked, reveal),
        solution=tuple(texts[item] for item in marked.correct_options) if shows_order else (),
        parts=_parts(question, options),
    )


def _hint(question: PublicQuestion, marked: MarkedQuestion, reveal: bool) -> str:
    if marked.correct or reveal:
        return ""
    if question.takes_pairs:
        right = sum(marked.parts.values())
        return (
            _("%(right)s van %(all)s kloppen al.") % {"right": right, "all": len(question.options)}
            if right
            else ""
        )
    if set(marked.chosen) < set(marked.correct_options) and marked.chosen:
        return _("Wat je koos klopt, maar er hoort nog iets bij.")
    return ""


def _pair_results(question: PublicQuestion, marked: MarkedQuestion, reveal: bool) -> tuple[OptionView, ...]:
    """Items in the order given, pairs and gaps in theirs. What is wrong is only put right once all is passed."""
    texts, partners = dict(question.options), dict(question.partners)
    given = split_pairs(marked.chosen)
    ids = (
        marked.chosen
        if question.kind == QuestionKind.ORDER
        else [option for option, _text in question.options]
    )
    views = []
    for number, option_id in enumerate(ids, start=1):
        right = marked.parts.get(option_id, False)
        solution = "" if right or not reveal else marked.solution.get(option_id, "")
        said = given.get(option_id, "")
        views.append(
            OptionView(
                option_id,
                texts[option_id],
                tone="right" if right else "wrong",
                feedback=marked.feedback_per_option.get(option_id, "") if right or reveal else "",
                given=partners.get(said, said),
                solution=partners.get(solution, solution),
                number=number,
            )
        )
    return tuple(views)


def _option(option: OptionView, marked: MarkedQuestion, reveal: bool) -> OptionView:
    fits = option.id in marked.correct_options
    tone = ("right" if fits else "wrong") if option.chosen else "missed" if reveal and fits else ""
    told = option.chosen or reveal
    return OptionView(
        option.id,
        option.text,
        option.chosen,
        tone,
        marked.feedback_per_option.get(option.id, "") if told else "",
        x=option.x,
        y=option.y,
        number=option.number,
    )
