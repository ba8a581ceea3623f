"""The words, logo and signatories of a kind of certificate: edited in the back office, kept per version."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from accreditation.enums import CertificateKind

TEMPLATE_LANGUAGES = (("nl", _("Nederlands")), ("fr", _("Frans")), ("en", _("Engels")))


class CertificateTemplate(PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """What the network wants on a kind of certificate. Publishing it freezes a new version; drafts change nothing."""

    kind = models.CharField(_("soort"), max_length=12, choices=CertificateKind.choices)
    language = models.CharField(_("taal"), max_length=2, choices=TEMPLATE_LANGUAGES, default="nl")
    heading = models.CharField(_("kop"), max_length=60)
    says = models.CharField(
        _("voor de naam"), max_length=90, help_text=_("Bijvoorbeeld: Nestwerk verklaart dat")
    )
    does = models.CharField(
        _("na de naam"), max_length=90, help_text=_("Bijvoorbeeld: deze opleiding heeft afgerond:")
    )
    motto = models.CharField(_("zin onder het logo"), max_length=90, blank=True)
    signatory_1 = models.CharField(_("wie tekent"), max_length=40, blank=True)
    function_1 = models.CharField(_("functie"), max_length=50, blank=True)
    signatory_2 = models.CharField(_("wie tekent mee"), max_length=40, blank=True)
    function_2 = models.CharField(_("functie"), max_length=50, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Een beeld met doorzichtige of witte rand; het komt links te staan, 48 mm breed."),
    )

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
        MultiFieldPanel(
            [FieldPanel("heading"), FieldPanel("says"), FieldPanel("does"), FieldPanel("motto")],
            heading=_("Teksten"),
            help_text=_("Je mag {naam}, {titel} en {nummer} gebruiken; die vullen we in."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("signatory_1"), FieldPanel("function_1")]),
                FieldRowPanel([FieldPanel("signatory_2"), FieldPanel("function_2")]),
            ],
            heading=_("Wie tekent"),
        ),
        FieldPanel("logo"),
    ]

    class Meta:
        verbose_name = _("sjabloon van een getuigschrift")
        verbose_name_plural = _("sjablonen van getuigschriften")
        ordering = ("kind", "language")
        constraints = (
            models.UniqueConstraint(fields=("kind", "language"), name="one_template_per_kind_and_language"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_language_display()})"

    def clean(self) -> None:
        """Only the placeholders that are filled in; a function goes with a name."""
        from accreditation.domain.certificate_templates import unknown_placeholders

        problems: dict[str, Any] = {}
        for name in ("heading", "says", "does", "motto"):
            if unknown := unknown_placeholders(getattr(self, name)):
                problems[name] = _("%s kennen we niet. Gebruik {naam}, {titel} of {nummer}.") % ", ".join(
                    unknown
                )
        for number in ("1", "2"):
            if getattr(self, f"function_{number}") and not getattr(self, f"signatory_{number}"):
                problems[f"signatory_{number}"] = _("Zet er ook een naam bij, of laat de functie leeg.")
        if problems:
            raise ValidationError(problems)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The paper with invented facts, as the editor types."""
        from accreditation.views.certificate_preview import preview

        return preview(self)


class TemplateVersion(models.Model):
    """The words as they were when published. Append-only: a certificate pins one for ever."""

    template = models.ForeignKey(CertificateTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    #: Language, texts, signatories and the logo as data URI.
    words = models.JSONField()
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("template_id", "number")
        constraints = (models.UniqueConstraint(fields=("template", "number"), name="template_version_once"),)

    def __str__(self) -> str:
        return f"{self.template_id} versie {self.number}"
