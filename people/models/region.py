"""Where people work: province > reference region > primary care zone, dated."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import NetworkTarget


class Province(models.Model):
    """A province, or Brussels."""

    name = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ReferenceRegion(models.Model):
    """One of the fifteen reference regions; its province where that is known for the whole region."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, null=True, blank=True, related_name="regions"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("referentieregio")

    def __str__(self) -> str:
        return self.name


class PrimaryCareZone(models.Model):
    """An eerstelijnszone. The official list with its regions is loaded when the network supplies it."""

    name = models.CharField(max_length=80, unique=True)
    region = models.ForeignKey(
        ReferenceRegion, on_delete=models.PROTECT, null=True, blank=True, related_name="zones"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("eerstelijnszone")

    def __str__(self) -> str:
        return self.name


class MentalHealthNetwork(models.Model):
    """A mental-health network, for adults or for children and young people."""

    name = models.CharField(max_length=80, unique=True)
    target = models.CharField(max_length=24, choices=NetworkTarget.choices)

    class Meta:
        ordering = ("target", "name")

    def __str__(self) -> str:
        return self.name
