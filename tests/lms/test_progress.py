"""Marking lessons, completing a course once, and where to go on."""

import pytest
from django.db import IntegrityError, transaction

from ledger.models import AuditEntry
from lms.domain.checks import CheckAddress, hand_in
from lms.domain.completion import complete_if_due
from lms.domain.lessons import continue_with
from lms.domain.progress import mark_lesson
from lms.domain.records import append_record
from lms.enums import AttestedBy, RecordKind
from lms.exceptions import EnrolmentError, LmsError
from lms.models import Enrolment, LearningRecord, LessonProgress
from lms.signals import course_completed
from tests.factories.lms import RIGHT, make_learner, make_learning_course
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

BASE = "/mijn/leren/kleine-signalen/"


@pytest.fixture
def enrolment():
    make_learning_course()
    return make_learner()


@pytest.fixture
def learner(client, enrolment):
    client.force_login(enrolment.person)
    return client


@pytest.fixture
def announced():
    heard = []

    def listen(sender, **facts):
        facts.pop("signal")
        heard.append(facts)

    course_completed.connect(listen)
    yield heard
    course_completed.disconnect(listen)


def mark(enrolment, *lessons):
    for lesson in lessons:
        found = mark_lesson(person=enrolment.person, course_slug="kleine-signalen", lesson_slug=lesson)
    return found


def pass_check(enrolment):
    address = CheckAddress(enrolment.person_id, "kleine-signalen", "les-3", "kleine-signalen-toets")
    return hand_in(address=address, number=1, given=RIGHT)


def test_marking_twice_is_once(enrolment):
    mark(enrolment, "les-1", "les-1")
    assert LessonProgress.objects.count() == 1


def test_last_lesson_completes_once_and_is_announced(enrolment, announced):
    mark(enrolment, "les-1", "les-2")
    pass_check(enrolment)
    assert mark(enrolment, "les-3").completed_now is True
    assert mark(enrolment, "les-3").completed_now is False
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
    assert announced == [{"enrolment_id": enrolment.pk, "person_id": enrolment.person_id}]
    assert LearningRecord.objects.filter(kind=RecordKind.COURSE).count() == 1
    assert AuditEntry.objects.filter(verb="enrolment.completed").count() == 1


def test_check_after_reading_completes_too(enrolment, announced):
    marked = mark(enrolment, "les-1", "les-2", "les-3")
    assert (marked.waits_for_check, marked.completed_now) == (True, False)
    assert pass_check(enrolment).completed_now is True
    assert len(announced) == 1


def test_receiver_that_fails_undoes_the_completion(enrolment):
    def refuse(sender, **facts):
        raise RuntimeError("no certificate today")

    course_completed.connect(refuse)
    try:
        mark(enrolment, "les-1", "les-2", "les-3")
        with pytest.raises(RuntimeError), transaction.atomic():
            pass_check(enrolment)
    finally:
        course_completed.disconnect(refuse)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None
    assert LearningRecord.objects.count() == 0


def test_database_refuses_a_second_completion(enrolment):
    mark(enrolment, "les-1", "les-2", "les-3")
    pass_check(enrolment)
    with pytest.raises(IntegrityError), transaction.atomic():
        append_record(
            person_id=enrolment.person_id,
            enrolment_id=enrolment.pk,
            kind=RecordKind.COURSE,
            attested_by=AttestedBy.SERVER,
            verb="x",
            object_id="y",
        )


def test_withdrawn_enrolment_never_completes(enrolment, announced):
    mark(enrolment, "les-1", "les-2", "les-3")
    pass_check(enrolment)
    Enrolment.objects.update(completed_at=None)
    enrolment.refresh_from_db()
    from django.utils import timezone

    enrolment.withdrawn_at = timezone.now()
    announced.clear()
    assert complete_if_due(enrolment).met is True
    assert announced == []


def test_attendance_holds_up_a_blended_course():
    make_learning_course(complete_attendance=100, form="blended")
    enrolment = make_learner()
    mark(enrolment, "les-1", "les-2", "les-3")
    assert pass_check(enrolment).completed_now is False


def test_unknown_lesson_and_stranger_are_refused(enrolment):
    with pytest.raises(LmsError) as unknown:
        mark(enrolment, "les-99")
    assert unknown.value.code == "lesson_unknown"
    with pytest.raises(EnrolmentError):
        mark_lesson(person=UserFactory(), course_slug="kleine-signalen", lesson_slug="les-1")


def test_klaar_goes_to_the_next_lesson_and_at_the_end_to_the_course(learner):
    assert learner.post(f"{BASE}les-1/klaar/")["Location"] == f"{BASE}les-2/"
    assert learner.post(f"{BASE}les-3/klaar/")["Location"] == BASE
    assert learner.get(f"{BASE}les-1/klaar/")["Location"] == f"{BASE}les-1/"
    assert learner.post(f"{BASE}les-99/klaar/").status_code == 404


def test_lesson_page_offers_the_check_before_going_on(learner):
    page = learner.get(f"{BASE}les-3/").content.decode()
    assert f'href="{BASE}les-3/toets/kleine-signalen-toets/"' in page
    assert "Klaar, ga verder" not in page
    assert "Klaar, ga verder" in learner.get(f"{BASE}les-1/").content.decode()


def test_course_page_goes_on_where_the_learner_left(learner, enrolment):
    learner.get(f"{BASE}les-2/")
    page = learner.get(BASE).content.decode()
    assert "Hier was je gebleven:" in page
    assert f'class="button button--large" href="{BASE}les-2/"' in page


def test_course_page_after_completion(learner, enrolment):
    mark(enrolment, "les-1", "les-2", "les-3")
    pass_check(enrolment)
    page = learner.get(BASE).content.decode()
    assert "Je rondde deze cursus af op" in page
    assert "/mijn/getuigschriften/" in page
    assert "Schrijf me uit" not in page


@pytest.mark.parametrize(
    ("done", "last", "goal"),
    [
        ((), "", "les-1"),
        ((), "les-2", "les-2"),
        (("les-2",), "les-2", "les-3"),
        (("les-2", "les-3"), "les-3", "les-1"),
        (("les-1",), "verdwenen", "les-2"),
        (("les-1", "les-2", "les-3"), "les-3", None),
    ],
)
def test_continue_with(done, last, goal):
    found = continue_with(make_learning_course(), frozenset(done), last)
    assert (found.slug if found else None) == goal


@pytest.mark.parametrize("path", ["les-99/", "les-1/x/", "toets/"])
def test_unknown_lesson_is_a_404(learner, path):
    assert learner.get(BASE + path).status_code == 404


def test_unknown_course_is_a_404(learner):
    assert learner.get("/mijn/leren/bestaat-niet/").status_code == 404
    assert learner.get("/mijn/leren/bestaat-niet/les-1/").status_code == 404
    assert learner.get("/mijn/leren/")["Location"] == "/mijn/"


def test_not_enrolled_gets_a_friendly_page(client, enrolment):
    client.force_login(UserFactory())
    for path in ("", "les-1/"):
        answer = client.get(BASE + path)
        assert answer.status_code == 200
        assert "Schrijf me in" in answer.content.decode()
