"""Recognitions and certificates as they stand in real life: granted by a committee, insured, with consent."""

from datetime import date, timedelta

from django.utils import timezone

from accreditation.domain.certificates import issue_certificate
from accreditation.domain.feed import publish_recognition
from accreditation.domain.recognitions import grant_recognition
from accreditation.enums import CertificateKind, DossierStage, EvidenceKind, Outcome
from accreditation.models import (
    Certificate,
    CriteriaVersion,
    Decision,
    Dossier,
    DossierRound,
    Opinion,
    ReaderAssignment,
    Recognition,
)
from people.api import Role, User
from people.models import ApiClient
from tests.factories.accreditation import EvidenceFactory
from tests.factories.people import ProfileFactory, UserFactory, user_with


def committee() -> list[User]:
    """Three members of the committee, made once per test."""
    members = list(User.objects.filter(email__startswith="commissie-test").order_by("pk"))
    while len(members) < 3:
        members.append(user_with(Role.COMMITTEE_MEMBER, email=f"commissie-test{len(members)}@voorbeeld.test"))
    return members


def make_decision(person: User, *, level: str = "basic", decided_at=None) -> Decision:
    """A dossier that two readers and a third member said yes to."""
    dossier = Dossier.objects.create(person=person, level=level, stage=DossierStage.READING)
    round = DossierRound.objects.create(
        dossier=dossier,
        number=1,
        criteria_version=CriteriaVersion.objects.in_force(level=level, on=timezone.localdate()),
        snapshot={},
        snapshot_hash="0" * 64,
    )
    first, second, decider = committee()
    for reader in (first, second):
        assignment = ReaderAssignment.objects.create(round=round, reader=reader)
        Opinion.objects.create(assignment=assignment, outcome=Outcome.GRANTED, text="In orde.")
    decision = Decision.objects.create(
        round=round,
        outcome=Outcome.GRANTED,
        text="In orde.",
        decided_by=decider,
        decided_at=decided_at or timezone.now(),
    )
    Dossier.objects.filter(pk=dossier.pk).update(stage=DossierStage.GRANTED)
    return decision


def make_professional(*, listed: bool = True, **fields) -> User:
    """A midwife with a profile and an insurance in force; `listed` is her consent."""
    person = UserFactory(**fields)
    ProfileFactory(user=person, public_listing=listed)
    insure(person)
    return person


def insure(person: User, *, until: date | None = None) -> None:
    """Verified liability insurance until a day (ten years from now by default)."""
    EvidenceFactory(
        person=person,
        kind=EvidenceKind.INSURANCE,
        title="Polis",
        facts={},
        valid_from=date(2020, 1, 1),
        valid_until=until or timezone.localdate() + timedelta(days=3650),
    )


def make_recognition(person: User | None = None, *, level: str = "basic", granted_at=None) -> Recognition:
    """Granted as the committee grants: with certificate and flag. Dates follow from the moment of granting."""
    return grant_recognition(
        decision=make_decision(person or make_professional(), level=level, decided_at=granted_at)
    )


def make_course_certificate(person: User | None = None, *, key: str = "enrolment:1", **facts) -> Certificate:
    """A certificate of a finished course."""
    return issue_certificate(
        person_id=(person or UserFactory()).pk,
        kind=CertificateKind.COURSE,
        entitlement_key=key,
        title="Kleine signalen",
        facts={"completed_on": date(2026, 11, 20), "hours": "2.5", **facts},
    )


def make_partner(*scopes: str) -> tuple[ApiClient, str]:
    """A partner's server and its token."""
    from people.api import create_api_client

    token = create_api_client(name=f"Partner {ApiClient.objects.count() + 1}", scopes=list(scopes))
    return ApiClient.objects.latest("pk"), token


__all__ = [
    "committee",
    "insure",
    "make_course_certificate",
    "make_decision",
    "make_partner",
    "make_professional",
    "make_recognition",
    "publish_recognition",
]
