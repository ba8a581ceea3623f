"""Script and materials of a cohort's course, for who leads it: to read, to print and to take along."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from courses.api import Sheet, trainer_sheets
from lms.domain.paper import sheets_as_pdf
from lms.exceptions import PaperError
from lms.models import Cohort
from lms.views.trainer import leads, led_cohort
from people.api import SignedInRequest

#: The address of everything on paper; no sheet has it.
ALL = "alles"


@leads
@require_GET
def sheets(request: SignedInRequest, cohort_id: int) -> HttpResponse:
    """What there is for this cohort's trainers."""
    cohort = led_cohort(request, cohort_id)
    context = {"cohort": cohort, "sheets": trainer_sheets(cohort.course_id), "all": ALL}
    return render(request, "lms/trainer/sheets.html", context)


@leads
@require_GET
def sheet(request: SignedInRequest, cohort_id: int, slug: str) -> HttpResponse:
    """One sheet, made to print."""
    cohort = led_cohort(request, cohort_id)
    (found,) = _chosen(cohort, slug)
    return render(request, "lms/trainer/sheet.html", {"cohort": cohort, "sheet": found})


@leads
@require_GET
def sheet_pdf(request: SignedInRequest, cohort_id: int, slug: str) -> HttpResponse:
    """One sheet, or all of them, as a file."""
    cohort = led_cohort(request, cohort_id)
    chosen = trainer_sheets(cohort.course_id) if slug == ALL else _chosen(cohort, slug)
    if not chosen:
        raise Http404
    try:
        content = sheets_as_pdf(cohort.course.title, chosen)
    except PaperError as error:
        messages.error(request, error.message)
        return redirect("lms:sheets", cohort.pk)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{cohort.course.slug}-{slug}.pdf"'
    return response


def _chosen(cohort: Cohort, slug: str) -> tuple[Sheet]:
    found = next((one for one in trainer_sheets(cohort.course_id) if one.slug == slug), None)
    if found is None:
        raise Http404
    return (found,)
