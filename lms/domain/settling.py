"""Presence becomes completion once a session is over: when its list is closed, or when its time has passed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lms.models import Attendance, Enrolment, Session

#: How far back a round looks for lists that nobody closed.
LOOK_BACK = timedelta(days=3)


def settle_session(session: Session) -> int:
    """Complete the course of everybody who was present and now has all it asks. Returns how many were looked at.

    Call it inside a transaction. Enrolments are locked in the order of their numbers, so that two rounds cannot wait
    for each other.
    """
    from lms.domain.completion import complete_if_due

    there = Attendance.objects.present().filter(session=session).values("person_id")
    waiting = (
        Enrolment.objects.current()
        .select_for_update(of=("self",))
        .filter(cohort_id=session.cohort_id, completed_at=None, person_id__in=there)
        .order_by("pk")
    )
    looked_at = 0
    for enrolment in waiting:
        complete_if_due(enrolment)
        looked_at += 1
    return looked_at


def settle_past_sessions() -> int:
    """Settle sessions that ended in the last days while nobody closed the list. Safe to repeat; returns how many."""
    now = timezone.now()
    past = Session.objects.held().filter(closed_at=None, ends_at__lte=now, ends_at__gt=now - LOOK_BACK)
    settled = 0
    for session in past:
        with transaction.atomic():
            settle_session(session)
        settled += 1
    return settled
