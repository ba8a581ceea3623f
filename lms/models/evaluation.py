"""What participants thought of a session: who answered and what was answered are kept apart."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.api import OnErasure, PersonalData


class EvaluationForm(models.Model):
    """Questions that can be asked after a session; never changed once used.

    `questions`: key, kind (likert, open, nps) and text.
    """

    name = models.CharField(_("naam"), max_length=120, unique=True)
    questions = models.JSONField(default=list)
    is_active = models.BooleanField(_("in gebruik"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Evaluation(models.Model):
    """A form that is asked about one session, from its end until `closes_at`."""

    session = models.OneToOneField("lms.Session", on_delete=models.PROTECT, related_name="evaluation")
    form = models.ForeignKey(EvaluationForm, on_delete=models.PROTECT, related_name="evaluations")
    closes_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"evaluation:{self.pk}"


class EvaluationVoice(models.Model):
    """That somebody answered, not what. Purpose: one answer each. Retention: with the account."""

    personal_data = PersonalData(
        subject="person",
        purpose="Eén antwoord per persoon op een evaluatie",
        retention="Met het account",
        on_erasure=OnErasure.DELETE,
    )

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="voices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("evaluation", "person"), name="one_voice_per_evaluation"),
        )

    def __str__(self) -> str:
        return f"{self.evaluation_id}:{self.person_id}"


class EvaluationAnswer(models.Model):
    """What somebody answered, with nothing that leads to them: no person, no moment, a random key.

    `is_released`: answers are shown in batches of five at least, so that nobody can subtract two readings.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="answers")
    answers = models.JSONField(default=dict)
    is_released = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"answer:{self.pk}"
