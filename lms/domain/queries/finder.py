"""Finding a group of peers: who has places, where, in which language, with which professions."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from lms.domain.queries.meetings import rule_on
from lms.enums import GroupMode
from lms.models import GroupJoinRequest, GroupMember, IntervisionGroup, Meeting
from people.api import professions_of


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """A group that welcomes newcomers. `professions` are names, each once; `next_on` the next planned meeting."""

    group_id: int
    name: str
    region: str
    language: str
    form: str
    frequency: str
    professions: tuple[str, ...]
    places: int
    next_on: date | None
    is_asked: bool


def find_groups(
    person_id: int,
    *,
    region_id: int | None = None,
    profession_id: int | None = None,
    language: str = "",
    form: str = "",
) -> tuple[FoundGroup, ...]:
    """Open groups with places that the person is not in, by name. A fixed number of queries, however many there are.

    `form`: "in_person" or "online"; a group that does both fits either.
    """
    today = timezone.localdate()
    most = rule_on(today).max_members
    present = Q(members__joined_on__lte=today) & (Q(members__left_on=None) | Q(members__left_on__gte=today))
    mine = GroupMember.objects.on(today).filter(person_id=person_id).values("group_id")
    groups = IntervisionGroup.objects.filter(closed_on=None, open_since__isnull=False, team=None)
    if region_id is not None:
        groups = groups.filter(region_id=region_id)
    if language:
        groups = groups.filter(language=language)
    if form:
        groups = groups.filter(form__in=(form, GroupMode.BOTH))
    rows = list(
        groups.exclude(pk__in=mine)
        .select_related("region")
        .annotate(size=Count("members", filter=present))
        .filter(size__lt=most)
        .order_by("name")
    )
    ids = [row.pk for row in rows]
    members: dict[int, list[int]] = defaultdict(list)
    for group_id, member_id in (
        GroupMember.objects.on(today).filter(group_id__in=ids).values_list("group_id", "person_id")
    ):
        members[group_id].append(member_id)
    known = professions_of({one for found in members.values() for one in found})
    asked = set(
        GroupJoinRequest.objects.filter(person_id=person_id, decided_at=None, group_id__in=ids).values_list(
            "group_id", flat=True
        )
    )
    coming: dict[int, date] = {}
    meetings = Meeting.objects.filter(group_id__in=ids, held_on__gt=today, cancelled_at=None)
    for group_id, held_on in meetings.order_by("starts_at").values_list("group_id", "held_on"):
        coming.setdefault(group_id, held_on)
    found = []
    for row in rows:
        places = [known[one] for one in members[row.pk] if one in known]
        if profession_id is not None and profession_id not in {one for one, _name in places}:
            continue
        found.append(
            FoundGroup(
                group_id=row.pk,
                name=row.name,
                region=row.region.name if row.region else "",
                language=str(row.get_language_display()),
                form=str(row.get_form_display()),
                frequency=str(row.get_frequency_display()),
                professions=tuple(sorted({name for _id, name in places})),
                places=most - row.size,
                next_on=coming.get(row.pk),
                is_asked=row.pk in asked,
            )
        )
    return tuple(found)
