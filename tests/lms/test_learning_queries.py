"""How many queries learning takes: the same with one course as with three, with one lesson or many.

Transaction control (BEGIN, SAVEPOINT) is not counted. What is counted holds the person and, where a page shows
menus, their roles; with SECOND_FACTOR_REQUIRED every page reads the roles, one more.
"""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.api import get_lesson, get_outline, mark_check
from courses.domain.publish import publish_course
from lms import api
from lms.domain.activities import launch_activity
from lms.models import Enrolment
from media.models import PackageVersion
from tests.factories.courses import add_lesson, add_module, make_course, make_text_block
from tests.factories.lms import (
    RIGHT,
    WRONG,
    as_form,
    deliver_completions,
    make_activity_block,
    make_learner,
    make_learning_course,
    make_package,
)
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

BASE = "/mijn/leren/cursus-1/"
CHECK = f"{BASE}les-3/toets/cursus-1-toets/"


@pytest.fixture(params=[1, 3])
def learner(request, client):
    """Somebody in one or in three courses, the first with an activity."""
    make_package()
    person = UserFactory()
    for number in range(1, request.param + 1):
        make_learning_course(f"cursus-{number}", activity=number == 1)
        make_learner(f"cursus-{number}", person)
    client.force_login(person)
    for path in ("", "les-1/", "les-2/", "les-3/"):
        client.get(BASE + path)
    client.get(CHECK)
    # Versions are read once per process; what is counted below is what every request costs.
    mark_check(Enrolment.objects.get(course__slug="cursus-1").version_id, "cursus-1-toets", {})
    api.desk_learning(person.pk)
    return client


def count(call):
    """Statements that one call takes, without those that begin and end transactions."""
    with CaptureQueriesContext(connection) as captured:
        answer = call()
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")
    statements = [item["sql"] for item in captured if not item["sql"].startswith(control)]
    return len(statements), answer, statements


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("", 4),  # person, roles, enrolment, work
        ("les-3/", 3),  # a lesson shows no menu, so no roles
        ("les-1/", 4),  # and remember the lesson
        ("les-2/", 5),  # and the package
        ("les-3/toets/cursus-1-toets/", 3),  # person, enrolment, attempts
    ],
)
def test_pages(learner, path, queries):
    found, answer, statements = count(lambda: learner.get(BASE + path))
    assert answer.status_code == 200
    assert found == queries, statements


def test_saving_an_answer(learner):
    first = count(lambda: learner.post(f"{CHECK}antwoord/", as_form({"vraag-1": ["a"]})))
    again = count(lambda: learner.post(f"{CHECK}antwoord/", as_form({"vraag-2": ["a"]})))
    assert (first[0], again[0]) == (4, 3), (first, again)


def test_handing_in(learner):
    learner.post(f"{CHECK}antwoord/", as_form({"vraag-1": ["a"]}))
    failed = count(lambda: learner.post(CHECK, as_form(WRONG)))
    learner.post(f"{CHECK}antwoord/", as_form({"vraag-1": ["a"]}, number=2))
    passed = count(lambda: learner.post(CHECK, as_form(RIGHT, number=2)))
    assert (failed[0], passed[0]) == (4, 5), (failed, passed)


def test_marking_a_lesson(learner):
    found, answer, statements = count(lambda: learner.post(f"{BASE}les-1/klaar/"))
    assert answer.status_code == 302
    assert found == 4, statements  # person, enrolment, mark, work


def test_saving_a_reflection(learner):
    url = f"{BASE}les-2/reflectie/cursus-1-stilstaan/"
    accept = {"accept": "application/json"}
    first = count(lambda: learner.post(url, {"tekst": "a", "versie": "0"}, headers=accept))
    again = count(lambda: learner.post(url, {"tekst": "b", "versie": "1"}, headers=accept))
    assert (first[0], again[0]) == (4, 4), (first, again)


def test_statement_and_state(learner):
    enrolment = Enrolment.objects.get(course__slug="cursus-1")
    outline = get_outline(enrolment.version_id)
    block = next(block for block in get_lesson(outline.version_id, "les-2").blocks if block.kind == "h5p")
    launch = launch_activity(
        enrolment=enrolment,
        outline=outline,
        lesson_slug="les-2",
        activity_id=block.id,
        package_version_id=block.data["package_version_id"],
        state=None,
    )

    def send(verb):
        body = {"verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"}, "object": {"id": launch.activity}}
        url = "/mijn/leren/activiteit/verklaring/"
        return learner.post(url, json.dumps({"token": launch.token, "statement": body}), "application/json")

    def state():
        body = json.dumps({"token": launch.token, "state": "{}"})
        return learner.post("/mijn/leren/activiteit/stand/", body, "application/json")

    found = [count(call) for call in (lambda: send("attempted"), state, state, lambda: send("completed"))]
    assert all(answer.status_code == 200 for _number, answer, _statements in found)
    # person, enrolment with its attempt, record; a first state tries an update twice before it inserts. PostgreSQL
    # takes enrolment, record and ending in one.
    expected = [2, 5, 3, 2] if connection.vendor == "postgresql" else [3, 5, 3, 4]
    assert [number for number, _answer, _statements in found] == expected, found


@pytest.mark.parametrize("lessons", [1, 12])
def test_a_statement_that_moves_or_completes_a_course_stays_under_six(client, lessons):
    """What completes the course: the outbox is told, and does the rest after the commit."""
    make_package()
    course = make_course(
        "oefeningen", complete_lessons=False, complete_checks=False, complete_activities=True
    )
    module = add_module(course)
    for number in range(lessons):
        add_lesson(module, f"les-{number}", [make_text_block(), make_activity_block(f"oefening-{number}")])
    publish_course(course=course)
    enrolment = make_learner("oefeningen")
    client.force_login(enrolment.person)
    outline = get_outline(enrolment.version_id)
    found = []
    for number in range(lessons):
        launch = launch_activity(
            enrolment=enrolment,
            outline=outline,
            lesson_slug=f"les-{number}",
            activity_id=f"oefening-{number}",
            package_version_id=PackageVersion.objects.get().pk,
            state=None,
        )
        said = {
            "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
            "object": {"id": launch.activity},
        }
        body = json.dumps({"token": launch.token, "statement": said})
        found.append(
            count(
                lambda body=body: client.post("/mijn/leren/activiteit/verklaring/", body, "application/json")
            )
        )
    assert all(answer.status_code == 200 for _number, answer, _statements in found)
    # PostgreSQL: person and claim. What may be the last step: person, claim that waits, claim, marks, outbox.
    moves, completes = (2, 5) if connection.vendor == "postgresql" else (5, 6)
    numbers = [number for number, _answer, _statements in found]
    # SQLite: person, claim, marks; and the outbox. A first state is inserted after an update found none.
    extra = 0 if connection.vendor == "postgresql" else 1
    assert numbers == [moves + extra] * (lessons - 1) + [completes + extra], found
    assert not Enrolment.objects.get().is_completed
    deliver_completions()
    assert Enrolment.objects.get().is_completed


def test_desk_takes_two_for_any_number_of_courses(learner):
    person = Enrolment.objects.first().person
    found, desk, statements = count(lambda: api.desk_learning(person.pk))
    assert found == 2, statements  # work, appointments
    assert len(desk.courses) == Enrolment.objects.count()


def test_facts_take_two_for_anybody(learner):
    people = [Enrolment.objects.first().person_id, UserFactory().pk, UserFactory().pk]
    found, facts, statements = count(lambda: api.learning_facts_bulk(people))
    assert found == 2, statements
    assert list(facts) == people


@pytest.mark.parametrize("courses", [1, 50])
def test_desk_course_and_lesson_with_one_or_fifty_courses(client, courses):
    """The issue's bound is 15. The first visit fills what is kept per process, the second is what is counted."""
    person = UserFactory()
    for number in range(1, courses + 1):
        course = make_course(f"cursus-{number}")
        add_lesson(add_module(course), "les-1", [make_text_block()])
        publish_course(course=course)
        make_learner(f"cursus-{number}", person)
    client.force_login(person)
    paths = ("/mijn/", BASE, f"{BASE}les-1/")
    found = {}
    for path in paths:
        client.get(path)
        number, answer, statements = count(lambda path=path: client.get(path))
        assert answer.status_code == 200
        found[path] = (number, statements)
    desk, course_page, lesson = (number for number, _statements in found.values())
    # PostgreSQL keeps what it worked out until a row changes, so a second visit may cost less.
    assert desk == 11 or (desk < 11 and connection.vendor == "postgresql"), found
    assert (course_page, lesson) == (4, 3), found
