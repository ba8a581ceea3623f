"""What a learner does within a lesson page: a voice in a poll, notes, the second of a film, sharing a reflection."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.domain.notes import save_note
from lms.domain.polls import vote
from lms.domain.positions import keep_position
from lms.domain.queries.enrolments import current_enrolment
from lms.domain.sharing import share_reflection, take_back
from lms.exceptions import EnrolmentError, LmsError, PollError, ReflectionError
from lms.views.access import refusal, signed_in_or_401, wants_json
from lms.views.learning import lesson_page
from lms.views.lesson_screen import NOTE, ReflectionForm
from lms.views.screens import course_url
from people.api import SignedInRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: SignedInRequest, slug: str, lesson: str, poll: str) -> HttpResponse:
    """Give a voice. A GET comes from a sign-in detour and leads back to the lesson."""
    here = f"{course_url(slug)}{lesson}/#peiling-{poll}"
    if request.method != "POST":
        return HttpResponseRedirect(here)
    try:
        vote(
            person_id=request.user.pk,
            course_slug=slug,
            lesson_slug=lesson,
            poll_id=poll,
            choices=request.POST.getlist("keuze"),
        )
    except EnrolmentError:
        return HttpResponseRedirect(course_url(slug))
    except PollError as error:
        if error.code == "poll_unknown":
            raise Http404 from error
        messages.info(request, error.message)
    return HttpResponseRedirect(here)


@signed_in_or_401
@require_POST
def position(request: SignedInRequest, slug: str, lesson: str, media: str) -> HttpResponse:
    """Keep the second at which a film or recording stopped; only scripts call this."""
    raw = request.POST.get("seconde", "")
    second = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else -1
    try:
        kept = keep_position(
            person_id=request.user.pk, course_slug=slug, lesson_slug=lesson, media_id=media, second=second
        )
    except EnrolmentError as error:
        return refusal(error, status=404)
    except LmsError as error:
        return refusal(error, status=404 if error.code == "media_unknown" else 400)
    return JsonResponse({"saved": True, "second": kept})


@signed_in_or_401
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: SignedInRequest, slug: str, lesson: str) -> HttpResponse:
    """Keep the note of a lesson, while typing or with the button."""
    here = f"{course_url(slug)}{lesson}/#notities"
    if request.method != "POST":
        return HttpResponseRedirect(here)
    text, raw = request.POST.get("tekst", ""), request.POST.get("versie", "")
    revision = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 0
    try:
        saved = save_note(
            person_id=request.user.pk, course_slug=slug, lesson_slug=lesson, text=text, revision=revision
        )
    except EnrolmentError as error:
        return refusal(error, status=404) if wants_json(request) else HttpResponseRedirect(course_url(slug))
    except LmsError as error:
        status = 413 if error.code == "too_long" else 404
        if wants_json(request):
            return refusal(error, status=status)
        if status == 404:
            raise Http404 from error
        draft = ReflectionForm(NOTE, "", "", "", text, revision, error=error.message)
        return _lesson_with(request, slug, lesson, draft, status)
    if saved.conflict:
        if wants_json(request):
            message = _("Op een ander toestel schreef je hier intussen iets anders. Laad de pagina opnieuw.")
            return JsonResponse({"code": "conflict", "message": message, "other": saved.text}, status=409)
        draft = ReflectionForm(NOTE, "", "", "", text, saved.revision, other=saved.text)
        return _lesson_with(request, slug, lesson, draft, 409)
    if wants_json(request):
        return JsonResponse({"saved": True, "revision": saved.revision})
    messages.success(request, _("Je notities zijn bewaard."))
    return HttpResponseRedirect(here)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: SignedInRequest, slug: str, lesson: str, reflection: str) -> HttpResponse:
    """Share a reflection with a trainer of one's own group, or take it back (`terug`)."""
    here = f"{course_url(slug)}{lesson}/#reflectie-{reflection}"
    if request.method != "POST":
        return HttpResponseRedirect(here)
    try:
        if "terug" in request.POST:
            take_back(person=request.user, course_slug=slug, reflection_id=reflection)
            messages.success(request, _("Je nam je reflectie terug. Alleen jij leest ze nog."))
        else:
            raw = request.POST.get("trainer", "")
            share_reflection(
                person=request.user,
                course_slug=slug,
                lesson_slug=lesson,
                reflection_id=reflection,
                trainer_id=int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 12 else 0,
            )
            messages.success(
                request, _("Je trainer kan deze reflectie nu lezen. Je kunt ze altijd terugnemen.")
            )
    except EnrolmentError:
        return HttpResponseRedirect(course_url(slug))
    except ReflectionError as error:
        if error.code == "reflection_unknown":
            raise Http404 from error
        messages.info(request, error.message)
    return HttpResponseRedirect(here)


def _lesson_with(
    request: SignedInRequest, slug: str, lesson: str, draft: ReflectionForm, status: int
) -> HttpResponse:
    enrolment = current_enrolment(person_id=request.user.pk, course_slug=slug)
    if enrolment is None:
        return HttpResponseRedirect(course_url(slug))
    return lesson_page(request, enrolment, slug, lesson, {draft.id: draft}, status)
