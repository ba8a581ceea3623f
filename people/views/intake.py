"""Bringing in a list of people: choose a file, look at every row, do it, take it back."""

from typing import BinaryIO, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.domain.intake.applying import apply_batch, undo_batch
from people.domain.intake.rows import message_of
from people.domain.intake.staging import counts_of, stage_file
from people.domain.tables import csv_lines
from people.enums import ImportFate, Role
from people.exceptions import IntakeError
from people.forms.intake import ApplyForm, IntakeForm
from people.models import ImportBatch, ImportRow
from people.views.access import SignedInRequest, role_required

PAGE_SIZE = 50
office = role_required(Role.NETWORK_STAFF, Role.ADMINISTRATOR)


@office
@require_http_methods(["GET", "HEAD", "POST"])
def intakes(request: SignedInRequest) -> HttpResponse:
    """Earlier lists, and a new one."""
    form = IntakeForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = IntakeForm(request.POST, request.FILES)
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                batch = stage_file(
                    file=cast("BinaryIO", upload.file),
                    file_name=upload.name,
                    actor=request.user,
                    team=form.cleaned_data["team"],
                )
            except IntakeError as error:
                form.add_error("file", error.message)
            else:
                return redirect("people:intake", batch.pk)
    page = Paginator(ImportBatch.objects.select_related("team", "created_by"), 20).get_page(
        request.GET.get("bladzijde")
    )
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "people/intakes.html", {"form": form, "page_obj": page}, status=status)


@office
@require_safe
def intake(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """Every row with its fate; rows that need a look come first."""
    batch = get_object_or_404(ImportBatch.objects.select_related("team", "created_by"), pk=batch_id)
    counts = counts_of(batch)
    fate = request.GET.get("rijen", "")
    if fate not in ImportFate.values:
        fate = next((one for one in ("refused", "duplicate", "create", "update") if counts[one]), "create")
    page = Paginator(batch.rows.filter(fate=fate).select_related("person"), PAGE_SIZE).get_page(
        request.GET.get("bladzijde")
    )
    tabs = [
        {"label": label, "href": f"?rijen={value}", "current": value == fate, "count": counts[value]}
        for value, label in ImportFate.choices
    ]
    context = {
        "batch": batch,
        "counts": counts,
        "total": sum(counts.values()),
        "tabs": tabs,
        "fate": fate,
        "page_obj": page,
        "rows": [(row, message_of(row.code)) for row in page.object_list],
        "form": ApplyForm(),
        "does_something": counts["create"] + counts["update"] + counts["duplicate"] > 0,
    }
    return render(request, "people/intake.html", context)


@office
@require_POST
def intake_apply(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """Bring the people in."""
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    form = ApplyForm(request.POST)
    form.is_valid()
    try:
        apply_batch(batch_id=batch.pk, actor=request.user, **form.cleaned_data)
    except IntakeError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("De lijst is ingelezen. Terugdraaien kan nog 30 dagen."))
    return redirect("people:intake", batch.pk)


@office
@require_POST
def intake_undo(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """Take the whole list back."""
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    try:
        undone = undo_batch(batch_id=batch.pk, actor=request.user)
    except IntakeError as error:
        messages.error(request, error.message)
    else:
        said = _("De lijst is teruggedraaid.")
        if undone.kept:
            said += " " + ngettext(
                "%(count)s account bleef, omdat het intussen gebruikt werd.",
                "%(count)s accounts bleven, omdat ze intussen gebruikt werden.",
                undone.kept,
            ) % {"count": undone.kept}
        messages.success(request, said)
    return redirect("people:intake", batch.pk)


@office
@require_safe
def intake_rows(request: SignedInRequest, batch_id: int) -> StreamingHttpResponse:
    """Every row with its fate, to mend in a spreadsheet."""
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    titles = (_("rij"), _("e-mail"), _("voornaam"), _("achternaam"), _("wat gebeurt er"), _("waarom"))
    rows = (_line(row) for row in batch.rows.order_by("number").iterator(chunk_size=1000))
    response = StreamingHttpResponse(csv_lines(titles, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="lijst-{batch.pk}.csv"'
    return response


def _line(row: ImportRow) -> tuple[object, ...]:
    values = row.values
    return (
        row.number,
        values.get("email", ""),
        values.get("first_name", ""),
        values.get("last_name", ""),
        row.get_fate_display(),
        message_of(row.code),
    )
