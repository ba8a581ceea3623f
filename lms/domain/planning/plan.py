"""What comes out: groups with day, room, trainers and people, team meetings, and how good the plan is."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from lms.domain.planning.problem import Problem, days_of


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """One group: `number` counts from 1 within its part; `half` 0 is the morning."""

    part: str
    number: int
    start: date
    half: int
    room: str
    trainers: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def key(self) -> str:
        """Name of the group within its plan."""
        return f"{self.part}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """Intervision of a whole team with an expert, `months` after its last training day (`due`)."""

    team: str
    months: int
    due: date
    day: date
    half: int
    expert: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Groups by part and number, meetings by day. `cost` in steps of travel, `bound` what no plan can beat."""

    groups: tuple[PlannedGroup, ...]
    meetings: tuple[PlannedMeeting, ...] = ()
    cost: int = 0
    bound: int = 0

    @property
    def gap(self) -> float:
        """How far the cost may lie above the best possible one, as a share."""
        return 0.0 if self.cost <= self.bound else (self.cost - self.bound) / self.cost

    @property
    def is_proven(self) -> bool:
        """Whether no plan travels less."""
        return self.cost <= self.bound

    def group(self, key: str) -> PlannedGroup:
        """The group of that name. Raises KeyError."""
        for group in self.groups:
            if group.key == key:
                return group
        raise KeyError(key)

    def with_group(self, changed: PlannedGroup) -> "Plan":
        """The plan with one group changed."""
        groups = tuple(changed if group.key == changed.key else group for group in self.groups)
        return replace(self, groups=groups)


def trainer_half_days(problem: Problem, plan: Plan) -> int:
    """Half days that trainers teach in all; two make a trainer-day."""
    return sum(problem.part[group.part].units * len(group.trainers) for group in plan.groups)


def travel_cost(problem: Problem, plan: Plan) -> int:
    """Steps that people travel once per group and trainers once per half day: what the planner keeps small."""
    total = 0
    for group in plan.groups:
        place = problem.room[group.room].region
        for person_id in group.people:
            total += problem.distance(problem.team[problem.person[person_id].team].region, place)
        units = problem.part[group.part].units
        total += sum(units * problem.distance(problem.trainer[one].region, place) for one in group.trainers)
    return total


def last_days(problem: Problem, plan: Plan) -> dict[str, date]:
    """The last training day of every team that has one."""
    found: dict[str, date] = {}
    for group in plan.groups:
        last = max(days_of(problem.part[group.part], group.start))
        for person_id in group.people:
            team = problem.person[person_id].team
            found[team] = max(found.get(team, last), last)
    return found


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """For a database field; dates as ISO text."""
    data = asdict(plan)
    for group in data["groups"]:
        group["start"] = group["start"].isoformat()
    for meeting in data["meetings"]:
        meeting["due"], meeting["day"] = meeting["due"].isoformat(), meeting["day"].isoformat()
    return data


def plan_from_json(data: dict[str, Any]) -> Plan:
    """The reverse of `plan_to_json`."""
    groups = tuple(
        PlannedGroup(
            part=row["part"],
            number=row["number"],
            start=date.fromisoformat(row["start"]),
            half=row["half"],
            room=row["room"],
            trainers=tuple(row["trainers"]),
            people=tuple(row["people"]),
        )
        for row in data["groups"]
    )
    meetings = tuple(
        PlannedMeeting(
            team=row["team"],
            months=row["months"],
            due=date.fromisoformat(row["due"]),
            day=date.fromisoformat(row["day"]),
            half=row["half"],
            expert=row["expert"],
        )
        for row in data["meetings"]
    )
    return Plan(groups=groups, meetings=meetings, cost=data["cost"], bound=data["bound"])
