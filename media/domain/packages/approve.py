"""An administrator's word on foreign code: once per library version, for good."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from media.domain.queries.packages import versions_ready_now
from media.enums import LibraryState, VersionState
from media.exceptions import LibraryDecisionError
from media.models import H5PLibrary, PackageVersion
from people.api import User


@transaction.atomic
def approve_library(*, library_id: int, approved_by: User | None, reason: str = "") -> H5PLibrary:
    """Approve one library. A second approval changes nothing.

    `approved_by` is None only for the house's own set-up. Packages that waited for nothing else become ready.
    Raises LibraryDecisionError: library_missing, library_refused.
    """
    library = _locked(library_id)
    if library.state == LibraryState.APPROVED:
        return library
    if library.state == LibraryState.REFUSED:
        raise LibraryDecisionError(
            "library_refused",
            _("Deze bibliotheek werd geweigerd. Vraag de maker om een nieuwe versie ervan."),
        )
    _decide(library, LibraryState.APPROVED, approved_by, reason)
    ready = list(versions_ready_now([library.pk]).values_list("pk", flat=True).distinct())
    PackageVersion.objects.filter(pk__in=ready).update(state=VersionState.READY)
    record_audit(
        verb="h5p_library.approved",
        subject=ref(library),
        actor=approved_by,
        data={"library": str(library), "content_hash": library.content_hash, "versions_ready": ready},
    )
    return library


@transaction.atomic
def refuse_library(*, library_id: int, refused_by: User, reason: str) -> H5PLibrary:
    """Refuse one library that waits; packages that need it are refused with it.

    Raises LibraryDecisionError: library_missing, reason_missing, library_approved.
    """
    if not reason.strip():
        raise LibraryDecisionError(
            "reason_missing", _("Schrijf in één zin waarom, zodat de auteur verder kan.")
        )
    library = _locked(library_id)
    if library.state == LibraryState.APPROVED:
        raise LibraryDecisionError(
            "library_approved",
            _("Deze bibliotheek is al goedgekeurd en misschien in gebruik. Ze blijft staan zoals ze is."),
        )
    if library.state == LibraryState.REFUSED:
        return library
    _decide(library, LibraryState.REFUSED, refused_by, reason)
    PackageVersion.objects.filter(libraries=library, state=VersionState.WAITING).update(
        state=VersionState.REFUSED
    )
    record_audit(
        verb="h5p_library.refused", subject=ref(library), actor=refused_by, data={"library": str(library)}
    )
    return library


def approve_version_libraries(*, version_id: int, approved_by: User | None) -> int:
    """Approve every library that one version still waits for. Returns how many. Raises LibraryDecisionError."""
    waiting = H5PLibrary.objects.filter(versions=version_id, state=LibraryState.WAITING).values_list(
        "pk", flat=True
    )
    ids = list(waiting)
    for library_id in ids:
        approve_library(library_id=library_id, approved_by=approved_by)
    return len(ids)


def _locked(library_id: int) -> H5PLibrary:
    library = H5PLibrary.objects.select_for_update().filter(pk=library_id).first()
    if library is None:
        raise LibraryDecisionError("library_missing", _("Deze bibliotheek bestaat niet (meer)."))
    return library


def _decide(library: H5PLibrary, state: LibraryState, by: User | None, reason: str) -> None:
    library.state = state
    library.reason = reason.strip()
    library.approved_by = by
    library.approved_at = timezone.now()
    library.save(update_fields=["state", "reason", "approved_by", "approved_at"])
