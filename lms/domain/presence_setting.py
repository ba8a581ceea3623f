"""Setting what counts as presence: a new dated row each time, never back in time."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.exceptions import AttendanceError
from lms.models import AttendanceRule
from people.api import User


@dataclass(frozen=True, slots=True)
class RulePlan:
    """A rule for a kind of session from a day on; share in per cents, the rest in minutes."""

    kind: str
    valid_from: date
    min_share: int
    late_minutes: int
    early_minutes: int
    asks_check_out: bool


def set_rule(*, plan: RulePlan, actor: User) -> AttendanceRule:
    """Add a rule. What was held keeps the rule of its day. Raises AttendanceError: in_the_past, day_taken."""
    if plan.valid_from <= timezone.localdate():
        raise AttendanceError(
            "in_the_past", _("Kies een dag die nog komt: wat al gebeurde, houdt de regel van toen.")
        )
    try:
        with transaction.atomic():
            rule = AttendanceRule.objects.create(
                kind=plan.kind,
                valid_from=plan.valid_from,
                min_share=plan.min_share,
                late_minutes=plan.late_minutes,
                early_minutes=plan.early_minutes,
                asks_check_out=plan.asks_check_out,
                set_by=actor,
            )
            record_audit(
                verb="attendance.rule_set",
                subject=ref(rule),
                actor=actor,
                data={"kind": plan.kind, "from": plan.valid_from.isoformat(), "share": plan.min_share},
            )
    except IntegrityError as error:
        raise AttendanceError(
            "day_taken", _("Voor deze vorm begint die dag al een regel. Kies een andere dag.")
        ) from error
    return rule
