"""The committee as the office sees it: mandate, profession, region, work in hand, days away."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from accreditation.domain.assignment import IN_PROCEDURE
from accreditation.domain.availability import reading_limits
from accreditation.domain.conflicts import committee
from accreditation.models import Absence
from people.api import Role

SOON = timedelta(days=60)


@dataclass(frozen=True)
class MemberRow:
    """One member. `until`: last day of the mandate, None without end; `ends_soon`: within two months."""

    person_id: int
    name: str
    profession: str
    region: str
    until: date | None
    ends_soon: bool
    owed: int
    read: int
    limit: int | None
    away_until: date | None


def committee_members() -> tuple[MemberRow, ...]:
    """All members of today, by name. Five queries."""
    today = timezone.localdate()
    owed = Q(
        reader_assignments__released_at=None,
        reader_assignments__opinion=None,
        reader_assignments__round__decision=None,
        reader_assignments__round__dossier__stage__in=IN_PROCEDURE,
    )
    rows = (
        committee()
        .select_related("profile__profession", "profile__region")
        .prefetch_related("role_grants")
        .annotate(
            owed=Count("reader_assignments", filter=owed, distinct=True),
            read=Count("reader_assignments__opinion", distinct=True),
        )
        .order_by("last_name", "first_name", "pk")
    )
    away = dict(
        Absence.objects.filter(first_day__lte=today, last_day__gte=today).values_list("member_id", "last_day")
    )
    limits = reading_limits()
    found = []
    for one in rows:
        ends = [
            grant.valid_until
            for grant in one.role_grants.all()
            if grant.role == Role.COMMITTEE_MEMBER
            and (grant.valid_until is None or grant.valid_until >= today)
        ]
        until = None if None in ends else max((end for end in ends if end), default=None)
        profile = getattr(one, "profile", None)
        found.append(
            MemberRow(
                person_id=one.pk,
                name=one.full_name or one.email,
                profession=str(profile.profession) if profile and profile.profession else "",
                region=str(profile.region) if profile and profile.region else "",
                until=until,
                ends_soon=until is not None and until <= today + SOON,
                owed=one.owed,
                read=one.read,
                limit=limits.get(one.pk),
                away_until=away.get(one.pk),
            )
        )
    return tuple(found)


def own_absences(member_id: int) -> list[Absence]:
    """Days away that are not over."""
    return list(Absence.objects.filter(member_id=member_id, last_day__gte=timezone.localdate()))
