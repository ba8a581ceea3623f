"""The rule of presence that held on the day of a session, beside the rows that are read anyway."""

from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject, TruncDate

from lms.domain.presence_rules import Presence, PresenceRule, weigh
from lms.models import Attendance, AttendanceRule, Session


def rule_facts(prefix: str = "") -> Subquery:
    """An expression: the facts of the rule for the session that `prefix` leads to, such as "session__"."""
    begins = ExpressionWrapper(OuterRef(f"{prefix}starts_at"), output_field=DateTimeField())
    rules = AttendanceRule.objects.filter(
        kind=OuterRef(f"{prefix}kind"), valid_from__lte=TruncDate(begins)
    ).order_by("-valid_from")
    facts = JSONObject(
        min_share="min_share",
        late_minutes="late_minutes",
        early_minutes="early_minutes",
        asks_check_out="asks_check_out",
    )
    return Subquery(rules.values(facts=facts)[:1], output_field=JSONField())


def rule_of(facts: dict[str, Any] | None) -> PresenceRule:
    """The rule of an annotated row; the proposal of the network where no rule had begun yet."""
    if facts is None:
        return PresenceRule()
    return PresenceRule(
        min_share=facts["min_share"],
        late_minutes=facts["late_minutes"],
        early_minutes=facts["early_minutes"],
        asks_check_out=bool(facts["asks_check_out"]),
    )


def rule_for(session: Session) -> PresenceRule:
    """The rule of one session. One query."""
    return rule_of(
        Session.objects.filter(pk=session.pk).annotate(rule=rule_facts()).values_list("rule", flat=True).get()
    )


def presence_at(
    session: Session, facts: dict[str, Any] | None, *, arrived_at: datetime | None, left_at: datetime | None
) -> Presence:
    """Weigh a presence at a session by the facts of its rule. No query."""
    return weigh(
        rule_of(facts),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        arrived_at=arrived_at,
        left_at=left_at,
    )


def presence_of(row: Attendance, facts: dict[str, Any] | None) -> Presence:
    """Weigh a row that says present; its session must be there already."""
    return presence_at(row.session, facts, arrived_at=row.arrived_at, left_at=row.left_at)
