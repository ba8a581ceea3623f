"""Partners' endpoints, managed by the office."""

from datetime import datetime, time

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accreditation.domain import webhook_delivery
from accreditation.domain.queries.webhook_state import endpoint_states
from accreditation.domain.webhooks import (
    add_endpoint,
    change_endpoint,
    replay,
    rotate_secret,
    switch_endpoint,
)
from accreditation.enums import ReceiptOutcome
from accreditation.exceptions import WebhookError
from accreditation.forms.webhook import EndpointForm, ReplayForm
from accreditation.models import WebhookEndpoint
from people.api import Role, SignedInRequest, role_required

RECEIPTS_PER_PAGE = 30
#: Where a new secret waits in the session until it was shown, once.
SHOW_ONCE = "webhook_secret"


@require_http_methods(["GET", "POST"])
@role_required(Role.NETWORK_STAFF)
def endpoints(request: SignedInRequest) -> HttpResponse:
    """Who is told, how that goes, and the form to add one."""
    form = EndpointForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = add_endpoint(**form.cleaned_data, by=request.user)
        except WebhookError as error:
            form.add_error(error.field, str(error))
        else:
            request.session[SHOW_ONCE] = {"endpoint": made.pk, "secret": secret}
            messages.success(request, _("Het adres is toegevoegd."))
            return redirect("accreditation:webhook", made.pk)
    context = {"form": form, "states": endpoint_states()}
    return render(request, "accreditation/webhooks/list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET"])
@role_required(Role.NETWORK_STAFF)
def endpoint(request: SignedInRequest, pk: int) -> HttpResponse:
    """One endpoint: how it goes, what was answered, and what can be done."""
    return _detail(request, pk, ReplayForm())


@require_http_methods(["GET", "POST"])
@role_required(Role.NETWORK_STAFF)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another name or address."""
    row = get_object_or_404(WebhookEndpoint, pk=pk)
    form = EndpointForm(
        request.POST if request.method == "POST" else None, initial={"name": row.name, "url": row.url}
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_endpoint(endpoint_id=pk, **form.cleaned_data, by=request.user)
        except WebhookError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("Bewaard."))
            return redirect("accreditation:webhook", pk)
    context = {"form": form, "row": row}
    return render(request, "accreditation/webhooks/edit.html", context, status=422 if form.errors else 200)


@require_POST
@role_required(Role.NETWORK_STAFF)
def test(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a test message now and say what came back."""
    receipt = webhook_delivery.send_test(endpoint=get_object_or_404(WebhookEndpoint, pk=pk))
    if receipt.outcome == ReceiptOutcome.DELIVERED:
        messages.success(request, _("De test kwam aan."))
    else:
        messages.error(request, _("De test kwam niet aan. Bij 'Wat er gebeurde' lees je waarom."))
    return redirect("accreditation:webhook", pk)


@require_POST
@role_required(Role.NETWORK_STAFF)
def rotate(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new secret, shown once."""
    get_object_or_404(WebhookEndpoint, pk=pk)
    secret = rotate_secret(endpoint_id=pk, by=request.user)
    request.session[SHOW_ONCE] = {"endpoint": pk, "secret": secret}
    return redirect("accreditation:webhook", pk)


@require_POST
@role_required(Role.NETWORK_STAFF)
def switch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop, or go on."""
    get_object_or_404(WebhookEndpoint, pk=pk)
    is_active = request.POST.get("aan") == "1"
    switch_endpoint(endpoint_id=pk, is_active=is_active, by=request.user)
    messages.success(request, _("We sturen weer.") if is_active else _("We sturen niets meer."))
    return redirect("accreditation:webhook", pk)


@require_POST
@role_required(Role.NETWORK_STAFF)
def resend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything since a day once more."""
    get_object_or_404(WebhookEndpoint, pk=pk)
    form = ReplayForm(request.POST)
    if form.is_valid():
        since = timezone.make_aware(datetime.combine(form.cleaned_data["since"], time.min))
        try:
            count = replay(endpoint_id=pk, since=since, by=request.user)
        except WebhookError as error:
            form.add_error("since", str(error))
        else:
            messages.success(request, _("%(count)s berichten vertrekken opnieuw.") % {"count": count})
            return redirect("accreditation:webhook", pk)
    return _detail(request, pk, form, status=422)


def _detail(request: SignedInRequest, pk: int, form: ReplayForm, *, status: int = 200) -> HttpResponse:
    found = endpoint_states(pk)
    if not found:
        raise Http404
    kept = request.session.get(SHOW_ONCE)
    secret = ""
    if isinstance(kept, dict) and kept.get("endpoint") == pk:
        secret = str(kept.get("secret", ""))
        del request.session[SHOW_ONCE]
    rows = found[0].endpoint.receipts.select_related("delivery__event")
    page = Paginator(rows, RECEIPTS_PER_PAGE).get_page(request.GET.get("bladzijde"))
    context = {"one": found[0], "form": form, "secret": secret, "page_obj": page, "now": timezone.now()}
    answer = render(request, "accreditation/webhooks/detail.html", context, status=status)
    if secret:
        answer["Cache-Control"] = "no-store"
    return answer
