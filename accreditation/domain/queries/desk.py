"""Where somebody stands, in few words and few queries, for the desk."""

from dataclasses import dataclass, fields
from datetime import date
from zlib import crc32

from django.utils import timezone

from accreditation.domain.checklist import checklist_for, open_dossiers
from accreditation.domain.criteria_rules import HOLDS, Evaluation
from accreditation.domain.next_steps import handing_in, step_url
from accreditation.domain.queries.own_certificates import OwnCertificate, certificates_of
from accreditation.enums import DossierStage, Level
from accreditation.exceptions import CriteriaError
from accreditation.models import Recognition
from lms.api import LEARNING_ROWS
from people.api import kept_by_rows


@dataclass(frozen=True)
class CriterionSummary:
    """One arc of the ring: `state` is a CriterionState value, `label` the criterion's title."""

    label: str
    state: str
    reason: str


@dataclass(frozen=True)
class RecognitionSummary:
    """A recognition in force."""

    level_name: str
    valid_until: date


@dataclass(frozen=True)
class DeskStatus:
    """What the desk's card about recognition shows. `stage` is a DossierStage value, or empty without a dossier."""

    level: str
    level_name: str
    states: tuple[CriterionSummary, ...]
    met_count: int
    recognition: RecognitionSummary | None
    next_step: str
    next_url: str
    stage: str = ""
    stage_name: str = ""


@dataclass(frozen=True)
class DeskProof:
    """All that the desk shows about recognition; `certificates` are the newest few."""

    status: DeskStatus
    certificates: tuple[OwnCertificate, ...]


#: Every row that the desk's part about recognition is worked out from. A test compares it with what is really read.
DESK_ROWS = {
    **LEARNING_ROWS,
    "accreditation_dossier": "person_id = %(person)s",
    "accreditation_evidence": "person_id = %(person)s",
    "accreditation_recognition": "person_id = %(person)s",
    "accreditation_certificate": "person_id = %(person)s",
    "accreditation_criteriaversion": "TRUE",
    "accreditation_condition": "decision_id IN (SELECT r.decision_id FROM accreditation_recognition r"
    " WHERE r.person_id = %(person)s)",
}
#: What an answer looks like: after an upgrade that changes it, nothing old is read back.
_FORM = crc32(
    repr(
        [
            (field.name, field.type)
            for kept in (CriterionSummary, RecognitionSummary, DeskStatus, OwnCertificate)
            for field in fields(kept)
        ]
    ).encode()
)
KEPT_SECONDS = 3600
ON_THE_DESK = 3


def desk_proof(person_id: int) -> DeskProof:
    """The status and the certificates, kept as long as nothing behind them changed and it is the same day.

    One query when kept (none of it is kept on SQLite).
    """
    today = timezone.localdate()
    return kept_by_rows(
        name=f"desk:{_FORM}:{today}",
        rows=DESK_ROWS,
        person_id=person_id,
        work_out=lambda: DeskProof(
            status=desk_status(person_id, on=today),
            certificates=certificates_of(person_id)[:ON_THE_DESK],
        ),
        seconds=KEPT_SECONDS,
    )


def desk_status(person_id: int, *, on: date | None = None) -> DeskStatus:
    """The ring of the level that the person works towards: that of the newest open dossier, else basic.

    Queries: dossiers, recognitions, criteria, evidence, and those of `lms.api.learning_facts`.
    """
    today = on or timezone.localdate()
    dossiers = open_dossiers(person_id)
    own = list(Recognition.objects.running_on(today).filter(person_id=person_id))
    level = dossiers[0].level if dossiers else _level_in_sight(own)
    recognition = _best([row for row in own if not row.rests_on(today)])
    stage = next((d.stage for d in dossiers if d.level == level), "")
    try:
        evaluation = checklist_for(person_id, level, today, dossiers=dossiers).evaluation
    except CriteriaError:
        return _status(level, (), 0, recognition, "", "", stage)
    renewable = all(r.renewal_from <= today for r in own if r.level == level)
    label, url = _next(evaluation, level, stage, may_hand_in=renewable or bool(stage))
    states = tuple(CriterionSummary(c.title, str(c.state), c.reason) for c in evaluation.criteria)
    return _status(level, states, evaluation.met_count, recognition, label, url, stage)


def _status(
    level: str,
    states: tuple[CriterionSummary, ...],
    met_count: int,
    recognition: RecognitionSummary | None,
    label: str,
    url: str,
    stage: str,
) -> DeskStatus:
    return DeskStatus(
        level=level,
        level_name=str(Level(level).label),
        states=states,
        met_count=met_count,
        recognition=recognition,
        next_step=label,
        next_url=url,
        stage=stage,
        stage_name=str(DossierStage(stage).label) if stage else "",
    )


def _level_in_sight(own: list[Recognition]) -> str:
    """The level of a recognition that runs, else the first level."""
    return max((r.level for r in own), key=Level.values.index, default=Level.BASIC.value)


def _best(held: list[Recognition]) -> RecognitionSummary | None:
    best = max(held, key=lambda r: Level.values.index(r.level), default=None)
    return RecognitionSummary(str(Level(best.level).label), best.valid_until) if best else None


def _next(evaluation: Evaluation, level: str, stage: str, *, may_hand_in: bool) -> tuple[str, str]:
    if stage in (DossierStage.SUBMITTED, DossierStage.READING):
        return "", ""
    for result in evaluation.criteria:
        if result.needed and result.state not in HOLDS and result.next_step is not None:
            return result.next_step.label, step_url(result.next_step, level=level)
    return handing_in(level) if evaluation.ready and may_hand_in else ("", "")
