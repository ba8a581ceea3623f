"""Act 6: a plan for the crisis teams in the coming months, found by the planner itself."""

from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from courses.models import CoursePage
from demo.acts.people import by_account
from lms.domain.plan_question import PartChoice, ProgrammeChoices, RoomChoice, create_plan
from lms.domain.plan_runs import execute_run, request_run
from lms.domain.plans import Move, loaded, move_group, moved
from lms.domain.queries.cohorts import trainers_today
from lms.models import ProgrammePlan, Session
from people.models import Team


def plan_programme() -> None:
    """Half a day for everybody in the mobile teams, then three days for two of each."""
    # After everything that is planned already: a trainer leads one group at a time.
    last = Session.objects.aggregate(last=Max("ends_at"))["last"]
    first_day = max(timezone.localdate() + timedelta(days=45), timezone.localdate(last) + timedelta(days=7))
    trainers = tuple(trainers_today().values_list("pk", flat=True))
    plan = create_plan(
        actor=by_account("netwerk"),
        choices=ProgrammeChoices(
            name="Crisisteams, volgend seizoen",
            first_day=first_day,
            last_day=first_day + timedelta(days=105),
            share_away=0.5,
            team_ids=tuple(Team.objects.values_list("pk", flat=True)),
            parts=(
                _part("crisisteams-halve-dag", days=0.5, max_group=12, per_team=None, after=False),
                _part("basiskennis-ppimh", days=3, max_group=8, per_team=2, after=True),
            ),
            trainer_ids=trainers,
            rooms=(
                RoomChoice(name="De Kolk", region="Regio Gent", capacity=20),
                RoomChoice(name="Het Ven", region="Kempen", capacity=16),
                RoomChoice(name="De Oever", region="Regio Brugge", capacity=16),
            ),
            months_after=(3, 6),
            expert_ids=trainers,
        ),
    )
    run = request_run(plan_id=plan.pk, actor=by_account("netwerk"), seconds=5, launch=False)
    execute_run(run.pk)
    _moved_by_hand(plan)


def _moved_by_hand(plan: ProgrammePlan) -> None:
    """The office puts one group on another half day: a second version to compare with."""
    version = plan.versions.first()
    if version is None:
        return
    problem, found = loaded(version)
    for group in found.groups:
        move = Move(
            key=group.key, start=group.start, half=1 - group.half, room=group.room, trainers=group.trainers
        )
        if problem.part[group.part].half_days == 1 and not moved(problem, found, move)[1]:
            move_group(version_id=version.pk, actor=by_account("netwerk"), move=move)
            return


def _part(slug: str, *, days: float, max_group: int, per_team: int | None, after: bool) -> PartChoice:
    return PartChoice(
        course_id=CoursePage.objects.get(slug=slug).pk,
        days=days,
        spacing_days=7,
        max_group=max_group,
        trainers=1,
        groups=None,
        per_team=per_team,
        after_previous=after,
    )
