"""Who may not enter the back office gets an answer, and no circle of redirects."""

import pytest

from people.enums import Role
from tests.factories.people import PASSWORD, UserFactory, user_with

pytestmark = pytest.mark.django_db


def test_visitor_signs_in_first_and_comes_back(client):
    answer = client.get("/beheer/pages/", follow=True)
    assert answer.redirect_chain[-1][0] == "/account/login/?next=/beheer/pages/"
    assert answer.status_code == 200


@pytest.mark.parametrize("role", [None, Role.TRAINER, Role.COMMITTEE_MEMBER, Role.NETWORK_STAFF])
def test_somebody_without_the_right_is_told_so(client, role):
    client.force_login(user_with(role) if role else UserFactory())
    answer = client.get("/beheer/", follow=True)
    assert answer.status_code == 403
    assert "Deze pagina is voor een andere rol." in answer.content.decode()


def test_sign_in_page_of_wagtail_itself_is_not_another_way_in(client):
    person = UserFactory()
    client.post("/beheer/login/", {"username": person.email, "password": PASSWORD})
    assert client.get("/mijn/").status_code == 302
