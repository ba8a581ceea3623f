"""What the public course page shows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import timezone

from courses.domain.extras import CohortDate, PersonState, cohort_dates, course_reviews, person_state
from courses.domain.facts import Outline, Source, rule_sentences
from courses.domain.queries.catalogue import COURSES_PATH, latest_version_id
from courses.domain.queries.versions import get_lesson, get_outline
from courses.enums import CourseForm
from people.api import own_profession

if TYPE_CHECKING:
    from courses.models import CoursePage


@dataclass(frozen=True, slots=True)
class Entrance:
    """How a visitor gets in. `sign_in_url` for anonymous visitors, `enrol_url` for a POST of signed-in ones."""

    is_open: bool
    needs_date: bool
    enrol_url: str
    sign_in_url: str
    sign_up_url: str
    state: PersonState | None


def course_context(page: "CoursePage", request: HttpRequest) -> dict[str, Any]:
    """The page, its newest version and the coming dates; the same for every anonymous visitor."""
    version_id = latest_version_id(page.pk) if page.pk else None
    outline = get_outline(version_id) if version_id else None
    cohorts = cohort_dates([page.pk])[page.pk] if page.pk else ()
    return {
        "outline": outline,
        "rule_sentences": outline.rule_sentences if outline else rule_sentences(page.rule),
        "goals": outline.goals if outline else tuple(str(child.value) for child in page.goals),
        "minutes": outline.minutes if outline else page.minutes,
        "professions": [profession.name for profession in page.professions.all()],
        "cohorts": cohorts,
        "sources": _sources(outline),
        "entrance": _entrance(page, request, outline, cohorts),
        "accreditations": _accreditations(page, request),
        "reviews": course_reviews(page.pk) if page.pk else None,
        "review_is_due": page.review_due is not None and page.review_due < timezone.localdate(),
    }


def _entrance(
    page: "CoursePage", request: HttpRequest, outline: Outline | None, cohorts: tuple[CohortDate, ...]
) -> Entrance:
    url = f"{COURSES_PATH}{page.slug}/"
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    back = urlencode({"next": url})
    needs_date = page.form != CourseForm.ONLINE
    return Entrance(
        is_open=outline is not None and (bool(cohorts) or not needs_date),
        needs_date=needs_date,
        enrol_url=f"{url}inschrijven/",
        sign_in_url=f"{resolve_url(settings.LOGIN_URL)}?{back}",
        sign_up_url=f"{resolve_url('account_signup')}?{back}",
        state=person_state(user.pk, page.pk) if signed_in and user is not None and page.pk else None,
    )


@dataclass(frozen=True, slots=True)
class Points:
    """Accreditation points for one profession; `is_mine` when the visitor has it."""

    profession: str
    scheme: str
    points: Decimal
    until: date | None
    is_mine: bool


def _accreditations(page: "CoursePage", request: HttpRequest) -> list[Points]:
    """What holds today, the visitor's own profession first. One query, two for somebody who is signed in."""
    today = timezone.localdate()
    rows = page.accreditations.select_related("profession") if page.pk else ()
    held = [row for row in rows if row.holds_on(today)]
    user = getattr(request, "user", None)
    mine = own_profession(user.pk) if held and user is not None and user.is_authenticated else ""
    found = [
        Points(
            profession=row.profession.name,
            scheme=row.scheme,
            points=row.points.normalize(),
            until=row.valid_until,
            is_mine=row.profession.key == mine,
        )
        for row in held
    ]
    return sorted(found, key=lambda points: not points.is_mine)


def _sources(outline: Outline | None) -> list[Source]:
    """The sources of all lessons, each once, by title."""
    if outline is None:
        return []
    found = {
        source for lesson in outline.lessons for source in get_lesson(outline.version_id, lesson.slug).sources
    }
    return sorted(found, key=lambda source: (source.title.casefold(), source.year or 0))
