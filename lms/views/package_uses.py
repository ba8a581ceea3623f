"""Back office: where a learning package is used, version by version."""

from collections import defaultdict

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.domain.queries.package_uses import VersionUse, version_uses
from media.api import can_upload_packages, package_versions
from people.api import SignedInRequest


@require_GET
def uses(request: SignedInRequest, package_id: int) -> HttpResponse:
    """Each version with the courses and lessons that pinned it, and how many learners are in them."""
    if not can_upload_packages(request.user):
        raise PermissionDenied
    versions = package_versions(package_id)
    if not versions:
        raise Http404
    found: dict[int, list[VersionUse]] = defaultdict(list)
    for one in version_uses([version.version_id for version in versions]):
        found[one.use.package_version_id].append(one)
    rows = [(version, found[version.version_id]) for version in versions]
    context = {"title": versions[0].package_title, "package_id": package_id, "rows": rows}
    return render(request, "lms/admin/package_uses.html", context)
