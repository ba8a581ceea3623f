"""Renewing: what is in order already comes along by itself; the page asks only for what is missing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation.domain.checklist import checklist_for, open_dossiers
from accreditation.domain.dossiers import HANDED_IN, choose_route, submit_dossier
from accreditation.domain.next_steps import step_url
from accreditation.domain.queries.recognitions import rows_of
from accreditation.domain.recognition_rules import is_renewal, row_dates
from accreditation.enums import Level
from accreditation.exceptions import CriteriaError, DossierError
from accreditation.models import Recognition
from people.api import SignedInRequest, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def renew(request: SignedInRequest, level: str) -> HttpResponse:
    """Every criterion with what comes along from the portfolio, and one button."""
    recognition = (
        Recognition.objects.standing()
        .filter(person=request.user, level=level)
        .select_related("person", "decision__round__dossier")
        .first()
    )
    if level not in Level.values or recognition is None:
        raise Http404
    today = timezone.localdate()
    if not is_renewal(row_dates(recognition), today):
        return _not_now(request, recognition)
    dossiers = open_dossiers(request.user.pk)
    is_begun = any(one.level == level for one in dossiers)
    # Who was recognised by experience renews by experience, unless the dossier says otherwise by now.
    route = None if is_begun else recognition.decision.round.dossier.route
    if request.method == "POST":
        try:
            if route is not None:
                choose_route(person=request.user, level=level, route=route)
            submit_dossier(person=request.user, level=level)
        except (DossierError, CriteriaError) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Je verlenging is ingediend. Je hoeft nu niets meer te doen."))
            return redirect("accreditation:my_recognition")
    found = checklist_for(request.user.pk, level, today, route=route, dossiers=open_dossiers(request.user.pk))
    (row,) = rows_of([recognition], today)
    context = {
        "row": row,
        "level": level,
        "evaluation": found.evaluation,
        "lines": [
            (result, step_url(result.next_step, level=level) if result.next_step else "")
            for result in found.evaluation.criteria
        ],
        "handed_in": found.dossier is not None and found.dossier.stage in HANDED_IN,
    }
    return render(request, "accreditation/recognition/renew.html", context)


def _not_now(request: SignedInRequest, recognition: Recognition) -> HttpResponse:
    """Too early, or after the grace: say when, or where to begin anew."""
    today = timezone.localdate()
    (row,) = rows_of([recognition], today)
    context = {"row": row, "early": today < recognition.renewal_from}
    return render(request, "accreditation/recognition/renew_not_now.html", context)
