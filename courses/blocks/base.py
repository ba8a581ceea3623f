"""Small blocks that the teaching blocks are made of."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from courses.domain.rich_text import EDITOR_FEATURES, SHORT_FEATURES, clean_stored


class SafeRichTextBlock(blocks.RichTextBlock):
    """Rich text that passes the allow-list before it is stored, whatever the editor or an API sent."""

    def __init__(self, short: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("features", SHORT_FEATURES if short else EDITOR_FEATURES)
        super().__init__(**kwargs)

    def clean(self, value: RichText) -> RichText:
        """Wagtail's own checks, then the allow-list."""
        cleaned = super().clean(value)
        return RichText(clean_stored(cleaned.source))


class KeyBlock(blocks.RegexBlock):
    """A lasting name for answers and results of a block; empty means: the system keeps one of its own."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("label", _("Vaste naam"))
        kwargs.setdefault(
            "help_text",
            _(
                "Laat dit gerust leeg. Antwoorden van deelnemers hangen aan deze naam: verander ze later niet."
            ),
        )
        super().__init__(
            regex=r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z",
            error_messages={
                "invalid": _("Gebruik kleine letters, cijfers en streepjes, zoals 'eerste-dag'.")
            },
            **kwargs,
        )
