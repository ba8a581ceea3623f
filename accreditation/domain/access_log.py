"""Who opened what of somebody's portfolio: written when it is opened, shown to the professional by role."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accreditation.models import Evidence, EvidenceAccess
from people.api import User, is_network_staff

OFFICE, COMMITTEE = "office", "committee"
WHO = {OFFICE: _("het bureau van het netwerk"), COMMITTEE: _("een lezer van de commissie")}
WHAT = {
    EvidenceAccess.Thing.FACTS: _("de gegevens"),
    EvidenceAccess.Thing.PAGES: _("het document, op het scherm"),
    EvidenceAccess.Thing.FILE: _("het bestand, gedownload"),
    EvidenceAccess.Thing.EXPORT: _("een kopie van je hele map"),
}


@dataclass(frozen=True)
class Opened:
    """One line of the log, in words. `who` is a role, never a name."""

    who: str | Promise
    what: str | Promise
    title: str
    evidence_id: int
    at: datetime


def note_access(*, evidence: Evidence, reader: User, thing: str) -> None:
    """Write that somebody opened a piece; once per person, thing and day. The owner's own look is not written."""
    if evidence.person_id == reader.pk:
        return
    EvidenceAccess.objects.bulk_create(
        [
            EvidenceAccess(
                owner_id=evidence.person_id,
                evidence=evidence,
                reader=reader,
                role=OFFICE if is_network_staff(reader) else COMMITTEE,
                thing=thing,
                on=timezone.localdate(),
            )
        ],
        ignore_conflicts=True,
    )


def opened_by_others(person_id: int, *, most: int = 200) -> tuple[Opened, ...]:
    """The newest lines of a person's log. One query."""
    rows = EvidenceAccess.objects.filter(owner_id=person_id).select_related("evidence")[:most]
    return tuple(
        Opened(
            who=WHO.get(row.role, row.role),
            what=WHAT[EvidenceAccess.Thing(row.thing)],
            title=row.evidence.title,
            evidence_id=row.evidence_id,
            at=row.first_at,
        )
        for row in rows
    )
