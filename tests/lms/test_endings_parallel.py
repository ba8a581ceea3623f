"""The last activities of a course end at one moment on several devices: none is lost, and the course is completed."""

import pytest

from courses.api import get_outline
from courses.domain.publish import publish_course
from ledger.models import OutboxEvent
from lms.domain.activities import launch_activity, read_launch, receive_statement
from lms.domain.completion import COMPLETION_TOPIC
from lms.enums import RecordKind
from lms.models import ActivityState, LearningRecord
from tests.factories.courses import add_lesson, add_module, make_course
from tests.factories.lms import make_activity_block, make_learner, make_package
from tests.parallel import together

pytestmark = pytest.mark.django_db(transaction=True)
ACTIVITIES = 5


@pytest.fixture
def package():
    return make_package()


def begin(package, slug: str):
    """A course of exercises and somebody who has one of each running."""
    course = make_course(slug, complete_lessons=False, complete_checks=False, complete_activities=True)
    module = add_module(course)
    for number in range(ACTIVITIES):
        add_lesson(module, f"les-{number}", [make_activity_block(f"oefening-{number}")])
    publish_course(course=course)
    enrolment = make_learner(slug)
    outline = get_outline(enrolment.version_id)
    launches = [
        launch_activity(
            enrolment=enrolment,
            outline=outline,
            lesson_slug=f"les-{number}",
            activity_id=f"oefening-{number}",
            package_version_id=package.pk,
            state=None,
        )
        for number in range(ACTIVITIES)
    ]
    return enrolment, launches


def end(enrolment, launch):
    """Say that it is done."""
    said = {"verb": {"id": "http://adlnet.gov/expapi/verbs/completed"}, "object": {"id": launch.activity}}
    launched = read_launch(token=launch.token, person_id=enrolment.person_id)
    return receive_statement(launched=launched, raw=said)


@pytest.mark.parametrize("turn", range(3))
def test_the_last_ones_at_once_complete_the_course(many_connections, package, turn):
    enrolment, launches = begin(package, f"samen-{turn}")
    found = together([lambda one=one: end(enrolment, one) for one in launches])
    assert [(one.ended, one.repeated) for one in found] == [(True, False)] * ACTIVITIES
    claims = LearningRecord.objects.filter(enrolment=enrolment, kind=RecordKind.ACTIVITY)
    assert claims.count() == ACTIVITIES
    assert ActivityState.objects.filter(enrolment=enrolment).exclude(ended_at=None).count() == ACTIVITIES
    assert OutboxEvent.objects.filter(topic=COMPLETION_TOPIC).count() == 1
    enrolment.refresh_from_db()
    assert enrolment.is_completed


def test_one_activity_that_ends_on_many_devices_is_one_step(many_connections, package):
    enrolment, launches = begin(package, "eentje")
    together([lambda: end(enrolment, launches[0])] * 4)
    assert LearningRecord.objects.filter(enrolment=enrolment).count() == 4
    assert ActivityState.objects.filter(enrolment=enrolment).exclude(ended_at=None).count() == 1
    assert OutboxEvent.objects.filter(topic=COMPLETION_TOPIC).count() == 0


def test_a_launch_from_before_its_token_named_the_version_still_completes(package):
    enrolment, launches = begin(package, "ouder")
    for launch in launches:
        launched = read_launch(token=launch.token, person_id=enrolment.person_id)
        older = type(launched)(
            launched.claims, launched.enrolment_id, launched.lesson, launched.activity_id, None
        )
        said = {"verb": {"id": "http://adlnet.gov/expapi/verbs/completed"}, "object": {"id": launch.activity}}
        assert receive_statement(launched=older, raw=said).ended
    assert OutboxEvent.objects.filter(topic=COMPLETION_TOPIC).count() == 1
