"""Intervision of whole teams: a day near the due one, with an expert of the pool. The third step of a plan."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from ortools.sat.python import cp_model

from lms.domain.planning.plan import PlannedMeeting
from lms.domain.planning.problem import AFTERNOON, MORNING, Expert, Problem, add_months
from lms.domain.planning.searching import OutOfTime, search

#: A step of travel for the expert, a day away from the due one, and a meeting more than others have.
STEP, DAY, UNEVEN = 10, 1, 3
MOST_CHOICES = 200_000
GOOD_ENOUGH = 0.01


@dataclass(frozen=True, slots=True)
class Due:
    """A meeting that a team must have."""

    team: str
    months: int
    day: date


def due_meetings(problem: Problem, last: dict[str, date]) -> tuple[Due, ...]:
    """All meetings, from the last training day of every team."""
    return tuple(
        Due(team=team, months=months, day=add_months(last[team], months))
        for team in sorted(last)
        for months in problem.intervision.months
    )


def choices_for(problem: Problem, due: Due) -> list[tuple[date, int]]:
    """Open half days within the tolerance, nearest to the due day first."""
    reach = problem.intervision.tolerance_days
    days = [due.day + timedelta(days=number) for number in range(-reach, reach + 1)]
    opened = sorted((day for day in days if problem.is_open(day)), key=lambda day: (abs(day - due.day), day))
    return [(day, half) for day in opened for half in (MORNING, AFTERNOON)]


def plan_meetings(
    problem: Problem,
    last: dict[str, date],
    *,
    seconds: float,
    workers: int = 2,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[PlannedMeeting, ...] | None:
    """A day and an expert for every meeting; None when the pool cannot carry them.

    Raises OutOfTime when neither the search nor the simple method found an answer in time.
    """
    dues = due_meetings(problem, last)
    if not dues:
        return ()
    model = cp_model.CpModel()
    simple = _one_by_one(problem, dues)
    chosen: dict[tuple[int, date, int, str], cp_model.IntVar] = {}
    busy: dict[tuple[str, date, int], list[cp_model.IntVar]] = defaultdict(list)
    load: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    terms: list[cp_model.LinearExprT] = []
    room = max(4, MOST_CHOICES // (len(dues) * max(1, len(problem.experts))))
    for number, due in enumerate(dues):
        here = []
        for day, half in choices_for(problem, due)[:room]:
            for expert in problem.experts:
                if day in expert.unavailable:
                    continue
                variable = model.new_bool_var("")
                chosen[number, day, half, expert.id] = variable
                here.append(variable)
                busy[expert.id, day, half].append(variable)
                load[expert.id].append(variable)
                steps = problem.distance(expert.region, problem.team[due.team].region)
                terms.append((STEP * steps + DAY * abs((day - due.day).days)) * variable)
        if not here:
            return None
        model.add_exactly_one(here)
    for variables in busy.values():
        model.add_at_most_one(variables)
    if simple is not None:
        for key, variable in chosen.items():
            model.add_hint(variable, key in simple)
    terms.append(UNEVEN * _heaviest(model, problem.experts, load, len(dues)))
    model.minimize(sum(terms))
    try:
        solver = search(model, seconds=seconds, workers=workers, stop=stop, gap=GOOD_ENOUGH)
    except OutOfTime:
        if simple is None:
            raise
        solver = None
    if solver is not None:
        found = [key for key, variable in chosen.items() if solver.value(variable)]
    elif simple is not None:
        found = sorted(simple)
    else:
        return None
    meetings = [
        PlannedMeeting(
            team=dues[number].team,
            months=dues[number].months,
            due=dues[number].day,
            day=day,
            half=half,
            expert=expert,
        )
        for number, day, half, expert in found
    ]
    return tuple(sorted(meetings, key=lambda one: (one.day, one.half, one.team)))


def _one_by_one(problem: Problem, dues: tuple[Due, ...]) -> set[tuple[int, date, int, str]] | None:
    """Each meeting on the nearest day that an expert near the team is free: a start for the search, and a way out."""
    taken: set[tuple[str, date, int]] = set()
    load: dict[str, int] = defaultdict(int)
    found: set[tuple[int, date, int, str]] = set()
    for number, due in sorted(enumerate(dues), key=lambda one: one[1].day):
        region = problem.team[due.team].region
        experts = sorted(
            problem.experts, key=lambda one: (problem.distance(one.region, region), load[one.id], one.id)
        )
        place = next(
            (
                (day, half, expert.id)
                for day, half in choices_for(problem, due)
                for expert in experts
                if day not in expert.unavailable
                and (expert.id, day, half) not in taken
                and (expert.max_meetings is None or load[expert.id] < expert.max_meetings)
            ),
            None,
        )
        if place is None:
            return None
        day, half, expert_id = place
        taken.add((expert_id, day, half))
        load[expert_id] += 1
        found.add((number, day, half, expert_id))
    return found


def _heaviest(
    model: cp_model.CpModel,
    experts: tuple[Expert, ...],
    load: dict[str, list[cp_model.IntVar]],
    most: int,
) -> cp_model.IntVar:
    heaviest = model.new_int_var(0, most, "")
    for expert in experts:
        if load[expert.id]:
            model.add(sum(load[expert.id]) <= heaviest)
            if expert.max_meetings is not None:
                model.add(sum(load[expert.id]) <= expert.max_meetings)
    return heaviest
