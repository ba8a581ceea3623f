"""How colleagues of the office share the queue: each piece in one pair of hands, and nobody gets everything."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accreditation.enums import OWN_ORIGINS, EvidenceStatus
from accreditation.models import Evidence, EvidenceClaim
from accreditation.models.evidence import EvidenceQuerySet
from people.api import User

CLAIM_LIVES = timedelta(minutes=20)


@dataclass(frozen=True)
class ColleagueLoad:
    """What one colleague did and has in hand."""

    name: str
    in_hand: int
    looked_at: int
    is_you: bool


@transaction.atomic
def take_next(*, by: User, after: Evidence | None = None) -> Evidence | None:
    """Give the colleague the next piece that nobody else looks at, the oldest first; None when nothing waits.

    Not one's own pieces. The claim ends after 20 minutes, so that a closed browser keeps nothing from the others.
    """
    now = timezone.now()
    User.objects.select_for_update().get(pk=by.pk)
    EvidenceClaim.objects.filter(colleague=by).delete()
    free = waiting_for(by, now=now)
    if after is not None:
        later = Q(created_at__gt=after.created_at) | Q(created_at=after.created_at, pk__gt=after.pk)
        rows = [*free.exclude(pk=after.pk).filter(later)[:5], *free.exclude(pk=after.pk)[:5]]
    else:
        rows = list(free[:5])
    return next((row for row in rows if _claim(row, by, now)), None)


def claim(*, evidence: Evidence, by: User) -> User | None:
    """Take a piece in hand when opening it; gives the colleague who already has it, if that is somebody else."""
    now = timezone.now()
    with transaction.atomic():
        if _claim(evidence, by, now):
            return None
    held = EvidenceClaim.objects.select_related("colleague").filter(evidence=evidence, until__gt=now).first()
    return held.colleague if held and held.colleague_id != by.pk else None


def release(*, evidence_id: int, by: User) -> None:
    """Put a piece back for the others."""
    EvidenceClaim.objects.filter(evidence_id=evidence_id, colleague=by).delete()


def waiting_for(by: User, *, now: datetime) -> EvidenceQuerySet:
    """Pieces that wait and that nobody else holds, the oldest first."""
    taken = Q(claim__until__gt=now) & ~Q(claim__colleague=by)
    return (
        Evidence.objects.waiting()
        .filter(part_of=None, origin__in=OWN_ORIGINS)
        .exclude(person=by)
        .exclude(taken)
        .order_by("created_at", "pk")
    )


def load_of_colleagues(*, you: User, now: datetime) -> tuple[ColleagueLoad, ...]:
    """Who has how many in hand and looked at how many in the last seven days. Two queries."""
    since = now - timedelta(days=7)
    people: dict[int, list[int]] = {}
    names: dict[int, str] = {you.pk: you.get_full_name()}
    looked = (
        Evidence.objects.filter(verified_at__gte=since, verified_by__isnull=False, part_of=None)
        .exclude(status=EvidenceStatus.WAITING)
        .values_list("verified_by_id", "verified_by__first_name", "verified_by__last_name")
    )
    for pk, first, last in looked:
        names[pk] = f"{first} {last}".strip()
        people.setdefault(pk, [0, 0])[1] += 1
    claims = EvidenceClaim.objects.filter(until__gt=now, evidence__status=EvidenceStatus.WAITING)
    for pk, first, last in claims.values_list(
        "colleague_id", "colleague__first_name", "colleague__last_name"
    ):
        names[pk] = f"{first} {last}".strip()
        people.setdefault(pk, [0, 0])[0] += 1
    people.setdefault(you.pk, [0, 0])
    rows = [ColleagueLoad(names[pk], hand, done, pk == you.pk) for pk, (hand, done) in people.items()]
    return tuple(sorted(rows, key=lambda row: (-row.is_you, row.name)))


def _claim(row: Evidence, by: User, now: datetime) -> bool:
    """Take the row when it is free or already ours; the unique row per piece decides who was first."""
    until = now + CLAIM_LIVES
    mine = Q(colleague=by) | Q(until__lte=now)
    if EvidenceClaim.objects.filter(mine, evidence=row).update(colleague=by, until=until):
        return True
    try:
        with transaction.atomic():
            EvidenceClaim.objects.create(evidence=row, colleague=by, until=until)
    except IntegrityError:
        return False
    return True
