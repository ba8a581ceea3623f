"""What people did to a recognition, and what must still happen. History for ever: nothing here is overwritten."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.enums_committee import TransitionKind


class RecognitionTransition(models.Model):
    """One step in the life of a recognition. Append-only.

    Purpose: every status can be explained years later. Retention: for ever, as the recognition. `text` is what the
    person was told in the letter. `version` is that of the recognition after the step, so that two people who do
    something at once cannot both succeed.
    """

    recognition = models.ForeignKey(
        "accreditation.Recognition", on_delete=models.PROTECT, related_name="transitions"
    )
    kind = models.CharField(max_length=14, choices=TransitionKind.choices)
    version = models.PositiveIntegerField()
    reason = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    #: Last day of the recognition or of the suspension after the step, where the step moves it.
    until = models.DateField(null=True, blank=True)

    class Meta:
        #: By id, not by moment: a clock that jumps changes no order.
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("recognition", "version"),
                condition=~Q(kind__in=["heard", "kept", "condition_met"]),
                name="one_transition_per_version",
            ),
        )

    def __str__(self) -> str:
        return f"{self.recognition_id}:{self.kind}"


class Hearing(models.Model):
    """The right to be heard before a recognition is withdrawn. At most one is open per recognition.

    Purpose: a fair withdrawal. Retention: with the recognition. What the person answers is never changed (trigger).
    """

    recognition = models.ForeignKey(
        "accreditation.Recognition", on_delete=models.PROTECT, related_name="hearings"
    )
    ground = models.CharField(max_length=12)
    reason = models.TextField(_("waarom"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    respond_by = models.DateField()
    response = models.TextField(_("jouw antwoord"), blank=True)
    responded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("recognition",), condition=Q(closed_at=None), name="one_open_hearing"
            ),
            models.CheckConstraint(
                condition=Q(responded_at=None, response="")
                | (Q(responded_at__isnull=False) & ~Q(response="")),
                name="hearing_response_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(closed_at__isnull=False), name="withdrawn_hearing_is_closed"
            ),
        )

    def __str__(self) -> str:
        return f"hearing:{self.pk}"


class Condition(models.Model):
    """Something that must be in order by a day, under a decision that granted with conditions.

    Purpose: a second chance with a date. Retention: with the decision. Words and day never change (trigger).
    """

    decision = models.ForeignKey(
        "accreditation.Decision", on_delete=models.PROTECT, related_name="conditions"
    )
    position = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(_("voorwaarde"), max_length=300)
    due_on = models.DateField(_("ten laatste op"))
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("decision_id", "position")
        constraints = (
            models.UniqueConstraint(fields=("decision", "position"), name="condition_place_in_decision"),
            models.CheckConstraint(
                condition=Q(met_at=None, met_by=None) | Q(met_at__isnull=False, met_by__isnull=False),
                name="met_condition_says_by_whom",
            ),
        )

    def __str__(self) -> str:
        return f"condition:{self.pk}"
