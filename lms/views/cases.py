"""A case with decision points: the way so far, and the step where somebody stands."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.api import get_check, get_outline
from lms.domain.cases import decide, run_again, run_of
from lms.domain.checks import CheckAddress
from lms.domain.queries.enrolments import current_enrolment
from lms.exceptions import CheckError, EnrolmentError
from lms.views.enrol import enrol_page
from lms.views.screens import course_url
from people.api import SignedInRequest, signed_in


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: SignedInRequest, slug: str, lesson: str, case: str) -> HttpResponse:
    """The case as far as somebody went; a POST takes a decision. Nothing of later steps is on the page."""
    if request.method == "POST":
        return _decide(request, CheckAddress(request.user.pk, slug, lesson, case))
    enrolment = current_enrolment(person_id=request.user.pk, course_slug=slug)
    if enrolment is None:
        return enrol_page(request, slug)
    outline = get_outline(enrolment.version_id)
    found = outline.lesson(lesson)
    if found is None or case not in found.case_ids:
        raise Http404
    run, attempts = run_of(enrolment=enrolment, case_id=case)
    url = course_url(slug)
    context = {
        "case": get_check(enrolment.version_id, case),
        "run": run,
        "is_first": not attempts,
        "counts": case in found.check_ids,
        "lesson": found,
        "lesson_url": f"{url}{lesson}/",
        "step_number": len(run.way.taken) + 1,
    }
    return render(request, "lms/learning/case.html", context)


def _decide(request: SignedInRequest, address: CheckAddress) -> HttpResponse:
    try:
        if "opnieuw" in request.POST:
            run_again(address=address)
            return HttpResponseRedirect(request.path)
        choice = request.POST.get("keuze", "")
        if not choice:
            messages.info(request, _("Kies eerst wat je doet."))
            return HttpResponseRedirect(f"{request.path}#stap")
        raw = request.POST.get("ronde", "")
        number = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 0
        decide(address=address, number=number, step=request.POST.get("stap", ""), choice=choice)
    except EnrolmentError:
        return HttpResponseRedirect(course_url(address.course_slug))
    except CheckError as error:
        if error.code == "check_unknown":
            raise Http404 from error
        messages.info(request, error.message)
    return HttpResponseRedirect(f"{request.path}#stap")
