"""Organisations and teams."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.api import PersonalData
from people.enums import OrganisationKind, TeamKind


class Organisation(models.Model):
    """An employer or partner."""

    name = models.CharField(_("naam"), max_length=160, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices, default=OrganisationKind.OTHER)
    region = models.ForeignKey(
        "people.ReferenceRegion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
    )
    zone = models.ForeignKey(
        "people.PrimaryCareZone",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
    )
    kbo_unit = models.CharField(_("vestigingsnummer KBO"), max_length=10, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("organisatie")

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People who work together in one organisation, such as a mobile crisis team."""

    name = models.CharField(_("naam"), max_length=160, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=TeamKind.choices, default=TeamKind.OTHER)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    network = models.ForeignKey(
        "people.MentalHealthNetwork", on_delete=models.PROTECT, null=True, blank=True, related_name="teams"
    )

    #: The team it went up in, and since when.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="absorbed"
    )
    ended_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(ended_on__isnull=False), name="merged_team_has_ended"
            ),
        )

    def __str__(self) -> str:
        return self.name


class TeamMembership(models.Model):
    """Who belongs to a team, and who coordinates it, over a period."""

    personal_data = PersonalData(
        subject="user",
        purpose="Wie in welk team werkt",
        retention="Met het account",
    )

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="team_memberships"
    )
    is_coordinator = models.BooleanField(default=False)
    valid_from = models.DateField(default=timezone.localdate)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("team", "user"), condition=Q(valid_until=None), name="one_open_membership_per_team"
            ),
        )

    def __str__(self) -> str:
        return f"{self.team_id}:{self.user_id}"
