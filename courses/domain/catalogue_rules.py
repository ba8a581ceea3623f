"""Which courses fit the filters of the catalogue. Pure: no database, no request."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.domain.extras import CohortDate
from courses.domain.facts import CourseSummary
from courses.enums import CourseForm, Level


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course as the catalogue shows it."""

    course: CourseSummary
    professions: tuple[str, ...]
    region: str
    cohorts: tuple[CohortDate, ...]
    region_name: str = ""

    @property
    def level_label(self) -> str:
        """The level in words."""
        return str(Level(self.course.level).label)

    @property
    def form_label(self) -> str:
        """The form in words, as the start of a line."""
        return str(CourseForm(self.course.form).label).capitalize()

    @property
    def illustration(self) -> str:
        """The course's drawing, or the general one."""
        return self.course.illustration or "learn"

    @property
    def regions(self) -> frozenset[str]:
        """Slugs of the regions where one can follow it together."""
        return frozenset(self.region_names)

    @property
    def region_names(self) -> dict[str, str]:
        """The same regions with their names."""
        own = {self.region: self.region_name} if self.region else {}
        return own | {cohort.region: cohort.region_name for cohort in self.cohorts if cohort.region}


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """What a visitor chose; an empty text means everything."""

    profession: str = ""
    level: str = ""
    form: str = ""
    region: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen."""
        return not any((self.profession, self.level, self.form, self.region))


def fits(card: CourseCard, chosen: CatalogueFilter) -> bool:
    """Whether a course fits every filter. A region keeps what happens there and what is online everywhere."""
    course = card.course
    if chosen.profession and chosen.profession not in course.profession_keys:
        return False
    if chosen.level and chosen.level != course.level:
        return False
    if chosen.form and chosen.form != course.form:
        return False
    return not chosen.region or course.form == CourseForm.ONLINE or chosen.region in card.regions


def fitting(cards: Iterable[CourseCard], chosen: CatalogueFilter) -> list[CourseCard]:
    """The courses that fit, in the order they came."""
    return [card for card in cards if fits(card, chosen)]
