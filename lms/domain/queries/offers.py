"""What somebody can take part in from today: courses, cohorts with free seats, groups with places."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from courses.api import CourseForm, course_terms, list_courses
from lms.domain.intervision_rules import hours_of
from lms.domain.queries.cohorts import SEATS, held_seats
from lms.domain.queries.meetings import rule_on
from lms.enums import MeetingKind
from lms.models import Cohort, Enrolment, GroupJoinRequest, GroupMember, IntervisionGroup, Meeting


@dataclass(frozen=True, slots=True)
class CohortOffer:
    """A dated edition with a free seat. `price` in euro."""

    cohort_id: int
    name: str
    starts_on: date
    ends_on: date
    region_id: int | None
    region_name: str
    places_left: int
    price: Decimal


@dataclass(frozen=True, slots=True)
class CourseOffer:
    """A course somebody can follow: on their own at any moment (`is_open`), or with a cohort.

    `after`: slugs of courses that come first. `is_taken`: the person follows it already, `taken_until` until when.
    """

    slug: str
    title: str
    url: str
    level: str
    hours: Decimal
    minutes: int
    price: Decimal
    after: tuple[str, ...]
    is_open: bool
    cohorts: tuple[CohortOffer, ...]
    is_taken: bool = False
    taken_until: date | None = None


@dataclass(frozen=True, slots=True)
class ComingMeeting:
    """A planned meeting."""

    held_on: date
    hours: Decimal
    kind: str


@dataclass(frozen=True, slots=True)
class GroupOffer:
    """A group of peers: one's own, or one that welcomes newcomers and has places left."""

    group_id: int
    name: str
    region_id: int | None
    region_name: str
    places_left: int
    coming: tuple[ComingMeeting, ...]
    is_mine: bool = False
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """Everything on offer for one person. `completed`: slugs of courses that are done."""

    courses: tuple[CourseOffer, ...]
    groups: tuple[GroupOffer, ...]
    completed: frozenset[str]


def offers_for(person_id: int, *, on: date) -> Offers:
    """What there is for a person on a day. A fixed number of queries, however much is on offer."""
    mine = list(
        Enrolment.objects.current()
        .filter(person_id=person_id)
        .values_list("course_id", "course__slug", "completed_at", "cohort__ends_on")
    )
    taken = {course_id: ends_on for course_id, _slug, completed, ends_on in mine if completed is None}
    completed = frozenset(slug for _id, slug, done, _ends in mine if done is not None)
    terms = course_terms()
    cohorts = _cohorts(on)
    courses, live = [], list_courses()
    # A course that nobody can follow any more is asked of nobody: enrolling does not ask it either.
    known = {course.slug for course in live}
    for course in live:
        if course.version_id is None or course.slug in completed:
            continue
        term = terms[course.slug]
        courses.append(
            CourseOffer(
                slug=course.slug,
                title=course.title,
                url=course.url,
                level=course.level,
                hours=course.continued_training_hours,
                minutes=course.minutes,
                price=term.price,
                after=tuple(slug for slug in term.after if slug in known),
                is_open=course.form == CourseForm.ONLINE,
                cohorts=tuple(_priced(row, term.price) for row in cohorts.get(course.page_id, ())),
                is_taken=course.page_id in taken,
                taken_until=taken.get(course.page_id),
            )
        )
    return Offers(tuple(courses), _groups(person_id, on), completed)


def _cohorts(on: date) -> dict[int, list[Cohort]]:
    rows = Cohort.objects.filter(starts_on__gt=on, is_public=True).select_related("region")
    found: dict[int, list[Cohort]] = defaultdict(list)
    for row in rows.annotate(members=SEATS, held=held_seats()):
        if row.members + row.held < row.capacity:  # type: ignore[attr-defined]
            found[row.course_id].append(row)
    return found


def _priced(row: Cohort, price: Decimal) -> CohortOffer:
    return CohortOffer(
        cohort_id=row.pk,
        name=row.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        region_id=row.region_id,
        region_name=row.region.name if row.region else "",
        places_left=row.capacity - row.members - row.held,  # type: ignore[attr-defined]
        price=price if row.price is None else row.price,
    )


def _groups(person_id: int, on: date) -> tuple[GroupOffer, ...]:
    mine = set(GroupMember.objects.on(on).filter(person_id=person_id).values_list("group_id", flat=True))
    asked = set(
        GroupJoinRequest.objects.filter(person_id=person_id, decided_at=None).values_list(
            "group_id", flat=True
        )
    )
    present = Q(members__joined_on__lte=on) & (Q(members__left_on=None) | Q(members__left_on__gte=on))
    groups = IntervisionGroup.objects.filter(closed_on=None).filter(
        Q(pk__in=mine) | Q(open_since__isnull=False)
    )
    rows = list(groups.select_related("region").annotate(size=Count("members", filter=present)))
    most = rule_on(on).max_members
    coming: dict[int, list[ComingMeeting]] = defaultdict(list)
    meetings = Meeting.objects.filter(
        group_id__in=[row.pk for row in rows], held_on__gt=on, cancelled_at=None
    ).order_by("starts_at")
    for group_id, held_on, minutes, kind in meetings.values_list("group_id", "held_on", "minutes", "kind"):
        coming[group_id].append(ComingMeeting(held_on, hours_of(minutes), str(MeetingKind(kind).value)))
    return tuple(
        GroupOffer(
            group_id=row.pk,
            name=row.name,
            region_id=row.region_id,
            region_name=row.region.name if row.region else "",
            places_left=most - row.size,
            coming=tuple(coming[row.pk]),
            is_mine=row.pk in mine,
            is_asked=row.pk in asked,
        )
        for row in rows
        if row.pk in mine or row.size < most
    )
