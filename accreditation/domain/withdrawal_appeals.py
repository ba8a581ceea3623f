"""An appeal against a withdrawal: members of the committee read the dossier anew, with why and what the person said."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation.domain.appeals import AppealStanding, open_appeal
from accreditation.domain.procedure import procedure_rule
from accreditation.enums import ConflictGround
from accreditation.enums_committee import TransitionKind, WithdrawalGround
from accreditation.exceptions import AppealError
from accreditation.models import (
    Appeal,
    ConflictOfInterest,
    Dossier,
    Hearing,
    Recognition,
    RecognitionTransition,
    WithdrawalAppeal,
)
from ledger.api import record_audit, ref, wait_for_turn
from people.api import User


def last_day_to_object(recognition: Recognition) -> date:
    """The last day, by the rule of the day of the withdrawal."""
    withdrawn_on = timezone.localdate(recognition.withdrawn_at)
    return withdrawn_on + timedelta(days=procedure_rule(withdrawn_on).appeal_days)


def withdrawal_standing(recognition: Recognition) -> AppealStanding:
    """Where a withdrawal stands with regard to appeal today."""
    made = (
        WithdrawalAppeal.objects.filter(recognition=recognition)
        .select_related("appeal__round__decision")
        .first()
    )
    appeal = made.appeal if made is not None else None
    decision = getattr(appeal.round, "decision", None) if appeal is not None else None
    last_day = last_day_to_object(recognition)
    return AppealStanding(
        possible=appeal is None
        and ground_of(recognition) != WithdrawalGround.OWN_REQUEST
        and timezone.localdate() <= last_day,
        last_day=last_day,
        appeal=appeal,
        outcome=decision.outcome if decision is not None else None,
    )


def ground_of(recognition: Recognition) -> str:
    """Why the recognition was withdrawn, as a code; empty when the history does not say."""
    steps = RecognitionTransition.objects.filter(recognition=recognition, kind=TransitionKind.WITHDRAWN)
    return steps.values_list("reason", flat=True).first() or ""


@transaction.atomic
def appeal_withdrawal(*, recognition_id: int, person: User, text: str) -> Appeal:
    """Ask for a second look at a withdrawal. Twice is once.

    The panel reads the dossier of the grant. Who withdrew or announced it may not judge: the database holds it. A yes
    gives the rest of the time back (`recognitions.dates_to_restore`).

    Raises AppealError without a reason, after the last day, for a recognition that is not the person's or stands, one
    that ended at the person's own request, or where a newer dossier is under way.
    """
    words = text.strip()
    if not words:
        raise AppealError(_("Schrijf waarom je het er niet mee eens bent. Een paar zinnen volstaan."))
    wait_for_turn()
    recognition = Recognition.objects.select_related("decision__round").get(pk=recognition_id)
    dossier = Dossier.objects.select_for_update().get(pk=recognition.decision.round.dossier_id)
    if recognition.person_id != person.pk or recognition.withdrawn_at is None:
        raise AppealError(_("Deze erkenning is niet ingetrokken."))
    standing = WithdrawalAppeal.objects.filter(recognition=recognition).select_related("appeal").first()
    if standing is not None:
        return standing.appeal
    _require_possible(recognition, dossier)
    for member_id in _who_withdrew(recognition):
        ConflictOfInterest.objects.get_or_create(
            dossier=dossier,
            member_id=member_id,
            ground=ConflictGround.DECLARED,
            defaults={"reason": _("Trok de erkenning in, of kondigde het aan.")},
        )
    appeal = open_appeal(decision=recognition.decision, dossier=dossier, person=person, text=words)
    WithdrawalAppeal.objects.create(appeal=appeal, recognition=recognition)
    record_audit(
        verb="withdrawal.appealed", subject=ref(recognition), actor=person, data={"appeal": ref(appeal)}
    )
    return appeal


def _require_possible(recognition: Recognition, dossier: Dossier) -> None:
    if ground_of(recognition) == WithdrawalGround.OWN_REQUEST:
        raise AppealError(
            _("Je vroeg zelf om deze erkenning te stoppen. Je kunt een nieuwe aanvraag indienen.")
        )
    last_day = last_day_to_object(recognition)
    if timezone.localdate() > last_day:
        raise AppealError(
            _("Bezwaar maken kon tot en met %(day)s. Je kunt wel een nieuwe aanvraag indienen.")
            % {"day": date_format(last_day, "j F Y")}
        )
    if Appeal.objects.filter(decision=recognition.decision).exists():
        raise AppealError(_("Er loopt al een bezwaar over dit dossier. Je hoort daar eerst van."))
    newer = Dossier.objects.open().filter(person_id=dossier.person_id, level=dossier.level)
    later_round = dossier.rounds.filter(number__gt=recognition.decision.round.number).exists()
    if newer.exclude(pk=dossier.pk).exists() or later_round:
        raise AppealError(
            _("Je begon al een nieuwe aanvraag. Neem die eerst terug als je liever bezwaar maakt.")
        )


def _who_withdrew(recognition: Recognition) -> set[int]:
    heard = Hearing.objects.filter(recognition=recognition, withdrawn=True).values_list(
        "opened_by", flat=True
    )
    return {pk for pk in (recognition.withdrawn_by_id, *heard) if pk is not None}
