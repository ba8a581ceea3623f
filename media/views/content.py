"""Views of the content origin: the player page, files of packages and libraries, the player's own code."""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from media.domain.content_tokens import ContentPlace, read_content_token
from media.domain.package_source import SITE_SANDBOX, files_of, source_of
from media.domain.packages.names import safe_name
from media.domain.packages.storing import package_storage
from media.domain.player_page import PlayerPage, player_page_of
from media.domain.scorm_page import scorm_page_of
from media.enums import LibraryState, PackageKind
from media.exceptions import MediaError
from media.models import H5PLibrary
from media.views.player_assets import asset_path, assets_version
from media.views.streaming import IMMUTABLE, file_response

#: Where a row's files lie never changes, so that the place may be remembered.
_REMEMBER = 600


def player_page(request: HttpRequest, token: str) -> HttpResponse:
    """The page inside the iframe. It knows the package and nothing about the person."""
    place = _place(request, token)
    assets = f"/speler/{assets_version()}"
    source = source_of(place)
    if source is None or source.kind == PackageKind.CMI5:
        raise Http404
    if source.kind == PackageKind.H5P:
        page = player_page_of(source, token=token, assets=assets)
        response = HttpResponse(render_to_string("media/content/player.html", {"page": page}))
        response["Content-Security-Policy"] = player_policy(page)
    else:
        context = {"page": scorm_page_of(source, token=token, assets=assets)}
        response = HttpResponse(render_to_string("media/content/scorm.html", context))
        response["Content-Security-Policy"] = scorm_policy()
    response["Cache-Control"] = "private, max-age=300"
    return response


def package_file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """One file of a package's content, as long as the token lives."""
    place = _place(request, token)
    files = _remembered(f"media:place:{place.staging or place.version_id}", lambda: files_of(place))
    prefix, _mark, policy = files.partition("|")
    return _stored(request, prefix, name, policy=policy)


def return_page(request: HttpRequest, token: str) -> HttpResponse:
    """Where a unit goes when it is done: a page that says so, in the iframe or in its own window."""
    _place(request, token)
    response = HttpResponse(
        render_to_string("media/content/return.html", {"assets": f"/speler/{assets_version()}"})
    )
    response["Content-Security-Policy"] = scorm_policy()
    return response


def library_file(request: HttpRequest, content_hash: str, name: str) -> HttpResponseBase:
    """One file of an approved library. The address holds the hash of the contents, so it never changes."""
    if len(content_hash) != 64 or not content_hash.isalnum():
        raise Http404
    prefix = _remembered(f"media:library:{content_hash}", lambda: _library_prefix(content_hash))
    return _stored(request, prefix, name)


def player_asset(request: HttpRequest, version: str, name: str) -> HttpResponseBase:
    """Our player's code and the H5P core that it drives."""
    path = asset_path(name)
    if path is None:
        raise Http404
    caching = IMMUTABLE if version == assets_version() else "public, max-age=60"
    return file_response(request, path.open("rb"), name=name, caching=caching)


def player_policy(page: PlayerPage) -> str:
    """The content security policy of the player page; wider only where the package's old libraries need it."""
    relaxed = "unsafe-eval" in page.csp_relaxations
    directives = {
        "default-src": "'none'",
        "script-src": "'self' 'unsafe-eval'" if relaxed else "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "media-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'self'" if relaxed else "'none'",
        "form-action": "'none'",
        "frame-ancestors": str(settings.SITE_URL),
        "sandbox": "allow-scripts",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def scorm_policy() -> str:
    """The policy of our own page around a SCO: our scripts, and frames of this very package."""
    directives = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "frame-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": str(settings.SITE_URL),
        "sandbox": SITE_SANDBOX,
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _place(request: HttpRequest, token: str) -> ContentPlace:
    """The token's place, asked for on its own host. Another package's origin never sees these files."""
    place = read_content_token(token)
    if place is None or place.label != getattr(request, "content_label", ""):
        raise Http404
    return place


def _remembered(key: str, look_up: Callable[[], str]) -> str:
    """A found place is remembered; one that is not there (yet) is looked up again."""
    prefix: str = cache.get(key) or ""
    if not prefix and (prefix := look_up()):
        cache.set(key, prefix, _REMEMBER)
    return prefix


def _library_prefix(content_hash: str) -> str:
    rows = H5PLibrary.objects.filter(content_hash=content_hash, state=LibraryState.APPROVED)
    return rows.values_list("storage_prefix", flat=True).first() or ""


def _stored(request: HttpRequest, prefix: str, name: str, *, policy: str = "") -> HttpResponseBase:
    if not prefix:
        raise Http404
    try:
        content = package_storage().open(f"{prefix}/{safe_name(name)}", "rb")
    except (OSError, MediaError) as error:
        raise Http404 from error
    return file_response(request, content, name=name, caching=IMMUTABLE, site_policy=policy)
