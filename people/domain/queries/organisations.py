"""Names of organisations, and where people work."""

from collections.abc import Iterable

from people.enums import OrganisationKind
from people.models import Organisation, ProfessionalProfile


def organisation_names(ids: Iterable[int] | None = None) -> dict[int, str]:
    """Names by id, in order of name; of all organisations when no ids are given. One query."""
    rows = Organisation.objects.order_by("name")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return dict(rows.values_list("pk", "name"))


def employer_of(user_id: int) -> tuple[int, str] | None:
    """Id and name of the organisation that a person named as employer. One query."""
    row = ProfessionalProfile.objects.filter(user_id=user_id, employer__isnull=False).values_list(
        "employer_id", "employer__name"
    )
    return row.first()


def network_points() -> list[tuple[str, str]]:
    """Name and slug of the region of organisations in mental health care: where a professional can ask. One query."""
    rows = Organisation.objects.filter(kind=OrganisationKind.MENTAL_HEALTH, region__isnull=False)
    return list(rows.order_by("name").values_list("name", "region__slug"))
