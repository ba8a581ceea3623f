"""Conflicts of interest: worked out from relations, declared by members, recorded for ever."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accreditation.domain.conflict_rules import ApplicantTies, MemberFacts, grounds_for, plain
from accreditation.enums import ConflictGround, EvidenceKind
from accreditation.models import ConflictOfInterest, Dossier, Evidence
from ledger.api import record_audit, ref
from lms.api import tied_people, ties_between
from people.api import Role, User


def committee(on: date | None = None) -> QuerySet[User]:
    """Active members whose mandate is in force on a day (today)."""
    day = on or timezone.localdate()
    mandate = Q(role_grants__role=Role.COMMITTEE_MEMBER, role_grants__valid_from__lte=day) & (
        Q(role_grants__valid_until=None) | Q(role_grants__valid_until__gte=day)
    )
    return User.objects.filter(mandate, is_active=True).distinct()


#: Evidence that somebody else signs: a supervisor, a moderator, an employer.
SIGNED_KINDS = (EvidenceKind.STATEMENT, EvidenceKind.EXPERIENCE)


def applicant_ties(person_id: int, *, facts: MemberFacts | None = None) -> ApplicantTies:
    """What ties an applicant to others today. `facts`: employer and teams where the caller has them."""
    tied = tied_people(person_id)
    (own,) = (facts,) if facts is not None else member_facts([person_id])
    return ApplicantTies(
        person_id=person_id,
        employer_id=own.employer_id,
        team_ids=own.team_ids,
        cohort_mates=tied.cohort_mates,
        intervision_mates=tied.intervision_mates,
        trainers=tied.trainers | tied.learners,
        signers=_signers(person_id),
    )


def _signers(person_id: int) -> frozenset[str]:
    """Who signed statements in the portfolio, also those that were replaced since."""
    rows = Evidence.objects.filter(person_id=person_id, kind__in=SIGNED_KINDS).values_list("facts", flat=True)
    return frozenset(plain(str(facts["signed_by"])) for facts in rows if facts.get("signed_by"))


def member_facts(member_ids: Iterable[int]) -> tuple[MemberFacts, ...]:
    """Employer, teams and profession of members, in two queries, ordered by id."""
    ids = sorted(set(member_ids))
    teams = _teams(ids)
    rows = User.objects.filter(pk__in=ids).values_list(
        "pk", "profile__employer_id", "profile__profession_id", "first_name", "last_name"
    )
    return tuple(
        MemberFacts(
            person_id=pk,
            employer_id=employer,
            profession_id=profession,
            team_ids=teams.get(pk, frozenset()),
            full_name=f"{first} {last}".strip(),
        )
        for pk, employer, profession, first, last in sorted(rows)
    )


def _teams(ids: list[int]) -> dict[int, frozenset[int]]:
    today = timezone.localdate()
    rows = User.objects.filter(
        Q(team_memberships__valid_until=None) | Q(team_memberships__valid_until__gte=today),
        pk__in=ids,
        team_memberships__valid_from__lte=today,
    ).values_list("pk", "team_memberships__team_id")
    found: dict[int, set[int]] = {}
    for pk, team_id in rows:
        found.setdefault(pk, set()).add(team_id)
    return {pk: frozenset(team_ids) for pk, team_ids in found.items()}


def record_computed(*, dossier: Dossier, members: Iterable[MemberFacts]) -> frozenset[int]:
    """Work out and record who is tied; returns the ids of all members with a conflict, also older or declared ones."""
    ties = applicant_ties(dossier.person_id)
    ConflictOfInterest.objects.bulk_create(
        [
            ConflictOfInterest(dossier=dossier, member_id=member.person_id, ground=ground)
            for member in members
            for ground in grounds_for(ties, member)
        ],
        ignore_conflicts=True,
    )
    return frozenset(
        ConflictOfInterest.objects.filter(dossier=dossier).values_list("member_id", flat=True).distinct()
    )


def is_tied(*, dossier: Dossier, member_id: int) -> bool:
    """Whether a member must keep away: the applicant, a recorded conflict, or a relation that exists today."""
    if member_id == dossier.person_id:
        return True
    if ConflictOfInterest.objects.filter(dossier=dossier, member_id=member_id).exists():
        return True
    facts = {one.person_id: one for one in member_facts([member_id, dossier.person_id])}
    ties = applicant_ties(dossier.person_id, facts=facts[dossier.person_id])
    return bool(grounds_for(ties, facts[member_id]))


def untied_dossiers(dossiers: QuerySet[Dossier], *, member_id: int) -> QuerySet[Dossier]:
    """Dossiers that a member may know of: not their own, no recorded conflict, no relation that exists today.

    The number of queries does not grow with the number of dossiers.
    """
    (member,) = member_facts([member_id])
    near = tied_people(member_id).everyone | {member_id}
    found = dossiers.exclude(person_id__in=near).exclude(
        pk__in=ConflictOfInterest.objects.filter(member_id=member_id).values("dossier_id")
    )
    if member.full_name:
        signed = Evidence.objects.filter(kind__in=SIGNED_KINDS, facts__signed_by__iexact=member.full_name)
        found = found.exclude(person_id__in=signed.values("person_id"))
    if member.employer_id is not None:
        found = found.exclude(person__profile__employer_id=member.employer_id)
    if member.team_ids:
        today = timezone.localdate()
        mates = User.objects.filter(
            Q(team_memberships__valid_until=None) | Q(team_memberships__valid_until__gte=today),
            team_memberships__team_id__in=member.team_ids,
            team_memberships__valid_from__lte=today,
        )
        found = found.exclude(person_id__in=mates.values("pk"))
    return found


def tied_members(dossiers: Iterable[Dossier], member_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Per dossier (its id) which of the members must leave the room. Eight queries for any number of dossiers.

    The same rule as `is_tied`: the applicant, whoever has a recorded conflict, and relations of today.
    """
    cases, ids = list(dossiers), set(member_ids)
    applicants = {one.person_id for one in cases}
    facts = {one.person_id: one for one in member_facts(applicants | ids)}
    recorded = set(
        ConflictOfInterest.objects.filter(dossier__in=cases, member_id__in=ids).values_list(
            "dossier_id", "member_id"
        )
    )
    learned = ties_between(applicants, ids)
    signers: dict[int, set[str]] = {}
    statements = Evidence.objects.filter(person_id__in=applicants, kind__in=SIGNED_KINDS)
    for person_id, told in statements.values_list("person_id", "facts"):
        if told.get("signed_by"):
            signers.setdefault(person_id, set()).add(plain(str(told["signed_by"])))
    found: dict[int, frozenset[int]] = {}
    for case in cases:
        own = facts[case.person_id]
        ties = ApplicantTies(
            person_id=case.person_id,
            employer_id=own.employer_id,
            team_ids=own.team_ids,
            cohort_mates=frozenset(other for one, other in learned if one == case.person_id),
            signers=frozenset(signers.get(case.person_id, ())),
        )
        found[case.pk] = frozenset(
            member_id
            for member_id in ids
            if member_id == case.person_id
            or (case.pk, member_id) in recorded
            or grounds_for(ties, facts[member_id])
        )
    return found


@transaction.atomic
def declare(*, dossier: Dossier, member: User, reason: str) -> ConflictOfInterest:
    """Record that a member says to be tied to the applicant. Twice is once."""
    conflict, created = ConflictOfInterest.objects.get_or_create(
        dossier=dossier,
        member=member,
        ground=ConflictGround.DECLARED,
        defaults={"reason": reason.strip()[:300]},
    )
    if created:
        record_audit(verb="conflict.declared", subject=ref(dossier), actor=member)
    return conflict
