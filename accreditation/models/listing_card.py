"""What a professional tells for the list of care: what they offer, and where they practise."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.api import PersonalData


class ListingCard(models.Model):
    """What somebody offers, by keys of the vocabulary. Shown wherever the person consents to be listed."""

    personal_data = PersonalData(
        subject="person",
        purpose="Vermelding in het zorgaanbod: wat iemand aanbiedt",
        retention="Met het account",
    )

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="listing_card"
    )
    offers = models.JSONField(default=list)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"listing_card:{self.pk}"


class PracticePlace(models.Model):
    """A place where somebody sees families. Each switch is a consent; all are off until the person turns them on.

    `kbo_unit` and `sociale_kaart_id` are match keys: partners' servers may ask about them, nobody is shown them.
    """

    personal_data = PersonalData(
        subject="person",
        purpose="Vermelding in het zorgaanbod: praktijkplaatsen",
        retention="Met het account",
    )

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_places"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("naam van de plek"), max_length=120)
    street = models.CharField(_("straat en nummer"), max_length=120, blank=True)
    postal_code = models.CharField(_("postcode"), max_length=4, blank=True)
    municipality = models.CharField(_("gemeente"), max_length=80)
    region = models.ForeignKey(
        "people.ReferenceRegion", on_delete=models.PROTECT, related_name="+", verbose_name=_("regio")
    )
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    website = models.URLField(_("website"), blank=True, max_length=200)
    kbo_unit = models.CharField(_("vestigingsnummer KBO"), max_length=10, blank=True, db_index=True)
    sociale_kaart_id = models.CharField(
        _("nummer in de Sociale Kaart"), max_length=40, blank=True, db_index=True
    )
    is_listed = models.BooleanField(_("toon deze plek"), default=False)
    show_address = models.BooleanField(_("toon straat en nummer"), default=False)
    show_contact = models.BooleanField(_("toon telefoon, e-mail en website"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("created_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_listed=True) | Q(show_address=False, show_contact=False),
                name="hidden_place_shows_nothing",
            ),
        )

    def __str__(self) -> str:
        return f"practice_place:{self.pk}"


class ListingWords(models.Model):
    """The words under which a listed person is found; made from what the person shows, and from nothing else."""

    personal_data = PersonalData(
        subject="person",
        purpose="Gevonden worden in het zorgaanbod",
        retention="Zolang iemand vermeld is",
        moves=False,
    )

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="listing_words"
    )
    words = models.TextField()

    def __str__(self) -> str:
        return f"listing_words:{self.pk}"
