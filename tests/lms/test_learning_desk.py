"""What the floors above hear about learning: the desk and the facts for a dossier."""

from decimal import Decimal

import pytest
from django.utils import timezone

from lms import api
from lms.domain.checks import CheckAddress, hand_in
from lms.domain.enrolment import withdraw
from lms.domain.progress import mark_lesson
from lms.models import Enrolment
from tests.factories.lms import RIGHT, make_learner, make_learning_course
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def finish(enrolment, slug):
    for lesson in ("les-1", "les-2", "les-3"):
        mark_lesson(person=enrolment.person, course_slug=slug, lesson_slug=lesson)
    hand_in(address=CheckAddress(enrolment.person_id, slug, "les-3", f"{slug}-toets"), number=1, given=RIGHT)


def test_empty_desk():
    desk = api.desk_learning(UserFactory().pk)
    assert desk == api.DeskLearning(None, (), ())


def test_desk_goes_on_with_the_course_opened_last(client):
    person = UserFactory()
    for slug in ("eerste", "tweede"):
        make_learning_course(slug)
        make_learner(slug, person)
    client.force_login(person)
    client.get("/mijn/leren/tweede/les-1/")
    client.get("/mijn/leren/eerste/les-2/")
    client.post("/mijn/leren/eerste/les-2/klaar/")
    desk = api.desk_learning(person.pk)
    assert [course.slug for course in desk.courses] == ["eerste", "tweede"]
    goal = desk.continue_with
    assert (goal.percent, goal.done, goal.total, goal.minutes_left) == (33, 1, 3, 10)
    assert (goal.next_lesson_title, goal.next_url) == ("Les les-3", "/mijn/leren/eerste/les-3/")


def test_completed_course_is_shown_and_no_longer_gone_on_with():
    make_learning_course("eerste")
    enrolment = make_learner("eerste")
    finish(enrolment, "eerste")
    desk = api.desk_learning(enrolment.person_id)
    assert desk.continue_with is None
    assert (desk.courses[0].percent, desk.courses[0].completed_on) == (100, timezone.localdate())


def test_withdrawn_course_leaves_the_desk():
    make_learning_course("eerste")
    enrolment = make_learner("eerste")
    withdraw(person=enrolment.person, course_slug="eerste")
    assert api.desk_learning(enrolment.person_id).courses == ()


def test_attendance_counts_on_the_desk():
    from lms.domain.attendance import record_by_list
    from lms.enums import AttendanceState
    from tests.factories.lms_cohorts import CohortFactory, SessionFactory, make_trainer

    outline = make_learning_course("samen", complete_attendance=100)
    cohort, trainer = CohortFactory(course_id=outline.course_page_id), make_trainer()
    enrolment = make_learner("samen")
    Enrolment.objects.update(cohort=cohort)
    session = SessionFactory(cohort=cohort, trainers=[trainer])
    assert api.desk_learning(enrolment.person_id).courses[0].percent == 0
    record_by_list(
        session_id=session.pk,
        person_id=enrolment.person_id,
        state=AttendanceState.PRESENT,
        trainer=trainer,
    )
    assert api.desk_learning(enrolment.person_id).courses[0].percent == 50


def test_facts_of_a_completion_come_from_the_version_that_was_followed():
    outline = make_learning_course("eerste", continued_training_hours=3, level="basic")
    enrolment = make_learner("eerste")
    finish(enrolment, "eerste")
    facts = api.learning_facts(enrolment.person_id)
    assert facts.completions == (
        api.CompletionFact(
            enrolment_id=enrolment.pk,
            course_slug="eerste",
            course_title=outline.title,
            level="basic",
            version_number=1,
            completed_on=timezone.localdate(),
            hours=Decimal(3),
        ),
    )
    assert facts.meetings == ()


def test_unfinished_course_is_no_fact():
    make_learning_course("eerste")
    assert api.learning_facts(make_learner("eerste").person_id).completions == ()
