"""What a professional tells about themselves, and what of it may be public."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.api import PersonalData
from people.models.fields import EncryptedTextField


class ProfessionalProfile(models.Model):
    """Purpose: training, recognition and the listing. Retention: with the account.

    Every `public_*` switch is a consent per field; all are off until the professional turns them on.
    """

    personal_data = PersonalData(
        subject="user",
        purpose="Opleiding, erkenning en het zorgaanbod",
        retention="Met het account",
    )

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    profession = models.ForeignKey(
        "people.Profession", on_delete=models.PROTECT, null=True, blank=True, related_name="profiles"
    )
    base_degrees = models.ManyToManyField("people.BaseDegree", blank=True, related_name="profiles")
    employer = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="profiles"
    )
    region = models.ForeignKey(
        "people.ReferenceRegion", on_delete=models.PROTECT, null=True, blank=True, related_name="profiles"
    )
    zone = models.ForeignKey(
        "people.PrimaryCareZone", on_delete=models.PROTECT, null=True, blank=True, related_name="profiles"
    )
    riziv_number = EncryptedTextField(_("RIZIV-nummer"), blank=True, default="")
    languages = models.JSONField(_("talen"), default=list)
    phone = models.CharField(_("telefoon voor gezinnen"), max_length=30, blank=True)
    public_email = models.EmailField(_("e-mailadres voor gezinnen"), blank=True)
    offer = models.CharField(_("wat je aanbiedt"), max_length=400, blank=True)
    has_lived_experience = models.BooleanField(_("ervaringsdeskundigheid"), default=False)
    public_listing = models.BooleanField(_("toon mij in het zorgaanbod"), default=False)
    #: Also for the lists of others (stream, API, webhooks). Counts only together with `public_listing`.
    public_feed = models.BooleanField(
        _("geef mijn vermelding door aan andere lijsten"), default=False, db_default=False
    )
    public_contact = models.BooleanField(_("toon mijn contactgegevens"), default=False)
    public_employer = models.BooleanField(_("toon mijn organisatie"), default=False)
    public_languages = models.BooleanField(_("toon mijn talen"), default=False)
    public_region = models.BooleanField(_("toon mijn regio"), default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("profiel")

    def __str__(self) -> str:
        return f"profile:{self.pk}"
