"""Saving a private reflection, while typing or with a button."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.domain.private_texts import SavedText
from lms.domain.queries.enrolments import current_enrolment
from lms.domain.reflections import save_reflection
from lms.exceptions import EnrolmentError, ReflectionError
from lms.views.access import refusal, signed_in_or_401, wants_json
from lms.views.learning import lesson_page
from lms.views.lesson_screen import ReflectionForm
from lms.views.screens import course_url
from people.api import SignedInRequest

STATUS = {"reflection_unknown": 404, "too_long": 413}


@signed_in_or_401
@require_http_methods(["GET", "HEAD", "POST"])
def reflection(request: SignedInRequest, slug: str, lesson: str, reflection: str) -> HttpResponse:
    """Keep what was written. A GET comes from a sign-in detour and leads back to the lesson."""
    here = f"{course_url(slug)}{lesson}/#reflectie-{reflection}"
    if request.method != "POST":
        return HttpResponseRedirect(here)
    text, revision = request.POST.get("tekst", ""), _revision(request)
    try:
        saved = save_reflection(
            person_id=request.user.pk,
            course_slug=slug,
            lesson_slug=lesson,
            reflection_id=reflection,
            text=text,
            revision=revision,
        )
    except EnrolmentError as error:
        if wants_json(request):
            return refusal(error, status=404)
        return HttpResponseRedirect(course_url(slug))
    except ReflectionError as error:
        return _refused(request, error, slug, lesson, _draft(reflection, text, revision, error=error.message))
    if saved.conflict:
        return _conflict(
            request, saved, slug, lesson, _draft(reflection, text, saved.revision, other=saved.text)
        )
    if wants_json(request):
        return JsonResponse({"saved": True, "revision": saved.revision})
    messages.success(request, _("Je reflectie is bewaard. Alleen jij leest ze."))
    return HttpResponseRedirect(here)


def _refused(
    request: SignedInRequest, error: ReflectionError, slug: str, lesson: str, draft: ReflectionForm
) -> HttpResponse:
    status = STATUS.get(error.code, 400)
    if wants_json(request):
        return refusal(error, status=status)
    if status == 404:
        raise Http404
    return _lesson_with(request, slug, lesson, draft, status)


def _conflict(
    request: SignedInRequest, saved: SavedText, slug: str, lesson: str, draft: ReflectionForm
) -> HttpResponse:
    if not wants_json(request):
        return _lesson_with(request, slug, lesson, draft, 409)
    message = _(
        "Op een ander toestel schreef je hier intussen iets anders. "
        "Wat je nu typt, staat nog in dit veld: laad de pagina opnieuw om beide te zien."
    )
    return JsonResponse({"code": "conflict", "message": message, "other": saved.text}, status=409)


def _lesson_with(
    request: SignedInRequest, slug: str, lesson: str, draft: ReflectionForm, status: int
) -> HttpResponse:
    enrolment = current_enrolment(person_id=request.user.pk, course_slug=slug)
    if enrolment is None:
        return HttpResponseRedirect(course_url(slug))
    return lesson_page(request, enrolment, slug, lesson, {draft.id: draft}, status)


def _draft(
    reflection_id: str, text: str, revision: int, *, error: str = "", other: str = ""
) -> ReflectionForm:
    return ReflectionForm(reflection_id, "", "", "", text, revision, error=error, other=other)


def _revision(request: SignedInRequest) -> int:
    raw = request.POST.get("versie", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 0
