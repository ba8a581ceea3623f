"""One's own evidence: choose a kind, add, look, replace, withdraw, and the private file."""

from uuid import UUID

from django.contrib import messages
from django.core.validators import slug_re
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accreditation.domain.access_log import note_access
from accreditation.domain.evidence import (
    KeptFile,
    add_evidence,
    keep_file,
    loose_file,
    recognised_degrees,
    withdraw_evidence,
)
from accreditation.domain.evidence_kinds import UPLOAD_KINDS, fact_lines
from accreditation.domain.evidence_pages import PageError, render_page
from accreditation.enums import EvidenceKind
from accreditation.exceptions import EvidenceError
from accreditation.forms.evidence import FORMS, EvidenceForm
from accreditation.models import Evidence, EvidenceAccess
from accreditation.rules import can_read_evidence, owns_evidence
from accreditation.views.evidence_words import KIND_WORDS
from accreditation.views.kept import SESSION_KEY, remember
from accreditation.views.levels import chosen_level
from media.api import serve_stored_file
from people.api import SignedInRequest, signed_in


@require_GET
@signed_in
def choose_kind(request: SignedInRequest) -> HttpResponse:
    """Which kind of evidence do you want to add?"""
    context = {"kinds": [KIND_WORDS[kind] for kind in UPLOAD_KINDS], "level": chosen_level(request)}
    return render(request, "accreditation/evidence/choose.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def add(request: SignedInRequest, kind: str) -> HttpResponse:
    """Add a piece of a kind."""
    if kind not in FORMS:
        raise Http404
    return _fill_in(request, kind=kind, replaces=None)


@require_http_methods(["GET", "POST"])
@signed_in
def replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a newer piece in the place of an own one."""
    row = _own(request, pk)
    if row.part_of_id is not None:
        return redirect("accreditation:evidence_replace", pk=row.part_of_id)
    if row.kind not in FORMS or row.replaced_by_id is not None or row.withdrawn_at is not None:
        raise Http404
    return _fill_in(request, kind=row.kind, replaces=row)


@require_GET
@signed_in
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One own piece with its facts and what the office said."""
    row = _own(request, pk)
    context = {
        "row": row,
        "words": KIND_WORDS[EvidenceKind(row.kind)],
        "lines": _lines(row),
        "parts": [(part, _lines(part)) for part in row.parts.filter(withdrawn_at=None).order_by("pk")],
    }
    return render(request, "accreditation/evidence/detail.html", context)


@require_POST
@signed_in
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an own piece out of the portfolio."""
    row = _own(request, pk)
    try:
        withdraw_evidence(person=request.user, evidence_id=row.pk)
    except EvidenceError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Je bewijsstuk is weg uit je map."))
    return redirect("accreditation:dossier")


@require_GET
@signed_in
def file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The file itself, for whoever may read it; 404 for everybody else."""
    row = _readable(request, pk)
    if row.file is None:
        raise Http404
    note_access(evidence=row, reader=request.user, thing=EvidenceAccess.Thing.FILE)
    return serve_stored_file(request, row.file, inline="bekijk" in request.GET)


@require_GET
@signed_in
def page(request: SignedInRequest, pk: int, number: int) -> HttpResponseBase:
    """One page of the file as a picture, so that no document runs in a reader's browser."""
    row = _readable(request, pk)
    if row.file is None or not 1 <= number <= row.file.pages:
        raise Http404
    note_access(evidence=row, reader=request.user, thing=EvidenceAccess.Thing.PAGES)
    if row.file.mime != "application/pdf":
        return serve_stored_file(request, row.file, inline=True)
    try:
        picture = render_page(file_id=row.file.pk, number=number)
    except PageError as error:
        raise Http404 from error
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _fill_in(request: SignedInRequest, *, kind: str, replaces: Evidence | None) -> HttpResponse:
    degrees = recognised_degrees(timezone.localdate()) if kind == EvidenceKind.DIPLOMA else ()
    kept = _kept_before(request)
    token = _token_of(request)
    form_class, uploads = FORMS[kind], request.FILES if request.method == "POST" else None
    form = form_class(
        request.POST if request.method == "POST" else None,
        uploads,
        degrees=degrees,
        replaces=replaces,
        has_kept_file=kept is not None,
        token=token,
    )
    if request.method == "POST":
        kept = _keep(request, form) or kept
        if form.is_valid() and (saved := _save(request, form, kept, replaces)) is not None:
            return saved
    context = {
        "form": form,
        "words": KIND_WORDS[EvidenceKind(kind)],
        "replaces": replaces,
        "kept": kept,
        "token": form["token"].value() if slug_re.fullmatch(str(form["token"].value())) else "",
        "also_open": any(
            form[name].errors or form[name].value() for name in form.fields if name.startswith("also_")
        ),
        "level": chosen_level(request),
    }
    return render(request, "accreditation/evidence/form.html", context, status=422 if form.errors else 200)


def _save(
    request: SignedInRequest, form: EvidenceForm, kept: KeptFile | None, replaces: Evidence | None
) -> HttpResponse | None:
    """Store the piece and go back to the checklist; None when the form has to be shown again."""
    checked = form.checked()
    also = form.checked_also(checked) if checked is not None else None
    if checked is None or also is None:
        return None
    try:
        add_evidence(
            person=request.user,
            checked=checked,
            token=form.cleaned_data["token"],
            file_id=kept.id if kept else None,
            replaces=replaces,
            also=also,
        )
    except EvidenceError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
    request.session.pop(SESSION_KEY, None)
    for warning in kept.warnings if kept else ():
        messages.info(request, warning)
    messages.success(request, str(KIND_WORDS[form.kind].thanks))
    return redirect(_back(request))


def _keep(request: SignedInRequest, form: EvidenceForm) -> KeptFile | None:
    """Take the chosen file in, right or wrong as the other fields may be; its own fault becomes a form error."""
    upload = form.files.get("file")
    if upload is None or "file" not in form.fields or form.has_error("file"):
        return None
    try:
        kept = keep_file(person=request.user, upload=upload)
    except EvidenceError as error:
        form.add_error("file", str(error))
        return None
    remember(request, token=form.data.get("token", ""), kept=kept)
    return kept


def _kept_before(request: SignedInRequest) -> KeptFile | None:
    """The file of an earlier try of this same form."""
    note = request.session.get(SESSION_KEY)
    if not note or note["token"] != _token_of(request):
        return None
    return loose_file(person=request.user, file_id=UUID(note["id"]))


def _token_of(request: HttpRequest) -> str:
    """The form's token: what was sent, or what the page of photos brings back."""
    return str(request.POST.get("token") or request.GET.get("formulier") or "")


def _back(request: HttpRequest) -> str:
    return f"{reverse('accreditation:dossier')}?niveau={chosen_level(request)}"


def _own(request: SignedInRequest, pk: int) -> Evidence:
    row = get_object_or_404(Evidence.objects.select_related("file"), pk=pk)
    if not owns_evidence(request.user, row):
        raise Http404
    return row


def _readable(request: SignedInRequest, pk: int) -> Evidence:
    row = get_object_or_404(Evidence.objects.select_related("file"), pk=pk)
    if not can_read_evidence(request.user, row):
        raise Http404
    return row


def _lines(row: Evidence) -> tuple[tuple[str, str], ...]:
    return fact_lines(kind=row.kind, facts=row.facts, valid_from=row.valid_from, valid_until=row.valid_until)
