"""imsmanifest.xml of SCORM 1.2 and SCORM 2004: what can be started, in which order, and with what."""

import re
from collections.abc import Collection, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from media.domain.packages.report import Finding
from media.domain.packages.xml_manifest import (
    MAX_UNITS,
    XML_BASE,
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
from media.enums import PackageKind

Unit = dict[str, Any]
_NUMBER = re.compile(r"^-?\d{1,6}(\.\d{1,6})?$")


def read_scorm(data: bytes, files: Collection[str]) -> XmlManifest:
    """Read an imsmanifest.xml. Raises PackageRefusedError xml_unsafe or xml_invalid.

    Without an organization that starts anything (some tools forget it) every resource that is a SCO is a unit, with a
    warning.
    """
    root = parse_xml(data, name="imsmanifest.xml")
    reader = _Reader(root, FileNames(files))
    organisation = _organisation(root)
    warnings: list[Finding] = []
    units = list(reader.units_of_items(organisation, ())) if organisation is not None else []
    if not units:
        units = list(reader.units_of_resources())
        warnings += [_no_organisation()] if units else []
    errors = [_missing(unit) for unit in units if not unit["href"]]
    if not units:
        errors.append(_nothing_to_start())
    elif len(units) > MAX_UNITS:
        errors.append(_too_many())
    metadata = child(root, "metadata")
    title = text_of(organisation, "title") or _lom_title(metadata) or (units[0]["title"] if units else "")
    return XmlManifest(
        kind=_kind(root),
        title=title,
        structure={"units": units[:MAX_UNITS]},
        language=_language(metadata),
        errors=tuple(errors[:10]),
        warnings=tuple(warnings),
    )


class _Reader:
    """Turns items and resources into units; `xml:base` counts on every level."""

    def __init__(self, root: Element, files: FileNames) -> None:
        self._files = files
        self._version_2004 = _kind(root) == PackageKind.SCORM2004
        self._resources: dict[str, tuple[Element, str]] = {}
        for group in walk(root, "resources"):
            base = root.get(XML_BASE, "") + group.get(XML_BASE, "")
            for resource in children(group, "resource"):
                key = resource.get("identifier") or f"resource-{len(self._resources)}"
                self._resources.setdefault(key, (resource, base + resource.get(XML_BASE, "")))

    def units_of_items(self, node: Element, group: tuple[str, ...]) -> Iterator[Unit]:
        """The visible items below `node` that start something, depth first."""
        for number, item in enumerate(children(node, "item"), start=1):
            title = text_of(item, "title") or _("Onderdeel %s") % number
            named = self._resources.get(item.get("identifierref") or "")
            if named and attribute(item, "isvisible").lower() != "false":
                unit = self._unit(item.get("identifier") or f"item-{number}", title, *named)
                if unit:
                    extras = self._extras_2004(item) if self._version_2004 else _extras_12(item)
                    href = with_parameters(unit["href"], item.get("parameters") or "")
                    yield {**unit, **extras, "href": href, "group": list(group)}
            yield from self.units_of_items(item, (*group, title))

    def units_of_resources(self) -> Iterator[Unit]:
        """For a manifest without organization: SCOs, or whatever has an address."""
        found = [self._unit(key, "", *value) for key, value in self._resources.items()]
        units = [unit for unit in found if unit]
        for number, unit in enumerate([u for u in units if u["tracked"]] or units[:1], start=1):
            yield {**unit, "title": _("Onderdeel %s") % number, "group": []}

    def _unit(self, key: str, title: str, resource: Element, base: str) -> Unit | None:
        """None for a resource that has nothing to open."""
        href = resource.get("href") or ""
        if not href:
            return None
        return {
            "id": key[:250],
            "title": title,
            "wanted": href[:250],
            "href": self._files.locate(base, href) or "",
            "tracked": attribute(resource, "scormtype").lower() == "sco",
        }

    def _extras_2004(self, item: Element) -> Unit:
        """Launch data and the two thresholds of SCORM 2004 (CAM 3.4.1, 4.2.4 in the fourth edition)."""
        threshold = child(item, "completionThreshold")
        minimum = ""
        if threshold is not None:
            minimum = attribute(threshold, "minProgressMeasure") or text_of(threshold)
        return _without_empty(
            {
                "launch_data": text_of(item, "dataFromLMS", limit=4_000),
                "time_limit_action": text_of(item, "timeLimitAction"),
                "completion_threshold": _number(minimum),
                "passing": _passing_score(item),
            }
        )


def with_parameters(href: str, parameters: str) -> str:
    """SCORM's own rule for `parameters`: a query is joined to a query, a fragment is added once."""
    rest = parameters.strip().lstrip("?&")
    if not rest or not href:
        return href
    if rest.startswith("#"):
        return href if "#" in href else href + rest
    address, mark, fragment = href.partition("#")
    return address + ("&" if "?" in address else "?") + rest + mark + fragment


def _extras_12(item: Element) -> Unit:
    return _without_empty(
        {
            "launch_data": text_of(item, "datafromlms", limit=4_096),
            "time_limit_action": text_of(item, "timelimitaction"),
            "max_time": text_of(item, "maxtimeallowed"),
            "passing": _number(text_of(item, "masteryscore")),
        }
    )


def _passing_score(item: Element) -> float | None:
    """`minNormalizedMeasure` of the primary objective, where the objective is met by its measure."""
    for sequencing in children(item, "sequencing"):
        for objective in walk(sequencing, "primaryObjective"):
            if attribute(objective, "satisfiedByMeasure").lower() == "true":
                return _number(text_of(objective, "minNormalizedMeasure") or "1.0")
    return None


def _organisation(root: Element) -> Element | None:
    """The default organization, or the first."""
    groups = children(root, "organizations")
    found = [item for group in groups for item in children(group, "organization")]
    default = groups[0].get("default") if groups else None
    return next((item for item in found if item.get("identifier") == default), found[0] if found else None)


def _kind(root: Element) -> PackageKind:
    versions = [text_of(node).lower() for node in walk(root, "schemaversion")]
    if any("2004" in version or "cam 1.3" in version for version in versions):
        return PackageKind.SCORM2004
    if any(version.startswith("1.2") for version in versions):
        return PackageKind.SCORM12
    names = " ".join(str(node.tag) + " ".join(node.attrib) for node in root.iter())
    return PackageKind.SCORM2004 if "adlcp_v1p3" in names else PackageKind.SCORM12


def _lom_title(metadata: Element | None) -> str:
    if metadata is None:
        return ""
    for title in walk(metadata, "title"):
        for node in title.iter():
            if local(node) in {"langstring", "string"} and text_of(node):
                return text_of(node)
    return ""


def _language(metadata: Element | None) -> str:
    general = next(walk(metadata, "general"), None) if metadata is not None else None
    language = text_of(general, "language", limit=20)
    return language if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language) else ""


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.match(text) else None


def _without_empty(values: Unit) -> Unit:
    return {key: value for key, value in values.items() if value not in (None, "")}


def _no_organisation() -> Finding:
    return Finding(
        "scorm_no_organisation",
        _(
            "In imsmanifest.xml staat geen inhoudstafel (organization). We nemen de onderdelen zoals ze komen."
        ),
    )


def _nothing_to_start() -> Finding:
    return Finding(
        "scorm_no_launch",
        _("In imsmanifest.xml staat niets dat kan starten. Exporteer het pakket opnieuw."),
    )


def _missing(unit: Unit) -> Finding:
    return Finding(
        "scorm_no_launch",
        _("Het startbestand “%s” uit imsmanifest.xml zit niet in het pakket. Exporteer het opnieuw.")
        % unit["wanted"][:120],
    )


def _too_many() -> Finding:
    return Finding(
        "too_many_units",
        _("Dit pakket telt meer dan %s onderdelen. Splits het in kleinere pakketten.") % MAX_UNITS,
    )
