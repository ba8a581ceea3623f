"""How far a learner is with the units of a cmi5 package, in words."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.domain.activities import Launched
from lms.domain.records import registration_of
from lms.domain.units.progress import outcomes_of
from lms.domain.units.rules import UnitOutcome, is_satisfied
from lms.models import Enrolment
from media.api import PackageUnit, PackageUnits, package_units


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit on the lesson page. `state` is todo, busy or done; `host` names another site where it opens."""

    number: int
    title: str
    groups: tuple[str, ...]
    own_window: bool
    host: str
    state: str
    label: str


def unit_lines(launched: Launched) -> tuple[UnitLine, ...]:
    """Every unit of the launched package with its state. Two queries. Raises PackageNotPlayableError."""
    claims = launched.claims
    registration = registration_of(launched.enrolment_id, launched.activity_id, claims.attempt)
    return lines_of(package_units(claims.version_id), registration)


def lines_of(units: PackageUnits, registration: uuid.UUID) -> tuple[UnitLine, ...]:
    """The same for a structure that was read already. One query."""
    outcomes = outcomes_of(registration)
    return tuple(_line(unit, outcomes.get(unit.number)) for unit in units.units)


def lesson_of(enrolment_id: int, person_id: int) -> str:
    """Slug of the course of a person's own enrolment, or "". One query."""
    rows = Enrolment.objects.current().filter(pk=enrolment_id, person_id=person_id)
    return rows.values_list("course__slug", flat=True).first() or ""


def _line(unit: PackageUnit, outcome: UnitOutcome | None) -> UnitLine:
    done = outcome is not None and is_satisfied(unit.move_on, outcome)
    state = "done" if done else "busy" if outcome else "todo"
    label = {"done": _("Gedaan"), "busy": _("Begonnen"), "todo": _("Nog te doen")}[state]
    if done and outcome and outcome.scaled is not None:
        label = _("Gedaan, %s %%") % round(outcome.scaled * 100)
    return UnitLine(unit.number, unit.title, unit.groups, unit.own_window, unit.remote_host, state, label)
