"""The office issues certificates: a preview with counts, the same number said back, progress, a zip, a print."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation.domain.batch_papers import write_print, write_zip
from accreditation.domain.bulk_issue import BulkPlan
from accreditation.domain.issue_batches import confirm_batch, stand_of
from accreditation.exceptions import CertificateError
from accreditation.forms.issuing import FORMS, IssueForm
from accreditation.models import Certificate, IssueBatch
from ledger.api import record_audit, ref
from people.api import Role, SignedInRequest, User, role_required

office = role_required(Role.NETWORK_STAFF)
PAGE_SIZE = 50
#: Names shown in a preview; the number says the rest.
SHOWN = 60


@require_GET
@office
def start(request: SignedInRequest) -> HttpResponse:
    """What can be issued, what was issued together, and papers that did not come about yet."""
    failed = Certificate.objects.filter(file_name="", revoked_at=None).exclude(render_error="")
    batches = (
        IssueBatch.objects.select_related("created_by")
        .annotate(people=Count("lines"))
        .order_by("-created_at", "-pk")
    )
    context = {
        "failed": failed.order_by("pk")[:20],
        "failed_count": failed.count(),
        "page_obj": Paginator(batches, PAGE_SIZE).get_page(request.GET.get("bladzijde")),
    }
    return render(request, "accreditation/issuing/start.html", context)


@require_http_methods(["GET", "POST"])
@office
def prepare(request: SignedInRequest, what: str) -> HttpResponse:
    """First choose, then look at who would get what, then say the number back. Nothing typed comes into an address."""
    if what not in FORMS:
        raise Http404
    form = FORMS[what](request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "what": what, "title": _title(what)}
    if request.method == "GET" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "accreditation/issuing/choose.html", context, status=status)
    try:
        plan = form.plan()
    except CertificateError as error:
        form.add_error(None, str(error))
        return render(request, "accreditation/issuing/choose.html", context, status=422)
    if request.POST.get("actie") != "reik-uit":
        return _preview(request, context, form, plan)
    try:
        batch = confirm_batch(
            plan=plan,
            digest=request.POST.get("overzicht", ""),
            confirmed=_number(request.POST.get("aantal", "")),
            about=form.about(),
            language=form.cleaned_data["language"],
            by=request.user,
        )
    except CertificateError as error:
        return _preview(request, context, form, plan, str(error))
    return redirect("accreditation:issue_batch", batch.pk)


def _preview(
    request: SignedInRequest, context: dict[str, Any], form: IssueForm, plan: BulkPlan, problem: str = ""
) -> HttpResponse:
    others = {*plan.nameless[:SHOWN], *plan.partial[:SHOWN]}
    people = {person.pk: person for person in User.objects.filter(pk__in=others)} if others else {}
    context |= {
        "plan": plan,
        "about": form.about(),
        "due": plan.due[:SHOWN],
        "more": max(0, len(plan.due) - SHOWN),
        "partial": [people[pk] for pk in plan.partial[:SHOWN] if pk in people],
        "nameless": [people[pk] for pk in plan.nameless[:SHOWN] if pk in people],
        "problem": problem,
        "typed": request.POST.get("aantal", "") if problem else "",
    }
    return render(request, "accreditation/issuing/preview.html", context, status=422 if problem else 200)


@require_GET
@office
def batch(request: SignedInRequest, pk: int) -> HttpResponse:
    """One batch: how far it is, and line by line who got which number."""
    row = get_object_or_404(IssueBatch.objects.select_related("created_by"), pk=pk)
    lines = row.lines.select_related("person", "certificate").order_by("pk")
    context = {
        "batch": row,
        "stand": stand_of(row),
        "page_obj": Paginator(lines, 200).get_page(request.GET.get("bladzijde")),
    }
    return render(request, "accreditation/issuing/batch.html", context)


@require_GET
@office
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The piece that htmx asks for every other second; at the end the whole page comes anew."""
    row = get_object_or_404(IssueBatch, pk=pk)
    stand = stand_of(row)
    answer = render(request, "accreditation/issuing/_progress.html", {"batch": row, "stand": stand})
    if stand.is_ready:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@office
def as_zip(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """All papers that are drawn, as sealed files."""
    row = get_object_or_404(IssueBatch, pk=pk)
    target, count = write_zip(row)
    return _handed_out(
        request, row, target, count, name=f"getuigschriften-{row.pk}.zip", mime="application/zip"
    )


@require_POST
@office
def as_print(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """All papers that are drawn, one after the other, for the printer."""
    row = get_object_or_404(IssueBatch, pk=pk)
    target, count = write_print(row)
    return _handed_out(request, row, target, count, name=f"afdruk-{row.pk}.pdf", mime="application/pdf")


def _handed_out(
    request: SignedInRequest, row: IssueBatch, target: Any, count: int, *, name: str, mime: str
) -> HttpResponseBase:
    if not count:
        target.close()
        messages.info(request, _("Er is nog geen enkel papier klaar. Kijk over een minuutje opnieuw."))
        return redirect("accreditation:issue_batch", row.pk)
    record_audit(
        verb="certificate_batch.handed_out", subject=ref(row), actor=request.user, data={"count": count}
    )
    answer = FileResponse(target, as_attachment=True, filename=name, content_type=mime)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _title(what: str) -> str:
    return {
        "uren": _("Uren intervisie en supervisie"),
        "aanwezigheid": _("Aanwezigheid in een groep"),
        "licentie": _("Licentie van een trainer"),
    }[what]


def _number(raw: str) -> int:
    text = raw.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
