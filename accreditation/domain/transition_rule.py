"""Which version of the criteria a dossier follows when a new one begins while it is under way. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from accreditation.enums import Transition


@dataclass(frozen=True)
class Running:
    """An open dossier: the day it was opened, and the day it was first handed in, if it was."""

    opened_on: date
    handed_in_on: date | None = None


class Dated(Protocol):
    """What the rule needs to know of a version."""

    @property
    def valid_from(self) -> date: ...
    @property
    def transition(self) -> str: ...
    @property
    def transition_until(self) -> date | None: ...


V = TypeVar("V", bound=Dated)


def holding_version(begun: Sequence[V], *, running: Running | None, on: date) -> V:
    """The version that holds for a dossier on a day.

    `begun`: versions that had begun by then, newest first, at least one. A version that lets the dossier keep the one
    before hands the question on to that one, so that two changes shortly after each other do not surprise anybody.
    """
    for place, version in enumerate(begun):
        is_last = place == len(begun) - 1
        if is_last or running is None or not _keeps_before(version, running, on):
            return version
    raise ValueError("no versions")


def _keeps_before(version: Dated, running: Running, on: date) -> bool:
    """Whether a dossier that was under way may still follow the version before this one."""
    if version.transition == Transition.HANDED_IN:
        return running.handed_in_on is not None and running.handed_in_on < version.valid_from
    if version.transition == Transition.OPEN_DOSSIERS:
        until = version.transition_until
        return running.opened_on < version.valid_from and (until is None or on <= until)
    return False
