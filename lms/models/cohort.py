"""A dated edition of a course with its members."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.enums import EnrolmentWay
from lms.models.session import SessionTrainer


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Reads of cohorts."""

    def manageable_by(self, user_id: int) -> "CohortQuerySet":
        """Cohorts that a trainer started or leads a session of."""
        led = SessionTrainer.objects.filter(trainer=user_id).values("session__cohort")
        return self.filter(Q(created_by_id=user_id) | Q(pk__in=led))

    def running_or_coming(self) -> "CohortQuerySet":
        """Cohorts that are not over today."""
        return self.filter(ends_on__gte=timezone.localdate())


class Cohort(models.Model):
    """Who follows a course together, from when to when. Its members are the enrolments that point at it."""

    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("cursus")
    )
    name = models.CharField(_("naam van de groep"), max_length=120)
    region = models.ForeignKey(
        "people.ReferenceRegion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cohorts",
        verbose_name=_("regio"),
    )
    capacity = models.PositiveSmallIntegerField(_("aantal plaatsen"), default=20)
    price = models.DecimalField(
        _("prijs in euro"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Laat leeg voor de prijs van de cursus."),
    )
    starts_on = models.DateField(_("eerste dag"))
    ends_on = models.DateField(_("laatste dag"))
    is_public = models.BooleanField(_("staat in de agenda"), default=True)
    way = models.CharField(
        _("hoe schrijft men zich in?"), max_length=10, choices=EnrolmentWay.choices, default=EnrolmentWay.OPEN
    )
    #: Compared without regard to case and spaces; only for the way "code".
    code = models.CharField(_("code"), max_length=40, blank=True)
    #: The team whose newcomers are trained in house by a colleague; None for all other groups.
    team = models.ForeignKey(
        "people.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="in_house_cohorts",
    )
    #: Whose members have a seat; only for the way "team".
    for_team = models.ForeignKey(
        "people.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cohorts",
        verbose_name=_("team"),
    )
    withdraw_until = models.DateField(
        _("uitschrijven kan tot en met"),
        null=True,
        blank=True,
        help_text=_("Laat leeg: tot de dag voor de eerste bijeenkomst."),
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("uren om te antwoorden op een aangeboden plaats"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(336)],
    )
    preparation = models.TextField(_("voorbereiding"), max_length=2000, blank=True)
    costs = models.CharField(_("wat is inbegrepen?"), max_length=200, blank=True)
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="copies"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "id")
        verbose_name = _("groep")
        verbose_name_plural = _("groepen")
        constraints = (
            models.CheckConstraint(
                condition=~Q(way=EnrolmentWay.TEAM) | Q(for_team__isnull=False),
                name="cohort_of_a_team_has_it",
            ),
            models.CheckConstraint(
                condition=~Q(way=EnrolmentWay.CODE) | ~Q(code=""), name="cohort_with_code_has_it"
            ),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="cohort_capacity_above_zero"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="cohort_ends_on_or_after_start"
            ),
        )

    def __str__(self) -> str:
        return self.name
