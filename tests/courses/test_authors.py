"""What authors may reach in the back office, and that others reach nothing of it."""

import pytest
from django.urls import reverse

from courses.api import ensure_course_index
from people.enums import Role
from tests.factories.courses import add_lesson, add_module, make_course
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    ensure_course_index()
    person = user_with(Role.AUTHOR)
    client.force_login(person)
    return person


def test_author_works_on_courses(author, client):
    course = make_course()
    lesson = add_lesson(add_module(course))
    index = ensure_course_index()
    for address in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[index.pk]),
        reverse("wagtailadmin_pages:add", args=["courses", "coursepage", index.pk]),
        reverse("wagtailadmin_pages:edit", args=[course.pk]),
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[course.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:add"),
        reverse("wagtaildocs:add"),
    ):
        assert client.get(address).status_code == 200, address


def test_author_may_publish_courses_only(author):
    index = ensure_course_index()
    course = make_course()
    home = index.get_parent()
    assert course.permissions_for_user(author).can_publish()
    assert index.permissions_for_user(author).can_add_subpage()
    assert not home.permissions_for_user(author).can_edit()
    assert not home.permissions_for_user(author).can_add_subpage()
    assert not course.permissions_for_user(author).can_lock()


@pytest.mark.parametrize(
    "name",
    ["wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index", "wagtailadmin_collections:index",
     "wagtailredirects:index", "wagtailadmin_workflows:index"],
)  # fmt: skip
def test_author_reaches_no_settings(author, client, name):
    response = client.get(reverse(name))
    assert response.status_code in (302, 403)
    assert response.status_code == 403 or response["Location"] == reverse("wagtailadmin_home")


def test_author_may_not_move_courses_to_the_home_page(author):
    course = make_course()
    home = ensure_course_index().get_parent()
    assert not course.permissions_for_user(author).can_move_to(home)


@pytest.mark.parametrize(
    "role", [None, Role.TRAINER, Role.TEAM_COORDINATOR, Role.COMMITTEE_MEMBER, Role.NETWORK_STAFF]
)
def test_others_do_not_enter_the_back_office(client, role):
    ensure_course_index()
    client.force_login(user_with(role) if role else UserFactory())
    response = client.get(reverse("wagtailadmin_home"))
    assert response.status_code in (302, 403, 404)
    course = make_course()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).status_code in (302, 403, 404)


def test_anonymous_visitors_are_sent_to_sign_in(client):
    response = client.get("/beheer/", follow=True)
    assert response.redirect_chain[-1][0] == "/account/login/?next=/beheer/"


def test_former_author_loses_everything(author, client):
    from people.domain.roles import end_role

    course = make_course()
    end_role(user=author, role=Role.AUTHOR, ended_by=None)
    author = type(author).objects.get(pk=author.pk)
    assert not course.permissions_for_user(author).can_edit()
    client.force_login(author)
    assert client.get(reverse("wagtailadmin_home")).status_code in (302, 403)


def test_rights_are_given_once():
    from courses.domain.author_group import ensure_author_rights

    index = ensure_course_index()
    group = ensure_author_rights(index)
    assert ensure_author_rights(index) == group
    assert group.page_permissions.count() == 3
    assert group.collection_permissions.count() == 6
    assert list(group.permissions.values_list("codename", flat=True)) == ["access_admin"]


def test_first_page_of_an_author_leads_to_the_courses(author, client):
    course = make_course()
    page = client.get("/beheer/").content.decode()
    assert "Cursussen om aan te werken" in page
    assert f"/beheer/pages/{course.pk}/edit/" in page
