"""Which frozen evidence a committee member may open: only what a round froze, only while it is theirs to judge."""

from django.db.models import Count, F, Q

from accreditation.domain.assignment import IN_PROCEDURE
from accreditation.domain.conflicts import is_tied
from accreditation.domain.panel import READERS, spoke_before
from accreditation.domain.snapshot import evidence_ids_of
from accreditation.enums import EvidenceKind, EvidenceStatus
from accreditation.models import DossierRound, Evidence
from people.api import User, is_committee_member


def committee_may_read(user: User, evidence: Evidence) -> bool:
    """Whether the person reads or decides an undecided round that froze this piece, and is not tied to its owner."""
    if not is_committee_member(user) or evidence.person_id == user.pk:
        return False
    if evidence.kind == EvidenceKind.INSURANCE and evidence.status == EvidenceStatus.VERIFIED:
        # Premium and health questions of a policy are nobody's business once the office has looked.
        return False
    active = Q(assignments__released_at=None)
    rounds = (
        DossierRound.objects.filter(
            dossier__person_id=evidence.person_id, dossier__stage__in=IN_PROCEDURE, decision=None
        )
        .annotate(
            opinions=Count("assignments__opinion", filter=active),
            readers=Count("assignments", filter=active),
            mine=Count("assignments", filter=active & Q(assignments__reader=user)),
        )
        .filter(Q(mine__gt=0) | Q(opinions__gte=READERS, opinions=F("readers")))
        .select_related("dossier", "appeal", "disagreement")
    )
    return any(
        evidence.pk in evidence_ids_of(one.snapshot)
        and not is_tied(dossier=one.dossier, member_id=user.pk)
        and user.pk not in spoke_before(one)
        for one in rounds
    )
