"""Item analysis for authors, in the back office: which questions work, as a picture and as a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.api import PublicQuestion
from lms.domain.item_rules import FEWEST_TO_JUDGE, FEWEST_TO_SHOW, ItemFigures, Signal
from lms.domain.queries.items import analyse_check, checks_with_people
from lms.rules import can_see_item_analysis

#: The picture's measures in pixels: the field, and the room for its words.
WIDTH, HEIGHT, LEFT, TOP = 600, 320, 60, 20


@dataclass(frozen=True, slots=True)
class OptionBar:
    """How many people chose an option. `percent` is of the people who got the question."""

    text: str
    people: int
    percent: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A question with its figures; `x` and `y` are its place in the picture, empty without a discrimination."""

    number: int
    prompt: str
    kind: str
    people: int
    difficulty: int
    discrimination: str
    options: tuple[OptionBar, ...]
    signals: tuple[str, ...]
    x: str = ""
    y: str = ""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All checks with how many people handed them in."""
    _require(request)
    return render(request, "lms/items/index.html", {"checks": checks_with_people()})


@require_safe
def detail(request: HttpRequest, course_id: int, check_id: str) -> HttpResponse:
    """One check: picture, table, and what to look at first."""
    _require(request)
    analysis = analyse_check(course_id=course_id, check_id=check_id)
    if analysis is None:
        raise Http404
    words = signal_words()
    rows = [
        _row(number, question, analysis.figures[question.id], words)
        for number, question in enumerate(analysis.check.questions, start=1)
        if question.id in analysis.figures
    ]
    context = {
        "analysis": analysis,
        "rows": rows,
        "to_look_at": [row for row in rows if row.signals],
        "fewest": FEWEST_TO_SHOW,
        "judged_from": FEWEST_TO_JUDGE,
        "picture": {"width": WIDTH, "height": HEIGHT, "left": LEFT, "top": TOP, "zero": _y(0.0)},
    }
    return render(request, "lms/items/detail.html", context)


def signal_words() -> Mapping[Signal, str]:
    """What each signal means, in words that say what to do."""
    return {
        Signal.TOO_HARD: _("Minder dan 30 % heeft dit juist. Staat het in de les? Is de vraag duidelijk?"),
        Signal.TOO_EASY: _("Bijna iedereen heeft dit juist. Zijn de andere antwoorden geloofwaardig?"),
        Signal.WEAK: _("Wie de rest goed doet, doet dit nauwelijks beter. Meet de vraag iets anders?"),
        Signal.BACKWARDS: _("Wie de rest goed doet, heeft dit vaker fout. Kijk eerst of de sleutel klopt."),
        Signal.TEMPTING: _("Een fout antwoord wordt vaker gekozen dan het juiste. Kijk het goed na."),
    }


def _require(request: HttpRequest) -> None:
    if not can_see_item_analysis(request.user):
        raise PermissionDenied


def _row(number: int, question: PublicQuestion, found: ItemFigures, words: Mapping[Signal, str]) -> ItemRow:
    value = found.discrimination
    options = (
        ()
        if question.takes_pairs
        else tuple(
            OptionBar(
                text, found.chosen.get(option_id, 0), found.chosen.get(option_id, 0) * 100 // found.people
            )
            for option_id, text in question.options
        )
    )
    return ItemRow(
        number=number,
        prompt=question.prompt,
        kind=question.kind,
        people=found.people,
        difficulty=round(found.difficulty * 100),
        discrimination="" if value is None else f"{value:.2f}".replace(".", ","),
        options=options,
        signals=tuple(words[signal] for signal in found.signals),
        x="" if value is None else f"{LEFT + found.difficulty * WIDTH:.1f}",
        y="" if value is None else _y(value),
    )


def _y(value: float) -> str:
    """Where a discrimination between -1 and 1 stands in the picture."""
    return f"{TOP + (1 - value) / 2 * HEIGHT:.1f}"
