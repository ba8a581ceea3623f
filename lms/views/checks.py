"""The knowledge check: a form, its answers as they come in, and the result after handing in."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses.api import PublicCheck, get_check, get_outline, mark_check
from lms.domain.attempt_rules import Stage
from lms.domain.checks import (
    CheckAddress,
    clean_answers,
    close_late,
    hand_in,
    new_attempt,
    questions_of,
    save_answers,
    standing_of,
    start_attempt,
)
from lms.domain.lessons import neighbours
from lms.domain.queries.enrolments import attempts_of, current_enrolment
from lms.exceptions import CheckError, EnrolmentError
from lms.models import CheckAttempt, Enrolment
from lms.views.access import refusal, signed_in_or_401
from lms.views.check_screen import field_name, question_form, question_results
from lms.views.enrol import enrol_page
from lms.views.screens import course_url
from people.api import SignedInRequest, signed_in


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedInRequest, slug: str, lesson: str, check: str) -> HttpResponse:
    """The form of the attempt under way, or a result (`?poging=2`); a POST hands in. Never from a browser's memory."""
    address = _address(request, slug, lesson, check)
    if request.method == "POST":
        return _hand_in(request, address)
    enrolment = current_enrolment(person_id=request.user.pk, course_slug=slug)
    if enrolment is None:
        return enrol_page(request, slug)
    public = _public_check(enrolment, lesson, check)
    attempts = attempts_of(enrolment=enrolment, check_id=check)
    handed_in = [attempt for attempt in attempts if attempt.is_submitted]
    asked = _number(request.GET.get("poging"))
    shown = next((attempt for attempt in handed_in if attempt.number == asked), None)
    where = standing_of(public, attempts)
    if where.stage == Stage.TIME_UP and shown is None:
        return HttpResponseRedirect(f"{request.path}?poging={close_late(address=address)}&tijd=1")
    if where.stage in (Stage.PASSED, Stage.WAITING):
        shown = shown or next((attempt for attempt in handed_in if attempt.passed), handed_in[-1])
    if shown:
        return _result_page(request, enrolment, public, address, shown, attempts)
    if where.stage == Stage.READY and public.time_limit:
        return _start_page(request, enrolment, public, address, attempts)
    return _form_page(request, enrolment, public, address, attempts)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest, slug: str, lesson: str, check: str) -> HttpResponse:
    """Begin a check whose time is limited. A GET comes from a sign-in detour and leads to the check."""
    here = f"{course_url(slug)}{lesson}/toets/{check}/"
    if request.method == "POST":
        try:
            start_attempt(address=_address(request, slug, lesson, check))
        except EnrolmentError:
            return HttpResponseRedirect(course_url(slug))
        except CheckError as error:
            if error.code == "check_unknown":
                raise Http404 from error
    return HttpResponseRedirect(here)


@signed_in_or_401
@require_POST
def answer(request: SignedInRequest, slug: str, lesson: str, check: str) -> HttpResponse:
    """Keep the answers of the form as they stand. Called while somebody works."""
    address = _address(request, slug, lesson, check)
    try:
        kept = save_answers(
            address=address, number=_number(request.POST.get("poging")), given=_posted(request)
        )
    except EnrolmentError as error:
        return refusal(error, status=404)
    except CheckError as error:
        return refusal(error, status=404 if error.code == "check_unknown" else 409)
    if kept.time_up:
        message = _("De tijd is om. Wat je op tijd gaf, is bewaard en ingediend.")
        return JsonResponse({"code": "time_up", "message": message, "reload": True}, status=409)
    if kept.gone:
        message = _(
            "Een vraag staat niet meer in deze toets. Laad de pagina opnieuw; je andere antwoorden zijn bewaard."
        )
        return JsonResponse({"code": "question_gone", "message": message}, status=409)
    return JsonResponse({"saved": True, "attempt": kept.number})


def _hand_in(request: SignedInRequest, address: CheckAddress) -> HttpResponse:
    try:
        outcome = hand_in(address=address, number=_number(request.POST.get("poging")), given=_posted(request))
    except EnrolmentError:
        return HttpResponseRedirect(course_url(address.course_slug))
    except CheckError as error:
        if error.code == "check_unknown":
            raise Http404 from error
        return HttpResponseRedirect(request.path)  # the page itself says what is going on
    if outcome.unanswered:
        return _unanswered_page(request, address, outcome.unanswered)
    again = "&al=1" if outcome.repeated else "&tijd=1" if outcome.time_up else ""
    return HttpResponseRedirect(f"{request.path}?poging={outcome.number}{again}")


def _unanswered_page(
    request: SignedInRequest, address: CheckAddress, unanswered: Sequence[str]
) -> HttpResponse:
    enrolment = current_enrolment(person_id=address.person_id, course_slug=address.course_slug)
    if enrolment is None:
        raise Http404
    public = get_check(enrolment.version_id, address.check_id)
    attempts = attempts_of(enrolment=enrolment, check_id=address.check_id)
    return _form_page(request, enrolment, public, address, attempts, unanswered, status=422)


def _form_page(
    request: SignedInRequest,
    enrolment: Enrolment,
    public: PublicCheck,
    address: CheckAddress,
    attempts: Sequence[CheckAttempt],
    unanswered: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    under_way = next((attempt for attempt in attempts if not attempt.is_submitted), None)
    attempt = under_way or new_attempt(enrolment, public, attempts)
    asked = questions_of(public, attempt)
    questions = question_form(asked, clean_answers(asked, attempt.answers), unanswered)
    left = (attempt.deadline - timezone.now()).total_seconds() if attempt.deadline else None
    context = {
        **_page(enrolment, public, address),
        "questions": questions,
        "number": attempt.number,
        "open_questions": [question for question in questions if question.is_open],
        "kept_right": bool(attempt.answers) and under_way is None,
        "seconds_left": None if left is None else max(0, int(left)),
        "standing": standing_of(public, attempts),
    }
    return render(request, "lms/learning/check.html", context, status=status)


def _start_page(
    request: SignedInRequest,
    enrolment: Enrolment,
    public: PublicCheck,
    address: CheckAddress,
    attempts: Sequence[CheckAttempt],
) -> HttpResponse:
    context = {**_page(enrolment, public, address), "standing": standing_of(public, attempts)}
    return render(request, "lms/learning/check_start.html", context)


def _result_page(
    request: SignedInRequest,
    enrolment: Enrolment,
    public: PublicCheck,
    address: CheckAddress,
    attempt: CheckAttempt,
    attempts: Sequence[CheckAttempt],
) -> HttpResponse:
    asked = questions_of(public, attempt)
    marked = mark_check(enrolment.version_id, public.id, attempt.answers, attempt.drawn or None)
    context = {
        **_page(enrolment, public, address),
        "attempt": attempt,
        "questions": question_results(asked, marked),
        "score": ngettext(
            "%(score)s van %(total)s vraag juist", "%(score)s van %(total)s vragen juist", marked.maximum
        )
        % {"score": attempt.score, "total": attempt.maximum},
        "repeated": _repeated(request),
        "standing": standing_of(public, attempts),
        "after": neighbours(get_outline(enrolment.version_id), address.lesson_slug)[1],
        "is_completed": enrolment.is_completed,
    }
    return render(request, "lms/learning/check_result.html", context)


def _repeated(request: SignedInRequest) -> str:
    if "al" in request.GET:
        return _("Deze poging was al ingediend. Je eerste antwoorden tellen.")
    return _("De tijd was om. Wat je op tijd gaf, telt.") if "tijd" in request.GET else ""


def _page(enrolment: Enrolment, public: PublicCheck, address: CheckAddress) -> dict[str, object]:
    outline = get_outline(enrolment.version_id)
    url = course_url(address.course_slug)
    return {
        "check": public,
        "outline": outline,
        "lesson": outline.lesson(address.lesson_slug),
        "course_url": url,
        "lesson_url": f"{url}{address.lesson_slug}/",
    }


def _public_check(enrolment: Enrolment, lesson_slug: str, check_id: str) -> PublicCheck:
    """The check, when this version has it in this lesson; 404 otherwise."""
    lesson = get_outline(enrolment.version_id).lesson(lesson_slug)
    if lesson is None or check_id not in lesson.test_ids:
        raise Http404
    return get_check(enrolment.version_id, check_id)


def _address(request: SignedInRequest, slug: str, lesson: str, check: str) -> CheckAddress:
    return CheckAddress(request.user.pk, slug, lesson, check)


def _posted(request: SignedInRequest) -> dict[str, list[str]]:
    """Question id to its answer, as the form sent it; what is unknown falls away in the domain.

    A gap is an input of its own, `vraag-<question>:<gap>`, and becomes "gap:words".
    """
    prefix = field_name("")
    posted: dict[str, list[str]] = {}
    for name in request.POST:
        if name.startswith(prefix):
            question, found, gap = name.removeprefix(prefix).partition(":")
            values = request.POST.getlist(name)
            posted.setdefault(question, []).extend(f"{gap}:{value}" if found else value for value in values)
    return posted


def _number(raw: str | None) -> int:
    """An attempt's number out of a form or address; 0 where it is none."""
    return int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) < 9 else 0
