"""What the page inside the iframe needs to play one H5P package. One file read."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from media.domain.package_source import PackageSource

#: Escapes that keep JSON inside a <script> element inert.
_ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
#: Seconds between two looks of H5P at its own state; a look that finds nothing new sends nothing.
SAVE_EVERY = 2


@dataclass(frozen=True, slots=True)
class PlayerPage:
    """Context of the player template. All addresses start with a slash."""

    title: str
    language: str
    assets: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    integration_json: str
    csp_relaxations: tuple[str, ...]


def player_page_of(source: PackageSource, *, token: str, assets: str) -> PlayerPage:
    """Build the page of an H5P package; `token` is the address's content token, `assets` the player's folder."""
    return PlayerPage(
        title=source.title,
        language=source.language or "nl",
        assets=assets,
        styles=tuple(_address(token, path) for path in source.styles),
        scripts=tuple(_address(token, path) for path in source.scripts),
        integration_json=inert(json.dumps(_integration(source, source.content(), token))),
        csp_relaxations=source.csp_relaxations,
    )


def _address(token: str, path: str) -> str:
    """A library that is stored has an address of its own; one that waits lies among the upload's files."""
    return path if path.startswith("/") else f"/p/{token}/files/{path}"


def _integration(source: PackageSource, content: Any, token: str) -> dict[str, Any]:
    """H5PIntegration, as H5P's own code reads it. Activity and saved state come later, from our page."""
    return {
        "siteUrl": str(settings.SITE_URL),
        "url": f"/p/{token}",
        # "/l" and "/p/<token>/files" are both below the root: a library may be stored or still wait.
        "urlLibraries": "",
        "libraryDirectories": {
            name: _address(token, folder).lstrip("/") for name, folder in source.library_folders.items()
        },
        "postUserStatistics": False,
        "reportingIsEnabled": True,
        "saveFreq": SAVE_EVERY,
        "ajax": {},
        "l10n": {"H5P": core_texts()},
        "contents": {
            "cid-1": {
                "library": source.main_library,
                "jsonContent": json.dumps(content),
                "contentUrl": f"/p/{token}/files",
                "fullScreen": "0",
                "displayOptions": {
                    "frame": False,
                    "copyright": False,
                    "embed": False,
                    "export": False,
                    "icon": False,
                },
                "metadata": {
                    "title": source.title,
                    "license": "U",
                    "defaultLanguage": source.language or "nl",
                },
                "styles": [],
                "scripts": [],
            }
        },
    }


def inert(text: str) -> str:
    """JSON that may stand inside a <script> element."""
    return text.translate(_ESCAPES)


def core_texts() -> dict[str, str]:
    """Texts of H5P's core that a learner can meet."""
    return {
        "fullscreen": _("Volledig scherm"),
        "disableFullscreen": _("Volledig scherm sluiten"),
        "download": _("Bewaar"),
        "copyrights": _("Gebruiksrechten"),
        "copyrightInformation": _("Gebruiksrechten"),
        "close": _("Sluit"),
        "title": _("Titel"),
        "author": _("Maker"),
        "year": _("Jaar"),
        "source": _("Bron"),
        "license": _("Licentie"),
        "thumbnail": _("Voorbeeld"),
        "noCopyrights": _("Bij deze inhoud staan geen gebruiksrechten."),
        "contentChanged": _("Deze inhoud veranderde sinds je ze laatst gebruikte."),
        "startingOver": _("Je begint opnieuw."),
        "by": _("door"),
        "showMore": _("Toon meer"),
        "showLess": _("Toon minder"),
        "subLevel": _("Onderdeel"),
        "confirmDialogHeader": _("Weet je het zeker?"),
        "confirmDialogBody": _("Dit kun je niet ongedaan maken."),
        "cancelLabel": _("Annuleer"),
        "confirmLabel": _("Bevestig"),
        "contentType": _("Soort inhoud"),
        "contentCopied": _("Gekopieerd"),
        "connectionLost": _("Geen verbinding. We bewaren je antwoorden."),
        "connectionReestablished": _("Er is weer verbinding."),
        "resubmitScores": _("We sturen je antwoorden door."),
        "offlineSuccessfulSubmit": _("Je antwoorden zijn bewaard."),
        **{f"license{name}": name for name in ("U", "C", "PD", "GPL", "CCBY", "CCBYSA", "CCBYND", "CCBYNC")},
        **{
            f"license{name}": name
            for name in ("CCBYNCSA", "CCBYNCND", "CC40", "CC30", "CC25", "CC20", "CC10")
        },
        **{f"license{name}": name for name in ("V1", "V2", "V3", "CC010", "PDM", "Extras")},
    }
