"""Meetings and their agenda as one member may see them, in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from accreditation.domain.conflicts import committee, tied_members
from accreditation.domain.meetings import in_room, room_for
from accreditation.domain.panel import spoke_before_many
from accreditation.enums import Level
from accreditation.models import AgendaItem, CommitteeMeeting
from people.api import User


@dataclass(frozen=True)
class AgendaLine:
    """One item. `closed`: the viewer leaves the room for it, and is told nothing of it."""

    item: AgendaItem
    closed: bool
    applicant: str = ""
    level_name: str = ""
    judging: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    enough: bool = False


@dataclass(frozen=True)
class MeetingView:
    """A meeting with its agenda and its room. `members`: everybody with a mandate and whether they are there."""

    meeting: CommitteeMeeting
    lines: tuple[AgendaLine, ...]
    members: tuple[tuple[User, bool], ...]
    present: int
    viewer_present: bool


def meeting_view(meeting: CommitteeMeeting, *, viewer: User) -> MeetingView:
    """The page of a meeting for one member. The number of queries does not grow with the agenda."""
    items = list(
        meeting.items.select_related("round__dossier__person", "round__appeal", "decision__decided_by").defer(
            "round__snapshot"
        )
    )
    rounds = [item.round for item in items]
    people = list(committee().order_by("last_name", "first_name", "pk"))
    names = {one.pk: one.full_name or one.email for one in people}
    present = in_room(meeting)
    room = room_for(meeting, rounds) if meeting.is_open else {}
    tied = tied_members([one.dossier for one in rounds], [viewer.pk])
    spoken = spoke_before_many(rounds)
    lines = []
    for item in items:
        judging, leaving = room.get(item.round_id, (item.in_room, item.left_room))
        closed = viewer.pk in tied[item.round.dossier_id] or viewer.pk in spoken[item.round_id]
        if closed:
            lines.append(AgendaLine(item=item, closed=True))
            continue
        if item.decision_id is not None:
            judging, leaving = item.in_room, item.left_room
        lines.append(
            AgendaLine(
                item=item,
                closed=False,
                applicant=item.round.dossier.person.full_name,
                level_name=str(Level(item.round.dossier.level).label),
                judging=tuple(names.get(one, "-") for one in judging),
                leaving=tuple(names.get(one, "-") for one in leaving),
                enough=len(judging) >= meeting.quorum,
            )
        )
    return MeetingView(
        meeting=meeting,
        lines=tuple(lines),
        members=tuple((one, one.pk in present) for one in people),
        present=len(present),
        viewer_present=viewer.pk in present,
    )


def meetings() -> list[CommitteeMeeting]:
    """Planned, running and closed meetings with the number of items. One query."""
    return list(
        CommitteeMeeting.objects.annotate(
            total=Count("items"), decided=Count("items", filter=Q(items__decision__isnull=False))
        ).order_by("-starts_at")[:40]
    )


def next_meeting() -> CommitteeMeeting | None:
    """The meeting that is going on, else the first that is still to come."""
    return (
        CommitteeMeeting.objects.filter(closed_at=None)
        .filter(Q(opened_at__isnull=False) | Q(starts_at__gte=timezone.now()))
        .order_by("starts_at")
        .first()
    )
