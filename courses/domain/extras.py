"""What higher floors add to the course pages: dates of cohorts, and where a signed-in person stands.

The floors above register here in AppConfig.ready; this floor never imports them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CohortDate:
    """A dated edition of a course.

    `region` is the slug of a reference region or empty; `places_left` is None when there is no limit.
    """

    cohort_id: int
    title: str
    starts_on: date
    ends_on: date | None = None
    place: str = ""
    region: str = ""
    region_name: str = ""
    places_left: int | None = None


@dataclass(frozen=True, slots=True)
class PersonState:
    """Where a signed-in person stands in a course: what the button says and where it leads."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewFigures:
    """What people who finished a course think of it: the average of scores from 1 to 5."""

    people: int
    average: float


CourseReviews = Callable[[int], ReviewFigures | None]
CourseExtras = Callable[[Sequence[int]], Mapping[int, Sequence[CohortDate]]]
PersonStates = Callable[[int, int], PersonState | None]

_extras: list[CourseExtras] = []
_person_states: list[PersonStates] = []
_reviews: list[CourseReviews] = []


def register_course_extras(source: CourseExtras) -> None:
    """Name who knows coming cohorts: a callable from course page ids to cohorts, in a fixed number of queries."""
    if source not in _extras:
        _extras.append(source)


def register_person_state(source: PersonStates) -> None:
    """Name who knows where a person stands: a callable (person id, course page id) -> PersonState or None."""
    if source not in _person_states:
        _person_states.append(source)


def register_course_reviews(source: CourseReviews) -> None:
    """Name who knows reviews: a callable from a course page id to figures, or None while there are too few."""
    if source not in _reviews:
        _reviews.append(source)


def course_reviews(course_id: int) -> ReviewFigures | None:
    """What people think of a course, or None when nobody says."""
    return next((found for source in _reviews if (found := source(course_id)) is not None), None)


def cohort_dates(course_ids: Sequence[int]) -> dict[int, tuple[CohortDate, ...]]:
    """Coming cohorts of each course, earliest first."""
    found: dict[int, list[CohortDate]] = {course_id: [] for course_id in course_ids}
    for source in _extras:
        for course_id, cohorts in source(course_ids).items():
            found.setdefault(course_id, []).extend(cohorts)
    return {
        course_id: tuple(sorted(cohorts, key=lambda cohort: (cohort.starts_on, cohort.title)))
        for course_id, cohorts in found.items()
    }


def person_state(person_id: int, course_id: int) -> PersonState | None:
    """Where a person stands in a course, or None when nobody knows of a start."""
    for source in _person_states:
        state = source(person_id, course_id)
        if state is not None:
            return state
    return None
