"""Plans of programmes: the question, its versions, the searches, and what was published."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.enums import PlanOrigin, PlanRunState


class ProgrammePlan(models.Model):
    """Planning of one programme. `question` is a mapping as `lms.domain.planning.reading` takes it; people are ids."""

    name = models.CharField(_("naam"), max_length=160)
    question = models.JSONField()
    #: Part of the question -> course page that its cohorts belong to.
    courses = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("plan van een programma")

    def __str__(self) -> str:
        return self.name


class PlanVersion(models.Model):
    """One answer, never changed: what a search found or a hand moved, with the question it answers."""

    plan = models.ForeignKey(ProgrammePlan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=10, choices=PlanOrigin.choices)
    question = models.JSONField()
    result = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="plan_version_number_once"),)

    def __str__(self) -> str:
        return f"{self.plan_id}:{self.number}"


class PlanRun(models.Model):
    """One search. `seen_at` moves on while it lives; `best` is the best plan so far, until it is kept as `version`."""

    plan = models.ForeignKey(ProgrammePlan, on_delete=models.CASCADE, related_name="runs")
    base = models.ForeignKey(PlanVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=PlanRunState.choices, default=PlanRunState.WAITING)
    step = models.CharField(max_length=12, blank=True)
    seconds = models.PositiveIntegerField(default=60)
    cost = models.PositiveIntegerField(null=True, blank=True)
    bound = models.PositiveIntegerField(null=True, blank=True)
    best = models.JSONField(null=True, blank=True)
    #: How often a better plan was found: a page that waits draws only what it has not yet.
    better = models.PositiveIntegerField(default=0)
    version = models.ForeignKey(
        PlanVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    obstacles = models.JSONField(default=list)
    stop_requested = models.BooleanField(default=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    seen_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("plan",),
                condition=Q(state__in=["waiting", "running"]),
                name="one_open_run_per_plan",
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id}:{self.state}"


class PublishedGroup(models.Model):
    """The cohort that a group of a plan became: one, however often somebody publishes."""

    plan = models.ForeignKey(ProgrammePlan, on_delete=models.CASCADE, related_name="published_groups")
    key = models.CharField(max_length=200)
    cohort = models.OneToOneField("lms.Cohort", on_delete=models.PROTECT, related_name="published_group")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "key"), name="group_published_once"),)

    def __str__(self) -> str:
        return f"{self.plan_id}:{self.key}"
