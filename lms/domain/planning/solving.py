"""From a question to a plan: compose, set times, plan the meetings; report on the way and explain when it cannot be."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from lms.domain.planning.checking import broken_rules
from lms.domain.planning.composing import Composition, DraftGroup, compose
from lms.domain.planning.first_fit import first_fit
from lms.domain.planning.greedy import greedy_plan
from lms.domain.planning.meetings import plan_meetings
from lms.domain.planning.obstacles import Obstacle, clashing_rules, plain_obstacles
from lms.domain.planning.plan import Plan, PlannedGroup, last_days, travel_cost
from lms.domain.planning.problem import Problem
from lms.domain.planning.searching import OutOfTime
from lms.domain.planning.timing import set_times

#: Shares of the time for each step; what a step does not use goes to the next.
COMPOSE_SHARE, TIMES_SHARE = 0.25, 0.85
EXPLAIN_SECONDS = 5.0
MEETINGS_LEAST, MEETINGS_MOST = 5.0, 15.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the planner is: `step` is compose, times, meetings or explain; `plan` the best so far."""

    step: str
    share: float
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan, or the obstacles in its way; with neither, somebody stopped the search too early.

    A plan may carry obstacles too: meetings that found no day.
    """

    plan: Plan | None
    obstacles: tuple[Obstacle, ...] = ()


class _Clock:
    """Seconds that are left."""

    def __init__(self, seconds: float) -> None:
        self.started, self.seconds = time.monotonic(), seconds

    def until(self, share: float) -> float:
        """Seconds until that share of the time is used; at least a moment."""
        return max(0.5, self.started + self.seconds * share - time.monotonic())

    @property
    def share(self) -> float:
        return min(1.0, (time.monotonic() - self.started) / self.seconds)


def solve(
    problem: Problem,
    *,
    seconds: float = 60.0,
    workers: int = 2,
    previous: Plan | None = None,
    report: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """The best plan within `seconds`; with `previous` its groups stay together and most stays as it was.

    Every plan that comes out keeps every hard rule (`broken_rules`), meetings without a day aside. `report` hears of
    better plans; `stop` is asked at each.
    """
    obstacles = plain_obstacles(problem)
    if obstacles:
        return Outcome(None, obstacles)
    clock = _Clock(seconds)
    report(Progress("compose", 0.0))
    try:
        composition = _composition(problem, previous, clock, workers, stop)
    except OutOfTime:
        composition, groups = Composition(groups=(), bound=0), _simple(problem, None)
        if groups is None and not stop():
            return Outcome(None, (_too_little_time(),))
    else:
        if composition is None:
            return Outcome(None, (_no_division(),))
        groups = _timed(problem, composition, previous, clock, workers, report, stop)
    if groups is None and stop():
        return Outcome(None)
    if groups is None:
        report(Progress("explain", clock.share))
        return Outcome(None, clashing_rules(problem, composition.groups, seconds=EXPLAIN_SECONDS, stop=stop))
    plan = _priced(problem, Plan(groups=groups, bound=composition.bound))
    report(Progress("meetings", clock.share, plan))
    return _with_meetings(problem, plan, clock.until(1.0), workers, stop)


def _composition(
    problem: Problem, previous: Plan | None, clock: _Clock, workers: int, stop: Callable[[], bool]
) -> Composition | None:
    found = compose(problem, seconds=clock.until(COMPOSE_SHARE), workers=workers, stop=stop)
    if previous is None or found is None:
        return found
    return replace(found, groups=_same_groups(problem, previous, found.groups))


def _same_groups(problem: Problem, previous: Plan, fresh: tuple[DraftGroup, ...]) -> tuple[DraftGroup, ...]:
    """The groups of before without who left; newcomers take the emptiest group of their part."""
    before = {(group.part, group.number): group for group in previous.groups}
    if {(group.part, group.number) for group in fresh} != set(before):
        return fresh
    rooms = problem.room
    if any(group.room not in rooms for group in previous.groups):
        return fresh
    members = {
        key: [one for one in group.people if one in problem.person and key[0] in problem.person[one].parts]
        for key, group in before.items()
    }
    for part in problem.parts:
        seated = {one for key, people in members.items() if key[0] == part.id for one in people}
        for person in problem.followers(part):
            if person.id not in seated:
                mine = [key for key in members if key[0] == part.id]
                members[min(mine, key=lambda key: (len(members[key]), key))].append(person.id)
    return tuple(
        DraftGroup(
            part=group.part,
            number=group.number,
            region=rooms[before[group.part, group.number].room].region,
            people=tuple(members[group.part, group.number]),
        )
        for group in fresh
    )


def _timed(
    problem: Problem,
    composition: Composition,
    previous: Plan | None,
    clock: _Clock,
    workers: int,
    report: Callable[[Progress], None],
    stop: Callable[[], bool],
) -> tuple[PlannedGroup, ...] | None:

    def found(groups: tuple[PlannedGroup, ...]) -> None:
        report(Progress("times", clock.share, _priced(problem, Plan(groups=groups, bound=composition.bound))))

    report(Progress("times", clock.share))
    start = previous
    if start is None:
        simple = first_fit(problem, composition.groups)
        start = None if simple is None else Plan(groups=simple)
        if start is not None and _keeps_rules(problem, start):
            found(start.groups)

    groups = set_times(
        problem,
        composition.groups,
        seconds=clock.until(TIMES_SHARE),
        workers=workers,
        known=start,
        keep=previous is not None,
        found=found,
        stop=stop,
    )
    if groups is not None or previous is not None:
        return groups
    return _simple(problem, start)


def _simple(problem: Problem, start: Plan | None) -> tuple[PlannedGroup, ...] | None:
    """A very large question may outlast the search: then what simple methods found, when it keeps the rules."""
    for candidate in (start, greedy_plan(problem)):
        if candidate is not None and _keeps_rules(problem, candidate):
            return candidate.groups
    return None


def _keeps_rules(problem: Problem, plan: Plan) -> bool:
    """Whether groups, dates and bookings are in order; meetings come later."""
    return not [
        rule for rule in broken_rules(problem, plan) if not rule.code.startswith(("meeting", "expert"))
    ]


def _priced(problem: Problem, plan: Plan) -> Plan:
    return replace(plan, cost=travel_cost(problem, plan))


def _with_meetings(
    problem: Problem, plan: Plan, seconds: float, workers: int, stop: Callable[[], bool]
) -> Outcome:
    last: dict[str, date] = last_days(problem, plan)
    seconds = min(max(seconds, MEETINGS_LEAST), MEETINGS_MOST)
    try:
        meetings = plan_meetings(problem, last, seconds=seconds, workers=workers, stop=stop)
    except OutOfTime:
        return Outcome(plan, (_no_meetings_yet(),))
    if meetings is not None:
        return Outcome(replace(plan, meetings=meetings))
    obstacle = Obstacle(
        "experts",
        _("De pool van experten kan niet alle intervisies begeleiden rond de dag die moet."),
        _("Voeg experten toe, vraag hun naar meer dagen, of laat meer dagen speling toe."),
    )
    return Outcome(plan, (obstacle,))


def _too_little_time() -> Obstacle:
    return Obstacle(
        "too_little_time",
        _("We vonden geen plan in deze tijd. Dat bewijst niet dat er geen is."),
        _("Reken langer, of maak het programma kleiner."),
    )


def _no_meetings_yet() -> Obstacle:
    return Obstacle(
        "meetings_later",
        _("De groepen staan er. Voor de intervisie was er te weinig tijd."),
        _("Reken langer, dan komen die dagen erbij."),
    )


def _no_division() -> Obstacle:
    return Obstacle(
        "no_division",
        _("De mensen raken niet verdeeld: groepsgrootte, teams en dagen van trainers passen niet samen."),
        _("Laat grotere of meer groepen toe, laat teams meer mensen missen, of geef trainers meer dagen."),
    )
