"""XML out of a stranger's package: parsed without DTD, entities or the network, and read by local names."""

import posixpath
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from media.domain.packages.report import Finding
from media.enums import PackageKind
from media.exceptions import PackageRefusedError

XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
MAX_UNITS = 500


@dataclass(frozen=True, slots=True)
class XmlManifest:
    """What a manifest says. `structure` is stored with the version: units in order, and what each needs to start."""

    kind: PackageKind
    title: str
    structure: dict[str, Any] = field(default_factory=dict)
    language: str = ""
    remote_hosts: tuple[str, ...] = ()
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()


class FileNames:
    """The files of a package, found as a forgiving web server would find them."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {name.casefold(): name for name in self._names}

    def locate(self, base: str, href: str) -> str | None:
        """Where `href` leads from the folder `base`: a quoted path with query and fragment, or None.

        Authors' programs write other capitals than the file has; such a file is found all the same.
        """
        try:
            parts = urlsplit(href.strip().replace("\\", "/"))
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            return None
        path = posixpath.normpath(posixpath.join(base, unquote(parts.path)).lstrip("/"))
        found = path if path in self._names else self._folded.get(path.casefold())
        if found is None or path.startswith(".."):
            return None
        query = f"?{parts.query}" if parts.query else ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return quote(found) + query + fragment


def parse_xml(data: bytes, *, name: str) -> Element:
    """Parse XML of a stranger: no DTD, no entities, nothing from elsewhere.

    Raises PackageRefusedError xml_unsafe or xml_invalid.
    """
    try:
        return fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise PackageRefusedError(
            "xml_unsafe",
            _(
                "In “%s” staan verwijzingen (DTD of entiteiten) die we niet openen. Maak het pakket opnieuw zonder."
            )
            % name,
        ) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise PackageRefusedError(
            "xml_invalid", _("Het bestand “%s” is geen leesbare XML. Exporteer het pakket opnieuw.") % name
        ) from error


def web_address(text: str) -> str:
    """The text as an absolute http(s) address, or ""."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return ""
    return text.strip() if parts.scheme in {"http", "https"} and parts.hostname else ""


def children(node: Element | None, name: str) -> list[Element]:
    """Direct children with this local name, whatever their namespace."""
    return [child for child in node if local(child) == name] if node is not None else []


def child(node: Element | None, name: str) -> Element | None:
    """The first direct child with this local name."""
    return next(iter(children(node, name)), None)


def walk(node: Element, name: str) -> Iterator[Element]:
    """Every descendant with this local name."""
    return (item for item in node.iter() if local(item) == name)


def local(node: Element) -> str:
    """The element's name without its namespace."""
    return str(node.tag).rsplit("}", 1)[-1]


def attribute(node: Element, name: str) -> str:
    """An attribute by local name in any capitals (`adlcp:scormtype`, `adlcp:scormType`), or ""."""
    for key, value in node.attrib.items():
        if key.rsplit("}", 1)[-1].lower() == name.lower():
            return str(value).strip()
    return ""


def text_of(node: Element | None, name: str = "", *, limit: int = 255) -> str:
    """Text of the node, or of its first child `name`, on one line."""
    found = child(node, name) if name else node
    return " ".join((found.text or "").split())[:limit] if found is not None else ""
