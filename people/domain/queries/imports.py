"""Lists of people that were brought in, for floors that do something with everybody on one."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from people.enums import ImportFate, ImportState
from people.models import ImportBatch, ImportRow, User

#: A row of these fates stands for an account once its list is brought in.
WITH_ACCOUNT = (ImportFate.CREATE, ImportFate.UPDATE, ImportFate.UNCHANGED)


@dataclass(frozen=True)
class ImportFact:
    """A list that was brought in; `people` counts the accounts on it."""

    id: int
    file_name: str
    done_at: datetime
    people: int


def recent_imports(limit: int = 20) -> list[ImportFact]:
    """Lists that were brought in and whose rows are still there (30 days), the newest first. One query."""
    found = (
        ImportBatch.objects.filter(state=ImportState.DONE)
        .annotate(people=Count("rows", filter=Q(rows__fate__in=WITH_ACCOUNT, rows__person__isnull=False)))
        .filter(people__gt=0)
        .order_by("-done_at")[:limit]
    )
    return [
        ImportFact(batch.pk, batch.file_name, batch.done_at, batch.people)
        for batch in found
        if batch.done_at is not None
    ]


def people_of_import(batch_id: int) -> list[User]:
    """Active accounts of a list that was brought in, in the order of its rows. One query."""
    rows = (
        ImportRow.objects.filter(
            batch=batch_id, batch__state=ImportState.DONE, fate__in=WITH_ACCOUNT, person__is_active=True
        )
        .select_related("person")
        .order_by("number")
    )
    return [row.person for row in rows if row.person is not None]
