"""Training newcomers in the own team: an ordinary group with sessions, so that hours are credited as everywhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.api import courses_by_ids
from ledger.api import record_audit, ref
from lms.domain.cohorts import CohortPlan, create_cohort
from lms.domain.enrolment import enrol
from lms.domain.queries.duty import duty_rule_on
from lms.domain.sessions import SessionPlan, plan_session
from lms.enums import LicenceKind
from lms.exceptions import DutyError
from lms.models import Cohort, Licence, Session
from people.api import Role, Team, User, team_members


@dataclass(frozen=True, kw_only=True)
class InHousePlan:
    """What a coordinator fills in: the course, when, how long (minutes), who teaches, and which newcomers."""

    course_id: int
    starts_at: datetime
    minutes: int
    trainer_id: int
    co_trainer_id: int | None
    trainee_ids: tuple[int, ...]
    place: str


@transaction.atomic
def plan_in_house(*, team_id: int, actor: User, plan: InHousePlan) -> Cohort:
    """Plan a training in house: a group of the team with one session. The same moment again is once.

    Raises DutyError: nobody, course_missing, licence (the trainer has none that day), co_trainer (who taught together
    too seldom needs an experienced colleague), not_in_team, trainer_learns; and what `plan_session` and `enrol` refuse.
    """
    known = Session.objects.held().filter(cohort__team_id=team_id, starts_at=plan.starts_at).first()
    if known is not None:
        return known.cohort
    day = timezone.localdate(plan.starts_at)
    if not plan.trainee_ids:
        raise DutyError("nobody", _("Kies minstens een collega die de opleiding volgt."))
    course = courses_by_ids([plan.course_id]).get(plan.course_id)
    if course is None:
        raise DutyError("course_missing", _("Deze cursus bestaat niet meer. Kies een andere."))
    _check_trainers(plan)
    if not set(plan.trainee_ids) <= set(team_members([team_id], on=timezone.localdate()).get(team_id, ())):
        raise DutyError("not_in_team", _("Een van deze mensen zit niet (meer) in het team."))
    if {plan.trainer_id, plan.co_trainer_id} & set(plan.trainee_ids):
        raise DutyError("trainer_learns", _("Wie lesgeeft, kan niet ook deelnemer zijn."))
    team = Team.objects.get(pk=team_id)
    cohort = create_cohort(
        actor=actor,
        plan=CohortPlan(
            course_id=plan.course_id,
            name=f"{team.name[:90]}, {day:%d/%m/%Y}",
            capacity=len(plan.trainee_ids),
            starts_on=day,
            ends_on=timezone.localdate(plan.starts_at + timedelta(minutes=plan.minutes)),
            is_public=False,
        ),
    )
    Cohort.objects.filter(pk=cohort.pk).update(team=team)
    trainers = tuple(one for one in (plan.trainer_id, plan.co_trainer_id) if one)
    plan_session(
        cohort_id=cohort.pk,
        actor=actor,
        plan=SessionPlan(
            title=course.title[:160],
            starts_at=plan.starts_at,
            ends_at=plan.starts_at + timedelta(minutes=plan.minutes),
            trainer_ids=trainers,
            place=plan.place,
        ),
    )
    for person in User.objects.filter(pk__in=plan.trainee_ids).order_by("pk"):
        enrol(person=person, course_slug=course.slug, cohort_id=cohort.pk)
    record_audit(
        verb="in_house.planned",
        subject=ref(cohort),
        actor=actor,
        data={"team": team_id, "people": len(plan.trainee_ids)},
    )
    return cohort


def co_taught(person_ids: tuple[int, ...]) -> dict[int, int]:
    """How often each of these people taught a session together with somebody, sessions that are over. One query."""
    shared = (
        Session.objects.held()
        .filter(ends_at__lt=timezone.now())
        .annotate(teachers=Count("session_trainers"))
        .filter(teachers__gte=2)
    )
    through = Session.trainers.through.objects.filter(
        session__in=shared.values("pk"), trainer_id__in=person_ids
    )
    found = dict(through.order_by().values_list("trainer_id").annotate(number=Count("pk")))
    return {person_id: found.get(person_id, 0) for person_id in person_ids}


def _check_trainers(plan: InHousePlan) -> None:
    day = timezone.localdate(plan.starts_at)
    licensed = Licence.objects.on(day).filter(kind=LicenceKind.IN_HOUSE)
    if not licensed.filter(person_id=plan.trainer_id).exists():
        raise DutyError(
            "licence", _("Deze collega heeft op die dag geen licentie om in het team op te leiden.")
        )
    asked = duty_rule_on(day).co_teachings
    if co_taught((plan.trainer_id,))[plan.trainer_id] >= asked:
        return
    if plan.co_trainer_id is None or plan.co_trainer_id == plan.trainer_id:
        raise DutyError(
            "co_trainer",
            _("Deze collega geeft eerst samen met een ervaren trainer les. Kies wie mee lesgeeft."),
        )
    other = User.objects.get(pk=plan.co_trainer_id)
    needs = licensed.filter(person=other).exists() and co_taught((other.pk,))[other.pk] < asked
    if needs or Role.TRAINER not in other.roles:
        raise DutyError("co_trainer", _("Kies een trainer die al vaker lesgaf."))
