"""Changing a plan by hand, and going back to an earlier version."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ledger.api import record_audit, ref
from lms.domain.plan_runs import add_version
from lms.domain.planning.checking import BrokenRule, broken_rules
from lms.domain.planning.plan import Plan, plan_from_json, plan_to_json, travel_cost
from lms.domain.planning.problem import Problem
from lms.domain.planning.reading import read_problem
from lms.enums import PlanOrigin
from lms.exceptions import PlanError
from lms.models import PlanVersion, ProgrammePlan
from people.api import User


@dataclass(frozen=True, kw_only=True)
class Move:
    """Where somebody puts a group; `pin` keeps it there in later searches."""

    key: str
    start: date
    half: int
    room: str
    trainers: tuple[str, ...]
    pin: bool = False


def loaded(version: PlanVersion) -> tuple[Problem, Plan]:
    """Question and answer of a version."""
    return read_problem(version.question), plan_from_json(version.result)


def moved(problem: Problem, plan: Plan, move: Move) -> tuple[Plan, tuple[BrokenRule, ...]]:
    """The plan with one group elsewhere, and the rules it then breaks. Raises PlanError (unknown)."""
    try:
        group = plan.group(move.key)
    except KeyError as error:
        raise PlanError("unknown", _("Deze groep bestaat niet in dit plan.")) from error
    if move.room not in problem.room or any(one not in problem.trainer for one in move.trainers):
        raise PlanError("unknown", _("Kies een zaal en trainers uit de lijst."))
    half = move.half if problem.part[group.part].half_days == 1 else 0
    changed = replace(group, start=move.start, half=half, room=move.room, trainers=move.trainers)
    after = plan.with_group(changed)
    after = replace(after, cost=travel_cost(problem, after))
    return after, broken_rules(problem, after)


@transaction.atomic
def move_group(*, version_id: int, actor: User, move: Move) -> PlanVersion:
    """A new version with one group elsewhere; broken rules may stay for now, publishing refuses them.

    Raises PlanError: unknown, published, outdated (somebody made a newer version).
    """
    version = newest(version_id)
    problem, plan = loaded(version)
    after, _rules = moved(problem, plan, move)
    question = version.question
    pins = [row for row in question.get("pins", []) if f"{row['part']}-{row['group']:02d}" != move.key]
    if move.pin:
        group = after.group(move.key)
        pins.append(
            {
                "part": group.part,
                "group": group.number,
                "start": group.start.isoformat(),
                "half": "pm" if group.half else "am",
                "room": group.room,
                "trainers": list(group.trainers),
            }
        )
    question = {**question, "pins": pins}
    ProgrammePlan.objects.filter(pk=version.plan_id).update(question=question)
    made = add_version(
        plan=version.plan,
        origin=PlanOrigin.HAND,
        question=question,
        result=plan_to_json(after),
        actor=actor,
        note=move.key,
    )
    record_audit(verb="plan.moved", subject=ref(version.plan), actor=actor, data={"version": made.number})
    return made


@transaction.atomic
def go_back(*, version_id: int, actor: User) -> PlanVersion:
    """An earlier version becomes the newest again, as a new one. Raises PlanError (published)."""
    version = PlanVersion.objects.select_related("plan").get(pk=version_id)
    _refuse_published(version.plan)
    ProgrammePlan.objects.filter(pk=version.plan_id).update(question=version.question)
    made = add_version(
        plan=version.plan,
        origin=PlanOrigin.BACK,
        question=version.question,
        result=version.result,
        actor=actor,
        note=str(version.number),
    )
    record_audit(verb="plan.went_back", subject=ref(version.plan), actor=actor, data={"version": made.number})
    return made


def newest(version_id: int) -> PlanVersion:
    """The version, when it is the newest of a plan not yet published. Raises PlanError (published, outdated)."""
    version = PlanVersion.objects.select_related("plan").get(pk=version_id)
    ProgrammePlan.objects.select_for_update(of=("self",)).get(pk=version.plan_id)
    _refuse_published(version.plan)
    if PlanVersion.objects.filter(plan_id=version.plan_id, number__gt=version.number).exists():
        raise PlanError(
            "outdated", _("Iemand maakte intussen een nieuwere versie. Kijk die eerst na en probeer opnieuw.")
        )
    return version


def _refuse_published(plan: ProgrammePlan) -> None:
    if plan.published_at is not None:
        raise PlanError("published", _("Dit plan is al gepubliceerd. Pas de groepen zelf aan."))
