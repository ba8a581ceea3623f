"""Professions and the base degrees that count for criterion 1."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import DegreePriority


class Profession(models.Model):
    """A professional group that a course or handout addresses."""

    key = models.SlugField(unique=True)
    name = models.CharField(_("naam"), max_length=120, unique=True)
    has_riziv = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "name")
        verbose_name = _("beroepsgroep")
        verbose_name_plural = _("beroepsgroepen")

    def __str__(self) -> str:
        return self.name


class BaseDegree(models.Model):
    """A row of the network's table of recognised degrees, dated because the table will change."""

    name = models.CharField(_("naam"), max_length=200, unique=True)
    levels = models.CharField(_("niveau"), max_length=80)
    priority = models.CharField(max_length=12, choices=DegreePriority.choices)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("priority", "id")
        verbose_name = _("basisopleiding")
        verbose_name_plural = _("basisopleidingen")

    def __str__(self) -> str:
        return f"{self.name} ({self.levels})"
