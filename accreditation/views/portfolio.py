"""The portfolio all year round: everything in one place, who looked, and a dossier as it was handed in."""

from tempfile import TemporaryFile

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accreditation.domain.access_log import opened_by_others
from accreditation.domain.export_zip import write_export
from accreditation.domain.portfolio_page import dossiers_underway, portfolio_page
from accreditation.domain.queries.reading import reading_dossier
from accreditation.domain.queries.since_submit import changes_since
from accreditation.domain.snapshot import is_intact
from accreditation.enums import EvidenceKind, EvidenceStatus
from accreditation.exceptions import RenderError
from accreditation.models import DossierRound, Evidence
from accreditation.views.evidence_words import KIND_WORDS
from people.api import SignedInRequest, signed_in


@require_GET
@signed_in
def portfolio(request: SignedInRequest) -> HttpResponse:
    """Every piece, what it serves, until when; what was asked of others; what is under way."""
    page = portfolio_page(request.user.pk, now=timezone.now(), today=timezone.localdate())
    context = {
        "page": page,
        "own": [(item, KIND_WORDS[EvidenceKind(item.kind)]) for item in page.own],
        "learned": [(item, KIND_WORDS[EvidenceKind(item.kind)]) for item in page.learned],
        "status_words": {status.value: status.label for status in EvidenceStatus},
    }
    return render(request, "accreditation/portfolio/page.html", context)


@require_GET
@signed_in
def access_log(request: SignedInRequest) -> HttpResponse:
    """Who opened what, and when."""
    return render(
        request, "accreditation/portfolio/access_log.html", {"lines": opened_by_others(request.user.pk)}
    )


@require_POST
@signed_in
def download(request: SignedInRequest) -> HttpResponseBase:
    """Everything of one's own in one zip."""
    target = TemporaryFile()  # noqa: SIM115 - the answer closes it
    try:
        write_export(person=request.user, target=target, actor=request.user)
    except RenderError:
        target.close()
        messages.warning(request, _("De kopie lukte nu niet. Probeer het straks nog eens."))
        return redirect("accreditation:portfolio")
    target.seek(0)
    response = FileResponse(
        target, as_attachment=True, filename="mijn-map.zip", content_type="application/zip"
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@signed_in
def handed_in(request: SignedInRequest, round_id: int) -> HttpResponse:
    """A round as it was frozen, with what changed since beside it."""
    frozen = get_object_or_404(
        DossierRound.objects.select_related("dossier"), pk=round_id, dossier__person=request.user
    )
    today = timezone.localdate()
    waiting = Evidence.objects.waiting().filter(person=request.user).exists()
    underway = dossiers_underway(request.user.pk, today=today, waiting=waiting)
    context = {
        "frozen": frozen,
        "reading": reading_dossier(frozen),
        "changes": changes_since(frozen),
        "is_intact": is_intact(frozen),
        "underway": next((one for one in underway if one.round_id == frozen.pk), None),
        "rounds": list(
            DossierRound.objects.filter(dossier=frozen.dossier_id).defer("snapshot").order_by("number")
        ),
    }
    return render(request, "accreditation/portfolio/handed_in.html", context)
