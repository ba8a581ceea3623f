"""An appeal: the same frozen dossier, read anew by members who did not speak about it before."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation.domain.assignment import assign_readers, move_dossier
from accreditation.domain.letters import appeal_received_letter
from accreditation.domain.procedure import procedure_rule
from accreditation.domain.recognition_steps import send_letter
from accreditation.enums import DossierStage, LetterKind, Outcome
from accreditation.exceptions import AppealError
from accreditation.models import Appeal, Decision, Dossier, DossierRound, Letter
from ledger.api import record_audit, ref, wait_for_turn
from people.api import User

#: A plain yes leaves nothing to appeal against.
APPEALABLE = (Outcome.REFUSED, Outcome.CONDITIONAL, Outcome.MORE_INFORMATION)


@dataclass(frozen=True)
class AppealStanding:
    """Whether somebody may appeal, until when, and what came of it."""

    possible: bool
    last_day: date
    appeal: Appeal | None
    outcome: str | None


def last_day_to_appeal(decision: Decision) -> date:
    """The last day, by the rule of the day of the decision."""
    decided_on = timezone.localdate(decision.decided_at)
    return decided_on + timedelta(days=procedure_rule(decided_on).appeal_days)


def appeal_standing(decision: Decision) -> AppealStanding:
    """Where a decision stands with regard to appeal today."""
    appeal = Appeal.objects.filter(decision=decision).select_related("round__decision").first()
    last_day = last_day_to_appeal(decision)
    made = getattr(appeal.round, "decision", None) if appeal is not None else None
    possible = (
        appeal is None
        and decision.outcome in APPEALABLE
        and not hasattr(decision.round, "appeal")
        and timezone.localdate() <= last_day
    )
    return AppealStanding(
        possible=possible, last_day=last_day, appeal=appeal, outcome=made.outcome if made else None
    )


@transaction.atomic
def lodge_appeal(*, decision_id: int, person: User, text: str) -> Appeal:
    """Ask for a second look; a panel of other members is sought at once. Twice is once.

    Raises AppealError without a reason, after the last day, for a decision that is not the person's, a plain yes, the
    outcome of an appeal, or where a newer dossier or round is under way.
    """
    words = text.strip()
    if not words:
        raise AppealError(_("Schrijf waarom je het er niet mee eens bent. Een paar zinnen volstaan."))
    wait_for_turn()
    decision = Decision.objects.select_related("round__dossier", "round__appeal").get(pk=decision_id)
    dossier = Dossier.objects.select_for_update().get(pk=decision.round.dossier_id)
    if dossier.person_id != person.pk:
        raise AppealError(_("Dit is niet jouw dossier."))
    standing = Appeal.objects.filter(decision=decision).first()
    if standing is not None:
        return standing
    _require_possible(decision, dossier)
    return open_appeal(decision=decision, dossier=dossier, person=person, text=words)


def open_appeal(*, decision: Decision, dossier: Dossier, person: User, text: str) -> Appeal:
    """The new round with the same snapshot, its panel and the confirmation; part of the caller's transaction."""
    now = timezone.now()
    today = timezone.localdate(now)
    old = decision.round
    round = DossierRound.objects.create(
        dossier=dossier,
        number=dossier.rounds.count() + 1,
        submitted_at=now,
        criteria_version_id=old.criteria_version_id,
        snapshot=old.snapshot,
        snapshot_hash=old.snapshot_hash,
    )
    appeal = Appeal.objects.create(
        decision=decision,
        round=round,
        text=text,
        lodged_at=now,
        decide_by=today + timedelta(days=procedure_rule(today).appeal_decision_days),
    )
    move_dossier(dossier, to=DossierStage.SUBMITTED)
    assign_readers(round=DossierRound.objects.select_related("appeal").get(pk=round.pk), actor=person)
    _confirm(appeal, person)
    record_audit(verb="appeal.lodged", subject=ref(appeal), actor=person, data={"decision": ref(decision)})
    return appeal


def _require_possible(decision: Decision, dossier: Dossier) -> None:
    if decision.outcome not in APPEALABLE:
        raise AppealError(_("Je bent erkend zonder voorwaarden. Er is niets om bezwaar tegen te maken."))
    if hasattr(decision.round, "appeal"):
        raise AppealError(
            _("Dit was al het antwoord op je bezwaar. Binnen het netwerk is dat de laatste stap.")
        )
    last_day = last_day_to_appeal(decision)
    if timezone.localdate() > last_day:
        raise AppealError(
            _("Bezwaar maken kon tot en met %(day)s. Je kunt wel een nieuwe aanvraag indienen.")
            % {"day": date_format(last_day, "j F Y")}
        )
    newer = Dossier.objects.open().filter(person_id=dossier.person_id, level=dossier.level)
    if (
        newer.exclude(pk=dossier.pk).exists()
        or dossier.rounds.filter(number__gt=decision.round.number).exists()
    ):
        raise AppealError(
            _("Je begon al een nieuwe aanvraag. Neem die eerst terug als je liever bezwaar maakt.")
        )


def _confirm(appeal: Appeal, person: User) -> None:
    draft = appeal_received_letter(first_name=person.first_name, decide_by=appeal.decide_by)
    letter = Letter.objects.create(
        kind=LetterKind.APPEAL, person=person, subject=ref(appeal), title=draft.title, body=draft.body
    )
    send_letter(letter)
