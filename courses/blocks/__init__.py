"""Everything that a lesson can be made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.activities import ActivityBlock, CaseBlock, CheckBlock, PollBlock, ReflectionBlock
from courses.blocks.cases import DecisionCaseBlock
from courses.blocks.media import AudioBlock, DownloadBlock, ImageBlock, VideoBlock
from courses.blocks.text import CalloutBlock, DialogueBlock, FiguresBlock, OneInBlock, StepsBlock, TextBlock


class LessonStreamBlock(blocks.StreamBlock):
    """The body of a lesson. Names are those of the content format; data of published lessons hangs on them."""

    text = TextBlock()
    callout = CalloutBlock()
    figures = FiguresBlock()
    one_in = OneInBlock()
    steps = StepsBlock()
    dialogue = DialogueBlock()
    image = ImageBlock()
    video = VideoBlock()
    audio = AudioBlock()
    download = DownloadBlock()
    case = CaseBlock()
    reflection = ReflectionBlock()
    check = CheckBlock()
    decision_case = DecisionCaseBlock()
    poll = PollBlock()
    h5p = ActivityBlock()


class GoalStreamBlock(blocks.StreamBlock):
    """What a learner will be able to do."""

    goal = blocks.CharBlock(max_length=400, label=_("Doel"), icon="tick")


class SourceBlock(blocks.StructBlock):
    """Where facts come from."""

    title = blocks.CharBlock(max_length=250, label=_("Titel"))
    publisher = blocks.CharBlock(max_length=250, required=False, label=_("Uitgever"))
    year = blocks.IntegerBlock(required=False, min_value=1800, max_value=2200, label=_("Jaar"))

    class Meta:
        icon = "openquote"
        label = _("Bron")


class SourceStreamBlock(blocks.StreamBlock):
    """The sources of a lesson."""

    source = SourceBlock()


__all__ = ["GoalStreamBlock", "LessonStreamBlock", "SourceStreamBlock"]
