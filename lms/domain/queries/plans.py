"""A plan as the screen shows it: groups with names, a calendar of weeks, meetings, figures, differences."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.domain.planning.checking import BrokenRule, broken_rules
from lms.domain.planning.plan import Plan, PlannedGroup, trainer_half_days
from lms.domain.planning.problem import Problem, days_of


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group in words. `number` of its part colours it (1, 2, 3 …); `half` "" for whole days."""

    key: str
    part: str
    part_number: int
    days: tuple[date, ...]
    half: str
    room: str
    region: str
    trainers: tuple[str, ...]
    size: int
    teams: int
    pinned: bool
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the calendar with what happens."""

    day: date
    is_open: bool
    groups: tuple[GroupLine, ...]


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """A week, Monday to Friday (or what the question allows)."""

    monday: date
    days: tuple[CalendarDay, ...]


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """Intervision of a team."""

    team: str
    months: int
    due: date
    day: date
    half: int
    expert: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything of one version."""

    groups: tuple[GroupLine, ...]
    weeks: tuple[CalendarWeek, ...]
    meetings: tuple[MeetingLine, ...]
    rules: tuple[BrokenRule, ...]
    trainer_days: float
    people: int
    cost: int
    bound: int
    gap_percent: float
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact about a group in words, and whether the other version says something else."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What differs for one group between two versions; no facts where the group is not there."""

    key: str
    before: tuple[Fact, ...]
    after: tuple[Fact, ...]


def view_plan(problem: Problem, plan: Plan) -> PlanView:
    """A version for the screen; no query."""
    rules = broken_rules(problem, plan)
    lines = tuple(_line(problem, group, rules) for group in plan.groups)
    experts = {expert.id: expert.name for expert in problem.experts}
    return PlanView(
        groups=lines,
        weeks=_weeks(problem, lines),
        meetings=tuple(
            MeetingLine(
                team=problem.team[one.team].name,
                months=one.months,
                due=one.due,
                day=one.day,
                half=one.half,
                expert=experts[one.expert],
            )
            for one in plan.meetings
        ),
        rules=rules,
        trainer_days=trainer_half_days(problem, plan) / 2,
        people=len({person for group in plan.groups for person in group.people}),
        cost=plan.cost,
        bound=plan.bound,
        gap_percent=100 * plan.gap,
        is_proven=plan.is_proven,
    )


def _line(problem: Problem, group: PlannedGroup, rules: tuple[BrokenRule, ...]) -> GroupLine:
    part, room = problem.part[group.part], problem.room[group.room]
    return GroupLine(
        key=group.key,
        part=part.name,
        part_number=1 + next(place for place, one in enumerate(problem.parts) if one.id == part.id),
        days=days_of(part, group.start),
        half="" if part.half_days == 2 else str(group.half),
        room=room.name,
        region=room.region,
        trainers=tuple(problem.trainer[one].name for one in group.trainers),
        size=len(group.people),
        teams=len({problem.person[one].team for one in group.people}),
        pinned=any((pin.part, pin.group) == (group.part, group.number) for pin in problem.pins),
        broken=tuple(rule.message for rule in rules if group.key in rule.about),
    )


def _weeks(problem: Problem, lines: tuple[GroupLine, ...]) -> tuple[CalendarWeek, ...]:
    """Weeks from the first to the last group; those without a group stay in, so that time keeps its length."""
    by_day: dict[date, list[GroupLine]] = defaultdict(list)
    for line in lines:
        for day in line.days:
            by_day[day].append(line)
    if not by_day:
        return ()
    first, last = min(by_day), max(by_day)
    monday = first - timedelta(days=first.weekday())
    shown = sorted(problem.weekdays | {day.isoweekday() for day in by_day})
    weeks = []
    while monday <= last:
        days = [monday + timedelta(days=number - 1) for number in shown]
        weeks.append(
            CalendarWeek(
                monday=monday,
                days=tuple(
                    CalendarDay(
                        day=day,
                        is_open=problem.is_open(day),
                        groups=tuple(sorted(by_day[day], key=lambda one: (one.half, one.key))),
                    )
                    for day in days
                ),
            )
        )
        monday += timedelta(days=7)
    return tuple(weeks)


def differences(before: tuple[Problem, Plan], after: tuple[Problem, Plan]) -> tuple[Change, ...]:
    """Groups that are not the same in two versions, with day, room and trainers in words."""
    old, new = (
        {group.key: _texts(problem, group) for group in plan.groups} for problem, plan in (before, after)
    )
    return tuple(
        Change(
            key=key,
            before=_facts(old.get(key, ()), new.get(key, ())),
            after=_facts(new.get(key, ()), old.get(key, ())),
        )
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    )


def _facts(texts: tuple[str, ...], others: tuple[str, ...]) -> tuple[Fact, ...]:
    return tuple(Fact(text, text not in others) for text in texts)


def _texts(problem: Problem, group: PlannedGroup) -> tuple[str, ...]:
    part = problem.part[group.part]
    days = ", ".join(f"{day:%d/%m/%Y}" for day in days_of(part, group.start))
    half = "" if part.half_days == 2 else (_("namiddag") if group.half else _("voormiddag"))
    trainers = ", ".join(problem.trainer[one].name for one in group.trainers)
    people = ngettext("%(count)s persoon", "%(count)s mensen", len(group.people)) % {
        "count": len(group.people)
    }
    return tuple(filter(None, (days, half, problem.room[group.room].name, trainers, people)))
