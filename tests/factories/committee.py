"""A committee, and dossiers that were really handed in."""

from datetime import timedelta

from django.utils import timezone

from accreditation.domain.dossiers import submit_dossier
from accreditation.domain.opinions import give_opinion
from accreditation.enums import EvidenceKind
from accreditation.models import DossierRound, ReaderAssignment
from people.enums import Role
from tests.factories.accreditation import EvidenceFactory
from tests.factories.people import UserFactory, user_with

REASONED = {"outcome": "granted", "reason_codes": ["all_criteria_met"], "text": "Alles is in orde."}
REFUSING = {"outcome": "refused", "reason_codes": ["training_too_short"], "text": "Nog wat uren te gaan."}


def members(count=3, **fields):
    """Committee members with a mandate."""
    return [user_with(Role.COMMITTEE_MEMBER, **fields) for _ in range(count)]


def complete_evidence(person):
    """Evidence that meets every criterion of the basic level today."""
    today = timezone.localdate()
    recent = today - timedelta(days=60)
    year = {"valid_from": today.replace(month=1, day=1), "valid_until": today.replace(month=12, day=31)}
    EvidenceFactory(person=person)
    EvidenceFactory(
        person=person,
        kind=EvidenceKind.TRAINING,
        title="Opleiding perinatale zorg",
        facts={"provider": "Hogeschool", "hours": "14", "level": "basic"},
        valid_from=recent,
    )
    EvidenceFactory(
        person=person,
        kind=EvidenceKind.STATEMENT,
        title="Intervisie in de wijk",
        facts={"form": "intervision", "hours": "8", "meetings": 4, "signed_by": "Lies Takje"},
        valid_from=today - timedelta(days=200),
        valid_until=recent,
    )
    EvidenceFactory(
        person=person,
        kind=EvidenceKind.INSURANCE,
        title="Beroepsaansprakelijkheid",
        facts={"insurer": "Verzekeraar Veer"},
        valid_from=today - timedelta(days=30),
        valid_until=today + timedelta(days=335),
    )
    EvidenceFactory(
        person=person,
        kind=EvidenceKind.MEMBERSHIP,
        title="Lidmaatschap",
        facts={"association": "Beroepsvereniging Nest", "year": today.year},
        **year,
    )


def handed_in(person=None, **fields) -> DossierRound:
    """A basic dossier, complete and handed in; readers are assigned by the product itself."""
    person = person or UserFactory(**fields)
    complete_evidence(person)
    return submit_dossier(person=person, level="basic")


def readers_of(round):
    """Who reads a round now, in order."""
    return [one.reader for one in ReaderAssignment.objects.active().filter(round=round).order_by("id")]


def advised(round, *judgements):
    """Both readers give their opinion (positive unless said otherwise)."""
    wanted = judgements or (REASONED, REASONED)
    for assignment, judgement in zip(
        ReaderAssignment.objects.active().filter(round=round).order_by("id"), wanted, strict=False
    ):
        give_opinion(assignment_id=assignment.pk, reader=assignment.reader, **judgement)
    return round
