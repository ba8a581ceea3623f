"""What a draft of the criteria would do, worked out over everybody, before anybody approves it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accreditation.enums import WhatIfStatus, WhatIfVerdict
from ledger.api import PersonalData

#: A run that gave no sign of life for so long has stopped: its process is gone.
SILENCE = timedelta(seconds=90)


class WhatIfRun(models.Model):
    """One run of a draft over everybody, beside the version it would replace. Counts; who it is about lies beside it.

    `revision`: of the draft when the run began; a later one is no longer what was counted.
    """

    version = models.ForeignKey(
        "accreditation.CriteriaVersion", on_delete=models.CASCADE, related_name="what_if_runs"
    )
    revision = models.PositiveIntegerField()
    base = models.ForeignKey("accreditation.CriteriaVersion", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    status = models.CharField(max_length=8, choices=WhatIfStatus.choices, default=WhatIfStatus.WAITING)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    #: See domain/what_if_counts.py for its form.
    summary = models.JSONField(default=dict)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("version",),
                condition=Q(status__in=("waiting", "running")),
                name="one_what_if_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"what_if:{self.pk}"

    @property
    def is_busy(self) -> bool:
        """Whether it waits or runs, and gave a sign of life not long ago."""
        return (
            self.status
            in (
                WhatIfStatus.WAITING,
                WhatIfStatus.RUNNING,
            )
            and self.beat_at > timezone.now() - SILENCE
        )

    @property
    def percent(self) -> int:
        """How far it is."""
        return self.done * 100 // self.total if self.total else 0


class WhatIfChange(models.Model):
    """Somebody for whom the draft makes a difference.

    Purpose: the office sees who a change touches. Retention: until the next run of the same draft, or its end.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Nagaan wat nieuwe criteria doen",
        retention="Met de proef",
        moves=False,
    )

    run = models.ForeignKey(WhatIfRun, on_delete=models.CASCADE, related_name="changes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=6, choices=WhatIfVerdict.choices)
    profession = models.ForeignKey("people.Profession", on_delete=models.CASCADE, null=True, related_name="+")
    region = models.ForeignKey(
        "people.ReferenceRegion", on_delete=models.CASCADE, null=True, related_name="+"
    )
    is_recognised = models.BooleanField(default=False)
    has_dossier = models.BooleanField(default=False)
    #: Ids of the criteria that make the difference.
    criterion_ids = models.JSONField(default=list)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("run", "person"), name="what_if_once_per_person"),)

    def __str__(self) -> str:
        return f"{self.run_id}:{self.person_id}"
