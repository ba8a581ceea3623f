"""Many lines of one list at once: a paper list that is typed in, and ticks of a phone that had no connection.

Locks are taken in the order of the enrolments' numbers; reads and writes are a fixed number, whatever the number of
people. What one line cannot be is said for that line; the others are written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.attendance import check_moments
from lms.domain.attendance_rules import list_opens_at
from lms.domain.settling import settle_session
from lms.enums import AttendanceMethod, AttendanceState
from lms.exceptions import AttendanceError
from lms.models import Attendance, Enrolment, Session, SessionTrainer
from people.api import User

#: How far the clock of a phone may be ahead of ours.
CLOCK_AHEAD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line as it was written: who, what, when they came and went. `key` names a tick, `noted_at` is its moment."""

    person_id: int
    state: AttendanceState
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    key: UUID | None = None
    noted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of a line: `written`, `same` (it said so already) or `refused` with a text."""

    person_id: int
    outcome: str
    message: str = ""
    key: UUID | None = None


@transaction.atomic
def record_lines(
    *, session_id: int, lines: Sequence[ListLine], trainer: User, method: AttendanceMethod
) -> tuple[LineResult, ...]:
    """Write the lines of one list. Twice is once; of several ticks about one person the last one counts.

    Raises AttendanceError for the list as a whole: cancelled, too_early, closed.
    """
    session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    if session.is_cancelled:
        raise AttendanceError("cancelled", _("Deze bijeenkomst is afgelast."))
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
    people = {line.person_id for line in lines}
    members = set(
        Enrolment.objects.current()
        .select_for_update(of=("self",))
        .filter(cohort_id=session.cohort_id, person_id__in=people)
        .order_by("pk")
        .values_list("person_id", flat=True)
    )
    leaders = set(SessionTrainer.objects.filter(session=session).values_list("trainer_id", flat=True))
    current = {
        row.person_id: row
        for row in Attendance.objects.current().filter(session=session, person_id__in=people)
    }
    keys = {line.key for line in lines if line.key}
    known = set(Attendance.objects.filter(sync_key__in=keys).values_list("sync_key", flat=True))
    results: list[LineResult] = []
    chosen: dict[int, ListLine] = {}
    for line in sorted(lines, key=lambda one: one.noted_at or session.starts_at):
        problem = _problem(line, members=members, leaders=leaders, trainer=trainer)
        if problem:
            results.append(LineResult(line.person_id, "refused", problem, line.key))
        elif line.key in known:
            results.append(LineResult(line.person_id, "same", key=line.key))
        else:
            earlier = chosen.get(line.person_id)
            if earlier is not None:
                results.append(LineResult(line.person_id, "same", key=earlier.key))
            chosen[line.person_id] = line
    rows = []
    for line in chosen.values():
        row = current.get(line.person_id)
        if row is not None and _agrees(row, line):
            results.append(LineResult(line.person_id, "same", key=line.key))
            continue
        rows.append(_row(session, line, current=row, trainer=trainer, method=method))
        results.append(LineResult(line.person_id, "written", key=line.key))
    if rows:
        Attendance.objects.bulk_create(rows)
        record_audit(
            verb="attendance.list_recorded",
            subject=ref(session),
            actor=trainer,
            data={"method": method, "people": sorted(row.person_id for row in rows)},
        )
        if session.ends_at <= timezone.now():
            settle_session(session)
    return tuple(results)


def _problem(line: ListLine, *, members: set[int], leaders: set[int], trainer: User) -> str:
    """Why a line cannot be written, or an empty text."""
    if line.person_id == trainer.pk:
        return _("Je eigen aanwezigheid noteert een andere trainer.")
    if line.person_id in leaders:
        return _("Wie een bijeenkomst begeleidt, staat er niet als deelnemer op de lijst.")
    if line.person_id not in members:
        return _("Deze persoon is niet meer ingeschreven in deze groep.")
    if line.noted_at and line.noted_at > timezone.now() + CLOCK_AHEAD:
        return _("De klok van dit toestel loopt voor. Zet ze juist en vink opnieuw aan.")
    try:
        check_moments(line.state, line.arrived_at, line.left_at)
    except AttendanceError as error:
        return error.message
    return ""


def _agrees(row: Attendance, line: ListLine) -> bool:
    """Whether a row says the same; a phone's tick is older news than a row the server wrote after it."""
    if line.noted_at is not None and row.received_at >= line.noted_at:
        return True
    if row.state != line.state:
        return False
    return (line.arrived_at, line.left_at) in ((None, None), (row.arrived_at, row.left_at))


def _row(
    session: Session, line: ListLine, *, current: Attendance | None, trainer: User, method: AttendanceMethod
) -> Attendance:
    return Attendance(
        session=session,
        person_id=line.person_id,
        state=line.state,
        method=method,
        recorded_by=trainer,
        arrived_at=line.arrived_at,
        left_at=line.left_at,
        sync_key=line.key,
        replaces=current,
    )
