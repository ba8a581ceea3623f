"""A seat in a cohort for everybody on a list that was brought in, and back with the list."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.seats import add_member, vacate
from lms.domain.waiting import close_entries
from lms.enums import WaitingState
from lms.exceptions import CohortError, LmsError
from lms.models import Attendance, Cohort, Enrolment, ListSeat, WaitingEntry
from people.api import User, people_of_import

#: A longer list belongs to more than one group.
MOST = 500


@dataclass
class ListSeats:
    """What became of everybody on a list: how many got a seat, wait, were inside, and who could not, with why."""

    seated: int = 0
    waiting: int = 0
    inside: int = 0
    refused: list[tuple[User, str]] = field(default_factory=list)


def inside_of(cohort_id: int, people: list[User]) -> set[int]:
    """Who of these people has a seat already. One query."""
    return set(
        Enrolment.objects.current()
        .filter(cohort_id=cohort_id, person__in=people)
        .values_list("person_id", flat=True)
    )


def seat_list(*, cohort_id: int, list_id: int, actor: User) -> ListSeats:
    """Give everybody on a list a seat, in the order of the list; who comes after the last seat waits. Twice is once.

    What one person is refused (a seat in another edition, a course that comes first, another session at that hour)
    stops nobody else. Raises CohortError: list_empty, list_too_long, cohort_missing.
    """
    cohort = Cohort.objects.filter(pk=cohort_id).first()
    if cohort is None:
        raise CohortError("cohort_missing", _("Deze groep bestaat niet (meer). Kies een andere groep."))
    people = people_of_import(list_id)
    if not people:
        raise CohortError("list_empty", _("Op deze lijst staat niemand (meer). Kies een andere lijst."))
    if len(people) > MOST:
        raise CohortError(
            "list_too_long",
            _("Op deze lijst staan %(count)s mensen. Een groep vul je met een lijst van hoogstens %(most)s.")
            % {"count": len(people), "most": MOST},
        )
    inside = inside_of(cohort_id, people)
    followed = {
        row.person_id: row.cohort
        for row in Enrolment.objects.current()
        .filter(course_id=cohort.course_id, person__in=people)
        .select_related("cohort")
    }
    found = ListSeats(inside=len(inside))
    for person in people:
        if person.pk in inside:
            continue
        try:
            with transaction.atomic():
                _check_elsewhere(followed.get(person.pk))
                seat = add_member(cohort_id=cohort_id, person=person, actor=actor)
                ListSeat.objects.get_or_create(
                    list_id=list_id,
                    cohort=cohort,
                    person=person,
                    defaults={"made_enrolment": seat == "approved" and person.pk not in followed},
                )
        except LmsError as error:
            found.refused.append((person, error.message))
            continue
        if seat == "approved":
            found.seated += 1
        else:
            found.waiting += 1
    record_audit(
        verb="cohort.list_added",
        subject=ref(cohort),
        actor=actor,
        data={"list": list_id, "seated": found.seated, "waiting": found.waiting},
    )
    return found


def _check_elsewhere(other: Cohort | None) -> None:
    """A list moves nobody out of a seat that they chose. Raises CohortError (seat_elsewhere)."""
    if other is not None and other.ends_on >= timezone.localdate():
        raise CohortError(
            "seat_elsewhere",
            _("Heeft al een plaats in %(group)s. De persoon kan zelf ruilen.") % {"group": other.name},
        )


@transaction.atomic
def take_list_back(*, list_id: int, actor: User | None) -> int:
    """Free the seats that a list brought, as far as nobody used them; how many went. Twice is once.

    Who was present, or did anything in the course, keeps what they have.
    """
    freed = 0
    for row in ListSeat.objects.filter(list_id=list_id).select_related("cohort", "person").order_by("pk"):
        if Attendance.objects.filter(session__cohort=row.cohort, person=row.person).exists():
            continue
        close_entries(person_id=row.person_id, cohort_id=row.cohort_id, state=WaitingState.LEFT)
        WaitingEntry.objects.filter(person=row.person, cohort=row.cohort, state=WaitingState.LEFT).delete()
        vacate(row.cohort, person_id=row.person_id, actor=actor)
        if row.made_enrolment:
            Enrolment.objects.current().filter(
                person=row.person, course_id=row.cohort.course_id, completed_at=None, last_opened_at=None
            ).delete()
        row.delete()
        freed += 1
    return freed


def take_list_back_when_undone(*, list_id: int, actor: User | None, **_said: object) -> None:
    """What came with a list goes with it."""
    take_list_back(list_id=list_id, actor=actor)
