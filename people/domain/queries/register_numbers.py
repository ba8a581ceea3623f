"""Numbers of professionals at their register, for who reports attendance there."""

from collections.abc import Iterable
from dataclasses import dataclass

from people.domain.riziv import RizivError, validate_riziv
from people.models import ProfessionalProfile


@dataclass(frozen=True, slots=True)
class RegisterNumber:
    """A RIZIV number with its check digits verified; `problem` says in Dutch why there is none, or is empty."""

    number: str
    problem: str


def register_numbers(person_ids: Iterable[int]) -> dict[int, RegisterNumber]:
    """Numbers by person; everybody asked for is in it. One query."""
    ids = set(person_ids)
    found = {pk: RegisterNumber("", "Er is geen RIZIV-nummer ingevuld.") for pk in ids}
    for row in ProfessionalProfile.objects.filter(user_id__in=ids).only("user_id", "riziv_number"):
        if not row.riziv_number:
            continue
        try:
            found[row.user_id] = RegisterNumber(validate_riziv(row.riziv_number), "")
        except RizivError as error:
            found[row.user_id] = RegisterNumber("", str(error))
    return found


def people_of_profession(profession_id: int, person_ids: Iterable[int]) -> frozenset[int]:
    """Who of these people have this profession in their profile. One query."""
    rows = ProfessionalProfile.objects.filter(profession_id=profession_id, user_id__in=set(person_ids))
    return frozenset(rows.values_list("user_id", flat=True))
