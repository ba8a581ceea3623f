"""Photos of a paper, put together: take or choose, order, turn, crop, one PDF. Works without scripts."""

from io import BytesIO

from django.contrib import messages
from django.core.validators import slug_re
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from PIL import Image

from accreditation.domain.photos import change_photo, crop_photo, make_pdf, photos_of, take_photo
from accreditation.enums import EvidenceKind
from accreditation.exceptions import EvidenceError
from accreditation.forms.evidence import FORMS
from accreditation.models import EvidencePhoto
from accreditation.views.evidence_words import KIND_WORDS
from accreditation.views.kept import remember
from media.api import open_stored_file
from people.api import SignedInRequest, signed_in

PREVIEW_SIDE = 900


@require_http_methods(["GET", "POST"])
@signed_in
def photos(request: SignedInRequest, kind: str, token: str) -> HttpResponse:
    """The sheets of one form, and what can be done with them."""
    if kind not in FORMS or len(token) > 40 or not slug_re.fullmatch(token):
        raise Http404
    here = request.get_full_path()
    if request.method == "POST":
        if request.POST.get("actie") == "maak":
            return _make(request, kind, token, here)
        _act(request, token)
        return redirect(here)
    context = {
        "photos": photos_of(person=request.user, token=token),
        "words": KIND_WORDS[EvidenceKind(kind)],
        "back": _form_path(request, kind, token),
        "token": token,
    }
    return render(request, "accreditation/evidence/photos.html", context)


@require_GET
@signed_in
def preview(request: SignedInRequest, photo_id: int) -> HttpResponseBase:
    """One own photo, small and turned as chosen. It was cleaned when it came in."""
    photo = get_object_or_404(EvidencePhoto, pk=photo_id, owner=request.user)
    with open_stored_file(photo.file_id) as file, Image.open(file, formats=["JPEG", "PNG"]) as picture:
        picture.draft("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))
        small = picture.convert("RGB")
        small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
        out = BytesIO()
        small.rotate(-photo.turn, expand=True).save(out, "JPEG", quality=80)
    response = HttpResponse(out.getvalue(), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _act(request: SignedInRequest, token: str) -> None:
    """Add, turn, move, remove or crop; what does not fit is told, the rest stays."""
    action, _sep, number = request.POST.get("actie", "").partition(":")
    photo_id = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
    try:
        if action == "voeg":
            uploads = request.FILES.getlist("fotos")
            for upload in uploads:
                take_photo(person=request.user, token=token, upload=upload)
            if not uploads:
                messages.warning(request, _("Kies eerst een foto."))
        elif action == "knip":
            crop_photo(person=request.user, photo_id=photo_id, crop=_crop_of(request))
        else:
            change_photo(person=request.user, photo_id=photo_id, action=action)
    except EvidenceError as error:
        messages.warning(request, str(error))


def _crop_of(request: SignedInRequest) -> list[float]:
    """Percent to cut from each side, as fractions of what stays. Raises EvidenceError for what is no number."""
    try:
        left, top, right, bottom = (
            float(request.POST.get(side, "0").replace(",", ".") or 0) / 100
            for side in ("links", "boven", "rechts", "onder")
        )
    except ValueError:
        raise EvidenceError(_("Vul percentages in, zoals 10.")) from None
    return [left, top, 1 - right, 1 - bottom]


def _make(request: SignedInRequest, kind: str, token: str, here: str) -> HttpResponse:
    name = f"{KIND_WORDS[EvidenceKind(kind)].short}.pdf"
    try:
        kept = make_pdf(person=request.user, token=token, name=name)
    except EvidenceError as error:
        messages.warning(request, str(error))
        return redirect(here)
    remember(request, token=token, kept=kept)
    messages.success(request, _("Je pdf is klaar. Vul nog de gegevens in en bewaar."))
    return redirect(_form_path(request, kind, token))


def _form_path(request: SignedInRequest, kind: str, token: str) -> str:
    replaced = request.GET.get("vervangt", "")
    path = (
        reverse("accreditation:evidence_replace", args=[int(replaced)])
        if replaced.isascii() and replaced.isdigit() and len(replaced) < 18
        else reverse("accreditation:evidence_add", args=[kind])
    )
    return f"{path}?formulier={token}"
