from django.db import models
from django.db.models import Q
from django.utils import timezone

from ledger.api import OnErasure, PersonalData
from lms.models.enrolment import Enrolment


class CheckAttempt(models.Model):
    """One try at a knowledge check: answers as they come in, and the mark once it was handed in.

    Purpose: show the learner what went well. Retention: with the enrolment.
    """

    personal_data = PersonalData(
        subject="enrolment__person",
        purpose="Een kennistoets afleggen",
        retention="Met het account",
        on_erasure=OnErasure.BLANK,
        why_kept="De uitslag hoort bij het getuigschrift",
        blanked={"answers": {}},
    )

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="check_attempts")
    check_id = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    #: {question id: answer}, an answer as courses.api.clean_answer gives it; of a case {step id: [choice id]}.
    answers = models.JSONField(default=dict)
    #: Ids of the questions that this attempt asks, in their order; empty means all.
    drawn = models.JSONField(default=list)
    started_at = models.DateTimeField(default=timezone.now)
    #: Until when answers count; None where the check has no time limit.
    deadline = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum = models.PositiveSmallIntegerField(null=True, blank=True)
    #: Score out of 100, rounded down to a whole number.
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    passed = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("enrolment", "check_id", "number"), name="lms_attempt_number"),
            models.UniqueConstraint(
                fields=("enrolment", "check_id"), condition=Q(submitted_at=None), name="lms_one_open_attempt"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, percent=None, passed=False)
                | Q(submitted_at__isnull=False, percent__isnull=False),
                name="lms_attempt_marked_when_submitted",
            ),
        )

    def __str__(self) -> str:
        return f"{self.check_id} {self.number}"

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None
