"""Six digits beside the QR code, for who has no camera. They change with it; only one's own sessions are looked at."""

import hashlib
import hmac
import time
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.domain.attendance_rules import CHECK_IN_AFTER, CHECK_IN_BEFORE
from lms.domain.check_in_tokens import TOKEN_SECONDS
from lms.exceptions import AttendanceError
from lms.models import Session

CODE_SALT = "lms.check_in.code"
TRIES = 10
TRY_SECONDS = 600


def code_of(session_id: int, *, leaving: bool = False, at: float | None = None) -> str:
    """The six digits that are on the screen at a moment (seconds of the clock; now where none is given)."""
    step = int((time.time() if at is None else at) // TOKEN_SECONDS)
    said = f"{CODE_SALT}:{session_id}:{'out' if leaving else 'in'}:{step}"
    digest = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"


def session_of_code(code: str, *, person_id: int) -> tuple[int, bool] | None:
    """The session of this person whose screen shows the code now, and whether it is the code for leaving.

    A code of the step before still holds, so that typing takes no luck. Raises AttendanceError (too_many) after ten
    wrong codes in ten minutes, and (try_later) while wrong codes cannot be counted: guessing must never be free.
    """
    _count_try(person_id)
    digits = "".join(part for part in code if part.isdigit())
    now = timezone.now()
    sessions = Session.objects.held().filter(
        cohort__enrolments__person_id=person_id,
        cohort__enrolments__withdrawn_at=None,
        starts_at__lte=now + CHECK_IN_BEFORE + timedelta(minutes=1),
        ends_at__gte=now - CHECK_IN_AFTER - timedelta(minutes=1),
    )
    moment = time.time()
    for session_id in sessions.values_list("pk", flat=True).distinct():
        for leaving in (False, True):
            valid = [code_of(session_id, leaving=leaving, at=moment - age) for age in (0, TOKEN_SECONDS)]
            if any(hmac.compare_digest(one, digits) for one in valid):
                cache.delete(_key(person_id))
                return session_id, leaving
    return None


def _key(person_id: int) -> str:
    return f"lms:code-tries:{person_id}"


def _count_try(person_id: int) -> None:
    try:
        cache.add(_key(person_id), 0, TRY_SECONDS)
        tries = int(cache.incr(_key(person_id)))
    except Exception as error:
        raise AttendanceError(
            "try_later",
            _("Een code intypen lukt nu niet. Scan de QR-code, of vraag je trainer om je aan te vinken."),
        ) from error
    if tries > TRIES:
        raise AttendanceError(
            "too_many",
            _("Je typte te veel verkeerde codes. Scan de QR-code, of vraag je trainer om je aan te vinken."),
        )
