"""What reflections, notes and learning points share: never overwritten unseen, never lost for being too long."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from lms.exceptions import ReflectionError
from lms.models import LearningPoint, LessonNote, Reflection

MAX_CHARACTERS = 50_000


@dataclass(frozen=True, slots=True)
class SavedText:
    """What is kept now. In a `conflict` nothing was written and `text` is what another device wrote."""

    text: str
    revision: int
    conflict: bool = False


def usable_text(text: str) -> str:
    """The text as it may be kept. Raises ReflectionError (too_long)."""
    text = text.replace("\r\n", "\n").replace("\x00", "")
    if len(text) > MAX_CHARACTERS:
        raise ReflectionError(
            "too_long",
            _(
                "Je tekst telt %(have)s tekens en er passen er %(most)s in. "
                "Bewaar een deel ergens anders of kort wat in; wat je typte, staat er nog."
            )
            % {"have": f"{len(text):_}".replace("_", "."), "most": "50.000"},
        )
    return text


def keep_text(kept: Reflection | LessonNote | LearningPoint, *, text: str, revision: int) -> SavedText:
    """Write the text when the form knew the newest revision; the same text twice is once."""
    if kept.text == text:
        return SavedText(text, kept.revision)
    if kept.revision != revision:
        return SavedText(kept.text, kept.revision, conflict=True)
    kept.text, kept.revision, kept.saved_at = text, kept.revision + 1, timezone.now()
    kept.save()
    return SavedText(text, kept.revision)
