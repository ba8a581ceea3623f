"""Thin tasks of the accreditation floor."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from accreditation.domain import (
    alarms,
    certificate_reminders,
    evidence,
    feed,
    path_wishes,
    reminders,
    statement_requests,
    webhook_delivery,
    webhooks,
    what_if,
)
from ledger.api import hand_over


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def announce_lapses() -> int:
    """Tell the stream about recognitions whose dates ran out or began. Hourly; harmless to repeat."""
    return feed.announce_lapses()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def run_alarms() -> int:
    """Tell those who can act what waits too long or ends soon. Daily; harmless to repeat."""
    return alarms.run_alarms()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def watch_endpoints() -> int:
    """Tell the office of a partner who hears nothing. Every quarter of an hour; harmless to repeat."""
    return alarms.tell_of_silent_endpoints()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def forget_loose_files() -> int:
    """Delete uploads whose form was never finished, an hour later. Harmless to repeat."""
    return evidence.forget_loose_files(before=timezone.now() - timedelta(hours=1))


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def run_what_if(run_id: int) -> None:
    """Work out a draft of the criteria over everybody. Repeating it starts anew; a finished run stays as it is."""
    what_if.run_what_if(run_id)


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def remind() -> int:
    """Lines for the digest about what ends and what nobody answered. Daily, before the digest; harmless to repeat."""
    statement_requests.forget_addresses(now=timezone.now())
    today = timezone.localdate()
    ended = reminders.remind_of_ends(today=today) + certificate_reminders.remind_of_certificates(today=today)
    return ended + reminders.remind_of_statements(today=today)


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def answer_path_wishes() -> int:
    """Tell people for whom there is a way now. Hourly; harmless to repeat."""
    return path_wishes.answer_wishes(on=timezone.localdate())


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def deliver_webhooks() -> int:
    """Tell partners what waits for them. After every change and every ten seconds; harmless to repeat."""
    return webhook_delivery.deliver_round()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def forget_webhook_receipts() -> int:
    """Drop old receipts. Daily; harmless to repeat."""
    return webhooks.forget_receipts(now=timezone.now())


def kick_webhooks() -> None:
    """Start a round now; when the broker is away the messages wait for the next beat."""
    hand_over(deliver_webhooks)
