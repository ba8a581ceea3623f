"""Who asks for a seat that is not there for the taking: on approval, or on the waiting list."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ledger.api import OnErasure, PersonalData
from lms.enums import SeatRequestState, WaitingState


class SeatRequest(models.Model):
    """Purpose: a seat in a cohort that somebody approves. Retention: with the account. Decided once."""

    personal_data = PersonalData(
        subject="person", purpose="Een plaats vragen in een groep", retention="Met het account"
    )

    cohort = models.ForeignKey("lms.Cohort", on_delete=models.CASCADE, related_name="seat_requests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seat_requests"
    )
    state = models.CharField(
        max_length=12, choices=SeatRequestState.choices, default=SeatRequestState.WAITING
    )
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("cohort", "person"), condition=Q(state="waiting"), name="one_open_seat_request"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="seat_request_decided_at",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cohort_id}:{self.person_id}"


class WaitingEntry(models.Model):
    """A place in the queue of a full cohort. Purpose: offering seats in order. Retention: with the account.

    The order is that of `id`: who came first is offered first. An offer holds a seat until `offer_until`.
    """

    personal_data = PersonalData(
        subject="person", purpose="Wachten op een plaats in een groep", retention="Met het account"
    )

    cohort = models.ForeignKey("lms.Cohort", on_delete=models.CASCADE, related_name="waiting_entries")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="waiting_entries"
    )
    state = models.CharField(max_length=12, choices=WaitingState.choices, default=WaitingState.WAITING)
    joined_at = models.DateTimeField(default=timezone.now)
    offered_at = models.DateTimeField(null=True, blank=True)
    offer_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("cohort", "person"),
                condition=Q(state__in=("waiting", "offered")),
                name="one_open_waiting_entry",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_at__isnull=False, offer_until__isnull=False),
                name="waiting_offer_has_its_time",
            ),
        )
        indexes = (
            models.Index(
                fields=("cohort", "state"),
                condition=Q(state__in=("waiting", "offered")),
                name="waiting_entries_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cohort_id}:{self.person_id}"


class ListSeat(models.Model):
    """A seat, or a place in the queue, that somebody got by a list. Purpose: taking a whole list back.

    Retention: as long as its list.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Een lijst met mensen kunnen terugdraaien",
        retention="Met de lijst",
        on_erasure=OnErasure.DELETE,
    )

    list = models.ForeignKey("people.ImportBatch", on_delete=models.CASCADE, related_name="+")
    cohort = models.ForeignKey("lms.Cohort", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: Whether the seat began the course for this person too.
    made_enrolment = models.BooleanField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("list", "cohort", "person"), name="one_seat_per_list_and_person"),
        )

    def __str__(self) -> str:
        return f"{self.list_id}:{self.cohort_id}:{self.person_id}"
