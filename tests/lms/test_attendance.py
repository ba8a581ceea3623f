"""Attendance: who may record what, when, and what the rows look like afterwards."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from courses.domain.publish import publish_course
from courses.models import CoursePage
from ledger.models import AuditEntry
from lms.domain.attendance import check_in, close_list, correct, record_by_list
from lms.domain.queries.attendance import attendance_share, attendance_shares, present_count, roster
from lms.domain.sessions import cancel_session
from lms.enums import AttendanceMethod, AttendanceState
from lms.exceptions import AttendanceError
from lms.models import Attendance, SessionTrainer
from people.enums import Role
from tests.factories.courses import add_lesson, add_module, make_course
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, at, enrolled, make_trainer
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

PRESENT, ABSENT = AttendanceState.PRESENT, AttendanceState.ABSENT


@pytest.fixture
def trainer():
    return make_trainer(first_name="Truus")


@pytest.fixture
def session(trainer):
    return SessionFactory(trainers=[trainer])


@pytest.fixture
def learner(session):
    return enrolled(session.cohort, first_name="Lies").person


def refusal(call, **kwargs) -> str:
    with pytest.raises(AttendanceError) as caught:
        call(**kwargs)
    return caught.value.code


def rows(session) -> list[tuple]:
    return list(
        Attendance.objects.filter(session=session).order_by("pk").values_list("person_id", "state", "method")
    )


def test_check_in_writes_one_row_with_the_server_clock(session, learner):
    before = timezone.now()
    first = check_in(session_id=session.pk, person=learner, device="d")
    again = check_in(session_id=session.pk, person=learner, device="d")
    assert (first.created, again.created) == (True, False)
    assert again.attendance.pk == first.attendance.pk
    assert before <= first.attendance.received_at <= timezone.now()
    assert rows(session) == [(learner.pk, "present", "qr")]
    assert AuditEntry.objects.filter(verb="attendance.recorded").count() == 1


def test_check_in_only_for_the_enrolled(session):
    assert refusal(check_in, session_id=session.pk, person=UserFactory()) == "not_enrolled"


def test_check_in_after_leaving_the_course(session):
    enrolment = enrolled(session.cohort)
    enrolment.withdrawn_at = timezone.now()
    enrolment.save()
    assert refusal(check_in, session_id=session.pk, person=enrolment.person) == "not_enrolled"


@pytest.mark.parametrize(
    ("starts_in", "code"),
    [
        (timedelta(minutes=61), "too_early"),
        (timedelta(days=1), "too_early"),
        (timedelta(hours=-3, minutes=-31), "too_late"),
        (timedelta(days=-2), "too_late"),
    ],
)
def test_check_in_outside_the_window(starts_in, code):
    with time_machine.travel(at(0, 13, 0), tick=False):
        session = SessionFactory(starts_at=timezone.now() + starts_in)
        learner = enrolled(session.cohort).person
        assert refusal(check_in, session_id=session.pk, person=learner) == code
    assert rows(session) == []


def test_a_trainer_has_no_attendance_at_their_own_session(session, trainer):
    enrolled(session.cohort, person=trainer)
    other = make_trainer()
    assert refusal(check_in, session_id=session.pk, person=trainer) == "own_session"
    assert (
        refusal(record_by_list, session_id=session.pk, person_id=trainer.pk, state=PRESENT, trainer=other)
        == "own_session"
    )


def test_the_database_refuses_a_trainer_as_participant(session, trainer):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(
            session=session,
            person=trainer,
            state=PRESENT,
            method=AttendanceMethod.LIST,
            recorded_by=make_trainer(),
        )


def test_the_database_refuses_a_participant_as_trainer(session, learner):
    check_in(session_id=session.pk, person=learner)
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionTrainer.objects.create(session=session, trainer=learner)


@pytest.mark.parametrize("method", [AttendanceMethod.LIST, AttendanceMethod.CORRECTION])
def test_the_database_refuses_a_list_entry_about_oneself(session, learner, method):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(
            session=session, person=learner, state=PRESENT, method=method, recorded_by=learner, reason="x"
        )


def test_the_database_refuses_a_second_first_row_and_a_branch(session, learner, trainer):
    first = check_in(session_id=session.pk, person=learner).attendance
    row = {"session": session, "person": learner, "method": "list", "recorded_by": trainer}
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(state=ABSENT, **row)
    Attendance.objects.create(state=ABSENT, replaces=first, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(state=PRESENT, replaces=first, **row)


def test_the_database_refuses_a_row_that_replaces_somebody_elses(session, learner, trainer):
    first = check_in(session_id=session.pk, person=learner).attendance
    other = enrolled(session.cohort).person
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(
            session=session, person=other, state=PRESENT, method="list", recorded_by=trainer, replaces=first
        )


def test_rows_cannot_be_changed_or_removed(session, learner):
    row = check_in(session_id=session.pk, person=learner).attendance
    for statement in ("UPDATE lms_attendance SET state = 'absent'", "DELETE FROM lms_attendance"):
        with (
            pytest.raises(Exception, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert Attendance.objects.get().pk == row.pk


def test_the_list_toggles_by_adding_rows(session, learner, trainer):
    facts = {"session_id": session.pk, "person_id": learner.pk, "trainer": trainer}
    assert record_by_list(state=PRESENT, **facts).created
    assert not record_by_list(state=PRESENT, **facts).created
    assert record_by_list(state=ABSENT, **facts).created
    check_in(session_id=session.pk, person=learner)
    assert rows(session) == [
        (learner.pk, "present", "list"),
        (learner.pk, "absent", "list"),
        (learner.pk, "present", "qr"),
    ]
    assert present_count(session.pk) == 1


def test_the_list_opens_on_the_day_itself(trainer):
    session = SessionFactory(starts_at=at(1), trainers=[trainer])
    person = enrolled(session.cohort).person
    assert (
        refusal(record_by_list, session_id=session.pk, person_id=person.pk, state=PRESENT, trainer=trainer)
        == "too_early"
    )


def test_a_called_off_session_has_no_attendance(session, learner, trainer):
    cancel_session(session_id=session.pk, actor=trainer)
    assert refusal(check_in, session_id=session.pk, person=learner) == "cancelled"


def test_after_closing_only_a_second_person_with_a_reason(session, learner, trainer):
    staff = UserFactory(roles=[Role.NETWORK_STAFF])
    facts = {"session_id": session.pk, "person_id": learner.pk, "state": PRESENT}
    assert refusal(correct, reason="vergeten", actor=staff, **facts) == "not_closed"
    assert close_list(session_id=session.pk, actor=trainer) is True
    assert close_list(session_id=session.pk, actor=staff) is False
    assert refusal(check_in, session_id=session.pk, person=learner) == "closed"
    assert refusal(record_by_list, trainer=staff, **facts) == "closed"
    assert refusal(correct, reason="vergeten", actor=trainer, **facts) == "second_person"
    assert refusal(correct, reason="  ", actor=staff, **facts) == "reason_missing"
    assert correct(reason="stond in de file", actor=staff, **facts).created
    assert not correct(reason="nog eens", actor=staff, **facts).created
    assert rows(session) == [(learner.pk, "present", "correction")]
    session.refresh_from_db()
    assert session.closed_by_id == trainer.pk


def test_the_database_refuses_the_closer_after_closing(session, learner, trainer):
    close_list(session_id=session.pk, actor=trainer)
    row = {"session": session, "person": learner, "state": PRESENT, "recorded_by": trainer, "reason": "x"}
    for method in (AttendanceMethod.LIST, AttendanceMethod.CORRECTION):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendance.objects.create(method=method, **row)


def test_a_list_closes_only_once_it_has_begun(trainer):
    session = SessionFactory(starts_at=timezone.now() + timedelta(minutes=5))
    assert refusal(close_list, session_id=session.pk, actor=trainer) == "too_early"


def test_share_of_time_without_called_off_sessions(trainer):
    cohort = CohortFactory()
    long = SessionFactory(cohort=cohort, trainers=[trainer])
    short = SessionFactory(cohort=cohort, starts_at=at(2), ends_at=at(2, 14, 30))
    gone = SessionFactory(cohort=cohort, starts_at=at(3))
    cancel_session(session_id=gone.pk, actor=None)
    enrolment, other = enrolled(cohort), enrolled(cohort)
    assert attendance_share(enrolment) == 0
    check_in(session_id=long.pk, person=enrolment.person)
    assert (long.minutes, short.minutes) == (180, 60)
    assert attendance_share(enrolment) == 75
    both = {row.pk: (cohort.pk, row.person_id) for row in (enrolment, other)}
    assert attendance_shares(both) == {enrolment.pk: 75, other.pk: 0}


def test_share_without_cohort_asks_nothing(django_assert_num_queries):
    enrolment = enrolled(CohortFactory())
    with django_assert_num_queries(1):
        assert attendance_share(enrolment) == 0
    enrolment.cohort = None
    with django_assert_num_queries(0):
        assert attendance_share(enrolment) == 0


@pytest.mark.parametrize("number", [1, 3])
def test_roster_needs_three_queries(number, session, django_assert_num_queries):
    for position in range(number):
        check_in(session_id=session.pk, person=enrolled(session.cohort).person, device=f"d{position}")
    with django_assert_num_queries(3):
        found = roster(session)
    assert (found.present, found.total, found.waiting) == (number, number, 0)


def test_roster_marks_two_people_on_one_device_and_keeps_who_left(session):
    first, second, third = (enrolled(session.cohort, first_name=name) for name in ("An", "Bo", "Cas"))
    check_in(session_id=session.pk, person=first.person, device="zelfde")
    check_in(session_id=session.pk, person=second.person, device="zelfde")
    check_in(session_id=session.pk, person=third.person, device="ander")
    third.withdrawn_at, third.cohort = timezone.now(), None
    third.save()
    found = roster(session)
    assert [(line.name.split()[0], line.same_device, line.by_code) for line in found.lines] == [
        ("An", True, True),
        ("Bo", True, True),
        ("Cas", False, True),
    ]


def test_presence_completes_a_course_that_asks_attendance_only():
    page = make_course("dag", complete_lessons=False, complete_checks=False, complete_attendance=100)
    add_lesson(add_module(page))
    publish_course(course=CoursePage.objects.get(pk=page.pk))
    session = SessionFactory(cohort=CohortFactory(course=page))
    enrolment = enrolled(session.cohort)
    check_in(session_id=session.pk, person=enrolment.person)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None
    close_list(session_id=session.pk, actor=make_trainer())
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
