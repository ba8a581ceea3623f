"""What presence brought, read from rows and dated rules each time: nothing is stored that could go stale."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from courses.api import CourseGrant, get_outline, grants_of_courses
from lms.domain.point_rules import Gain, RegisterFacts, Standing, amount_for, module_amount, standing
from lms.domain.presence_rules import Stay, double_counted
from lms.domain.queries.meetings import meeting_facts
from lms.domain.queries.presence import presence_of, rule_facts
from lms.models import Attendance, Enrolment, RegisterCycle, RegisterRule, SessionApproval
from people.api import own_profession


@dataclass(frozen=True, slots=True)
class Credit:
    """One presence that counts: the row behind it and the minutes that count."""

    attendance: Attendance
    minutes: int


@dataclass(frozen=True, slots=True)
class RegisterStanding:
    """A register of somebody's profession and where they stand."""

    rule: RegisterFacts
    standing: Standing
    starts_on: date | None


@dataclass(frozen=True, slots=True)
class PointsPage:
    """All of it for one person. `hours` of permanent education this year: meetings, and courses that count as such."""

    profession: str
    registers: tuple[RegisterStanding, ...]
    meeting_hours: Decimal
    course_hours: Decimal


def facts_of(row: RegisterRule) -> RegisterFacts:
    """A stored rule, for the pure rules."""
    return RegisterFacts(
        key=row.key,
        name=row.name,
        unit=row.unit,
        amount=row.amount,
        period_years=row.period_years,
        needs_approval=row.needs_approval,
        max_per_hour=row.max_per_hour,
        max_module_hours=row.max_module_hours,
        ethics_per_year=row.ethics_per_year,
        peer_reviews_per_year=row.peer_reviews_per_year,
        keep_proof_years=row.keep_proof_years,
        is_verified=row.is_verified,
        note=row.note,
    )


def credits(rows: Iterable[Any]) -> list[Credit]:
    """The presences that count, of rows with their session and `rule`. No query. Nobody counts in two rooms at once."""
    stays = defaultdict(list)
    found = []
    for row in rows:
        session = row.session
        stays[row.person_id].append(
            Stay(row.pk, row.arrived_at or session.starts_at, row.left_at or session.ends_at)
        )
        found.append(row)
    twice = {ref for one in stays.values() for ref in double_counted(one)}
    counted = [Credit(row, presence_of(row, row.rule).credited) for row in found if row.pk not in twice]
    return [one for one in counted if one.minutes]


def present_rows() -> Any:
    """Rows that count and say present, with session and rule; of sessions that were not called off."""
    return (
        Attendance.objects.present()
        .filter(session__cancelled_at=None)
        .select_related("session__cohort__course")
        .annotate(rule=rule_facts("session__"))
        .order_by("session__starts_at", "pk")
    )


def points_page(person_id: int) -> PointsPage:
    """Everything for the person's own page. Eight queries at most, whatever the number of presences."""
    today, now = timezone.localdate(), timezone.now()
    profession = own_profession(person_id)
    stored = list(RegisterRule.objects.filter(profession__key=profession).order_by("name", "valid_from"))
    rules: dict[str, list[RegisterRule]] = defaultdict(list)
    for row in stored:
        rules[row.key].append(row)
    cycles = dict(RegisterCycle.objects.filter(person_id=person_id).values_list("register", "starts_on"))
    mine = credits(present_rows().filter(person_id=person_id, session__ends_at__lte=now))
    approvals = _approvals({one.attendance.session_id for one in mine})
    completed = list(
        Enrolment.objects.current()
        .filter(person_id=person_id, completed_at__isnull=False)
        .order_by("completed_at")
    )
    granted = grants_of_courses({row.course_id for row in completed}) if completed else {}
    meetings = [fact for fact in meeting_facts([person_id]).get(person_id, ()) if fact.confirmed]
    reviews = [
        Gain(fact.held_on, fact.group_name, Decimal(0), is_peer_review=True, ref=f"m{fact.presence_id}")
        for fact in meetings
    ]
    registers = []
    for key, versions in rules.items():
        in_force = [row for row in versions if _holds(row, today)]
        if not in_force:
            continue
        gains = [*reviews] if in_force[-1].peer_reviews_per_year else []
        for one in mine:
            gain = _session_gain(one, versions, approvals.get((one.attendance.session_id, key)))
            if gain is not None:
                gains.append(gain)
        approved = {
            one.attendance.session.cohort_id for one in mine if (one.attendance.session_id, key) in approvals
        }
        for done in completed:
            if done.cohort_id not in approved:
                gains.extend(_course_gains(done, versions, granted.get(done.course_id, ()), profession))
        rule = facts_of(in_force[-1])
        starts_on = cycles.get(key)
        registers.append(
            RegisterStanding(rule, standing(rule, gains, starts_on=starts_on, on=today), starts_on)
        )
    year = [fact.hours for fact in meetings if fact.held_on.year == today.year]
    courses = [
        get_outline(row.version_id).permanent_education_hours
        for row in completed
        if row.completed_at and timezone.localdate(row.completed_at).year == today.year
    ]
    return PointsPage(profession, tuple(registers), sum(year, Decimal(0)), sum(courses, Decimal(0)))


def _approvals(session_ids: set[int]) -> dict[tuple[int, str], SessionApproval]:
    rows = SessionApproval.objects.filter(session_id__in=session_ids)
    return {(row.session_id, row.register): row for row in rows}


def _holds(row: RegisterRule, day: date) -> bool:
    return row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)


def rule_on(versions: Iterable[RegisterRule], day: date) -> RegisterFacts | None:
    """The version of a register's rule that held on a day."""
    held = [row for row in versions if _holds(row, day)]
    return facts_of(held[-1]) if held else None


def session_amount(credit: Credit, rule: RegisterFacts, approval: SessionApproval | None) -> Decimal:
    """What one presence brings under one rule."""
    session = credit.attendance.session
    return amount_for(
        rule,
        credited=credit.minutes,
        minutes=session.minutes,
        approved=approval.amount if approval else None,
    )


def _session_gain(
    credit: Credit, versions: list[RegisterRule], approval: SessionApproval | None
) -> Gain | None:
    session = credit.attendance.session
    day = timezone.localdate(session.starts_at)
    rule = rule_on(versions, day)
    amount = session_amount(credit, rule, approval) if rule else Decimal(0)
    if not amount:
        return None
    return Gain(
        day,
        f"{session.cohort.course.title}: {session.title}",
        amount,
        is_ethics=bool(approval and approval.is_ethics),
        is_peer_review=bool(approval and approval.is_peer_review),
        ref=f"s{credit.attendance.pk}",
    )


def _course_gains(
    row: Enrolment, versions: list[RegisterRule], granted: Iterable[CourseGrant], profession: str
) -> list[Gain]:
    if row.completed_at is None:
        return []
    day = timezone.localdate(row.completed_at)
    rule = rule_on(versions, day)
    if rule is None:
        return []
    outline = get_outline(row.version_id)
    return [
        Gain(
            day, f"{outline.title} ({one.scheme})", module_amount(rule, granted=one.points), ref=f"c{row.pk}"
        )
        for one in granted
        if one.profession == profession and one.holds_on(day)
    ]
