"""Dated rules of groups and teams: a new row from tomorrow on; what holds is never changed."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.exceptions import DutyError
from lms.models import IntervisionRule, TeamDutyRule
from people.api import User


@transaction.atomic
def keep_rule(*, form: str, values: Mapping[str, Any], actor: User) -> IntervisionRule | TeamDutyRule:
    """Keep a rule ("groepen" or "teams") that begins on its `valid_from`. Raises DutyError: past, taken, impossible."""
    if values["valid_from"] <= timezone.localdate():
        raise DutyError("past", _("Een nieuwe regel begint ten vroegste morgen. Kies een latere dag."))
    model = IntervisionRule if form == "groepen" else TeamDutyRule
    if model.objects.filter(valid_from=values["valid_from"]).exists():
        raise DutyError("taken", _("Op die dag begint al een regel. Kies een andere dag."))
    fields = {name: value for name, value in values.items() if name != "courses"}
    try:
        with transaction.atomic():
            rule: IntervisionRule | TeamDutyRule = model.objects.create(**fields)
    except IntegrityError as error:
        raise DutyError("impossible", _("Deze getallen kunnen niet samen. Kijk ze na.")) from error
    if isinstance(rule, TeamDutyRule):
        rule.courses.set(values.get("courses", ()))
    record_audit(verb="rule.kept", subject=ref(rule), actor=actor, data={"from": str(values["valid_from"])})
    return rule
