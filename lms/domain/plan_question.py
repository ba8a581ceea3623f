"""From choices on the screen to a planning question: teams, courses, trainers and rooms of this site."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.api import courses_by_ids
from ledger.api import record_audit, ref
from lms.domain.planning.fields import PlanningInputError
from lms.domain.planning.reading import read_problem
from lms.exceptions import PlanError
from lms.models import ProgrammePlan
from people.api import ReferenceRegion, Team, User, team_members

Period = tuple[date, date]


@dataclass(frozen=True, kw_only=True)
class PartChoice:
    """One part: `per_team` people of each team follow it, None means everybody; `groups` None: as few as fit."""

    course_id: int
    days: float
    spacing_days: int
    max_group: int
    trainers: int
    groups: int | None
    per_team: int | None
    after_previous: bool


@dataclass(frozen=True, kw_only=True)
class RoomChoice:
    """A place with its region's name and seats."""

    name: str
    region: str
    capacity: int


@dataclass(frozen=True, kw_only=True)
class ProgrammeChoices:
    """What staff fill in. `absences` are periods of trainers and experts by id, days included."""

    name: str
    first_day: date
    last_day: date
    share_away: float
    team_ids: tuple[int, ...]
    parts: tuple[PartChoice, ...]
    trainer_ids: tuple[int, ...]
    rooms: tuple[RoomChoice, ...]
    trainer_days: float | None = None
    mix_teams: bool = True
    free_days: tuple[Period, ...] = ()
    months_after: tuple[int, ...] = ()
    expert_ids: tuple[int, ...] = ()
    absences: dict[int, list[Period]] = field(default_factory=dict)


@transaction.atomic
def create_plan(*, actor: User, choices: ProgrammeChoices) -> ProgrammePlan:
    """Keep a question. Raises PlanError: course_missing, nobody, unreadable (with all mistakes)."""
    courses = courses_by_ids([part.course_id for part in choices.parts])
    if len(courses) < len({part.course_id for part in choices.parts}):
        raise PlanError("course_missing", _("Een van de cursussen bestaat niet meer. Kies een andere."))
    parts = [
        _part(number, part, courses[part.course_id].title) for number, part in enumerate(choices.parts, 1)
    ]
    question = {
        "name": choices.name,
        "window": {"start": choices.first_day.isoformat(), "end": choices.last_day.isoformat()},
        "holidays": _periods(choices.free_days),
        "rules": {"max_share_away": choices.share_away, "mix_teams": choices.mix_teams},
        "parts": parts,
        "rooms": [
            {"id": f"zaal-{number}", "name": room.name, "region": room.region, "capacity": room.capacity}
            for number, room in enumerate(choices.rooms, 1)
        ],
        "trainers": _leaders(choices.trainer_ids, choices, max_days=choices.trainer_days),
        "experts": _leaders(choices.expert_ids, choices, max_days=None),
        "intervision": {"months_after": list(choices.months_after)},
        **_teams(choices),
    }
    if not question["people"]:
        raise PlanError("nobody", _("In deze teams zit vandaag niemand. Kies andere teams."))
    try:
        read_problem(question)
    except PlanningInputError as error:
        raise PlanError("unreadable", " ".join(error.problems)) from error
    plan = ProgrammePlan.objects.create(
        name=choices.name,
        question=question,
        courses={str(row["id"]): part.course_id for row, part in zip(parts, choices.parts, strict=True)},
        created_by=actor,
    )
    record_audit(verb="plan.created", subject=ref(plan), actor=actor)
    return plan


@transaction.atomic
def add_absences(*, plan_id: int, actor: User, absences: dict[int, list[Period]]) -> ProgrammePlan:
    """Note that trainers or experts are away, for a search that follows. Raises PlanError (published)."""
    plan = ProgrammePlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    if plan.published_at is not None:
        raise PlanError("published", _("Dit plan is al gepubliceerd. Pas de groepen zelf aan."))
    for row in [*plan.question["trainers"], *plan.question["experts"]]:
        row["unavailable"] = [*row.get("unavailable", []), *_periods(absences.get(int(row["id"]), ()))]
    plan.question["people"] = _still_there(plan.question["people"])
    plan.save(update_fields=["question"])
    record_audit(verb="plan.absences", subject=ref(plan), actor=actor, data={"people": len(absences)})
    return plan


def _part(number: int, part: PartChoice, title: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": f"deel-{number}",
        "name": title,
        "days": 0.5 if part.days == 0.5 else int(part.days),
        "spacing_days": part.spacing_days,
        "max_group": part.max_group,
        "trainers": part.trainers,
        "after": [f"deel-{number - 1}"] if part.after_previous and number > 1 else [],
    }
    if part.groups is not None:
        row["groups"] = part.groups
    return row


def _periods(periods: Sequence[Period]) -> list[dict[str, str]]:
    return [{"from": first.isoformat(), "to": last.isoformat()} for first, last in periods]


def _leaders(
    ids: tuple[int, ...], choices: ProgrammeChoices, *, max_days: float | None
) -> list[dict[str, Any]]:
    """Trainers or experts with the region of their profile, else that of none."""
    people = User.objects.filter(pk__in=ids, is_active=True).select_related("profile__region").order_by("pk")
    rows = []
    for person in people:
        profile = getattr(person, "profile", None)
        region = profile.region.name if profile is not None and profile.region else _("geen vaste regio")
        row = {
            "id": str(person.pk),
            "name": person.get_full_name(),
            "region": region,
            "unavailable": _periods(choices.absences.get(person.pk, ())),
        }
        if max_days is not None:
            row["max_days"] = max_days
        rows.append(row)
    return rows


def _teams(choices: ProgrammeChoices) -> dict[str, Any]:
    """Teams with region and province, and who follows what; a part with a number takes the same people."""
    found = (
        Team.objects.filter(pk__in=choices.team_ids)
        .select_related("organisation__region__province")
        .order_by("name")
    )
    members = team_members([team.pk for team in found], on=timezone.localdate())
    provinces = {}
    teams, people = [], []
    for team in found:
        region = team.organisation.region
        place = region.name if region else _("geen vaste regio")
        if region and region.province:
            provinces[region.name] = region.province.name
        ids = members.get(team.pk, ())
        teams.append({"id": str(team.pk), "name": team.name, "region": place, "members": len(ids)})
        for place_in_team, person_id in enumerate(ids):
            parts = [
                f"deel-{number}"
                for number, part in enumerate(choices.parts, 1)
                if part.per_team is None or place_in_team < part.per_team
            ]
            people.append({"id": str(person_id), "team": str(team.pk), "parts": parts})
    return {"teams": teams, "people": _once(people), "provinces": provinces | _provinces(choices.rooms)}


def _once(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Somebody in two teams is planned with the first of them."""
    seen: set[str] = set()
    found = []
    for row in people:
        if row["id"] not in seen:
            seen.add(row["id"])
            found.append(row)
    return found


def _provinces(rooms: tuple[RoomChoice, ...]) -> dict[str, str]:
    names = {room.region for room in rooms}
    rows = ReferenceRegion.objects.filter(name__in=names, province__isnull=False).select_related("province")
    return {row.name: row.province.name for row in rows if row.province}


def _still_there(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without who left the team or closed the account since the question was made."""
    by_team: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in people:
        by_team[int(row["team"])].append(row)
    members = team_members(list(by_team), on=timezone.localdate())
    return [row for team, rows in by_team.items() for row in rows if int(row["id"]) in members.get(team, ())]


def gone_since(plan: ProgrammePlan) -> frozenset[str]:
    """Ids of people in the question who left their team or closed their account. One query."""
    there = {row["id"] for row in _still_there(plan.question["people"])}
    return frozenset(row["id"] for row in plan.question["people"] if row["id"] not in there)
