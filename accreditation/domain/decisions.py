"""One reasoned outcome per dossier round, with everything that follows from it in the same transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.assignment import IN_PROCEDURE, lock_dossier
from accreditation.domain.conditions import Wanted, checked_conditions
from accreditation.domain.conflicts import is_tied
from accreditation.domain.decision_rules import Advice, Ripeness
from accreditation.domain.dossiers import record_outcome
from accreditation.domain.letters import LetterDraft, appeal_paragraph, decision_letter, last_word_paragraph
from accreditation.domain.opinions import checked_reasons
from accreditation.domain.panel import (
    advice_of,
    is_appeal,
    require_fair_outcome,
    spoke_before,
    withdrawn_recognition,
)
from accreditation.domain.procedure import procedure_rule
from accreditation.domain.recognition_steps import send_letter
from accreditation.domain.recognitions import dates_of_grant, dates_to_restore, grant_recognition, renewed_end
from accreditation.domain.tie_questions import open_questions
from accreditation.enums import GRANTING_OUTCOMES, DossierStage, LetterKind
from accreditation.exceptions import CommitteeError, ConflictOfInterestError, DecisionConflictError
from accreditation.models import Condition, Decision, Dossier, DossierRound, Letter
from ledger.api import record_audit, ref
from people.api import User, is_committee_member


@dataclass(frozen=True)
class Wording:
    """A checked decision in words: what is kept and what is sent."""

    outcome: str
    reason_codes: list[str]
    text: str
    conditions: list[Wanted]
    letter_title: str
    letter_body: str


def draft_letter(
    *,
    round: DossierRound,
    outcome: str,
    reason_codes: Sequence[str],
    text: str,
    conditions: Iterable[Wanted] = (),
) -> LetterDraft:
    """The letter as it would be sent today, without the paragraph about appeal.

    Raises CommitteeError for reasons or conditions that do not go with the outcome.
    """
    codes = checked_reasons(outcome=outcome, reason_codes=reason_codes)
    today = timezone.localdate()
    dossier, until = round.dossier, _end_of_grant(round, today)
    return decision_letter(
        outcome=outcome,
        reason_codes=codes,
        level=dossier.level,
        first_name=dossier.person.first_name,
        text=text,
        valid_until=until,
        conditions=checked_conditions(outcome=outcome, conditions=conditions, today=today, until=until),
    )


def _end_of_grant(round: DossierRound, today: date) -> date:
    """Until when a recognition would hold that is granted today."""
    withdrawn = withdrawn_recognition(round)
    if withdrawn is not None:
        return dates_to_restore(withdrawn, today).valid_until
    after = renewed_end(
        person_id=round.dossier.person_id,
        level=round.dossier.level,
        handed_in_on=timezone.localdate(round.submitted_at),
    )
    return dates_of_grant(procedure_rule(today), today, after=after).valid_until


def appeal_words(round: DossierRound) -> str:
    """How to appeal against a decision of today; after an appeal: that this was the last step here."""
    if is_appeal(round):
        return last_word_paragraph()
    today = timezone.localdate()
    return appeal_paragraph(today + timedelta(days=procedure_rule(today).appeal_days))


@transaction.atomic
def decide(
    *,
    round_id: int,
    decider: User,
    outcome: str,
    reason_codes: Sequence[str],
    text: str,
    letter_body: str = "",
    conditions: Iterable[Wanted] = (),
) -> Decision:
    """Decide a round; the first one wins. The same person sending the same decision twice is one decision.

    The outcome is what more than half of the readers propose; anything else is for a meeting. An empty `letter_body`
    sends the draft. Raises DecisionConflictError when another outcome is there already or the dossier left the
    committee's hands, ConflictOfInterestError for the applicant and whoever is tied, CommitteeError when an opinion is
    lacking, the readers disagree, or a word is missing.
    """
    round, dossier = locked_round(round_id)
    words = _checked_words(text)
    codes = checked_reasons(outcome=outcome, reason_codes=reason_codes)
    require_judge(round=round, dossier=dossier, member=decider)
    made = Decision.objects.filter(round=round).first()
    if made is not None:
        if (made.decided_by_id, made.outcome, made.reason_codes, made.text) == (
            decider.pk,
            outcome,
            codes,
            words,
        ):
            return made
        raise DecisionConflictError(_("Er is al beslist over dit dossier."))
    if dossier.stage != DossierStage.READING:
        raise DecisionConflictError(_("Dit dossier ligt niet meer bij de commissie."))
    _require_clear(advice_of(round), outcome)
    return write_decision(
        dossier=dossier,
        round=round,
        decider=decider,
        wording=_wording(
            round, outcome=outcome, codes=codes, text=words, letter_body=letter_body, conditions=conditions
        ),
    )


@transaction.atomic
def decide_by_meeting(
    *,
    round_id: int,
    decider: User,
    outcome: str,
    reason_codes: Sequence[str],
    text: str,
    letter_body: str = "",
    conditions: Iterable[Wanted] = (),
) -> Decision:
    """Write down what a meeting decided; `domain/meetings.py` looked at the quorum. The same errors as `decide`."""
    round, dossier = locked_round(round_id)
    words = _checked_words(text)
    codes = checked_reasons(outcome=outcome, reason_codes=reason_codes)
    require_judge(round=round, dossier=dossier, member=decider)
    if Decision.objects.filter(round=round).exists():
        raise DecisionConflictError(_("Er is al beslist over dit dossier."))
    if dossier.stage not in IN_PROCEDURE:
        raise DecisionConflictError(_("Dit dossier ligt niet meer bij de commissie."))
    if advice_of(round).ripeness == Ripeness.WAITING:
        raise CommitteeError(_("Niet alle lezers gaven hun advies. Verdaag dit punt."))
    return write_decision(
        dossier=dossier,
        round=round,
        decider=decider,
        wording=_wording(
            round, outcome=outcome, codes=codes, text=words, letter_body=letter_body, conditions=conditions
        ),
    )


def locked_round(round_id: int) -> tuple[DossierRound, Dossier]:
    """A round with its dossier locked."""
    round = DossierRound.objects.select_related("appeal", "disagreement").get(pk=round_id)
    return round, lock_dossier(round)


def _checked_words(text: str) -> str:
    words = text.strip()
    if not words:
        raise CommitteeError(_("Schrijf kort waarom. Zo kan iedereen de beslissing later volgen."))
    return words


def require_judge(*, round: DossierRound, dossier: Dossier, member: User) -> None:
    """Raise unless the member may judge this dossier now: a mandate, no tie, no open question, new to an appeal."""
    if not is_committee_member(member):
        raise CommitteeError(_("Je mandaat als commissielid is niet meer van kracht."))
    if is_tied(dossier=dossier, member_id=member.pk):
        raise ConflictOfInterestError(_("Je hebt een band met deze persoon. Iemand anders beslist."))
    if member.pk in spoke_before(round):
        raise ConflictOfInterestError(
            _("Je sprak je al uit over dit dossier. Een bezwaar bekijken andere leden.")
        )
    if open_questions(dossier=dossier, member_id=member.pk):
        raise CommitteeError(_("Zeg eerst of je deze persoon kent. Open het dossier opnieuw."))


def _require_clear(advice: Advice, outcome: str) -> None:
    """Raise unless the readers' majority says this outcome."""
    if advice.ripeness == Ripeness.WAITING:
        if advice.wanted > 2:
            raise CommitteeError(_("Beslissen kan pas als alle lezers hun advies gaven."))
        raise CommitteeError(_("Beslissen kan pas als beide lezers hun advies gaven."))
    if advice.ripeness == Ripeness.DIVIDED:
        raise CommitteeError(_("De lezers zijn het niet eens. De vergadering hakt de knoop door."))
    if advice.majority != outcome:
        raise CommitteeError(
            _("De lezers stellen iets anders voor. Wil je daarvan afwijken? Zet het dossier op de agenda.")
        )


def _wording(
    round: DossierRound,
    *,
    outcome: str,
    codes: list[str],
    text: str,
    letter_body: str,
    conditions: Iterable[Wanted],
) -> Wording:
    """The words to keep and to send; how to appeal always stands underneath."""
    today = timezone.localdate()
    require_fair_outcome(round, outcome)
    asked = checked_conditions(
        outcome=outcome, conditions=conditions, today=today, until=_end_of_grant(round, today)
    )
    draft = draft_letter(round=round, outcome=outcome, reason_codes=codes, text=text, conditions=asked)
    body = letter_body.replace("\r\n", "\n").strip() or draft.body
    return Wording(outcome, codes, text, asked, draft.title, f"{body}\n\n{appeal_words(round)}")


def write_decision(*, dossier: Dossier, round: DossierRound, decider: User, wording: Wording) -> Decision:
    """The decision and all that follows: stage, recognition with certificate and flag, letter, mail, audit."""
    decision = Decision.objects.create(
        round=round,
        outcome=wording.outcome,
        reason_codes=wording.reason_codes,
        text=wording.text,
        decided_by=decider,
    )
    Condition.objects.bulk_create(
        [
            Condition(decision=decision, position=place, text=text, due_on=due)
            for place, (text, due) in enumerate(wording.conditions, start=1)
        ]
    )
    record_outcome(dossier_id=dossier.pk, outcome=wording.outcome, at=decision.decided_at)
    if wording.outcome in GRANTING_OUTCOMES:
        grant_recognition(decision=decision)
    letter = Letter.objects.create(
        kind=LetterKind.DECISION,
        person_id=dossier.person_id,
        decision=decision,
        title=wording.letter_title,
        body=wording.letter_body,
    )
    send_letter(letter)
    record_audit(
        verb="round.decided",
        subject=ref(round),
        actor=decider,
        data={
            "outcome": wording.outcome,
            "reasons": wording.reason_codes,
            "conditions": len(wording.conditions),
            "snapshot": round.snapshot_hash,
        },
    )
    return decision
