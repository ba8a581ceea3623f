"""The pool of experts as the rules want it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from lms.domain.pool_rules import PoolExpert
from lms.enums import LicenceKind
from lms.models import ExpertAbsence, ExpertBooking, ExpertProfile, Licence


def expert_pool(*, since: date, person_ids: Iterable[int] | None = None) -> tuple[PoolExpert, ...]:
    """Experts with a licence that holds on or after a day, with profile, absences and bookings. Five queries."""
    licences = Licence.objects.filter(kind=LicenceKind.EXPERT, valid_until__gte=since, person__is_active=True)
    if person_ids is not None:
        licences = licences.filter(person_id__in=list(person_ids))
    valid: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for person_id, first, last, ended in licences.values_list(
        "person_id", "valid_from", "valid_until", "ended_on"
    ):
        last_day = last if ended is None else min(last, date.fromordinal(ended.toordinal() - 1))
        if last_day >= max(first, since):
            valid[person_id].append((first, last_day))
    profiles = {
        row.person_id: row
        for row in ExpertProfile.objects.filter(person_id__in=valid).prefetch_related("regions")
    }
    away: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for person_id, first, last in ExpertAbsence.objects.filter(
        person_id__in=valid, last_day__gte=since
    ).values_list("person_id", "first_day", "last_day"):
        away[person_id].append((first, last))
    taken: dict[int, set[tuple[date, int]]] = defaultdict(set)
    bookings = ExpertBooking.objects.filter(
        expert_id__in=valid, cancelled_at=None, day__gte=since.replace(day=1)
    )
    for person_id, day, half in bookings.values_list("expert_id", "day", "half"):
        taken[person_id].add((day, half))
    found = []
    for person_id in sorted(valid):
        profile = profiles.get(person_id)
        found.append(
            PoolExpert(
                person=person_id,
                valid=tuple(valid[person_id]),
                regions=frozenset(one.pk for one in profile.regions.all()) if profile else frozenset(),
                half_days=frozenset(profile.half_days) if profile else frozenset(),
                away=tuple(away[person_id]),
                most_per_month=profile.most_per_month if profile else 4,
                taken=frozenset(taken[person_id]),
            )
        )
    return tuple(found)
