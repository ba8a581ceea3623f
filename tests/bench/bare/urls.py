from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from tests.bench.bare.models import Note


@login_required
def signed_in(request: HttpRequest) -> HttpResponse:
    """A view that knows who asks."""
    return HttpResponse(f"<p>{request.user.pk}</p>")


@login_required
@transaction.atomic
def insert(request: HttpRequest) -> JsonResponse:
    """One row by a signed-in person."""
    note = Note.objects.create(user=request.user, data=dict(request.POST.lists()))
    return JsonResponse({"saved": note.pk})


urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("in/", signed_in),
    path("insert/", insert),
    path("", include(wagtail_urls)),
]
