"""The course with its progress, and the lesson: nothing but the lesson."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.api import get_outline
from lms.domain.completion import judge_work, read_work
from lms.domain.progress import mark_lesson, remember_lesson
from lms.domain.queries.enrolments import current_enrolment
from lms.domain.reviews import SCORES, review_course, score_of
from lms.exceptions import EnrolmentError, LmsError
from lms.models import Enrolment
from lms.views.enrol import enrol_page
from lms.views.lesson_screen import ReflectionForm, lesson_screen
from lms.views.screens import course_screen, course_url
from people.api import SignedInRequest, signed_in


@signed_in
@require_safe
def learning(request: SignedInRequest) -> HttpResponse:
    """No page of its own: the desk shows all courses."""
    return HttpResponseRedirect("/mijn/")


@signed_in
@require_safe
def course(request: SignedInRequest, slug: str) -> HttpResponse:
    """The course of a learner: where they are, what is next, what the rule still asks."""
    enrolment = current_enrolment(person_id=request.user.pk, course_slug=slug)
    if enrolment is None:
        return enrol_page(request, slug)
    outline = get_outline(enrolment.version_id)
    work = read_work(enrolment, outline).work
    verdict = judge_work(outline, work)
    screen = course_screen(
        outline, verdict, work, slug=slug, last_lesson=enrolment.last_lesson, person_id=request.user.pk
    )
    context = {
        "outline": outline,
        "screen": screen,
        "enrolment": enrolment,
        "slug": slug,
        "is_copy": "kopie" in request.GET,
        "scores": SCORES,
        "my_score": score_of(enrolment),
    }
    return render(request, "lms/learning/course.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say how useful the course was. A GET comes from a sign-in detour and leads back to the course."""
    if request.method == "POST":
        raw = request.POST.get("cijfer", "")
        try:
            review_course(
                person_id=request.user.pk, course_slug=slug, score=int(raw) if raw in "12345" and raw else 0
            )
            messages.success(request, _("Dank je. Je cijfer telt mee, zonder je naam."))
        except LmsError as error:
            messages.info(request, error.message)
    return HttpResponseRedirect(course_url(slug))


@signed_in
@require_safe
def lesson(request: SignedInRequest, slug: str, lesson: str) -> HttpResponse:
    """One lesson; remembers that the learner is here. `?kopie=1` is the copy for reading without a connection."""
    enrolment = current_enrolment(person_id=request.user.pk, course_slug=slug)
    if enrolment is None:
        return enrol_page(request, slug)
    if "kopie" in request.GET:
        return lesson_page(request, enrolment, slug, lesson, is_copy=True)
    response = lesson_page(request, enrolment, slug, lesson)
    remember_lesson(enrolment=enrolment, lesson_slug=lesson)
    return response


def lesson_page(
    request: SignedInRequest,
    enrolment: Enrolment,
    slug: str,
    lesson_slug: str,
    drafts: Mapping[str, ReflectionForm] | None = None,
    status: int = 200,
    *,
    is_copy: bool = False,
) -> HttpResponse:
    """Render a lesson, with reflections that were refused as they were typed. 404 for an unknown lesson.

    A copy for the device holds nothing that the learner wrote.
    """
    outline = get_outline(enrolment.version_id)
    if outline.lesson(lesson_slug) is None:
        raise Http404
    # Private texts and states come with the lesson's name only.
    found = read_work(enrolment, outline, lesson="" if is_copy else lesson_slug)
    screen = lesson_screen(
        enrolment=enrolment,
        outline=outline,
        slug=slug,
        lesson_slug=lesson_slug,
        found=found,
        verdict=judge_work(outline, found.work),
        drafts=drafts or {},
        is_copy=is_copy,
    )
    context = {
        "outline": outline,
        "screen": screen,
        "is_copy": is_copy,
        "lesson": screen.content.lesson,
        "statement_url": reverse("lms:statement"),
        "state_url": reverse("lms:state"),
    }
    return render(request, "lms/learning/lesson.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_done(request: SignedInRequest, slug: str, lesson: str) -> HttpResponse:
    """ "Klaar, ga verder". A GET comes from a sign-in detour and leads back to the lesson."""
    here = f"{course_url(slug)}{lesson}/"
    if request.method != "POST":
        return HttpResponseRedirect(here)
    try:
        marked = mark_lesson(person=request.user, course_slug=slug, lesson_slug=lesson)
    except EnrolmentError:
        return HttpResponseRedirect(course_url(slug))
    except LmsError as error:
        raise Http404 from error
    if marked.completed_now:
        messages.success(request, _("Je rondde de cursus af. Knap gedaan."))
        return HttpResponseRedirect(course_url(slug))
    if marked.waits_for_check:
        messages.info(request, _("Gelezen. De toets van deze les wacht nog op je; maak ze wanneer het past."))
    after = f"{marked.next_lesson}/" if marked.next_lesson else ""
    return HttpResponseRedirect(course_url(slug) + after)
