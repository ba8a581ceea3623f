"""Starting and leaving a course."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.api import course_by_slug, get_outline
from lms.domain.enrolment import enrol as enrol_person
from lms.domain.enrolment import withdraw as withdraw_person
from lms.domain.queries.enrolments import current_enrolment
from lms.domain.queries.seats import choices_for
from lms.domain.seats import take_seat
from lms.exceptions import LmsError
from lms.views.screens import course_url
from lms.views.seats import SAID
from people.api import SignedInRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the course asks, with the button to start; a POST starts. Twice is once."""
    if request.method != "POST":
        if current_enrolment(person_id=request.user.pk, course_slug=slug) is not None:
            return HttpResponseRedirect(course_url(slug))
        return enrol_page(request, slug)
    cohort_id = _cohort_id(request)
    try:
        if cohort_id is None:
            enrol_person(person=request.user, course_slug=slug)
        else:
            said = take_seat(person=request.user, cohort_id=cohort_id, code=request.POST.get("code", "")[:40])
            if said != "enrolled":
                messages.success(request, SAID[said])
                return HttpResponseRedirect(reverse("lms:my_groups"))
    except LmsError as error:
        if error.code == "course_missing":
            raise Http404 from error
        return enrol_page(request, slug, problem=error.message)
    return HttpResponseRedirect(course_url(slug))


@signed_in
@require_safe
def choose_group(request: SignedInRequest, slug: str) -> HttpResponse:
    """For somebody who follows the course without a group: which ones there are."""
    return enrol_page(request, slug)


def enrol_page(request: SignedInRequest, slug: str, problem: str = "") -> HttpResponse:
    """For somebody who is not in this course: what it is, what finishes it, and how to start. 404 without a course."""
    course = course_by_slug(slug)
    if course is None:
        raise Http404
    outline = get_outline(course.version_id) if course.version_id else None
    choices = choices_for(request.user, [course.page_id])
    context = {
        "course": course,
        "outline": outline,
        "sentences": outline.rule_sentences if outline else (),
        "cohorts": choices,
        "needs_code": any(one.needs_code for one in choices),
        "code": request.POST.get("code", "")[:40],
        "problem": problem,
        "chosen": _cohort_id(request),
    }
    return render(request, "lms/learning/enrol.html", context, status=409 if problem else 200)


def _cohort_id(request: SignedInRequest) -> int | None:
    """The chosen group; anything that is no number is no choice."""
    raw = request.POST.get("groep", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 18 else None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, slug: str) -> HttpResponse:
    """Leave a course; what was done stays for who comes back."""
    if request.method != "POST":
        return HttpResponseRedirect(course_url(slug))
    try:
        withdraw_person(person=request.user, course_slug=slug)
    except LmsError as error:
        messages.error(request, error.message)
        return HttpResponseRedirect(course_url(slug))
    messages.success(
        request,
        _("Je bent uitgeschreven. Wat je deed, bewaren we: als je terugkomt, ga je verder waar je was."),
    )
    return HttpResponseRedirect("/mijn/")
