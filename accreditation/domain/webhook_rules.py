"""How webhooks are retried: pure, no ORM, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class WaitingMessage:
    """One message of one person for one endpoint."""

    pk: int
    event_id: int
    person_id: int
    is_revocation: bool
    next_try_at: datetime


def sending_order(waiting: Sequence[WaitingMessage], *, now: datetime) -> list[WaitingMessage]:
    """What may be sent now, in its order: what leads to a loss first, then the oldest; of a person one after the other.

    A message that rests holds back the later ones of its person, and of nobody else.
    """
    held: set[int] = set()
    due: list[WaitingMessage] = []
    last_loss: dict[int, int] = {}
    for one in sorted(waiting, key=lambda message: message.event_id):
        if one.next_try_at > now:
            held.add(one.person_id)
        if one.person_id in held:
            continue
        due.append(one)
        if one.is_revocation:
            last_loss[one.person_id] = one.event_id
    return sorted(due, key=lambda one: (one.event_id > last_loss.get(one.person_id, 0), one.event_id))


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
