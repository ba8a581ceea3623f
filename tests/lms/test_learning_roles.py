"""Every learning address for every role: signed out to the sign-in page, everybody else only their own."""

import pytest

from people.enums import Role
from tests.factories.lms import make_learner, make_learning_course
from tests.factories.people import user_with

pytestmark = pytest.mark.django_db

BASE = "/mijn/leren/kleine-signalen/"
CHECK = f"{BASE}les-3/toets/kleine-signalen-toets/"

#: address: (status of a GET, status of a POST) for somebody who is not in the course
NOT_ENROLLED = {
    "/cursussen/kleine-signalen/inschrijven/": (200, 302),
    "/mijn/leren/": (302, 405),
    BASE: (200, 405),
    f"{BASE}uitschrijven/": (302, 302),
    f"{BASE}les-1/": (200, 405),
    f"{BASE}les-1/klaar/": (302, 302),
    CHECK: (200, 302),
    f"{CHECK}antwoord/": (405, 404),
    f"{BASE}les-2/reflectie/kleine-signalen-stilstaan/": (302, 302),
    "/mijn/leren/activiteit/verklaring/": (405, 400),
    "/mijn/leren/activiteit/stand/": (405, 400),
}


@pytest.fixture(autouse=True)
def _course():
    make_learning_course()


@pytest.mark.parametrize("url", NOT_ENROLLED)
def test_signed_out_goes_to_the_sign_in_page(client, url):
    for call in (client.get, client.post):
        answer = call(url)
        assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={url}")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("url", NOT_ENROLLED)
def test_no_role_opens_somebody_elses_course(client, url, role):
    make_learner()
    client.force_login(user_with(role))
    assert (client.get(url).status_code, client.post(url).status_code) == NOT_ENROLLED[url]


def test_csrf_is_asked_everywhere():
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_learner().person)
    for url, (_get, post) in NOT_ENROLLED.items():
        if post != 405:
            assert strict.post(url).status_code == 403, url
