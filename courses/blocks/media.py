"""Blocks with a file: picture, film, sound, download."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from courses.blocks.base import KeyBlock, SafeRichTextBlock

SOUND_ENDINGS = (".mp3", ".m4a", ".ogg", ".wav", ".webm")


class ImageBlock(blocks.StructBlock):
    """A picture. Who cannot see it gets the same from the words, so those are required."""

    image = ImageChooserBlock(label=_("Beeld"))
    alt = blocks.CharBlock(
        max_length=250,
        label=_("Wat er te zien is"),
        help_text=_("Voor wie het beeld niet ziet. Beschrijf wat ertoe doet, niet 'foto van'."),
    )
    caption = blocks.CharBlock(max_length=250, required=False, label=_("Onderschrift"))

    class Meta:
        icon = "image"
        label = _("Beeld")
        group = _("Kijken en luisteren")
        template = "courses/blocks/image.html"


def _require_ending(value: Any, field: str, endings: tuple[str, ...], message: Any) -> dict[str, Any]:
    """An error for the field when its document has another ending."""
    document = value.get(field)
    if document is not None and not document.filename.lower().endswith(endings):
        return {field: ValidationError(message)}
    return {}


class VideoBlock(blocks.StructBlock):
    """A film with captions and a transcript; both are required."""

    title = blocks.CharBlock(max_length=120, label=_("Titel"))
    video = DocumentChooserBlock(label=_("Film"), help_text=_("Een .mp4 of .webm."))
    captions = DocumentChooserBlock(label=_("Ondertitels"), help_text=_("Een .vtt in het Nederlands."))
    transcript = SafeRichTextBlock(
        label=_("Uitgeschreven tekst"), help_text=_("Alles wat gezegd wordt en wat je ziet.")
    )
    poster = ImageChooserBlock(required=False, label=_("Startbeeld"))
    minutes = blocks.IntegerBlock(required=False, min_value=1, max_value=120, label=_("Duur in minuten"))
    key = KeyBlock()

    def clean(self, value: Any) -> Any:
        """Each file must be of its kind."""
        cleaned = super().clean(value)
        errors = _require_ending(cleaned, "video", (".mp4", ".webm"), _("Kies een film: een .mp4 of .webm."))
        errors |= _require_ending(cleaned, "captions", (".vtt",), _("Kies ondertitels: een bestand op .vtt."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "media"
        label = _("Film")
        group = _("Kijken en luisteren")
        template = "courses/blocks/video.html"
        form_layout = blocks.BlockGroup(
            children=["title", "video", "captions", "transcript", "poster", "minutes"], settings=["key"]
        )


class AudioBlock(blocks.StructBlock):
    """A recording with captions and a transcript; both are required."""

    title = blocks.CharBlock(max_length=120, label=_("Titel"))
    audio = DocumentChooserBlock(label=_("Opname"), help_text=_("Een .mp3, .m4a, .ogg, .wav of .webm."))
    captions = DocumentChooserBlock(label=_("Ondertitels"), help_text=_("Een .vtt in het Nederlands."))
    transcript = SafeRichTextBlock(label=_("Uitgeschreven tekst"), help_text=_("Alles wat gezegd wordt."))
    minutes = blocks.IntegerBlock(required=False, min_value=1, max_value=120, label=_("Duur in minuten"))
    key = KeyBlock()

    def clean(self, value: Any) -> Any:
        """Each file must be of its kind."""
        cleaned = super().clean(value)
        errors = _require_ending(
            cleaned, "audio", SOUND_ENDINGS, _("Kies een opname: een .mp3, .m4a, .ogg, .wav of .webm.")
        )
        errors |= _require_ending(cleaned, "captions", (".vtt",), _("Kies ondertitels: een bestand op .vtt."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "media"
        label = _("Opname")
        group = _("Kijken en luisteren")
        template = "courses/blocks/audio.html"
        form_layout = blocks.BlockGroup(
            children=["title", "audio", "captions", "transcript", "minutes"], settings=["key"]
        )


class DownloadBlock(blocks.StructBlock):
    """A file or a handout of this site to take along."""

    title = blocks.CharBlock(max_length=120, label=_("Titel"))
    text = blocks.CharBlock(max_length=250, required=False, label=_("Uitleg"))
    document = DocumentChooserBlock(required=False, label=_("Bestand"))
    handout = blocks.RegexBlock(
        regex=r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z",
        required=False,
        label=_("Of een handvat"),
        help_text=_("Het laatste stuk van het adres, zoals 'vroedvrouwen'."),
        error_messages={"invalid": _("Gebruik kleine letters, cijfers en streepjes.")},
    )

    def clean(self, value: Any) -> Any:
        """One of the two must be there."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned.get("document") and not cleaned.get("handout"):
            message = ValidationError(_("Kies een bestand, of geef de naam van een handvat."))
            raise StructBlockValidationError(block_errors={"document": message})
        return cleaned

    class Meta:
        icon = "download"
        label = _("Download")
        group = _("Kijken en luisteren")
        template = "courses/blocks/download.html"
