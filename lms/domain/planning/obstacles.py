"""Why there is no plan: what plain counting already shows, and which rules clash when the search finds nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.domain.planning.composing import DraftGroup
from lms.domain.planning.problem import Part, Pin, Problem, days_of, halves_of, slots_of
from lms.domain.planning.timing import Loosened, set_times


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A reason, and what would help."""

    code: str
    message: str
    help: str


def plain_obstacles(problem: Problem) -> tuple[Obstacle, ...]:
    """What makes a plan impossible whatever the dates; found by counting, before any search."""
    found: list[Obstacle] = []
    if not problem.days:
        found.append(
            Obstacle(
                "no_days",
                _("Er blijft geen enkele dag over: alles is weekend of vrij."),
                _("Kies een langere periode, of kijk de lijst met vrije dagen na."),
            )
        )
    for part in problem.parts:
        if problem.followers(part):
            found += _part_obstacles(problem, part)
    if not problem.rooms:
        found.append(Obstacle("no_rooms", _("Er is geen enkele zaal."), _("Voeg een zaal toe.")))
    found += _capacity_obstacles(problem)
    found += _team_obstacles(problem)
    found += _pin_obstacles(problem)
    if problem.intervision.months and not problem.experts:
        found.append(
            Obstacle(
                "no_experts",
                _("Er is niemand in de pool om de intervisie te begeleiden."),
                _("Voeg experten toe, of plan zonder intervisie."),
            )
        )
    return tuple(found)


def _part_obstacles(problem: Problem, part: Part) -> list[Obstacle]:
    found = []
    people, groups = len(problem.followers(part)), problem.group_count(part)
    values = {
        "part": part.name,
        "people": people,
        "groups": groups,
        "most": part.max_group,
        "least": part.min_group,
    }
    if problem.days and not problem.starts(part):
        found.append(
            Obstacle(
                "part_too_long",
                _("%(part)s past nergens in de periode: er zijn geen dagen genoeg na elkaar.") % values,
                _("Kies een langere periode, minder dagen, of minder tijd tussen de dagen."),
            )
        )
    if people > groups * part.max_group:
        found.append(
            Obstacle(
                "too_few_groups",
                _("%(people)s mensen passen niet in %(groups)s groepen van %(most)s voor %(part)s.") % values,
                _("Maak %(more)s groepen of meer.") % {"more": -(-people // part.max_group)},
            )
        )
    if people < groups * part.min_group:
        found.append(
            Obstacle(
                "too_many_groups",
                _(
                    "%(people)s mensen zijn te weinig voor %(groups)s groepen van minstens %(least)s voor %(part)s."
                )
                % values,
                _("Maak minder groepen, of laat kleinere groepen toe."),
            )
        )
    able = [one for one in problem.trainers if one.teaches(part)]
    there = [
        one
        for one in able
        if any(not one.unavailable & set(days_of(part, day)) for day in problem.starts(part))
    ]
    if len(able) < part.trainers:
        found.append(
            Obstacle(
                "too_few_trainers",
                _("%(part)s vraagt %(needed)s trainers per groep; %(able)s kunnen het geven.")
                % {"part": part.name, "needed": part.trainers, "able": len(able)},
                _("Voeg trainers toe, of vraag er minder per groep."),
            )
        )
    elif len(there) < part.trainers and problem.starts(part):
        found.append(
            Obstacle(
                "trainers_never_there",
                _("Voor %(part)s zijn er geen dagen waarop trainers beschikbaar zijn.") % values,
                _("Vraag de trainers naar meer vrije dagen, of verleng de periode."),
            )
        )
    if problem.rooms and max(room.capacity for room in problem.rooms) * groups < people:
        found.append(
            Obstacle(
                "rooms_too_small",
                _("Geen zaal is groot genoeg voor de groepen van %(part)s.") % values,
                _("Zoek een grotere zaal, of maak meer groepen."),
            )
        )
    return found


def _capacity_obstacles(problem: Problem) -> list[Obstacle]:
    """Half days that trainers must give beside those that they have."""
    needed = sum(
        problem.group_count(part) * part.units * part.trainers
        for part in problem.parts
        if problem.followers(part)
    )
    days = len(problem.days)
    given = sum(
        min(
            2 * (days - len(one.unavailable & set(problem.days))),
            one.max_half_days if one.max_half_days is not None else 2 * days,
        )
        for one in problem.trainers
    )
    if problem.trainers and given < needed:
        return [
            Obstacle(
                "trainer_days",
                _("Het programma vraagt %(needed)s trainerdagen; de trainers hebben er samen %(given)s.")
                % {"needed": _days(needed), "given": _days(given)},
                _("Zoek %(more)s trainerdagen meer.") % {"more": _days(needed - given)},
            )
        ]
    return []


def _days(half_days: int) -> str:
    return f"{half_days / 2:g}".replace(".", ",")


def _team_obstacles(problem: Problem) -> list[Obstacle]:
    """Teams that cannot send the people they have to send: too few may be away, or too few groups to spread over."""
    found = []
    for team in problem.teams:
        for part in problem.parts:
            count = sum(one.team == team.id for one in problem.followers(part))
            if count > team.max_away * problem.group_count(part):
                values = {
                    "team": team.name,
                    "count": count,
                    "part": part.name,
                    "most": team.max_away,
                    "groups": problem.group_count(part),
                }
                found.append(
                    Obstacle(
                        "team_too_large",
                        _(
                            "%(team)s stuurt %(count)s mensen naar %(part)s, "
                            "maar mag er per dag %(most)s missen, in %(groups)s groepen."
                        )
                        % values,
                        _("Laat het team meer mensen tegelijk missen, of maak meer groepen."),
                    )
                )
    return found


def _pin_obstacles(problem: Problem) -> list[Obstacle]:
    """Pins that contradict the calendar, the people concerned, or one another."""
    found: list[Obstacle] = []
    taken: Counter[tuple[str, str, int]] = Counter()
    for pin in problem.pins:
        part, key = problem.part[pin.part], f"{pin.part}-{pin.group:02d}"
        if pin.group > problem.group_count(part):
            found.append(_pin(key, _("deze groep bestaat niet")))
            continue
        if pin.start is not None and pin.start not in problem.starts(part):
            found.append(_pin(key, _("de vastgezette dag is vrij of valt buiten de periode")))
        if len(pin.trainers) > part.trainers or any(
            not problem.trainer[one].teaches(part) for one in pin.trainers
        ):
            found.append(_pin(key, _("er staan te veel of verkeerde trainers vast")))
        if any(part.id not in problem.person[one].parts for one in pin.people):
            found.append(_pin(key, _("er staat iemand vast die dit onderdeel niet volgt")))
        found += _pin_away(problem, pin, part, key)
        if pin.start is not None and (pin.half is not None or len(halves_of(part)) == 1):
            for slot in slots_of(part, pin.start, pin.half or 0):
                taken.update(("trainer", one, slot) for one in pin.trainers)
                if pin.room:
                    taken["room", pin.room, slot] += 1
                taken.update(("person", one, slot) for one in pin.people)
    seats = Counter((pin.part, one) for pin in problem.pins for one in pin.people)
    if any(count > 1 for count in seats.values()):
        found.append(_pin("", _("iemand staat in twee groepen van hetzelfde onderdeel vast")))
    if any(count > 1 for count in taken.values()):
        found.append(_pin("", _("een trainer, zaal of deelnemer staat twee keer tegelijk vast")))
    return found


def _pin_away(problem: Problem, pin: Pin, part: Part, key: str) -> list[Obstacle]:
    if pin.start is None:
        return []
    days = set(days_of(part, pin.start))
    away = [problem.trainer[one].name for one in pin.trainers if problem.trainer[one].unavailable & days]
    if pin.room and problem.room[pin.room].unavailable & days:
        away.append(problem.room[pin.room].name)
    return [_pin(key, _("%(name)s is dan niet vrij") % {"name": name}) for name in away]


def _pin(key: str, why: str) -> Obstacle:
    where = f"{key}: " if key else ""
    return Obstacle(
        "pins",
        _("Wat je vastzette, kan niet samen: %(where)s%(why)s.") % {"where": where, "why": why},
        _("Maak een van die keuzes los."),
    )


def clashing_rules(
    problem: Problem,
    drafts: tuple[DraftGroup, ...],
    *,
    seconds: float,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[Obstacle, ...]:
    """Rules without which there would be a plan. Each is left out in turn and the search tried again."""
    trials = [
        (
            Loosened(team_share=True),
            "team_share",
            _("Te veel teamleden zouden op dezelfde dag weg zijn."),
            _("Laat teams meer mensen tegelijk missen, of verleng de periode."),
        ),
        (
            Loosened(trainers_away=True),
            "trainers_away",
            _("De trainers zijn te vaak niet beschikbaar."),
            _("Zoek trainers bij, of vraag hun naar meer dagen."),
        ),
        (
            Loosened(trainer_load=True),
            "trainer_load",
            _("De trainers geven dan meer dagen dan afgesproken."),
            _("Verhoog het aantal dagen per trainer, of zoek trainers bij."),
        ),
        (
            Loosened(rooms=True),
            "rooms",
            _("Er zijn te weinig zalen vrij op dezelfde dag."),
            _("Zoek een zaal bij, of verleng de periode."),
        ),
        (
            Loosened(order=True),
            "order",
            _("De volgorde van de onderdelen past niet in de periode."),
            _("Verleng de periode, of laat de onderdelen los van elkaar."),
        ),
    ]
    if problem.pins:
        trials.append(
            (
                Loosened(pins=True),
                "pins",
                _("Wat je vastzette, past niet bij de andere regels."),
                _("Maak een van de vastgezette keuzes los."),
            )
        )
    found = []
    for loosened, code, message, remedy in trials:
        if stop():
            break
        if set_times(problem, drafts, seconds=seconds, loosened=loosened) is not None:
            found.append(Obstacle(code, message, remedy))
    if not found and not stop():
        # Each trial has a few seconds: not finding a plan is no proof, and the words do not claim one.
        text = _("We vonden geen plan in deze tijd, ook niet met een regel minder.")
        remedy = _("Reken langer, verleng de periode, of zoek trainers of zalen bij.")
        found.append(Obstacle("several", text, remedy))
    return tuple(found)
