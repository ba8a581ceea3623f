"""A planning question from a mapping (a YAML file, a stored row): every mistake is named at once, with its place."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import holidays
from django.utils.translation import gettext as _

from lms.domain.planning.fields import PlanningInputError, Reader
from lms.domain.planning.names import check_names
from lms.domain.planning.problem import (
    Expert,
    Intervision,
    Part,
    Person,
    Pin,
    Problem,
    Room,
    Team,
    Trainer,
    max_away,
)

MOST_PEOPLE = 10_000
HALVES = {"am": 0, "pm": 1, 0: 0, 1: 1}
DEFAULT_SHARE = 0.34


def read_problem(data: Any) -> Problem:
    """The question in a mapping; `docs/trainer.md` shows every field. Raises PlanningInputError with all mistakes."""
    if not isinstance(data, Mapping):
        raise PlanningInputError(
            [_("Het bestand bevat geen planningsvraag: schrijf velden als 'window' en 'parts'.")]
        )
    reader = Reader()
    window = data.get("window")
    if not isinstance(window, Mapping):
        reader.say("window", _("geef de eerste en de laatste dag, met 'start' en 'end'."))
        window = {"start": date(2000, 1, 1), "end": date(2000, 1, 1)}
    first, last = reader.day(window.get("start"), "window.start"), reader.day(window.get("end"), "window.end")
    if last < first or (last - first).days > 1100:
        reader.say("window", _("de laatste dag ligt voor de eerste, of meer dan drie jaar later."))
        last = first
    rules = data.get("rules") or {}
    if not isinstance(rules, Mapping):
        reader.say("rules", _("hier horen velden."))
        rules = {}
    parts = _parts(reader, data)
    teams, people = _people(reader, data, rules, parts)
    problem = Problem(
        name=str(data.get("name") or _("Planning"))[:160],
        first_day=first,
        last_day=last,
        parts=parts,
        teams=teams,
        people=people,
        trainers=_trainers(reader, data),
        rooms=_rooms(reader, data),
        experts=_experts(reader, data),
        provinces=_provinces(reader, data),
        distances=_distances(reader, data),
        holidays=_holidays(reader, data, first, last),
        weekdays=frozenset(
            reader.number({"d": d}, "d", "weekdays", least=1, most=7)
            for d in data.get("weekdays") or [1, 2, 3, 4, 5]
        ),
        mix_teams=bool(rules.get("mix_teams", True)),
        intervision=_intervision(reader, data),
        pins=_pins(reader, data),
    )
    check_names(reader, problem)
    if reader.problems:
        raise PlanningInputError(reader.problems)
    return problem


def _parts(reader: Reader, data: Mapping[str, Any]) -> tuple[Part, ...]:
    found = []
    for row in reader.rows(data, "parts"):
        where = f"parts.{row.get('id', '?')}"
        days = row.get("days", 1)
        if days not in (0.5, *range(1, 31)):
            reader.say(f"{where}.days", _("kies een halve dag (0.5) of een aantal hele dagen tot 30."))
            days = 1
        spacing = reader.number(row, "spacing_days", where, default=7, least=1, most=60)
        count = 1 if days == 0.5 else int(days)
        groups = row.get("groups")
        found.append(
            Part(
                id=reader.text(row, "id", where),
                name=reader.text(row, "name", where, default=str(row.get("id", ""))),
                half_days=1 if days == 0.5 else 2,
                offsets=tuple(spacing * number for number in range(count)),
                max_group=reader.number(row, "max_group", where, default=20, least=1, most=500),
                min_group=reader.number(row, "min_group", where, default=1, least=1, most=500),
                trainers=reader.number(row, "trainers", where, default=2, least=1, most=10),
                groups=None if groups is None else reader.number(row, "groups", where, least=1, most=500),
                after=reader.names(row.get("after"), f"{where}.after"),
            )
        )
    if not found:
        reader.say("parts", _("geef minstens een onderdeel van het programma."))
    return tuple(found)


def _people(
    reader: Reader, data: Mapping[str, Any], rules: Mapping[str, Any], parts: tuple[Part, ...]
) -> tuple[tuple[Team, ...], tuple[Person, ...]]:
    """Teams with named people, or with a count of members and how many follow each part."""
    share = rules.get("max_share_away", DEFAULT_SHARE)
    if not isinstance(share, (int, float)) or isinstance(share, bool) or not 0 <= share <= 1:
        reader.say("rules.max_share_away", _("vul een deel in van 0 tot 1, bijvoorbeeld 0.34."))
        share = DEFAULT_SHARE
    named: dict[str, list[Person]] = {}
    for number, row in enumerate(reader.rows(data, "people"), 1):
        where = f"people.{number}"
        team = reader.text(row, "team", where)
        person_parts = frozenset(reader.names(row.get("parts"), f"{where}.parts"))
        named.setdefault(team, []).append(
            Person(id=reader.text(row, "id", where), team=team, parts=person_parts)
        )
    teams: list[Team] = []
    people: list[Person] = []
    for row in reader.rows(data, "teams"):
        where = f"teams.{row.get('id', '?')}"
        team_id = reader.text(row, "id", where)
        own = named.pop(team_id, [])
        size = reader.number(row, "members", where, default=len(own), least=0, most=MOST_PEOPLE)
        teams.append(
            Team(
                id=team_id,
                name=reader.text(row, "name", where, default=team_id),
                region=reader.text(row, "region", where),
                size=max(size, len(own)),
                max_away=max_away(max(size, len(own)), share),
            )
        )
        people += own or _unnamed(reader, row, where, team_id, size, parts)
    for team in named:
        reader.say("people", _("team '%(team)s' staat niet bij de teams.") % {"team": team})
    if len(people) > MOST_PEOPLE:
        reader.say("people", _("plan hoogstens %(most)s mensen samen.") % {"most": MOST_PEOPLE})
    if not people:
        reader.say("people", _("er is niemand om voor te plannen."))
    return tuple(teams), tuple(people)


def _unnamed(
    reader: Reader, row: Mapping[str, Any], where: str, team: str, size: int, parts: tuple[Part, ...]
) -> list[Person]:
    """Members without names: `needs` says per part how many follow it ('all' or a count); the first members do."""
    needs = row.get("needs") or {}
    if not isinstance(needs, Mapping):
        reader.say(f"{where}.needs", _("schrijf per onderdeel een aantal, of 'all'."))
        return []
    counts = {}
    for part in parts:
        value = needs.get(part.id, 0)
        counts[part.id] = (
            size if value == "all" else reader.number({part.id: value}, part.id, where, most=size)
        )
    return [
        Person(
            id=f"{team}/{number + 1}",
            team=team,
            parts=frozenset(part for part, count in counts.items() if number < count),
        )
        for number in range(size)
    ]


def _trainers(reader: Reader, data: Mapping[str, Any]) -> tuple[Trainer, ...]:
    return tuple(
        Trainer(
            id=reader.text(row, "id", where),
            name=reader.text(row, "name", where, default=str(row.get("id", ""))),
            region=reader.text(row, "region", where),
            parts=frozenset(reader.names(row.get("parts"), f"{where}.parts")),
            unavailable=reader.dates(row.get("unavailable"), f"{where}.unavailable"),
            max_half_days=_twice(reader, row, "max_days", where),
        )
        for row in reader.rows(data, "trainers")
        for where in [f"trainers.{row.get('id', '?')}"]
    )


def _twice(reader: Reader, row: Mapping[str, Any], name: str, where: str) -> int | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1000:
        return int(2 * value)
    reader.say(f"{where}.{name}", _("vul een aantal dagen in."))
    return None


def _rooms(reader: Reader, data: Mapping[str, Any]) -> tuple[Room, ...]:
    return tuple(
        Room(
            id=reader.text(row, "id", where),
            name=reader.text(row, "name", where, default=str(row.get("id", ""))),
            region=reader.text(row, "region", where),
            capacity=reader.number(row, "capacity", where, default=20, least=1, most=5000),
            unavailable=reader.dates(row.get("unavailable"), f"{where}.unavailable"),
        )
        for row in reader.rows(data, "rooms")
        for where in [f"rooms.{row.get('id', '?')}"]
    )


def _experts(reader: Reader, data: Mapping[str, Any]) -> tuple[Expert, ...]:
    return tuple(
        Expert(
            id=reader.text(row, "id", where),
            name=reader.text(row, "name", where, default=str(row.get("id", ""))),
            region=reader.text(row, "region", where),
            unavailable=reader.dates(row.get("unavailable"), f"{where}.unavailable"),
            max_meetings=None
            if row.get("max_meetings") is None
            else reader.number(row, "max_meetings", where),
        )
        for row in reader.rows(data, "experts")
        for where in [f"experts.{row.get('id', '?')}"]
    )


def _provinces(reader: Reader, data: Mapping[str, Any]) -> dict[str, str]:
    value = data.get("provinces") or {}
    if isinstance(value, Mapping):
        return {str(region): str(province) for region, province in value.items()}
    reader.say("provinces", _("schrijf per regio haar provincie."))
    return {}


def _distances(reader: Reader, data: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    found = {}
    for number, row in enumerate(reader.rows(data, "distances"), 1):
        where = f"distances.{number}"
        pair = (reader.text(row, "from", where), reader.text(row, "to", where))
        found[pair] = reader.number(row, "steps", where, most=1000)
    return found


def _holidays(reader: Reader, data: Mapping[str, Any], first: date, last: date) -> frozenset[date]:
    """The days given, and Belgium's public holidays unless `public_holidays` is false; a year on for team meetings."""
    found = set(reader.dates(data.get("holidays"), "holidays"))
    if data.get("public_holidays", True):
        found |= set(holidays.country_holidays("BE", years=range(first.year, last.year + 2)))
    return frozenset(found)


def _intervision(reader: Reader, data: Mapping[str, Any]) -> Intervision:
    value = data.get("intervision") or {}
    if not isinstance(value, Mapping):
        reader.say("intervision", _("hier horen velden."))
        return Intervision()
    months = value.get("months_after") or []
    tolerance = reader.number(value, "tolerance_days", "intervision", default=14, most=60)
    if not isinstance(months, list):
        reader.say("intervision.months_after", _("hier hoort een lijst van maanden."))
        months = []
    numbers = tuple(
        reader.number({"m": m}, "m", "intervision.months_after", least=1, most=36) for m in months
    )
    return Intervision(months=tuple(sorted(set(numbers))), tolerance_days=tolerance)


def _pins(reader: Reader, data: Mapping[str, Any]) -> tuple[Pin, ...]:
    found = []
    for number, row in enumerate(reader.rows(data, "pins"), 1):
        where = f"pins.{number}"
        half = row.get("half")
        if half is not None and half not in HALVES:
            reader.say(f"{where}.half", _("kies 'am' of 'pm'."))
        found.append(
            Pin(
                part=reader.text(row, "part", where),
                group=reader.number(row, "group", where, least=1, most=500),
                start=None if row.get("start") is None else reader.day(row["start"], f"{where}.start"),
                half=None if half is None else HALVES.get(half),
                room=None if row.get("room") is None else str(row["room"]),
                trainers=reader.names(row.get("trainers"), f"{where}.trainers"),
                people=reader.names(row.get("people"), f"{where}.people"),
            )
        )
    return tuple(found)
