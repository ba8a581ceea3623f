"""Dates by the simplest method: group after group the first day on which all is free. A start for the search."""

from collections import defaultdict
from datetime import date

from lms.domain.planning.composing import DraftGroup
from lms.domain.planning.plan import PlannedGroup
from lms.domain.planning.problem import Part, Problem, days_of, halves_of, slots_of


def first_fit(problem: Problem, drafts: tuple[DraftGroup, ...]) -> tuple[PlannedGroup, ...] | None:
    """Dates by the simplest method: group after group the first day on which all is free. None when that fails."""
    booked: set[tuple[str, str, int]] = set()
    load: dict[str, int] = defaultdict(int)
    away: dict[tuple[str, date], set[str]] = defaultdict(set)
    ready: dict[tuple[str, str], date] = {}
    placed = []
    order = {part.id: number for number, part in enumerate(_in_order(problem))}
    for draft in sorted(drafts, key=lambda one: (order[one.part], one.number)):
        group = _first_place(problem, draft, booked, load, away, ready)
        if group is None:
            return None
        part = problem.part[draft.part]
        for slot in slots_of(part, group.start, group.half):
            booked.add(("room", group.room, slot))
            booked |= {("trainer", one, slot) for one in group.trainers}
            booked |= {("person", one, slot) for one in group.people}
        for one in group.trainers:
            load[one] += part.units
        for day in days_of(part, group.start):
            for person in group.people:
                away[problem.person[person].team, day].add(person)
                ready[person, part.id] = day
        placed.append(group)
    return tuple(sorted(placed, key=lambda group: (order[group.part], group.number)))


def _in_order(problem: Problem) -> list[Part]:
    """Parts, each after those it builds on."""
    done: list[Part] = []
    while len(done) < len(problem.parts):
        known = {part.id for part in done}
        done += [part for part in problem.parts if part.id not in known and set(part.after) <= known][:1]
    return done


def _first_place(
    problem: Problem,
    draft: DraftGroup,
    booked: set[tuple[str, str, int]],
    load: dict[str, int],
    away: dict[tuple[str, date], set[str]],
    ready: dict[tuple[str, str], date],
) -> PlannedGroup | None:
    part = problem.part[draft.part]
    pin = next((pin for pin in problem.pins if (pin.part, pin.group) == (draft.part, draft.number)), None)
    after = max(
        (ready.get((one, name), date.min) for one in draft.people for name in part.after), default=date.min
    )
    rooms = [room for room in problem.rooms if room.capacity >= len(draft.people)]
    rooms = [
        room for room in rooms if (room.id == pin.room if pin and pin.room else room.region == draft.region)
    ]
    trainers = sorted(
        (one for one in problem.trainers if one.teaches(part)),
        key=lambda one: (problem.distance(one.region, draft.region), load[one.id], one.id),
    )
    if pin and pin.trainers:
        trainers.sort(key=lambda one: one.id not in pin.trainers)
    teams: dict[str, set[str]] = defaultdict(set)
    for person in draft.people:
        teams[problem.person[person].team].add(person)
    for day in problem.starts(part):
        if day <= after or (pin and pin.start not in (None, day)):
            continue
        days = days_of(part, day)
        if any(
            len(away[team, one] | people) > problem.team[team].max_away
            for one in days
            for team, people in teams.items()
        ):
            continue
        for half in halves_of(part):
            if pin and pin.half not in (None, half):
                continue
            slots = slots_of(part, day, half)
            if any(("person", one, slot) in booked for one in draft.people for slot in slots):
                continue
            room = next(
                (one for one in rooms if _is_free("room", one.id, one.unavailable, days, slots, booked)), None
            )
            free = [
                one.id
                for one in trainers
                if _is_free("trainer", one.id, one.unavailable, days, slots, booked)
                and (one.max_half_days is None or load[one.id] + part.units <= one.max_half_days)
            ][: part.trainers]
            if room is not None and len(free) == part.trainers:
                return PlannedGroup(
                    part=draft.part,
                    number=draft.number,
                    start=day,
                    half=half,
                    room=room.id,
                    trainers=tuple(free),
                    people=draft.people,
                )
    return None


def _is_free(
    kind: str,
    name: str,
    unavailable: frozenset[date],
    days: tuple[date, ...],
    slots: tuple[int, ...],
    booked: set[tuple[str, str, int]],
) -> bool:
    return not unavailable & set(days) and not any((kind, name, slot) in booked for slot in slots)
