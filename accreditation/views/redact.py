"""Covering parts of an own document with black, for good."""

import json
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.validators import slug_re
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation.domain.redaction import Box, made_before, redact_evidence
from accreditation.enums import EvidenceOrigin
from accreditation.exceptions import EvidenceError
from accreditation.models import Evidence
from media.api import MAX_SHEETS
from people.api import SignedInRequest, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def redact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Draw boxes over the pages, or say which pages may go."""
    row = get_object_or_404(Evidence.objects.select_related("file"), pk=pk, person=request.user)
    known = made_before(person=request.user, token=request.POST.get("token", ""))
    if known is not None:
        return redirect("accreditation:evidence", pk=known.pk)
    if row.file is None or row.origin != EvidenceOrigin.UPLOAD or row.part_of_id or row.withdrawn_at:
        raise Http404
    if row.replaced_by_id is not None and request.method == "GET":
        return redirect("accreditation:evidence", pk=row.replaced_by_id)
    pages = row.file.pages
    context: dict[str, Any] = {
        "row": row,
        "numbers": range(1, min(pages, MAX_SHEETS) + 1),
        "more": max(0, pages - MAX_SHEETS),
        "token": uuid4().hex,
        "error": "",
        "boxes": "[]",
        "drop": set(),
    }
    if request.method == "POST":
        token = request.POST.get("token", "")
        given = request.POST.getlist("weg")
        drop = sorted({int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 6})
        if request.POST.get("rest_weg"):
            drop = sorted({*drop, *range(MAX_SHEETS + 1, pages + 1)})
        try:
            if len(token) > 40 or not slug_re.fullmatch(token):
                raise EvidenceError(_("Herlaad de bladzijde en probeer opnieuw."))
            boxes = read_boxes(request.POST.get("vakken", "[]"), pages=pages)
            typed = _typed_box(request.POST, pages=pages)
            for number, box in typed:
                boxes.setdefault(number, []).append(box)
            piece = redact_evidence(
                person=request.user, evidence_id=row.pk, boxes=boxes, drop=drop, token=token
            )
        except EvidenceError as error:
            context |= {"error": str(error), "boxes": request.POST.get("vakken", "[]"), "drop": set(drop)}
            return render(request, "accreditation/evidence/redact.html", context, status=422)
        messages.success(request, _("Afgedekt. Wat onder het zwart stond, is weg."))
        return redirect("accreditation:evidence", pk=piece.pk)
    return render(request, "accreditation/evidence/redact.html", context)


def read_boxes(text: str, *, pages: int) -> dict[int, list[Box]]:
    """Boxes as the page sends them: [[page, left, top, right, bottom], ...] in fractions. Raises EvidenceError."""
    found: dict[int, list[Box]] = {}
    try:
        for page, left, top, right, bottom in json.loads(text):
            if not 1 <= int(page) <= pages:
                raise ValueError
            found.setdefault(int(page), []).append((float(left), float(top), float(right), float(bottom)))
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise EvidenceError(_("De vakken kwamen niet goed over. Teken ze nog eens.")) from None
    return found


def _typed_box(data: Any, *, pages: int) -> list[tuple[int, Box]]:
    """One box in percent, for who cannot draw. Raises EvidenceError."""
    names = ("blad", "links", "boven", "breed", "hoog")
    values = [str(data.get(name, "")).strip().replace(",", ".") for name in names]
    if not any(values[1:]):
        return []
    try:
        page = int(values[0])
        left, top, width, height = (float(value) / 100 for value in values[1:])
        if not 1 <= page <= pages or width <= 0 or height <= 0:
            raise ValueError
    except ValueError:
        raise EvidenceError(_("Vul bij het vak een blad en vier percentages in, zoals 10.")) from None
    return [(page, (left, top, left + width, top + height))]
