"""What is on for one person: sessions of their cohorts, sessions they lead, meetings of their groups."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from courses.api import courses_by_ids
from lms.domain.queries.network_events import own_events
from lms.enums import MeetingForm
from lms.models import Enrolment, GroupMember, Meeting, NetworkEvent, Session

PAST_IN_FEED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One appointment. `uid` and `sequence` are for calendars; `url` is a path on this site."""

    uid: str
    sequence: int
    title: str
    subtitle: str
    starts_at: datetime
    ends_at: datetime
    place: str
    online_url: str
    url: str
    role: str
    updated_at: datetime
    is_cancelled: bool = False


def agenda_of(
    person_id: int, *, since: datetime | None = None, cancelled: bool = False
) -> tuple[AgendaItem, ...]:
    """Appointments that end after `since` (now by default), soonest first. Three queries, whatever their number."""
    start = since or timezone.now()
    items = [
        *_sessions(person_id, start, cancelled),
        *_meetings(person_id, start, cancelled),
        *(event_item(row) for row in own_events(person_id, since=start, cancelled=cancelled)),
    ]
    return tuple(sorted(items, key=lambda item: (item.starts_at, item.uid)))


def _sessions(person_id: int, start: datetime, cancelled: bool) -> list[AgendaItem]:
    mine = Enrolment.objects.current().filter(person_id=person_id, cohort__isnull=False).values("cohort")
    led = Session.trainers.through.objects.filter(trainer_id=person_id).values("session")
    sessions = (
        Session.objects.filter(Q(cohort__in=mine) | Q(pk__in=led), ends_at__gte=start)
        .select_related("cohort__course")
        .annotate(
            is_led=Exists(
                Session.trainers.through.objects.filter(session=OuterRef("pk"), trainer_id=person_id)
            )
        )
        .order_by("starts_at")
    )
    if not cancelled:
        sessions = sessions.held()
    return [
        session_item(session, leads=session.is_led)  # type: ignore[attr-defined]  # annotated just above
        for session in sessions
    ]


def session_item(session: Session, *, leads: bool, is_cancelled: bool | None = None) -> AgendaItem:
    """A session as an appointment of somebody who is in it, or leads it. Wants `cohort__course` at hand."""
    return AgendaItem(
        uid=f"session-{session.uid}",
        sequence=session.sequence,
        title=session.title,
        subtitle=session.cohort.course.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=session.place,
        online_url=session.online_url,
        url=f"/begeleiding/sessies/{session.pk}/" if leads else f"/mijn/groepen/{session.cohort_id}/",
        role="trainer" if leads else "learner",
        updated_at=session.updated_at,
        is_cancelled=session.is_cancelled if is_cancelled is None else is_cancelled,
    )


def _meetings(person_id: int, start: datetime, cancelled: bool) -> list[AgendaItem]:
    groups = GroupMember.objects.on(timezone.localdate()).filter(person_id=person_id).values("group")
    earliest = timezone.localdate(start) - timedelta(days=1)
    meetings = Meeting.objects.filter(
        Q(group__in=groups) | Q(led_by_id=person_id), held_on__gte=earliest
    ).select_related("group")
    if not cancelled:
        meetings = meetings.filter(cancelled_at=None)
    return [
        AgendaItem(
            uid=f"meeting-{meeting.uid}",
            sequence=meeting.sequence,
            title=str(meeting.get_kind_display()).capitalize(),
            subtitle=meeting.group.name,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place="",
            online_url="",
            url=f"/mijn/intervisie/overleg/{meeting.pk}/",
            role="online" if meeting.form == MeetingForm.ONLINE else "member",
            updated_at=meeting.updated_at,
            is_cancelled=meeting.is_cancelled,
        )
        for meeting in meetings
        if meeting.ends_at >= start
    ]


def event_item(event: NetworkEvent, *, is_public: bool = False) -> AgendaItem:
    """A day of the network; the link to take part only for who signed up."""
    return AgendaItem(
        uid=f"event-{event.uid}",
        sequence=event.sequence,
        title=event.title,
        subtitle=event.zone.name if event.zone else str(event.get_kind_display()).capitalize(),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        place=event.place,
        online_url="" if is_public else event.online_url,
        url=f"/netwerkmomenten/{event.pk}/",
        role="public" if is_public else "event",
        updated_at=event.updated_at,
        is_cancelled=event.is_cancelled,
    )


def public_agenda() -> tuple[AgendaItem, ...]:
    """Sessions of public cohorts and days of the network to come, called-off ones too; without the link to take part.

    Four queries at most.
    """
    sessions = (
        Session.objects.filter(cohort__is_public=True, ends_at__gte=timezone.now())
        .select_related("cohort")
        .order_by("starts_at", "pk")
    )
    rows = list(sessions)
    courses = courses_by_ids({row.cohort.course_id for row in rows}) if rows else {}
    items = [
        AgendaItem(
            uid=f"session-{row.uid}",
            sequence=row.sequence,
            title=row.title,
            subtitle=courses[row.cohort.course_id].title,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.place,
            online_url="",
            url=courses[row.cohort.course_id].url,
            role="public",
            updated_at=row.updated_at,
            is_cancelled=row.is_cancelled,
        )
        for row in rows
        if row.cohort.course_id in courses
    ]
    events = NetworkEvent.objects.filter(ends_at__gte=timezone.now()).select_related("zone")
    items.extend(event_item(event, is_public=True) for event in events)
    return tuple(sorted(items, key=lambda item: (item.starts_at, item.uid)))
