"""Reads of days of the network."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from lms.models import NetworkEvent, NetworkEventSeat

MOST_PAST = 20


@dataclass(frozen=True, slots=True)
class EventLine:
    """A day with how many signed up, and whether the viewer did. `places` None: no limit."""

    event: NetworkEvent
    signed_up: int
    places: int | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class SeatLine:
    """Somebody who signed up; `present` None while nothing was noted."""

    person_id: int
    name: str
    present: bool | None


def event_lines(
    viewer_id: int | None, *, zone_id: int | None = None
) -> tuple[tuple[EventLine, ...], tuple[EventLine, ...]]:
    """Days to come, soonest first, and the last ones that are over. Three queries at most, whatever their number."""
    now = timezone.now()
    rows = NetworkEvent.objects.filter(cancelled_at=None).select_related("zone", "region")
    if zone_id is not None:
        rows = rows.filter(zone_id=zone_id)
    rows = rows.annotate(taken=Count("seats_taken", filter=Q(seats_taken__withdrawn_at=None)))
    coming = list(rows.filter(ends_at__gte=now).order_by("starts_at", "pk"))
    past = list(rows.filter(ends_at__lt=now).order_by("-starts_at", "-pk")[:MOST_PAST])
    mine: set[int] = set()
    if viewer_id is not None:
        seats = NetworkEventSeat.objects.filter(person_id=viewer_id, withdrawn_at=None)
        mine = set(seats.values_list("event_id", flat=True))
    return tuple(_line(row, mine) for row in coming), tuple(_line(row, mine) for row in past)


def _line(row: NetworkEvent, mine: set[int]) -> EventLine:
    taken: int = row.taken  # type: ignore[attr-defined]  # annotated just above
    places = None if row.seats is None else max(0, row.seats - taken)
    return EventLine(row, taken, places, row.pk in mine)


def seat_lines(event_id: int) -> tuple[SeatLine, ...]:
    """Who signed up for a day, by name. One query."""
    rows = NetworkEventSeat.objects.filter(event_id=event_id, withdrawn_at=None).select_related("person")
    lines = [SeatLine(row.person_id, row.person.get_full_name(), row.present) for row in rows]
    return tuple(sorted(lines, key=lambda one: (one.name, one.person_id)))


def own_events(person_id: int, *, since: datetime, cancelled: bool) -> tuple[NetworkEvent, ...]:
    """Days for which the person signed up and that end after a moment. One query."""
    mine = NetworkEventSeat.objects.filter(person_id=person_id, withdrawn_at=None).values("event")
    rows = NetworkEvent.objects.filter(pk__in=mine, ends_at__gte=since).select_related("zone")
    return tuple(rows if cancelled else rows.filter(cancelled_at=None))
