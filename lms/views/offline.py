"""Reading without a connection: the worker, the list of pages to keep, and the page for what cannot be done then."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from courses.api import get_outline
from lms.domain.queries.enrolments import current_enrolment
from lms.views.screens import course_url
from people.api import SignedInRequest, signed_in

WORKER = "lms/js/offline_worker.js"


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, on our own origin and for addresses below this one only; it holds nothing personal."""
    path = finders.find(WORKER)
    if not isinstance(path, str):
        raise Http404
    text = Path(path).read_text(encoding="utf-8")
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@signed_in
@require_safe
def offline_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """The pages of this learner's version of a course. One query."""
    enrolment = current_enrolment(person_id=request.user.pk, course_slug=slug)
    if enrolment is None:
        raise Http404
    outline = get_outline(enrolment.version_id)
    base = course_url(slug)
    pages = [base, *(f"{base}{lesson.slug}/" for lesson in outline.lessons)]
    return JsonResponse({"version": outline.number, "pages": pages})


@require_safe
def no_connection(request: HttpRequest) -> HttpResponse:
    """What the worker shows for a page that was not kept, or a form that needs the site."""
    return render(request, "lms/learning/no_connection.html")
