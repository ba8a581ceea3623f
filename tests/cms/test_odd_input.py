"""What no form of ours sends: a page that says so, never an error of ours; and nothing lost where people type."""

import json

import pytest
from django.db import DataError

from accreditation.domain.drafts import without_nul
from accreditation.exceptions import EvidenceError
from accreditation.views.redact import read_boxes
from people.api import Role
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db
DEEP = "[" * 100_000
LONG = "9" * 5000


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/recognitions?region=", "/cursussen/?zoek=", "/netwerk/mensen/?q="]
)
def test_a_nul_in_the_address_is_no_error_of_ours(client, path, settings):
    """SQLite takes it as a character; PostgreSQL refuses it, and so do we then."""
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(user_with(Role.NETWORK_STAFF))
    assert client.get(f"{path}%00").status_code in (200, 400, 404)


@pytest.mark.parametrize("error", [DataError("x"), OverflowError("x"), RecursionError("x")])
def test_what_the_input_did_is_told_as_such(client, error, monkeypatch, caplog):
    def fails(*_args, **_named):
        raise error

    monkeypatch.setattr("cms.views.contact.render", fails)
    answer = client.get("/contact/")
    assert answer.status_code == 400
    assert f"odd input at cms:contact: {type(error).__name__}" in caplog.text
    told = client.get("/contact/", headers={"accept": "application/json"})
    assert (told.status_code, told.json()["status"]) == (400, 400)


def test_every_other_error_stays_ours(client, monkeypatch):
    def fails(*_args, **_named):
        raise RuntimeError

    monkeypatch.setattr("cms.views.contact.render", fails)
    client.raise_request_exception = False
    assert client.get("/contact/").status_code == 500


@pytest.mark.parametrize("body", [DEEP, json.dumps({"name": "a.pdf"})[:-1] + ', "size": 1e999}', "{}", ""])
def test_an_upload_that_is_announced_oddly_asks_for_the_file_again(client, body):
    client.force_login(UserFactory())
    answer = client.post("/mijn/dossier/bewijs/upload/", body, "application/json")
    assert (answer.status_code, answer.json()["message"]) == (422, "Kies het bestand opnieuw.")


@pytest.mark.parametrize("boxes", [DEEP, "[[1e999,0,0,1,1]]", f"[[1,{'9' * 400},0,1,1]]", "[[1,2]]", "null"])
def test_boxes_that_came_over_badly_are_asked_anew(boxes):
    with pytest.raises(EvidenceError, match="Teken ze nog eens"):
        read_boxes(boxes, pages=3)


@pytest.mark.parametrize("number", ["²", LONG, "-1", "x"])
def test_numbers_that_are_none_are_nobody(client, number, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    person = UserFactory()
    client.force_login(user_with(Role.NETWORK_STAFF))
    assert client.get(f"/netwerk/mensen/{person.pk}/samenvoegen/", {"met": number}).status_code in (200, 302)
    client.force_login(person)
    answer = client.get("/mijn/dossier/bewijs/fotos/diploma/abc/", {"vervangt": number})
    assert answer.status_code in (200, 302, 404)


def test_a_month_beyond_all_time_is_not_there(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(user_with(Role.NETWORK_STAFF))
    for path in ("0/1/13", f"riziv/{LONG[:21]}/{LONG[:21]}"):
        assert client.post(f"/netwerk/registers/{path}/").status_code in (302, 404)


def test_text_without_the_one_character_that_no_column_holds():
    assert without_nul({"a": "x\x00y", "b": ["\x00", ("z\x00",)], "c": 3}) == {
        "a": "xy",
        "b": ["", ["z"]],
        "c": 3,
    }
