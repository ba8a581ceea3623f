"""Short addresses for paper: a QR code that a phone reads from across the room, to a page that may move."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, PageChooserPanel
from wagtail.models import Page


class ShortLink(models.Model):
    """`/q/<slug>` leads to a page of the site, wherever that page stands then, or to an address within the site."""

    slug = models.CharField(
        _("korte naam"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"\A[a-z0-9]+(-[a-z0-9]+)*\Z",
                _("Gebruik kleine letters, cijfers en koppeltekens: opendeur-2027."),
            )
        ],
        help_text=_(
            "Wordt deel van het adres en van de QR-code. Gedrukt blijft gedrukt: verander ze later niet."
        ),
    )
    page = models.ForeignKey(
        Page, verbose_name=_("pagina"), on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    address = models.CharField(
        _("of een adres op deze site"),
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"\A/(?![/\\])[^\s\\]*\Z", _("Begin met één schuine streep: /agenda/"))],
        help_text=_("Voor wat geen pagina is, zoals /agenda/."),
    )

    panels = [
        FieldPanel("slug"),
        PageChooserPanel("page"),
        FieldPanel("address"),
        HelpPanel(template="cms/admin/short_link_code.html"),
    ]

    class Meta:
        verbose_name = _("QR-link")
        verbose_name_plural = _("QR-links")
        ordering = ("slug",)
        constraints = (
            models.CheckConstraint(
                condition=Q(page__isnull=False, address="") | (Q(page__isnull=True) & ~Q(address="")),
                name="short_link_leads_to_one_place",
            ),
        )

    def __str__(self) -> str:
        return f"/q/{self.slug}"

    @admin.display(description=_("Leidt naar"))
    def leads_to(self) -> str:
        """The page's title or the address, for the list."""
        return str(self.page.title) if self.page else self.address

    def clean(self) -> None:
        """One place to lead to. Raises ValidationError."""
        super().clean()
        if bool(self.page_id) == bool(self.address):
            raise ValidationError(
                {"address": _("Kies een pagina, of vul een adres in. Niet allebei, en niet geen van beide.")}
            )
