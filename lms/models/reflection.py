from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ledger.api import PersonalData
from lms.models.enrolment import Enrolment


class Reflection(models.Model):
    """What a learner wrote for themselves. Nobody else reads it unless the learner shares it (ReflectionShare).

    Purpose: the learner's own thinking. Retention: until the learner clears it or is erased.
    """

    personal_data = PersonalData(
        subject="enrolment__person",
        purpose="Nadenken voor jezelf",
        retention="Met het account",
    )

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="reflections")
    lesson = models.CharField(max_length=255)
    reflection_id = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    #: Rises with every change, so that a second device cannot overwrite what it never saw.
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("enrolment", "reflection_id"), name="lms_reflection_once"),
        )

    def __str__(self) -> str:
        return self.reflection_id


class ReflectionShare(models.Model):
    """A copy of a reflection that a learner gave one of their trainers to read. Taken back, its text is gone.

    Purpose: a talk with the trainer. Retention: until the learner takes it back or is erased.
    """

    personal_data = PersonalData(
        subject="reflection__enrolment__person",
        purpose="Een reflectie delen met een trainer",
        retention="Met het account",
    )

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="shares")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: The question, so that the trainer knows what it answers.
    prompt = models.TextField()
    text = models.TextField(blank=True)
    shared_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("reflection", "trainer"), condition=Q(withdrawn_at=None), name="lms_shared_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(text=""), name="lms_taken_back_share_holds_no_text"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reflection_id}:{self.trainer_id}"
