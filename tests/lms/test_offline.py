"""Copies for reading without a connection: whole lessons, and nothing that a learner wrote."""

import pytest

from tests.factories.lms import make_learner
from tests.factories.lms_activities import make_activity_course
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

COURSE = "/mijn/leren/kleine-signalen/"
LESSON = f"{COURSE}les/"


def test_copy_holds_the_lesson_and_nothing_private(client):
    make_activity_course()
    enrolment = make_learner()
    client.force_login(enrolment.person)
    client.post(f"{LESSON}reflectie/stilstaan/", {"tekst": "GEHEIM", "versie": "0"})
    client.post(f"{LESSON}notities/", {"tekst": "OOK GEHEIM", "versie": "0"})
    copy = client.get(f"{LESSON}?kopie=1").content.decode()
    assert "Je leest een bewaarde kopie" in copy
    assert "De nacht" in copy
    assert "GEHEIM" not in copy
    assert "GEHEIM" in client.get(LESSON).content.decode()
    enrolment.refresh_from_db()
    assert enrolment.last_lesson == "les"


def test_list_names_every_page_of_the_own_version(client):
    outline = make_activity_course()
    client.force_login(make_learner().person)
    listed = client.get(f"{COURSE}offline.json").json()
    assert listed == {"version": outline.number, "pages": [COURSE, LESSON]}
    client.force_login(UserFactory())
    assert client.get(f"{COURSE}offline.json").status_code == 404


def test_worker_is_a_script_on_our_own_origin_only(client, settings):
    answer = client.get("/mijn/leren/offline.js")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert "no-cache" in answer["Cache-Control"]
    settings.ROOT_URLCONF = "config.content_urls"
    assert client.get("/mijn/leren/offline.js").status_code == 404
