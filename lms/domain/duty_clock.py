"""The nightly clock of the duty of teams. It starts by itself, proposes days and reminds; it decides nothing, and
running it twice changes nothing."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import holidays
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.domain.duty_rules import DUE, OVERDUE, Stay, clock_of, due_days, is_untrained
from lms.domain.planning.problem import add_months
from lms.domain.pool_rules import PoolExpert, propose
from lms.domain.queries.duty import Training, duties_of, duty_rule_on, stays_of, training_of
from lms.domain.queries.pool import expert_pool
from lms.domain.team_groups import follow_teams, make_groups
from lms.models import DateProposal, TeamDutyRule, TeamObligation
from people.api import (
    DigestLine,
    Role,
    Team,
    TeamFact,
    TeamPeriod,
    add_lines_to_digest,
    holders_of,
    team_periods,
    teams_of_kinds,
)

#: Between today and the first day that is proposed, so that people can still make room.
NOTICE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ClockRound:
    """What a round did: new obligations, proposed half days, reminders, changed members. All zero the second time."""

    obligations: int
    proposals: int
    reminders: int
    members: int


@transaction.atomic
def run_duty_clock(*, on: date | None = None) -> ClockRound:
    """One round over all teams of the rule's kinds. A number of queries that hardly depends on the number of teams.

    One round at a time: a second clock waits at the rule, and then finds nothing to do.
    """
    today = on or timezone.localdate()
    rule = duty_rule_on(today)
    TeamDutyRule.objects.select_for_update().get(pk=rule.pk)
    teams = teams_of_kinds(rule.team_kinds)
    ids = [team.team_id for team in teams]
    periods = team_periods(ids)
    stays = stays_of(periods)
    training = training_of(rule, {one.person_id for one in periods})
    started = _start_clocks(rule, ids, stays, training, today)
    owing = set(TeamObligation.objects.open().filter(team_id__in=ids).values_list("team_id", flat=True))
    rows = list(Team.objects.filter(pk__in=owing).select_related("organisation"))
    members = follow_teams(make_groups(rows), stays)
    proposals = _propose(rule, [team for team in teams if team.team_id in owing], today)
    reminders = _remind(rule, teams, periods, today)
    return ClockRound(started, proposals, reminders, members)


def _start_clocks(
    rule: TeamDutyRule, ids: list[int], stays: dict[int, tuple[Stay, ...]], training: Training, today: date
) -> int:
    known: dict[int, dict[int, TeamObligation]] = defaultdict(dict)
    for row in TeamObligation.objects.open().filter(team_id__in=ids):
        known[row.team_id][row.months] = row
    fresh: list[TeamObligation] = []
    moved: list[TeamObligation] = []
    for team_id in ids:
        anchor = clock_of(stays.get(team_id, ()), training.attended, training.coming, today)
        if anchor is None:
            continue
        for months, day in due_days(anchor, rule.months).items():
            found = known[team_id].get(months)
            if found is None:
                fresh.append(TeamObligation(team_id=team_id, months=months, anchor_on=anchor, due_on=day))
            elif found.anchor_on < anchor and found.meeting_id is None:
                # Founders were trained later than we knew. A day that is fixed stays, and so does what was met.
                found.anchor_on, found.due_on = anchor, add_months(anchor, months)
                moved.append(found)
    TeamObligation.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    TeamObligation.objects.bulk_update(moved, ["anchor_on", "due_on"], batch_size=500)
    DateProposal.objects.filter(obligation__in=moved).delete()
    return len(fresh) + len(moved)


def _propose(rule: TeamDutyRule, teams: list[TeamFact], today: date) -> int:
    """Days with an expert for whoever has no meeting and no day to choose from. What is proposed counts as load."""
    duties = duties_of([team.team_id for team in teams], on=today)
    open_ids = set(
        DateProposal.objects.filter(day__gt=today, obligation__ended_on=None).values_list(
            "obligation_id", flat=True
        )
    )
    pool = expert_pool(since=today)
    offered: dict[int, set[tuple[date, int]]] = defaultdict(set)
    for person_id, day, half in DateProposal.objects.filter(
        day__gt=today, obligation__meeting=None, obligation__ended_on=None
    ).values_list("expert_id", "day", "half"):
        offered[person_id].add((day, half))
    closed = frozenset(holidays.country_holidays("BE", years=range(today.year, today.year + 2)))
    fresh: list[DateProposal] = []
    for team in teams:
        for row, owed, state in duties[team.team_id].owed:
            if state not in (DUE, OVERDUE) or row.pk in open_ids:
                continue
            if owed.held_on is not None and owed.held_on >= today:
                continue
            if row.due_on - timedelta(days=rule.propose_days) > today:
                continue
            found = propose(
                [_with(expert, offered[expert.person]) for expert in pool],
                around=row.due_on,
                reach_days=rule.tolerance_days,
                earliest=today + NOTICE,
                region=team.region_id,
                number=rule.proposals,
                closed=closed,
            )
            for day, half, person_id in found:
                offered[person_id].add((day, half))
                fresh.append(DateProposal(obligation=row, expert_id=person_id, day=day, half=half))
    DateProposal.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    return len(fresh)


def _with(expert: PoolExpert, offered: set[tuple[date, int]]) -> PoolExpert:
    return replace(expert, taken=expert.taken | offered) if offered else expert


def _remind(
    rule: TeamDutyRule, teams: tuple[TeamFact, ...], periods: tuple[TeamPeriod, ...], today: date
) -> int:
    """Members first, then the coordinator, then the network; each step once per obligation and person."""
    duties = duties_of([team.team_id for team in teams], on=today)
    here: dict[int, list[TeamPeriod]] = defaultdict(list)
    for one in periods:
        if one.is_active and one.holds(today):
            here[one.team_id].append(one)
    network = holders_of(Role.NETWORK_STAFF)
    lines: list[DigestLine] = []
    for team in teams:
        duty = duties[team.team_id]
        if duty.owed and is_untrained(duty.stays, duty.training.attended, today):
            lines.extend(_untrained(team, here[team.team_id], network))
        for row, owed, state in duty.owed:
            if state not in (DUE, OVERDUE) or (owed.held_on is not None and owed.held_on > today):
                continue
            lines.extend(_steps(rule, team, row, here[team.team_id], network, today))
    return add_lines_to_digest(lines)


def _steps(
    rule: TeamDutyRule,
    team: TeamFact,
    row: TeamObligation,
    here: list[TeamPeriod],
    network: tuple[int, ...],
    today: date,
) -> Iterator[DigestLine]:
    facts = {"team": team.name[:100], "day": f"{row.due_on:%d/%m/%Y}"}
    days_left = (row.due_on - today).days
    if days_left <= rule.member_days:
        text = _("%(team)s heeft intervisie nodig rond %(day)s. Spreek samen een dag af.") % facts
        for one in here:
            yield _line(row, "member", one.person_id, text, "/mijn/intervisie/")
    if days_left <= rule.coordinator_days:
        text = (
            _("Voor %(team)s staat nog geen intervisie vast (rond %(day)s). Kies een van de dagen.") % facts
        )
        for one in here:
            if one.is_coordinator:
                yield _line(row, "coordinator", one.person_id, text, f"/team/{team.team_id}/")
    if days_left <= -rule.network_days - rule.tolerance_days:
        text = _("%(team)s is te laat met intervisie (rond %(day)s). Bel even met de coördinator.") % facts
        for person_id in network:
            yield _line(row, "network", person_id, text, "/netwerk/teams/")


def _untrained(team: TeamFact, here: list[TeamPeriod], network: tuple[int, ...]) -> Iterator[DigestLine]:
    text = _("In %(team)s volgde nu niemand de opleiding. Schrijf nieuwe collega's in.") % {
        "team": team.name[:100]
    }
    people = {one.person_id: f"/team/{team.team_id}/" for one in here if one.is_coordinator}
    people |= {person_id: "/netwerk/teams/" for person_id in network if person_id not in people}
    for person_id, path in people.items():
        yield DigestLine(person_id, text, path, f"duty-untrained:{team.team_id}:{person_id}")


def _line(row: TeamObligation, step: str, person_id: int, text: str, path: str) -> DigestLine:
    return DigestLine(person_id, text, path, f"duty:{row.pk}:{step}:{row.due_on}:{person_id}")
