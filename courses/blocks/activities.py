"""Blocks to do: case vignette, reflection, poll, knowledge check, learning package."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.blocks.base import KeyBlock, SafeRichTextBlock
from courses.blocks.questions import QuestionStreamBlock
from courses.domain.question_problems import pool_problems
from media.api import package_choices


class CaseChoiceBlock(blocks.StructBlock):
    """One thing you could do or say, and how that lands."""

    text = blocks.TextBlock(rows=2, label=_("Keuze"))
    fits = blocks.BooleanBlock(required=False, label=_("Dit past goed"))
    response = SafeRichTextBlock(short=True, label=_("Antwoord"), help_text=_("Warm, nooit een verwijt."))


class CaseBlock(blocks.StructBlock):
    """An invented situation with choices."""

    title = blocks.CharBlock(max_length=120, label=_("Titel"))
    text = SafeRichTextBlock(label=_("Situatie"), help_text=_("Altijd verzonnen en onherkenbaar."))
    question = blocks.CharBlock(max_length=250, label=_("Vraag"))
    choices = blocks.ListBlock(CaseChoiceBlock(label=_("Keuze")), min_num=2, max_num=6, label=_("Keuzes"))
    closing = SafeRichTextBlock(required=False, label=_("Slot"))
    key = KeyBlock()

    class Meta:
        icon = "user"
        label = _("Casus")
        group = _("Doen")
        template = "courses/blocks/case.html"
        form_layout = blocks.BlockGroup(
            children=["title", "text", "question", "choices", "closing"], settings=["key"]
        )


class ReflectionBlock(blocks.StructBlock):
    """A question to yourself; what the learner writes stays private."""

    prompt = blocks.TextBlock(rows=3, label=_("Vraag"))
    help = blocks.TextBlock(rows=2, required=False, label=_("Hulp om te beginnen"))
    key = KeyBlock()

    class Meta:
        icon = "edit"
        label = _("Reflectie")
        group = _("Doen")
        template = "courses/blocks/reflection.html"
        form_layout = blocks.BlockGroup(children=["prompt", "help"], settings=["key"])


class PollOptionBlock(blocks.StructBlock):
    """Something to choose; nothing is right or wrong."""

    text = blocks.CharBlock(max_length=200, label=_("Antwoord"))
    key = KeyBlock()

    class Meta:
        form_layout = blocks.BlockGroup(children=["text"], settings=["key"])


class PollBlock(blocks.StructBlock):
    """A question to the group; whoever answers sees what the others said, without names."""

    question = blocks.CharBlock(max_length=250, label=_("Vraag"))
    options = blocks.ListBlock(
        PollOptionBlock(label=_("Antwoord")), min_num=2, max_num=8, label=_("Antwoorden")
    )
    multiple = blocks.BooleanBlock(required=False, label=_("Meer dan één antwoord mag"))
    closing = SafeRichTextBlock(
        short=True, required=False, label=_("Bij het resultaat"), help_text=_("Wat je erover wil zeggen.")
    )
    key = KeyBlock()

    class Meta:
        icon = "group"
        label = _("Peiling")
        group = _("Doen")
        template = "courses/blocks/poll.html"
        form_layout = blocks.BlockGroup(
            children=["question", "options", "multiple", "closing"], settings=["key"]
        )


class DrawBlock(blocks.StructBlock):
    """How many questions are drawn from a pool."""

    name = KeyBlock(required=True, label=_("Naam van de reeks"), help_text="")
    draw = blocks.IntegerBlock(min_value=1, max_value=50, label=_("Zoveel vragen trekken"))


class CheckBlock(blocks.StructBlock):
    """A knowledge check, marked on the server."""

    title = blocks.CharBlock(max_length=120, label=_("Titel"))
    intro = blocks.TextBlock(rows=2, required=False, label=_("Inleiding"))
    pass_mark = blocks.IntegerBlock(
        default=80, min_value=1, max_value=100, label=_("Geslaagd vanaf"), help_text=_("In procent.")
    )
    questions = QuestionStreamBlock(min_num=1, label=_("Vragen"))
    pools = blocks.ListBlock(
        DrawBlock(label=_("Reeks")),
        default=[],
        label=_("Vragen trekken"),
        help_text=_("Iedereen krijgt dan andere vragen uit de reeks. Leeg: iedereen krijgt alle vragen."),
    )
    shuffle = blocks.BooleanBlock(required=False, label=_("Antwoorden door elkaar"))
    time_limit = blocks.IntegerBlock(
        required=False,
        min_value=1,
        max_value=240,
        label=_("Tijd in minuten"),
        help_text=_("Leeg: geen grens."),
    )
    attempts = blocks.IntegerBlock(
        required=False,
        min_value=1,
        max_value=20,
        label=_("Aantal pogingen"),
        help_text=_("Zijn ze op, dan begint na minstens een dag een nieuwe reeks. Leeg: zo vaak men wil."),
    )
    wait_minutes = blocks.IntegerBlock(
        required=False, min_value=0, max_value=10_080, label=_("Wachttijd na een poging, in minuten")
    )
    key = KeyBlock()

    def clean(self, value: Any) -> Any:
        """A pool must hold what is drawn from it; a draft may still fall short."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            problems = pool_problems(
                [(pool["name"], pool["draw"]) for pool in cleaned["pools"]],
                [child.value["pool"] for child in cleaned["questions"] if child.value.get("pool")],
            )
            if problems:
                raise StructBlockValidationError(block_errors={"title": ValidationError(problems[0])})
        return cleaned

    class Meta:
        icon = "tasks"
        label = _("Toets")
        group = _("Doen")
        template = "courses/blocks/check.html"
        form_layout = blocks.BlockGroup(
            children=["title", "intro", "pass_mark", "questions"],
            settings=["shuffle", "pools", "time_limit", "attempts", "wait_minutes", "key"],
        )


def _with_empty() -> list[tuple[str, str]]:
    """Learning packages that may be played, for a select box."""
    return [("", "---------"), *((choice.slug, choice.title) for choice in package_choices())]


class PackageBlock(blocks.FieldBlock):
    """A select box of ready packages; keeps the slug, so that a newer version of the package needs no edit."""

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        self.field = forms.ChoiceField(choices=_with_empty, required=required, help_text=help_text)
        super().__init__(**kwargs)

    class Meta:
        icon = "draft"


class ActivityBlock(blocks.StructBlock):
    """A learning package of the media floor, played on its own origin."""

    title = blocks.CharBlock(max_length=120, label=_("Titel"))
    intro = blocks.TextBlock(rows=2, required=False, label=_("Inleiding"))
    package = PackageBlock(
        label=_("Leerpakket"),
        help_text=_(
            "Alleen pakketten die goedgekeurd zijn. Een nieuw pakket laad je op onder Leerpakketten."
        ),
    )
    key = KeyBlock()

    class Meta:
        icon = "draft"
        label = _("Oefening (leerpakket)")
        group = _("Doen")
        template = "courses/blocks/activity.html"
        form_layout = blocks.BlockGroup(children=["title", "intro", "package"], settings=["key"])
