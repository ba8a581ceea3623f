"""Nightly work of the media floor."""

from celery import shared_task

from media.domain.packages import sweeping


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def sweep_leftovers() -> int:
    """Delete files that a crash left without a row."""
    return sweeping.sweep_leftovers()
