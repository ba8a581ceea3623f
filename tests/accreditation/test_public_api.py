"""What the public and partners may ask, and that nothing outlives its end by a moment."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accreditation.api import listing_filters, public_listings, public_numbers
from accreditation.domain.recognitions import withdraw_recognition
from people.api import Role
from tests.factories.people import user_with
from tests.factories.proof import make_course_certificate, make_partner, make_professional, make_recognition

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/recognitions"


def ask(client, **query):
    return client.get(ADDRESS, query)


def names(answer) -> list[str]:
    return [row["name"] for row in answer.json()["recognitions"]]


def listed(first_name="Noor", **switches):
    person = make_professional(first_name=first_name, last_name="Twijg")
    for name, value in switches.items():
        setattr(person.profile, name, value)
    person.profile.save()
    return make_recognition(person)


def test_listing_shows_only_what_the_person_chose(client):
    recognition = listed(
        phone="09 123 45 67", public_email="praktijk@voorbeeld.test", offer="Gesprek aan huis"
    )
    row = ask(client).json()["recognitions"][0]
    certificate = recognition.person.certificates.get()
    assert row == {
        "id": str(recognition.listing.public_id),
        "name": "Noor Twijg",
        "level": "basic",
        "level_name": "perinatale mentale basiszorgverlener",
        "status": "valid",
        "valid_from": recognition.valid_from.isoformat(),
        "valid_until": recognition.valid_until.isoformat(),
        "profession": {"key": "midwife", "name": recognition.person.profile.profession.name},
        "region": None,
        "organisation": None,
        "languages": [],
        "offer": "Gesprek aan huis",
        "offers": [],
        "places": [],
        "phone": None,
        "email": None,
        "verify_url": f"http://localhost:8000/v/{certificate.code}/",
        "updated_at": recognition.listing.changed_at.isoformat(),
    }
    profile = recognition.person.profile
    profile.public_contact = profile.public_region = profile.public_languages = profile.public_employer = True
    profile.save()
    row = ask(client).json()["recognitions"][0]
    assert (row["phone"], row["email"]) == ("09 123 45 67", "praktijk@voorbeeld.test")
    assert (row["region"]["slug"], row["languages"]) == ("regio-gent", ["nl"])
    assert row["organisation"] == profile.employer.name


def test_withdrawn_expired_interrupted_and_private_are_gone_at_once(client):
    withdrawn, interrupted, private, stays = (listed(name) for name in ("Ada", "Bo", "Cas", "Dirk"))
    assert len(names(ask(client))) == 4
    withdraw_recognition(
        recognition_id=withdrawn.pk, withdrawn_by=user_with(Role.NETWORK_STAFF), reason="Een reden."
    )
    interrupted.person.evidence.update(valid_until=timezone.localdate() - timedelta(days=1))
    # Even when no signal ran: the switch alone decides.
    type(private.person.profile).objects.filter(user=private.person).update(public_listing=False)
    assert names(ask(client)) == ["Dirk Twijg"]
    assert client.get(f"{ADDRESS}/{withdrawn.listing.public_id}").status_code == 404
    assert client.get(f"{ADDRESS}/{stays.listing.public_id}").json()["recognition"]["name"] == "Dirk Twijg"
    assert [row.name for row in public_listings()] == ["Dirk Twijg"]
    with time_machine.travel(f"{stays.valid_until + timedelta(days=1)}T00:30:00+01:00"):
        assert names(ask(client)) == []


def test_filters_narrow_the_list(client):
    listed("Ada", public_region=True)
    hidden = listed("Bo")
    make_recognition(hidden.person, level="specialised")
    assert names(ask(client, region="regio-gent")) == ["Ada Twijg"]
    unknown = ask(client, region="bestaat-niet")
    assert (unknown.status_code, unknown.json()["parameter"]) == (400, "region")
    assert names(ask(client, level="specialised")) == ["Bo Twijg"]
    assert len(names(ask(client, level="basic"))) == 2
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert names(ask(client, updated_since=tomorrow)) == []
    assert len(names(ask(client, updated_since="2026-01-01T00:00:00Z"))) == 3


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"email": "noor@voorbeeld.test"}, "email"),
        ({"riziv": "123"}, "riziv"),
        ({"person__email": "x"}, "person__email"),
        ({"level": "gold"}, "level"),
        ({"page": "0"}, "page"),
        ({"page": "-1"}, "page"),
        ({"page": "1000000000"}, "page"),
        ({"page": "²"}, "page"),
        ({"updated_since": "gisteren"}, "updated_since"),
        ({"updated_since": "2026-13-45"}, "updated_since"),
        ({"level": ["basic", "specialised"]}, "level"),
    ],
)
def test_unknown_or_unreadable_questions_are_refused(client, query, field):
    answer = ask(client, **query)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["parameter"] == field


def test_pages_follow_one_another(client, monkeypatch):
    monkeypatch.setattr("accreditation.views.api.PAGE_SIZE", 2)
    for name in ("Ada", "Bo", "Cas"):
        listed(name)
    first = ask(client, level="basic").json()
    assert len(first["recognitions"]) == 2
    second = client.get(first["next"]).json()
    assert (len(second["recognitions"]), second["next"]) == (1, None)
    seen = {row["id"] for row in first["recognitions"] + second["recognitions"]}
    assert len(seen) == 3
    assert ask(client, page="9").json()["recognitions"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(client, rows, django_assert_num_queries):
    for number in range(rows):
        listed(f"Naam{number}")
    with django_assert_num_queries(3):
        assert len(names(ask(client))) == rows


def test_match_is_for_partners_with_the_scope(client):
    assert ask(client, match="riziv:1").status_code == 401
    assert client.get(ADDRESS, {"match": "riziv:1"}, headers={"Authorization": "Bearer x"}).status_code == 401
    _partner, narrow = make_partner("iets.anders")
    headers = {"Authorization": f"Bearer {narrow}"}
    assert client.get(ADDRESS, {"match": "riziv:1"}, headers=headers).status_code == 403
    partner, token = make_partner("recognitions.match")
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get(ADDRESS, {"match": "riziv:1"}, headers=headers).json()["match"] is False
    partner.revoked_at = timezone.now()
    partner.save()
    assert client.get(ADDRESS, {"match": "riziv:1"}, headers=headers).status_code == 401


def test_match_answers_one_question(client):
    recognition = listed(riziv_number="1-23456-78-901")
    certificate = recognition.person.certificates.get()
    course = make_course_certificate(recognition.person)
    _partner, token = make_partner("recognitions.match")
    headers = {"Authorization": f"Bearer {token}"}

    def match(question):
        return client.get(ADDRESS, {"match": question}, headers=headers)

    for question in ("riziv:12345678901", "riziv:1-23456-78-901", f"code:{certificate.code.lower()}"):
        answer = match(question).json()
        assert answer["match"] is True
        assert answer["recognition"]["name"] == "Noor Twijg"
        assert "12345678901" not in json.dumps(answer)
    assert match(f"code:{course.code}").json()["match"] is False
    for question in ("", "riziv:", "riziv:abc", "email:noor@voorbeeld.test", "code:kort"):
        assert match(question).status_code == 400
    assert client.get(ADDRESS, {"match": "riziv:1", "level": "basic"}, headers=headers).status_code == 400
    withdraw_recognition(
        recognition_id=recognition.pk, withdrawn_by=user_with(Role.NETWORK_STAFF), reason="Een reden."
    )
    assert match("riziv:12345678901").json()["match"] is False


def test_description_names_just_what_exists(client):
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    recognition = listed()
    for path, operations in document["paths"].items():
        address = path.replace("{id}", str(recognition.listing.public_id))
        assert list(operations) == ["get"]
        assert client.get(address).status_code == 200
    row = ask(client).json()["recognitions"][0]
    schema = document["components"]["schemas"]["Recognition"]
    assert set(row) == set(schema["properties"]) == set(schema["required"])
    parameters = {item["name"] for item in document["paths"][ADDRESS]["get"]["parameters"]}
    assert parameters == {"level", "region", "updated_since", "page", "match"}


def test_public_addresses_are_open_to_every_role(client):
    recognition = listed()
    addresses = [
        ADDRESS,
        f"{ADDRESS}/{recognition.listing.public_id}",
        "/api/v1/openapi.json",
        "/ldes/erkenningen",
        "/ldes/erkenningen/1",
        "/ldes/erkenningen/termen",
        "/v/",
        f"/v/{recognition.person.certificates.get().code}/",
    ]
    for role in (None, *Role):
        if role is not None:
            client.force_login(user_with(role))
        assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
            addresses, 200
        )
    assert all(client.post(address).status_code == 405 for address in addresses)


def test_too_many_questions_wait(client, monkeypatch):
    monkeypatch.setattr("accreditation.views.api.PER_MINUTE", 2)
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False):
        assert [ask(client).status_code for _ in range(3)] == [200, 200, 429]


def test_numbers_and_filters_count_each_person_once():
    person = listed("Ada", public_region=True).person
    make_recognition(person, level="specialised")
    make_recognition(make_professional(listed=False))
    numbers = public_numbers()
    assert (numbers.recognised, numbers.listed, numbers.regions, numbers.certificates) == (2, 1, 1, 3)
    filters = listing_filters()
    assert [option.value for option in filters.regions] == ["regio-gent"]
    assert [option.value for option in filters.professions] == ["midwife"]
    assert len(public_listings(profession="midwife")) == 2
    assert public_listings(profession="bestaat-niet") == ()
    assert public_listings(language="nl") == ()
