"""How it goes with partners' endpoints."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from accreditation.models import WebhookEndpoint


@dataclass(frozen=True)
class EndpointState:
    """One endpoint in figures; `state` is "stopped", "silent", "late" or "fine"."""

    endpoint: WebhookEndpoint
    waiting: int
    oldest: datetime | None
    given_up: int
    state: str


def endpoint_states(pk: int | None = None) -> list[EndpointState]:
    """All endpoints, or one. One query."""
    waits = Q(deliveries__delivered_at=None, deliveries__given_up_at=None)
    rows = WebhookEndpoint.objects.select_related("created_by").annotate(
        waiting=Count("deliveries", filter=waits & Q(deliveries__isnull=False)),
        oldest=Min("deliveries__created_at", filter=waits),
        given_up=Count("deliveries", filter=Q(deliveries__given_up_at__isnull=False)),
    )
    if pk is not None:
        rows = rows.filter(pk=pk)
    return [
        EndpointState(row, row.waiting, row.oldest, row.given_up, _state(row, row.oldest)) for row in rows
    ]


def _state(endpoint: WebhookEndpoint, oldest: datetime | None) -> str:
    if not endpoint.is_active:
        return "stopped"
    if endpoint.failures:
        return "silent"
    is_late = oldest is not None and (timezone.now() - oldest).total_seconds() > 60
    return "late" if is_late else "fine"
