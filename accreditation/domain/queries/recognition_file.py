"""One recognition with its whole history, for the office and for its holder."""

from dataclasses import dataclass
from datetime import date, datetime

from accreditation.domain.queries.recognitions import RecognitionRow, rows_of
from accreditation.domain.recognition_machine import may_take
from accreditation.enums_committee import (
    DeferralReason,
    SuspensionReason,
    TransitionKind,
    WithdrawalGround,
)
from accreditation.models import Condition, Hearing, Recognition, RecognitionTransition

REASONS = {
    one.value: one.label for kind in (DeferralReason, SuspensionReason, WithdrawalGround) for one in kind
}
TONES = {
    TransitionKind.GRANTED: "success",
    TransitionKind.SUSPENDED: "warning",
    TransitionKind.HEARD: "warning",
    TransitionKind.WITHDRAWN: "danger",
}


@dataclass(frozen=True)
class HistoryLine:
    """One step in words, as the timeline of the design system takes it."""

    title: str
    when: datetime
    text: str
    tone: str = ""


@dataclass(frozen=True)
class RecognitionFile:
    """What the page of one recognition shows. `steps`: names of the steps that fit today."""

    row: RecognitionRow
    history: tuple[HistoryLine, ...]
    conditions: tuple[Condition, ...]
    hearing: Hearing | None
    steps: frozenset[str]
    may_withdraw_for_ground: bool


def recognition_file(recognition: Recognition, on: date, *, with_text: bool) -> RecognitionFile:
    """Everything about one recognition. `with_text`: also the words that the office wrote. Five queries."""
    (row,) = rows_of([recognition], on)
    steps = list(recognition.transitions.select_related("by"))
    hearing = next((one for one in recognition.hearings.all() if one.closed_at is None), None)
    fitting = {str(kind) for kind in TransitionKind if may_take(kind, row.status.status)}
    heard = hearing is not None and (hearing.responded_at is not None or on > hearing.respond_by)
    return RecognitionFile(
        row=row,
        history=tuple(_line(one, with_text=with_text) for one in reversed(steps)),
        conditions=tuple(recognition.decision.conditions.all()),
        hearing=hearing,
        steps=frozenset(fitting),
        may_withdraw_for_ground=heard,
    )


def _line(step: RecognitionTransition, *, with_text: bool) -> HistoryLine:
    kind = TransitionKind(step.kind)
    parts = [str(REASONS[step.reason]).capitalize() if step.reason in REASONS else ""]
    if with_text:
        parts += [step.text, step.by.full_name if step.by else ""]
    return HistoryLine(
        title=str(kind.label).capitalize(),
        when=step.at,
        text=". ".join(part.rstrip(".") for part in parts if part),
        tone=TONES.get(kind, ""),
    )
