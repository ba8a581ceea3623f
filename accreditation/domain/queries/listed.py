"""Which recognitions may be seen by everybody on a day. One place decides, for page, API, partners and stream."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from accreditation.domain.queries.lapses import lapses_on, lasting_kinds, overdue_conditions
from accreditation.domain.recognition_rules import row_dates, status_on
from accreditation.enums import EvidenceStatus, RecognitionStatus
from accreditation.models import CriteriaVersion, Evidence, Recognition
from accreditation.models.recognition import RecognitionQuerySet


def holding_recognitions(day: date) -> RecognitionQuerySet:
    """Recognitions that are worth something on a day: standing, within their dates, and nothing lapsed.

    The same rule as `status_on` with HOLDING_STATUSES, in SQL; costs one query beforehand for the criteria.
    """
    rows = Recognition.objects.holding_on(day).filter(person__is_active=True)
    for kind, versions in _versions_by_lasting_kind().items():
        held = Evidence.objects.in_portfolio().filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gte=day),
            person_id=OuterRef("person_id"),
            kind=kind,
            status=EvidenceStatus.VERIFIED,
        )
        rows = rows.exclude(~Exists(held), decision__round__criteria_version__in=versions)
    return rows.exclude(Exists(overdue_conditions(day)))


def shown_recognitions(day: date) -> RecognitionQuerySet:
    """Those of people who want to be found on our own page."""
    return holding_recognitions(day).filter(person__profile__public_listing=True)


def listable_recognitions(day: date) -> RecognitionQuerySet:
    """Those of people who want to be found in the lists of others too: stream, API, HSDS, webhooks."""
    return shown_recognitions(day).filter(person__profile__public_feed=True)


def status_of(recognition: Recognition, *, day: date) -> RecognitionStatus:
    """What one recognition is worth on a day. Two queries."""
    return status_on(row_dates(recognition), day, lapses_on([recognition], day)[recognition.pk]).status


def _versions_by_lasting_kind() -> dict[str, list[int]]:
    versions: dict[str, list[int]] = {}
    approved = CriteriaVersion.objects.filter(approved_at__isnull=False)
    for number, rules in approved.values_list("pk", "rules"):
        for kind in lasting_kinds(rules):
            versions.setdefault(kind, []).append(number)
    return versions
