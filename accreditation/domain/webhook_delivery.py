"""Telling partners: one message at a time per endpoint, in order per person, revocations first, with rests."""

import json
import logging
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accreditation.domain.webhook_rules import (
    GIVE_UP_AFTER,
    GONE,
    PATIENCE,
    WaitingMessage,
    blames_message,
    outcome_of,
    rest_after,
    sending_order,
)
from accreditation.domain.webhook_wire import WireAnswer, post, read_target
from accreditation.domain.webhooks import secrets_of
from accreditation.enums import ReceiptOutcome
from accreditation.exceptions import WebhookError
from accreditation.models import WebhookDelivery, WebhookEndpoint, WebhookReceipt

logger = logging.getLogger("nestwerk.webhooks")

LEASE = timedelta(minutes=2)
#: Messages per endpoint in one round, and the pause between two: a receiver that comes back is not flooded.
PER_ROUND = 200
PAUSE_SECONDS = 0.02
#: After so many messages the queue is read anew: somebody may have lost something meanwhile.
LOOK_AGAIN = 25
#: Seconds that one round may spend on one endpoint; well within the lease.
ROUND_SECONDS = 45.0


def deliver_round(*, now: datetime | None = None) -> int:
    """Send what is due to every endpoint that is not resting; returns how many arrived. Safe in several processes."""
    moment = now or timezone.now()
    ready = WebhookEndpoint.objects.filter(is_active=True, next_try_at__lte=moment)
    ready = ready.filter(Exists(WebhookDelivery.objects.due(now=moment).filter(endpoint=OuterRef("pk"))))
    return sum(_deliver_to(key, moment) for key in ready.values_list("pk", flat=True))


def send_test(*, endpoint: WebhookEndpoint) -> WebhookReceipt:
    """Send a message that means nothing, at once, and keep its receipt."""
    body = {
        "type": "nestwerk.test",
        "timestamp": _moment(timezone.now()),
        "data": {"message": "Test van Nestwerk."},
    }
    return _attempt(endpoint, uuid.uuid4(), body, delivery=None)


def message_of(delivery: WebhookDelivery) -> dict[str, Any]:
    """What is sent: identifiers and status, no person. The receiver reads the rest again at `url`."""
    event = delivery.event
    payload = event.payload
    return {
        "type": f"recognition.{payload['status']}",
        "timestamp": _moment(event.at),
        "data": {
            "id": payload["id"],
            "version": event.version,
            "sequence": event.sequence,
            "status": payload["status"],
            "url": f"{settings.SITE_URL}/api/v1/recognitions/{payload['id']}",
        },
    }


def _deliver_to(endpoint_id: int, now: datetime) -> int:
    """Claim an endpoint and empty its queue as far as it lets us. One process at a time speaks to one endpoint."""
    free = WebhookEndpoint.objects.filter(pk=endpoint_id).filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now)
    )
    if not free.update(claimed_until=now + LEASE):
        return 0
    arrived, sent, began = 0, 0, time.monotonic()
    try:
        while sent < PER_ROUND and time.monotonic() - began < ROUND_SECONDS:
            found = _next(endpoint_id, now=now, most=min(LOOK_AGAIN, PER_ROUND - sent))
            held: set[int] = set()
            for message in found:
                endpoint = WebhookEndpoint.objects.get(pk=endpoint_id)
                if not endpoint.is_active or endpoint.next_try_at > now:
                    return arrived
                if message.person_id in held:
                    continue
                delivery = WebhookDelivery.objects.select_related("event").get(pk=message.pk)
                sent += 1
                if not _deliver(endpoint, delivery, now=now):
                    held.add(message.person_id)
                else:
                    arrived += 1
                time.sleep(PAUSE_SECONDS)
                if time.monotonic() - began >= ROUND_SECONDS:
                    break
            if not found:
                break
    finally:
        WebhookEndpoint.objects.filter(pk=endpoint_id).update(claimed_until=None)
    return arrived


def _next(endpoint_id: int, *, now: datetime, most: int) -> list[WaitingMessage]:
    """The messages to send first. One question, whatever waits: asked for each, ten thousand took hours."""
    rows = WebhookDelivery.objects.waiting().filter(endpoint=endpoint_id).order_by()
    facts = rows.values_list(
        "pk", "event_id", "event__recognition__person_id", "is_revocation", "next_try_at"
    )
    return sending_order([WaitingMessage(*row) for row in facts], now=now)[:most]


def _deliver(endpoint: WebhookEndpoint, delivery: WebhookDelivery, *, now: datetime) -> int:
    receipt = _attempt(endpoint, delivery.message_id, message_of(delivery), delivery=delivery)
    rows = WebhookDelivery.objects.filter(pk=delivery.pk)
    places = WebhookEndpoint.objects.filter(pk=endpoint.pk)
    if receipt.outcome == ReceiptOutcome.DELIVERED:
        rows.update(delivered_at=timezone.now(), attempts=F("attempts") + 1)
        places.update(failures=0, last_success_at=timezone.now())
        return 1
    failures = endpoint.failures + 1
    is_over = now - delivery.created_at > GIVE_UP_AFTER
    rows.update(
        attempts=F("attempts") + 1,
        given_up_at=timezone.now() if is_over else None,
        next_try_at=now + rest_after(delivery.attempts + 1),
    )
    if receipt.status_code == GONE:
        places.update(
            is_active=False, stopped_reason="De ontvanger zei dat dit adres niet meer bestaat (410)."
        )
    elif blames_message(receipt.status_code, failures=failures):
        places.update(failures=failures)
    else:
        places.update(failures=failures, next_try_at=now + rest_after(failures))
    if failures == PATIENCE:
        logger.warning("webhook endpoint %s does not answer; it rests", endpoint.pk)
    return 0


def _attempt(
    endpoint: WebhookEndpoint,
    message_id: uuid.UUID,
    message: dict[str, Any],
    *,
    delivery: WebhookDelivery | None,
) -> WebhookReceipt:
    """Sign, send, and write down what came of it."""
    body = json.dumps(message, separators=(",", ":"), sort_keys=True)
    try:
        target = read_target(endpoint.url)
    except WebhookError as error:
        answer, outcome = WireAnswer(None, 0, str(error)[:200]), ReceiptOutcome.BLOCKED
    else:
        answer = post(target, body=body.encode(), headers=_headers(endpoint, message_id, body))
        outcome = outcome_of(answer.status_code)
    return WebhookReceipt.objects.create(
        endpoint=endpoint,
        delivery=delivery,
        message_id=message_id,
        outcome=outcome,
        status_code=answer.status_code,
        milliseconds=answer.milliseconds,
        detail=answer.detail,
    )


def _headers(endpoint: WebhookEndpoint, message_id: uuid.UUID, body: str) -> dict[str, str]:
    """Standard Webhooks: id, moment of this attempt, one signature for each secret that counts."""
    # Loaded when something is sent: most processes never do.
    from standardwebhooks import Webhook

    now = datetime.now(UTC)
    name = f"msg_{message_id.hex}"
    signatures = [Webhook(secret).sign(name, now, body) for secret in secrets_of(endpoint, now=now)]
    return {
        "Content-Type": "application/json",
        "User-Agent": "Nestwerk-Webhooks/1",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
