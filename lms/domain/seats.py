"""Getting a seat that is not there for the taking, and changing it: asking, waiting, offers, swapping, leaving."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.api import course_by_slug
from ledger.api import record_audit, ref
from lms.domain.cohorts import check_overlap, check_way, join_cohort
from lms.domain.enrolment import check_may_leave, check_prerequisites, enrol
from lms.domain.waiting import (
    check_waits_can_begin,
    close_entries,
    free_seats,
    offer_seats,
)
from lms.enums import EnrolmentWay, SeatRequestState, WaitingState
from lms.exceptions import CohortError, EnrolmentError
from lms.models import Attendance, Cohort, Enrolment, SeatRequest, WaitingEntry
from lms.signals import seats_changed
from people.api import User, queue_mail


def take_seat(*, person: User, cohort_id: int, code: str = "") -> str:
    """The way in that fits the cohort: a seat, a request, or a place on the waiting list. Twice is once.

    Returns "enrolled", "asked" or "waiting". Raises EnrolmentError and CohortError as `enrol`.
    """
    cohort = _cohort(cohort_id)
    if cohort.way == EnrolmentWay.APPROVAL:
        ask_for_seat(person=person, cohort_id=cohort.pk)
        return "asked"
    try:
        enrol(person=person, course_slug=cohort.course.slug, cohort_id=cohort.pk, code=code)
    except CohortError as error:
        if error.code != "cohort_full":
            raise
        join_waiting_list(person=person, cohort_id=cohort.pk, code=code)
        return "waiting"
    return "enrolled"


@transaction.atomic
def ask_for_seat(*, person: User, cohort_id: int) -> SeatRequest:
    """Ask for a seat in a cohort that approves. Twice is once. Raises CohortError (cohort_over, overlaps_own)."""
    cohort = _locked(cohort_id)
    _check_newcomer(cohort, person)
    check_overlap(cohort, person_id=person.pk, leaving=None)
    request, created = SeatRequest.objects.get_or_create(
        cohort=cohort, person=person, state=SeatRequestState.WAITING
    )
    if created:
        record_audit(verb="seat.asked", subject=ref(cohort), actor=person)
    return request


@transaction.atomic
def decide_seat(*, request_id: int, actor: User, approve: bool) -> SeatRequest:
    """Say yes or no to a request; the person gets a mail. A yes for a full cohort is a place on the waiting list.

    Deciding the same twice is once. Raises CohortError: request_missing, already_decided (the other way), and whatever
    enrolling refuses.
    """
    request = SeatRequest.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
    if request is None:
        raise CohortError("request_missing", _("Deze vraag is er niet (meer)."))
    wanted = SeatRequestState.APPROVED if approve else SeatRequestState.DECLINED
    if request.state == wanted:
        return request
    if request.state != SeatRequestState.WAITING:
        raise CohortError("already_decided", _("Deze vraag kreeg al een antwoord."))
    cohort = _locked(request.cohort_id)
    request.state, request.decided_at, request.decided_by = wanted, timezone.now(), actor
    request.save(update_fields=["state", "decided_at", "decided_by"])
    seat = "declined"
    if approve:
        seat = _admit(cohort, request.person)
    queue_mail(
        to_user_id=request.person_id,
        template="lms/email/seat_answer",
        context={"group": cohort.name, "answer": seat, "path": "/mijn/groepen/"},
        key=f"seat-answer:{request.pk}",
    )
    record_audit(
        verb=f"seat.{wanted.value}", subject=ref(cohort), actor=actor, data={"person": request.person_id}
    )
    return request


def _admit(cohort: Cohort, person: User) -> str:
    """A seat now, or a place in the queue: "approved" or "waiting"."""
    try:
        enrol(person=person, course_slug=cohort.course.slug, cohort_id=cohort.pk, admitted=True)
    except CohortError as error:
        if error.code != "cohort_full":
            raise
        _queue(cohort, person)
        return "waiting"
    return "approved"


@transaction.atomic
def take_back_request(*, request_id: int, person: User) -> None:
    """Take back one's own request while it waits. Twice is once."""
    SeatRequest.objects.filter(pk=request_id, person=person, state=SeatRequestState.WAITING).update(
        state=SeatRequestState.TAKEN_BACK, decided_at=timezone.now()
    )


@transaction.atomic
def join_waiting_list(*, person: User, cohort_id: int, code: str = "") -> WaitingEntry:
    """Wait for a seat in a full cohort. Twice is once, and keeps the place.

    Raises CohortError: cohort_over, seats_free, and what the way of the cohort refuses.
    """
    cohort = _locked(cohort_id)
    _check_newcomer(cohort, person)
    check_way(cohort, person_id=person.pk, code=code)
    check_overlap(cohort, person_id=person.pk, leaving=None)
    if free_seats(cohort, but_of=person.pk) > 0:
        raise CohortError("seats_free", _("Er is net een plaats vrij. Schrijf je meteen in."))
    return _queue(cohort, person)


def _queue(cohort: Cohort, person: User) -> WaitingEntry:
    states = (WaitingState.WAITING, WaitingState.OFFERED)
    known = WaitingEntry.objects.filter(cohort=cohort, person=person, state__in=states).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            entry = WaitingEntry.objects.create(cohort=cohort, person=person)
    except IntegrityError:
        return WaitingEntry.objects.get(cohort=cohort, person=person, state__in=states)
    record_audit(verb="seat.waiting", subject=ref(cohort), actor=person)
    return entry


@transaction.atomic
def answer_offer(*, entry_id: int, accept: bool) -> WaitingEntry:
    """Take an offered seat or leave it to the next. The same answer twice is once.

    Raises CohortError: offer_gone (ran out, or the cohort began), and whatever enrolling refuses.
    """
    cohort_id = WaitingEntry.objects.values_list("cohort_id", flat=True).get(pk=entry_id)
    cohort = _locked(cohort_id)
    entry = WaitingEntry.objects.select_related("person").get(pk=entry_id)
    wanted = WaitingState.ACCEPTED if accept else WaitingState.DECLINED
    if entry.state == wanted:
        return entry
    is_open = entry.state == WaitingState.OFFERED and entry.offer_until and entry.offer_until > timezone.now()
    if not is_open:
        raise CohortError(
            "offer_gone",
            _("Dit aanbod is voorbij. Je kunt opnieuw op de wachtlijst, of een andere groep kiezen."),
        )
    if accept:
        enrol(person=entry.person, course_slug=cohort.course.slug, cohort_id=cohort.pk, admitted=True)
    close_entries(person_id=entry.person_id, cohort_id=cohort.pk, state=wanted)
    record_audit(verb=f"seat.offer_{wanted.value}", subject=ref(cohort), actor=entry.person)
    if not accept:
        offer_seats(cohort.pk)
    entry.refresh_from_db()
    return entry


@transaction.atomic
def leave_waiting_list(*, person: User, cohort_id: int) -> None:
    """Go from the waiting list; an offer passes on. Twice is once."""
    cohort = _locked(cohort_id)
    if close_entries(person_id=person.pk, cohort_id=cohort.pk, state=WaitingState.LEFT):
        record_audit(verb="seat.stopped_waiting", subject=ref(cohort), actor=person)
        offer_seats(cohort.pk)


@transaction.atomic
def swap_cohort(*, person: User, cohort_id: int, code: str = "") -> Enrolment:
    """Go from one's group to another edition of the same course in one step: both, or neither. Twice is once.

    Raises EnrolmentError: nothing_to_swap, too_late, was_present; CohortError as `join_cohort`.
    """
    target = _cohort(cohort_id)
    enrolment = (
        Enrolment.objects.current()
        .select_for_update(of=("self",))
        .select_related("cohort")
        .filter(person=person, course_id=target.course_id, completed_at=None)
        .first()
    )
    if enrolment is None or enrolment.cohort is None:
        raise EnrolmentError("nothing_to_swap", _("Je zit nog niet in een groep van deze cursus."))
    if enrolment.cohort_id == target.pk:
        return enrolment
    _lock_in_order(enrolment.cohort_id or 0, target.pk)
    check_may_leave(enrolment.cohort, person_id=person.pk)
    left = enrolment.cohort_id
    join_cohort(enrolment=enrolment, cohort_id=target.pk, code=code)
    record_audit(
        verb="cohort.swapped",
        subject=ref(target),
        actor=person,
        data={"from": left, "enrolment": enrolment.pk},
    )
    return enrolment


@transaction.atomic
def leave_cohort(*, person: User, cohort_id: int) -> None:
    """Give the seat back and stay in the course. Twice is once. Raises EnrolmentError (too_late, was_present)."""
    cohort = _locked(cohort_id)
    check_may_leave(cohort, person_id=person.pk)
    vacate(cohort, person_id=person.pk, actor=person)


@transaction.atomic
def remove_member(*, cohort_id: int, person_id: int, actor: User) -> None:
    """Staff free a member's seat, whatever the day; the person stays in the course and hears of it. Twice is once.

    Raises EnrolmentError (was_present) when attendance was recorded.
    """
    cohort = _locked(cohort_id)
    if Attendance.objects.present().filter(session__cohort=cohort, person_id=person_id).exists():
        raise EnrolmentError(
            "was_present", _("Deze persoon was al bij een bijeenkomst. De plaats blijft bewaard.")
        )
    if vacate(cohort, person_id=person_id, actor=actor):
        queue_mail(
            to_user_id=person_id,
            template="lms/email/seat_answer",
            context={"group": cohort.name, "answer": "freed", "path": "/mijn/groepen/"},
            key=f"seat-freed:{cohort.pk}:{person_id}:{timezone.localdate().isoformat()}",
        )


@transaction.atomic
def add_member(*, cohort_id: int, person: User, actor: User) -> str:
    """Staff give somebody a seat, or a place on the list when it is full: "approved" or "waiting". Twice is once."""
    cohort = _locked(cohort_id)
    seat = _admit(cohort, person)
    record_audit(verb="cohort.added", subject=ref(cohort), actor=actor, data={"person": person.pk})
    return seat


def vacate(cohort: Cohort, *, person_id: int, actor: User | None) -> bool:
    """Free a seat and offer it on; whether there was one."""
    enrolment = (
        Enrolment.objects.current()
        .select_for_update(of=("self",))
        .filter(cohort=cohort, person_id=person_id)
        .first()
    )
    if enrolment is None:
        return False
    enrolment.cohort = None
    enrolment.save(update_fields=["cohort"])
    seats_changed.send(sender=Cohort, cohort_id=cohort.pk)
    record_audit(verb="cohort.left", subject=ref(cohort), actor=actor, data={"person": person_id})
    offer_seats(cohort.pk)
    return True


def _check_newcomer(cohort: Cohort, person: User) -> None:
    """Not over, not inside already, and what comes first was done."""
    check_waits_can_begin(cohort)
    if Enrolment.objects.current().filter(cohort=cohort, person=person).exists():
        raise CohortError("already_member", _("Je hebt al een plaats in deze groep."))
    course = course_by_slug(cohort.course.slug)
    if course is None or course.version_id is None:
        raise EnrolmentError("course_not_open", _("Deze cursus is nog niet open. Kom later eens terug."))
    if not Enrolment.objects.current().filter(course_id=cohort.course_id, person=person).exists():
        check_prerequisites(person, course)


def _cohort(cohort_id: int) -> Cohort:
    cohort = Cohort.objects.select_related("course").filter(pk=cohort_id).first()
    if cohort is None:
        raise CohortError("cohort_missing", _("Deze groep bestaat niet (meer). Kies een andere groep."))
    return cohort


def _locked(cohort_id: int) -> Cohort:
    """The cohort with its seats locked: whoever counts seats waits for the other."""
    _cohort(cohort_id)
    return Cohort.objects.select_for_update(of=("self",)).select_related("course").get(pk=cohort_id)


def _lock_in_order(*cohort_ids: int) -> None:
    """Two people who swap with each other lock in the same order, so that neither waits for ever."""
    list(Cohort.objects.select_for_update(of=("self",)).filter(pk__in=cohort_ids).order_by("pk"))


__all__ = [
    "add_member",
    "answer_offer",
    "ask_for_seat",
    "decide_seat",
    "join_waiting_list",
    "leave_cohort",
    "leave_waiting_list",
    "remove_member",
    "swap_cohort",
    "take_back_request",
    "take_seat",
    "vacate",
]
