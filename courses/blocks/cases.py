"""A case with decision points: the server gives one step at a time, so nobody reads ahead."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.blocks.base import KeyBlock, SafeRichTextBlock
from courses.domain.cases import split_case
from courses.domain.question_problems import case_problems
from courses.enums import CaseEnd


class DecisionBlock(blocks.StructBlock):
    """One thing to do at a step, and where it leads."""

    text = blocks.TextBlock(rows=2, label=_("Keuze"))
    fits = blocks.BooleanBlock(required=False, label=_("Dit past goed"))
    response = SafeRichTextBlock(
        short=True, label=_("Wat er dan gebeurt"), help_text=_("Warm, nooit een verwijt.")
    )
    to = KeyBlock(required=True, label=_("Leidt naar stap"), help_text=_("De naam van die stap."))
    key = KeyBlock()

    class Meta:
        form_layout = blocks.BlockGroup(children=["text", "fits", "response", "to"], settings=["key"])


class StepBlock(blocks.StructBlock):
    """A moment in the case: a situation with choices, or an ending."""

    name = KeyBlock(required=True, label=_("Naam van de stap"), help_text=_("Kort, zoals 'aan-de-deur'."))
    text = SafeRichTextBlock(label=_("Situatie"), help_text=_("Altijd verzonnen en onherkenbaar."))
    question = blocks.CharBlock(max_length=250, required=False, label=_("Vraag"))
    choices = blocks.ListBlock(DecisionBlock(label=_("Keuze")), default=[], max_num=5, label=_("Keuzes"))
    end = blocks.ChoiceBlock(
        choices=CaseEnd.choices,
        required=False,
        label=_("Hier eindigt de casus"),
        help_text=_("Kies alleen iets voor een einde; een einde heeft geen keuzes."),
    )


class DecisionCaseBlock(blocks.StructBlock):
    """An invented situation that goes where somebody's choices lead."""

    title = blocks.CharBlock(max_length=120, label=_("Titel"))
    intro = SafeRichTextBlock(short=True, required=False, label=_("Inleiding"))
    steps = blocks.ListBlock(
        StepBlock(label=_("Stap")),
        min_num=2,
        max_num=40,
        label=_("Stappen"),
        help_text=_("De eerste is het begin. Elke weg moet op een einde uitkomen."),
    )
    closing = SafeRichTextBlock(required=False, label=_("Wat neem je mee"))
    counts = blocks.BooleanBlock(
        required=False,
        label=_("Telt mee"),
        help_text=_("Aan: dit moet goed aflopen om de cursus af te ronden."),
    )
    attempts = blocks.IntegerBlock(required=False, min_value=1, max_value=20, label=_("Aantal pogingen"))
    wait_minutes = blocks.IntegerBlock(
        required=False, min_value=0, max_value=10_080, label=_("Wachttijd na een poging, in minuten")
    )
    key = KeyBlock()

    def clean(self, value: Any) -> Any:
        """Every way needs an ending; a draft may still miss them."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            _public, key = split_case("-", cleaned)
            steps = {step["id"]: step for step in key["steps"]}
            problems = case_problems(steps, [step["id"] for step in key["steps"]], counts=key["counts"])
            if problems:
                raise StructBlockValidationError(block_errors={"title": ValidationError(problems[0])})
        return cleaned

    class Meta:
        icon = "tasks"
        label = _("Casus met keuzes")
        group = _("Doen")
        template = "courses/blocks/decision_case.html"
        form_layout = blocks.BlockGroup(
            children=["title", "intro", "steps", "closing", "counts"],
            settings=["attempts", "wait_minutes", "key"],
        )
