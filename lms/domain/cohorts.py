"""Making cohorts and taking a seat in one."""

import secrets
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, ProtectedError, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.waiting import close_entries, free_seats, offer_seats
from lms.enums import EnrolmentWay, WaitingState
from lms.exceptions import CohortError
from lms.models import Attendance, Cohort, Enrolment, Session
from lms.signals import seats_changed
from people.api import User, team_members


@dataclass(frozen=True, kw_only=True)
class CohortPlan:
    """What somebody fills in about a cohort; dates are days, both included."""

    course_id: int
    name: str
    capacity: int
    starts_on: date
    ends_on: date
    region_id: int | None = None
    is_public: bool = True
    #: In euro; None for the price of the course.
    price: Decimal | None = None
    way: str = EnrolmentWay.OPEN
    code: str = ""
    for_team_id: int | None = None
    #: The last day on which a member may leave or swap; None for the day before the first session.
    withdraw_until: date | None = None
    offer_hours: int = 48
    preparation: str = ""
    costs: str = ""

    def facts(self) -> dict[str, Any]:
        """Field values of the cohort, without its course."""
        return {name: value for name, value in vars(self).items() if name != "course_id"}


def create_cohort(*, actor: User | None, plan: CohortPlan, copied_from: int | None = None) -> Cohort:
    """Make a cohort. Raises CohortError (capacity_too_small, ends_before_start, code_missing, team_missing)."""
    _check_plan(plan)
    with transaction.atomic():
        cohort = Cohort.objects.create(
            course_id=plan.course_id, created_by=actor, copied_from_id=copied_from, **plan.facts()
        )
        record_audit(verb="cohort.created", subject=ref(cohort), actor=actor, data={"course": plan.course_id})
    return cohort


@transaction.atomic
def change_cohort(*, cohort_id: int, actor: User | None, plan: CohortPlan) -> Cohort:
    """Change a cohort; its course stays.

    Raises CohortError: capacity_too_small (also below the number of members), ends_before_start,
    sessions_outside (a session would fall outside the new dates).
    """
    _check_plan(plan)
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort_id)
    members = Enrolment.objects.current().filter(cohort=cohort).count()
    if plan.capacity < members:
        raise CohortError(
            "capacity_too_small",
            _("Er zijn al %(members)s deelnemers ingeschreven. Kies %(members)s plaatsen of meer.")
            % {"members": members},
        )
    held = cohort.sessions.held()
    if (
        held.filter(starts_at__date__lt=plan.starts_on).exists()
        or held.filter(ends_at__date__gt=plan.ends_on).exists()
    ):
        raise CohortError(
            "sessions_outside",
            _("Een bijeenkomst valt buiten die data. Verplaats ze eerst, of kies ruimere data."),
        )
    facts = plan.facts()
    for name, value in facts.items():
        setattr(cohort, name, value)
    cohort.save(update_fields=[name.removesuffix("_id") for name in facts])
    offer_seats(cohort.pk)
    record_audit(verb="cohort.changed", subject=ref(cohort), actor=actor)
    return cohort


def _check_plan(plan: CohortPlan) -> None:
    if plan.capacity < 1:
        raise CohortError("capacity_too_small", _("Een groep heeft minstens 1 plaats."))
    if plan.ends_on < plan.starts_on:
        raise CohortError(
            "ends_before_start",
            _("De laatste dag ligt voor de eerste dag. Kies een latere laatste dag."),
        )
    if plan.way == EnrolmentWay.CODE and not plan.code.strip():
        raise CohortError("code_missing", _("Kies een code, of een andere manier om in te schrijven."))
    if plan.way == EnrolmentWay.TEAM and plan.for_team_id is None:
        raise CohortError("team_missing", _("Kies het team, of een andere manier om in te schrijven."))


@transaction.atomic
def delete_cohort(*, cohort_id: int, actor: User | None) -> None:
    """Delete a cohort that nothing rests on yet.

    Raises CohortError: has_attendance (also after people left), has_members, has_messages.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort_id)
    if Attendance.objects.filter(session__cohort=cohort).exists():
        raise CohortError(
            "has_attendance", _("Er zijn aanwezigheden genoteerd. Die bewaren we, en dus ook deze groep.")
        )
    if cohort.enrolments.exists():
        raise CohortError(
            "has_members", _("Er zijn mensen ingeschreven. Gelast de bijeenkomsten af, dan horen zij het.")
        )
    audited = ref(cohort)
    try:
        with transaction.atomic():
            for session in cohort.sessions.all():
                session.delete()
            cohort.delete()
    except ProtectedError as error:
        raise CohortError(
            "has_messages", _("Er hangt al iets aan deze groep, zoals een bericht. Ze blijft bewaard.")
        ) from error
    record_audit(verb="cohort.deleted", subject=audited, actor=actor)


@transaction.atomic
def join_cohort(*, enrolment: Enrolment, cohort_id: int, code: str = "", admitted: bool = False) -> None:
    """Give an enrolment a seat in a cohort of its course. Twice is once.

    The cohort's row is locked while seats are counted, and a trigger counts again, so that a race cannot overbook. A
    seat that was offered to somebody on the waiting list is not free. `admitted`: staff or a rule already said yes, so
    that code, approval and team are not asked. Raises CohortError: cohort_missing (none, or of another course),
    cohort_over, code_wrong, needs_approval, not_of_team, overlaps_own, cohort_full.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).filter(pk=cohort_id).first()
    if cohort is None or cohort.course_id != enrolment.course_id:
        raise CohortError(
            "cohort_missing", _("Deze groep hoort niet bij deze cursus. Kies een andere groep.")
        )
    if enrolment.cohort_id == cohort.pk:
        return
    if cohort.ends_on < timezone.localdate():
        raise CohortError("cohort_over", _("Deze groep is al afgelopen. Kies een groep die nog komt."))
    if not admitted:
        check_way(cohort, person_id=enrolment.person_id, code=code)
    check_overlap(cohort, person_id=enrolment.person_id, leaving=enrolment.cohort_id)
    full = CohortError(
        "cohort_full", _("Deze groep is net volzet. Kies een andere groep, of kom later nog eens kijken.")
    )
    if free_seats(cohort, but_of=enrolment.person_id) < 1:
        raise full
    left, enrolment.cohort = enrolment.cohort_id, cohort
    try:
        with transaction.atomic():
            enrolment.save(update_fields=["cohort"])
    except IntegrityError as error:
        raise full from error
    close_entries(person_id=enrolment.person_id, cohort_id=cohort.pk, state=WaitingState.ACCEPTED)
    seats_changed.send(sender=Cohort, cohort_id=cohort.pk)
    record_audit(
        verb="cohort.joined",
        subject=ref(cohort),
        actor=f"user:{enrolment.person_id}",
        data={"enrolment": enrolment.pk},
    )
    if left is not None:
        seats_changed.send(sender=Cohort, cohort_id=left)
        offer_seats(left)


def check_way(cohort: Cohort, *, person_id: int, code: str) -> None:
    """Whether the person may take a seat by themselves. Raises CohortError: code_wrong, needs_approval, not_of_team."""
    if cohort.way == EnrolmentWay.CODE and not _same_code(cohort.code, code):
        raise CohortError("code_wrong", _("Deze code klopt niet. Kijk ze na, of vraag ze aan je trainer."))
    if cohort.way == EnrolmentWay.APPROVAL:
        raise CohortError("needs_approval", _("Deze groep keurt inschrijvingen goed. Vraag een plaats aan."))
    if cohort.way == EnrolmentWay.TEAM:
        team = cohort.for_team_id
        members = team_members([team], on=timezone.localdate()) if team else {}
        if person_id not in members.get(team or 0, ()):
            raise CohortError("not_of_team", _("Deze groep is voor een ander team. Kies een andere groep."))


def check_overlap(cohort: Cohort, *, person_id: int, leaving: int | None) -> None:
    """Nobody is in two places at once. Raises CohortError (overlaps_own), naming the session."""
    others = (
        Session.objects.held()
        .filter(
            Q(
                cohort__enrolments__person_id=person_id,
                cohort__enrolments__withdrawn_at=None,
            )
            | Q(session_trainers__trainer_id=person_id),
            starts_at__lt=OuterRef("ends_at"),
            ends_at__gt=OuterRef("starts_at"),
        )
        .exclude(cohort_id__in=[pk for pk in (leaving, cohort.pk) if pk is not None])
    )
    clash = (
        Session.objects.upcoming()
        .filter(cohort=cohort)
        .annotate(other=Subquery(others.order_by("starts_at").values("cohort__name")[:1]))
        .exclude(other=None)
        .first()
    )
    if clash is not None:
        raise CohortError(
            "overlaps_own",
            _("Op %(day)s heb je al een bijeenkomst met %(group)s. Kies een andere groep.")
            % {
                "day": f"{timezone.localtime(clash.starts_at):%d/%m/%Y}",
                "group": clash.other,  # type: ignore[attr-defined]  # annotated just above
            },
        )


def _same_code(right: str, given: str) -> bool:
    """Compared without case and spaces, in the same time whatever is given."""
    plain = ["".join(word.split()).casefold().encode() for word in (right, given)]
    return bool(plain[0]) and secrets.compare_digest(*plain)
