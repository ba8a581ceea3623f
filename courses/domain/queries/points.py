"""Accreditation points of courses, for the floors above."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from courses.models import CourseAccreditation


@dataclass(frozen=True, slots=True)
class CoursePoints:
    """What finishing a course on a day brings one profession."""

    profession: str
    points: Decimal


def points_of_course(course_id: int, *, on: date) -> tuple[CoursePoints, ...]:
    """The points that hold on a day, by name of the profession. One query."""
    rows = CourseAccreditation.objects.filter(course_id=course_id).select_related("profession")
    held = [CoursePoints(row.profession.name, row.points.normalize()) for row in rows if row.holds_on(on)]
    return tuple(sorted(held, key=lambda each: (each.profession, each.points)))


@dataclass(frozen=True, slots=True)
class CourseGrant:
    """What a course brings a profession (its key) under a scheme, from a day until a day or without end."""

    profession: str
    scheme: str
    points: Decimal
    valid_from: date
    valid_until: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the points are granted to somebody who finishes on this day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def grants_of_courses(course_ids: Iterable[int]) -> dict[int, tuple[CourseGrant, ...]]:
    """Accreditation points of courses, by page id. One query."""
    found: dict[int, list[CourseGrant]] = defaultdict(list)
    rows = CourseAccreditation.objects.filter(course_id__in=set(course_ids)).order_by("pk")
    fields = ("course_id", "profession__key", "scheme", "points", "valid_from", "valid_until")
    for course_id, *facts in rows.values_list(*fields):
        found[course_id].append(CourseGrant(*facts))
    return {course_id: tuple(one) for course_id, one in found.items()}
