"""Writing to the outbox and delivering from it: at least once, in order per topic and subject."""

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from ledger.domain.broker import hand_over
from ledger.exceptions import UnknownTopicError
from ledger.models import DeliveryHold, OutboxEvent

logger = logging.getLogger("nestwerk.outbox")

LEASE = timedelta(minutes=5)
#: Two and a half days of trying: a mail server or a partner may be away over a weekend (fault model, rows 16 and 19).
MAX_ATTEMPTS = 20
BATCH = 100
FORGOTTEN = "forgotten"


@dataclass(frozen=True)
class OutboxMessage:
    """What a handler gets; `event_id` is the same at every try, so that a receiver can drop repeats."""

    event_id: uuid.UUID
    topic: str
    subject: str
    key: str
    payload: dict[str, Any]
    created_at: datetime
    attempt: int


@dataclass(frozen=True)
class OutboxStatus:
    """Figures for the operator; ages in seconds. While `held` nothing is delivered (see `release_outbox`)."""

    waiting: int
    failed: int
    oldest_seconds: int
    held: bool = False


Handler = Callable[[OutboxMessage], None]
_handlers: dict[str, Handler] = {}
_forgotten: set[str] = set()


def register_handler(topic: str, handler: Handler, *, forget: bool = False) -> None:
    """Name who delivers a topic; called from an AppConfig.ready. `forget` empties the payload once delivered."""
    _handlers[topic] = handler
    if forget:
        _forgotten.add(topic)


def publish(
    *, topic: str, subject: str, payload: dict[str, Any], key: str, available_at: datetime | None = None
) -> None:
    """Write one event in the current transaction; nothing happens when the key was written before.

    Raises UnknownTopicError when nobody delivers the topic.
    """
    if topic not in _handlers:
        raise UnknownTopicError(topic)
    now = timezone.now()
    OutboxEvent.objects.bulk_create(
        [
            OutboxEvent(
                topic=topic,
                subject=subject,
                payload=payload,
                key=key,
                created_at=now,
                available_at=available_at or now,
            )
        ],
        ignore_conflicts=True,
    )
    _deliver_after_commit()


def _deliver_after_commit() -> None:
    """A delivery round once the event can be seen by others; a round that finds nothing costs one query."""
    transaction.on_commit(_kick, robust=True)


_held = False


@contextmanager
def hold_deliveries() -> Iterator[None]:
    """No delivery rounds are started inside the block; events wait. For loading many rows at once."""
    global _held
    before, _held = _held, True
    try:
        yield
    finally:
        _held = before


def _kick() -> None:
    """Start a delivery round; when the broker is away the events simply wait for the next beat."""
    if _held:
        return
    from ledger.tasks import drain_outbox

    hand_over(drain_outbox)


def drain(*, now: datetime | None = None, limit: int = 1000) -> int:
    """Deliver what is due, oldest first; returns how many were delivered. Safe to run in several processes.

    Nothing is due while a hold is open: a restored site sends nothing until it is released.
    """
    delivered = 0
    tried: set[int] = set()
    while delivered < limit:
        ids = _next_ids(now=now or timezone.now(), tried=tried)
        if not ids:
            return delivered
        for event_id in ids:
            tried.add(event_id)
            delivered += _deliver_one(event_id)
    return delivered


# Plain text: one pass over what waits. A question per row for an earlier one took eight seconds per hundred where the
# database had not yet counted a sudden queue of ten thousand.
_HEADS = """
SELECT id FROM (
  SELECT id, available_at, claimed_until,
         row_number() OVER (PARTITION BY topic, subject ORDER BY id) AS place
    FROM ledger_outboxevent
   WHERE delivered_at IS NULL AND given_up_at IS NULL
) AS waiting
 WHERE place = 1 AND available_at <= %(now)s AND (claimed_until IS NULL OR claimed_until < %(now)s)
   AND NOT EXISTS (SELECT 1 FROM ledger_deliveryhold WHERE released_at IS NULL)
 ORDER BY id LIMIT %(most)s
"""


def _next_ids(*, now: datetime, tried: set[int]) -> list[int]:
    """Due events that are the oldest waiting one of their topic and subject. One query."""
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, {"now": moment, "most": BATCH + len(tried)})
        heads = [event_id for (event_id,) in cursor.fetchall() if event_id not in tried]
    return heads[:BATCH]


def _deliver_one(event_id: int) -> int:
    """Claim, hand over, mark. The claim ends by itself, so a killed process loses nothing."""
    now = timezone.now()
    claimed = OutboxEvent.objects.due(now=now).filter(id=event_id)
    if not claimed.update(claimed_until=now + LEASE, attempts=F("attempts") + 1):
        return 0
    event = OutboxEvent.objects.get(id=event_id)
    message = OutboxMessage(
        event_id=event.event_id,
        topic=event.topic,
        subject=event.subject,
        key=event.key,
        payload=event.payload,
        created_at=event.created_at,
        attempt=event.attempts,
    )
    try:
        _handlers[event.topic](message)
    except Exception as error:  # noqa: BLE001 - whatever a handler raises is a failed delivery
        _mark_failed(event, error=error)
        return 0
    forgotten: dict[str, Any] = {"payload": {}} if event.topic in _forgotten else {}
    OutboxEvent.objects.filter(id=event_id).update(
        delivered_at=timezone.now(), claimed_until=None, last_error="", **forgotten
    )
    return 1


def _mark_failed(event: OutboxEvent, *, error: Exception) -> None:
    """Back off (30 s, doubling, at most 6 h); after MAX_ATTEMPTS stop and stay visible as failed."""
    wait = timedelta(seconds=min(30 * 2 ** (event.attempts - 1), 6 * 3600))
    now = timezone.now()
    OutboxEvent.objects.filter(id=event.id).update(
        claimed_until=None,
        available_at=now + wait,
        given_up_at=now if event.attempts >= MAX_ATTEMPTS else None,
        last_error=f"{type(error).__name__}"[:300],
    )
    logger.warning(
        "delivery of %s failed (%s), attempt %s", event.topic, type(error).__name__, event.attempts
    )


def outbox_status() -> OutboxStatus:
    """How much waits, how much was given up, and how old the oldest waiting event is."""
    oldest = OutboxEvent.objects.waiting().order_by("id").first()
    age = int((timezone.now() - oldest.created_at).total_seconds()) if oldest else 0
    return OutboxStatus(
        waiting=OutboxEvent.objects.waiting().count(),
        failed=OutboxEvent.objects.filter(given_up_at__isnull=False).count(),
        oldest_seconds=age,
        held=DeliveryHold.objects.filter(released_at=None).exists(),
    )


def release_deliveries(*, now: datetime) -> int:
    """End every hold, so that what waits leaves at the next round; returns how many holds ended."""
    return DeliveryHold.objects.filter(released_at=None).update(released_at=now)


def retry_failed(*, now: datetime) -> int:
    """Let everything that was given up be tried anew, from now on; returns how many. What was forgotten stays so."""
    failed = OutboxEvent.objects.filter(given_up_at__isnull=False, delivered_at=None)
    return failed.exclude(last_error=FORGOTTEN).update(given_up_at=None, attempts=0, available_at=now)


def forget_events(*, subject: str) -> int:
    """Empty the payload of everything about a subject and deliver nothing of it any more; returns how many."""
    events = OutboxEvent.objects.filter(subject=subject)
    events.filter(delivered_at=None).update(given_up_at=timezone.now(), last_error=FORGOTTEN)
    return events.exclude(payload={}).update(payload={})
