"""The group behind a team: its members follow those of the team, so that meetings, agenda and hours just work."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from lms.domain.duty_rules import Stay
from lms.domain.queries.duty import stays_of
from lms.models import GroupMember, IntervisionGroup
from people.api import Team, team_periods


def team_group(team: Team) -> IntervisionGroup:
    """The group of a team, made on first use and brought up to date with its members."""
    group = IntervisionGroup.objects.filter(team=team).first() or IntervisionGroup.objects.create(
        name=_free_name(team), team=team, region_id=team.organisation.region_id
    )
    follow_teams({team.pk: group.pk}, stays_of(team_periods([team.pk])))
    return group


def follow_teams(groups: dict[int, int], stays: dict[int, tuple[Stay, ...]]) -> int:
    """Let the groups of teams (`{team id: group id}`) have the members that the teams have. Returns how many rows
    changed. Two queries and as many writes as there are leavers; newcomers are written together.
    """
    rows: dict[int, dict[int, list[GroupMember]]] = defaultdict(lambda: defaultdict(list))
    for row in GroupMember.objects.filter(group_id__in=groups.values()).order_by("joined_on", "pk"):
        rows[row.group_id][row.person_id].append(row)
    today, changed = timezone.localdate(), 0
    fresh: list[GroupMember] = []
    for team_id, group_id in groups.items():
        wanted = _by_person(stays.get(team_id, ()))
        for person_id, periods in wanted.items():
            known = rows[group_id][person_id]
            for since, until in periods:
                found = next((one for one in known if one.joined_on == since), None)
                if found is None:
                    fresh.append(
                        GroupMember(group_id=group_id, person_id=person_id, joined_on=since, left_on=until)
                    )
                elif found.left_on != until:
                    found.left_on = until
                    found.save(update_fields=["left_on"])
                    changed += 1
        for person_id, known in rows[group_id].items():
            for row in known:
                if person_id not in wanted and row.left_on is None:
                    row.left_on = max(row.joined_on, today)
                    row.save(update_fields=["left_on"])
                    changed += 1
    GroupMember.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    return changed + len(fresh)


def make_groups(teams: Sequence[Team]) -> dict[int, int]:
    """The groups of these teams by team id, made where missing. Two queries, and one more where names are taken."""
    known = dict(IntervisionGroup.objects.filter(team__in=teams).values_list("team_id", "pk"))
    missing = [team for team in teams if team.pk not in known]
    if missing:
        taken = set(IntervisionGroup.objects.values_list("name", flat=True))
        IntervisionGroup.objects.bulk_create(
            [
                IntervisionGroup(name=_name(team, taken), team=team, region_id=team.organisation.region_id)
                for team in missing
            ],
            ignore_conflicts=True,
        )
        known = dict(IntervisionGroup.objects.filter(team__in=teams).values_list("team_id", "pk"))
    return known


def _by_person(stays: Iterable[Stay]) -> dict[int, list[tuple[date, date | None]]]:
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for stay in stays:
        if stay.until is None or stay.until >= stay.since:
            found[stay.person].append((stay.since, stay.until))
    return found


def _free_name(team: Team) -> str:
    return _name(team, set(IntervisionGroup.objects.values_list("name", flat=True)))


def _name(team: Team, taken: set[str]) -> str:
    name = team.name[:100]
    return name if name not in taken else f"{name} ({team.pk})"
