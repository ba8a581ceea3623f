"""Starting, leaving and coming back to a course."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.models import AuditEntry
from lms.domain.enrolment import enrol, withdraw
from lms.domain.progress import mark_lesson
from lms.exceptions import EnrolmentError
from lms.models import Enrolment
from tests.factories.courses import add_lesson, make_course
from tests.factories.lms import RIGHT, as_form, make_learner, make_learning_course
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def verbs(prefix="enrolment"):
    return list(
        AuditEntry.objects.filter(verb__startswith=prefix).order_by("number").values_list("verb", flat=True)
    )


def test_enrol_twice_is_one_enrolment_of_the_newest_version():
    outline = make_learning_course()
    person = UserFactory()
    first = enrol(person=person, course_slug="kleine-signalen")
    assert enrol(person=person, course_slug="kleine-signalen").pk == first.pk
    assert first.version_id == outline.version_id
    assert verbs() == ["enrolment.created"]


def test_enrolment_stays_with_its_version_when_the_course_changes():
    from courses.domain.publish import publish_course
    from courses.models import CoursePage, ModulePage

    make_learning_course()
    old = make_learner()
    add_lesson(ModulePage.objects.get(), "les-4")
    newer = publish_course(course=CoursePage.objects.get())
    again = enrol(person=old.person, course_slug="kleine-signalen")
    new = make_learner()
    assert again.version_id == old.version_id != newer.version_id
    assert new.version_id == newer.version_id


def test_withdraw_and_return_keeps_the_work():
    make_learning_course()
    enrolment = make_learner()
    mark_lesson(person=enrolment.person, course_slug="kleine-signalen", lesson_slug="les-1")
    withdraw(person=enrolment.person, course_slug="kleine-signalen")
    withdraw(person=enrolment.person, course_slug="kleine-signalen")
    back = make_learner(person=enrolment.person)
    assert back.pk == enrolment.pk
    assert back.lesson_progress.count() == 1
    assert verbs() == ["enrolment.created", "enrolment.withdrawn", "enrolment.reopened"]


@pytest.mark.parametrize("slug", ["bestaat-niet", "kale-cursus"])
def test_enrol_refuses_what_is_not_open(slug):
    make_course("kale-cursus")
    with pytest.raises(EnrolmentError) as refused:
        enrol(person=UserFactory(), course_slug=slug)
    assert refused.value.code == ("course_missing" if slug == "bestaat-niet" else "course_not_open")


def test_database_refuses_a_second_open_enrolment():
    make_learning_course()
    enrolment = make_learner()
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(
            person=enrolment.person, course_id=enrolment.course_id, version_id=enrolment.version_id
        )


@pytest.mark.django_db(transaction=True)
def test_double_click_from_two_devices_is_one_enrolment():
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once need a database server; the in-memory SQLite of tests has one")
    make_learning_course()
    person = UserFactory()

    def click(_number):
        try:
            return enrol(person=person, course_slug="kleine-signalen").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(click, range(4)))
    assert len(found) == 1
    assert verbs() == ["enrolment.created"]


def test_page_shows_the_rule_before_the_start(client):
    make_learning_course()
    client.force_login(UserFactory())
    page = client.get("/cursussen/kleine-signalen/inschrijven/").content.decode()
    assert "Je doorloopt alle lessen, in je eigen tempo." in page
    assert "Schrijf me in" in page
    assert Enrolment.objects.count() == 0


def test_enrolling_leads_to_the_course_and_twice_is_once(client):
    make_learning_course()
    client.force_login(UserFactory())
    for _ in range(2):
        answer = client.post("/cursussen/kleine-signalen/inschrijven/")
        assert (answer.status_code, answer["Location"]) == (302, "/mijn/leren/kleine-signalen/")
    assert Enrolment.objects.count() == 1
    assert client.get("/cursussen/kleine-signalen/inschrijven/").status_code == 302


@pytest.mark.parametrize("group", ["999", "x", "-1", "9" * 30, ""])
def test_odd_group_choices_never_break(client, group):
    make_learning_course()
    client.force_login(UserFactory())
    answer = client.post("/cursussen/kleine-signalen/inschrijven/", {"groep": group})
    assert answer.status_code == (409 if group == "999" else 302)
    assert Enrolment.objects.count() == (0 if group == "999" else 1)


def test_group_is_chosen_while_enrolling(client):
    from tests.factories.lms_cohorts import CohortFactory

    outline = make_learning_course()
    cohort = CohortFactory(course_id=outline.course_page_id)
    person = UserFactory()
    client.force_login(person)
    assert cohort.name in client.get("/cursussen/kleine-signalen/inschrijven/").content.decode()
    client.post("/cursussen/kleine-signalen/inschrijven/", {"groep": str(cohort.pk)})
    assert Enrolment.objects.get(person=person).cohort_id == cohort.pk


def test_completed_course_cannot_be_left(client):
    make_learning_course()
    enrolment = make_learner()
    client.force_login(enrolment.person)
    base = "/mijn/leren/kleine-signalen/"
    client.post(f"{base}les-3/toets/kleine-signalen-toets/", as_form(RIGHT))
    for lesson in ("les-1", "les-2", "les-3"):
        client.post(f"{base}{lesson}/klaar/")
    answer = client.post(f"{base}uitschrijven/", follow=True)
    enrolment.refresh_from_db()
    assert enrolment.withdrawn_at is None
    assert "als bewijs" in answer.content.decode()


def test_leaving_shows_the_way_back(client):
    make_learning_course()
    enrolment = make_learner()
    client.force_login(enrolment.person)
    assert client.post("/mijn/leren/kleine-signalen/uitschrijven/").status_code == 302
    assert "Schrijf me in" in client.get("/mijn/leren/kleine-signalen/").content.decode()


def test_course_page_button_knows_where_somebody_stands():
    from lms.domain.queries.standing import person_state

    outline = make_learning_course()
    enrolment = make_learner()
    assert person_state(UserFactory().pk, outline.course_page_id) is None
    assert person_state(enrolment.person_id, outline.course_page_id).label == "Begin met de eerste les"
    Enrolment.objects.update(last_lesson="les-2")
    state = person_state(enrolment.person_id, outline.course_page_id)
    assert (state.label, state.url) == ("Ga verder", "/mijn/leren/kleine-signalen/les-2/")
