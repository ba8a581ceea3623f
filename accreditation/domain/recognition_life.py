"""Deferring a renewal, suspending and lifting, conditions that are met: the office's verbs."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.domain.periods import add_months
from accreditation.domain.procedure import procedure_rule
from accreditation.domain.recognition_letters import (
    condition_letter,
    deferral_letter,
    lifting_letter,
    suspension_letter,
)
from accreditation.domain.recognition_steps import follow_up, locked_for, require_step, write_step
from accreditation.enums_committee import DeferralReason, SuspensionReason, TransitionKind
from accreditation.exceptions import RecognitionError
from accreditation.models import Condition, Recognition
from people.api import User

K = TransitionKind


@transaction.atomic
def defer_renewal(
    *,
    recognition_id: int,
    by: User,
    reason: str,
    months: int,
    text: str = "",
    seen_version: int | None = None,
) -> Recognition:
    """Move the end of a recognition some months on, within the limit of the dated rule.

    The renewal window and the grace move along. `seen_version`: the version that the person saw; another one in the
    meantime is refused, so that a form sent twice defers once. Raises RecognitionError.
    """
    recognition = locked_for(recognition_id=recognition_id, by=by)
    _require_seen(recognition, seen_version)
    if reason not in DeferralReason.values:
        raise RecognitionError(_("Kies waarom de verlenging mag wachten."))
    require_step(recognition, K.DEFERRED)
    rule = procedure_rule(timezone.localdate())
    until = add_months(recognition.valid_until, months)
    first_end = first_end_of(recognition)
    if months < 1 or until > add_months(first_end, rule.deferral_months):
        raise RecognitionError(
            _("Uitstel kan in totaal hoogstens %(months)s maanden duren.") % {"months": rule.deferral_months}
        )
    step = write_step(recognition, K.DEFERRED, by=by, reason=reason, text=text.strip(), until=until)
    recognition.valid_until = until
    recognition.renewal_from = max(recognition.valid_from, add_months(until, -rule.renewal_months_before))
    recognition.grace_until = add_months(until, rule.grace_months_after)
    recognition.save(update_fields=["valid_until", "renewal_from", "grace_until", "version"])
    follow_up(
        recognition,
        step,
        letter=deferral_letter(
            first_name=recognition.person.first_name,
            level=recognition.level,
            reason=str(DeferralReason(reason).label).capitalize() + ".",
            text=text,
            until=until,
            grace_until=recognition.grace_until,
        ),
    )
    return recognition


def first_end_of(recognition: Recognition) -> date:
    """The last day as it was granted, before any deferral."""
    granted = recognition.transitions.filter(kind=K.GRANTED).first()
    return granted.until if granted is not None and granted.until else recognition.valid_until


@transaction.atomic
def suspend_recognition(
    *, recognition_id: int, by: User, reason: str, text: str, until: date | None = None
) -> Recognition:
    """Let a recognition rest from today, to a last day or until it is lifted. Twice is once.

    Raises RecognitionError.
    """
    recognition = locked_for(recognition_id=recognition_id, by=by)
    today = timezone.localdate()
    if reason not in SuspensionReason.values:
        raise RecognitionError(_("Kies waarom je de erkenning schorst."))
    if not text.strip():
        raise RecognitionError(_("Schrijf kort waarom. De tekst staat in de brief."))
    if until is not None and until < today:
        raise RecognitionError(_("De laatste dag ligt in het verleden. Kies een latere dag."))
    standing = (recognition.suspended_from, recognition.suspended_until)
    if recognition.suspended_from is not None and standing[1] == until and _rests(recognition, today):
        return recognition
    require_step(recognition, K.SUSPENDED)
    step = write_step(recognition, K.SUSPENDED, by=by, reason=reason, text=text.strip(), until=until)
    recognition.suspended_from, recognition.suspended_until = today, until
    recognition.save(update_fields=["suspended_from", "suspended_until", "version"])
    follow_up(
        recognition,
        step,
        letter=suspension_letter(
            first_name=recognition.person.first_name,
            level=recognition.level,
            reason=str(SuspensionReason(reason).label).capitalize() + ".",
            text=text,
            since=today,
            until=until,
        ),
    )
    return recognition


@transaction.atomic
def lift_suspension(*, recognition_id: int, by: User, text: str = "") -> Recognition:
    """End a suspension today. Raises RecognitionError when it does not rest."""
    recognition = locked_for(recognition_id=recognition_id, by=by)
    require_step(recognition, K.LIFTED)
    step = write_step(recognition, K.LIFTED, by=by, text=text.strip())
    recognition.suspended_from = recognition.suspended_until = None
    recognition.save(update_fields=["suspended_from", "suspended_until", "version"])
    follow_up(
        recognition,
        step,
        letter=lifting_letter(first_name=recognition.person.first_name, level=recognition.level, text=text),
    )
    return recognition


@transaction.atomic
def meet_condition(*, condition_id: int, by: User) -> Condition:
    """The office saw that a condition is in order. Twice is once. Raises RecognitionError."""
    named = Condition.objects.select_related("decision__recognition").get(pk=condition_id)
    recognition = locked_for(recognition_id=named.decision.recognition.pk, by=by)
    condition = Condition.objects.select_for_update().get(pk=condition_id)
    if condition.met_at is not None:
        return condition
    require_step(recognition, K.CONDITION_MET)
    condition.met_at, condition.met_by = timezone.now(), by
    condition.save(update_fields=["met_at", "met_by"])
    step = write_step(recognition, K.CONDITION_MET, by=by, text=condition.text)
    follow_up(
        recognition,
        step,
        letter=condition_letter(
            first_name=recognition.person.first_name, level=recognition.level, condition=condition.text
        ),
    )
    return condition


def _rests(recognition: Recognition, day: date) -> bool:
    return recognition.suspended_until is None or recognition.suspended_until >= day


def _require_seen(recognition: Recognition, seen: int | None) -> None:
    if seen is not None and seen != recognition.version:
        raise RecognitionError(
            _("Er is intussen iets veranderd bij deze erkenning. Kijk even opnieuw voor je verdergaat.")
        )
