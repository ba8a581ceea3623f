"""A plan in words and as the document that `plan_programme` prints."""

from typing import Any

from django.utils.translation import gettext as _

from lms.domain.planning.plan import Plan, PlannedGroup, trainer_half_days
from lms.domain.planning.problem import Problem, days_of
from lms.domain.planning.solving import Outcome

HALF = ("am", "pm")


def as_document(problem: Problem, outcome: Outcome) -> dict[str, Any]:
    """`{feasible, groups, trainer_days, intervision, explanation}` with cost, bound and gap beside them."""
    plan = outcome.plan or Plan(groups=())
    return {
        "feasible": outcome.plan is not None and not outcome.obstacles,
        "groups": [_group(problem, group) for group in plan.groups],
        "trainer_days": trainer_half_days(problem, plan) / 2,
        "intervision": [
            {
                "team": meeting.team,
                "months_after": meeting.months,
                "due": meeting.due.isoformat(),
                "date": meeting.day.isoformat(),
                "half": HALF[meeting.half],
                "expert": meeting.expert,
            }
            for meeting in plan.meetings
        ],
        "explanation": explanation(outcome),
        "travel_steps": plan.cost,
        "best_possible": plan.bound,
        "gap": round(plan.gap, 4),
    }


def _group(problem: Problem, group: PlannedGroup) -> dict[str, Any]:
    part = problem.part[group.part]
    half = "day" if part.half_days == 2 else HALF[group.half]
    return {
        "id": group.key,
        "part": group.part,
        "days": [{"date": day.isoformat(), "half": half} for day in days_of(part, group.start)],
        "room": group.room,
        "region": problem.room[group.room].region,
        "trainers": list(group.trainers),
        "people": list(group.people),
        "size": len(group.people),
        "teams": sorted({problem.person[one].team for one in group.people}),
    }


def explanation(outcome: Outcome) -> list[str]:
    """Why it is as it is, a sentence each: how good the plan is, or what stands in the way and what would help."""
    found = [f"{obstacle.message} {obstacle.help}" for obstacle in outcome.obstacles]
    plan = outcome.plan
    if plan is not None and plan.is_proven:
        found.append(_("Dit plan laat iedereen samen zo weinig mogelijk reizen: minder kan niet."))
    elif plan is not None:
        found.append(
            _("Dit plan ligt hoogstens %(share)s %% boven de kortst mogelijke reistijd.")
            % {"share": f"{100 * plan.gap:.1f}".replace(".", ",")}
        )
    return found
