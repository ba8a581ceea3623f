"""Writing one row of attendance: who waits for whom, and what stands behind it."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit
from lms.exceptions import AttendanceError
from lms.models import Attendance, Enrolment, Session, SessionTrainer
from people.api import User


@dataclass(frozen=True, slots=True)
class Recorded:
    """The row that counts now, and whether this call wrote it."""

    attendance: Attendance
    created: bool


def lock_enrolment(session_id: int, person_id: int) -> tuple[Session, Enrolment]:
    """The session, and the enrolment that this presence may complete, locked. Call it inside a transaction.

    Raises AttendanceError: cancelled, own_session, not_enrolled.
    """
    session = Session.objects.get(pk=session_id)
    if session.is_cancelled:
        raise AttendanceError("cancelled", _("Deze bijeenkomst is afgelast."))
    if SessionTrainer.objects.filter(session=session, trainer_id=person_id).exists():
        raise AttendanceError(
            "own_session", _("Wie een bijeenkomst begeleidt, staat er niet als deelnemer op de lijst.")
        )
    enrolment = (
        Enrolment.objects.current()
        .select_for_update(of=("self",))
        .filter(cohort_id=session.cohort_id, person_id=person_id)
        .first()
    )
    if enrolment is None:
        raise AttendanceError(
            "not_enrolled",
            _("Je bent niet ingeschreven in deze groep. Spreek je trainer aan om dit na te kijken."),
        )
    return session, enrolment


def current_row(session_id: int, person_id: int) -> Attendance | None:
    """The row that counts now. One query."""
    return Attendance.objects.current().filter(session_id=session_id, person_id=person_id).first()


def elsewhere(session: Session, person_id: int) -> Session | None:
    """Another session that somebody is present at while this one goes on, and has not left. One query."""
    row = (
        Attendance.objects.present()
        .filter(
            Q(left_at=None) | Q(left_at__gt=timezone.now()),
            person_id=person_id,
            session__cancelled_at=None,
            session__starts_at__lt=session.ends_at,
            session__ends_at__gt=max(session.starts_at, timezone.now()),
        )
        .exclude(session=session)
        .select_related("session")
        .first()
    )
    return row.session if row else None


def write_row(row: Attendance, *, enrolment: Enrolment, actor: User) -> Recorded:
    """Add the row and look whether the course is completed by it.

    The lock on the enrolment already puts writers in line; the constraints stand behind it, and whoever comes second
    gets the row that won.
    """
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        won = current_row(row.session_id, row.person_id)
        if won is None or won.state != row.state:
            raise AttendanceError(
                "changed_meanwhile", _("Iemand veranderde dit net. Kijk even na en probeer opnieuw.")
            ) from error
        return Recorded(won, created=False)
    look_at_completion(enrolment)
    record_audit(
        verb="attendance.recorded",
        subject=f"session:{row.session_id}",
        actor=actor,
        data={"person": row.person_id, "state": row.state, "method": row.method, "row": row.pk},
    )
    return Recorded(row, created=True)


def look_at_completion(enrolment: Enrolment) -> None:
    """Completion reads attendance, so this import would go round at module level."""
    from lms.domain.completion import complete_if_due

    if enrolment.completed_at is None:
        complete_if_due(enrolment)
