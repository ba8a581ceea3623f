"""Asking what people thought of a session, without ever knowing who thought what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.evaluation_rules import (
    SMALLEST,
    Question,
    Result,
    clean_answers,
    questions_of,
    results_of,
)
from lms.exceptions import EvaluationError
from lms.models import (
    Attendance,
    Cohort,
    Enrolment,
    Evaluation,
    EvaluationAnswer,
    EvaluationForm,
    EvaluationVoice,
    Session,
    SessionTrainer,
)
from people.api import NoticeWay, User, add_to_digest, ways_of

KIND = "cohort_evaluations"
OPEN_FOR = timedelta(days=14)
STANDARD = "Na een bijeenkomst"
STANDARD_QUESTIONS = [
    {"key": "nut", "kind": "likert", "text": "Wat ik leerde, helpt me in mijn werk."},
    {"key": "helder", "kind": "likert", "text": "De begeleiding was helder."},
    {"key": "veilig", "kind": "likert", "text": "Ik voelde me veilig om iets te vragen of te delen."},
    {"key": "aanrader", "kind": "nps", "text": "Zou je deze vorming aanraden aan een collega?"},
    {"key": "mee", "kind": "open", "text": "Wat neem je mee?"},
    {"key": "beter", "kind": "open", "text": "Wat kan beter?"},
]


@transaction.atomic
def ask_opinion(*, session_id: int, actor: User | None, form_id: int | None = None) -> Evaluation:
    """Ask a form about a session, from its end until two weeks later. Twice is once, with the first form.

    Raises EvaluationError: cancelled, form_missing.
    """
    session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    known = Evaluation.objects.filter(session=session).first()
    if known is not None:
        return known
    if session.is_cancelled:
        raise EvaluationError("cancelled", _("Deze bijeenkomst is afgelast. Er valt niets te vragen."))
    form = (
        standard_form()
        if form_id is None
        else EvaluationForm.objects.filter(pk=form_id, is_active=True).first()
    )
    if form is None:
        raise EvaluationError("form_missing", _("Dit formulier is er niet (meer). Kies een ander."))
    evaluation = Evaluation.objects.create(session=session, form=form, closes_at=session.ends_at + OPEN_FOR)
    record_audit(verb="evaluation.asked", subject=ref(evaluation), actor=actor, data={"session": session.pk})
    return evaluation


def standard_form() -> EvaluationForm:
    """The house's own form; made on first use."""
    form, _created = EvaluationForm.objects.get_or_create(
        name=STANDARD, defaults={"questions": STANDARD_QUESTIONS}
    )
    return form


@transaction.atomic
def save_form(*, actor: User, name: str, lines: str) -> EvaluationForm:
    """Keep a new form from lines such as "schaal: Het was helder". A form is never changed: answers point at it.

    Raises EvaluationError: no_questions, unknown_kind (naming the line), too_many (more than 20), name_taken.
    """
    kinds = {"schaal": "likert", "open": "open", "aanrader": "nps"}
    questions: list[dict[str, str]] = []
    for line in lines.splitlines():
        if not line.strip():
            continue
        word, _colon, text = line.partition(":")
        kind = kinds.get(word.strip().lower())
        if kind is None or not text.strip():
            raise EvaluationError(
                "unknown_kind",
                _("“%(line)s” begint niet met schaal:, open: of aanrader:") % {"line": line.strip()[:60]},
            )
        questions.append({"key": f"v{len(questions) + 1}", "kind": kind, "text": text.strip()[:300]})
    if not questions:
        raise EvaluationError("no_questions", _("Schrijf minstens een vraag, een op elke regel."))
    if len(questions) > 20:
        raise EvaluationError("too_many", _("Twintig vragen is het meeste. Korter wordt vaker ingevuld."))
    if EvaluationForm.objects.filter(name=name).exists():
        raise EvaluationError("name_taken", _("Er is al een formulier met deze naam. Kies een andere naam."))
    form = EvaluationForm.objects.create(name=name, questions=questions)
    record_audit(verb="evaluation.form_saved", subject=ref(form), actor=actor)
    return form


def may_answer(evaluation: Evaluation, person_id: int) -> bool:
    """Whoever was present once the list is closed, every member before; never who led it. Three queries at most."""
    session = evaluation.session
    if SessionTrainer.objects.filter(session=session, trainer=person_id).exists():
        return False
    if Attendance.objects.present().filter(session=session, person_id=person_id).exists():
        return True
    members = Enrolment.objects.current().filter(cohort=session.cohort_id, person_id=person_id)
    return not session.is_closed and members.exists()


def has_answered(evaluation: Evaluation, person_id: int) -> bool:
    """Whether somebody's answer is in. One query."""
    return EvaluationVoice.objects.filter(evaluation=evaluation, person_id=person_id).exists()


@transaction.atomic
def give_opinion(*, evaluation_id: int, person: User, given: Mapping[str, Any]) -> None:
    """Take in an answer, once, with nothing that ties it to the person. Raises EvaluationError.

    Codes: not_yet (the session is not over), closed, not_yours, already, missing (a scale question without answer).
    Answers wait until there are five of them, and are then shown together: nobody can subtract two readings.
    """
    evaluation = (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("session", "form")
        .get(pk=evaluation_id)
    )
    now = timezone.now()
    if evaluation.session.ends_at > now:
        raise EvaluationError("not_yet", _("De bijeenkomst is nog niet voorbij. Kom daarna terug."))
    if evaluation.closes_at < now:
        raise EvaluationError(
            "closed", _("Deze vragen zijn intussen gesloten. Dank je dat je het wilde doen.")
        )
    if not may_answer(evaluation, person.pk):
        raise EvaluationError("not_yours", _("Deze vragen zijn voor wie erbij was."))
    answers, missing = clean_answers(questions_of(evaluation.form.questions), given)
    if missing:
        raise EvaluationError("missing", _("Kies nog een antwoord bij elke schaal."))
    try:
        with transaction.atomic():
            EvaluationVoice.objects.create(evaluation=evaluation, person=person)
    except IntegrityError as error:
        raise EvaluationError("already", _("Je gaf je mening al. Dank je wel.")) from error
    EvaluationAnswer.objects.create(evaluation=evaluation, answers=answers)
    waiting = EvaluationAnswer.objects.filter(evaluation=evaluation, is_released=False)
    if waiting.count() >= SMALLEST:
        waiting.update(is_released=True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may be seen of an evaluation: how many answered, how many of those are shown, and what they said."""

    evaluation: Evaluation
    answered: int
    shown: int
    results: tuple[Result, ...]


def outcome_of(evaluation: Evaluation) -> Outcome:
    """Two queries."""
    released = list(
        EvaluationAnswer.objects.filter(evaluation=evaluation, is_released=True).values_list(
            "answers", flat=True
        )
    )
    results = results_of(questions_of(evaluation.form.questions), released)
    return Outcome(
        evaluation=evaluation,
        answered=EvaluationVoice.objects.filter(evaluation=evaluation).count(),
        shown=len(released) if results else 0,
        results=results,
    )


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition in a comparison: a figure per question, None where fewer than five answered."""

    cohort_name: str
    starts_on: Any
    shown: int
    lines: tuple[tuple[Question, float | None], ...]


def compare_editions(cohorts: list[Cohort]) -> tuple[tuple[Question, ...], tuple[Edition, ...]]:
    """Figures of the scale questions, edition by edition, for the form that was asked most. Two queries."""
    evaluations = list(
        Evaluation.objects.filter(session__cohort__in=cohorts)
        .select_related("form", "session")
        .prefetch_related("answers")
    )
    if not evaluations:
        return (), ()
    forms = [evaluation.form for evaluation in evaluations]
    form = max(forms, key=lambda one: (sum(other.pk == one.pk for other in forms), -one.pk))
    questions = tuple(one for one in questions_of(form.questions) if one.kind != "open")
    editions = []
    for cohort in cohorts:
        rows = [
            answer.answers
            for evaluation in evaluations
            if evaluation.form_id == form.pk and evaluation.session.cohort_id == cohort.pk
            for answer in evaluation.answers.all()
            if answer.is_released
        ]
        results = {result.question.key: result for result in results_of(questions, rows)}
        lines = tuple((question, _figure(results.get(question.key))) for question in questions)
        editions.append(Edition(cohort.name, cohort.starts_on, len(rows) if results else 0, lines))
    return questions, tuple(editions)


def _figure(result: Result | None) -> float | None:
    if result is None:
        return None
    return result.mean if result.score is None else float(result.score)


def open_for(person_id: int) -> list[Evaluation]:
    """Forms that wait for somebody's answer, newest first. Two queries and a few for each form."""
    now = timezone.now()
    mine = Enrolment.objects.current().filter(person=person_id, cohort__isnull=False).values("cohort")
    rows = (
        Evaluation.objects.filter(session__cohort__in=mine, session__ends_at__lte=now, closes_at__gt=now)
        .exclude(voices__person=person_id)
        .select_related("session__cohort")
        .order_by("-session__ends_at")[:10]
    )
    return [row for row in rows if may_answer(row, person_id)]


def remind_opinions() -> int:
    """A line in the mail of the day, once, for who may answer. Daily; harmless to repeat. Returns how many lines."""
    now = timezone.now()
    told = 0
    rows = Evaluation.objects.filter(
        session__ends_at__lte=now, session__ends_at__gt=now - timedelta(days=3), closes_at__gt=now
    ).select_related("session__cohort")
    for row in rows:
        people = set(
            Attendance.objects.present().filter(session=row.session).values_list("person_id", flat=True)
        )
        if not row.session.is_closed:
            members = Enrolment.objects.current().filter(cohort=row.session.cohort_id)
            people |= set(members.values_list("person_id", flat=True))
        people -= set(row.voices.values_list("person_id", flat=True))
        people -= set(row.session.session_trainers.values_list("trainer_id", flat=True))
        for person_id, way in ways_of(KIND, sorted(people)).items():
            if way == NoticeWay.NONE:
                continue
            add_to_digest(
                to_user_id=person_id,
                text=_("Wat vond je van %(title)s? Je antwoord is anoniem.") % {"title": row.session.title},
                path=f"/mijn/mening/{row.pk}/",
                key=f"evaluation:{row.pk}:{person_id}",
                until=timezone.localdate(row.closes_at),
            )
            told += 1
    return told
