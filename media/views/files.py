"""Answer with a private file. Who may see it was decided by the caller."""

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase

from media.domain.evidence.ingest import StoredFileInfo, private_storage
from media.models import StoredFile

_EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
#: The browser's own pdf viewer needs a plugin frame of ours; everything else stays off.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"


def serve_stored_file(
    request: HttpRequest, stored_file: StoredFile | StoredFileInfo, *, inline: bool = False
) -> HttpResponseBase:
    """Stream one private file; `inline` shows it in the page instead of offering a download.

    The answer is never cached, never sniffed, and runs sandboxed. Raises Http404 when row or bytes are gone.
    """
    place = StoredFile.objects.filter(pk=stored_file.id).values_list("storage_name", flat=True).first()
    extension = _EXTENSIONS.get(stored_file.mime)
    if place is None or extension is None:
        raise Http404
    try:
        content = private_storage().open(place, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type=stored_file.mime)
    stem = stored_file.original_name.rsplit(".", 1)[0] or "bestand"
    disposition = "inline" if inline else "attachment"
    response["Content-Disposition"] = (
        f"{disposition}; filename*=UTF-8''{quote(f'{stem}.{extension}', safe='')}"
    )
    response["Content-Length"] = str(stored_file.size)
    response["Content-Security-Policy"] = f"{_POLICY}; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
