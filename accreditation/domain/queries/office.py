"""What waits for the network's office."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from accreditation.enums import DossierStage, EvidenceStatus
from accreditation.models import Dossier, Evidence


@dataclass(frozen=True)
class OfficeWork:
    """Counts for the start page of the office."""

    evidence_waiting: int
    evidence_oldest: datetime | None
    evidence_asked: int
    dossiers_handed_in: int
    dossiers_more_information: int


def office_work() -> OfficeWork:
    """What waits, in two queries."""
    evidence = (
        Evidence.objects.in_portfolio()
        .filter(part_of=None)
        .aggregate(
            waiting=Count("pk", filter=Q(status=EvidenceStatus.WAITING)),
            oldest=Min("created_at", filter=Q(status=EvidenceStatus.WAITING)),
            asked=Count("pk", filter=Q(status=EvidenceStatus.NEEDS_MORE)),
        )
    )
    dossiers = Dossier.objects.aggregate(
        handed_in=Count("pk", filter=Q(stage__in=(DossierStage.SUBMITTED, DossierStage.READING))),
        more=Count("pk", filter=Q(stage=DossierStage.MORE_INFORMATION)),
    )
    return OfficeWork(
        evidence_waiting=evidence["waiting"],
        evidence_oldest=evidence["oldest"],
        evidence_asked=evidence["asked"],
        dossiers_handed_in=dossiers["handed_in"],
        dossiers_more_information=dossiers["more"],
    )
