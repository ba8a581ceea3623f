"""What a course asks before somebody may start: another course first, and a price."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from courses.models import CoursePage

FREE = Decimal(0)


@dataclass(frozen=True, slots=True)
class CourseTerms:
    """`price` in euro, for everybody who starts; `after`: slugs of courses that come first."""

    price: Decimal = FREE
    after: tuple[str, ...] = ()


def course_terms() -> dict[str, CourseTerms]:
    """Terms of every course, by slug; also of courses that are offline now. Two queries."""
    after: dict[str, list[str]] = defaultdict(list)
    through = CoursePage.prerequisites.through.objects.order_by("id")
    for slug, earlier in through.values_list("from_coursepage__slug", "to_coursepage__slug"):
        after[slug].append(earlier)
    prices = CoursePage.objects.values_list("slug", "price")
    return {slug: CourseTerms(price or FREE, tuple(sorted(after[slug]))) for slug, price in prices}


def prerequisites_of(course_id: int) -> tuple[tuple[int, str], ...]:
    """Courses that come before this one and can still be followed: page id and title. One query."""
    earlier = CoursePage.objects.live().filter(leads_to__pk=course_id).order_by("title")
    return tuple(earlier.values_list("pk", "title"))


def would_be_circular(course_id: int, chosen: list[int]) -> tuple[str, ...]:
    """Titles of chosen courses that themselves, step by step, ask this course first. One query."""
    links: dict[int, list[int]] = defaultdict(list)
    through = CoursePage.prerequisites.through.objects
    for course, earlier in through.values_list("from_coursepage_id", "to_coursepage_id"):
        links[course].append(earlier)
    links[course_id] = []
    bad = []
    for one in chosen:
        ahead, seen = [one], set()
        while ahead:
            here = ahead.pop()
            if here == course_id:
                bad.append(one)
                break
            if here not in seen:
                seen.add(here)
                ahead.extend(links[here])
    if not bad:
        return ()
    return tuple(CoursePage.objects.filter(pk__in=bad).order_by("title").values_list("title", flat=True))
