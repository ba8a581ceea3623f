"""Quality labels of organisations, kept by the office."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation.domain.labels import end_label, record_label
from accreditation.exceptions import LabelError
from accreditation.forms.labels import EndLabelForm, LabelOfOrganisationForm
from accreditation.models import LabelScheme, OrganisationLabel
from people.api import Role, SignedInRequest, role_required

PAGE_SIZE = 50


@require_http_methods(["GET", "POST"])
@role_required(Role.NETWORK_STAFF)
def labels(request: SignedInRequest) -> HttpResponse:
    """Who holds what, until when; and the form to add one."""
    form = LabelOfOrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            record_label(
                scheme=data["scheme"],
                organisation_id=int(data["organisation"]),
                valid_from=data["valid_from"],
                valid_until=data["valid_until"],
                by=request.user,
            )
        except LabelError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Het label is genoteerd."))
            return redirect("accreditation:labels")
    rows = OrganisationLabel.objects.select_related("organisation", "scheme").order_by(
        "ended_at", "-valid_until", "organisation__name", "pk"
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("bladzijde"))
    context = {
        "form": form,
        "page_obj": page,
        "today": timezone.localdate(),
        "schemes": LabelScheme.objects.all(),
    }
    return render(request, "accreditation/network/labels.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@role_required(Role.NETWORK_STAFF)
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop a label before its date, with a reason."""
    row = get_object_or_404(OrganisationLabel.objects.select_related("organisation", "scheme"), pk=pk)
    form = EndLabelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_label(label_id=row.pk, reason=form.cleaned_data["reason"], by=request.user)
        except LabelError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Het label is gestopt."))
            return redirect("accreditation:labels")
    return render(
        request,
        "accreditation/network/label_end.html",
        {"row": row, "form": form},
        status=422 if form.errors else 200,
    )
