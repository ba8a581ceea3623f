"""The lines to score where a criterion needs judgement; which lines count follows from the frozen round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accreditation.enums import EvidenceKind
from accreditation.exceptions import CommitteeError
from accreditation.models import Rubric

HIGHEST = 3


@dataclass(frozen=True)
class RubricLine:
    """One question with four steps, 0 to 3. `required`: an opinion needs a score here."""

    criterion: str
    key: str
    title: str
    steps: tuple[str, ...]
    required: bool


@dataclass(frozen=True)
class RubricOfDay:
    """The rubric in force, with the lines that fit a round."""

    rubric_id: int | None
    lines: tuple[RubricLine, ...]


def rubric_in_force(on: date) -> Rubric | None:
    """The latest rubric that has begun."""
    return Rubric.objects.filter(valid_from__lte=on).order_by("-valid_from").first()


def rubric_for(snapshot: Mapping[str, Any], on: date) -> RubricOfDay:
    """The lines that a reader of this round scores. One query."""
    rubric = rubric_in_force(on)
    if rubric is None:
        return RubricOfDay(None, ())
    return RubricOfDay(rubric.pk, lines_for(rubric.lines, snapshot))


def lines_for(lines: list[dict[str, Any]], snapshot: Mapping[str, Any]) -> tuple[RubricLine, ...]:
    """Lines of criteria that this round asks; "elsewhere" only where training from outside is among the evidence."""
    needed = {row["id"] for row in snapshot.get("criteria", ()) if row.get("needed")}
    elsewhere = any(piece.get("kind") == EvidenceKind.TRAINING for piece in snapshot.get("evidence", ()))
    return tuple(
        RubricLine(
            criterion=line["criterion"],
            key=line["key"],
            title=line["title"],
            steps=tuple(line["steps"]),
            required=line.get("when") == "always",
        )
        for line in lines
        if line["criterion"] in needed and (line.get("when") == "always" or elsewhere)
    )


def checked_scores(lines: tuple[RubricLine, ...], scores: Mapping[str, Any]) -> dict[str, int]:
    """Whole scores from 0 to 3 of known lines. Raises CommitteeError when a required one is missing or out of range."""
    found: dict[str, int] = {}
    for line in lines:
        value = scores.get(line.key)
        if value in (None, ""):
            if line.required:
                raise CommitteeError(_("Geef nog een score bij: %(title)s") % {"title": line.title})
            continue
        if (
            isinstance(value, bool)
            or not str(value).isdecimal()
            or len(str(value)) > 3
            or int(value) > HIGHEST
        ):
            raise CommitteeError(
                _("Kies een score van 0 tot %(most)s bij: %(title)s") % {"most": HIGHEST, "title": line.title}
            )
        found[line.key] = int(value)
    return found
