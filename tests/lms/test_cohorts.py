"""Cohorts and sessions: what can be made and changed, seats, and what the course page and agenda show."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from courses.domain.extras import cohort_dates
from lms.domain.attendance import check_in
from lms.domain.cohort_triggers import TRIGGERS, missing, remove, restore_after_migrate
from lms.domain.cohorts import CohortPlan, change_cohort, create_cohort, join_cohort
from lms.domain.queries.cohorts import cohort_lines, session_lines, trainers_today, upcoming_public_sessions
from lms.domain.queries.ties import tied_people
from lms.domain.sessions import SessionPlan, cancel_session, change_session, plan_session
from lms.enums import WaitingState
from lms.exceptions import CohortError
from lms.models import Cohort, Enrolment, Session, WaitingEntry
from people.models import RoleGrant
from tests.factories.courses import make_published_course
from tests.factories.lms_cohorts import (
    CohortFactory,
    GroupFactory,
    SessionFactory,
    at,
    enrolled,
    make_trainer,
    members_of,
)
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def refusal(call, **kwargs) -> str:
    with pytest.raises(CohortError) as caught:
        call(**kwargs)
    return caught.value.code


def cohort_plan(course_id: int, **changes) -> CohortPlan:
    facts = {
        "course_id": course_id,
        "name": "Gent, voorjaar",
        "capacity": 12,
        "starts_on": date(2027, 3, 1),
        "ends_on": date(2027, 3, 20),
    }
    return CohortPlan(**{**facts, **changes})


def session_plan(trainer, **changes) -> SessionPlan:
    facts = {
        "title": "Dag 1",
        "starts_at": at(2, 9),
        "ends_at": at(2, 12),
        "place": "De Kolk",
        "trainer_ids": (trainer.pk,),
    }
    return SessionPlan(**{**facts, **changes})


def test_every_trigger_is_in_the_database_and_comes_back():
    assert missing(connection) == set()
    remove(connection)
    assert missing(connection) == {trigger.name for trigger in TRIGGERS}
    restore_after_migrate(using="default")
    assert missing(connection) == set()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"capacity": 0}, "capacity_too_small"),
        ({"ends_on": date(2027, 2, 28)}, "ends_before_start"),
    ],
)
def test_a_cohort_that_cannot_be(changes, code):
    course = CohortFactory().course_id
    assert refusal(create_cohort, actor=None, plan=cohort_plan(course, **changes)) == code


def test_the_database_refuses_capacity_zero_and_end_before_start():
    cohort = CohortFactory()
    for change in ({"capacity": 0}, {"ends_on": cohort.starts_on - timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Cohort.objects.filter(pk=cohort.pk).update(**change)


def test_create_and_change_a_cohort():
    trainer = make_trainer()
    course = CohortFactory().course_id
    cohort = create_cohort(actor=trainer, plan=cohort_plan(course))
    assert list(Cohort.objects.manageable_by(trainer.pk)) == [cohort]
    changed = change_cohort(
        cohort_id=cohort.pk, actor=trainer, plan=cohort_plan(course, capacity=8, name="Aalst")
    )
    assert (changed.name, changed.capacity) == ("Aalst", 8)


def test_a_cohort_does_not_shrink_below_its_members_nor_away_from_its_sessions():
    session = SessionFactory()
    cohort = session.cohort
    for _ in range(2):
        enrolled(cohort)
    dates = {"starts_on": cohort.starts_on, "ends_on": cohort.ends_on}
    small = cohort_plan(cohort.course_id, capacity=1, **dates)
    assert refusal(change_cohort, cohort_id=cohort.pk, actor=None, plan=small) == "capacity_too_small"
    away = cohort_plan(cohort.course_id, starts_on=date(2035, 1, 1), ends_on=date(2035, 1, 2))
    assert refusal(change_cohort, cohort_id=cohort.pk, actor=None, plan=away) == "sessions_outside"
    with pytest.raises(IntegrityError), transaction.atomic():
        Cohort.objects.filter(pk=cohort.pk).update(capacity=1)


def test_a_seat_only_in_a_cohort_of_the_course_that_is_not_over_or_full():
    cohort = CohortFactory(capacity=1)
    enrolment = enrolled(CohortFactory(course=cohort.course))
    other_course = make_published_course("andere-cursus").course_page_id
    elsewhere = CohortFactory(course_id=other_course)
    over = CohortFactory(course=cohort.course, ends_on=timezone.localdate() - timedelta(days=1))
    assert refusal(join_cohort, enrolment=enrolment, cohort_id=elsewhere.pk) == "cohort_missing"
    assert refusal(join_cohort, enrolment=enrolment, cohort_id=0) == "cohort_missing"
    assert refusal(join_cohort, enrolment=enrolment, cohort_id=over.pk) == "cohort_over"
    join_cohort(enrolment=enrolment, cohort_id=cohort.pk)
    join_cohort(enrolment=enrolment, cohort_id=cohort.pk)
    late = enrolled(CohortFactory(course=cohort.course))
    assert refusal(join_cohort, enrolment=late, cohort_id=cohort.pk) == "cohort_full"
    assert list(Enrolment.objects.filter(cohort=cohort)) == [enrolment]


def test_the_database_refuses_one_too_many():
    cohort = CohortFactory(capacity=1)
    first = enrolled(cohort)
    with pytest.raises(IntegrityError), transaction.atomic():
        enrolled(cohort)
    other = enrolled(CohortFactory(course=cohort.course))
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.filter(pk=other.pk).update(cohort=cohort)
    first.withdrawn_at = timezone.now()
    first.save()
    Enrolment.objects.filter(pk=other.pk).update(cohort=cohort)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.filter(pk=first.pk).update(withdrawn_at=None)


def test_plan_a_session():
    trainer, cohort = make_trainer(), CohortFactory()
    session = plan_session(cohort_id=cohort.pk, actor=trainer, plan=session_plan(trainer))
    assert (session.minutes, session.sequence) == (180, 0)
    assert list(session.trainers.all()) == [trainer]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_at": at(2, 9)}, "ends_before_start"),
        ({"starts_at": at(60, 9), "ends_at": at(60, 12)}, "outside_cohort"),
        ({"place": ""}, "place_missing"),
        ({"trainer_ids": ()}, "no_trainer"),
        ({"trainer_ids": (0,)}, "not_a_trainer"),
    ],
)
def test_a_session_that_cannot_be(changes, code):
    trainer, cohort = make_trainer(), CohortFactory()
    plan = session_plan(trainer, **changes)
    assert refusal(plan_session, cohort_id=cohort.pk, actor=trainer, plan=plan) == code


def test_a_learner_is_no_trainer_and_two_sessions_do_not_overlap():
    trainer, cohort = make_trainer(), CohortFactory()
    learner = enrolled(cohort).person
    plan = session_plan(learner)
    assert refusal(plan_session, cohort_id=cohort.pk, actor=trainer, plan=plan) == "not_a_trainer"
    plan_session(cohort_id=cohort.pk, actor=trainer, plan=session_plan(trainer))
    again = session_plan(trainer, starts_at=at(2, 11), ends_at=at(2, 13))
    assert refusal(plan_session, cohort_id=cohort.pk, actor=trainer, plan=again) == "overlaps"


def test_changes_raise_the_sequence_only_when_a_calendar_must_know():
    trainer, second, cohort = make_trainer(), make_trainer(), CohortFactory()
    session = plan_session(cohort_id=cohort.pk, actor=trainer, plan=session_plan(trainer))
    facts = {"session_id": session.pk, "actor": trainer}
    both = session_plan(trainer, trainer_ids=(trainer.pk, second.pk))
    assert change_session(plan=both, **facts).sequence == 0
    assert set(session.trainers.all()) == {trainer, second}
    moved = session_plan(trainer, starts_at=at(2, 10))
    assert change_session(plan=moved, **facts).sequence == 1
    cancel_session(**facts)
    cancel_session(**facts)
    session.refresh_from_db()
    assert (session.sequence, session.is_cancelled) == (2, True)
    assert refusal(change_session, plan=moved, **facts) == "cancelled"


def test_a_session_with_presence_is_not_moved_or_called_off():
    trainer = make_trainer()
    session = SessionFactory(trainers=[trainer])
    person = enrolled(session.cohort).person
    check_in(session_id=session.pk, person=person)
    facts = {"session_id": session.pk, "actor": trainer}
    assert refusal(change_session, plan=session_plan(trainer), **facts) == "moved_after_attendance"
    assert refusal(cancel_session, **facts) == "moved_after_attendance"
    RoleGrant.objects.create(user=person, role="trainer")
    same_time = session_plan(
        trainer, starts_at=session.starts_at, ends_at=session.ends_at, trainer_ids=(person.pk,)
    )
    assert refusal(change_session, plan=same_time, **facts) == "trainer_was_present"


def test_course_page_lists_coming_public_cohorts():
    cohort = CohortFactory(capacity=3)
    SessionFactory(cohort=cohort, starts_at=at(3), place="Huis Noord, Aalst")
    enrolled(cohort)
    CohortFactory(course=cohort.course, is_public=False)
    CohortFactory(course=cohort.course, ends_on=timezone.localdate() - timedelta(days=1))
    found = cohort_dates([cohort.course_id])[cohort.course_id]
    assert [(line.cohort_id, line.place, line.places_left) for line in found] == [
        (cohort.pk, "Huis Noord, Aalst", 2)
    ]


def test_a_seat_that_is_offered_to_somebody_is_not_free_for_the_public():
    cohort = CohortFactory(capacity=3)
    SessionFactory(cohort=cohort, starts_at=at(3))
    enrolled(cohort)
    soon = timezone.now() + timedelta(hours=5)
    for until in (soon, soon - timedelta(hours=9)):
        WaitingEntry.objects.create(
            cohort=cohort,
            person=UserFactory(),
            state=WaitingState.OFFERED,
            offered_at=until,
            offer_until=until,
        )
    WaitingEntry.objects.create(cohort=cohort, person=UserFactory())
    assert cohort_dates([cohort.course_id])[cohort.course_id][0].places_left == 1
    assert upcoming_public_sessions()[0].seats_left == 1


def test_public_sessions_hide_the_link_and_what_is_called_off():
    cohort = CohortFactory(capacity=3)
    enrolled(cohort)
    session = SessionFactory(
        cohort=cohort, starts_at=at(3), place="", kind="online", online_url="https://meet.example/geheim"
    )
    gone = SessionFactory(cohort=cohort, starts_at=at(4))
    cancel_session(session_id=gone.pk, actor=None)
    SessionFactory(cohort=CohortFactory(course=cohort.course, is_public=False), starts_at=at(3))
    SessionFactory(cohort=cohort, starts_at=at(-3))
    (line,) = upcoming_public_sessions()
    assert (line.session_id, line.online_url, line.seats_left) == (session.pk, "online", 2)
    assert line.url == "/cursussen/basiscursus/"
    assert upcoming_public_sessions(limit=0) == ()


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_with_one_and_three(number, django_assert_num_queries):
    trainer = make_trainer()
    for _ in range(number):
        session = SessionFactory(trainers=[trainer], starts_at=timezone.now() + timedelta(hours=1))
        enrolled(session.cohort)
    with django_assert_num_queries(3):
        assert len(session_lines(Session.objects.all())) == number
    with django_assert_num_queries(2):
        assert len(cohort_lines(Cohort.objects.manageable_by(trainer.pk))) == number
    with django_assert_num_queries(3):
        assert len(upcoming_public_sessions()) == number
    course = Cohort.objects.first().course_id
    with django_assert_num_queries(2):
        assert len(cohort_dates([course])[course]) == number


def test_trainers_today_leaves_out_an_ended_mandate():
    trainer = make_trainer()
    ended = make_trainer()
    RoleGrant.objects.filter(user=ended).update(
        valid_from=timezone.localdate() - timedelta(days=9),
        valid_until=timezone.localdate() - timedelta(days=1),
    )
    assert list(trainers_today()) == [trainer]


def test_tied_people():
    trainer = make_trainer()
    session = SessionFactory(trainers=[trainer])
    person, mate = enrolled(session.cohort).person, enrolled(session.cohort).person
    stranger = enrolled(CohortFactory(course=session.cohort.course)).person
    group = GroupFactory(people=[person, *(enrolled(CohortFactory()).person for _ in range(3))])
    tied = tied_people(person.pk)
    assert tied.cohort_mates == {mate.pk}
    assert tied.intervision_mates == {peer.pk for peer in members_of(group)} - {person.pk}
    assert tied.trainers == {trainer.pk}
    assert tied_people(trainer.pk).learners == {person.pk, mate.pk}
    assert stranger.pk not in tied.everyone


def test_today_is_the_day_of_brussels():
    with time_machine.travel("2027-01-10 23:30:00+00:00", tick=False):  # 00.30 on the 11th in Brussels
        session = SessionFactory(starts_at=at(0, 9))
        assert timezone.localdate(session.starts_at) == date(2027, 1, 11)
        assert list(Session.objects.today()) == [session]


def test_public_pages_hear_of_seats_and_of_sessions_called_off(django_capture_on_commit_callbacks):
    from cms.domain.page_cache import generation

    session = SessionFactory(starts_at=at(3))
    enrolment = enrolled(CohortFactory(course=session.cohort.course))
    before = generation()
    with django_capture_on_commit_callbacks(execute=True):
        join_cohort(enrolment=enrolment, cohort_id=session.cohort_id)
    seated = generation()
    with django_capture_on_commit_callbacks(execute=True):
        cancel_session(session_id=session.pk, actor=None)
    assert before < seated < generation()
