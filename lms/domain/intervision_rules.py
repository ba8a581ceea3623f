"""Rules about meetings of a group. Pure: no database, no clock, no settings."""

from collections import defaultdict
from collections.abc import Iterable, Set
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache


def entry_is_late(*, held_on: date, today: date, entry_days: int) -> bool:
    """Whether something about a meeting is entered more than `entry_days` after its date."""
    return (today - held_on).days > entry_days


def signatures_needed(*, co_signers: int, members: int) -> int:
    """How many others must say that somebody was there: as the rule asks, never more than there are others."""
    return max(1, min(co_signers, members - 1))


def is_signed_off(
    signers: Set[int], *, moderators: Set[int], moderator_suffices: bool, co_signers: int, members: int
) -> bool:
    """Whether enough others say that somebody was there: a moderator, or as many members as the rule asks."""
    if moderator_suffices and signers & moderators:
        return True
    return len(signers) >= signatures_needed(co_signers=co_signers, members=members)


def group_answer(*, members: int, welcome: int, not_now: int, days: int, patience: int) -> bool | None:
    """What a group answers to somebody who asks for a place; None while it has not decided.

    Welcome with more than half of the members; not now as soon as that cannot be reached any more. After `patience`
    days those who spoke decide, and a tie is a welcome: silence holds nobody up.
    """
    if 2 * welcome > members:
        return True
    if 2 * not_now >= members:
        return False
    if days >= patience and welcome + not_now > 0:
        return welcome >= not_now
    return None


def reciprocal_pairs(
    confirmations: Iterable[tuple[int, int, int]], *, least: int
) -> tuple[tuple[int, int, int], ...]:
    """Two people whose presence nobody but the other ever confirmed, at `least` meetings or more each.

    `confirmations`: (meeting, who was there, who says so). Returns (smaller id, larger id, meetings), by ids.
    """
    signers: dict[int, set[int]] = defaultdict(set)
    meetings: dict[tuple[int, int], set[int]] = defaultdict(set)
    for meeting, person, confirmed_by in confirmations:
        signers[person].add(confirmed_by)
        meetings[person, confirmed_by].add(meeting)
    found = []
    for person, others in signers.items():
        (other,) = others if len(others) == 1 else (person,)
        if person < other and signers.get(other) == {person}:
            number = min(len(meetings[person, other]), len(meetings[other, person]))
            if number >= least:
                found.append((person, other, number))
    return tuple(sorted(found))


@lru_cache(maxsize=512)
def hours_of(minutes: int) -> Decimal:
    """Minutes as hours, with two decimals."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
