"""Reads of the duty of teams: rules, training days, presence, and states computed from dates."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone

from lms.domain.duty_rules import Owed, Stay, is_untrained, team_state
from lms.models import Attendance, Enrolment, MeetingPresence, Session, TeamDutyRule, TeamObligation
from people.api import TeamPeriod, team_periods

FIRST_DUTY = TeamDutyRule(valid_from=date(1900, 1, 1))


@dataclass(frozen=True, slots=True)
class Training:
    """Days of training by person: attended, and still to come."""

    attended: dict[int, set[date]]
    coming: dict[int, set[date]]


@dataclass(frozen=True, slots=True)
class TeamDuty:
    """The obligations of one team with their state today, soonest first."""

    team_id: int
    stays: tuple[Stay, ...]
    untrained: bool
    owed: tuple[tuple[TeamObligation, Owed, str], ...]
    training: Training = field(repr=False)


def duty_rule_on(day: date) -> TeamDutyRule:
    """The rule in force on a day. One query."""
    return TeamDutyRule.objects.filter(valid_from__lte=day).order_by("-valid_from").first() or FIRST_DUTY


def training_of(rule: TeamDutyRule, person_ids: Iterable[int]) -> Training:
    """Training days of people: in the courses of the rule, in groups of a published plan, and in house."""
    people = list(person_ids)
    which = Q(cohort__published_group__isnull=False)
    if rule.pk:
        which |= Q(cohort__course__in=rule.courses.values("pk"))
    enrolled = (
        Enrolment.objects.current()
        .filter(which | Q(cohort__team__isnull=False), person_id__in=people, cohort__isnull=False)
        .values_list("person_id", "cohort_id")
    )
    cohorts: dict[int, list[int]] = defaultdict(list)
    for person_id, cohort_id in enrolled:
        cohorts[cohort_id].append(person_id)
    attended: dict[int, set[date]] = defaultdict(set)
    coming: dict[int, set[date]] = defaultdict(set)
    sessions = list(
        Session.objects.held().filter(cohort_id__in=cohorts).values_list("pk", "cohort_id", "starts_at")
    )
    days = {pk: timezone.localdate(starts_at) for pk, _cohort, starts_at in sessions}
    today = timezone.localdate()
    for pk, cohort_id, _starts_at in sessions:
        if days[pk] > today:
            for person_id in cohorts[cohort_id]:
                coming[person_id].add(days[pk])
    present = Attendance.objects.present().filter(session_id__in=days, person_id__in=people)
    for person_id, session_id in present.values_list("person_id", "session_id"):
        attended[person_id].add(days[session_id])
    return Training(attended, coming)


def stays_of(periods: Iterable[TeamPeriod]) -> dict[int, tuple[Stay, ...]]:
    """Memberships by team, of people whose account is open."""
    found: dict[int, list[Stay]] = defaultdict(list)
    for one in periods:
        if one.is_active:
            found[one.team_id].append(Stay(one.person_id, one.since, one.until))
    return {team_id: tuple(stays) for team_id, stays in found.items()}


def presence_at(
    obligations: Iterable[TeamObligation], person_ids: Iterable[int]
) -> dict[int, frozenset[int]]:
    """Which of these people were there, by months: whoever made it good elsewhere, or came from another team, counts.

    One query. Keys are ids of obligations.
    """
    rows = list(obligations)
    people: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    found = MeetingPresence.objects.filter(
        confirmed_at__isnull=False,
        person_id__in=list(person_ids),
        meeting__cancelled_at=None,
        meeting__obligation__months__in={row.months for row in rows},
    ).values_list("meeting__obligation__months", "meeting_id", "person_id")
    for months, meeting_id, person_id in found:
        people[months][meeting_id].add(person_id)
    return {row.pk: frozenset().union(*people[row.months].values()) for row in rows}


def duties_of(team_ids: Iterable[int], *, on: date | None = None) -> dict[int, TeamDuty]:
    """Where teams stand on a day; every team asked for has an entry. Seven queries, whatever their number."""
    today = on or timezone.localdate()
    ids = list(team_ids)
    rule = duty_rule_on(today)
    stays = stays_of(team_periods(ids))
    people = {stay.person for found in stays.values() for stay in found}
    training = training_of(rule, people)
    rows = list(
        TeamObligation.objects.open()
        .filter(team_id__in=ids)
        .select_related("meeting__led_by")
        .order_by("due_on", "pk")
    )
    present = presence_at(rows, people) if rows else {}
    by_team: dict[int, list[TeamObligation]] = defaultdict(list)
    for row in rows:
        by_team[row.team_id].append(row)
    found = {}
    for team_id in ids:
        mine = stays.get(team_id, ())
        untrained = is_untrained(mine, training.attended, today)
        owed = []
        for row in by_team[team_id]:
            one = owed_by(row, rule, present.get(row.pk, frozenset()))
            owed.append((row, one, team_state(one, mine, today, untrained=untrained)))
        found[team_id] = TeamDuty(team_id, mine, untrained, tuple(owed), training)
    return found


def owed_by(row: TeamObligation, rule: TeamDutyRule, present: frozenset[int]) -> Owed:
    """An obligation for the rules; no query when its meeting was fetched along."""
    meeting = row.meeting if row.meeting_id and row.meeting and not row.meeting.is_cancelled else None
    return Owed(
        due_on=row.due_on,
        tolerance_days=rule.tolerance_days,
        quorum_percent=rule.quorum_percent,
        newcomer_days=rule.newcomer_days,
        held_on=meeting.held_on if meeting else None,
        present=present,
    )
