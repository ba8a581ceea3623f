"""Telling people in time that something ends: 60, 30 and 7 days before, and the day after, through the digest."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation.domain.evidence_facts import spell_day
from accreditation.enums import EvidenceKind, EvidenceStatus
from accreditation.models import Evidence, StatementRequest
from people.api import add_to_digest

#: Kinds whose end matters by itself; a course or a meeting of the past does not end.
ENDING = (EvidenceKind.INSURANCE, EvidenceKind.MEMBERSHIP, EvidenceKind.REGISTER, EvidenceKind.LABEL)
DAYS_BEFORE = (60, 30, 7)
ASK_AGAIN_AFTER = 7


def steps_due(*, valid_until: date, today: date) -> int | None:
    """Which reminder is due: 60, 30 or 7 days before the end, 0 after it; None when it is too early or long past."""
    left = (valid_until - today).days
    if left < 0:
        return 0 if left >= -14 else None
    return next((days for days in reversed(DAYS_BEFORE) if left <= days), None)


def remind_of_ends(*, today: date) -> int:
    """Put a line in the digest of everybody for whom something ends; each step once. Returns how many were looked at.

    A newer piece of the same kind that goes on longer makes the reminder needless. Constant memory.
    """
    looked = 0
    for row in _ending(today):
        step = steps_due(valid_until=row.valid_until, today=today) if row.valid_until else None
        if step is None or row.valid_until is None:
            continue
        looked += 1
        day = spell_day(row.valid_until)
        text = (
            _("%(title)s liep af op %(day)s. Voeg het nieuwe bewijs toe.") % {"title": row.title, "day": day}
            if step == 0
            else _("%(title)s loopt af op %(day)s. Heb je het vervolg al? Voeg het toe.")
            % {"title": row.title, "day": day}
        )
        add_to_digest(
            to_user_id=row.person_id,
            text=text,
            path=reverse("accreditation:evidence_add", args=[row.kind]),
            key=f"evidence-ends:{row.pk}:{step}",
            until=row.valid_until if step else row.valid_until + timedelta(days=14),
        )
    return looked


def remind_of_statements(*, today: date) -> int:
    """Tell who asked for a statement that nobody answered it for a week. Returns how many."""
    quiet = StatementRequest.objects.filter(
        answered_at=None,
        declined_at=None,
        cancelled_at=None,
        created_at__date__lte=today - timedelta(days=ASK_AGAIN_AFTER),
        expires_at__date__gte=today,
    )
    count = 0
    for row in quiet.iterator(chunk_size=500):
        count += 1
        add_to_digest(
            to_user_id=row.person_id,
            text=_("%(name)s gaf nog geen antwoord op je vraag om een verklaring.")
            % {"name": row.recipient_name},
            path=reverse("accreditation:statements"),
            key=f"statement-quiet:{row.pk}:{row.token_hash[:8]}",
            until=row.expires_at.date(),
        )
    return count


def _ending(today: date) -> Iterator[Evidence]:
    longer = Evidence.objects.in_portfolio().filter(
        Q(valid_until=None) | Q(valid_until__gt=OuterRef("valid_until")),
        person_id=OuterRef("person_id"),
        kind=OuterRef("kind"),
        status__in=(EvidenceStatus.VERIFIED, EvidenceStatus.WAITING),
    )
    rows = Evidence.objects.in_portfolio().filter(
        kind__in=ENDING,
        status=EvidenceStatus.VERIFIED,
        valid_until__gte=today - timedelta(days=14),
        valid_until__lte=today + timedelta(days=max(DAYS_BEFORE)),
        person__is_active=True,
    )
    return rows.filter(~Exists(longer)).order_by("pk").iterator(chunk_size=1000)
