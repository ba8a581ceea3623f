"""Knowledge checks: answers are kept as they are given, the mark is ours, one attempt counts once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.api import (
    MarkedCheck,
    PublicCheck,
    PublicQuestion,
    clean_answer,
    get_check,
    get_outline,
    is_answered,
    mark_check,
)
from lms.domain.attempt_rows import locked_rows
from lms.domain.attempt_rules import GRACE, Stage, Standing, arrange, draw, is_late, standing
from lms.domain.completion import complete_if_due
from lms.domain.queries.enrolments import lock_enrolment
from lms.domain.records import ADL, append_record, check_iri
from lms.enums import AttestedBy, RecordKind
from lms.exceptions import CheckError
from lms.models import CheckAttempt, Enrolment

Answers = Mapping[str, Sequence[str]]
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class CheckAddress:
    """Which check of which lesson of which course, by whom."""

    person_id: int
    course_slug: str
    lesson_slug: str
    check_id: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of answers on their way. `gone` names questions that this version does not ask."""

    number: int
    gone: tuple[str, ...] = ()
    time_up: bool = False


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Outcome of handing in. `unanswered` names questions still open: then nothing was marked.

    `repeated` means that this attempt was handed in before and the first answers count; `time_up` that only what was
    kept before the deadline counts.
    """

    number: int
    unanswered: tuple[str, ...] = ()
    repeated: bool = False
    passed: bool = False
    completed_now: bool = False
    time_up: bool = False


def clean_answers(questions: Iterable[PublicQuestion], given: Answers) -> dict[str, list[str]]:
    """Keep only what these questions ask: unknown questions and options fall away. Pure.

    A question of which nothing is left counts as not answered.
    """
    kept = {question.id: clean_answer(question, given.get(question.id, ())) for question in questions}
    return {question_id: answer for question_id, answer in kept.items() if answer}


def unanswered(questions: Iterable[PublicQuestion], answers: Answers) -> tuple[str, ...]:
    """Questions that are still open, in their order. Pure."""
    return tuple(
        question.id for question in questions if not is_answered(question, answers.get(question.id, ()))
    )


def questions_of(check: PublicCheck, attempt: CheckAttempt) -> tuple[PublicQuestion, ...]:
    """What an attempt asks, as this learner sees it."""
    seed = seed_of(attempt.enrolment_id, attempt.check_id, attempt.number)
    return arrange(check, drawn=attempt.drawn, seed=seed)


def seed_of(enrolment_id: int, check_id: str, number: int) -> str:
    """What an attempt's draw and order are made from; nobody outside can tell it beforehand."""
    return salted_hmac("lms.attempt", f"{enrolment_id}/{check_id}/{number}").hexdigest()


def new_attempt(enrolment: Enrolment, check: PublicCheck, attempts: Sequence[CheckAttempt]) -> CheckAttempt:
    """The attempt that comes next, not saved: its questions, and what was right before where nothing is at stake."""
    number = len(attempts) + 1
    seen = {question_id for attempt in attempts for question_id in attempt.drawn}
    attempt = CheckAttempt(enrolment=enrolment, check_id=check.id, number=number)
    if check.pools:
        attempt.drawn = list(draw(check, seed=seed_of(enrolment.pk, check.id, number), seen=seen))
    if attempts and not (check.time_limit or check.attempts):
        attempt.answers = right_before(enrolment.version_id, attempts[-1], attempt.drawn)
    return attempt


def right_before(version_id: int, last: CheckAttempt, drawn: Sequence[str]) -> dict[str, list[str]]:
    """The answers of the last attempt that were right, as far as the next one asks them again."""
    marked = mark_check(version_id, last.check_id, last.answers, last.drawn or None)
    return {
        question.id: list(last.answers[question.id])
        for question in marked.questions
        if question.correct and (not drawn or question.id in drawn)
    }


def start_attempt(*, address: CheckAddress) -> int:
    """Begin an attempt whose time is limited; the clock runs from now. The same twice is one attempt.

    Raises EnrolmentError (not_enrolled), CheckError (check_unknown, waiting).
    """

    def start() -> int:
        enrolment, attempts, check = locked_attempts(address)
        attempt = attempt_to_write(enrolment, attempts, check, number=0)
        if attempt.pk is None:
            if check.time_limit:
                attempt.deadline = attempt.started_at + timedelta(minutes=check.time_limit)
            attempt.save()
        return attempt.number

    return again_when_raced(start)


def save_answers(*, address: CheckAddress, number: int, given: Answers) -> Kept:
    """Keep answers of an attempt that is under way. Answers given before stay. At most six queries.

    After the deadline the attempt is closed with what was kept in time. Raises EnrolmentError (not_enrolled),
    CheckError (check_unknown, attempt_closed, not_started, waiting).
    """

    def save() -> Kept:
        enrolment, attempts, check = locked_attempts(address)
        attempt = attempt_to_write(enrolment, attempts, check, number)
        if attempt.is_submitted:
            raise CheckError("attempt_closed", _("Deze poging is al ingediend. Je antwoorden staan vast."))
        if is_late(attempt, timezone.now()):
            _mark_and_close(attempt)
            return Kept(attempt.number, time_up=True)
        _needs_start(attempt, check)
        questions = questions_of(check, attempt)
        attempt.answers = {**attempt.answers, **clean_answers(questions, given)}
        attempt.save(update_fields=["answers"] if attempt.pk else None)
        known = {question.id for question in questions}
        return Kept(attempt.number, gone=tuple(question for question in given if question not in known))

    return again_when_raced(save)


def hand_in(*, address: CheckAddress, number: int, given: Answers) -> HandedIn:
    """Mark an attempt on the server. The same attempt twice is one attempt, on one device or two.

    When the time is up, open questions count as wrong. Raises EnrolmentError (not_enrolled) and CheckError
    (check_unknown, not_started, waiting).
    """

    def submit() -> HandedIn:
        enrolment, attempts, check = locked_attempts(address)
        attempt = attempt_to_write(enrolment, attempts, check, number)
        if attempt.is_submitted:
            return HandedIn(attempt.number, repeated=True, passed=attempt.passed)
        now = timezone.now()
        late = is_late(attempt, now)
        if not late:
            _needs_start(attempt, check)
            questions = questions_of(check, attempt)
            attempt.answers = {**attempt.answers, **clean_answers(questions, given)}
            still_open = unanswered(questions, attempt.answers)
            if still_open and not (attempt.deadline and now >= attempt.deadline):
                attempt.save(update_fields=["answers"] if attempt.pk else None)
                return HandedIn(attempt.number, unanswered=still_open)
        was_completed = enrolment.is_completed
        _mark_and_close(attempt)
        return HandedIn(
            attempt.number,
            passed=attempt.passed,
            completed_now=enrolment.is_completed and not was_completed,
            time_up=late,
        )

    return again_when_raced(submit)


def close_late(*, address: CheckAddress) -> int | None:
    """Hand in an attempt whose time ran out, with what was kept; its number, or None when none ran out."""
    with transaction.atomic():
        _enrolment, attempts, _check = locked_attempts(address)
        attempt = next((attempt for attempt in attempts if not attempt.is_submitted), None)
        if attempt is None or not is_late(attempt, timezone.now()):
            return None
        _mark_and_close(attempt)
        return attempt.number


def close_late_attempts(*, most: int = 500) -> int:
    """Hand in every attempt whose time ran out, with what was kept in time; how many there were."""
    now = timezone.now()
    late = CheckAttempt.objects.filter(submitted_at=None, deadline__lt=now - GRACE).order_by("deadline")
    closed = 0
    for pk in list(late.values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            attempt = (
                CheckAttempt.objects.select_for_update(of=("self", "enrolment"))
                .select_related("enrolment")
                .filter(pk=pk, submitted_at=None)
                .first()
            )
            if attempt is not None:
                _mark_and_close(attempt)
                closed += 1
    return closed


def standing_of(check: PublicCheck, attempts: Sequence[CheckAttempt]) -> Standing:
    """Where these attempts leave somebody now."""
    return standing(check, attempts, timezone.now())


def locked_attempts(
    address: CheckAddress, *, case: bool = False
) -> tuple[Enrolment, list[CheckAttempt], PublicCheck]:
    """Enrolment and attempts of this check (or case), locked: one query, two before the first attempt.

    Raises EnrolmentError (not_enrolled), CheckError (check_unknown).
    """
    attempts = locked_rows(
        person_id=address.person_id, course_slug=address.course_slug, check_id=address.check_id
    )
    enrolment = (
        attempts[0].enrolment
        if attempts
        else lock_enrolment(person_id=address.person_id, course_slug=address.course_slug)
    )
    for attempt in attempts:
        attempt.enrolment = enrolment
    lesson = get_outline(enrolment.version_id).lesson(address.lesson_slug)
    known = () if lesson is None else lesson.case_ids if case else lesson.test_ids
    if address.check_id not in known:
        raise CheckError("check_unknown", _("Deze toets hoort niet bij jouw versie van de cursus."))
    return enrolment, attempts, get_check(enrolment.version_id, address.check_id)


def attempt_to_write(
    enrolment: Enrolment, attempts: list[CheckAttempt], check: PublicCheck, number: int
) -> CheckAttempt:
    """The attempt a form belongs to: the one it names, the one under way, the passed one, or a new one."""
    for attempt in attempts:
        if attempt.number == number and attempt.is_submitted:
            return attempt
    for attempt in attempts:
        if attempt.passed or not attempt.is_submitted:
            return attempt
    refuse_while_waiting(check, attempts)
    return new_attempt(enrolment, check, attempts)


def refuse_while_waiting(check: PublicCheck, attempts: Sequence[CheckAttempt]) -> None:
    """Raises CheckError (waiting) before the next attempt may begin."""
    where = standing_of(check, attempts)
    if where.stage == Stage.WAITING and where.wait_until is not None:
        raise CheckError(
            "waiting",
            _("Je kunt opnieuw proberen vanaf %(moment)s.")
            % {"moment": date_format(timezone.localtime(where.wait_until), "j F, H.i \\u")},
        )


def _needs_start(attempt: CheckAttempt, check: PublicCheck) -> None:
    if check.time_limit and attempt.pk is None:
        raise CheckError("not_started", _("Begin eerst de toets: dan loopt de tijd."))


def _mark_and_close(attempt: CheckAttempt) -> None:
    marked = mark_check(
        attempt.enrolment.version_id, attempt.check_id, attempt.answers, attempt.drawn or None
    )
    close(attempt, marked)


def close(attempt: CheckAttempt, marked: MarkedCheck) -> None:
    """Write the mark, its learning record, and what it may complete."""
    attempt.submitted_at = timezone.now()
    attempt.score, attempt.maximum = marked.score, marked.maximum
    attempt.percent, attempt.passed = marked.scaled_percent, marked.passed
    attempt.save()
    enrolment = attempt.enrolment
    append_record(
        person_id=enrolment.person_id,
        enrolment_id=enrolment.pk,
        kind=RecordKind.CHECK,
        attested_by=AttestedBy.SERVER,
        verb=ADL + ("passed" if marked.passed else "failed"),
        object_id=check_iri(enrolment.course_id, attempt.check_id),
        result={
            "score": {
                "raw": marked.score,
                "max": marked.maximum,
                "scaled": marked.scaled_percent / 100,
            },
            "success": marked.passed,
            "attempt": attempt.number,
        },
        happened_at=attempt.submitted_at,
    )
    if attempt.passed:
        complete_if_due(enrolment)


def again_when_raced(write: Callable[[], Outcome]) -> Outcome:
    """Run in a transaction; when another device made the same attempt a moment before, look once more."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError:
        with transaction.atomic():
            return write()
