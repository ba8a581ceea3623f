"""Real invitations: what each person's own calendar was told, and one mail with everything that is new, changed or off.

Every session is an appointment with a UID that never changes. SEQUENCE grows per person with every message, so that
somebody who left and came back is heard by their calendar too. Several changes close together travel in one mail.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, vCalAddress, vText

from lms.domain.calendar import event_of
from lms.domain.queries.agenda import session_item
from lms.enums import InvitationNews
from lms.models import Enrolment, Invitation, Session, SessionTrainer
from people.api import MailExtras, NoticeWay, User, add_to_digest, notify, ways_of

#: A session that was changed this short a time ago may be changed again: wait, and tell it once.
SETTLE = timedelta(minutes=10)
#: A session that begins this soon is told at once.
SOON = timedelta(hours=24)
KIND = "cohort_invitations"


@dataclass(frozen=True, slots=True)
class News:
    """One thing that a person's calendar has to hear."""

    session_id: int
    what: InvitationNews
    told: int
    sequence: int


def news_of(wanted: dict[int, int], known: Iterable[tuple[int, int, int, bool]]) -> tuple[News, ...]:
    """What to tell: a pure rule.

    `wanted`: the sequence of each session that the person is expected at. `known`: session, the sequence of the session
    that was told, the sequence in the calendar, and whether it was cancelled there.
    """
    found = []
    rows = {session: (told, sequence, is_off) for session, told, sequence, is_off in known}
    for session, current in wanted.items():
        if session not in rows:
            found.append(News(session, InvitationNews.NEW, current, current))
            continue
        told, sequence, is_off = rows[session]
        if is_off:
            found.append(News(session, InvitationNews.NEW, current, max(current, sequence + 1)))
        elif current > told:
            found.append(News(session, InvitationNews.CHANGED, current, max(current, sequence + 1)))
    for session, (told, sequence, is_off) in rows.items():
        if session not in wanted and not is_off:
            found.append(News(session, InvitationNews.OFF, told, sequence + 1))
    return tuple(sorted(found, key=lambda one: one.session_id))


def send_invitations(*, now: datetime | None = None) -> int:
    """Queue the mails that are due; returns how many people hear something. Each quarter; harmless to repeat."""
    moment = now or timezone.now()
    return sum(_tell(person_id, moment) for person_id in sorted(_people_to_tell(moment)))


def _calm(moment: datetime) -> Q:
    return Q(updated_at__lte=moment - SETTLE) | Q(starts_at__lte=moment + SOON)


def _people_to_tell(moment: datetime) -> set[int]:
    """Whoever's calendar differs from what is planned. Five queries, whatever the number of people."""
    sequences = dict(
        Session.objects.held().filter(_calm(moment), ends_at__gt=moment).values_list("pk", "sequence")
    )
    wanted = set(
        Enrolment.objects.current()
        .filter(cohort__sessions__in=sequences, person__is_active=True)
        .values_list("cohort__sessions", "person_id")
    )
    wanted = {(session, person) for session, person in wanted if session in sequences}
    wanted |= set(
        SessionTrainer.objects.filter(session__in=sequences, trainer__is_active=True).values_list(
            "session_id", "trainer_id"
        )
    )
    known = {
        (session, person): (told, is_off)
        for session, person, told, is_off in Invitation.objects.filter(
            session__ends_at__gt=moment
        ).values_list("session_id", "person_id", "told", "is_cancelled")
    }
    new = {
        person
        for session, person in wanted
        if (session, person) not in known
        or known[session, person][1]
        or known[session, person][0] < sequences[session]
    }
    restless = set(
        Session.objects.filter(ends_at__gt=moment).exclude(_calm(moment)).values_list("pk", flat=True)
    )
    off = {
        person
        for (session, person), (_told, is_off) in known.items()
        if not is_off and (session, person) not in wanted and session not in restless
    }
    return new | off


@transaction.atomic
def _tell(person_id: int, moment: datetime) -> int:
    """One person's mail. The lock on the person's row makes a second round wait, and find nothing."""
    person = User.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        return 0
    mine = Enrolment.objects.current().filter(person=person, cohort__isnull=False).values("cohort")
    led = SessionTrainer.objects.filter(trainer=person).values("session")
    sessions = (
        Session.objects.held()
        .filter(Q(cohort__in=mine) | Q(pk__in=led), ends_at__gt=moment)
        .select_related("cohort")
    )
    expected = {session.pk: session for session in sessions} if person.is_active else {}
    restless = set(
        Session.objects.filter(ends_at__gt=moment).exclude(_calm(moment)).values_list("pk", flat=True)
    )
    rows = {
        row.session_id: row
        for row in Invitation.objects.filter(person=person, session__ends_at__gt=moment).select_related(
            "session__cohort"
        )
    }
    news = [
        one
        for one in news_of(
            {pk: session.sequence for pk, session in expected.items()},
            [(pk, row.told, row.sequence, row.is_cancelled) for pk, row in rows.items()],
        )
        if one.session_id not in restless
    ]
    if not news:
        return 0
    lines = []
    for one in news:
        session = expected.get(one.session_id) or rows[one.session_id].session
        Invitation.objects.update_or_create(
            session=session,
            person=person,
            defaults={
                "told": one.told,
                "sequence": one.sequence,
                "is_cancelled": one.what == InvitationNews.OFF,
                "sent_at": moment,
            },
        )
        lines.append(_line(session, one))
    _send(person, lines, moment)
    return 1


def _line(session: Session, news: News) -> dict[str, Any]:
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {
        "session": session.pk,
        "what": news.what.value,
        "sequence": news.sequence,
        "title": f"{session.title} ({session.cohort.name})",
        "when": f"{start:%d/%m/%Y}, {start:%H.%M} {_('tot')} {end:%H.%M} u.",
        "where": session.place or _("online"),
    }


def _send(person: User, lines: list[dict[str, Any]], moment: datetime) -> None:
    words = {
        "new": _("Nieuw in je agenda: %(title)s, %(when)s"),
        "changed": _("Gewijzigd: %(title)s is nu op %(when)s"),
        "off": _("Gaat niet door voor jou: %(title)s, %(when)s"),
    }
    key = f"invitation:{person.pk}:{'-'.join(str(line['session']) for line in lines)[:60]}:{moment.timestamp():.6f}"
    texts = [words[line["what"]] % line for line in lines]
    several = _("Er veranderde iets in je agenda, %(number)s keer.") % {"number": len(texts)}
    notify(
        kind=KIND,
        to=[person.pk],
        text=texts[0] if len(texts) == 1 else several,
        path="/mijn/agenda/",
        key=key,
        template="lms/email/invitations",
        context={"lines": lines},
        maker=KIND,
    )


def invitation_extras(person: User, context: dict[str, Any]) -> MailExtras:
    """The calendar parts of the mail, from the sessions as they are at delivery. One object for each appointment."""
    sessions = Session.objects.select_related("cohort__course").in_bulk(
        [line["session"] for line in context["lines"]]
    )
    parts = []
    for line in context["lines"]:
        session = sessions.get(line["session"])
        if session is None:
            continue
        is_off = line["what"] == InvitationNews.OFF
        text = _render(session, person, sequence=line["sequence"], is_off=is_off)
        parts.append((text, f"text/calendar; method={'CANCEL' if is_off else 'REQUEST'}"))
    return MailExtras(
        alternative=parts[0] if len(parts) == 1 else None,
        attachments=tuple(
            (f"afspraak-{number}.ics", text, media_type)
            for number, (text, media_type) in enumerate(parts, start=1)
        ),
    )


def _render(session: Session, person: User, *, sequence: int, is_off: bool) -> str:
    """One iTIP message (RFC 5546): one UID, an organiser, one attendee, times in UTC."""
    calendar = Calendar()
    calendar.add("prodid", "-//Nestwerk//Uitnodiging//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "REQUEST")
    event = event_of(session_item(session, leads=False, is_cancelled=is_off), sequence=sequence)
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["cn"] = vText(name or "Nestwerk")
    event["organizer"] = organizer
    attendee = vCalAddress(f"mailto:{person.email}")
    attendee.params["cn"] = vText(person.get_full_name())
    attendee.params["partstat"] = vText("ACCEPTED")
    attendee.params["rsvp"] = vText("FALSE")
    event.add("attendee", attendee, encode=False)
    calendar.add_component(event)
    return bytes(calendar.to_ical()).decode()


def remind_sessions(*, now: datetime | None = None) -> int:
    """A line in the mail of the day for who has a session tomorrow; returns how many. Daily, harmless to repeat."""
    day = timezone.localdate(now or timezone.now()) + timedelta(days=1)
    told = 0
    for session in Session.objects.held().filter(starts_at__date=day).select_related("cohort"):
        members = list(
            Enrolment.objects.current().filter(cohort=session.cohort).values_list("person_id", flat=True)
        )
        start = timezone.localtime(session.starts_at)
        text = _("Morgen om %(hour)s u.: %(title)s, %(place)s.") % {
            "hour": f"{start:%H.%M}",
            "title": session.title,
            "place": session.place or _("online"),
        }
        path = f"/mijn/groepen/{session.cohort_id}/"
        for person_id in _wants_reminder(members):
            key = f"session-soon:{session.pk}:{session.sequence}:{person_id}"
            add_to_digest(to_user_id=person_id, text=text, path=path, key=key, until=day)
            told += 1
    return told


def _wants_reminder(person_ids: list[int]) -> list[int]:
    ways = ways_of("cohort_reminders", person_ids)
    return [pk for pk, way in ways.items() if way != NoticeWay.NONE]
