"""What the network's office sees of intervision: hours, names and signals, never words."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from lms.domain.intervision_rules import hours_of, reciprocal_pairs
from lms.enums import LicenceKind
from lms.models import (
    ExpertBooking,
    IntervisionGroup,
    IntervisionRule,
    Licence,
    MeetingCheck,
    PresenceConfirmation,
)
from people.api import User

LOOKED_BACK = timedelta(days=730)
MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class SampleLine:
    """A drawn meeting with who was there."""

    check_id: int
    group: str
    kind: str
    held_on: date
    hours: str
    present: tuple[str, ...]
    outcome: str
    outcome_label: str
    checked_by: str


@dataclass(frozen=True, slots=True)
class Signals:
    """What stands out: pairs who only confirm each other, groups that became too small, groups without moderator."""

    pairs: tuple[tuple[str, str, int], ...]
    small: tuple[tuple[str, int], ...]
    headless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """A licence with its state today; `booked`: meetings of teams to come, for experts."""

    licence_id: int
    kind: str
    kind_label: str
    person_id: int
    name: str
    valid_from: date
    valid_until: date
    state: str
    booked: int


def sample_lines() -> tuple[SampleLine, ...]:
    """Drawn meetings, open ones first. Two queries."""
    checks = (
        MeetingCheck.objects.select_related("meeting__group", "checked_by")
        .prefetch_related("meeting__presences__person")
        .order_by(F("checked_at").desc(nulls_first=True), "-meeting__held_on", "-pk")
    )
    return tuple(
        SampleLine(
            check_id=check.pk,
            group=check.meeting.group.name,
            kind=str(check.meeting.get_kind_display()),
            held_on=check.meeting.held_on,
            hours=str(hours_of(check.meeting.minutes)),
            present=tuple(
                sorted(
                    row.person.get_full_name() for row in check.meeting.presences.all() if row.confirmed_at
                )
            ),
            outcome=check.outcome,
            outcome_label=str(check.get_outcome_display()),
            checked_by=check.checked_by.get_full_name() if check.checked_by else "",
        )
        for check in checks[:MOST_LINES]
    )


def signals(rule: IntervisionRule) -> Signals:
    """What stands out in the last two years and today. Three queries."""
    today = timezone.localdate()
    rows = PresenceConfirmation.objects.filter(
        meeting__held_on__gte=today - LOOKED_BACK, meeting__cancelled_at=None
    ).exclude(confirmed_by=F("meeting__led_by"))
    found = reciprocal_pairs(
        rows.values_list("meeting_id", "person_id", "confirmed_by_id"), least=rule.reciprocal_meetings
    )
    names = {
        person.pk: person.get_full_name()
        for person in User.objects.filter(pk__in={one for pair in found for one in pair[:2]})
    }
    present = Q(members__joined_on__lte=today) & (Q(members__left_on=None) | Q(members__left_on__gte=today))
    groups = IntervisionGroup.objects.filter(closed_on=None, team=None).annotate(
        size=Count("members", filter=present),
        moderators=Count("members", filter=present & Q(members__is_moderator=True)),
    )
    rows_of_groups = list(groups.values_list("name", "size", "moderators"))
    return Signals(
        pairs=tuple((names[one], names[other], number) for one, other, number in found),
        small=tuple((name, size) for name, size, _m in rows_of_groups if size < rule.min_members),
        headless=tuple(name for name, size, moderators in rows_of_groups if size and not moderators),
    )


def licence_lines() -> tuple[LicenceLine, ...]:
    """All licences that hold or held in the last year, by kind and name. Two queries."""
    today = timezone.localdate()
    rows = (
        Licence.objects.filter(valid_until__gte=today - timedelta(days=365))
        .select_related("person")
        .order_by("kind", "person__first_name", "person__last_name", "valid_from")
    )
    booked = Counter(
        ExpertBooking.objects.filter(cancelled_at=None, day__gte=today).values_list("expert_id", flat=True)
    )
    return tuple(
        LicenceLine(
            licence_id=row.pk,
            kind=row.kind,
            kind_label=str(row.get_kind_display()),
            person_id=row.person_id,
            name=row.person.get_full_name(),
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            state=_state(row, today),
            booked=booked[row.person_id] if row.kind == LicenceKind.EXPERT else 0,
        )
        for row in rows
    )


def _state(row: Licence, today: date) -> str:
    if row.ended_on is not None and row.ended_on <= today:
        return "ended"
    if row.valid_from > today:
        return "coming"
    return "over" if row.valid_until < today else "valid"
