"""The reading desk: a reader's own notes, the rubric of the day, and what goes with an opinion."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ledger.api import OnErasure, PersonalData


class Rubric(models.Model):
    """Lines to score where a criterion needs judgement, from a date on. The latest that has begun is in force.

    `lines`: list of {criterion, key, title, steps: four texts from 0 to 3, when: "always" or "elsewhere"}.
    """

    valid_from = models.DateField(unique=True)
    lines = models.JSONField(default=list)

    class Meta:
        ordering = ("-valid_from",)

    def __str__(self) -> str:
        return f"{self.valid_from}"


class ReadingDraft(models.Model):
    """What a reader notes while reading: nobody else ever sees it.

    Purpose: reading in more than one go. Retention: until the dossier is decided; it may be emptied by its reader.
    """

    assignment = models.OneToOneField(
        "accreditation.ReaderAssignment", on_delete=models.CASCADE, related_name="draft"
    )
    #: Note per criterion id.
    notes = models.JSONField(default=dict)
    #: Ids of the criteria that the reader went through.
    checked = models.JSONField(default=list)
    #: Score (0 to 3) per line of the rubric.
    scores = models.JSONField(default=dict)
    #: The opinion as far as it was typed.
    typed = models.JSONField(default=dict)
    updated_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"draft:{self.assignment_id}"


class OpinionDetail(models.Model):
    """Scores and proposed conditions that go with an opinion. Append-only."""

    opinion = models.OneToOneField("accreditation.Opinion", on_delete=models.PROTECT, related_name="detail")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    scores = models.JSONField(default=dict)
    #: List of {text, due_on}.
    conditions = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"detail:{self.opinion_id}"


class TieQuestion(models.Model):
    """A hint that a member may know the applicant, asked before that member judges. Answered once.

    Purpose: fair judgement. Retention: with the dossier.
    """

    personal_data = PersonalData(
        subject="member",
        purpose="Eerlijk oordelen",
        retention="Met het dossier",
        on_erasure=OnErasure.KEEP,
        why_kept="De beslissing moet kunnen worden nagekeken",
        moves=False,
    )

    dossier = models.ForeignKey(
        "accreditation.Dossier", on_delete=models.PROTECT, related_name="tie_questions"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tie_questions"
    )
    hint = models.CharField(max_length=12)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("dossier", "member", "hint"), name="tie_question_once"),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id}:{self.member_id}:{self.hint}"


class Absence(models.Model):
    """Days on which a member gets no new dossiers. Both days count."""

    personal_data = PersonalData(
        subject="member",
        purpose="Lezers inplannen",
        retention="Met het account",
        moves=False,
    )

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("first_day", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_start"
            ),
            models.UniqueConstraint(fields=("member", "first_day", "last_day"), name="absence_once"),
        )

    def __str__(self) -> str:
        return f"{self.first_day} - {self.last_day}"


class ReadingLimit(models.Model):
    """How many dossiers a member wants to read at the same time at most."""

    personal_data = PersonalData(
        subject="member",
        purpose="Werk verdelen onder lezers",
        retention="Met het account",
        moves=False,
    )

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading_limit"
    )
    at_most = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(at_most__lte=50), name="reading_limit_at_most_50"),)

    def __str__(self) -> str:
        return f"{self.at_most}"
