"""Start a package for a person: the address of the player and the token that binds what comes back."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac

from media.domain.content_tokens import (
    LAUNCH_LIFETIME,
    ContentPlace,
    LaunchClaims,
    content_root,
    file_url,
    player_url,
    sign_launch_token,
)
from media.domain.package_source import SITE_SANDBOX
from media.domain.packages.report import PackageReport
from media.domain.playable import place_of, require_playable
from media.domain.units import PackageUnits, units_of
from media.enums import SITE_KINDS, PackageKind

#: What the iframe may do. Scripts, and nothing else: no forms, no windows, no origin of its own.
SANDBOX = "allow-scripts"
DEFAULT_HEIGHT = 420
SITE_HEIGHT = 640
MAX_STATE_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class PlayerLaunch:
    """All that a page needs to show the player (`{% include "media/player.html" with launch=... %}`).

    `src` is the iframe's address, `nonce` the secret of this launch between page and player, `token` what the page
    sends with every statement and state, `height` the first height in CSS pixels, `state_json` the saved state or "".
    `queue_key` names what the browser keeps while there is no network: per person and activity, without naming either.
    """

    src: str
    nonce: str
    token: str
    title: str
    kind: str
    main_library: str
    height: int
    content_origin: str
    sandbox: str
    activity: str
    version_id: int
    state_json: str
    queue_key: str
    #: The units of a cmi5 package, which are opened one by one; None for what plays at once.
    units: PackageUnits | None = None


def launch_package(
    *,
    version_id: int,
    person_id: int,
    activity: str,
    enrolment_ref: str,
    state_json: str | None = None,
    attempt: int = 1,
    ended: bool = False,
) -> PlayerLaunch:
    """Prepare one launch of a package version. Writes nothing.

    `activity` is the root IRI that the statements will carry; `enrolment_ref` is opaque here and comes back in the
    claims ("enrolment:12"). An attempt that `ended` is followed by the next, but for cmi5. State that is no JSON or
    over 256 kB is left out: the learner starts afresh.
    Raises PackageNotPlayableError (version_missing, version_waiting, version_refused).
    """
    version = require_playable(version_id)
    nonce = secrets.token_urlsafe(18)
    claims = LaunchClaims(
        person_id=person_id,
        version_id=version.pk,
        activity=activity,
        enrolment_ref=enrolment_ref,
        attempt=attempt + (1 if ended and version.kind != PackageKind.CMI5 else 0),
        nonce=nonce,
        expires_at=timezone.now() + LAUNCH_LIFETIME,
        main_library=version.main_library or version.kind,
    )
    place = place_of(version)
    is_site = version.kind in SITE_KINDS
    src = player_url(place, nonce=nonce)
    if version.kind == PackageKind.CMI5:
        src = first_page(place, version.structure)
    return PlayerLaunch(
        src=src,
        nonce=nonce,
        token=sign_launch_token(claims),
        title=version.title,
        kind=version.kind,
        main_library=version.main_library,
        height=SITE_HEIGHT if is_site else DEFAULT_HEIGHT,
        content_origin=content_root(place.label),
        sandbox=SITE_SANDBOX if is_site else SANDBOX,
        activity=activity,
        version_id=version.pk,
        state_json=usable_state(state_json),
        queue_key=salted_hmac("nestwerk.media.queue", f"{person_id}:{activity}").hexdigest()[:24],
        units=units_of(version) if version.kind == PackageKind.CMI5 else None,
    )


def launch_preview(*, staging: str, user_id: int, report: PackageReport) -> PlayerLaunch:
    """Start an upload that still waits, for the author who brought it. What it reports goes nowhere.

    `staging` is what `read_staging_token` gives. A cmi5 unit is shown without a record store: it has no learner yet.
    """
    kind = report.kind or ""
    nonce = secrets.token_urlsafe(18)
    is_site = kind in SITE_KINDS
    label = f"v{salted_hmac('nestwerk.media.preview', staging).hexdigest()[:20]}" if is_site else ""
    place = ContentPlace(staging=staging, label=label)
    src = player_url(place, nonce=nonce)
    if kind == PackageKind.CMI5:
        src = first_page(place, report.structure)
    return PlayerLaunch(
        src=src,
        nonce=nonce,
        token="",
        title=report.title,
        kind=kind,
        main_library="",
        height=SITE_HEIGHT if is_site else DEFAULT_HEIGHT,
        content_origin=content_root(label),
        sandbox=SITE_SANDBOX if is_site else SANDBOX,
        activity="urn:nestwerk:voorbeeld",
        version_id=0,
        state_json="",
        queue_key=salted_hmac("nestwerk.media.queue", f"{user_id}:{staging}").hexdigest()[:24],
    )


def first_page(place: ContentPlace, structure: dict[str, Any]) -> str:
    """Address of the first unit that lies in the package, or "" when all of them are elsewhere."""
    units = [unit for unit in structure.get("units", []) if not unit.get("remote")]
    return file_url(place, units[0]["href"]) if units else ""


def usable_state(state_json: str | None) -> str:
    """The saved state as it was, or "" where it is too large or no JSON."""
    if not state_json or len(state_json.encode()) > MAX_STATE_BYTES:
        return ""
    try:
        json.loads(state_json)
    except (ValueError, RecursionError):
        return ""
    return state_json
