"""A reader's advice. It stays hidden from everybody else until both readers have given theirs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.assignment import IN_PROCEDURE, assign_readers, lock_dossier, send_to_meeting
from accreditation.domain.conditions import Wanted, checked_conditions, to_json
from accreditation.domain.conflicts import is_tied
from accreditation.domain.decision_rules import Ripeness, majority
from accreditation.domain.panel import (
    READERS,
    advice_of,
    disagreement_of,
    is_appeal,
    require_fair_outcome,
    wanted_readers,
)
from accreditation.domain.procedure import procedure_rule
from accreditation.domain.rubrics import checked_scores, rubric_for
from accreditation.domain.tie_questions import open_questions
from accreditation.enums import POSITIVE_REASONS, Outcome, ReasonCode
from accreditation.enums_committee import DisagreementWay
from accreditation.exceptions import CommitteeError, ConflictOfInterestError
from accreditation.models import (
    Disagreement,
    DossierRound,
    Opinion,
    OpinionDetail,
    ReaderAssignment,
)
from ledger.api import record_audit, ref
from people.api import User, is_committee_member


@dataclass(frozen=True)
class OpinionsView:
    """What one member may see of a round's opinions. `others` is empty as long as `complete` is False."""

    own: Opinion | None
    others: tuple[Opinion, ...]
    complete: bool

    @property
    def agree(self) -> bool:
        """Whether all opinions say the same; False while they are not complete."""
        seen = {one.outcome for one in (*self.others, *((self.own,) if self.own else ()))}
        return self.complete and len(seen) == 1

    @property
    def majority(self) -> str | None:
        """What more than half propose; None while the opinions are not complete."""
        found = [one.outcome for one in (*self.others, *((self.own,) if self.own else ()))]
        return majority(found) if self.complete else None


def checked_reasons(*, outcome: str, reason_codes: Sequence[str]) -> list[str]:
    """The codes in the order of the list, each once.

    Raises CommitteeError when there are none, one does not exist, or one does not go with the outcome.
    """
    if outcome not in Outcome.values:
        raise CommitteeError(_("Kies wat je voorstelt."))
    wanted = set(reason_codes)
    if not wanted:
        raise CommitteeError(_("Kies minstens één reden."))
    if not wanted <= fitting_reasons(outcome):
        raise CommitteeError(_("Een van de redenen past niet bij je voorstel. Kies redenen die erbij horen."))
    return [code.value for code in ReasonCode if code.value in wanted]


def fitting_reasons(outcome: str) -> set[str]:
    """Codes that go with an outcome: with conditions anything may, else good reasons with yes and the rest with no."""
    if outcome == Outcome.CONDITIONAL:
        return set(ReasonCode.values)
    return {
        code.value
        for code in ReasonCode
        if code != ReasonCode.CONDITIONS_HELP and (code in POSITIVE_REASONS) == (outcome == Outcome.GRANTED)
    }


@transaction.atomic
def give_opinion(
    *,
    assignment_id: int,
    reader: User,
    outcome: str,
    reason_codes: Sequence[str],
    text: str,
    scores: Mapping[str, Any] | None = None,
    conditions: Iterable[Wanted] = (),
) -> Opinion:
    """Give one's opinion, once. The same opinion sent twice is one. Where readers disagree, a third is sought.

    `scores`: by line of the rubric; `conditions`: for a recognition with conditions. Raises CommitteeError when it is
    not the reader's task (any more), the round is decided, a score or condition lacks, a question about a tie is open,
    or another opinion was given before; ConflictOfInterestError when a relation with the applicant exists by now.
    """
    codes = checked_reasons(outcome=outcome, reason_codes=reason_codes)
    words = text.strip()
    if not words:
        raise CommitteeError(_("Schrijf kort waarom."))
    assignment = (
        ReaderAssignment.objects.select_related("round").filter(pk=assignment_id, reader=reader).first()
    )
    if assignment is None or not is_committee_member(reader):
        raise CommitteeError(_("Dit dossier lees jij niet."))
    dossier = lock_dossier(assignment.round)
    assignment.refresh_from_db()
    given = Opinion.objects.filter(assignment=assignment).first()
    if given is not None:
        if (given.outcome, given.reason_codes, given.text) == (outcome, codes, words):
            return given
        raise CommitteeError(_("Je gaf je advies al. Een advies verandert niet meer."))
    if assignment.released_at is not None or dossier.stage not in IN_PROCEDURE:
        raise CommitteeError(_("Dit dossier moet je niet meer lezen. Dank je voor je tijd."))
    if is_tied(dossier=dossier, member_id=reader.pk):
        raise ConflictOfInterestError(
            _("Je hebt een band met deze persoon. Iemand anders leest het dossier.")
        )
    if open_questions(dossier=dossier, member_id=reader.pk):
        raise CommitteeError(_("Zeg eerst of je deze persoon kent. Open het dossier opnieuw."))
    today = timezone.localdate()
    require_fair_outcome(assignment.round, outcome)
    rubric = rubric_for(assignment.round.snapshot, today)
    marks = checked_scores(rubric.lines, scores or {})
    asked = checked_conditions(outcome=outcome, conditions=conditions, today=today)
    opinion = Opinion.objects.create(assignment=assignment, outcome=outcome, reason_codes=codes, text=words)
    if marks or asked:
        OpinionDetail.objects.create(
            opinion=opinion, rubric_id=rubric.rubric_id, scores=marks, conditions=to_json(asked)
        )
    _settle_disagreement(assignment.round, reader)
    record_audit(verb="opinion.given", subject=ref(assignment.round), actor=reader)
    return opinion


def _settle_disagreement(round: DossierRound, actor: User) -> None:
    """Two readers who differ get a third, or the meeting, by the rule of the day; three who differ get the meeting."""
    if advice_of(round).ripeness != Ripeness.DIVIDED:
        return
    way = procedure_rule(timezone.localdate()).disagreement
    if is_appeal(round) or disagreement_of(round) is not None or way == DisagreementWay.MEETING:
        send_to_meeting(round)
        return
    round.disagreement = Disagreement.objects.create(round=round, way=DisagreementWay.THIRD_READER)
    assign_readers(round=round, actor=actor)


def opinions_for(*, round: DossierRound, viewer: User) -> OpinionsView:
    """The opinions that a member may see: one's own always, the others' only when all are in.

    Who owes an opinion on this round never sees another one first, not even by deciding.
    """
    reading = list(
        ReaderAssignment.objects.active()
        .filter(round=round)
        .select_related("opinion__detail", "reader")
        .order_by("opinion__given_at", "id")
    )
    found = [one.opinion for one in reading if hasattr(one, "opinion")]
    own = next((one for one in found if one.assignment.reader_id == viewer.pk), None)
    complete = len(found) >= max(READERS, wanted_readers(round)) and len(found) == len(reading)
    others = tuple(one for one in found if one is not own) if complete else ()
    return OpinionsView(own=own, others=others, complete=complete)
