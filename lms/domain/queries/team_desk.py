"""The coordinator's desk of one team: who is trained, what is owed, what can be chosen, who can teach."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from lms.domain.duty_rules import DUE, MET, NEW, OVERDUE, RESTING, expected_on, member_state
from lms.domain.queries.duty import TeamDuty, duties_of
from lms.enums import LicenceKind
from lms.models import DateProposal, Licence, Meeting, TeamObligation
from people.api import Team, TeamFact, User


@dataclass(frozen=True, slots=True)
class MemberDuty:
    """One member of today. `trained_on`: the last training day; `states`: by months of the obligation."""

    person_id: int
    name: str
    since: date
    trained_on: date | None
    coming_on: date | None
    states: tuple[tuple[int, str], ...]
    licensed_until: date | None

    @property
    def waits(self) -> bool:
        """Whether nobody trained this person yet and no day is planned."""
        return self.trained_on is None and self.coming_on is None


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """One obligation with its state and what can be done."""

    row: TeamObligation
    state: str
    meeting: Meeting | None
    is_planned: bool
    proposals: tuple[DateProposal, ...]
    present: int
    expected: int


@dataclass(frozen=True, slots=True)
class TeamDesk:
    """Everything of one team."""

    team: Team
    obligations: tuple[ObligationLine, ...]
    members: tuple[MemberDuty, ...]
    untrained: bool

    @property
    def queue(self) -> tuple[MemberDuty, ...]:
        """Newcomers who wait for training, longest first."""
        return tuple(
            sorted((one for one in self.members if one.waits), key=lambda one: (one.since, one.name))
        )


@dataclass(frozen=True, slots=True)
class TeamStanding:
    """A team in the list of the network: the worst state first."""

    team: TeamFact
    states: tuple[tuple[int, date, str], ...]
    members: int
    worst: str


def team_desk(team: Team) -> TeamDesk:
    """The desk of one team. Ten queries, however many members."""
    today = timezone.localdate()
    duty = duties_of([team.pk])[team.pk]
    here = [stay for stay in duty.stays if stay.holds(today)]
    names = {
        person.pk: person.get_full_name()
        for person in User.objects.filter(pk__in=[stay.person for stay in here])
    }
    proposals: dict[int, list[DateProposal]] = defaultdict(list)
    ids = [row.pk for row, _owed, _state in duty.owed]
    for one in DateProposal.objects.filter(obligation_id__in=ids, day__gt=today).select_related("expert"):
        proposals[one.obligation_id].append(one)
    held = Licence.objects.on(today).filter(kind=LicenceKind.IN_HOUSE, person_id__in=list(names))
    licensed = dict(held.order_by("valid_until").values_list("person_id", "valid_until"))
    lines = []
    for row, owed, state in duty.owed:
        meeting = row.meeting if row.meeting and not row.meeting.is_cancelled else None
        expected = expected_on(duty.stays, owed.held_on, owed.newcomer_days) if owed.held_on else frozenset()
        lines.append(
            ObligationLine(
                row=row,
                state=state,
                meeting=meeting,
                is_planned=meeting is not None and meeting.held_on >= today,
                proposals=tuple(proposals[row.pk]),
                present=len(owed.present & expected),
                expected=len(expected),
            )
        )
    return TeamDesk(team, tuple(lines), _members(duty, names, licensed, today), duty.untrained)


def _members(
    duty: TeamDuty, names: dict[int, str], licensed: dict[int, date], today: date
) -> tuple[MemberDuty, ...]:
    found = []
    for stay in duty.stays:
        if not stay.holds(today) or stay.person not in names:
            continue
        coming = duty.training.coming.get(stay.person)
        found.append(
            MemberDuty(
                person_id=stay.person,
                name=names[stay.person],
                since=stay.since,
                trained_on=max(duty.training.attended.get(stay.person, ()), default=None),
                coming_on=min(coming) if coming else None,
                states=tuple(
                    (row.months, member_state(owed, stay, state, today)) for row, owed, state in duty.owed
                ),
                licensed_until=licensed.get(stay.person),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.name, one.person_id)))


WORST = (OVERDUE, RESTING, DUE, MET, NEW)


def team_standings(teams: tuple[TeamFact, ...]) -> tuple[TeamStanding, ...]:
    """Where teams stand, those that are late first. Seven queries, whatever their number."""
    today = timezone.localdate()
    duties = duties_of([team.team_id for team in teams])
    found = []
    for team in teams:
        duty = duties[team.team_id]
        states = tuple((row.months, row.due_on, state) for row, _owed, state in duty.owed)
        worst = min((state for _months, _day, state in states), key=WORST.index, default="")
        size = len({stay.person for stay in duty.stays if stay.holds(today)})
        found.append(TeamStanding(team, states, size, worst))
    order = (*WORST, "")
    return tuple(sorted(found, key=lambda one: (order.index(one.worst), one.team.name)))
