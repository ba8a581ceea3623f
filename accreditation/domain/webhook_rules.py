"""How webhooks are retried: pure, no ORM, no clock."""

from datetime import datetime, timedelta

from accreditation.enums import ReceiptOutcome

#: Rest of an endpoint after so many failures in a row; the last one repeats, so that a return is noticed soon.
RESTS = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 300, 900))
#: Answers that blame the message, not the receiver: that person's messages wait, others go on.
MESSAGE_FAULTS = frozenset({400, 409, 413, 422})
#: After so many failures in a row the endpoint rests, whatever the reason.
PATIENCE = 3
#: The receiver says: do not come back (Standard Webhooks).
GONE = 410
GIVE_UP_AFTER = timedelta(days=14)
#: A message that waits longer than this is no hiccup any more: the office hears of it (threat model, row 19).
ALARM_AFTER = timedelta(hours=1)


def rest_after(failures: int) -> timedelta:
    """How long to wait after this many failures in a row (from 1): longer each time, at most a quarter of an hour."""
    return RESTS[min(max(failures, 1), len(RESTS)) - 1]


def outcome_of(status_code: int | None) -> ReceiptOutcome:
    """Any 2xx is an acknowledgement, whatever follows it; a redirect is not followed and counts as a refusal."""
    if status_code is None:
        return ReceiptOutcome.NO_ANSWER
    return ReceiptOutcome.DELIVERED if 200 <= status_code < 300 else ReceiptOutcome.REFUSED


def blames_message(status_code: int | None, *, failures: int) -> bool:
    """Whether only this message has to wait; not any more when everything is refused."""
    return status_code in MESSAGE_FAULTS and failures < PATIENCE


def incident_of(
    *,
    oldest: datetime | None,
    stuck: datetime | None,
    last_success: datetime | None,
    known_since: datetime,
    now: datetime,
) -> str:
    """The name of what goes wrong for too long at an endpoint, or "". It stays the same as long as the matter does.

    Nothing arrived since `oldest`, the first message that waits: named by that silence, whatever is given up meanwhile.
    Others arrive: named by `stuck`, the first that was refused and rests; who only catches up is no incident.
    """
    silent = oldest is not None and (last_success is None or last_success <= oldest)
    since = oldest if silent else stuck
    if since is None or now - since <= ALARM_AFTER:
        return ""
    return (
        f"silent-{(last_success or known_since).timestamp():.0f}"
        if silent
        else f"stuck-{since.timestamp():.0f}"
    )
