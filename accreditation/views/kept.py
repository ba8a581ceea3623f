"""Which cleaned file waits for which form: a note in the session, so that nobody chooses a file twice."""

from django.http import HttpRequest

from accreditation.domain.evidence import KeptFile

SESSION_KEY = "accreditation_kept_file"


def remember(request: HttpRequest, *, token: str, kept: KeptFile) -> None:
    """Note that the form with this token has its file."""
    request.session[SESSION_KEY] = {"token": token, "id": str(kept.id)}
