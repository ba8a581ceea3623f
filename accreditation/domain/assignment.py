"""Readers for every round: without conflict of interest, by profession and load, who are there."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from accreditation.domain.availability import absent_on, reading_limits
from accreditation.domain.conflict_rules import Candidate, MemberFacts, choose_readers
from accreditation.domain.conflicts import committee, declare, member_facts, record_computed
from accreditation.domain.panel import (
    READERS,
    disagreement_of,
    is_appeal,
    spoke_before,
    wanted_readers,
    with_wanted,
)
from accreditation.domain.procedure import procedure_rule
from accreditation.domain.tie_questions import ask
from accreditation.enums import DossierStage, ReleaseReason
from accreditation.enums_committee import DisagreementWay
from accreditation.models import Decision, Disagreement, Dossier, DossierRound, ReaderAssignment
from ledger.api import record_audit, ref, wait_for_turn
from people.api import Role, User, queue_mail

IN_PROCEDURE = (DossierStage.SUBMITTED, DossierStage.READING)


@transaction.atomic
def assign_readers(*, round: DossierRound, actor: User | None = None) -> tuple[ReaderAssignment, ...]:
    """Fill up the readers of a round and return all who read now; safe to repeat.

    Conflicts are worked out anew and recorded; a reader who became tied, or whose mandate ended before the opinion was
    given, is released. Too few means that the dossier waits (see `rounds_without_readers`); where only a third reader
    is lacking, it goes to the meeting instead.
    """
    dossier = lock_dossier(round)
    if dossier.stage not in IN_PROCEDURE or Decision.objects.filter(round=round).exists():
        return active_assignments(round)
    members = member_facts(committee().values_list("pk", flat=True))
    tied = record_computed(dossier=dossier, members=members)
    _release_unfit(round=round, tied=tied, members={member.person_id for member in members})
    present = active_assignments(round)
    wanted = wanted_readers(round)
    chosen = _choose(dossier=dossier, round=round, members=members, tied=tied, present=present, wanted=wanted)
    ask(dossier=dossier, member_ids=chosen)
    for reader_id in chosen:
        assignment = ReaderAssignment.objects.create(round=round, reader_id=reader_id)
        queue_mail(
            to_user_id=reader_id,
            template="accreditation/email/reading_assigned",
            context={"path": f"/commissie/lezen/{assignment.pk}/"},
            key=f"reading-assigned:{assignment.pk}",
        )
    readers = active_assignments(round)
    if len(readers) < wanted and _only_third_lacks(round, len(readers)):
        send_to_meeting(round)
        wanted = READERS
    move_dossier(dossier, to=DossierStage.READING if len(readers) >= wanted else DossierStage.SUBMITTED)
    record_audit(
        verb="round.readers_assigned",
        subject=ref(round),
        actor=actor,
        data={
            "readers": [f"user:{one.reader_id}" for one in readers],
            "lacking": max(0, wanted - len(readers)),
        },
    )
    return readers


def _only_third_lacks(round: DossierRound, readers: int) -> bool:
    noted = disagreement_of(round)
    return noted is not None and noted.way == DisagreementWay.THIRD_READER and readers >= READERS


def send_to_meeting(round: DossierRound) -> None:
    """Let the meeting settle what readers could not."""
    noted, _created = Disagreement.objects.update_or_create(
        round=round, defaults={"way": DisagreementWay.MEETING}
    )
    round.disagreement = noted


def lock_dossier(round: DossierRound) -> Dossier:
    """The round's dossier, locked: everything the committee does to one dossier happens in line.

    The audit chain's head is locked before it, as everywhere, so that two transactions never wait for each other.
    """
    wait_for_turn()
    return Dossier.objects.select_for_update().get(pk=round.dossier_id)


def move_dossier(dossier: Dossier, *, to: DossierStage) -> None:
    """Set the stage; staying where it is keeps the moment since when."""
    if dossier.stage != to:
        dossier.stage, dossier.stage_since = to, timezone.now()
        dossier.save(update_fields=["stage", "stage_since"])


def active_assignments(round: DossierRound) -> tuple[ReaderAssignment, ...]:
    """Who reads a round now."""
    return tuple(ReaderAssignment.objects.active().filter(round=round).order_by("id"))


def _release_unfit(*, round: DossierRound, tied: frozenset[int], members: set[int]) -> None:
    """Take back the task of whoever is tied, or lost the mandate before giving an opinion."""
    now = timezone.now()
    active = ReaderAssignment.objects.active().filter(round=round)
    active.filter(reader_id__in=tied).update(released_at=now, release_reason=ReleaseReason.CONFLICT)
    active.filter(opinion=None).exclude(reader_id__in=members).update(
        released_at=now, release_reason=ReleaseReason.MANDATE
    )


def _choose(
    *,
    dossier: Dossier,
    round: DossierRound,
    members: tuple[MemberFacts, ...],
    tied: frozenset[int],
    present: tuple[ReaderAssignment, ...],
    wanted: int,
) -> tuple[int, ...]:
    """Readers to add, best first. Who is away or reads enough already gets no new dossier."""
    lacking = wanted - len(present)
    if lacking <= 0:
        return ()
    today = timezone.localdate()
    closed = tied | spoke_before(round) | absent_on(today) | {dossier.person_id}
    gone = set(ReaderAssignment.objects.filter(round=round).values_list("reader_id", flat=True))
    earlier = set(
        ReaderAssignment.objects.active()
        .filter(round__dossier=dossier)
        .exclude(round=round)
        .values_list("reader_id", flat=True)
    )
    (applicant,) = member_facts([dossier.person_id])
    load, limits = _load([member.person_id for member in members]), reading_limits()
    leaving = _leaving_before(today + timedelta(days=procedure_rule(today).reading_days))
    by_id = {member.person_id: member for member in members}
    return choose_readers(
        [
            Candidate(
                person_id=member.person_id,
                load=load.get(member.person_id, 0),
                same_profession=_same_profession(applicant, member),
                knows_dossier=member.person_id in earlier and not is_appeal(round),
                leaves_soon=member.person_id in leaving,
            )
            for member in members
            if member.person_id not in closed | gone
            and load.get(member.person_id, 0) < limits.get(member.person_id, 10**6)
        ],
        wanted=lacking,
        has_peer=any(
            one.reader_id in by_id and _same_profession(applicant, by_id[one.reader_id]) for one in present
        ),
    )


def _leaving_before(day: date) -> frozenset[int]:
    """Members whose last mandate ends before a day."""
    rows = (
        committee()
        .annotate(
            last_day=Max("role_grants__valid_until", filter=Q(role_grants__role=Role.COMMITTEE_MEMBER)),
            endless=Count(
                "role_grants",
                filter=Q(role_grants__role=Role.COMMITTEE_MEMBER, role_grants__valid_until=None),
            ),
        )
        .filter(endless=0, last_day__lt=day)
    )
    return frozenset(rows.values_list("pk", flat=True))


def _same_profession(applicant: MemberFacts, member: MemberFacts) -> bool:
    return applicant.profession_id is not None and applicant.profession_id == member.profession_id


def _load(member_ids: list[int]) -> dict[int, int]:
    """Opinions that each member still owes."""
    rows = (
        ReaderAssignment.objects.active()
        .filter(
            reader_id__in=member_ids,
            opinion=None,
            round__decision=None,
            round__dossier__stage__in=IN_PROCEDURE,
        )
        .values("reader_id")
        .annotate(owed=Count("id"))
        .values_list("reader_id", "owed")
    )
    return dict(rows)


@transaction.atomic
def step_aside(*, round: DossierRound, member: User, reason: str) -> tuple[ReaderAssignment, ...]:
    """A member declares a conflict: the reading task ends at once and another reader is sought. Twice is once.

    An opinion that was given stays on record and no longer counts. Returns who reads now.
    """
    dossier = lock_dossier(round)
    declare(dossier=dossier, member=member, reason=reason)
    return assign_readers(round=round, actor=member)


@transaction.atomic
def release_readers(*, dossier_id: int) -> int:
    """The dossier was taken back: nobody has to read it any more. Returns how many were released."""
    return (
        ReaderAssignment.objects.active()
        .filter(round__dossier_id=dossier_id, round__decision=None)
        .update(released_at=timezone.now(), release_reason=ReleaseReason.WITHDRAWN)
    )


def rounds_without_readers() -> list[DossierRound]:
    """Rounds that wait because too few members may read them, with `readers` and `wanted`, oldest first.

    A reader whose mandate ended before giving an opinion no longer counts.
    """
    return list(
        with_wanted(DossierRound.objects.filter(decision=None, dossier__stage__in=IN_PROCEDURE))
        .annotate(
            readers=Count(
                "assignments",
                filter=Q(assignments__released_at=None)
                & (Q(assignments__opinion__isnull=False) | Q(assignments__reader__in=committee())),
            )
        )
        .filter(readers__lt=F("wanted"))
        .select_related("dossier__person", "appeal", "disagreement")
        .order_by("submitted_at")
    )


def on_dossier_submitted(sender: object, round_id: int, **kwargs: object) -> None:
    """A round was handed in: seek its readers in the same transaction."""
    assign_readers(round=DossierRound.objects.get(pk=round_id))


def on_dossier_withdrawn(sender: object, dossier_id: int, **kwargs: object) -> None:
    """A dossier was taken back: its readers are free."""
    release_readers(dossier_id=dossier_id)
