"""Calendar feeds: the signed link of a person, and appointments as iCalendar text."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration, vUri

from ledger.api import record_audit, ref
from lms.domain.queries.agenda import AgendaItem
from lms.models import CalendarKey
from people.api import User

SALT = "lms.calendar"
REFRESH = timedelta(hours=2)


def calendar_token(person: User) -> str:
    """The token of the person's feed; made on first use, the same until it is renewed."""
    key, _created = CalendarKey.objects.get_or_create(person=person)
    return signing.Signer(salt=SALT, sep="~").sign(f"{person.pk}.{key.number}")


@transaction.atomic
def renew_calendar_token(person: User) -> str:
    """Make every earlier link useless and return the new token."""
    key, created = CalendarKey.objects.get_or_create(person=person)
    if not created:
        CalendarKey.objects.filter(pk=key.pk).update(number=F("number") + 1, changed_at=timezone.now())
    record_audit(verb="calendar.renewed", subject=ref(person), actor=person)
    return calendar_token(person)


def person_of_token(token: str) -> int | None:
    """Whose feed the token opens; None when it was never ours, was renewed, or the account is closed."""
    try:
        person_id, number = signing.Signer(salt=SALT, sep="~").unsign(token).split(".")
        keys = CalendarKey.objects.filter(
            person_id=int(person_id), number=int(number), person__is_active=True
        )
    except (signing.BadSignature, ValueError):
        return None
    return keys.values_list("person_id", flat=True).first()


def render_calendar(items: Iterable[AgendaItem], *, name: str) -> bytes:
    """An iCalendar document; times in UTC, so that no reader needs a time zone table."""
    calendar = Calendar()
    calendar.add("prodid", "-//Nestwerk//Agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    for item in items:
        calendar.add_component(event_of(item))
    return bytes(calendar.to_ical())


def event_of(item: AgendaItem, *, sequence: int | None = None) -> Event:
    """An appointment, with times in UTC; `sequence` instead of the item's own for one person's calendar."""
    event = Event()
    event.add("uid", f"{item.uid}@{settings.SITE_HOST}")
    event.add("sequence", item.sequence if sequence is None else sequence)
    event.add("dtstamp", item.updated_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", item.updated_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", item.starts_at.astimezone(UTC))
    event.add("dtend", item.ends_at.astimezone(UTC))
    event.add("summary", item.title)
    event.add("status", "CANCELLED" if item.is_cancelled else "CONFIRMED")
    event["url"] = vUri(urljoin(settings.SITE_URL, item.url))
    place = item.place or item.online_url
    if place:
        event.add("location", place)
    lines = [item.subtitle]
    if item.online_url:
        lines.append(_("Neem online deel: %(url)s") % {"url": item.online_url})
    event.add("description", "\n".join(line for line in lines if line))
    return event
