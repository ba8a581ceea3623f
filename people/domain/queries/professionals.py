"""Everybody, a slice at a time, for work that goes over all professionals in constant memory."""

from collections.abc import Iterable
from dataclasses import dataclass

from people.models import Profession, ProfessionalProfile, ReferenceRegion, User


@dataclass(frozen=True, slots=True)
class ProfessionalFact:
    """A person with the profession and region of their profile, where they gave one."""

    person_id: int
    profession_id: int | None
    region_id: int | None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The region of a person's profile, and the province of every region where that is known."""

    region_id: int | None
    provinces: dict[int, int | None]


def whereabouts_of(person_id: int) -> Whereabouts:
    """Where a person works, beside all regions. Two queries."""
    region_id = (
        ProfessionalProfile.objects.filter(user_id=person_id).values_list("region_id", flat=True).first()
    )
    return Whereabouts(region_id, dict(ReferenceRegion.objects.values_list("pk", "province_id")))


def count_professionals() -> int:
    """How many active accounts there are. One query."""
    return User.objects.filter(is_active=True).count()


def professionals_after(person_id: int, *, limit: int) -> tuple[ProfessionalFact, ...]:
    """The next active accounts after a person, by id. One query."""
    rows = (
        User.objects.filter(is_active=True, pk__gt=person_id)
        .order_by("pk")
        .values_list("pk", "profile__profession_id", "profile__region_id")[:limit]
    )
    return tuple(ProfessionalFact(*row) for row in rows)


def profession_names() -> dict[int, str]:
    """Names of all professions by id, in their order. One query."""
    return dict(Profession.objects.values_list("pk", "name"))


def region_names() -> dict[int, str]:
    """Names of all reference regions by id, in their order. One query."""
    return dict(ReferenceRegion.objects.values_list("pk", "name"))


def professions_of(person_ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Id and name of the profession of those who gave one, by person id. One query."""
    rows = ProfessionalProfile.objects.filter(user_id__in=list(person_ids), profession__isnull=False)
    return {
        person_id: (profession_id, name)
        for person_id, profession_id, name in rows.values_list("user_id", "profession_id", "profession__name")
    }
