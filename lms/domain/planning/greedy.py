"""The plan of somebody with a spreadsheet: nearest room, first free day. To compare with, and to fall back on."""

from collections import Counter

from lms.domain.planning.composing import DraftGroup
from lms.domain.planning.first_fit import first_fit
from lms.domain.planning.plan import Plan, travel_cost
from lms.domain.planning.problem import Part, Problem


def greedy_plan(problem: Problem) -> Plan | None:
    """Groups filled team after team, each on the first day that is free; None when that fails somewhere."""
    drafts: list[DraftGroup] = []
    for part in problem.parts:
        drafts += _filled(problem, part)
    groups = first_fit(problem, tuple(drafts))
    if groups is None:
        return None
    plan = Plan(groups=groups)
    return Plan(groups=groups, cost=travel_cost(problem, plan))


def _filled(problem: Problem, part: Part) -> list[DraftGroup]:
    """Learners in order of their region, a few groups at a time, dealt out so that no team sends too many to one."""
    followers = sorted(
        problem.followers(part), key=lambda one: (problem.team[one.team].region, one.team, one.id)
    )
    count = problem.group_count(part)
    if not followers or not problem.rooms or not count:
        return []
    sent = Counter(one.team for one in followers)
    together = max(-(-number // max(1, problem.team[team].max_away)) for team, number in sent.items())
    members: list[list[str]] = [[] for _ in range(count)]
    bundles = [range(first, min(first + together, count)) for first in range(0, count, together)]
    if len(bundles) > 1 and len(bundles[-1]) < together:
        bundles[-2:] = [range(bundles[-2].start, count)]
    size = -(-len(followers) // count)
    for bundle in bundles:
        for number, person in enumerate(followers[bundle.start * size : bundle.stop * size]):
            members[bundle.start + number % len(bundle)].append(person.id)
    return [
        DraftGroup(part=part.id, number=number, region=_nearest(problem, people), people=tuple(people))
        for number, people in enumerate(members, 1)
    ]


def _nearest(problem: Problem, people: list[str]) -> str:
    homes = Counter(problem.team[problem.person[one].team].region for one in people)
    fitting = [room for room in problem.rooms if room.capacity >= len(people)] or list(problem.rooms)
    regions = sorted({room.region for room in fitting})
    return min(
        regions, key=lambda region: sum(n * problem.distance(home, region) for home, n in homes.items())
    )
