"""Names in a planning question: each one once, and every reference points at something."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from lms.domain.planning.fields import Reader
from lms.domain.planning.problem import Problem


def check_names(reader: Reader, problem: Problem) -> None:
    """Names are unique, and point at something."""
    kinds: list[tuple[str, Iterable[Any]]] = [
        ("parts", problem.parts),
        ("teams", problem.teams),
        ("people", problem.people),
        ("trainers", problem.trainers),
        ("rooms", problem.rooms),
        ("experts", problem.experts),
    ]
    for kind, rows in kinds:
        seen: set[str] = set()
        for row in rows:
            if row.id in seen:
                reader.say(kind, _("'%(id)s' staat er twee keer.") % {"id": row.id})
            seen.add(row.id)
    known: list[tuple[str, Iterable[str], Callable[[str], bool]]] = [
        (
            "people.parts",
            {part for person in problem.people for part in person.parts},
            problem.part.__contains__,
        ),
        (
            "trainers.parts",
            {part for one in problem.trainers for part in one.parts},
            problem.part.__contains__,
        ),
        ("parts.after", {part for one in problem.parts for part in one.after}, problem.part.__contains__),
        ("pins.part", {pin.part for pin in problem.pins}, problem.part.__contains__),
        ("pins.room", {pin.room for pin in problem.pins if pin.room}, problem.room.__contains__),
        (
            "pins.trainers",
            {one for pin in problem.pins for one in pin.trainers},
            problem.trainer.__contains__,
        ),
        ("pins.people", {one for pin in problem.pins for one in pin.people}, problem.person.__contains__),
    ]
    for where, names, exists in known:
        for name in sorted(names):
            if not exists(name):
                reader.say(where, _("'%(id)s' bestaat niet in deze vraag.") % {"id": name})
    if _has_circle(problem):
        reader.say("parts.after", _("de onderdelen wachten op elkaar. Haal een van de 'after' weg."))


def _has_circle(problem: Problem) -> bool:
    done: set[str] = set()
    left = {part.id: {name for name in part.after if name in problem.part} for part in problem.parts}
    while left:
        free = [name for name, waits in left.items() if waits <= done]
        if not free:
            return True
        for name in free:
            done.add(name)
            del left[name]
    return False
