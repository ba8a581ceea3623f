"""The office's queue of evidence: document beside facts, one answer."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation.domain.access_log import note_access
from accreditation.domain.desk_work import claim, load_of_colleagues, release, take_next
from accreditation.domain.evidence import verify_evidence
from accreditation.domain.evidence_kinds import fact_lines
from accreditation.domain.queries.similar import similar_pieces
from accreditation.enums import OWN_ORIGINS, EvidenceKind, EvidenceStatus
from accreditation.exceptions import EvidenceConflictError, EvidenceError
from accreditation.forms.evidence import VerifyForm
from accreditation.models import Evidence, EvidenceAccess
from accreditation.rules import can_verify_evidence
from accreditation.views.evidence_words import KIND_WORDS
from people.api import Role, SignedInRequest, role_required

PAGE_SIZE = 25
SHEETS_SHOWN = 10
SHOWN = {"wacht": EvidenceStatus.WAITING, "gevraagd": EvidenceStatus.NEEDS_MORE, "goed": EvidenceStatus.VERIFIED,
         "niet": EvidenceStatus.REFUSED}  # fmt: skip


@require_GET
@role_required(Role.NETWORK_STAFF)
def queue(request: SignedInRequest) -> HttpResponse:
    """Pieces by state, the oldest first; one's own are not in it."""
    chosen = request.GET.get("toon", "wacht")
    status = SHOWN.get(chosen, EvidenceStatus.WAITING)
    found = (
        Evidence.objects.in_portfolio()
        .filter(status=status, origin__in=OWN_ORIGINS, part_of=None)
        .exclude(person=request.user)
        .select_related("person", "claim__colleague")
    )
    now = timezone.now()
    order = ("created_at", "pk") if status == EvidenceStatus.WAITING else ("-verified_at", "-pk")
    page = Paginator(found.order_by(*order), PAGE_SIZE).get_page(request.GET.get("bladzijde"))
    names = {
        EvidenceStatus.WAITING: _("Wacht op jou"),
        EvidenceStatus.NEEDS_MORE: _("We vroegen iets"),
        EvidenceStatus.VERIFIED: _("Nagekeken"),
        EvidenceStatus.REFUSED: _("Telt niet mee"),
    }
    context = {
        "page_obj": page,
        "rows": [
            (row, KIND_WORDS[EvidenceKind(row.kind)], _holder(row, request.user.pk, now)) for row in page
        ],
        "colleagues": load_of_colleagues(you=request.user, now=now),
        "status": status,
        "tabs": [
            {"label": names[each], "href": f"?toon={key}", "current": each == status}
            for key, each in SHOWN.items()
        ],
    }
    return render(request, "accreditation/network/evidence_queue.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.NETWORK_STAFF)
def verify(request: SignedInRequest, pk: int) -> HttpResponse:
    """One piece: the document on one side, what was typed on the other, the answer below."""
    row = get_object_or_404(Evidence.objects.select_related("person", "file", "verified_by"), pk=pk)
    if not can_verify_evidence(request.user, row):
        raise Http404
    if row.part_of_id is not None:
        return redirect("accreditation:evidence_verify", pk=row.part_of_id)
    is_open = row.withdrawn_at is None and row.replaced_by_id is None
    colleague = None
    if request.method == "GET":
        note_access(evidence=row, reader=request.user, thing=EvidenceAccess.Thing.FACTS)
        if is_open and row.status == EvidenceStatus.WAITING:
            colleague = claim(evidence=row, by=request.user)
    form = VerifyForm(request.POST if request.method == "POST" else None, initial={"seen_status": row.status})
    if request.method == "POST" and form.is_valid():
        try:
            verify_evidence(
                evidence_id=row.pk,
                by=request.user,
                status=form.cleaned_data["status"],
                reason=form.cleaned_data["reason"],
                seen_status=form.cleaned_data["seen_status"],
            )
        except EvidenceConflictError as error:
            messages.warning(request, str(error))
            return redirect("accreditation:evidence_verify", pk=row.pk)
        except EvidenceError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return _onwards(request, row)
    sheets = range(1, min(row.file.pages, SHEETS_SHOWN) + 1) if row.file else range(0)
    context = {
        "row": row,
        "form": form,
        "words": KIND_WORDS[EvidenceKind(row.kind)],
        "lines": fact_lines(
            kind=row.kind, facts=row.facts, valid_from=row.valid_from, valid_until=row.valid_until
        ),
        "sheets": sheets,
        "is_open": is_open,
        "colleague": colleague,
        "parts": [
            (
                part,
                fact_lines(
                    kind=part.kind, facts=part.facts, valid_from=part.valid_from, valid_until=part.valid_until
                ),
            )
            for part in row.parts.filter(withdrawn_at=None).order_by("pk")
        ],
        "alike": similar_pieces(row),
    }
    return render(
        request, "accreditation/network/evidence_verify.html", context, status=422 if form.errors else 200
    )


@require_POST
@role_required(Role.NETWORK_STAFF)
def take(request: SignedInRequest) -> HttpResponse:
    """Give me the next piece that nobody else has in hand."""
    following = take_next(by=request.user)
    if following is None:
        messages.info(request, _("Er wacht nu niets dat een collega niet al nakijkt."))
        return redirect("accreditation:evidence_queue")
    return redirect("accreditation:evidence_verify", pk=following.pk)


@require_POST
@role_required(Role.NETWORK_STAFF)
def put_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave this one to the others."""
    release(evidence_id=pk, by=request.user)
    messages.success(request, _("Teruggelegd. Een collega kan het nu nemen."))
    return redirect("accreditation:evidence_queue")


def _holder(row: Evidence, you: int, now: datetime) -> str:
    """The colleague who has the piece in hand, if that is not you."""
    held = getattr(row, "claim", None)
    if held is None or held.until <= now or held.colleague_id == you:
        return ""
    return str(held.colleague.get_full_name())


def _onwards(request: SignedInRequest, row: Evidence) -> HttpResponse:
    """Straight on to the next piece."""
    following = take_next(by=request.user, after=row)
    if following is None:
        messages.success(request, _("Bewaard. Alles is nagekeken."))
        return redirect("accreditation:evidence_queue")
    messages.success(request, _("Bewaard. Dit is het volgende bewijsstuk."))
    return redirect("accreditation:evidence_verify", pk=following.pk)
