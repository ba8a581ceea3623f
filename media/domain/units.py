"""The units of a cmi5 package for the floor that launches them."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from media.domain.content_tokens import (
    ContentPlace,
    content_root,
    file_url,
    package_label,
    sign_content_token,
)
from media.domain.playable import place_of, require_playable
from media.models import PackageVersion


@dataclass(frozen=True, slots=True)
class PackageUnit:
    """One unit: `publisher_id` is its maker's name for it, `parents` the ids of the blocks around it.

    `own_window` says that it must not be shown inside our page; `mastery_score` runs from 0 to 1 or is None.
    """

    number: int
    publisher_id: str
    title: str
    move_on: str
    mastery_score: float | None
    own_window: bool
    remote_host: str = ""
    parents: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    launch_parameters: str = ""
    entitlement_key: str = ""


@dataclass(frozen=True, slots=True)
class PackageUnits:
    """The course structure of a package version, in order."""

    version_id: int
    package_id: int
    course_id: str
    units: tuple[PackageUnit, ...]
    blocks: tuple[str, ...] = ()
    addresses: tuple[str, ...] = field(default=(), repr=False)


def package_units(version_id: int) -> PackageUnits:
    """Structure of a playable cmi5 version. One query. Raises PackageNotPlayableError."""
    return units_of(require_playable(version_id))


def units_of(version: PackageVersion) -> PackageUnits:
    """Structure of a version that was read already."""
    structure: dict[str, Any] = version.structure or {}
    rows = structure.get("units", [])
    return PackageUnits(
        version_id=version.pk,
        package_id=version.package_id,
        course_id=structure.get("course", {}).get("id", ""),
        blocks=tuple(block["id"] for block in structure.get("blocks", [])),
        units=tuple(_unit(number, row) for number, row in enumerate(rows)),
        addresses=tuple(
            row["href"] if row.get("remote") else file_url(place_of(version), row["href"]) for row in rows
        ),
    )


def unit_address(units: PackageUnits, number: int, parameters: dict[str, str]) -> str:
    """Launch address of one unit with the parameters of cmi5 section 8.1 joined to its own query."""
    address, mark, fragment = units.addresses[number].partition("#")
    return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}{mark}{fragment}"


def return_address(units: PackageUnits) -> str:
    """Where a unit inside our page goes when it is done: a page of ours on the package's own origin."""
    place = ContentPlace(version_id=units.version_id, label=package_label(units.package_id))
    return f"{content_root(place.label)}/p/{sign_content_token(place)}/terug.html"


def _unit(number: int, row: dict[str, Any]) -> PackageUnit:
    remote = bool(row.get("remote"))
    host = row["href"].split("/")[2] if remote else ""
    return PackageUnit(
        number=number,
        publisher_id=row["id"],
        title=row.get("title") or str(number + 1),
        move_on=row.get("move_on", "NotApplicable"),
        mastery_score=row.get("mastery_score"),
        own_window=remote or row.get("launch_method") == "OwnWindow",
        remote_host=host,
        parents=tuple(row.get("blocks", [])),
        groups=tuple(row.get("group", [])),
        launch_parameters=row.get("launch_parameters", ""),
        entitlement_key=row.get("entitlement_key", ""),
    )
