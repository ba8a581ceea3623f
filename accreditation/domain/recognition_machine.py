"""The life of a recognition as one table: who may take which step from where, and what follows from it. Pure.

The verbs ask this table, `docs/recognition_states.md` is drawn from it, and tests hold both in step.
"""

from dataclasses import dataclass
from enum import StrEnum

from accreditation.enums import LetterKind
from accreditation.enums import RecognitionStatus as S
from accreditation.enums_committee import TransitionKind as K


class CertificateAction(StrEnum):
    """What a step does to the certificate of the recognition."""

    ISSUE = "issue"
    REISSUE = "reissue with the new end"
    REPLACE = "mark as replaced"
    #: The paper stays; whoever checks it reads the status of the moment.
    SHOW = "show the new status"
    REVOKE = "revoke"


@dataclass(frozen=True)
class Step:
    """One step that somebody takes. An empty `sources` begins a recognition; no `target`: dates decide what follows."""

    kind: K
    sources: frozenset[S]
    target: S | None
    by: str
    letter: LetterKind
    certificate: CertificateAction
    #: Whether the row of the recognition changes, and with it its version.
    moves: bool = True


RUNNING = frozenset({S.VALID, S.EXPIRING, S.INTERRUPTED})
STANDING = RUNNING | {S.UPCOMING, S.SUSPENDED, S.GRACE, S.EXPIRED}
COMMITTEE, OFFICE = "committee", "network staff"

STEPS: dict[K, Step] = {
    step.kind: step
    for step in (
        Step(K.GRANTED, frozenset(), S.VALID, COMMITTEE, LetterKind.DECISION, CertificateAction.ISSUE),
        Step(K.REPLACED, STANDING, S.REPLACED, COMMITTEE, LetterKind.DECISION, CertificateAction.REPLACE),
        Step(K.DEFERRED, RUNNING | {S.GRACE}, None, OFFICE, LetterKind.DEFERRAL, CertificateAction.REISSUE),
        Step(K.SUSPENDED, RUNNING, S.SUSPENDED, OFFICE, LetterKind.SUSPENSION, CertificateAction.SHOW),
        Step(K.LIFTED, frozenset({S.SUSPENDED}), None, OFFICE, LetterKind.LIFTING, CertificateAction.SHOW),
        Step(
            K.CONDITION_MET,
            STANDING,
            None,
            OFFICE,
            LetterKind.CONDITION,
            CertificateAction.SHOW,
            moves=False,
        ),
        Step(K.HEARD, STANDING, None, OFFICE, LetterKind.HEARING, CertificateAction.SHOW, moves=False),
        Step(K.KEPT, STANDING, None, OFFICE, LetterKind.HEARING_END, CertificateAction.SHOW, moves=False),
        Step(K.WITHDRAWN, STANDING, S.WITHDRAWN, OFFICE, LetterKind.WITHDRAWAL, CertificateAction.REVOKE),
    )
}

#: What the calendar and the evidence do without anybody: from, to, why.
BY_DATE: tuple[tuple[S, S, str], ...] = (
    (S.UPCOMING, S.VALID, "first day"),
    (S.VALID, S.EXPIRING, "renewal window opens"),
    (S.EXPIRING, S.GRACE, "last day passed"),
    (S.GRACE, S.EXPIRED, "grace ended"),
    (S.VALID, S.INTERRUPTED, "evidence or condition lapsed"),
    (S.EXPIRING, S.INTERRUPTED, "evidence or condition lapsed"),
    (S.INTERRUPTED, S.VALID, "in order again"),
    (S.INTERRUPTED, S.EXPIRING, "in order again"),
    (S.INTERRUPTED, S.GRACE, "last day passed"),
    (S.SUSPENDED, S.VALID, "last day of the suspension passed"),
    (S.SUSPENDED, S.EXPIRING, "last day of the suspension passed"),
    (S.SUSPENDED, S.INTERRUPTED, "last day of the suspension passed"),
    (S.SUSPENDED, S.GRACE, "last day passed"),
)


def may_take(kind: K, status: S) -> bool:
    """Whether the step fits a recognition with this status."""
    return status in STEPS[kind].sources
