"""Planning, moving and calling off the sessions of a cohort."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.enums import SessionKind
from lms.exceptions import CohortError
from lms.models import Attendance, Cohort, Session, SessionTrainer
from people.api import Role, User

#: What is in somebody's calendar: a change of these is told.
CALENDAR_FACTS = ("title", "kind", "starts_at", "ends_at", "place", "online_url", "location_id")


@dataclass(frozen=True, kw_only=True)
class SessionPlan:
    """What somebody fills in about a session; moments are aware."""

    title: str
    starts_at: datetime
    ends_at: datetime
    trainer_ids: tuple[int, ...]
    kind: str = SessionKind.IN_PERSON
    place: str = ""
    online_url: str = ""
    location_id: int | None = None
    preparation: str = ""

    def facts(self) -> dict[str, Any]:
        """Field values of the session, without its trainers."""
        return {name: value for name, value in vars(self).items() if name != "trainer_ids"}


@transaction.atomic
def plan_session(
    *, cohort_id: int, actor: User | None, plan: SessionPlan, series_id: int | None = None
) -> Session:
    """Add a session to a cohort.

    Raises CohortError: ends_before_start, outside_cohort, overlaps, place_missing, no_trainer, not_a_trainer,
    trainer_busy (leads another session at that time).
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort_id)
    _check_plan(plan, cohort=cohort, session_id=None)
    session = Session.objects.create(cohort=cohort, series_id=series_id, **plan.facts())
    _set_trainers(session, plan.trainer_ids)
    record_audit(verb="session.planned", subject=ref(session), actor=actor, data={"cohort": cohort.pk})
    return session


@transaction.atomic
def change_session(
    *, session_id: int, actor: User | None, plan: SessionPlan, by_hand: bool = True
) -> Session:
    """Change a session; what a calendar must know raises its sequence. `by_hand`: apart from the series it is part of.

    Raises CohortError as `plan_session`, and cancelled, moved_after_attendance, trainer_was_present.
    """
    session = Session.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=session_id)
    if session.is_cancelled:
        raise CohortError("cancelled", _("Deze bijeenkomst is afgelast. Plan een nieuwe."))
    _check_plan(plan, cohort=session.cohort, session_id=session.pk)
    moved = (session.starts_at, session.ends_at) != (plan.starts_at, plan.ends_at)
    people = Attendance.objects.filter(session=session)
    if moved and people.exists():
        raise CohortError(
            "moved_after_attendance",
            _("Er zijn al aanwezigheden genoteerd. De tijd ligt vast; plan een nieuwe bijeenkomst."),
        )
    if people.filter(person_id__in=plan.trainer_ids).exists():
        raise CohortError(
            "trainer_was_present",
            _(
                "Iemand die je als trainer kiest, staat al als deelnemer op de lijst. Kies een andere trainer."
            ),
        )
    facts = plan.facts()
    if any(getattr(session, name) != value for name, value in facts.items()):
        if any(getattr(session, name) != facts[name] for name in CALENDAR_FACTS):
            session.sequence += 1
            session.updated_at = timezone.now()
        for name, value in facts.items():
            setattr(session, name, value)
        session.is_exception = session.is_exception or (session.series_id is not None and by_hand)
        session.save()
    _set_trainers(session, plan.trainer_ids)
    record_audit(
        verb="session.changed", subject=ref(session), actor=actor, data={"sequence": session.sequence}
    )
    return session


@transaction.atomic
def cancel_session(*, session_id: int, actor: User | None) -> None:
    """Call a session off; calendars hear of it. Twice is once.

    Raises CohortError (moved_after_attendance) when somebody was present.
    """
    session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    if session.is_cancelled:
        return
    if Attendance.objects.present().filter(session=session).exists():
        raise CohortError(
            "moved_after_attendance",
            _("Er zijn al mensen aanwezig gemeld. Deze bijeenkomst kan niet meer worden afgelast."),
        )
    session.cancelled_at = session.updated_at = timezone.now()
    session.sequence += 1
    session.save(update_fields=["cancelled_at", "updated_at", "sequence"])
    record_audit(verb="session.cancelled", subject=ref(session), actor=actor)


def _set_trainers(session: Session, trainer_ids: tuple[int, ...]) -> None:
    session.session_trainers.exclude(trainer_id__in=trainer_ids).delete()
    known = set(session.session_trainers.values_list("trainer_id", flat=True))
    SessionTrainer.objects.bulk_create(
        SessionTrainer(session=session, trainer_id=trainer_id)
        for trainer_id in dict.fromkeys(trainer_ids)
        if trainer_id not in known
    )


def _check_plan(plan: SessionPlan, *, cohort: Cohort, session_id: int | None) -> None:
    if plan.ends_at <= plan.starts_at:
        raise CohortError("ends_before_start", _("Het einde ligt niet na het begin. Kies een later einduur."))
    first, last = timezone.localdate(plan.starts_at), timezone.localdate(plan.ends_at)
    if first < cohort.starts_on or last > cohort.ends_on:
        raise CohortError(
            "outside_cohort",
            _("De groep loopt van %(first)s tot %(last)s. Kies een dag daartussen, of pas de groep aan.")
            % {"first": f"{cohort.starts_on:%d/%m/%Y}", "last": f"{cohort.ends_on:%d/%m/%Y}"},
        )
    if plan.kind != SessionKind.ONLINE and not plan.place:
        raise CohortError("place_missing", _("Waar gaat het door? Vul de plaats in, of kies online."))
    others = cohort.sessions.held().filter(starts_at__lt=plan.ends_at, ends_at__gt=plan.starts_at)
    if session_id is not None:
        others = others.exclude(pk=session_id)
    if others.exists():
        raise CohortError(
            "overlaps", _("De groep heeft op dat moment al een bijeenkomst. Kies een ander uur.")
        )
    _check_trainers(plan.trainer_ids)
    busy = (
        Session.objects.held()
        .filter(
            session_trainers__trainer__in=plan.trainer_ids,
            starts_at__lt=plan.ends_at,
            ends_at__gt=plan.starts_at,
        )
        .exclude(pk=session_id or 0)
        .select_related("cohort")
        .first()
    )
    if busy is not None:
        raise CohortError(
            "trainer_busy",
            _("Een trainer begeleidt op dat moment al %(group)s. Kies een ander uur of een andere trainer.")
            % {"group": busy.cohort.name},
        )


def _check_trainers(trainer_ids: tuple[int, ...]) -> None:
    if not trainer_ids:
        raise CohortError("no_trainer", _("Kies minstens een trainer."))
    found = User.objects.filter(pk__in=trainer_ids, is_active=True)
    if not all(user.has_role(Role.TRAINER) for user in found) or len(found) != len(set(trainer_ids)):
        raise CohortError("not_a_trainer", _("Kies alleen mensen die vandaag trainer zijn."))
