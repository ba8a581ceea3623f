"""What must stay in order while a recognition runs: evidence such as the liability insurance, and dated conditions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from accreditation.domain.periods import Period, covered_until
from accreditation.domain.recognition_rules import Lapse
from accreditation.enums import EvidenceKind, EvidenceStatus
from accreditation.models import Condition, Evidence, Recognition


def lasting_kinds(rules: Mapping[str, Any]) -> frozenset[str]:
    """Kinds of evidence that the criteria want to hold on every day (rule kind "valid_document", alone or with all)."""
    found = [entry.get("rule", {}) for entry in rules.get("criteria", ())]
    found += [part for rule in found if rule.get("kind") == "all_of" for part in rule.get("rules", ())]
    return frozenset(str(rule["evidence"]) for rule in found if rule.get("kind") == "valid_document")


def lapses_on(recognitions: Iterable[Recognition], on: date) -> dict[int, tuple[Lapse, ...]]:
    """Per recognition (its id) what no longer holds on a day; nothing for those that are in order.

    Judged by the criteria version that the decision rests on. Only what the office verified counts.
    """
    rows = list(recognitions)
    overdue = overdue_conditions(on)
    known = list(
        Recognition.objects.filter(pk__in=[row.pk for row in rows]).values_list(
            "pk",
            "decision__round__criteria_version__rules",
            Subquery(overdue.values("text")[:1]),
            Subquery(overdue.values("due_on")[:1]),
        )
    )
    versions = {pk: lasting_kinds(rules) for pk, rules, _text, _due in known}
    broken = {pk: Lapse(title=text, since=due) for pk, _rules, text, due in known if due is not None}
    kinds = frozenset().union(*versions.values())
    periods: dict[tuple[int, str], list[Period]] = {}
    pieces = Evidence.objects.in_portfolio().filter(
        person_id__in={row.person_id for row in rows}, kind__in=kinds, status=EvidenceStatus.VERIFIED
    )
    for person_id, kind, start, end in pieces.values_list("person_id", "kind", "valid_from", "valid_until"):
        periods.setdefault((person_id, kind), []).append((start or date.min, end or date.max))
    return {
        row.pk: (
            *_lapses(row, versions.get(row.pk, frozenset()), periods, on),
            *((broken[row.pk],) if row.pk in broken else ()),
        )
        for row in rows
    }


def overdue_conditions(on: date) -> QuerySet[Condition]:
    """Conditions of a recognition (outer query) whose day passed without being met, the oldest first."""
    return Condition.objects.filter(
        decision__recognition=OuterRef("pk"), met_at=None, due_on__lt=on
    ).order_by("due_on", "position")


def _lapses(
    row: Recognition, kinds: frozenset[str], periods: dict[tuple[int, str], list[Period]], on: date
) -> tuple[Lapse, ...]:
    found = []
    for kind in sorted(kinds):
        held = periods.get((row.person_id, kind), [])
        if covered_until(held, on=on) is None:
            ended = [end for _start, end in held if end < on]
            found.append(Lapse(title=str(EvidenceKind(kind).label), since=max(ended, default=None)))
    return tuple(found)
