"""May somebody try now, and which questions does an attempt ask? Pure: the moment and the seed come from outside."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Protocol

from courses.api import PublicCheck, PublicQuestion

#: How long after the deadline answers are still taken, for slow networks.
GRACE = timedelta(seconds=30)
#: The least wait before a new series of attempts, so that nobody is locked out for ever and guessing does not pay.
SERIES_WAIT = timedelta(days=1)


class Stage(StrEnum):
    """Where somebody is in a check."""

    READY = "ready"
    OPEN = "open"
    TIME_UP = "time_up"
    WAITING = "waiting"
    PASSED = "passed"


class Tried(Protocol):
    """An attempt as far as these rules need it (`lms.models.CheckAttempt`)."""

    @property
    def submitted_at(self) -> datetime | None: ...
    @property
    def deadline(self) -> datetime | None: ...
    @property
    def passed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody may do now. `tries_left` counts until the long wait, None without a limit."""

    stage: Stage
    tries_left: int | None = None
    wait_until: datetime | None = None


def standing(check: PublicCheck, tried: Sequence[Tried], now: datetime) -> Standing:
    """Where these attempts, oldest first, leave somebody at this moment."""
    if any(attempt.passed for attempt in tried):
        return Standing(Stage.PASSED)
    under_way = next((attempt for attempt in tried if attempt.submitted_at is None), None)
    if under_way is not None:
        return Standing(
            Stage.TIME_UP if is_late(under_way, now) else Stage.OPEN, _left(check, len(tried) - 1)
        )
    failed = [attempt.submitted_at for attempt in tried if attempt.submitted_at is not None]
    if failed:
        until = max(failed) + _wait(check, len(failed))
        if now < until:
            return Standing(Stage.WAITING, _left(check, len(failed)), until)
    return Standing(Stage.READY, _left(check, len(failed)))


def is_late(attempt: Tried, now: datetime) -> bool:
    """Whether answers no longer count for this attempt."""
    return attempt.deadline is not None and now > attempt.deadline + GRACE


def _wait(check: PublicCheck, failed: int) -> timedelta:
    wait = timedelta(minutes=check.wait_minutes)
    ends_series = bool(check.attempts) and failed % check.attempts == 0
    return max(wait, SERIES_WAIT) if ends_series else wait


def _left(check: PublicCheck, failed: int) -> int | None:
    """Attempts that are left in this series, the coming one included."""
    return check.attempts - failed % check.attempts if check.attempts else None


def draw(check: PublicCheck, *, seed: str, seen: Collection[str] = ()) -> tuple[str, ...]:
    """Ids of the questions for one attempt, in the author's order; pools give those first that were not seen yet.

    The same seed draws the same. A pool smaller than its draw gives all it has.
    """
    random = Random(f"draw/{seed}")  # noqa: S311  which questions come says nothing of their answers
    pools = dict(check.pools)
    chosen = {question.id for question in check.questions if question.pool not in pools}
    for name, wanted in check.pools:
        pool = [question.id for question in check.questions if question.pool == name]
        random.shuffle(pool)
        pool.sort(key=lambda question_id: question_id in seen)
        chosen.update(pool[:wanted])
    return tuple(question.id for question in check.questions if question.id in chosen)


def arrange(check: PublicCheck, *, drawn: Sequence[str], seed: str) -> tuple[PublicQuestion, ...]:
    """The questions of an attempt with their options as this person sees them; the same seed gives the same.

    Items of an order, and right-hand sides of pairs, are always shuffled; options only where the check says so.
    """
    asked = [question for question in check.questions if not drawn or question.id in drawn]
    return tuple(_shuffled(question, f"{seed}/{question.id}", options=check.shuffle) for question in asked)


def _shuffled(question: PublicQuestion, seed: str, *, options: bool) -> PublicQuestion:
    random = Random(f"arrange/{seed}")  # noqa: S311  an order on a screen is no secret
    if question.kind == "match":
        return replace(question, partners=_mixed(question.partners, random))
    if question.kind == "order" or (options and question.kind in ("single", "multiple")):
        return replace(question, options=_mixed(question.options, random))
    return question


def _mixed(pairs: tuple[tuple[str, str], ...], random: Random) -> tuple[tuple[str, str], ...]:
    return tuple(random.sample(pairs, len(pairs)))
