"""The office's list of recognitions, with status worked out from dates."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from accreditation.domain.recognition_rules import CurrentStatus
from accreditation.domain.recognitions import statuses
from accreditation.enums import Level, RecognitionStatus
from accreditation.models import Recognition
from accreditation.models.recognition import suspended_on

PAGE_SIZE = 30

#: Statuses that dates alone decide, as filters on rows. Interrupted rows are found among the valid ones.
FILTERS: tuple[RecognitionStatus, ...] = (
    RecognitionStatus.VALID,
    RecognitionStatus.EXPIRING,
    RecognitionStatus.SUSPENDED,
    RecognitionStatus.GRACE,
    RecognitionStatus.EXPIRED,
    RecognitionStatus.WITHDRAWN,
    RecognitionStatus.REPLACED,
)


@dataclass(frozen=True)
class RecognitionRow:
    """One recognition with what it is worth today."""

    recognition: Recognition
    name: str
    level_name: str
    status: CurrentStatus


@dataclass(frozen=True)
class RecognitionList:
    """One page of the office's list."""

    page: Page[Recognition]
    rows: tuple[RecognitionRow, ...]


def by_dates(status: str, on: date) -> Q:
    """Rows with a status that follows from dates; everything for an unknown word."""
    standing = Q(withdrawn_at=None, replaced_at=None)
    rests = suspended_on(on)
    return {
        RecognitionStatus.VALID.value: standing & ~rests & Q(valid_from__lte=on, renewal_from__gt=on),
        RecognitionStatus.EXPIRING.value: standing & ~rests & Q(renewal_from__lte=on, valid_until__gte=on),
        RecognitionStatus.SUSPENDED.value: standing & rests & Q(valid_from__lte=on, valid_until__gte=on),
        RecognitionStatus.GRACE.value: standing & Q(valid_until__lt=on, grace_until__gte=on),
        RecognitionStatus.EXPIRED.value: standing & Q(grace_until__lt=on),
        RecognitionStatus.WITHDRAWN.value: Q(withdrawn_at__isnull=False),
        RecognitionStatus.REPLACED.value: Q(withdrawn_at=None, replaced_at__isnull=False),
    }.get(status, Q())


def matching(words: str) -> QuerySet[Recognition]:
    """Recognitions of people whose name or address holds all words."""
    found = Recognition.objects.select_related("person")
    for word in words.split()[:6]:
        found = found.filter(
            Q(person__first_name__icontains=word)
            | Q(person__last_name__icontains=word)
            | Q(person__email__icontains=word)
        )
    return found


def recognition_list(
    *, on: date, words: str = "", level: str = "", status: str = "", page_number: str | int = 1
) -> RecognitionList:
    """One page: search, filter, newest first. A fixed number of queries."""
    found = matching(words).filter(by_dates(status, on))
    if level in Level.values:
        found = found.filter(level=level)
    page = Paginator(found.order_by("-valid_from", "-id"), PAGE_SIZE).get_page(page_number)
    return RecognitionList(page=page, rows=rows_of(list(page.object_list), on))


def rows_of(recognitions: list[Recognition], on: date) -> tuple[RecognitionRow, ...]:
    """Rows with name and status, in two queries."""
    known = statuses(recognitions, on)
    return tuple(
        RecognitionRow(
            recognition=one,
            name=one.person.full_name or one.person.email,
            level_name=str(Level(one.level).label),
            status=known[one.pk],
        )
        for one in recognitions
    )
