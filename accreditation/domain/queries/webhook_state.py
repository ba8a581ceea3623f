"""How it goes with partners' endpoints."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from accreditation.domain.webhook_rules import incident_of
from accreditation.models import WebhookEndpoint


@dataclass(frozen=True)
class EndpointState:
    """One endpoint in figures; `state` is "stopped", "alarm", "silent", "late" or "fine".

    `incident` names what the office is told, once: a matter that lasts for hours.
    """

    endpoint: WebhookEndpoint
    waiting: int
    revocations: int
    oldest: datetime | None
    given_up: int
    state: str
    incident: str


def endpoint_states(pk: int | None = None) -> list[EndpointState]:
    """All endpoints, or one. One query."""
    now = timezone.now()
    waits = Q(deliveries__delivered_at=None, deliveries__given_up_at=None)
    rows = WebhookEndpoint.objects.select_related("created_by").annotate(
        waiting=Count("deliveries", filter=waits & Q(deliveries__isnull=False)),
        revocations=Count("deliveries", filter=waits & Q(deliveries__is_revocation=True)),
        oldest=Min("deliveries__created_at", filter=waits),
        stuck=Min("deliveries__created_at", filter=waits & Q(deliveries__next_try_at__gt=now)),
        given_up=Count("deliveries", filter=Q(deliveries__given_up_at__isnull=False)),
    )
    if pk is not None:
        rows = rows.filter(pk=pk)
    return [_described(row, now) for row in rows]


def _described(row: Any, now: datetime) -> EndpointState:
    # An address that was stopped owes nothing: it stands as stopped.
    incident = (
        incident_of(
            oldest=row.oldest,
            stuck=row.stuck,
            last_success=row.last_success_at,
            known_since=row.created_at,
            now=now,
        )
        if row.is_active
        else ""
    )
    state = _state(row, row.oldest, incident, now)
    return EndpointState(row, row.waiting, row.revocations, row.oldest, row.given_up, state, incident)


def _state(endpoint: WebhookEndpoint, oldest: datetime | None, incident: str, now: datetime) -> str:
    if not endpoint.is_active:
        return "stopped"
    if incident:
        return "alarm"
    if endpoint.failures:
        return "silent"
    return "late" if oldest is not None and (now - oldest).total_seconds() > 60 else "fine"
