"""A building where sessions are held: how to get there, and who can get in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Location(models.Model):
    """Shared by all cohorts. `map_url` leads to a map of somebody else's: a link, never a frame in our page."""

    name = models.CharField(_("naam"), max_length=120, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    street = models.CharField(_("straat en nummer"), max_length=120)
    postcode = models.CharField(_("postcode"), max_length=4)
    municipality = models.CharField(_("gemeente"), max_length=80)
    map_url = models.URLField(_("link naar de kaart"), max_length=500, blank=True)
    step_free = models.BooleanField(_("zonder trappen bereikbaar"), default=False)
    accessible_toilet = models.BooleanField(_("aangepast toilet"), default=False)
    hearing_loop = models.BooleanField(_("ringleiding"), default=False)
    lactation_room = models.BooleanField(_("plek om te kolven of te voeden"), default=False)
    accessibility = models.TextField(_("toegankelijkheid in woorden"), max_length=1000, blank=True)
    public_transport = models.TextField(_("met het openbaar vervoer"), max_length=1000, blank=True)
    parking = models.TextField(_("met de fiets of de auto"), max_length=1000, blank=True)
    is_active = models.BooleanField(_("in gebruik"), default=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("locatie")
        verbose_name_plural = _("locaties")

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Street and municipality on one line."""
        return f"{self.street}, {self.postcode} {self.municipality}"
