"""Keeping the list of buildings."""

from typing import Protocol

from django.db import transaction

from ledger.api import record_audit, ref
from lms.models import Location
from people.api import User


class _Filled(Protocol):
    """A form that was checked."""

    def save(self) -> Location: ...


@transaction.atomic
def save_location(*, form: _Filled, actor: User) -> Location:
    """Store what was filled in; the audit trail says who."""
    location = form.save()
    record_audit(verb="location.saved", subject=ref(location), actor=actor)
    return location
