"""The questions of a knowledge check, one block for each kind."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from courses.blocks.base import KeyBlock
from courses.domain.question_problems import question_problems
from courses.domain.questions import split_question
from courses.enums import QuestionKind


class PoolBlock(KeyBlock):
    """The name of the pool that a question belongs to."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Reeks"))
        kwargs.setdefault(
            "help_text",
            _("Alleen als de toets vragen trekt: de naam van de reeks. Leeg: deze vraag komt altijd."),
        )
        super().__init__(**kwargs)


class OptionBlock(blocks.StructBlock):
    """One answer, whether it is right, and why."""

    text = blocks.TextBlock(rows=2, label=_("Antwoord"))
    correct = blocks.BooleanBlock(required=False, label=_("Dit klopt"))
    feedback = blocks.TextBlock(rows=2, label=_("Waarom (niet)"))
    key = KeyBlock()

    class Meta:
        form_layout = blocks.BlockGroup(children=["text", "correct", "feedback"], settings=["key"])


class QuestionBlock(blocks.StructBlock):
    """What every question has; the subclasses know how it is answered."""

    prompt = blocks.TextBlock(rows=2, label=_("Vraag"))

    kind: QuestionKind

    def clean(self, value: Any) -> Any:
        """A question needs its right answers; a draft may still miss them."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            public, key = split_question(self.kind, cleaned, question_id="-", check_id="-")
            problems = question_problems(public, key)
            if problems:
                raise StructBlockValidationError(block_errors={"prompt": ValidationError(problems[0])})
        return cleaned


class FeedbackBlock(blocks.TextBlock):
    """What somebody takes along from a question, whatever the answer was."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(rows=2, required=False, label=_("Wat neem je mee"), **kwargs)


class ChoiceQuestionBlock(QuestionBlock):
    """A choice among answers."""

    options = blocks.ListBlock(OptionBlock(label=_("Antwoord")), min_num=2, max_num=8, label=_("Antwoorden"))
    feedback = FeedbackBlock()
    pool = PoolBlock()
    key = KeyBlock()

    class Meta:
        form_layout = blocks.BlockGroup(children=["prompt", "options", "feedback"], settings=["pool", "key"])


class SingleQuestionBlock(ChoiceQuestionBlock):
    """Exactly one answer is right."""

    kind = QuestionKind.SINGLE

    class Meta:
        icon = "radio-full"
        label = _("Eén antwoord klopt")


class MultipleQuestionBlock(ChoiceQuestionBlock):
    """Several answers may be right."""

    kind = QuestionKind.MULTIPLE

    class Meta:
        icon = "list-ul"
        label = _("Meer antwoorden kunnen kloppen")


class OrderQuestionBlock(QuestionBlock):
    """Items to put in order."""

    kind = QuestionKind.ORDER
    items = blocks.ListBlock(
        blocks.CharBlock(max_length=200, label=_("Stap")),
        min_num=3,
        max_num=8,
        label=_("In de juiste volgorde"),
        help_text=_("Schrijf ze zoals het hoort. De deelnemer krijgt ze door elkaar."),
    )
    feedback = FeedbackBlock()
    pool = PoolBlock()
    key = KeyBlock()

    class Meta:
        icon = "order"
        label = _("In de juiste volgorde zetten")
        form_layout = blocks.BlockGroup(children=["prompt", "items", "feedback"], settings=["pool", "key"])


class PairBlock(blocks.StructBlock):
    """Two things that belong together."""

    left = blocks.CharBlock(max_length=200, label=_("Links"))
    right = blocks.CharBlock(max_length=200, label=_("Hoort bij"))
    feedback = blocks.TextBlock(rows=2, required=False, label=_("Waarom"))


class MatchQuestionBlock(QuestionBlock):
    """Things to bring together."""

    kind = QuestionKind.MATCH
    pairs = blocks.ListBlock(PairBlock(label=_("Paar")), min_num=2, max_num=8, label=_("Paren"))
    extra = blocks.ListBlock(
        blocks.CharBlock(max_length=200, label=_("Past nergens bij")),
        max_num=4,
        default=[],
        label=_("Past nergens bij"),
    )
    feedback = FeedbackBlock()
    pool = PoolBlock()
    key = KeyBlock()

    class Meta:
        icon = "link"
        label = _("Bij elkaar zoeken")
        form_layout = blocks.BlockGroup(
            children=["prompt", "pairs", "extra", "feedback"], settings=["pool", "key"]
        )


class GapBlock(blocks.StructBlock):
    """A gap in a text, and what fits in it."""

    key = KeyBlock(required=True, label=_("Naam"), help_text=_("Zoals ze in de tekst staat: {week}."))
    accept = blocks.TextBlock(
        rows=2,
        required=False,
        label=_("Deze woorden kloppen"),
        help_text=_("Eén per regel. Hoofdletters, accenten en een punt op het einde maken niet uit."),
    )
    typos = blocks.IntegerBlock(
        default=0,
        min_value=0,
        max_value=2,
        label=_("Tikfouten"),
        help_text=_("Letters die mogen verschillen."),
    )
    number = blocks.DecimalBlock(
        required=False, max_digits=12, decimal_places=4, label=_("Of dit getal klopt")
    )
    tolerance = blocks.DecimalBlock(
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=4,
        label=_("Marge"),
        help_text=_("Naar boven en onder."),
    )
    feedback = blocks.TextBlock(rows=2, required=False, label=_("Waarom"))


class FillInQuestionBlock(QuestionBlock):
    """A text with gaps."""

    kind = QuestionKind.FILL_IN
    text = blocks.TextBlock(
        rows=3, label=_("Tekst met vakken"), help_text=_("Zet elk vak tussen accolades: 'Bel {nummer}.'")
    )
    gaps = blocks.ListBlock(GapBlock(label=_("Vak")), min_num=1, max_num=8, label=_("Vakken"))
    feedback = FeedbackBlock()
    pool = PoolBlock()
    key = KeyBlock()

    class Meta:
        icon = "edit"
        label = _("Invullen")
        form_layout = blocks.BlockGroup(
            children=["prompt", "text", "gaps", "feedback"], settings=["pool", "key"]
        )


class SpotBlock(blocks.StructBlock):
    """A place on a picture that can be pointed at."""

    label = blocks.CharBlock(max_length=120, label=_("Wat daar te zien is"))
    x = blocks.FloatBlock(min_value=0, max_value=100, label=_("Van links"), help_text=_("In procent."))
    y = blocks.FloatBlock(min_value=0, max_value=100, label=_("Van boven"), help_text=_("In procent."))
    correct = blocks.BooleanBlock(required=False, label=_("Dit klopt"))
    feedback = blocks.TextBlock(rows=2, label=_("Waarom (niet)"))
    key = KeyBlock()

    class Meta:
        form_layout = blocks.BlockGroup(children=["label", "x", "y", "correct", "feedback"], settings=["key"])


class HotspotQuestionBlock(QuestionBlock):
    """A picture with spots to point at; each spot also has words, for whoever does not see it."""

    kind = QuestionKind.HOTSPOT
    image = ImageChooserBlock(label=_("Beeld"))
    alt = blocks.CharBlock(max_length=250, label=_("Wat er te zien is"))
    multiple = blocks.BooleanBlock(required=False, label=_("Er kunnen meer plekken kloppen"))
    spots = blocks.ListBlock(SpotBlock(label=_("Plek")), min_num=2, max_num=10, label=_("Plekken"))
    feedback = FeedbackBlock()
    pool = PoolBlock()
    key = KeyBlock()

    class Meta:
        icon = "crosshairs"
        label = _("Aanduiden op een beeld")
        form_layout = blocks.BlockGroup(
            children=["prompt", "image", "alt", "multiple", "spots", "feedback"], settings=["pool", "key"]
        )


class QuestionStreamBlock(blocks.StreamBlock):
    """The questions of a check, in any mix of kinds."""

    single = SingleQuestionBlock()
    multiple = MultipleQuestionBlock()
    order = OrderQuestionBlock()
    match = MatchQuestionBlock()
    fill_in = FillInQuestionBlock()
    hotspot = HotspotQuestionBlock()
