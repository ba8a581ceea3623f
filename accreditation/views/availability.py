"""A member's own days and limit, and the office's overview of the committee."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation.domain.availability import add_absence, remove_absence, set_reading_limit
from accreditation.domain.queries.members import committee_members, own_absences
from accreditation.exceptions import CommitteeError
from accreditation.forms.meeting import AbsenceForm, LimitForm
from accreditation.models import ReadingLimit
from accreditation.views.committee_desk import member_only
from people.api import Role, SignedInRequest, role_required


@member_only
@require_http_methods(["GET", "POST"])
def availability(request: SignedInRequest) -> HttpResponse:
    """Absences and the limit; two small forms on one page."""
    what = request.POST.get("what", "")
    absence_form = AbsenceForm(request.POST if what == "absence" else None)
    limit = ReadingLimit.objects.filter(member=request.user).first()
    limit_form = LimitForm(
        request.POST if what == "limit" else None, initial={"at_most": limit.at_most if limit else None}
    )
    form = absence_form if what == "absence" else limit_form
    if request.method == "POST" and form.is_valid():
        try:
            if what == "absence":
                add_absence(member=request.user, **absence_form.cleaned_data)
            else:
                set_reading_limit(member=request.user, at_most=limit_form.cleaned_data["at_most"])
        except CommitteeError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Bewaard. Dank je, zo verdelen we het werk eerlijk."))
            return redirect("accreditation:availability")
    context = {
        "absences": own_absences(request.user.pk),
        "absence_form": absence_form,
        "limit_form": limit_form,
    }
    status = 422 if form.errors else 200
    return render(request, "accreditation/committee/availability.html", context, status=status)


@member_only
@require_POST
def absence_remove(request: SignedInRequest, absence_id: int) -> HttpResponse:
    """The member is there after all."""
    if remove_absence(member=request.user, absence_id=absence_id):
        messages.success(request, _("Die dagen zijn weg. Je kunt weer dossiers krijgen."))
    return redirect("accreditation:availability")


@role_required(Role.NETWORK_STAFF)
@require_GET
def members(request: SignedInRequest) -> HttpResponse:
    """Who sits in the committee, until when, how much each reads."""
    return render(request, "accreditation/network/members.html", {"members": committee_members()})
