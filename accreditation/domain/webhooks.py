"""Partners' endpoints: adding, stopping, new secrets, replaying; and putting a version on its way to each of them."""

import base64
import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.webhook_wire import read_target
from accreditation.enums import FeedStatus
from accreditation.exceptions import WebhookError
from accreditation.models import FeedEvent, WebhookDelivery, WebhookEndpoint, WebhookReceipt
from ledger.api import record_audit, ref
from people.api import User, is_network_staff
from people.sealing import seal, unseal

#: How long the former secret signs along after a new one was made.
ROTATION = timedelta(days=3)
RECEIPTS_KEPT = timedelta(days=90)
#: How many messages one replay may put on their way.
MOST_REPLAYED = 10_000


@transaction.atomic
def add_endpoint(*, name: str, url: str, by: User) -> tuple[WebhookEndpoint, str]:
    """Add a partner's address; returns it with its secret. Raises WebhookError for an address we do not speak to."""
    _require_staff(by)
    read_target(url)
    secret = _new_secret()
    try:
        with transaction.atomic():
            endpoint = WebhookEndpoint.objects.create(
                name=name.strip(), url=url.strip(), sealed_secret=seal(secret), created_by=by
            )
    except IntegrityError as error:
        raise WebhookError(_("Er is al een adres met deze naam."), field="name") from error
    record_audit(verb="webhook.added", subject=ref(endpoint), actor=by, data={})
    return endpoint, secret


@transaction.atomic
def change_endpoint(*, endpoint_id: int, name: str, url: str, by: User) -> WebhookEndpoint:
    """Another name or address; what waits goes to the new one. Raises WebhookError."""
    endpoint = _locked(endpoint_id, by)
    read_target(url)
    if WebhookEndpoint.objects.filter(name=name.strip()).exclude(pk=endpoint.pk).exists():
        raise WebhookError(_("Er is al een adres met deze naam."), field="name")
    endpoint.name, endpoint.url = name.strip(), url.strip()
    endpoint.failures, endpoint.next_try_at = 0, timezone.now()
    endpoint.save()
    record_audit(verb="webhook.changed", subject=ref(endpoint), actor=by, data={})
    return endpoint


@transaction.atomic
def rotate_secret(*, endpoint_id: int, by: User) -> str:
    """A new secret; for three days messages carry both signatures, so that nobody has to switch at one moment."""
    endpoint = _locked(endpoint_id, by)
    secret = _new_secret()
    endpoint.former_secret, endpoint.former_until = endpoint.sealed_secret, timezone.now() + ROTATION
    endpoint.sealed_secret = seal(secret)
    endpoint.save(update_fields=["former_secret", "former_until", "sealed_secret"])
    record_audit(verb="webhook.secret_rotated", subject=ref(endpoint), actor=by, data={})
    return secret


@transaction.atomic
def switch_endpoint(*, endpoint_id: int, is_active: bool, by: User) -> WebhookEndpoint:
    """Stop sending, or go on; what was written meanwhile can be replayed. Twice is once."""
    endpoint = _locked(endpoint_id, by)
    if endpoint.is_active != is_active:
        endpoint.is_active = is_active
        endpoint.stopped_reason = "" if is_active else _("Gestopt door het netwerk.")
        endpoint.failures, endpoint.next_try_at = 0, timezone.now()
        endpoint.save()
        verb = "webhook.resumed" if is_active else "webhook.stopped"
        record_audit(verb=verb, subject=ref(endpoint), actor=by, data={})
    return endpoint


@transaction.atomic
def replay(*, endpoint_id: int, since: datetime, by: User) -> int:
    """Send everything since a moment once more, in order, under the same message ids; returns how many.

    Also what happened before the endpoint existed. Raises WebhookError when there is too much: follow the stream then.
    """
    endpoint = _locked(endpoint_id, by)
    events = FeedEvent.objects.filter(at__gte=since)
    if events.count() > MOST_REPLAYED:
        raise WebhookError(
            _(
                "Dat zijn te veel berichten. Kies een later moment, of laat de partner de volledige stroom lezen."
            ),
            field="since",
        )
    now = timezone.now()
    known = WebhookDelivery.objects.filter(endpoint=endpoint, event__at__gte=since)
    known.update(delivered_at=None, given_up_at=None, attempts=0, next_try_at=now, created_at=now)
    WebhookDelivery.objects.bulk_create(
        [_delivery(endpoint.pk, event) for event in events.order_by("sequence")], ignore_conflicts=True
    )
    count = WebhookDelivery.objects.filter(endpoint=endpoint, event__at__gte=since).count()
    record_audit(verb="webhook.replayed", subject=ref(endpoint), actor=by, data={"count": count})
    _deliver_after_commit()
    return count


def queue_event(event: FeedEvent) -> int:
    """Put a version on its way to every active endpoint, in the caller's transaction; returns how many."""
    rows = [
        _delivery(key, event)
        for key in WebhookEndpoint.objects.filter(is_active=True).values_list("pk", flat=True)
    ]
    if rows:
        WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
        _deliver_after_commit()
    return len(rows)


def forget_receipts(*, now: datetime) -> int:
    """Drop receipts that are older than ninety days; returns how many."""
    return WebhookReceipt.objects.filter(at__lt=now - RECEIPTS_KEPT).delete()[0]


def secrets_of(endpoint: WebhookEndpoint, *, now: datetime) -> tuple[str, ...]:
    """The secrets that sign now: the newest first, and the former one while it still counts."""
    found = [endpoint.sealed_secret]
    if endpoint.former_secret and endpoint.former_until and endpoint.former_until > now:
        found.append(endpoint.former_secret)
    return tuple(unseal(sealed) for sealed in found)


def _delivery(endpoint_id: int, event: FeedEvent) -> WebhookDelivery:
    is_revocation = event.payload["status"] != FeedStatus.VALID
    return WebhookDelivery(endpoint_id=endpoint_id, event=event, is_revocation=is_revocation)


def _deliver_after_commit() -> None:
    from accreditation.tasks import kick_webhooks

    transaction.on_commit(kick_webhooks, robust=True)


def _locked(endpoint_id: int, by: User) -> WebhookEndpoint:
    _require_staff(by)
    return WebhookEndpoint.objects.select_for_update().get(pk=endpoint_id)


def _require_staff(by: User) -> None:
    if not is_network_staff(by):
        raise WebhookError(_("Alleen medewerkers van het netwerk beheren deze adressen."))


def _new_secret() -> str:
    """As Standard Webhooks writes it: `whsec_` and 32 random bytes in base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode("ascii")
