from celery import shared_task

from ledger.domain import outbox


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def drain_outbox() -> int:
    """Deliver what waits in the outbox."""
    return outbox.drain()
