"""Learning packages in the back office: list, upload with a check before anything is kept, libraries."""

from collections.abc import Callable
from functools import wraps
from typing import IO, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from media.domain.launch import launch_package, launch_preview
from media.domain.packages.approve import approve_library, refuse_library
from media.domain.packages.importing import import_package
from media.domain.packages.inspect import inspect_package
from media.domain.packages.report import PackageReport
from media.domain.packages.staging import read_staging_token, stage, staged
from media.domain.queries.packages import (
    known_libraries,
    libraries_with_use,
    package_list,
    waiting_library_count,
)
from media.enums import CspRelaxation, LibraryState, PackageKind
from media.exceptions import LibraryDecisionError, MediaError
from media.forms.packages import LibraryDecisionForm, PackageConfirmForm, PackageUploadForm
from media.models import H5PLibrary, LearningPackage, PackageVersion
from media.rules import can_decide_on_libraries, can_upload_packages
from people.api import SignedInRequest

View = Callable[..., HttpResponse]
PER_PAGE = 50


def storage_full() -> str:
    """What an author reads when the storage refuses half-way."""
    return _(
        "De opslag is vol of even niet bereikbaar. Er is niets bewaard. Probeer later opnieuw of meld het de beheerder."
    )


def allowed(rule: Callable[[Any], bool]) -> Callable[[View], View]:
    """Only for people for whom the rule holds; Wagtail asked for admin access before."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not rule(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


@allowed(can_upload_packages)
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """All packages, newest first."""
    page = Paginator(package_list(), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "waiting": waiting_library_count(),
        "can_decide": can_decide_on_libraries(request.user),
    }
    return render(request, "media/admin/index.html", context)


@allowed(can_upload_packages)
@require_http_methods(["GET", "POST"])
def upload(request: SignedInRequest) -> HttpResponse:
    """First step: choose a file and see what we find in it. Nothing is recorded."""
    if request.method == "GET":
        form = PackageUploadForm(initial={"package": request.GET.get("pakket")})
        return render(request, "media/admin/upload.html", {"form": form})
    form = PackageUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "media/admin/upload.html", {"form": form}, status=422)
    file: UploadedFile[Any] = form.cleaned_data["file"]
    upload: IO[bytes] = file.file  # type: ignore[assignment]  # a file on disk or in memory
    report = inspect_package(upload, known=known_libraries())
    if not report.accepted:
        return render(request, "media/admin/upload.html", {"form": form, "report": report}, status=422)
    existing = PackageVersion.objects.filter(sha256=report.sha256).first()
    if existing:
        messages.info(request, _("Dit bestand stond er al. Er is niets veranderd."))
        return redirect("media_package", existing.package_id)
    return _check_page(request, upload, report, name=file.name or "", package=form.cleaned_data["package"])


def _check_page(
    request: SignedInRequest,
    file: IO[bytes],
    report: PackageReport,
    *,
    name: str,
    package: LearningPackage | None,
) -> HttpResponse:
    """What is in it, what is wrong with it, and the exercise itself, before anything is recorded."""
    try:
        token = stage(file, report=report, user_id=request.user.pk, original_name=name)
    except OSError:
        messages.error(request, storage_full())
        form = PackageUploadForm(initial={"package": package})
        return render(request, "media/admin/upload.html", {"form": form}, status=507)
    place, _name = read_staging_token(token, user_id=request.user.pk)
    context = {
        "form": PackageConfirmForm(initial={"token": token, "package": package}),
        "report": report,
        "kind": PackageKind(str(report.kind)).label,
        "relaxations": [CspRelaxation(word).label for word in report.csp_relaxations],
        "name": name,
        "package": package,
        "launch": launch_preview(staging=place, user_id=request.user.pk, report=report),
    }
    return render(request, "media/admin/check.html", context)


@allowed(can_upload_packages)
@require_POST
def confirm(request: SignedInRequest) -> HttpResponse:
    """Second step: keep the checked package."""
    form = PackageConfirmForm(request.POST)
    if not form.is_valid():
        return redirect("media_package_upload")
    package: LearningPackage | None = form.cleaned_data["package"]
    try:
        with staged(form.cleaned_data["token"], user_id=request.user.pk) as (file, name):
            imported = import_package(
                file=file,
                uploaded_by=request.user,
                original_name=name,
                slug=package.slug if package else None,
            )
    except MediaError as refusal:
        messages.error(request, refusal.message)
        return redirect("media_package_upload")
    except OSError:
        messages.error(request, storage_full())
        return redirect("media_package_upload")
    if imported.state == "waiting":
        messages.warning(request, _("Bewaard. Een beheerder keurt eerst de nieuwe bibliotheken goed."))
    else:
        messages.success(request, _("Bewaard en klaar om in een les te zetten."))
    return redirect("media_package", imported.package_id)


@allowed(can_upload_packages)
@require_GET
def detail(request: SignedInRequest, package_id: int) -> HttpResponse:
    """One package with its versions, libraries and, when ready, the exercise as a learner sees it."""
    package = get_object_or_404(LearningPackage, pk=package_id)
    versions = list(
        package.versions.select_related("uploaded_by").prefetch_related("libraries").order_by("-number")
    )
    ready = next((version for version in versions if version.is_ready), None)
    context = {"package": package, "versions": versions, "ready": ready}
    if ready:
        context["launch"] = launch_package(
            version_id=ready.pk,
            person_id=request.user.pk,
            activity=f"urn:nestwerk:voorbeeld:{ready.pk}",
            enrolment_ref="preview",
        )
    return render(request, "media/admin/detail.html", context)


@allowed(can_upload_packages)
@require_GET
def libraries(request: SignedInRequest) -> HttpResponse:
    """All H5P libraries; those that somebody waits for come first."""
    page = Paginator(libraries_with_use(), PER_PAGE).get_page(request.GET.get("p"))
    context = {"page": page, "can_decide": can_decide_on_libraries(request.user), "states": LibraryState}
    return render(request, "media/admin/libraries.html", context)


@allowed(can_decide_on_libraries)
@require_POST
def decide(request: SignedInRequest, library_id: int) -> HttpResponse:
    """Approve or refuse one library."""
    get_object_or_404(H5PLibrary, pk=library_id)
    form = LibraryDecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Kies “Keur goed” of “Weiger”."))
        return redirect("media_libraries")
    try:
        if form.cleaned_data["decision"] == "approve":
            library = approve_library(
                library_id=library_id, approved_by=request.user, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("%s is goedgekeurd.") % library)
        else:
            library = refuse_library(
                library_id=library_id, refused_by=request.user, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("%s is geweigerd.") % library)
    except LibraryDecisionError as refusal:
        messages.error(request, refusal.message)
    return redirect("media_libraries")
