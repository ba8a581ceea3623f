"""Recording presence: by the trainer's list, by scanning the code, and mending a closed list.

Every change is a new row. The learner's enrolment is locked first, so that two writes about one person wait for each
other, and the completion of the course is looked at in the same transaction.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.attendance_rows import Recorded, current_row, elsewhere, lock_enrolment, write_row
from lms.domain.attendance_rules import check_in_window, list_opens_at
from lms.domain.settling import settle_session
from lms.enums import AttendanceMethod, AttendanceState
from lms.exceptions import AttendanceError
from lms.models import Attendance, Session
from people.api import User


def check_in(
    *, session_id: int, person: User, device: str = "", method: AttendanceMethod = AttendanceMethod.QR
) -> Recorded:
    """A learner who scanned the code, or typed it, says: I am here. Twenty times is once.

    Raises AttendanceError: not_enrolled, own_session, cancelled, too_early, too_late, closed, elsewhere.
    """
    with transaction.atomic():
        session, enrolment = lock_enrolment(session_id, person.pk)
        now = timezone.now()
        opens, closes = check_in_window(session.starts_at, session.ends_at, timezone.get_default_timezone())
        current = current_row(session_id, person.pk)
        if current is not None and current.is_present:
            return Recorded(current, created=False)
        if now < opens:
            raise AttendanceError(
                "too_early", _("Je kunt je pas een uur voor het begin aanmelden. Scan de code dan opnieuw.")
            )
        if now > closes:
            raise AttendanceError(
                "too_late", _("De bijeenkomst is voorbij. Spreek je trainer aan: die kan je nog aanvinken.")
            )
        if session.is_closed:
            raise AttendanceError(
                "closed",
                _("De lijst is al afgesloten. Spreek je trainer aan: een collega kan dit verbeteren."),
            )
        other = elsewhere(session, person.pk)
        if other is not None:
            raise AttendanceError(
                "elsewhere",
                _("Je bent nu aangemeld bij %(title)s. Meld je daar eerst af, of spreek je trainer aan.")
                % {"title": other.title},
            )
        row = Attendance(
            session=session,
            person=person,
            state=AttendanceState.PRESENT,
            method=method,
            recorded_by=person,
            device=device,
            arrived_at=now,
            replaces=current,
        )
        return write_row(row, enrolment=enrolment, actor=person)


def check_out(
    *, session_id: int, person: User, device: str = "", method: AttendanceMethod = AttendanceMethod.QR
) -> Recorded:
    """A learner who was present says: I leave now. Twice is once; the first moment stays.

    Raises AttendanceError: not_enrolled, own_session, cancelled, not_present, too_early (before the begin), too_late,
    closed.
    """
    with transaction.atomic():
        session, enrolment = lock_enrolment(session_id, person.pk)
        now = timezone.now()
        current = current_row(session_id, person.pk)
        if current is None or not current.is_present:
            raise AttendanceError(
                "not_present", _("Je was hier nog niet aangemeld. Spreek je trainer aan om dit na te kijken.")
            )
        if current.left_at is not None:
            return Recorded(current, created=False)
        _opens, closes = check_in_window(session.starts_at, session.ends_at, timezone.get_default_timezone())
        if now < session.starts_at:
            raise AttendanceError(
                "too_early", _("De bijeenkomst moet nog beginnen. Afmelden doe je op het einde.")
            )
        if now > closes or session.is_closed:
            raise AttendanceError(
                "too_late",
                _(
                    "Afmelden kan niet meer. Je staat als aanwezig op de lijst; klopt dat niet, zeg het je trainer."
                ),
            )
        row = Attendance(
            session=session,
            person=person,
            state=AttendanceState.PRESENT,
            method=method,
            recorded_by=person,
            device=device,
            arrived_at=current.arrived_at,
            left_at=max(now, current.arrived_at or now),
            replaces=current,
        )
        return write_row(row, enrolment=enrolment, actor=person)


def record_by_list(
    *,
    session_id: int,
    person_id: int,
    state: AttendanceState,
    trainer: User,
    arrived_at: datetime | None = None,
    left_at: datetime | None = None,
) -> Recorded:
    """A trainer or staff member notes somebody on the list, with when they came and went where that is known.

    The same state with the same moments twice is one row; a tick without moments leaves those that stand.
    Raises AttendanceError: not_enrolled, own_session, oneself, cancelled, too_early, closed, moments.
    """
    with transaction.atomic():
        session, enrolment = lock_enrolment(session_id, person_id)
        if trainer.pk == person_id:
            raise AttendanceError("oneself", _("Je eigen aanwezigheid noteert een andere trainer."))
        if timezone.now() < list_opens_at(session.starts_at, timezone.get_default_timezone()):
            raise AttendanceError(
                "too_early", _("De lijst gaat open op de dag zelf. Dan kun je hier aanvinken wie er is.")
            )
        if session.is_closed:
            raise AttendanceError(
                "closed",
                _(
                    "De lijst is afgesloten. Een andere trainer of het netwerk kan ze nog verbeteren, met een reden."
                ),
            )
        check_moments(state, arrived_at, left_at)
        current = current_row(session_id, person_id)
        if current is not None and _says(current, state, arrived_at, left_at):
            return Recorded(current, created=False)
        row = Attendance(
            session=session,
            person_id=person_id,
            state=state,
            method=AttendanceMethod.LIST,
            recorded_by=trainer,
            arrived_at=arrived_at,
            left_at=left_at,
            replaces=current,
        )
        return write_row(row, enrolment=enrolment, actor=trainer)


def correct(
    *,
    session_id: int,
    person_id: int,
    state: AttendanceState,
    reason: str,
    actor: User,
    arrived_at: datetime | None = None,
    left_at: datetime | None = None,
) -> Recorded:
    """Mend a closed list: a new row with a reason, by somebody else than who closed it.

    Raises AttendanceError: not_enrolled, own_session, oneself, cancelled, not_closed, second_person, reason_missing,
    moments.
    """
    with transaction.atomic():
        session, enrolment = lock_enrolment(session_id, person_id)
        if not session.is_closed:
            raise AttendanceError("not_closed", _("De lijst is nog open. Vink gewoon aan op de lijst."))
        if actor.pk == person_id:
            raise AttendanceError("oneself", _("Je eigen aanwezigheid verbetert iemand anders."))
        if session.closed_by_id == actor.pk:
            raise AttendanceError(
                "second_person",
                _("Jij sloot deze lijst af. Vraag een andere trainer of het netwerk om ze te verbeteren."),
            )
        if not reason.strip():
            raise AttendanceError("reason_missing", _("Schrijf in een paar woorden waarom dit verandert."))
        check_moments(state, arrived_at, left_at)
        current = current_row(session_id, person_id)
        if current is not None and _says(current, state, arrived_at, left_at):
            return Recorded(current, created=False)
        row = Attendance(
            session=session,
            person_id=person_id,
            state=state,
            method=AttendanceMethod.CORRECTION,
            recorded_by=actor,
            reason=reason.strip(),
            arrived_at=arrived_at,
            left_at=left_at,
            replaces=current,
        )
        return write_row(row, enrolment=enrolment, actor=actor)


@transaction.atomic
def close_list(*, session_id: int, actor: User) -> bool:
    """Close the list. Who is not on it stays without a row. False when it was closed before, whoever did it.

    Presence counts for completing a course from here on: courses that are due are completed in the same transaction.

    Raises AttendanceError: cancelled, too_early (before the session began).
    """
    session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    if session.is_cancelled:
        raise AttendanceError("cancelled", _("Deze bijeenkomst is afgelast."))
    if session.is_closed:
        return False
    now = timezone.now()
    if now < session.starts_at:
        raise AttendanceError(
            "too_early", _("De bijeenkomst moet nog beginnen. Sluit de lijst af wanneer iedereen er is.")
        )
    session.closed_at, session.closed_by = now, actor
    session.save(update_fields=["closed_at", "closed_by"])
    settle_session(session)
    record_audit(verb="attendance.closed", subject=ref(session), actor=actor)
    return True


def check_moments(state: AttendanceState, arrived_at: datetime | None, left_at: datetime | None) -> None:
    """Raises AttendanceError (moments) where somebody would leave before coming, or be absent at a moment."""
    if state != AttendanceState.PRESENT and (arrived_at or left_at):
        raise AttendanceError("moments", _("Wie afwezig was, kwam en ging niet. Laat de uren leeg."))
    if arrived_at and left_at and left_at < arrived_at:
        raise AttendanceError("moments", _("Iemand kan niet weggaan voor die kwam. Kijk de uren na."))


def _says(
    row: Attendance, state: AttendanceState, arrived_at: datetime | None, left_at: datetime | None
) -> bool:
    """Whether a row already says this; nothing said about moments agrees with whatever stands there."""
    if row.state != state:
        return False
    return (arrived_at, left_at) in ((None, None), (row.arrived_at, row.left_at))
