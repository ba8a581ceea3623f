"""What the opinions of a round allow: pure. Two who agree are enough; else a third reader or the meeting decides."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Ripeness(StrEnum):
    """What may happen with a round now."""

    #: Not all readers gave their opinion, or there are too few.
    WAITING = "waiting"
    #: More than half say the same: a member decides accordingly.
    CLEAR = "clear"
    #: No majority: only a meeting decides.
    DIVIDED = "divided"


@dataclass(frozen=True)
class Advice:
    """The opinions of a round: outcomes of active readers, how many read, how many must."""

    outcomes: tuple[str, ...]
    readers: int
    wanted: int

    @property
    def majority(self) -> str | None:
        """The outcome that more than half propose."""
        return majority(self.outcomes)

    @property
    def ripeness(self) -> Ripeness:
        """What may happen now."""
        if len(self.outcomes) < max(self.wanted, self.readers):
            return Ripeness.WAITING
        return Ripeness.CLEAR if self.majority is not None else Ripeness.DIVIDED

    @property
    def unanimous(self) -> bool:
        """Whether everybody says the same."""
        return len(set(self.outcomes)) == 1


def majority(outcomes: Sequence[str]) -> str | None:
    """The outcome that more than half of the opinions propose, or None."""
    for outcome, count in Counter(outcomes).most_common(1):
        return outcome if count * 2 > len(outcomes) else None
    return None
