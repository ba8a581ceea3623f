"""What the catalogue page shows: cards, and filters that offer only what there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courses.domain.catalogue_rules import CatalogueFilter, CourseCard, fitting
from courses.domain.extras import cohort_dates
from courses.domain.queries.catalogue import live_courses, summary_of
from courses.enums import CourseForm, Level

if TYPE_CHECKING:
    from courses.models import CourseIndexPage

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FilterField:
    """One select box of the filter form."""

    name: str
    label: Any
    all_label: Any
    choices: Choices
    chosen: str


def catalogue_context(page: "CourseIndexPage", request: HttpRequest) -> dict[str, Any]:
    """Cards, filters and counts. Three queries and those of the registered sources, for any number of courses."""
    cards, professions = _cards()
    fields = _fields(request, cards, professions)
    chosen = CatalogueFilter(*(field.chosen for field in fields))
    return {"cards": fitting(cards, chosen), "fields": fields, "chosen": chosen, "total": len(cards)}


def _cards() -> tuple[list[CourseCard], dict[str, str]]:
    """Every published course, and the names of the professions that they address."""
    pages = list(live_courses().select_related("region"))
    cohorts = cohort_dates([page.pk for page in pages])
    names: dict[str, str] = {}
    cards = []
    for page in pages:
        own = {profession.key: profession.name for profession in page.professions.all()}
        names |= own
        cards.append(
            CourseCard(
                course=summary_of(page),
                professions=tuple(own.values()),
                region=page.region.slug if page.region else "",
                cohorts=cohorts[page.pk],
                region_name=page.region.name if page.region else "",
            )
        )
    return cards, names


def _fields(request: HttpRequest, cards: list[CourseCard], professions: dict[str, str]) -> list[FilterField]:
    """The filters; a value that is not offered counts as no choice."""
    levels = {card.course.level for card in cards}
    forms = {card.course.form for card in cards}
    offered: list[tuple[str, Any, Any, Choices]] = [
        ("beroep", _("Beroep"), _("Alle beroepen"), sorted(professions.items(), key=_by_label)),
        ("niveau", _("Niveau"), _("Alle niveaus"), _used(Level.choices, levels)),
        ("vorm", _("Vorm"), _("Alle vormen"), _used(CourseForm.choices, forms)),
        ("regio", _("Regio"), _("Heel Vlaanderen"), _regions(cards)),
    ]
    return [
        FilterField(name, label, all_label, choices, _chosen(request, name, choices))
        for name, label, all_label, choices in offered
    ]


def _chosen(request: HttpRequest, name: str, choices: Choices) -> str:
    value = request.GET.get(name, "")
    return value if value in {key for key, _label in choices} else ""


def _used(choices: Iterable[tuple[str, Any]], used: set[str]) -> Choices:
    return [(key, str(label).capitalize()) for key, label in choices if key in used]


def _regions(cards: list[CourseCard]) -> Choices:
    found: dict[str, str] = {}
    for card in cards:
        found |= card.region_names
    return sorted(found.items(), key=_by_label)


def _by_label(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
