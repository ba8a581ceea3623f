"""Which versions may be played, and where their files may be asked for."""

from django.utils.translation import gettext as _

from media.domain.content_tokens import ContentPlace, package_label
from media.enums import SITE_KINDS, VersionState
from media.exceptions import PackageNotPlayableError
from media.models import PackageVersion


def place_of(version: PackageVersion) -> ContentPlace:
    """Where the files of a version may be asked for."""
    label = package_label(version.package_id) if version.kind in SITE_KINDS else ""
    return ContentPlace(version_id=version.pk, label=label)


def require_playable(version_id: int) -> PackageVersion:
    """The version, or PackageNotPlayableError with a reason a learner can read."""
    version = PackageVersion.objects.filter(pk=version_id).first()
    if version is None:
        raise PackageNotPlayableError("version_missing", _("Dit leerpakket bestaat niet meer."))
    if version.state == VersionState.WAITING:
        raise PackageNotPlayableError(
            "version_waiting", _("Dit leerpakket wacht nog op goedkeuring door een beheerder.")
        )
    if version.state == VersionState.REFUSED:
        raise PackageNotPlayableError(
            "version_refused", _("Dit leerpakket werd geweigerd door een beheerder.")
        )
    return version
