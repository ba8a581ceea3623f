"""Where the player takes a package from: a stored version, or an upload that still waits for the author's word."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from media.domain.content_tokens import ContentPlace
from media.domain.packages import staging
from media.domain.packages.storing import package_storage
from media.domain.packages.strict_json import parse_json
from media.enums import SITE_KINDS, VersionState
from media.models import H5PLibrary, PackageVersion

#: SCORM and cmi5 expect to be a real site: with an origin (of this package alone), dialogs, forms, windows. What a
#: window opens stays in the same sandbox.
SITE_SANDBOX = "allow-scripts allow-same-origin allow-modals allow-forms allow-popups allow-downloads"


@dataclass(frozen=True, slots=True)
class PackageSource:
    """What a player page needs to know of a package. `styles` and `scripts` are addresses in load order.

    `library_folders` maps "H5P.Question-1.5" to the address of its folder. An address without a slash in front lies
    among the package's own files.
    """

    kind: str
    title: str
    language: str
    main_library: str
    prefix: str
    structure: dict[str, Any] = field(default_factory=dict)
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    library_folders: dict[str, str] = field(default_factory=dict)
    csp_relaxations: tuple[str, ...] = ()

    def content(self) -> Any:
        """content.json of an H5P package. Raises OSError, PackageRefusedError."""
        with package_storage().open(f"{self.prefix}/content.json", "rb") as file:
            return parse_json(file.read(), name="content.json")


def source_of(place: ContentPlace) -> PackageSource | None:
    """The package behind a content token, or None when it is not there (any more). At most two queries."""
    if place.staging:
        return _staged_source(place.staging)
    version = PackageVersion.objects.filter(pk=place.version_id, state=VersionState.READY).first()
    if version is None:
        return None
    libraries = (
        []
        if version.kind in SITE_KINDS
        else list(
            H5PLibrary.objects.filter(version_links__version=version).order_by("version_links__position")
        )
    )
    return PackageSource(
        kind=version.kind,
        title=version.title,
        language=version.language,
        main_library=version.main_library,
        prefix=version.storage_prefix,
        structure=version.structure,
        styles=tuple(
            library_url(library.content_hash, path) for library in libraries for path in library.styles
        ),
        scripts=tuple(
            library_url(library.content_hash, path) for library in libraries for path in library.scripts
        ),
        library_folders={library.folder: f"/l/{library.content_hash}" for library in libraries},
        csp_relaxations=tuple(version.csp_relaxations),
    )


def files_of(place: ContentPlace) -> str:
    """Storage prefix and, for a site of its own, the policy of its pages: "prefix|policy"; "" when it is not there."""
    source = source_of(place)
    if source is None:
        return ""
    policy = site_policy(source.csp_relaxations) if source.kind in SITE_KINDS else ""
    return f"{source.prefix}|{policy}"


def site_policy(relaxations: tuple[str, ...]) -> str:
    """Policy of the pages of a SCORM or cmi5 package: only its own files, and our record store to report to."""
    wider = "".join(f" '{word}'" for word in relaxations)
    site = str(settings.SITE_URL)
    directives = {
        "default-src": "'none'",
        "script-src": f"'self' blob:{wider}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "media-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "frame-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "connect-src": f"'self' data: blob: {site}/xapi/",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": f"'self' {site}",
        "sandbox": SITE_SANDBOX,
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def library_url(content_hash: str, path: str) -> str:
    """Address of a library's file on the content origin."""
    return f"/l/{content_hash}/{path}"


def _staged_source(name: str) -> PackageSource | None:
    plan = staging.read_plan(name)
    if plan is None:
        return None
    for key in ("styles", "scripts", "csp_relaxations"):
        plan[key] = tuple(plan[key])
    return PackageSource(**plan)
