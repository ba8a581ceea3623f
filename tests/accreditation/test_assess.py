"""The assess command and the desk's summary."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command, execute_from_command_line
from django.utils import timezone

from accreditation.api import desk_status
from accreditation.domain.dossiers import submit_dossier
from tests.factories.accreditation import EvidenceFactory, make_complete
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def assess(*arguments):
    out = StringIO()
    call_command("assess", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def person():
    return UserFactory(email="Noor@voorbeeld.test")


def test_json_has_the_agreed_form(person):
    make_complete(person, insurance="waiting", membership="absent")
    answer = json.loads(assess("noor@VOORBEELD.test", "--json"))
    assert {"level", "met", "criteria", "path"} <= set(answer)
    assert (answer["level"], answer["met"]) == ("basic", False)
    assert {c["id"]: c["state"] for c in answer["criteria"]} == {
        "base_degree": "met",
        "continued_training": "met",
        "permanent_education": "met",
        "liability_insurance": "pending",
        "professional_association": "missing",
        "clinical_experience": "met",
    }
    assert all({"id", "state", "reason", "evidence"} <= set(c) for c in answer["criteria"])
    assert [step["criterion"] for step in answer["path"]] == ["professional_association", ""]
    assert answer["path"][0]["url"] == "/mijn/dossier/bewijs/nieuw/membership/?niveau=basic"


def test_person_by_id_level_and_day(person):
    make_complete(person)
    answer = json.loads(assess(str(person.pk), "--level", "specialised", "--on", "2024-02-29", "--json"))
    assert (answer["level"], answer["on"], answer["met"]) == ("specialised", "2024-02-29", False)


def test_met_person_in_plain_words(person):
    make_complete(person)
    text = assess(person.email)
    assert text.startswith(f"basic op {timezone.localdate().isoformat()}: in orde")
    assert "Je diploma staat op de lijst: Vroedkunde." in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["niemand@voorbeeld.test"], 1), (["999999"], 1), (["Noor@voorbeeld.test", "--on", "2001-01-01"], 1)],
)
def test_who_or_when_is_unknown_ends_with_one(person, arguments, code):
    with pytest.raises(CommandError) as caught:
        assess(*arguments)
    assert caught.value.returncode == code


@pytest.mark.parametrize(
    "arguments", [[], ["x", "--level", "hoogste"], ["x", "--on", "2026-02-30"], ["x", "--onbekend"]]
)
def test_wrong_use_ends_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", "assess", *arguments])
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


def test_assess_writes_nothing(person, django_assert_num_queries):
    make_complete(person)
    # person, dossiers, criteria, evidence, completions, presences
    with django_assert_num_queries(6):
        assess(person.email, "--json")


def test_desk_of_a_newcomer(person):
    status = desk_status(person.pk)
    assert (status.level, status.met_count, status.recognition, status.stage) == ("basic", 0, None, "")
    assert [s.state for s in status.states] == ["missing"] * 6
    assert (status.next_step, status.next_url) == (
        "Voeg je diploma toe",
        "/mijn/dossier/bewijs/nieuw/diploma/?niveau=basic",
    )


def test_desk_follows_the_dossier(person):
    make_complete(person)
    assert desk_status(person.pk).next_step == "Dien je dossier in"
    submit_dossier(person=person, level="basic")
    status = desk_status(person.pk)
    assert (status.met_count, status.next_step) == (6, "")
    assert status.stage in ("submitted", "reading")


@pytest.mark.parametrize("rows", [1, 3])
def test_desk_query_count(person, rows, django_assert_num_queries):
    for _ in range(rows):
        EvidenceFactory(person=person)
    # dossiers, recognitions, criteria, evidence, completions, presences
    with django_assert_num_queries(6):
        desk_status(person.pk)
