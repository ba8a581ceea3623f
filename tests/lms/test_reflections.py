"""Reflections: private, saved while typing, never overwritten unseen."""

import pytest

from lms.domain.private_texts import MAX_CHARACTERS
from lms.models import Enrolment, Reflection
from people.enums import Role
from tests.factories.lms import make_learner, make_learning_course
from tests.factories.people import user_with

pytestmark = pytest.mark.django_db

LESSON = "/mijn/leren/kleine-signalen/les-2/"
URL = f"{LESSON}reflectie/kleine-signalen-stilstaan/"
JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def enrolment():
    make_learning_course()
    return make_learner()


@pytest.fixture
def learner(client, enrolment):
    client.force_login(enrolment.person)
    return client


def save(client, text, revision=0, **extra):
    return client.post(URL, {"tekst": text, "versie": str(revision)}, **extra)


def test_saved_while_typing_with_rising_revisions(learner):
    assert save(learner, "Ik zag", 0, **JSON).json() == {"saved": True, "revision": 1}
    assert save(learner, "Ik zag een traan", 1, **JSON).json() == {"saved": True, "revision": 2}
    assert save(learner, "Ik zag een traan", 1, **JSON).json() == {"saved": True, "revision": 2}
    assert Reflection.objects.get().text == "Ik zag een traan"


def test_form_without_script_leads_back_to_its_place(learner):
    answer = save(learner, "Ik zag")
    assert answer["Location"] == f"{LESSON}#reflectie-kleine-signalen-stilstaan"
    assert "Ik zag</textarea>" in learner.get(LESSON).content.decode()


def test_second_device_does_not_overwrite_what_it_never_saw(learner):
    save(learner, "Op mijn telefoon", 0, **JSON)
    answer = save(learner, "Op de computer", 0, **JSON)
    assert (answer.status_code, answer.json()["code"], answer.json()["other"]) == (
        409,
        "conflict",
        "Op mijn telefoon",
    )
    page = save(learner, "Op de computer", 0)
    assert page.status_code == 409
    assert "Op mijn telefoon" in page.content.decode()
    assert "Op de computer</textarea>" in page.content.decode()
    assert Reflection.objects.get().text == "Op mijn telefoon"
    assert save(learner, "Beide", 1, **JSON).json()["revision"] == 2


def test_fifty_thousand_characters_fit_and_one_more_is_told(learner):
    assert save(learner, "é" * MAX_CHARACTERS, 0, **JSON).status_code == 200
    answer = save(learner, "é" * (MAX_CHARACTERS + 1), 1, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_long")
    page = save(learner, "x" * (MAX_CHARACTERS + 1), 1).content.decode()
    assert "50.001 tekens" in page
    assert "x" * (MAX_CHARACTERS + 1) in page
    assert len(Reflection.objects.get().text) == MAX_CHARACTERS


def test_line_ends_and_nul_are_cleaned(learner):
    save(learner, "een\r\ntwee\x00", 0, **JSON)
    assert Reflection.objects.get().text == "een\ntwee"


def test_markup_is_shown_as_text(learner):
    save(learner, "</textarea><script>alert(1)</script>")
    assert "<script>alert(1)" not in learner.get(LESSON).content.decode()


@pytest.mark.parametrize("path", ["les-1/reflectie/kleine-signalen-stilstaan/", "les-2/reflectie/andere/"])
def test_unknown_reflection_is_a_404(learner, path):
    for extra in ({}, JSON):
        answer = learner.post(f"/mijn/leren/kleine-signalen/{path}", {"tekst": "x"}, **extra)
        assert answer.status_code == 404
    assert Reflection.objects.count() == 0


def test_odd_revision_is_a_new_one(learner):
    for odd in ("", "-1", "abc", "9" * 30):
        assert learner.post(URL, {"tekst": "x", "versie": odd}, **JSON).status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_nobody_else_reads_it(client, learner, role):
    save(learner, "Alleen van mij")
    client.force_login(user_with(role))
    assert "Alleen van mij" not in client.get(LESSON).content.decode()
    assert save(client, "Van een ander", 1, **JSON).status_code == 404
    assert Reflection.objects.get().text == "Alleen van mij"


def test_expired_session_keeps_the_words_on_the_device(client, enrolment):
    answer = save(client, "Ik zag", **JSON)
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
    answer = save(client, "Ik zag")
    assert answer["Location"] == f"/account/login/?next={URL}"
    client.force_login(enrolment.person)
    assert client.get(URL)["Location"] == f"{LESSON}#reflectie-kleine-signalen-stilstaan"
    assert "data-guard" in client.get(LESSON).content.decode()


def test_reflections_count_where_the_rule_asks_them(client):
    make_learning_course(
        "met-reflectie", complete_reflections=1, complete_lessons=False, complete_checks=False
    )
    enrolment = make_learner("met-reflectie")
    client.force_login(enrolment.person)
    url = "/mijn/leren/met-reflectie/les-2/reflectie/met-reflectie-stilstaan/"
    client.post(url, {"tekst": "", "versie": "0"}, **JSON)
    assert Enrolment.objects.get().completed_at is None
    client.post(url, {"tekst": "Ik keek.", "versie": "0"}, **JSON)
    assert Enrolment.objects.get().completed_at is not None
