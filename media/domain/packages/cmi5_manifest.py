"""cmi5.xml: the course structure with its blocks and assignable units (cmi5 specification, section 13 and 14)."""

import re
from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from media.domain.packages.report import Finding
from media.domain.packages.xml_manifest import (
    MAX_UNITS,
    FileNames,
    XmlManifest,
    attribute,
    child,
    children,
    local,
    parse_xml,
    text_of,
    walk,
)
from media.domain.packages.xml_manifest import web_address as _web_address
from media.enums import PackageKind

MOVE_ON = ("Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable")
LAUNCH_METHODS = ("AnyWindow", "OwnWindow")
_IRI = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]{1,900}$")
_SCORE = re.compile(r"^(0(\.\d{1,6})?|1(\.0{1,6})?|\.\d{1,6})$")


def read_cmi5(data: bytes, files: Collection[str], *, name: str = "cmi5.xml") -> XmlManifest:
    """Read a course structure. Raises PackageRefusedError xml_unsafe or xml_invalid.

    `files` is empty for a course structure that comes alone: then every unit must have a full web address.
    """
    root = parse_xml(data, name=name)
    course = child(root, "course")
    reader = _Reader(FileNames(files))
    units = list(reader.units(root, ()))
    errors = [*reader.errors, *_course_errors(root, course), *_id_errors(reader, units)]
    hosts = sorted({urlsplit(unit["href"]).hostname or "" for unit in units if unit["remote"]})
    title, language = _langstring(course, "title")
    return XmlManifest(
        kind=PackageKind.CMI5,
        title=title,
        language=language,
        structure={
            "course": {
                "id": (course.get("id") or "")[:1000] if course is not None else "",
                "title": title,
                "description": _langstring(course, "description")[0],
            },
            "blocks": reader.blocks,
            "units": units[:MAX_UNITS],
        },
        remote_hosts=tuple(hosts),
        errors=tuple(errors[:10]),
        warnings=tuple(_remote_warnings(hosts)),
    )


class _Reader:
    """Walks blocks and units in order, and keeps what is wrong with them."""

    def __init__(self, files: FileNames) -> None:
        self._files = files
        self.blocks: list[dict[str, Any]] = []
        self.errors: list[Finding] = []

    def units(self, node: Element, parents: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """Units below `node`; `parents` are the ids of the blocks around it."""
        for item in node:
            if local(item) == "au":
                yield self._unit(item, parents)
            elif local(item) == "block":
                key = (item.get("id") or "").strip()
                self._check_id(key)
                title = _langstring(item, "title")[0]
                self.blocks.append({"id": key, "title": title, "parents": list(parents)})
                yield from self.units(item, (*parents, key))

    def _unit(self, item: Element, parents: tuple[str, ...]) -> dict[str, Any]:
        key = (item.get("id") or "").strip()
        self._check_id(key)
        url = text_of(item, "url", limit=2_000)
        remote = _web_address(url)
        href = remote or self._files.locate("", url) or ""
        if not href:
            self.errors.append(_no_launch(url))
        return {
            "id": key,
            "title": _langstring(item, "title")[0],
            "href": href,
            "remote": bool(remote),
            "tracked": True,
            "blocks": list(parents),
            "group": [block["title"] for block in self.blocks if block["id"] in parents],
            "move_on": self._choice(item, "moveOn", MOVE_ON, "NotApplicable"),
            "launch_method": self._choice(item, "launchMethod", LAUNCH_METHODS, "AnyWindow"),
            "mastery_score": self._mastery(item),
            "activity_type": attribute(item, "activityType"),
            "launch_parameters": _long_text(item, "launchParameters"),
            "entitlement_key": _long_text(item, "entitlementKey"),
        }

    def _check_id(self, key: str) -> None:
        if not _IRI.match(key):
            self.errors.append(
                Finding(
                    "cmi5_id",
                    _(
                        "“%s” in cmi5.xml is geen bruikbaar kenmerk. Elke eenheid heeft een volledig IRI nodig."
                    )
                    % key[:120],
                )
            )

    def _choice(self, item: Element, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = attribute(item, name)
        if value and value not in allowed:
            self.errors.append(
                Finding(
                    "cmi5_value",
                    _("In cmi5.xml staat %(name)s=“%(value)s”. Kies een van: %(allowed)s.")
                    % {"name": name, "value": value[:40], "allowed": ", ".join(allowed)},
                )
            )
        return value if value in allowed else default

    def _mastery(self, item: Element) -> float | None:
        value = attribute(item, "masteryScore")
        if not value:
            return None
        if not _SCORE.match(value):
            self.errors.append(
                Finding(
                    "cmi5_value",
                    _("masteryScore in cmi5.xml is een getal van 0 tot 1, geen “%s”.") % value[:40],
                )
            )
            return None
        return float(value)


def _course_errors(root: Element, course: Element | None) -> Iterator[Finding]:
    if local(root) != "courseStructure" or course is None or not _IRI.match((course.get("id") or "").strip()):
        yield Finding(
            "cmi5_no_course",
            _("In cmi5.xml ontbreekt de cursus met haar kenmerk. Exporteer het pakket opnieuw."),
        )
    if next(walk(root, "au"), None) is None:
        yield Finding(
            "cmi5_no_launch",
            _("In cmi5.xml staat geen eenheid (au) die kan starten. Exporteer het pakket opnieuw."),
        )


def _id_errors(reader: _Reader, units: list[dict[str, Any]]) -> Iterator[Finding]:
    ids = [unit["id"] for unit in units] + [block["id"] for block in reader.blocks]
    if len(ids) != len(set(ids)):
        yield Finding(
            "cmi5_id_twice",
            _("Twee onderdelen in cmi5.xml hebben hetzelfde kenmerk. Geef elk een eigen kenmerk."),
        )
    if len(units) > MAX_UNITS:
        yield Finding(
            "too_many_units",
            _("Dit pakket telt meer dan %s onderdelen. Splits het in kleinere pakketten.") % MAX_UNITS,
        )


def _remote_warnings(hosts: list[str]) -> Iterator[Finding]:
    if hosts:
        yield Finding(
            "remote_unit",
            _(
                "Een deel opent op een andere site (%s), in een eigen venster. Ga na of dat mag en blijft werken."
            )
            % ", ".join(hosts[:10]),
        )


def _no_launch(url: str) -> Finding:
    return Finding(
        "cmi5_no_launch",
        _("Het startbestand “%s” uit cmi5.xml zit niet in het pakket. Exporteer het opnieuw.") % url[:120],
    )


def _langstring(node: Element | None, name: str) -> tuple[str, str]:
    """Text and language: Dutch where there is Dutch, else the first."""
    found = [
        (text_of(item), (item.get("lang") or "")[:20]) for item in children(child(node, name), "langstring")
    ]
    return next((pair for pair in found if pair[1].lower().startswith("nl")), found[0] if found else ("", ""))


def _long_text(item: Element, name: str) -> str:
    """Launch parameters keep their white space: they are for the unit, not for us."""
    found = child(item, name)
    return (found.text or "").strip()[:4_000] if found is not None else ""
