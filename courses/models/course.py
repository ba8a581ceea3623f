"""The catalogue and the course: public pages."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from courses.blocks import GoalStreamBlock
from courses.domain.facts import CompletionRule
from courses.domain.rich_text import EDITOR_FEATURES, SHORT_FEATURES, clean_stored
from courses.enums import CourseForm, Level
from courses.forms.course import CourseForm as CourseAdminForm


class CourseIndexPage(Page):
    """The catalogue, `/cursussen/`."""

    lead = models.CharField(_("inleiding"), max_length=300, blank=True)

    template = "courses/course_index_page.html"
    subpage_types = ("courses.CoursePage",)
    max_count = 1
    content_panels = (*Page.content_panels, FieldPanel("lead"))

    class Meta:
        verbose_name = _("cursusoverzicht")
        verbose_name_plural = _("cursusoverzichten")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The courses that fit the filters in the address."""
        from courses.views.catalogue import catalogue_context

        return {**super().get_context(request, *args, **kwargs), **catalogue_context(self, request)}


class CoursePage(Page):
    """A course: its facts, its programme, its completion rule. Modules lie below it."""

    subtitle = models.CharField(_("ondertitel"), max_length=200, blank=True)
    summary = models.TextField(
        _("samenvatting"), max_length=600, blank=True, help_text=_("Eén of twee zinnen.")
    )
    audience = models.TextField(_("voor wie"), max_length=1500, blank=True)
    professions = ParentalManyToManyField(
        "people.Profession", blank=True, related_name="+", verbose_name=_("beroepsgroepen")
    )
    level = models.CharField(_("niveau"), max_length=12, choices=Level.choices, default=Level.ORIENTATION)
    form = models.CharField(_("vorm"), max_length=10, choices=CourseForm.choices, default=CourseForm.ONLINE)
    minutes = models.PositiveIntegerField(
        _("minuten online"),
        default=0,
        help_text=_("Laat 0 staan om de minuten van de modules op te tellen."),
    )
    days = models.DecimalField(_("dagen samen"), max_digits=4, decimal_places=1, default=0)
    region = models.ForeignKey(
        "people.ReferenceRegion",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("regio"),
        help_text=_("Alleen voor een cursus die maar in één regio loopt."),
    )
    illustration = models.SlugField(
        _("tekening"), max_length=40, blank=True, help_text=_("Naam van een tekening van de stijlpagina.")
    )
    goals = StreamField(GoalStreamBlock(), verbose_name=_("wat je zult kunnen"), blank=True)
    programme = RichTextField(_("programma"), features=EDITOR_FEATURES, blank=True)
    materials = RichTextField(_("meebrengen en bronnen"), features=SHORT_FEATURES, blank=True)
    made_by = models.CharField(_("gemaakt door"), max_length=200, blank=True)
    reviewed_on = models.DateField(_("nagekeken op"), null=True, blank=True)
    review_due = models.DateField(_("na te kijken voor"), null=True, blank=True)
    complete_lessons = models.BooleanField(_("alle lessen doorlopen"), default=True)
    complete_checks = models.BooleanField(_("voor alle toetsen slagen"), default=True)
    complete_activities = models.BooleanField(
        _("alle oefeningen (leerpakketten) afwerken"),
        default=False,
        help_text=_(
            "De browser van de deelnemer meldt dat. Voor uren die tellen voor een erkenning is er ook een toets of "
            "een bijeenkomst nodig."
        ),
    )
    complete_reflections = models.PositiveSmallIntegerField(_("aantal reflecties"), default=0)
    complete_attendance = models.PositiveSmallIntegerField(
        _("aanwezigheid (%)"), default=0, validators=[MaxValueValidator(100)]
    )
    prerequisites = ParentalManyToManyField(
        "courses.CoursePage",
        blank=True,
        symmetrical=False,
        related_name="leads_to",
        verbose_name=_("eerst te volgen"),
        help_text=_("Wie deze cursus wil volgen, rondde eerst deze cursussen af, of volgt ze al."),
    )
    price = models.DecimalField(
        _("prijs in euro"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Laat leeg als de cursus niets kost. Een groep kan een eigen prijs hebben."),
    )
    continued_training_hours = models.DecimalField(
        _("uren voortgezette opleiding"), max_digits=5, decimal_places=2, default=0
    )
    permanent_education_hours = models.DecimalField(
        _("uren permanente vorming"), max_digits=5, decimal_places=2, default=0
    )

    template = "courses/course_page.html"
    base_form_class = CourseAdminForm
    parent_page_types = ("courses.CourseIndexPage",)
    subpage_types = ("courses.ModulePage",)
    search_fields = (
        *Page.search_fields,
        index.SearchField("subtitle"),
        index.SearchField("summary"),
        index.SearchField("audience"),
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldPanel("subtitle"),
                    FieldPanel("summary"),
                    FieldPanel("audience"),
                    FieldPanel("goals"),
                    FieldPanel("programme"),
                    FieldPanel("materials"),
                ],
                heading=_("Inhoud"),
            ),
            ObjectList(
                [
                    HelpPanel(template="courses/panels/version_help.html"),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("level"), FieldPanel("form")]),
                            FieldRowPanel([FieldPanel("minutes"), FieldPanel("days")]),
                            FieldRowPanel([FieldPanel("region"), FieldPanel("illustration")]),
                            FieldPanel("professions"),
                            FieldPanel("prerequisites"),
                            FieldPanel("price"),
                        ],
                        heading=_("In het overzicht"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("complete_lessons"), FieldPanel("complete_checks")]),
                            FieldPanel("complete_activities"),
                            FieldRowPanel(
                                [FieldPanel("complete_reflections"), FieldPanel("complete_attendance")]
                            ),
                        ],
                        heading=_("Wanneer is de cursus afgewerkt?"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel(
                                [
                                    FieldPanel("continued_training_hours"),
                                    FieldPanel("permanent_education_hours"),
                                ]
                            )
                        ],
                        heading=_("Uren voor de erkenning"),
                    ),
                    InlinePanel(
                        "accreditations", heading=_("Accreditatiepunten per beroep"), label=_("Accreditatie")
                    ),
                    MultiFieldPanel(
                        [
                            FieldPanel("made_by"),
                            FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_due")]),
                        ],
                        heading=_("Makers en nazicht"),
                    ),
                ],
                heading=_("Gegevens"),
            ),
            ObjectList(
                [
                    HelpPanel(
                        _(
                            "Draaiboek en bladen voor een cursusdag. Begeleiders vinden ze bij hun groep, "
                            "en drukken ze af. Deelnemers zien ze hier niet."
                        )
                    ),
                    InlinePanel("trainer_sheets", heading=_("Bladen"), label=_("Blad")),
                ],
                heading=_("Voor begeleiders"),
            ),
            ObjectList(Page.promote_panels, heading=_("Adres en zoekmachines")),
        ]
    )

    class Meta:
        verbose_name = _("cursus")
        verbose_name_plural = _("cursussen")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(complete_attendance__lte=100), name="attendance_is_a_percentage"
            ),
        )

    @property
    def rule(self) -> CompletionRule:
        """What finishes this course, as the page says now."""
        return CompletionRule(
            lessons=self.complete_lessons,
            checks=self.complete_checks,
            attendance_share=self.complete_attendance,
            reflections=self.complete_reflections,
            activities=self.complete_activities,
        )

    def clean(self) -> None:
        """Rich text passes the allow-list, whatever the editor sent."""
        super().clean()
        self.programme = clean_stored(self.programme or "")
        self.materials = clean_stored(self.materials or "")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Everything that the public course page shows."""
        from courses.views.course import course_context

        return {**super().get_context(request, *args, **kwargs), **course_context(self, request)}
