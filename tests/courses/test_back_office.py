"""Editing and publishing a course in the Wagtail admin."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.api import ensure_course_index, latest_version_id
from courses.models import CoursePage, CourseVersion
from people.enums import Role
from tests.factories.courses import add_lesson, add_module, make_course, make_published_course
from tests.factories.people import user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    ensure_course_index()
    person = user_with(Role.AUTHOR)
    client.force_login(person)
    return person


def form_data(**changes):
    data = {
        "title": "Kijken naar baby's",
        "slug": "kijken",
        "subtitle": "",
        "summary": "Kort.",
        "audience": "",
        "goals": streamfield([]),
        "programme": rich_text("<p>Uur per uur</p>"),
        "materials": rich_text(""),
        "level": "basic",
        "form": "online",
        "minutes": "0",
        "days": "0",
        "region": "",
        "illustration": "",
        "complete_lessons": "on",
        "complete_checks": "on",
        "complete_reflections": "0",
        "complete_attendance": "0",
        "continued_training_hours": "0",
        "permanent_education_hours": "0",
        "made_by": "",
        "reviewed_on": "",
        "review_due": "",
    }
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}
    parts = ("comments", "accreditations", "trainer_sheets")
    flat = nested_form_data(data | changes)
    return flat | {f"{part}-{name}": value for part in parts for name, value in empty.items()}


def test_draft_may_be_unfinished(author, client):
    index = ensure_course_index()
    address = reverse("wagtailadmin_pages:add", args=["courses", "coursepage", index.pk])
    response = client.post(address, form_data())
    assert response.status_code == 302
    assert CoursePage.objects.get().live is False


def test_publishing_an_unfinished_course_is_refused_in_words(author, client):
    index = ensure_course_index()
    address = reverse("wagtailadmin_pages:add", args=["courses", "coursepage", index.pk])
    response = client.post(address, form_data() | {"action-publish": "1"})
    assert response.status_code == 200
    assert "Deze cursus heeft nog geen gepubliceerde lessen." in response.content.decode()
    assert not CoursePage.objects.exists()


def test_publishing_makes_a_version_by_the_author(author, client):
    course = make_course("kijken")
    add_lesson(add_module(course))
    address = reverse("wagtailadmin_pages:edit", args=[course.pk])
    response = client.post(address, form_data(title="Kijken") | {"action-publish": "1"})
    assert response.status_code == 302
    version = CourseVersion.objects.get()
    assert (version.published_by, version.outline["title"]) == (author, "Kijken")


def test_rule_of_the_form_counts_not_the_stored_one(author, client):
    course = make_course("kijken", form="in_person", complete_attendance=100)
    address = reverse("wagtailadmin_pages:edit", args=[course.pk])
    response = client.post(address, form_data(form="in_person") | {"action-publish": "1"})
    assert "vraag aanwezigheid" in response.content.decode()
    response = client.post(
        address, form_data(form="in_person", complete_attendance="100") | {"action-publish": "1"}
    )
    assert response.status_code == 302
    assert latest_version_id(course.pk) is not None


def test_review_dates_must_follow_each_other(author, client):
    course = make_course("kijken")
    address = reverse("wagtailadmin_pages:edit", args=[course.pk])
    response = client.post(address, form_data(reviewed_on="2026-10-15", review_due="2026-10-15"))
    assert "Kies een dag na de dag van het nazicht." in response.content.decode()


def test_courses_that_wait_for_each_other_are_refused(author, client):
    first, second = make_course("kijken"), make_course("luisteren")
    second.prerequisites.set([first])
    second.save()
    address = reverse("wagtailadmin_pages:edit", args=[first.pk])
    response = client.post(address, form_data() | {"prerequisites": [str(second.pk)]})
    assert "Deze cursus komt zelf voor Cursus luisteren." in response.content.decode()
    response = client.post(address, form_data() | {"prerequisites": [str(first.pk)]})
    assert "Deze cursus komt zelf voor Cursus kijken." in response.content.decode()


def test_programme_passes_the_allow_list():
    course = make_course(programme="<p>Uur<script>alert(1)</script></p>")
    course.refresh_from_db()
    assert course.programme == "<p>Uur</p>"


@pytest.fixture
def administrator(client):
    person = user_with(Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


def test_a_published_course_cannot_be_thrown_away(administrator, client):
    make_published_course()
    course = CoursePage.objects.get()
    for page in (course, ensure_course_index()):
        assert "deelnemers hebben er een bewijs van" in delete(client, page).content.decode()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{bulk}?id={course.pk}", {"next": "/beheer/"})
    assert CoursePage.objects.filter(pk=course.pk).exists()


def test_a_course_that_was_never_published_may_go(administrator, client):
    course = make_course()
    delete(client, course)
    assert not CoursePage.objects.exists()
