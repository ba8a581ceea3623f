"""Act: a day last month that counts at several registers, with people who came late or left early; one file is sent."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from courses.models import CourseAccreditation, CoursePage
from demo.acts.cohorts import CRISIS, _cohort
from demo.acts.people import by_account, crowd
from demo.clock import at, moment
from lms.domain.attendance import check_in, check_out, close_list, record_by_list
from lms.domain.enrolment import enrol
from lms.domain.register_files import make_file, note_receipt
from lms.domain.session_approvals import ApprovalPlan, set_approvals
from lms.domain.sessions import SessionPlan, plan_session
from lms.enums import AttendanceState, ReceiptKind
from lms.models import Enrolment, Session
from people.models import Profession, ProfessionalProfile, User

MIDWIVES = "hoe-gaat-het-echt"
PHYSICIANS = "physician_riziv"


#: Course, profession, points. Invented: the page says so by the name of the scheme.
GRANTS = (
    (MIDWIVES, "midwife", "2"),
    (MIDWIVES, "nurse", "2"),
    (CRISIS, "midwife", "4"),
    (CRISIS, "physician", "4"),
    (CRISIS, "psychologist", "3.5"),
)


def grant_points() -> None:
    """What courses bring professions that count points, from long ago until the end of next year."""
    today = timezone.localdate()
    for slug, profession, points in GRANTS:
        CourseAccreditation.objects.create(
            course=CoursePage.objects.get(slug=slug),
            profession=Profession.objects.get(key=profession),
            scheme="Voorbeeld van een register in deze demo",
            points=Decimal(points),
            valid_from=today.replace(month=1, day=1) - timedelta(days=365),
            valid_until=today.replace(year=today.year + 1, month=12, day=31),
        )


def report_to_registers() -> None:
    """Last month: a half day for midwives and physicians; the midwives' file is sent, the physicians' waits."""
    days = -(timezone.localdate().day + 4)
    physicians = list(User.objects.filter(profile__profession__key="physician").order_by("pk"))
    # Midwives who do not apply: one of the physicians reads dossiers.
    members = [by_account("deelnemer"), *crowd("midwife")[:2], *physicians]
    for place, person in enumerate(physicians[:-1] or physicians):
        ProfessionalProfile.objects.filter(user=person).update(riziv_number=invented_number(place))
    with at(moment(days - 20)):
        cohort = _cohort(
            slug=CRISIS, name="Signalen samen lezen", days=days, last=days, region="regio-gent", capacity=20
        )
        session = plan_session(
            cohort_id=cohort.pk,
            actor=by_account("trainer"),
            plan=SessionPlan(
                title="Halve dag voor de eerste lijn",
                starts_at=moment(days, 13),
                ends_at=moment(days, 17),
                trainer_ids=(by_account("trainer").pk,),
                place="Huis van de Buurt, grote zaal",
            ),
        )
        members = _join(cohort.pk, members)
        plans = [ApprovalPlan(PHYSICIANS, Decimal(4), "26004711", is_ethics=True)]
        set_approvals(session_id=session.pk, plans=plans, actor=by_account("netwerk"))
    _come_and_go(session, members)
    with at(session.ends_at + timedelta(days=2)):
        file, _content = make_file(
            register="midwife",
            month=timezone.localdate(session.starts_at).replace(day=1),
            actor=by_account("netwerk"),
        )
        note_receipt(file_id=file.pk, kind=ReceiptKind.SENT, reference="", actor=by_account("netwerk"))
        note_receipt(
            file_id=file.pk, kind=ReceiptKind.RECEIVED, reference="ONTVANGST-318", actor=by_account("netwerk")
        )


def _join(cohort_id: int, members: list[User]) -> list[User]:
    """Give a seat to everybody who does not follow this course yet, or has no group in it; returns who sits."""
    seated = []
    for person in members:
        open_one = Enrolment.objects.current().filter(person=person, course__slug=CRISIS).first()
        if open_one is None or open_one.cohort_id is None:
            enrol(person=person, course_slug=CRISIS, cohort_id=cohort_id)
            seated.append(person)
    return seated


def _come_and_go(session: Session, members: list[User]) -> None:
    """Most scan; the last one comes late, the one before leaves early, one is ticked by the trainer."""
    trainer = by_account("trainer")
    scanning, listed = members[:-1], members[-1]
    for place, person in enumerate(scanning):
        with at(session.starts_at - timedelta(minutes=9 - place)):
            check_in(session_id=session.pk, person=person)
    for place, person in enumerate(scanning):
        early = timedelta(minutes=40) if place == len(scanning) - 1 else timedelta(minutes=2)
        with at(session.ends_at - early):
            check_out(session_id=session.pk, person=person)
    with at(session.ends_at + timedelta(minutes=10)):
        record_by_list(
            session_id=session.pk,
            person_id=listed.pk,
            state=AttendanceState.PRESENT,
            trainer=trainer,
            arrived_at=session.starts_at + timedelta(minutes=25),
        )
        close_list(session_id=session.pk, actor=trainer)


def invented_number(place: int) -> str:
    """A number that is nobody's, with check digits that fit and a qualification of 000."""
    base = 900_000 + place
    return f"{base}{97 - base % 97:02d}000"
