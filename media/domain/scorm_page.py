"""What our page around a SCO needs: the units in order and how their run-time data begins."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from media.domain.package_source import PackageSource
from media.domain.player_page import inert
from media.enums import PackageKind


@dataclass(frozen=True, slots=True)
class ScormPage:
    """Context of the SCORM template. All addresses start with a slash."""

    title: str
    language: str
    assets: str
    runtime: str
    units: tuple[dict[str, Any], ...]
    config_json: str


def scorm_page_of(source: PackageSource, *, token: str, assets: str) -> ScormPage:
    """Build the page of a SCORM package; `token` is the address's content token, `assets` the player's folder."""
    is_2004 = source.kind == PackageKind.SCORM2004
    units = source.structure.get("units", [])
    config = {
        "siteUrl": str(settings.SITE_URL),
        "files": f"/p/{token}/files/",
        "version": "2004" if is_2004 else "1.2",
        "language": source.language,
        "units": [{name: value for name, value in unit.items() if name != "wanted"} for unit in units],
        "texts": {"done": _("klaar"), "learner": _("Deelnemer")},
    }
    return ScormPage(
        title=source.title,
        language=source.language or "nl",
        assets=assets,
        runtime="scorm2004.min.js" if is_2004 else "scorm12.min.js",
        units=tuple(units),
        config_json=inert(json.dumps(config)),
    )
