"""Reads about joining groups."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from lms.models import GroupJoinRequest, GroupMember


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """Somebody asks for a place in a group of the viewer: how many said welcome, and what the viewer said."""

    request_id: int
    name: str
    welcome: int
    not_now: int
    #: None while the viewer said nothing.
    own: bool | None


def requests_to_decide(person_id: int) -> dict[int, tuple[AskedPlace, ...]]:
    """Open requests by group, for a person's groups; a group without any has no entry. Two queries."""
    today = timezone.localdate()
    groups = GroupMember.objects.on(today).filter(person_id=person_id).values("group_id")
    found: dict[int, list[AskedPlace]] = defaultdict(list)
    rows = GroupJoinRequest.objects.filter(group_id__in=groups, decided_at=None).select_related("person")
    for row in rows.prefetch_related("voices").order_by("asked_at", "pk"):
        voices = {voice.person_id: voice.welcome for voice in row.voices.all()}
        welcome = sum(voices.values())
        found[row.group_id].append(
            AskedPlace(
                request_id=row.pk,
                name=row.person.get_full_name(),
                welcome=welcome,
                not_now=len(voices) - welcome,
                own=voices.get(person_id),
            )
        )
    return {group_id: tuple(requests) for group_id, requests in found.items()}


def requests_of(person_id: int) -> tuple[GroupJoinRequest, ...]:
    """Places that a person asked for and that nobody answered yet, oldest first. One query."""
    rows = GroupJoinRequest.objects.filter(person_id=person_id, decided_at=None).select_related("group")
    return tuple(rows.order_by("asked_at", "pk"))
