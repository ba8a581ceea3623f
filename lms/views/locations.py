"""Where sessions are held: a page for everybody, and the office's list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.domain.locations import save_location
from lms.forms.location import LocationForm
from lms.models import Location, Session
from people.api import Role, SignedInRequest, role_required

office = role_required(Role.NETWORK_STAFF, Role.ADMINISTRATOR)


@require_safe
def location(request: HttpRequest, slug: str) -> HttpResponse:
    """How to get there, and who can get in. Sessions of public cohorts are named."""
    found = get_object_or_404(Location, slug=slug)
    sessions = (
        Session.objects.upcoming()
        .filter(location=found, cohort__is_public=True)
        .select_related("cohort__course")[:6]
    )
    return render(request, "lms/locations/location.html", {"location": found, "sessions": list(sessions)})


@office
@require_http_methods(["GET", "HEAD", "POST"])
def locations(request: SignedInRequest) -> HttpResponse:
    """All locations, and a new one."""
    form = LocationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        save_location(form=form, actor=request.user)
        messages.success(request, _("De locatie is toegevoegd."))
        return redirect("lms:locations")
    context = {"form": form, "locations": list(Location.objects.all())}
    status = 422 if form.is_bound else 200
    return render(request, "lms/locations/locations.html", context, status=status)


@office
@require_http_methods(["GET", "HEAD", "POST"])
def location_edit(request: SignedInRequest, location_id: int) -> HttpResponse:
    """Change a location."""
    found = get_object_or_404(Location, pk=location_id)
    form = LocationForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and form.is_valid():
        save_location(form=form, actor=request.user)
        messages.success(request, _("De locatie is aangepast."))
        return redirect("lms:locations")
    context = {"form": form, "location": found}
    return render(request, "lms/locations/edit.html", context, status=422 if form.is_bound else 200)
