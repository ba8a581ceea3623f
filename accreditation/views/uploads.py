"""Files in pieces: the browser announces one, sends its pieces, and says when it is done. Answers are JSON."""

import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accreditation.domain.evidence import keep_file
from accreditation.domain.photos import photo_of
from accreditation.exceptions import EvidenceError
from accreditation.views.kept import remember
from media.api import (
    MAX_PART_BYTES,
    MediaError,
    UploadError,
    UploadInfo,
    append_part,
    open_upload,
    start_upload,
)
from media.api import upload_info as ask_upload
from people.api import SignedInRequest, signed_in

View = Callable[..., HttpResponseBase]


def told_in_json(view: View) -> View:
    """Refusals become a message in the answer: 404 for an upload that is gone, 422 for what can be mended."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except UploadError as error:
            return JsonResponse(
                {"code": error.code, "message": error.message}, status=404 if error.code == "gone" else 422
            )
        except MediaError as error:
            return JsonResponse({"code": error.code, "message": error.message}, status=422)
        except EvidenceError as error:
            return JsonResponse({"code": "refused", "message": str(error)}, status=422)

    return guarded


@require_POST
@signed_in
@told_in_json
def start(request: SignedInRequest) -> HttpResponseBase:
    """Announce a file by name and size (bytes)."""
    try:
        data = json.loads(request.body or b"null")
        name, size = str(data["name"])[:255], int(data["size"])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise EvidenceError(_("Kies het bestand opnieuw.")) from None
    return JsonResponse(_as_json(start_upload(owner=request.user, name=name, size=size)), status=201)


@require_http_methods(["GET", "POST"])
@signed_in
@told_in_json
def part(request: SignedInRequest, upload_id: uuid.UUID) -> HttpResponseBase:
    """GET: how far it came. POST: the piece that begins at the byte of the header `Upload-Offset`."""
    if request.method == "GET":
        return JsonResponse(_as_json(ask_upload(owner=request.user, upload_id=upload_id)))
    try:
        offset = int(request.headers.get("Upload-Offset", ""))
    except ValueError:
        offset = -1
    if offset < 0 or int(request.headers.get("Content-Length") or 0) > MAX_PART_BYTES:
        raise UploadError("bad_part", _("Dit stuk past niet bij het bestand. Kies het bestand opnieuw."))
    info = append_part(owner=request.user, upload_id=upload_id, offset=offset, data=request.body)
    return JsonResponse(_as_json(info))


@require_POST
@signed_in
@told_in_json
def done(request: SignedInRequest, upload_id: uuid.UUID) -> HttpResponseBase:
    """The file is whole: check and clean it, and keep it for the form of this token (or as one of its photos)."""
    try:
        data = json.loads(request.body or b"null")
        token, is_photo = str(data["token"]), bool(data.get("photo"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise EvidenceError(_("Kies het bestand opnieuw.")) from None
    if len(token) > 40 or not slug_re.fullmatch(token):
        raise EvidenceError(_("Kies het bestand opnieuw."))
    with open_upload(owner=request.user, upload_id=upload_id) as whole:
        kept = keep_file(person=request.user, upload=whole)
    if is_photo:
        photo = photo_of(person=request.user, token=token, kept=kept)
        return JsonResponse({"photo": photo.pk, "name": kept.name, "warnings": list(kept.warnings)})
    remember(request, token=token, kept=kept)
    return JsonResponse({"name": kept.name, "warnings": list(kept.warnings)})


def _as_json(info: UploadInfo) -> dict[str, object]:
    return {"id": str(info.id), "received": info.received, "size": info.size, "part": MAX_PART_BYTES}
