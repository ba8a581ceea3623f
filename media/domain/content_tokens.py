"""Signed, expiring addresses on the content origin.

Two tokens with two salts. The *content token* stands in the path of every package file: it names where the files lie
and on which host they may be asked for, and nothing about a person, so that it may be cached and leaks nothing. The
*launch token* stays on our own page and travels with every statement: it binds person, activity, version, attempt and
expiry.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

from media.exceptions import LaunchTokenError

CONTENT_SALT = "nestwerk.media.content"
LAUNCH_SALT = "nestwerk.media.launch"
LAUNCH_LIFETIME = timedelta(hours=24)
#: Content addresses end at the second midnight (UTC) from now: between 24 and 48 hours, the same address for
#: everyone that day, so that the browser's cache works between two launches.
_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class LaunchClaims:
    """What a launch token says. The lms compares each of these with the signed-in person and the enrolment."""

    person_id: int
    version_id: int
    activity: str
    enrolment_ref: str
    attempt: int
    nonce: str
    expires_at: datetime
    #: "H5P.MultiChoice 1.16"; here so that a statement can be judged without looking the package up again.
    main_library: str = ""


@dataclass(frozen=True, slots=True)
class ContentPlace:
    """Which files a content token opens: those of a stored version, or of an upload that still waits (`staging`).

    `label` is the subdomain of the content origin on which they may be asked for; "" is the content origin itself.
    """

    version_id: int = 0
    staging: str = ""
    label: str = ""


def package_label(package_id: int) -> str:
    """Subdomain of a package that is a web site of its own: no other package shares its origin."""
    return f"p{package_id}"


def sign_content_token(place: ContentPlace, *, now: datetime | None = None) -> str:
    """Token for the files of one place, good until the second midnight from now."""
    moment = now or timezone.now()
    expiry = (int(moment.timestamp()) // _DAY + 2) * _DAY
    facts: dict[str, object] = {"e": expiry}
    facts |= {"s": place.staging} if place.staging else {"v": place.version_id}
    if place.label:
        facts["o"] = place.label
    return signing.Signer(salt=CONTENT_SALT).sign_object(facts)


def read_content_token(token: str) -> ContentPlace | None:
    """The place, or None when the token is forged or past its time."""
    try:
        data = signing.Signer(salt=CONTENT_SALT).unsign_object(token)
        expiry = int(data["e"])
        staging = str(data.get("s", ""))
        version_id = 0 if staging else int(data["v"])
        label = str(data.get("o", ""))
    except (signing.BadSignature, ValueError, KeyError, TypeError, AttributeError):
        return None
    return ContentPlace(version_id, staging, label) if timezone.now().timestamp() < expiry else None


def sign_launch_token(claims: LaunchClaims) -> str:
    """Token that the page sends with every statement and state of this launch."""
    return signing.Signer(salt=LAUNCH_SALT).sign_object(
        {
            "p": claims.person_id,
            "v": claims.version_id,
            "a": claims.activity,
            "r": claims.enrolment_ref,
            "t": claims.attempt,
            "n": claims.nonce,
            "e": int(claims.expires_at.timestamp()),
            "l": claims.main_library,
        }
    )


def read_launch_token(token: str) -> LaunchClaims:
    """Verify and read a launch token.

    Raises LaunchTokenError with code token_invalid (forged, damaged) or token_expired. The caller still has to
    compare the person with the signed-in user and the enrolment with its own row.
    """
    try:
        data = signing.Signer(salt=LAUNCH_SALT).unsign_object(token)
        claims = LaunchClaims(
            person_id=int(data["p"]),
            version_id=int(data["v"]),
            activity=str(data["a"]),
            enrolment_ref=str(data["r"]),
            attempt=int(data["t"]),
            nonce=str(data["n"]),
            expires_at=datetime.fromtimestamp(int(data["e"]), tz=timezone.get_default_timezone()),
            main_library=str(data.get("l", "")),
        )
    except (signing.BadSignature, ValueError, KeyError, TypeError) as error:
        raise LaunchTokenError(
            "token_invalid", _("Deze startcode klopt niet. Open de activiteit opnieuw.")
        ) from error
    if timezone.now() >= claims.expires_at:
        raise LaunchTokenError(
            "token_expired", _("Je startte deze activiteit meer dan een dag geleden. Laad de pagina opnieuw.")
        )
    return claims


def player_url(place: ContentPlace, *, nonce: str) -> str:
    """Address of the player page. The nonce stands in the fragment: it never reaches a server or a log."""
    return f"{content_root(place.label)}/p/{sign_content_token(place)}/player.html#n={quote(nonce)}"


def file_url(place: ContentPlace, href: str) -> str:
    """Address of one file of the package; `href` is quoted already and may have a query."""
    return f"{content_root(place.label)}/p/{sign_content_token(place)}/files/{href}"


def content_root(label: str = "") -> str:
    """The content origin, or its subdomain `label`, without a slash at the end."""
    root = str(settings.CONTENT_ORIGIN).rstrip("/")
    scheme, mark, rest = root.partition("://")
    return f"{scheme}{mark}{label}.{rest}" if label else root
