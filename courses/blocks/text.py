"""Blocks to read: text, callout, figures, steps, dialogue."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.base import SafeRichTextBlock
from courses.domain.rich_text import shown_html
from courses.enums import CalloutTone, Speaker


class TextBlock(blocks.StructBlock):
    """Running text."""

    text = SafeRichTextBlock(label=_("Tekst"))

    class Meta:
        icon = "pilcrow"
        label = _("Tekst")
        group = _("Lezen")
        template = "courses/blocks/text.html"


class CalloutBlock(blocks.StructBlock):
    """A tip, a warning or the core, set apart from the text."""

    tone = blocks.ChoiceBlock(choices=CalloutTone.choices, default=CalloutTone.TIP, label=_("Toon"))
    title = blocks.CharBlock(max_length=120, label=_("Titel"))
    text = SafeRichTextBlock(short=True, label=_("Tekst"))

    class Meta:
        icon = "info-circle"
        label = _("Kader")
        group = _("Lezen")
        template = "courses/blocks/callout.html"


class FigureItemBlock(blocks.StructBlock):
    """One key number."""

    value = blocks.CharBlock(max_length=40, label=_("Cijfer"), help_text=_("Zoals '1 op 5'."))
    label = blocks.CharBlock(max_length=200, label=_("Wat het betekent"))
    source = blocks.CharBlock(max_length=200, required=False, label=_("Bron"))


class FiguresBlock(blocks.StructBlock):
    """A few key numbers, shown big."""

    title = blocks.CharBlock(max_length=120, required=False, label=_("Titel"))
    items = blocks.ListBlock(FigureItemBlock(label=_("Cijfer")), min_num=1, max_num=6, label=_("Cijfers"))

    class Meta:
        icon = "order"
        label = _("Cijfers")
        group = _("Lezen")
        template = "courses/blocks/figures.html"


class OneInBlock(blocks.StructBlock):
    """A share of people, drawn as dots."""

    count = blocks.IntegerBlock(min_value=1, max_value=100, label=_("Hoeveel"))
    of = blocks.IntegerBlock(min_value=2, max_value=100, label=_("Op hoeveel"))
    label = blocks.CharBlock(max_length=200, label=_("Wat het betekent"))
    source = blocks.CharBlock(max_length=200, required=False, label=_("Bron"))

    class Meta:
        icon = "group"
        label = _("Zoveel op zoveel")
        group = _("Lezen")
        template = "courses/blocks/one_in.html"


class StepItemBlock(blocks.StructBlock):
    """One step."""

    title = blocks.CharBlock(max_length=160, label=_("Titel"))
    text = SafeRichTextBlock(short=True, required=False, label=_("Uitleg"))


class StepsBlock(blocks.StructBlock):
    """A numbered approach."""

    title = blocks.CharBlock(max_length=120, required=False, label=_("Titel"))
    items = blocks.ListBlock(StepItemBlock(label=_("Stap")), min_num=2, label=_("Stappen"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The steps as the component wants them."""
        steps = [{"title": item["title"], "html": shown_html(item["text"].source)} for item in value["items"]]
        return {**super().get_context(value, parent_context=parent_context), "steps": steps}

    class Meta:
        icon = "list-ol"
        label = _("Stappen")
        group = _("Lezen")
        template = "courses/blocks/steps.html"


class DialogueLineBlock(blocks.StructBlock):
    """One thing that somebody says, and if you like why it works."""

    who = blocks.ChoiceBlock(choices=Speaker.choices, label=_("Wie"))
    text = blocks.TextBlock(rows=2, label=_("Zegt"))
    note = blocks.TextBlock(rows=2, required=False, label=_("Waarom dit werkt"))


class DialogueBlock(blocks.StructBlock):
    """A short talk between invented people."""

    title = blocks.CharBlock(max_length=120, required=False, label=_("Titel"))
    lines = blocks.ListBlock(DialogueLineBlock(label=_("Zin")), min_num=2, label=_("Gesprek"))

    class Meta:
        icon = "comment"
        label = _("Gesprek")
        group = _("Lezen")
        template = "courses/blocks/dialogue.html"
