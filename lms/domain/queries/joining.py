"""Reads about joining groups."""

from collections import defaultdict

from django.utils import timezone

from lms.models import GroupJoinRequest, GroupMember


def requests_to_decide(person_id: int) -> dict[int, tuple[GroupJoinRequest, ...]]:
    """Open requests by group, for groups that a person moderates; a group without any has no entry. One query."""
    today = timezone.localdate()
    groups = GroupMember.objects.on(today).filter(person_id=person_id, is_moderator=True).values("group_id")
    found: dict[int, list[GroupJoinRequest]] = defaultdict(list)
    rows = GroupJoinRequest.objects.filter(group_id__in=groups, decided_at=None).select_related("person")
    for row in rows.order_by("asked_at", "pk"):
        found[row.group_id].append(row)
    return {group_id: tuple(requests) for group_id, requests in found.items()}


def requests_of(person_id: int) -> tuple[GroupJoinRequest, ...]:
    """Places that a person asked for and that nobody answered yet, oldest first. One query."""
    rows = GroupJoinRequest.objects.filter(person_id=person_id, decided_at=None).select_related("group")
    return tuple(rows.order_by("asked_at", "pk"))
