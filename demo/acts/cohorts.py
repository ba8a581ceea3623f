"""Act 3: days with others, in the past, today and to come."""

from datetime import timedelta

from django.utils import timezone

from courses.models import CoursePage
from demo.acts.people import by_account, crowd
from demo.clock import at, moment
from lms.domain.attendance import close_list, record_by_list
from lms.domain.cohorts import CohortPlan, create_cohort
from lms.domain.enrolment import enrol
from lms.domain.reflections import save_reflection
from lms.domain.sessions import SessionPlan, plan_session
from lms.domain.sharing import share_reflection
from lms.enums import AttendanceState
from lms.models import Cohort, Session
from people.models import ReferenceRegion, User

CRISIS = "crisisteams-halve-dag"
THREE_DAYS = "basiskennis-ppimh"
SITUATIONS = (
    "Een avondbezoek, een vader die niet sliep. De baby lag in de kamer ernaast en ik ben niet gaan kijken. "
    "Nu zou ik vragen of we samen even mogen gaan zien.",
    "Een zwangere vrouw met veel angst. We spraken een uur, en niemand vroeg naar de partner.",
    "Een baby die heel stil was. Ik vond dat toen rustig. Graag bespreken hoe je dat verschil ziet.",
)


def hold_cohorts() -> None:
    """Past: a half day and a three-day course. Today: a half day under way. To come: two more, one almost full."""
    teams = crowd("crisis_team_member")
    specialists = [*crowd("midwife"), *crowd("psychologist"), *crowd("nurse")[:2]]
    _half_day("Crisisteams, voorjaar", days=-110, region="regio-brugge", members=teams[:9], absent=1)
    _three_days("Basiskennis, reeks 1", days=-190, region="regio-antwerpen", members=specialists, absent=0)
    _today([by_account("deelnemer"), *teams[9:14]])
    _share([by_account("deelnemer"), *teams[9:12]])
    _half_day("Crisisteams, winter", days=24, region="oost-brabant", members=teams[14:], absent=0)
    _three_days("Basiskennis, reeks 2", days=38, region="regio-gent", members=crowd("nurse")[2:], absent=0)


def _share(people: list[User]) -> None:
    """Before today's half day some write down a visit, and give their trainer a copy to prepare with."""
    lesson, reflection = "de-baby-in-beeld", "mijn-situatie"
    for person, text in zip(people, SITUATIONS, strict=False):
        with at(moment(-1, 20)):
            save_reflection(
                person_id=person.pk,
                course_slug=CRISIS,
                lesson_slug=lesson,
                reflection_id=reflection,
                text=text,
                revision=0,
            )
            share_reflection(
                person=person,
                course_slug=CRISIS,
                lesson_slug=lesson,
                reflection_id=reflection,
                trainer_id=by_account("trainer").pk,
            )


def _course(slug: str) -> int:
    return CoursePage.objects.get(slug=slug).pk


def _cohort(*, slug: str, name: str, days: int, last: int, region: str, capacity: int) -> Cohort:
    start, end = moment(days).date(), moment(last).date()
    return create_cohort(
        actor=by_account("netwerk"),
        plan=CohortPlan(
            course_id=_course(slug),
            name=name,
            capacity=capacity,
            starts_on=start,
            ends_on=end,
            region_id=ReferenceRegion.objects.get(slug=region).pk,
        ),
    )


def _join(cohort: Cohort, slug: str, members: list[User]) -> None:
    for person in members:
        enrol(person=person, course_slug=slug, cohort_id=cohort.pk)


def _half_day(name: str, *, days: int, region: str, members: list[User], absent: int) -> None:
    with at(moment(min(days - 30, -2))):
        cohort = _cohort(
            slug=CRISIS, name=name, days=days, last=days, region=region, capacity=8 if days > 0 else 20
        )
        session = plan_session(
            cohort_id=cohort.pk,
            actor=by_account("trainer"),
            plan=SessionPlan(
                title="Halve dag crisisteams",
                starts_at=moment(days, 13),
                ends_at=moment(days, 17),
                trainer_ids=(by_account("trainer").pk,),
                place="Vormingszaal De Oever",
            ),
        )
        _join(cohort, CRISIS, members)
    if days < 0:
        _note(session, members, absent)


def _three_days(name: str, *, days: int, region: str, members: list[User], absent: int) -> None:
    sessions = []
    with at(moment(min(days - 40, -4))):
        cohort = _cohort(slug=THREE_DAYS, name=name, days=days, last=days + 14, region=region, capacity=20)
        for number, offset in enumerate((0, 7, 14), start=1):
            plan = SessionPlan(
                title=f"Dag {number} van 3",
                starts_at=moment(days + offset, 9, 30),
                ends_at=moment(days + offset, 16, 30),
                trainer_ids=(by_account("trainer").pk,),
                place="Ziekenhuis De Brug, aula",
            )
            sessions.append(plan_session(cohort_id=cohort.pk, actor=by_account("trainer"), plan=plan))
        _join(cohort, THREE_DAYS, members)
    if days < 0:
        for session in sessions:
            _note(session, members, absent)


def _today(members: list[User]) -> None:
    """A half day that is going on right now: the list and the QR code work at once."""
    hour = timezone.localtime().hour
    with at(moment(-12)):
        cohort = _cohort(
            slug=CRISIS, name="Crisisteams, vandaag", days=0, last=0, region="regio-gent", capacity=20
        )
        begins = moment(0, min(max(hour - 1, 0), 19), 30)
        plan = SessionPlan(
            title="Halve dag crisisteams",
            starts_at=begins,
            ends_at=begins + timedelta(hours=4),
            trainer_ids=(by_account("trainer").pk,),
            place="Huis van de Buurt, grote zaal",
        )
        plan_session(cohort_id=cohort.pk, actor=by_account("trainer"), plan=plan)
        _join(cohort, CRISIS, members)


def _note(session: Session, members: list[User], absent: int) -> None:
    """The trainer notes who was there, and closes the list."""
    trainer = by_account("trainer")
    with at(session.ends_at - timedelta(minutes=20)):
        for place, person in enumerate(members):
            state = AttendanceState.ABSENT if place < absent else AttendanceState.PRESENT
            record_by_list(session_id=session.pk, person_id=person.pk, state=state, trainer=trainer)
    with at(session.ends_at + timedelta(minutes=30)):
        close_list(session_id=session.pk, actor=trainer)
