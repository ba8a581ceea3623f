"""One mail a day with everything small: floors add lines, a daily round sends them together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from people.domain.mail import queue_mail
from people.enums import NoticeWay
from people.models import DigestItem, NoticeChoice, User

#: The kind of message that the mail of the day is.
DIGEST_KIND = "digest"
MOST_LINES = 12
SLICE = 900
KEPT = timedelta(days=60)


def add_to_digest(*, to_user_id: int, text: str, path: str, key: str, until: date | None = None) -> None:
    """Put one line in the person's next digest. Nothing happens when the key was written before.

    `text`: one Dutch sentence without case content, at most 300 characters; `path`: where the person can act, from the
    root of the site; `until`: the last day on which the line makes sense.
    """
    DigestItem.objects.bulk_create(
        [DigestItem(person_id=to_user_id, text=text[:300], path=path, key=key, until=until)],
        ignore_conflicts=True,
    )


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line for somebody's digest, as `add_to_digest` takes it."""

    to_user_id: int
    text: str
    path: str
    key: str
    until: date | None = None


def add_lines_to_digest(lines: Iterable[DigestLine]) -> int:
    """Put many lines at once; those whose key was written before are skipped. Returns how many were new.

    Two queries per thousand lines.
    """
    wanted = {line.key: line for line in lines}
    keys = list(wanted)
    known: set[str] = set()
    for start in range(0, len(keys), SLICE):
        part = keys[start : start + SLICE]
        known |= set(DigestItem.objects.filter(key__in=part).values_list("key", flat=True))
    rows = [
        DigestItem(
            person_id=line.to_user_id, text=line.text[:300], path=line.path, key=line.key, until=line.until
        )
        for line in wanted.values()
        if line.key not in known
    ]
    DigestItem.objects.bulk_create(rows, ignore_conflicts=True, batch_size=SLICE)
    return len(rows)


def drop_from_digest(*, keys: Iterable[str]) -> int:
    """Take back lines that nobody read yet, because what they ask was done. Returns how many."""
    return DigestItem.objects.filter(key__in=list(keys), sent_on=None, dropped_at=None).update(
        dropped_at=timezone.now()
    )


def send_digests(*, on: date | None = None) -> int:
    """Queue the digest of everybody for whom something waits; at most one per person and day. Returns how many.

    Safe to repeat, and to run in several processes. Lines older than 60 days that were sent or dropped are forgotten.
    """
    day = on or timezone.localdate()
    DigestItem.objects.filter(created_at__lt=timezone.now() - KEPT).exclude(
        sent_on=None, dropped_at=None
    ).delete()
    waiting = DigestItem.objects.filter(sent_on=None, dropped_at=None)
    people = waiting.order_by("person_id").values_list("person_id", flat=True).distinct()
    return sum(_send_one(person_id, day) for person_id in people.iterator(chunk_size=1000))


@transaction.atomic
def _send_one(person_id: int, day: date) -> int:
    """One person's mail. The lock on the person's row makes a second round wait, and find nothing."""
    if not User.objects.select_for_update().filter(pk=person_id, is_active=True).exists():
        return 0
    items = DigestItem.objects.filter(person_id=person_id)
    if items.filter(sent_on=day).exists():
        return 0
    open_items = items.filter(sent_on=None, dropped_at=None)
    if NoticeChoice.objects.filter(person=person_id, kind=DIGEST_KIND, way=NoticeWay.NONE).exists():
        open_items.update(dropped_at=timezone.now())
        return 0
    open_items.filter(until__lt=day).update(dropped_at=timezone.now())
    lines = list(open_items.filter(Q(until=None) | Q(until__gte=day)).order_by("until", "id"))
    if not lines:
        return 0
    queue_mail(
        to_user_id=person_id,
        template="people/email/digest",
        context={
            "lines": [{"text": line.text, "path": line.path} for line in lines[:MOST_LINES]],
            "more": max(0, len(lines) - MOST_LINES),
        },
        key=f"digest:{person_id}:{day.isoformat()}",
    )
    DigestItem.objects.filter(pk__in=[line.pk for line in lines]).update(sent_on=day)
    return 1
