"""Films, recordings and captions of lessons, in ranges, so that a player can go to any second."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model

from media.api import file_response
from people.api import signed_in

ENDINGS = (".mp4", ".webm", ".mp3", ".m4a", ".ogg", ".wav", ".vtt")
#: The address holds the number of the file, and another file gets another number.
CACHING = "private, max-age=604800"


@signed_in
@require_safe
def recording(request: HttpRequest, document: int, name: str) -> HttpResponseBase:
    """One file of a lesson, for everyone with an account; any other document is not found here."""
    row = get_document_model().objects.filter(pk=document).first()
    if row is None or not row.filename.lower().endswith(ENDINGS):
        raise Http404
    try:
        content = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return file_response(request, content, name=row.filename, caching=CACHING)
