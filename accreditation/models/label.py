"""Quality labels such as BFHI: of organisations here, of professionals as evidence that was verified."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LabelScheme(models.Model):
    """A label that somebody can hold; data, because the network adds others."""

    key = models.SlugField(unique=True)
    name = models.CharField(_("naam"), max_length=120, unique=True)
    issuer = models.CharField(_("wie reikt het uit"), max_length=160)
    about = models.CharField(_("waarover"), max_length=300)
    for_people = models.BooleanField(default=True)
    for_organisations = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class OrganisationLabel(models.Model):
    """A label that an organisation holds over a period. Ended by date, or taken back with a reason; never deleted."""

    scheme = models.ForeignKey(LabelScheme, on_delete=models.PROTECT, related_name="organisation_labels")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="labels")
    valid_from = models.DateField(_("geldig van"))
    valid_until = models.DateField(_("geldig tot en met"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("organisation", "scheme", "-valid_from")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="label_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=("scheme", "organisation", "valid_from"),
                condition=Q(ended_at=None),
                name="label_once_per_organisation_and_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ended_reason="")),
                name="ended_label_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id}:{self.scheme_id}"
