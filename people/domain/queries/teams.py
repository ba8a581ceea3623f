"""Who is in which team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from people.enums import Role
from people.models import RoleGrant, Team, TeamMembership


def team_members(team_ids: Iterable[int], *, on: date) -> dict[int, tuple[int, ...]]:
    """Ids of people with an open account who are in these teams that day, newest last. One query."""
    rows = (
        TeamMembership.objects.filter(team_id__in=list(team_ids), user__is_active=True, valid_from__lte=on)
        .filter(Q(valid_until=None) | Q(valid_until__gte=on))
        .order_by("team_id", "valid_from", "pk")
        .values_list("team_id", "user_id")
    )
    found: dict[int, list[int]] = {}
    for team_id, user_id in rows:
        found.setdefault(team_id, []).append(user_id)
    return {team_id: tuple(dict.fromkeys(ids)) for team_id, ids in found.items()}


@dataclass(frozen=True, slots=True)
class TeamFact:
    """A team that exists today, with the region of its organisation."""

    team_id: int
    name: str
    organisation: str
    region_id: int | None


@dataclass(frozen=True, slots=True)
class TeamPeriod:
    """Somebody in a team from a day until a day, both included; None: still. `is_active`: the account is open."""

    team_id: int
    person_id: int
    since: date
    until: date | None
    is_coordinator: bool
    is_active: bool

    def holds(self, day: date) -> bool:
        """Whether the person is in the team that day."""
        return self.since <= day and (self.until is None or self.until >= day)


def teams_of_kinds(kinds: Iterable[str]) -> tuple[TeamFact, ...]:
    """Teams of these kinds that have not gone up in another one, by name. One query."""
    rows = Team.objects.filter(kind__in=list(kinds), ended_on=None).order_by("name", "pk")
    return tuple(
        TeamFact(*row)
        for row in rows.values_list("pk", "name", "organisation__name", "organisation__region_id")
    )


def team_periods(team_ids: Iterable[int]) -> tuple[TeamPeriod, ...]:
    """All memberships of these teams, past ones too, oldest first. One query."""
    rows = TeamMembership.objects.filter(team_id__in=list(team_ids)).order_by("valid_from", "pk")
    return tuple(
        TeamPeriod(*row)
        for row in rows.values_list(
            "team_id", "user_id", "valid_from", "valid_until", "is_coordinator", "user__is_active"
        )
    )


def is_coordinator_of(person_id: int, team_id: int, *, on: date) -> bool:
    """Whether the person coordinates the team that day. One query."""
    rows = TeamMembership.objects.filter(
        user_id=person_id, team_id=team_id, is_coordinator=True, valid_from__lte=on
    )
    return rows.filter(Q(valid_until=None) | Q(valid_until__gte=on)).exists()


def holders_of(role: Role) -> tuple[int, ...]:
    """Ids of people with an open account who hold a role today. One query."""
    rows = RoleGrant.objects.in_force().filter(role=role, user__is_active=True)
    return tuple(sorted(set(rows.values_list("user_id", flat=True))))


def whose_teams(person_id: int, *, on: date) -> tuple[int, ...]:
    """Ids of the teams that somebody is in that day. One query."""
    rows = (
        TeamMembership.objects.filter(user_id=person_id, valid_from__lte=on)
        .filter(Q(valid_until=None) | Q(valid_until__gte=on))
        .values_list("team_id", flat=True)
    )
    return tuple(rows)
