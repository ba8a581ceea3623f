"""Granting and withdrawing recognitions, and what one is worth on a day."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.certificates import issue_certificate
from accreditation.domain.hearings import close_with_withdrawal
from accreditation.domain.letters import withdrawal_letter
from accreditation.domain.panel import withdrawn_recognition
from accreditation.domain.periods import add_months
from accreditation.domain.procedure import procedure_rule
from accreditation.domain.queries.lapses import lapses_on
from accreditation.domain.recognition_rules import (
    CurrentStatus,
    RecognitionDates,
    is_renewal,
    row_dates,
    status_on,
)
from accreditation.domain.recognition_steps import (
    entitlement_key,
    follow_up,
    locked_for,
    send_letter,
    write_step,
)
from accreditation.enums import CertificateKind, LetterKind, Level
from accreditation.enums_committee import TransitionKind, WithdrawalGround
from accreditation.exceptions import RecognitionError
from accreditation.models import Certificate, Decision, Letter, ProcedureRule, Recognition
from people.api import User


def dates_of_grant(rule: ProcedureRule, on: date, *, after: date | None = None) -> RecognitionDates:
    """Period of a recognition granted on a day: five years as of 1 March 2026 end on 28 February 2031.

    `after`: the last day of the recognition that this one renews in time; the new years begin to count there, so that
    nobody loses time by being early.
    """
    begins = max(on, after + timedelta(days=1)) if after is not None else on
    until = add_months(begins, 12 * rule.validity_years) - timedelta(days=1)
    return RecognitionDates(
        valid_from=on,
        valid_until=until,
        renewal_from=max(on, add_months(until, -rule.renewal_months_before)),
        grace_until=add_months(until, rule.grace_months_after),
    )


def renewed_end(*, person_id: int, level: str, handed_in_on: date) -> date | None:
    """The last day of the recognition that a dossier handed in on a day renews; None when it renews nothing."""
    former = Recognition.objects.standing().filter(person_id=person_id, level=level).first()
    if former is None or not is_renewal(row_dates(former), handed_in_on):
        return None
    return former.valid_until


def dates_to_restore(withdrawn: Recognition, on: date) -> RecognitionDates:
    """Period of a recognition that an appeal gives back on a day: the rest of the time of the withdrawn one."""
    return RecognitionDates(
        valid_from=min(on, withdrawn.valid_until),
        valid_until=withdrawn.valid_until,
        renewal_from=withdrawn.renewal_from,
        grace_until=withdrawn.grace_until,
    )


def grant_recognition(*, decision: Decision) -> Recognition:
    """Make a positive decision into a recognition with certificate and flag; the decision's transaction carries it.

    A recognition of the same level that still stands is replaced by this one. Twice is once.
    """
    standing = Recognition.objects.filter(decision=decision).first()
    if standing is not None:
        return standing
    dossier, on = decision.round.dossier, timezone.localdate(decision.decided_at)
    after = renewed_end(
        person_id=dossier.person_id,
        level=dossier.level,
        handed_in_on=timezone.localdate(decision.round.submitted_at),
    )
    replaced = _replace_former(decision)
    withdrawn = withdrawn_recognition(decision.round)
    dates = (
        dates_to_restore(withdrawn, on)
        if withdrawn is not None
        else dates_of_grant(procedure_rule(on), on, after=after)
    )
    recognition = Recognition.objects.create(
        person_id=dossier.person_id,
        level=dossier.level,
        decision=decision,
        valid_from=dates.valid_from,
        valid_until=dates.valid_until,
        renewal_from=dates.renewal_from,
        grace_until=dates.grace_until,
        granted_at=decision.decided_at,
    )
    certificate = issue_certificate(
        person_id=dossier.person_id,
        kind=CertificateKind.RECOGNITION,
        entitlement_key=entitlement_key(recognition),
        title=str(Level(dossier.level).label).capitalize(),
        facts={
            "recognition_id": recognition.pk,
            "level": recognition.level,
            "valid_from": recognition.valid_from,
            "valid_until": recognition.valid_until,
        },
        actor=decision.decided_by,
    )
    _mark_replaced(replaced, by=certificate)
    step = write_step(
        recognition, TransitionKind.GRANTED, by=decision.decided_by, until=recognition.valid_until
    )
    follow_up(recognition, step)
    return recognition


def _replace_former(decision: Decision) -> list[Recognition]:
    """End what still stands at the same level; what people hold on paper follows once the new one is there."""
    dossier = decision.round.dossier
    formers = list(Recognition.objects.standing().filter(person_id=dossier.person_id, level=dossier.level))
    for former in formers:
        step = write_step(former, TransitionKind.REPLACED, by=decision.decided_by)
        former.replaced_at = decision.decided_at
        former.save(update_fields=["replaced_at", "version"])
        follow_up(former, step)
    return formers


def _mark_replaced(formers: list[Recognition], *, by: Certificate) -> None:
    """The paper of a replaced recognition leads to the new one."""
    for former in formers:
        Certificate.objects.newest_versions().filter(
            entitlement_key=entitlement_key(former), revoked_at=None
        ).update(superseded_by=by)


@transaction.atomic
def withdraw_recognition(
    *,
    recognition_id: int,
    withdrawn_by: User,
    reason: str,
    ground: str = WithdrawalGround.OWN_REQUEST,
) -> Recognition:
    """Withdraw for good: certificate revoked, flag gone, letter sent, all at once. Twice is once.

    All grounds but the person's own request need a hearing first (domain/hearings.py). Raises RecognitionError without
    a reason, without that hearing, by somebody outside the network's office, on one's own recognition, or on one that
    a newer one replaced.
    """
    words = reason.strip()
    if not words:
        raise RecognitionError(_("Schrijf waarom je de erkenning intrekt. De reden staat in de brief."))
    if ground not in WithdrawalGround.values:
        raise RecognitionError(_("Kies waarom je de erkenning intrekt."))
    recognition = locked_for(recognition_id=recognition_id, by=withdrawn_by)
    if recognition.withdrawn_at is not None:
        return recognition
    if recognition.replaced_at is not None:
        raise RecognitionError(
            _("Deze erkenning is al vervangen door een nieuwe. Trek de nieuwe in als dat nodig is.")
        )
    close_with_withdrawal(recognition, ground=ground)
    step = write_step(recognition, TransitionKind.WITHDRAWN, by=withdrawn_by, reason=ground, text=words)
    recognition.withdrawn_at, recognition.withdrawn_by = timezone.now(), withdrawn_by
    recognition.withdrawal_reason = words
    recognition.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason", "version"])
    follow_up(recognition, step)
    _write_withdrawal(recognition, ground=ground)
    return recognition


def _write_withdrawal(recognition: Recognition, *, ground: str) -> None:
    """The letter of a withdrawal, how to appeal included where the office took the step."""
    today = timezone.localdate()
    draft = withdrawal_letter(
        first_name=recognition.person.first_name,
        level=recognition.level,
        reason=recognition.withdrawal_reason,
        on=today,
        appeal_by=None
        if ground == WithdrawalGround.OWN_REQUEST
        else today + timedelta(days=procedure_rule(today).appeal_days),
    )
    letter = Letter.objects.create(
        kind=LetterKind.WITHDRAWAL,
        person_id=recognition.person_id,
        recognition=recognition,
        title=draft.title,
        body=draft.body,
    )
    send_letter(letter)


def current_status(recognition: Recognition, on: date) -> CurrentStatus:
    """The status on a day, from dates and from evidence that must stay valid. Two queries; lists use `statuses`."""
    return statuses([recognition], on)[recognition.pk]


def statuses(recognitions: list[Recognition], on: date) -> dict[int, CurrentStatus]:
    """Status of many recognitions (by id) in two queries."""
    lapses = lapses_on(recognitions, on) if recognitions else {}
    return {row.pk: status_on(row_dates(row), on, lapses.get(row.pk, ())) for row in recognitions}
