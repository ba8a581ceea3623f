"""Who sits with whom, and in which region: the first step of a plan.

People of one team who follow the same parts are alike, so the model counts them instead of naming them. It decides how
many groups of each part a region gets, how many of each kind of people go there, and from where trainers come. Its best
bound on travel holds for every possible plan, because it leaves the dates out; the second step can only add to it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from lms.domain.planning.problem import Part, Person, Problem
from lms.domain.planning.searching import search

Class = tuple[str, frozenset[str]]
#: One step of travel weighs more than every region with a single team together.
STEP = 1000


@dataclass(frozen=True, slots=True)
class DraftGroup:
    """A group before it has a date: `number` counts from 1 within its part."""

    part: str
    number: int
    region: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """Groups with people and region; `bound` is a number of travel steps that no plan can beat."""

    groups: tuple[DraftGroup, ...]
    bound: int


def compose(
    problem: Problem,
    *,
    seconds: float,
    workers: int = 2,
    stop: Callable[[], bool] = lambda: False,
) -> Composition | None:
    """The best division over regions within `seconds`, dealt out over groups; None when there is none."""
    model = cp_model.CpModel()
    regions = problem.room_regions
    classes = problem.classes()
    seats: dict[tuple[Class, str, str], cp_model.IntVar] = {}
    groups: dict[tuple[str, str], cp_model.IntVar] = {}
    terms: list[cp_model.LinearExprT] = []
    for part in problem.parts:
        if problem.followers(part):
            _add_part(problem, model, part, regions, classes, seats, groups, terms)
    terms += _add_trainers(problem, model, regions, groups)
    model.minimize(sum(terms))
    solver = search(model, seconds=seconds, workers=workers, stop=stop)
    if solver is None:
        return None
    counts = {place: solver.value(variable) for place, variable in groups.items()}
    quota = {key: solver.value(variable) for key, variable in seats.items()}
    lonely = len(problem.parts) * len(regions)
    bound = max(0, -int(-(solver.best_objective_bound - lonely) // STEP))
    return Composition(groups=deal(problem, counts, quota), bound=bound)


def _add_part(
    problem: Problem,
    model: cp_model.CpModel,
    part: Part,
    regions: tuple[str, ...],
    classes: Counter[Class],
    seats: dict[tuple[Class, str, str], cp_model.IntVar],
    groups: dict[tuple[str, str], cp_model.IntVar],
    terms: list[cp_model.LinearExprT],
) -> None:
    followers = {key: count for key, count in classes.items() if part.id in key[1]}
    wanted = problem.group_count(part)
    for region in regions:
        groups[part.id, region] = model.new_int_var(0, wanted, f"groups {part.id} {region}")
        for key, count in followers.items():
            seats[key, part.id, region] = model.new_int_var(0, count, "")
    model.add(sum(groups[part.id, region] for region in regions) == wanted)
    for key, count in followers.items():
        model.add(sum(seats[key, part.id, region] for region in regions) == count)
    for region in regions:
        here = groups[part.id, region]
        room = min(part.max_group, max(room.capacity for room in problem.rooms if room.region == region))
        everybody = sum(seats[key, part.id, region] for key in followers)
        model.add(everybody <= room * here)
        model.add(everybody >= part.min_group * here)
        by_team: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for key in followers:
            by_team[key[0]].append(seats[key, part.id, region])
            terms.append(
                STEP * problem.distance(problem.team[key[0]].region, region) * seats[key, part.id, region]
            )
        for team_id, members in by_team.items():
            # Dealt out evenly, a team then sends no more people to one group than it can miss on a day.
            model.add(sum(members) <= problem.team[team_id].max_away * here)
        if problem.mix_teams:
            terms.append(_lonely(model, here, by_team))
    for region, pinned in _pinned_regions(problem, part).items():
        model.add(groups[part.id, region] >= pinned)


def _lonely(
    model: cp_model.CpModel, here: cp_model.IntVar, by_team: dict[str, list[cp_model.IntVar]]
) -> cp_model.IntVar:
    """1 when a region has groups of this part but people of one team only."""
    present = []
    for members in by_team.values():
        there = model.new_bool_var("")
        model.add(sum(members) >= there)
        present.append(there)
    lonely = model.new_bool_var("")
    busy = model.new_bool_var("")
    model.add(here == 0).only_enforce_if(busy.Not())
    model.add(sum(present) >= 2).only_enforce_if([busy, lonely.Not()])
    return lonely


def _pinned_regions(problem: Problem, part: Part) -> Counter[str]:
    return Counter(problem.room[pin.room].region for pin in problem.pins if pin.part == part.id and pin.room)


def _add_trainers(
    problem: Problem,
    model: cp_model.CpModel,
    regions: tuple[str, ...],
    groups: dict[tuple[str, str], cp_model.IntVar],
) -> list[cp_model.LinearExprT]:
    """How often trainers lead a part in a region: a transport problem, without dates."""
    terms: list[cp_model.LinearExprT] = []
    load: dict[str, list[cp_model.LinearExprT]] = defaultdict(list)
    for (part_id, region), count in groups.items():
        part = problem.part[part_id]
        given = []
        for trainer in problem.trainers:
            if trainer.teaches(part):
                times = model.new_int_var(0, problem.group_count(part), "")
                # A group has different trainers: somebody leads no more groups than there are.
                model.add(times <= count)
                given.append(times)
                load[trainer.id].append(part.units * times)
                terms.append(STEP * part.units * problem.distance(trainer.region, region) * times)
        model.add(sum(given) == part.trainers * count)
    for trainer in problem.trainers:
        if trainer.max_half_days is not None and load[trainer.id]:
            model.add(sum(load[trainer.id]) <= trainer.max_half_days)
    return terms


def deal(
    problem: Problem,
    counts: dict[tuple[str, str], int],
    quota: dict[tuple[Class, str, str], int],
) -> tuple[DraftGroup, ...]:
    """Name the people: pinned ones first, then team after team over the groups of a region, like cards."""
    drafts: list[DraftGroup] = []
    for part in problem.parts:
        if not problem.followers(part):
            continue
        places = _places(problem, part, counts)
        members: dict[int, list[str]] = {number: [] for number in places}
        waiting: dict[Class, list[Person]] = defaultdict(list)
        pinned = {one: pin.group for pin in problem.pins if pin.part == part.id for one in pin.people}
        left = {key: value for key, value in quota.items() if key[1] == part.id}
        for person in problem.followers(part):
            number = pinned.get(person.id)
            if number in members:
                members[number].append(person.id)
                _use_quota(left, (person.team, person.parts), part.id, places[number])
            else:
                waiting[person.team, person.parts].append(person)
        for key in sorted(waiting, key=lambda one: (one[0], sorted(one[1]))):
            queue = waiting[key]
            for region in problem.room_regions:
                for _seat in range(left.get((key, part.id, region), 0)):
                    if queue:
                        _seat_one(problem, part, queue.pop(0), region, places, members)
            for person in queue:
                _seat_one(problem, part, person, "", places, members)
        drafts += [
            DraftGroup(part=part.id, number=number, region=places[number], people=tuple(members[number]))
            for number in sorted(places)
        ]
    return tuple(drafts)


def _use_quota(left: dict[tuple[Class, str, str], int], key: Class, part: str, region: str) -> None:
    here = (key, part, region)
    if left.get(here, 0) == 0:
        here = next((one for one, count in left.items() if one[0] == key and count), here)
    if left.get(here, 0):
        left[here] -= 1


def _places(problem: Problem, part: Part, counts: dict[tuple[str, str], int]) -> dict[int, str]:
    """The region of every group number; a group whose room is pinned gets the region of that room."""
    left = {region: counts.get((part.id, region), 0) for region in problem.room_regions}
    places: dict[int, str] = {}
    for pin in problem.pins:
        if pin.part == part.id and pin.room:
            places[pin.group] = problem.room[pin.room].region
            left[places[pin.group]] -= 1
    free = [region for region in problem.room_regions for _ in range(max(0, left[region]))]
    for number in range(1, problem.group_count(part) + 1):
        if number not in places and free:
            places[number] = free.pop(0)
    return places


def _seat_one(
    problem: Problem,
    part: Part,
    person: Person,
    region: str,
    places: dict[int, str],
    members: dict[int, list[str]],
) -> None:
    """Into the emptiest group of the region, with the fewest of the own team; further away when that is full."""
    team = problem.team[person.team]

    def price(number: int) -> tuple[bool, int, int, int, int]:
        mates = sum(problem.person[one].team == person.team for one in members[number])
        room = max(room.capacity for room in problem.rooms if room.region == places[number])
        full = len(members[number]) >= min(part.max_group, room) or mates >= team.max_away
        away = 0 if places[number] == region else 1 + problem.distance(team.region, places[number])
        return (full, away, len(members[number]), mates, number)

    members[min(places, key=price)].append(person.id)
