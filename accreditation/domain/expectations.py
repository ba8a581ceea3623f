"""Who acts next on a dossier, and when to expect it. Pure: the moments and periods come from the caller."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accreditation.enums import DossierStage

#: Days in which the office looks at a piece; a target, not a right.
OFFICE_DAYS = 10


@dataclass(frozen=True)
class Expectation:
    """`actor` is a role, never a name. `by`: the day on which it should have happened; `is_late` when that is past."""

    actor: str | Promise
    by: date | None
    is_late: bool = False


YOU = _("jij")
OFFICE = _("het bureau van het netwerk")
SEEKING = _("de commissie, die twee lezers zoekt")
READERS = _("twee lezers van de commissie")
DECIDERS = _("de commissie, die beslist")


def expect(
    *,
    stage: str,
    since: date,
    today: date,
    reading_days: int,
    decision_days: int,
    waiting: bool = False,
    opinions: int = 0,
) -> Expectation:
    """What follows from the stage of a dossier that was handed in on `since`.

    `reading_days` and `decision_days` are those of the procedure in force, from the day of handing in; `waiting`:
    pieces still wait for the office; `opinions`: how many readers have given theirs. On the person's own turn there is
    no day.
    """
    if stage not in (DossierStage.SUBMITTED, DossierStage.READING):
        return Expectation(YOU, None)
    if waiting:
        return _on(OFFICE, since + timedelta(days=OFFICE_DAYS), today)
    if opinions >= 2:
        return _on(DECIDERS, since + timedelta(days=decision_days), today)
    actor = READERS if stage == DossierStage.READING else SEEKING
    return _on(actor, since + timedelta(days=reading_days), today)


def _on(actor: str | Promise, by: date, today: date) -> Expectation:
    return Expectation(actor, by, is_late=by < today)
