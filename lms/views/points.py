"""`/mijn/punten/`: what somebody's presence brought at the register of their profession."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lms.domain.paper import print_template
from lms.domain.queries.points import points_page
from lms.exceptions import PaperError
from lms.forms.registers import CycleForm
from lms.models import RegisterCycle
from people.api import SignedInRequest, signed_in


@signed_in
@never_cache
@require_GET
def points(request: SignedInRequest) -> HttpResponse:
    """Cycle, gained, needed and what is about to expire, for each register of the own profession."""
    return render(request, "lms/points/points.html", {"page": points_page(request.user.pk)})


@signed_in
@require_http_methods(["GET", "POST"])
def cycle(request: SignedInRequest, register: str) -> HttpResponse:
    """Since when my period runs."""
    found = next((one for one in points_page(request.user.pk).registers if one.rule.key == register), None)
    if found is None:
        raise Http404
    form = CycleForm(request.POST or None, initial={"starts_on": found.starts_on})
    if request.method == "POST" and form.is_valid():
        RegisterCycle.objects.update_or_create(
            person=request.user, register=register, defaults={"starts_on": form.cleaned_data["starts_on"]}
        )
        messages.success(request, _("Je periode is bewaard."))
        return redirect("lms:points")
    context = {"form": form, "register": found}
    return render(request, "lms/points/cycle.html", context, status=422 if form.errors else 200)


@signed_in
@never_cache
@require_GET
def proof(request: SignedInRequest) -> HttpResponse:
    """The same as a PDF, to hand to a register."""
    page = points_page(request.user.pk)
    context = {"page": page, "person": request.user, "today": timezone.localdate()}
    try:
        content = print_template("lms/paper/points.html", context, engine="xhtml2pdf")
    except PaperError as error:
        messages.error(request, error.message)
        return redirect("lms:points")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="mijn-punten.pdf"'
    return response
