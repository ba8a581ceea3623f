"""The signed words behind the rotating QR code.

A token names a session and lives 30 seconds: a photo that is sent on comes too late. Somebody who scanned in time
gets a ticket of five minutes, bound to their account, so that reading the page or a slow phone does not cost
them their presence.
"""

from dataclasses import dataclass

from django.core import signing

TOKEN_SECONDS = 30
TICKET_SECONDS = 300
REFRESH_SECONDS = 10
#: What a token for leaving ends with.
LEAVING = ".uit"
TOKEN_SALT = "lms.check_in.token"  # noqa: S105 - a salt is no secret
TICKET_SALT = "lms.check_in.ticket"


@dataclass(frozen=True, slots=True)
class ScannedToken:
    """What a token says; `fresh` while it is at most 30 seconds old, `leaving` when it is the code for going home."""

    session_id: int
    fresh: bool
    leaving: bool = False


def _signer(salt: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=salt, sep="~")


def make_token(session_id: int, *, leaving: bool = False) -> str:
    """A token for the code that is on the screen now."""
    return _signer(TOKEN_SALT).sign(f"{session_id}{LEAVING if leaving else ''}")


def read_token(token: str) -> ScannedToken | None:
    """What the token says, or None when we never made it."""
    signer = _signer(TOKEN_SALT)
    try:
        said, fresh = signer.unsign(token, max_age=TOKEN_SECONDS), True
    except signing.SignatureExpired:
        said, fresh = signer.unsign(token), False
    except signing.BadSignature:
        return None
    number = said.removesuffix(LEAVING)
    if not number.isdecimal():
        return None
    return ScannedToken(int(number), fresh=fresh, leaving=said.endswith(LEAVING))


def make_ticket(*, session_id: int, person_id: int) -> str:
    """Proof that this person scanned a fresh token of this session just now."""
    return _signer(TICKET_SALT).sign(f"{session_id}.{person_id}")


def ticket_holds(ticket: str, *, session_id: int, person_id: int) -> bool:
    """Whether the ticket is ours, for this person and session, and at most five minutes old."""
    try:
        said = _signer(TICKET_SALT).unsign(ticket, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        return False
    return said == f"{session_id}.{person_id}"
