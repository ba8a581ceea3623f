"""A plan becomes real: cohorts, sessions and invitations, made once however often somebody publishes."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.api import courses_by_ids
from ledger.api import record_audit, ref
from lms.domain.cohorts import CohortPlan, create_cohort
from lms.domain.duty import fix_meeting, owe
from lms.domain.enrolment import enrol
from lms.domain.plan_question import gone_since
from lms.domain.planning.checking import broken_rules
from lms.domain.planning.plan import Plan, PlannedGroup
from lms.domain.planning.problem import Part, Problem, days_of
from lms.domain.plans import loaded, newest
from lms.domain.sessions import SessionPlan, plan_session
from lms.exceptions import CohortError, LmsError, PlanError
from lms.models import Cohort, PlanVersion, ProgrammePlan, PublishedGroup
from people.api import ReferenceRegion, User, queue_mail

#: When sessions begin and end; a hand can change them in the cohort afterwards.
HOURS = {0: (time(9, 0), time(12, 30)), 1: (time(13, 0), time(16, 30))}
WHOLE_DAY = (time(9, 0), time(16, 30))


@dataclass(frozen=True, kw_only=True)
class Published:
    """What publishing did: cohorts, invitations, people who left, and what did not work (sentences)."""

    cohorts: int
    invited: int
    gone: int
    problems: tuple[str, ...]


def publish_plan(*, version_id: int, actor: User) -> Published:
    """Make the cohorts and sessions of a version and invite its people. Twice is once, also half-way.

    Raises PlanError: outdated, broken (rules), past (a group would begin before today), clashes (with what is planned
    already; groups before it stand and are not made again). Who left is not invited; what
    fails for one person is told and does not hold up the others.
    """
    version = PlanVersion.objects.select_related("plan").get(pk=version_id)
    if version.plan.published_at is None:
        _check_publishable(version)
    problem, plan = loaded(version)
    gone = gone_since(version.plan)
    courses = courses_by_ids(set(version.plan.courses.values()))
    cohorts = []
    for group in plan.groups:
        try:
            cohorts.append(_publish_group(version.plan, problem, group, actor=actor))
        except CohortError as error:
            raise PlanError(
                "clashes",
                _(
                    "%(part)s, groep %(number)s: %(why)s Verplaats die groep in het plan, en publiceer dan opnieuw."
                )
                % {"part": problem.part[group.part].name, "number": group.number, "why": error.message},
            ) from error
    problems: list[str] = []
    dates: dict[str, list[str]] = {}
    for group, cohort in zip(plan.groups, cohorts, strict=True):
        course = courses[version.plan.courses[group.part]]
        people = {str(one.pk): one for one in User.objects.filter(pk__in=[int(one) for one in group.people])}
        for person_id in group.people:
            if person_id in gone:
                continue
            try:
                enrol(person=people[person_id], course_slug=course.slug, cohort_id=cohort.pk)
            except LmsError as error:
                problems.append(f"{people[person_id].get_full_name()}, {cohort.name}: {error.message}")
            else:
                dates.setdefault(person_id, []).append(cohort.name)
    _invite(version.plan, dates)
    problems.extend(_fix_meetings(problem, plan, gone))
    ProgrammePlan.objects.filter(pk=version.plan_id, published_at=None).update(published_at=timezone.now())
    record_audit(
        verb="plan.published",
        subject=ref(version.plan),
        actor=actor,
        data={"version": version.number, "cohorts": len(cohorts), "invited": len(dates)},
    )
    return Published(cohorts=len(cohorts), invited=len(dates), gone=len(gone), problems=tuple(problems))


def _check_publishable(version: PlanVersion) -> None:
    with transaction.atomic():
        newest(version.pk)
    problem, plan = loaded(version)
    rules = [rule for rule in broken_rules(problem, plan) if rule.code != "meeting_missing"]
    if rules:
        raise PlanError(
            "broken",
            _("Dit plan breekt nog een regel: %(rule)s Verplaats die groep eerst.")
            % {"rule": rules[0].message},
        )
    if any(group.start <= timezone.localdate() for group in plan.groups):
        raise PlanError(
            "past", _("Een groep zou al begonnen zijn. Bereken het plan opnieuw met latere dagen.")
        )


@transaction.atomic
def _publish_group(plan: ProgrammePlan, problem: Problem, group: PlannedGroup, *, actor: User) -> Cohort:
    """The cohort of a group with its sessions: made once."""
    ProgrammePlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    known = PublishedGroup.objects.filter(plan=plan, key=group.key).select_related("cohort").first()
    if known is not None:
        return known.cohort
    part, room = problem.part[group.part], problem.room[group.room]
    days = days_of(part, group.start)
    region = ReferenceRegion.objects.filter(name=room.region).first()
    cohort = create_cohort(
        actor=actor,
        plan=CohortPlan(
            course_id=plan.courses[group.part],
            name=f"{plan.name}: {part.name} {group.number}"[:120],
            region_id=region.pk if region else None,
            capacity=max(part.max_group, len(group.people)),
            starts_on=days[0],
            ends_on=days[-1],
            is_public=False,
        ),
    )
    for number, day in enumerate(days, 1):
        begins, ends = hours_of(part, group.half)
        plan_session(
            cohort_id=cohort.pk,
            actor=actor,
            plan=SessionPlan(
                title=part.name
                if len(days) == 1
                else _("%(part)s, dag %(number)s") % {"part": part.name, "number": number},
                starts_at=_at(day, begins),
                ends_at=_at(day, ends),
                trainer_ids=tuple(int(one) for one in group.trainers),
                place=f"{room.name}, {room.region}"[:200],
            ),
        )
    PublishedGroup.objects.create(plan=plan, key=group.key, cohort=cohort)
    return cohort


def _title(part: Part, number: int) -> str:
    if len(part.offsets) == 1:
        return part.name
    return _("%(part)s, dag %(number)s") % {"part": part.name, "number": number}


def hours_of(part: Part, half: int) -> tuple[time, time]:
    """When a day of a group begins and ends."""
    return HOURS[half] if part.half_days == 1 else WHOLE_DAY


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def _invite(plan: ProgrammePlan, dates: dict[str, list[str]]) -> None:
    """One mail a person with all groups; a repeat of publishing sends none twice."""
    for person_id, names in dates.items():
        context: dict[str, Any] = {"plan": plan.name, "groups": names, "path": "/mijn/agenda/"}
        queue_mail(
            to_user_id=int(person_id),
            template="lms/email/plan_invitation",
            context=context,
            key=f"plan:{plan.pk}:invitation:{person_id}",
        )


def _fix_meetings(problem: Problem, answer: Plan, gone: frozenset[str]) -> list[str]:
    """The planned intervision of every team becomes what the team owes, with its expert; sentences where it cannot.

    Who is in the team and the expert hear it. A team that arranged a day meanwhile keeps that day.
    """
    problems: list[str] = []
    last: dict[str, date] = {}
    for group in answer.groups:
        day = days_of(problem.part[group.part], group.start)[-1]
        for person_id in group.people:
            team_id = problem.person[person_id].team
            last[team_id] = max(day, last.get(team_id, day))
    for meeting in answer.meetings:
        team = problem.team[meeting.team]
        if meeting.expert in gone:
            problems.append(_("Geen expert voor %(team)s: die is er niet meer.") % {"team": team.name})
            continue
        row = owe(team_id=int(meeting.team), months=meeting.months, anchor=last[meeting.team])
        if row.meeting_id is not None:
            continue
        try:
            fix_meeting(
                obligation_id=row.pk,
                day=meeting.day,
                half=meeting.half,
                expert_id=int(meeting.expert),
                actor=None,
                checked=True,
            )
        except LmsError as error:
            problems.append(f"{team.name}: {error.message}")
    return problems
