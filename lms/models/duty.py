"""The duty of a team: intervision with the whole team some months after its last training day."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ledger.api import OnErasure, PersonalData
from lms.enums import Half


def default_months() -> list[int]:
    """The months of the programme of the mobile crisis teams."""
    return [3, 6]


def default_team_kinds() -> list[str]:
    """The kinds of team (`people.enums.TeamKind`) that the programme addresses."""
    return ["mobile_crisis"]


class TeamDutyRule(models.Model):
    """What the network asks of teams from a date on. The latest that has begun is in force. Days unless said so."""

    valid_from = models.DateField(unique=True)
    months = models.JSONField(default=default_months)
    team_kinds = models.JSONField(default=default_team_kinds)
    #: Courses whose sessions train a team. None: groups that the programme planner published.
    courses = models.ManyToManyField("courses.CoursePage", blank=True, related_name="+")
    quorum_percent = models.PositiveSmallIntegerField(default=60)
    #: How far from the due day a meeting still is in time.
    tolerance_days = models.PositiveSmallIntegerField(default=21)
    meeting_minutes = models.PositiveSmallIntegerField(default=120)
    proposals = models.PositiveSmallIntegerField(default=3)
    #: How long before the due day dates are proposed, and members and the coordinator are reminded.
    propose_days = models.PositiveSmallIntegerField(default=45)
    member_days = models.PositiveSmallIntegerField(default=30)
    coordinator_days = models.PositiveSmallIntegerField(default=14)
    #: How long after the due day the network hears of it.
    network_days = models.PositiveSmallIntegerField(default=0)
    #: How long somebody is new: newcomers are welcome, and their absence is not counted.
    newcomer_days = models.PositiveSmallIntegerField(default=14)
    licence_years = models.PositiveSmallIntegerField(default=2)
    #: How often an in-house trainer teaches together with somebody before teaching alone.
    co_teachings = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("-valid_from",)
        constraints = (
            models.CheckConstraint(
                condition=Q(quorum_percent__gte=1, quorum_percent__lte=100), name="duty_quorum_percent"
            ),
            models.CheckConstraint(
                condition=Q(meeting_minutes__gte=15, meeting_minutes__lte=480), name="duty_meeting_minutes"
            ),
        )

    def __str__(self) -> str:
        return f"{self.months} ({self.valid_from})"


class TeamObligationQuerySet(models.QuerySet["TeamObligation"]):
    """Reads of obligations."""

    def open(self) -> "TeamObligationQuerySet":
        """Those that still bind a team."""
        return self.filter(ended_on=None)


class TeamObligation(models.Model):
    """One meeting that a team owes. Whether it is met, due or overdue is computed from dates and presence."""

    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="obligations")
    months = models.PositiveSmallIntegerField()
    #: The team's last training day.
    anchor_on = models.DateField()
    due_on = models.DateField()
    meeting = models.OneToOneField(
        "lms.Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="obligation"
    )
    created_at = models.DateTimeField(default=timezone.now)
    #: When it stopped binding, because the team went up in another one.
    ended_on = models.DateField(null=True, blank=True)

    objects = TeamObligationQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("team", "months"), condition=Q(ended_on=None), name="one_open_obligation_per_month"
            ),
        )

    def __str__(self) -> str:
        return f"{self.team_id}:{self.months}:{self.due_on}"


class DateProposal(models.Model):
    """A half day on which an expert could lead the meeting of a team."""

    personal_data = PersonalData(
        subject="expert",
        purpose="Een dag voorstellen voor intervisie van een team",
        retention="Tot het overleg vastligt",
        on_erasure=OnErasure.KEEP,
        why_kept="Een voorstel zonder naam verwijst naar een account zonder naam",
    )

    obligation = models.ForeignKey(TeamObligation, on_delete=models.CASCADE, related_name="proposals")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    half = models.PositiveSmallIntegerField(choices=Half.choices)
    proposed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("day", "half", "id")
        constraints = (
            models.UniqueConstraint(fields=("obligation", "day", "half"), name="proposal_once_per_half_day"),
        )

    def __str__(self) -> str:
        return f"{self.obligation_id}:{self.day}:{self.half}"

    def is_past(self, today: date) -> bool:
        """Whether the day is over or too near to choose."""
        return self.day <= today
