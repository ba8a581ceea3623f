"""When meetings of a group would be enough for the rule about permanent education. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from accreditation.domain.education_rule import EducationRule, judge_education
from accreditation.domain.evidence_facts import EvidencePiece
from accreditation.domain.path_facts import Market, PathGroup, PlannedMeeting
from accreditation.domain.periods import add_months
from accreditation.enums import CriterionState, EvidenceKind, PathPreference

#: Groups that are looked at in full: the nearest and those that meet soonest.
MOST_GROUPS = 12
INTERVISION = "intervision"


@dataclass(frozen=True)
class GroupPlan:
    """Groups to take part in, one's own first, and the day on which their meetings are enough.

    `is_estimate`: some of the meetings are not planned yet.
    """

    groups: tuple[PathGroup, ...]
    first_on: date
    done_on: date
    is_estimate: bool


def plan_groups(rule: EducationRule, pieces: tuple[EvidencePiece, ...], market: Market) -> GroupPlan | None:
    """The best plan: one's own groups if they do, else with one more that has places left; None when nothing does."""
    mine = tuple(group for group in market.groups if group.is_mine)
    if mine:
        alone = _plan(rule, pieces, market, mine)
        if alone is not None:
            return alone
    plans = [
        plan
        for group in _worth_looking_at(market)
        if (plan := _plan(rule, pieces, market, (*mine, group))) is not None
    ]
    is_nearest = market.preference == PathPreference.NEAREST
    return min(plans, key=lambda plan: _key(plan, is_nearest=is_nearest), default=None)


def _key(plan: GroupPlan, *, is_nearest: bool) -> tuple[int, int, int]:
    """Groups cost nothing: the cheapest is the soonest."""
    last, done = plan.groups[-1], plan.done_on.toordinal()
    return (last.distance, done, last.group_id) if is_nearest else (done, last.distance, last.group_id)


def _worth_looking_at(market: Market) -> list[PathGroup]:
    others = [group for group in market.groups if not group.is_mine]
    by_date = sorted(others, key=lambda g: (_first(g), g.distance, g.group_id))[:MOST_GROUPS]
    near = sorted(others, key=lambda g: (g.distance, _first(g), g.group_id))[:MOST_GROUPS]
    supervised = [g for g in others if any(m.form != INTERVISION for m in g.meetings)][:MOST_GROUPS]
    return list({group.group_id: group for group in (*by_date, *near, *supervised)}.values())


def _first(group: PathGroup) -> date:
    return min((meeting.held_on for meeting in group.meetings), default=date.max)


def _plan(
    rule: EducationRule, pieces: tuple[EvidencePiece, ...], market: Market, groups: tuple[PathGroup, ...]
) -> GroupPlan | None:
    """The first day on which what is there and the meetings up to then are enough."""
    last_day = add_months(market.on, market.pace.horizon_months)
    coming = sorted(
        (meeting, is_planned)
        for group in groups
        for meeting, is_planned in _with_estimates(group, market, last_day)
    )
    ahead: list[EvidencePiece] = []
    estimated = False
    for number, (meeting, is_planned) in enumerate(coming):
        ahead.append(_piece(meeting, number))
        estimated = estimated or not is_planned
        state = judge_education(rule, (*pieces, *ahead), meeting.held_on).state
        if state != CriterionState.MISSING:
            return GroupPlan(groups, coming[0][0].held_on, meeting.held_on, estimated)
    return None


def _with_estimates(
    group: PathGroup, market: Market, last_day: date
) -> Iterable[tuple[PlannedMeeting, bool]]:
    """Planned meetings, then intervision at the usual pace."""
    planned = sorted(group.meetings, key=lambda meeting: meeting.held_on)
    for meeting in planned:
        yield meeting, True
    pace = timedelta(weeks=market.pace.meeting_weeks)
    day = (planned[-1].held_on if planned else market.on) + pace
    while day <= last_day:
        yield PlannedMeeting(day, market.pace.meeting_hours, INTERVISION), False
        day += pace


def _piece(meeting: PlannedMeeting, number: int) -> EvidencePiece:
    return EvidencePiece(
        ref=f"ahead:{number:04d}",
        kind=EvidenceKind.MEETING,
        title="",
        valid_from=meeting.held_on,
        hours=meeting.hours,
        meetings=1,
        form=meeting.form,
    )
