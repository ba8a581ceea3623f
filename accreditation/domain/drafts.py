"""A reader's own notes: kept for this reader alone, never shown to anybody else, gone when the task is taken back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.exceptions import CommitteeError
from accreditation.models import ReaderAssignment, ReadingDraft
from people.api import User

NOTE_LIMIT = 4000
TYPED = ("outcome", "reason_codes", "text", "conditions")


def draft_of(assignment_id: int) -> ReadingDraft | None:
    """The notes so far."""
    return ReadingDraft.objects.filter(assignment_id=assignment_id).first()


@transaction.atomic
def save_draft(
    *,
    assignment_id: int,
    reader: User,
    notes: Mapping[str, str],
    checked: list[str],
    scores: Mapping[str, Any],
    typed: Mapping[str, Any],
) -> ReadingDraft:
    """Keep what the reader noted. Raises CommitteeError when the dossier is no longer theirs to read."""
    if not ReaderAssignment.objects.active().filter(pk=assignment_id, reader=reader).exists():
        raise CommitteeError(_("Dit dossier lees jij niet meer. Je notities zijn niet bewaard."))
    notes, typed = without_nul(notes), without_nul(typed)
    draft, __ = ReadingDraft.objects.update_or_create(
        assignment_id=assignment_id,
        defaults={
            "notes": {key: text.strip()[:NOTE_LIMIT] for key, text in notes.items() if text.strip()},
            "checked": sorted(set(checked)),
            "scores": {key: value for key, value in scores.items() if value not in (None, "")},
            "typed": {key: typed[key] for key in TYPED if typed.get(key)},
            "updated_at": timezone.now(),
        },
    )
    return draft


def without_nul(value: Any) -> Any:
    """The same without the one character that no database column holds; in lists and mappings too."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, Mapping):
        return {key: without_nul(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [without_nul(one) for one in value]
    return value
