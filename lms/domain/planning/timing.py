"""When, where and with whom: dates, rooms and trainers for groups whose people are known. The second step of a plan."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ortools.sat.python import cp_model

from lms.domain.planning.composing import DraftGroup
from lms.domain.planning.plan import Plan, PlannedGroup
from lms.domain.planning.problem import Part, Pin, Problem, days_of, halves_of
from lms.domain.planning.searching import OutOfTime, search

#: What one step of travel, one half day of uneven load and one week later weigh against one another.
STEP, UNEVEN, WEEK = 1000, 10, 1
#: Changing the plan that people know weighs more than all of these.
MOVED, SWAPPED = 500_000, 100_000

Start = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Loosened:
    """Rules that are left out, to find out which of them stand in the way."""

    team_share: bool = False
    trainers_away: bool = False
    trainer_load: bool = False
    rooms: bool = False
    order: bool = False
    pins: bool = False


@dataclass
class _Variables:
    """The decisions of the model, by the place of a group in the list."""

    starts: list[dict[Start, cp_model.IntVar]] = field(default_factory=list)
    trainers: list[dict[str, cp_model.IntVar]] = field(default_factory=list)
    rooms: list[dict[str, cp_model.IntVar]] = field(default_factory=list)
    #: The first day of a group as an ordinal, and its first half day as a slot.
    day: list[cp_model.IntVar] = field(default_factory=list)
    first: list[cp_model.IntVar] = field(default_factory=list)


class _Listener(cp_model.CpSolverSolutionCallback):
    """Tells of every better plan."""

    def __init__(
        self,
        found: Callable[[tuple[PlannedGroup, ...]], None],
        read: Callable[["_Listener"], tuple[PlannedGroup, ...]],
    ) -> None:
        super().__init__()
        self.found, self.read = found, read

    def on_solution_callback(self) -> None:
        """Called by the solver, in a thread of its own."""
        self.found(self.read(self))


def set_times(
    problem: Problem,
    drafts: tuple[DraftGroup, ...],
    *,
    seconds: float,
    workers: int = 2,
    known: Plan | None = None,
    keep: bool = False,
    loosened: Loosened = Loosened(),
    found: Callable[[tuple[PlannedGroup, ...]], None] = lambda groups: None,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[PlannedGroup, ...] | None:
    """The best dates, rooms and trainers within `seconds`; None when there are none, or none were found.

    `known` is a plan to start from; with `keep` the fewest changes to it come before everything else.
    """
    model = cp_model.CpModel()
    variables = _Variables()
    pins = {} if loosened.pins else {(pin.part, pin.group): pin for pin in problem.pins}
    for draft in drafts:
        if not _add_group(problem, model, draft, pins.get((draft.part, draft.number)), variables, loosened):
            return None
    _no_double_booking(problem, model, drafts, variables, loosened)
    if not loosened.team_share:
        _keep_teams_staffed(problem, model, drafts, variables)
    if not loosened.order:
        _keep_order(problem, model, drafts, variables)
    terms = _price(problem, model, drafts, variables, loosened)
    if known is not None:
        terms += _start_from(model, drafts, variables, known, keep=keep)
    model.minimize(sum(terms))

    def read(source: cp_model.CpSolver | _Listener) -> tuple[PlannedGroup, ...]:
        return tuple(_read_group(draft, place, variables, source) for place, draft in enumerate(drafts))

    try:
        solver = search(model, seconds=seconds, workers=workers, stop=stop, listener=_Listener(found, read))
    except OutOfTime:
        return None
    return None if solver is None else read(solver)


def _read_group(
    draft: DraftGroup, place: int, variables: _Variables, source: "cp_model.CpSolver | _Listener"
) -> PlannedGroup:
    start, half = next(key for key, chosen in variables.starts[place].items() if source.value(chosen))
    return PlannedGroup(
        part=draft.part,
        number=draft.number,
        start=start,
        half=half,
        room=next(key for key, chosen in variables.rooms[place].items() if source.value(chosen)),
        trainers=tuple(key for key, chosen in variables.trainers[place].items() if source.value(chosen)),
        people=draft.people,
    )


def _add_group(
    problem: Problem,
    model: cp_model.CpModel,
    draft: DraftGroup,
    pin: Pin | None,
    variables: _Variables,
    loosened: Loosened,
) -> bool:
    """One date, one room and enough trainers for a group. False when a list of choices is empty."""
    part = problem.part[draft.part]
    starts = {
        (day, half): model.new_bool_var("")
        for day in problem.starts(part)
        for half in halves_of(part)
        if pin is None or (pin.start in (None, day) and pin.half in (None, half))
    }
    rooms = {
        room.id: model.new_bool_var("")
        for room in problem.rooms
        if room.capacity >= len(draft.people)
        and (room.id == pin.room if pin and pin.room else room.region == draft.region)
    }
    trainers = {one.id: model.new_bool_var("") for one in problem.trainers if one.teaches(part)}
    if not starts or not rooms or len(trainers) < part.trainers:
        return False
    model.add_exactly_one(starts.values())
    model.add_exactly_one(rooms.values())
    model.add(sum(trainers.values()) == part.trainers)
    for trainer_id in pin.trainers if pin else ():
        if trainer_id not in trainers:
            return False
        model.add(trainers[trainer_id] == 1)
    _only_when_there(problem, model, part, starts, rooms, trainers, loosened)
    first_day, last_day = problem.first_day.toordinal(), problem.last_day.toordinal()
    day = model.new_int_var(first_day, last_day, "")
    model.add(day == sum(one.toordinal() * chosen for (one, _half), chosen in starts.items()))
    first = model.new_int_var(2 * first_day, 2 * last_day + 1, "")
    model.add(first == 2 * day + sum(half * chosen for (_one, half), chosen in starts.items()))
    variables.starts.append(starts)
    variables.day.append(day)
    variables.rooms.append(rooms)
    variables.trainers.append(trainers)
    variables.first.append(first)
    return True


def _only_when_there(
    problem: Problem,
    model: cp_model.CpModel,
    part: Part,
    starts: dict[Start, cp_model.IntVar],
    rooms: dict[str, cp_model.IntVar],
    trainers: dict[str, cp_model.IntVar],
    loosened: Loosened,
) -> None:
    wanted = [] if loosened.trainers_away else [(trainers, problem.trainer)]
    if not loosened.rooms:
        wanted.append((rooms, problem.room))  # type: ignore[arg-type]  # both have `unavailable`
    for (day, _half), chosen in starts.items():
        days = set(days_of(part, day))
        for choices, rows in wanted:
            for name, variable in choices.items():
                if days & rows[name].unavailable:
                    model.add_implication(chosen, variable.Not())


def _no_double_booking(
    problem: Problem,
    model: cp_model.CpModel,
    drafts: tuple[DraftGroup, ...],
    variables: _Variables,
    loosened: Loosened,
) -> None:
    """Nobody and no room is in two places at once."""
    busy: dict[tuple[str, str], list[cp_model.IntervalVar]] = defaultdict(list)
    for place, draft in enumerate(drafts):
        part = problem.part[draft.part]
        choices = [(("trainer", name), chosen) for name, chosen in variables.trainers[place].items()]
        if not loosened.rooms:
            choices += [(("room", name), chosen) for name, chosen in variables.rooms[place].items()]
        for key, chosen in choices:
            for offset in part.offsets:
                begin = variables.first[place] + 2 * offset
                busy[key].append(
                    model.new_optional_fixed_size_interval_var(begin, part.half_days, chosen, "")
                )
    for intervals in busy.values():
        if len(intervals) > 1:
            model.add_no_overlap(intervals)


def _keep_teams_staffed(
    problem: Problem, model: cp_model.CpModel, drafts: tuple[DraftGroup, ...], variables: _Variables
) -> None:
    """On no day more of a team away than agreed. A person in two groups of one day counts twice: safe, and rare."""
    away: dict[tuple[str, date], list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
    for place, draft in enumerate(drafts):
        part = problem.part[draft.part]
        members: dict[str, int] = defaultdict(int)
        for person in draft.people:
            members[problem.person[person].team] += 1
        for (day, _half), chosen in variables.starts[place].items():
            for taught in days_of(part, day):
                for team_id, count in members.items():
                    away[team_id, taught].append((count, chosen))
    for (team_id, _day), terms in away.items():
        most = problem.team[team_id].max_away
        if sum(count for count, _chosen in terms) > most:
            model.add(sum(count * chosen for count, chosen in terms) <= most)


def _keep_order(
    problem: Problem, model: cp_model.CpModel, drafts: tuple[DraftGroup, ...], variables: _Variables
) -> None:
    """A part comes after those it builds on, and nobody is in two groups at once."""
    sets = [frozenset(draft.people) for draft in drafts]
    for one, early in enumerate(drafts):
        for other, late in enumerate(drafts):
            if early.part == late.part or not sets[one] & sets[other]:
                continue
            first, second = problem.part[early.part], problem.part[late.part]
            if first.id in second.after:
                model.add(variables.day[other] > variables.day[one] + first.offsets[-1])
            elif one < other and second.id not in first.after:
                spans = [
                    model.new_fixed_size_interval_var(variables.first[place] + 2 * offset, part.half_days, "")
                    for place, part in ((one, first), (other, second))
                    for offset in part.offsets
                ]
                model.add_no_overlap(spans)


def _price(
    problem: Problem,
    model: cp_model.CpModel,
    drafts: tuple[DraftGroup, ...],
    variables: _Variables,
    loosened: Loosened,
) -> list[cp_model.LinearExprT]:
    """Travel of trainers, then an even load, then early dates; and the most that a trainer gives."""
    terms: list[cp_model.LinearExprT] = []
    load: dict[str, list[cp_model.LinearExprT]] = defaultdict(list)
    for place, draft in enumerate(drafts):
        part = problem.part[draft.part]
        for name, chosen in variables.trainers[place].items():
            load[name].append(part.units * chosen)
            steps = problem.distance(problem.trainer[name].region, draft.region)
            terms.append(STEP * part.units * steps * chosen)
        terms += [
            WEEK * ((day - problem.first_day).days // 7) * chosen
            for (day, _half), chosen in variables.starts[place].items()
        ]
    most_of_all = sum(problem.part[draft.part].units for draft in drafts)
    heaviest = model.new_int_var(0, most_of_all, "")
    for name, units in load.items():
        model.add(sum(units) <= heaviest)
        most = problem.trainer[name].max_half_days
        if most is not None and not loosened.trainer_load:
            model.add(sum(units) <= most)
    return [*terms, UNEVEN * heaviest]


def _start_from(
    model: cp_model.CpModel,
    drafts: tuple[DraftGroup, ...],
    variables: _Variables,
    known: Plan,
    *,
    keep: bool,
) -> list[cp_model.LinearExprT]:
    """Show the solver a plan that works, or nearly; with `keep` every change of it has a price."""
    before = {(group.part, group.number): group for group in known.groups}
    terms: list[cp_model.LinearExprT] = []
    for place, draft in enumerate(drafts):
        group = before.get((draft.part, draft.number))
        if group is None:
            continue
        start = (group.start, group.half)
        choices: Iterable[tuple[dict[Any, cp_model.IntVar], set[Any], int]] = (
            (variables.starts[place], {start}, MOVED),
            (variables.rooms[place], {group.room}, SWAPPED),
            (variables.trainers[place], set(group.trainers), SWAPPED),
        )
        for variables_of, chosen_before, price in choices:
            for name, chosen in variables_of.items():
                model.add_hint(chosen, name in chosen_before)
                if keep and name in chosen_before:
                    terms.append(price * (1 - chosen))
    return terms
