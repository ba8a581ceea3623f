"""Dated conditions under a decision that grants: checked, kept, and read back from stored JSON."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accreditation.enums import Outcome
from accreditation.exceptions import CommitteeError

Wanted = tuple[str, date]
AT_MOST = 5
TEXT_LIMIT = 300


def checked_conditions(
    *, outcome: str, conditions: Iterable[Wanted], today: date, until: date | None = None
) -> list[Wanted]:
    """Conditions by their day, each once; none for other outcomes than "with conditions".

    Raises CommitteeError when there is none, a day is not in the future, or lies after the end of the recognition.
    """
    if outcome != Outcome.CONDITIONAL:
        return []
    found = sorted(
        {(text.strip()[:TEXT_LIMIT], due) for text, due in conditions if text.strip()}, key=_by_day
    )
    if not found:
        raise CommitteeError(_("Schrijf minstens één voorwaarde, met een datum."))
    if len(found) > AT_MOST:
        raise CommitteeError(_("Hoogstens %(most)s voorwaarden, anders is het geen ja.") % {"most": AT_MOST})
    for text, due in found:
        if due <= today:
            raise CommitteeError(
                _('De datum bij "%(text)s" is al voorbij. Kies een latere dag.') % {"text": text}
            )
        if until is not None and due > until:
            raise CommitteeError(
                _('De datum bij "%(text)s" ligt na het einde van de erkenning. Kies een vroegere dag.')
                % {"text": text}
            )
    return found


def _by_day(one: Wanted) -> tuple[date, str]:
    return one[1], one[0]


def to_json(conditions: Sequence[Wanted]) -> list[dict[str, str]]:
    """Conditions as they are stored with an opinion."""
    return [{"text": text, "due_on": due.isoformat()} for text, due in conditions]


def from_json(rows: Iterable[Mapping[str, Any]]) -> list[Wanted]:
    """Stored conditions; what cannot be read is left out."""
    found = []
    for row in rows:
        try:
            found.append((str(row["text"]), date.fromisoformat(str(row["due_on"]))))
        except (KeyError, ValueError):
            continue
    return found
