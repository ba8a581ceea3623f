"""Thin tasks of the lms floor."""

from celery import shared_task
from django.utils import timezone

from lms.domain import (
    checks,
    duty_clock,
    evaluations,
    invitations,
    joining,
    materials,
    plan_runs,
    record_months,
    register_alarms,
    settling,
    waiting,
)


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def prepare_record_months() -> int:
    """Make the coming months' partitions of the learning records. Daily; harmless to repeat."""
    return record_months.prepare_months()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def run_plan(run_id: int) -> None:
    """Search for a plan that somebody asked for."""
    plan_runs.execute_run(run_id)


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def close_late_attempts() -> int:
    """Hand in checks whose time ran out while nobody looked. Each quarter; harmless to repeat."""
    return checks.close_late_attempts()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def forget_loose_materials() -> int:
    """Delete files that no material uses. Hourly; harmless to repeat."""
    return materials.forget_loose_files(before=timezone.now() - materials.KEEP_LOOSE_FILE)


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def run_duty_clock() -> None:
    """The duty of teams: clocks, proposals, reminders. Nightly; harmless to repeat."""
    duty_clock.run_duty_clock()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def send_invitations() -> int:
    """Tell calendars what is new, changed or off. Each quarter; harmless to repeat."""
    return invitations.send_invitations()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def pass_offers_on() -> int:
    """Offers that ran out go to the next; lists of cohorts that began stop. Each quarter; harmless to repeat."""
    return waiting.pass_offers_on()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def remind_sessions() -> int:
    """A line for who has a session tomorrow. Daily; harmless to repeat."""
    return invitations.remind_sessions()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def remind_opinions() -> int:
    """A line for who may say what they thought of a session. Daily; harmless to repeat."""
    return evaluations.remind_opinions()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def settle_silent_requests() -> int:
    """Who asked a group for a place a week ago hears what its members said so far. Daily; harmless to repeat."""
    return joining.settle_silent_requests()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def settle_past_sessions() -> int:
    """Presence at sessions whose list nobody closed counts too. Hourly; harmless to repeat."""
    return settling.settle_past_sessions()


@shared_task  # type: ignore[untyped-decorator]  # Celery has no types
def warn_of_due_files() -> int:
    """Attendance that a register must hear of before the end of the month. Daily; harmless to repeat."""
    return register_alarms.warn_of_due_files()
