"""A seat for everybody on a list: choose the list, see what happens, do it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lms.domain.list_seats import ListSeats, inside_of, seat_list
from lms.domain.waiting import free_seats
from lms.exceptions import LmsError
from lms.models import Cohort
from people.api import Role, SignedInRequest, people_of_import, recent_imports, role_required

#: Lists hold addresses of everybody on them: the office reads them, a trainer does not.
office = role_required(Role.NETWORK_STAFF, Role.ADMINISTRATOR)
SHOWN = 50


@office
@require_http_methods(["GET", "HEAD"])
def lists(request: SignedInRequest, cohort_id: int) -> HttpResponse:
    """The lists of the last weeks, for one cohort."""
    cohort = get_object_or_404(Cohort.objects.select_related("course"), pk=cohort_id)
    context = {"cohort": cohort, "lists": recent_imports()}
    return render(request, "lms/trainer/lists.html", context)


@office
@require_http_methods(["GET", "HEAD", "POST"])
def one_list(request: SignedInRequest, cohort_id: int, list_id: int) -> HttpResponse:
    """Who is on the list, who is inside and how many seats are free; a button seats the others."""
    cohort = get_object_or_404(Cohort.objects.select_related("course"), pk=cohort_id)
    people = people_of_import(list_id)
    inside = inside_of(cohort.pk, people)
    problem, refused = "", []
    if request.method == "POST":
        try:
            found = seat_list(cohort_id=cohort.pk, list_id=list_id, actor=request.user)
        except LmsError as error:
            problem = error.message
        else:
            if found.seated or found.waiting:
                messages.success(request, _said(found))
            refused = found.refused
            if not refused:
                return redirect("lms:cohort", cohort.pk)
            inside = inside_of(cohort.pk, people)
    free = max(free_seats(cohort), 0)
    newcomers = [person for person in people if person.pk not in inside]
    context = {
        "cohort": cohort,
        "list_id": list_id,
        "people": people,
        "newcomers": newcomers[:SHOWN],
        "more": max(len(newcomers) - SHOWN, 0),
        "inside": len(inside),
        "free": free,
        "too_many": max(len(newcomers) - free, 0),
        "problem": problem,
        "refused": refused,
    }
    status = 409 if problem or refused else 200
    return render(request, "lms/trainer/list.html", context, status=status)


def _said(found: ListSeats) -> str:
    said = ngettext("%(count)s kreeg een plaats.", "%(count)s kregen een plaats.", found.seated)
    said %= {"count": found.seated}
    if found.waiting:
        said += " " + _("%(count)s op de wachtlijst.") % {"count": found.waiting}
    return said
