"""Reads of licences and of the pool of experts."""

from django.utils import timezone

from lms.enums import LicenceKind
from lms.models import Licence
from people.api import User


def supervisors_today() -> tuple[User, ...]:
    """Recognised supervisors whose licence holds today, by name. One query."""
    return _holders(LicenceKind.SUPERVISOR)


def _holders(kind: LicenceKind) -> tuple[User, ...]:
    rows = Licence.objects.on(timezone.localdate()).filter(kind=kind).select_related("person")
    people = {row.person_id: row.person for row in rows}
    return tuple(sorted(people.values(), key=lambda one: (one.get_full_name(), one.pk)))
