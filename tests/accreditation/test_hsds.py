"""The HSDS read API: what is listed now, in its fields, and a 400 for what it does not know."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation.domain import hsds
from accreditation.domain.listing_card import choose_offers, save_place, withdraw_listing
from accreditation.domain.recognitions import withdraw_recognition
from people.api import ReferenceRegion, Role
from tests.factories.people import user_with
from tests.factories.proof import make_professional, make_recognition

pytestmark = pytest.mark.django_db

PLACE = {
    "name": "Praktijk De Wilg",
    "street": "Wilgenlaan 3",
    "postal_code": "9000",
    "municipality": "Gent",
    "phone": "09 123 45 67",
    "website": "https://wilg.voorbeeld.test",
    "kbo_unit": "2123456791",
    "is_listed": True,
    "show_address": True,
    "show_contact": True,
}


def listed(*slugs, offers=(), **fields):
    person = make_professional(**fields)
    recognition = make_recognition(person)
    for slug in slugs:
        region = ReferenceRegion.objects.get(slug=slug)
        save_place(person=person, fields={**PLACE, "region": region})
    if offers:
        choose_offers(person=person, offers=list(offers))
    recognition.listing.refresh_from_db()
    return recognition


def get(client, path="services", **query):
    return client.get(f"/hsds/{path}", query)


def test_a_service_carries_the_recognition(client):
    recognition = listed("regio-gent", "waasland", offers=["loss"])
    key = str(recognition.listing.public_id)
    body = get(client, f"services/{key}").json()
    assert body["assured_date"] == recognition.valid_from.isoformat()
    assert body["assurer_email"].startswith("netwerk@")
    level = body["attributes"][0]
    assert (level["link_type"], level["value"]) == ("recognition", recognition.valid_until.isoformat())
    assert level["taxonomy_term"]["code"] == "basic"
    assert [one["taxonomy_term"]["code"] for one in body["attributes"][1:]] == ["loss"]
    assert len(body["service_at_locations"]) == 2
    assert body["service_at_locations"][0]["location"]["addresses"][0]["address_1"] == PLACE["street"]
    assert {area["name"] for area in body["service_areas"]} == {"Regio Gent", "Waasland"}
    assert PLACE["kbo_unit"] not in str(body)
    place_id = body["service_at_locations"][1]["id"]
    assert get(client, f"service_at_locations/{place_id}").json()["service"]["id"] == key
    assert get(client, "service_at_locations").json()["total_items"] == 2
    owner = body["organization"]["id"]
    assert get(client, f"organizations/{owner}").json()["services"][0]["id"] == key


def test_lists_are_paged_and_filtered(client):
    first, second = listed(offers=["loss"], last_name="Aalst"), listed(offers=["home"], last_name="Berk")
    page = get(client, per_page="1")
    assert page.json()["total_items"] == page.json()["total_pages"] == 2
    assert 'rel="next"' in page["Link"]
    assert page.json()["contents"][0]["name"] == first.person.full_name
    assert get(client, per_page="1", page="2").json()["last_page"] is True
    beyond = get(client, page="9").json()
    assert (beyond["empty"], beyond["contents"], beyond["total_items"]) == (True, [], 2)

    def found(**query):
        return [row["id"] for row in get(client, **query).json()["contents"]]

    ids = [str(one.listing.public_id) for one in (first, second)]
    assert found(search="miskraam") == [ids[0]]
    assert found(taxonomy_term_id=hsds.offer_term_id("home")) == [ids[1]]
    assert found(taxonomy_term_id=hsds.level_term_id("specialised")) == []
    assert found(taxonomy_id=hsds.OFFERS_ID) == ids
    assert found(organization_id=hsds.organization_id("", ids[1])) == [ids[1]]
    assert found(modified_after=(timezone.localdate() + timedelta(days=1)).isoformat()) == []
    assert found(minimal="true") == ids
    assert set(get(client, minimal="true").json()["contents"][0]) == {"id", "modified_date"}
    assert "attributes" in get(client, full="true").json()["contents"][0]
    assert get(client, "organizations").json()["total_items"] == 2
    assert get(client, "taxonomies").json()["total_items"] == 2
    assert get(client, "taxonomy_terms", taxonomy_id=hsds.LEVELS_ID).json()["total_items"] == 2
    assert get(client, "taxonomy_terms", search="miskraam").json()["total_items"] == 0
    assert get(client, "taxonomy_terms", search="verlies").json()["total_items"] == 1
    term = hsds.offer_term_id("loss")
    assert get(client, f"taxonomy_terms/{term}").json()["code"] == "loss"
    assert get(client, f"taxonomies/{hsds.LEVELS_ID}").status_code == 200


def test_what_ends_is_gone_at_once_everywhere(client):
    withdrawn, private = listed("regio-gent"), listed("waasland")
    withdraw_recognition(
        recognition_id=withdrawn.pk, withdrawn_by=user_with(Role.NETWORK_STAFF), reason="Een reden."
    )
    withdraw_listing(person=private.person)
    for path in ("services", "organizations", "service_at_locations"):
        assert get(client, path).json()["empty"] is True
    for one in (withdrawn, private):
        assert get(client, f"services/{one.listing.public_id}").status_code == 404


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("services", {"page": "1000000000"}, "page"),
        ("services", {"page": "0"}, "page"),
        ("services", {"per_page": "100000"}, "per_page"),
        ("services", {"riziv": "1"}, "riziv"),
        ("services", {"kbo_unit": "2123456791"}, "kbo_unit"),
        ("services", {"person__email": "x"}, "person__email"),
        ("services", {"page": ["1", "2"]}, "page"),
        ("services", {"format": "ndjson"}, "format"),
        ("services", {"full": "misschien"}, "full"),
        ("services", {"modified_after": "gisteren"}, "modified_after"),
        ("services", {"taxonomy_term_id": "goud"}, "taxonomy_term_id"),
        ("services", {"taxonomy_id": "goud"}, "taxonomy_id"),
        ("services", {"search": "x" * 300}, "search"),
        ("organizations", {"proximity": "5"}, "proximity"),
        ("taxonomy_terms", {"top_only": "1"}, "top_only"),
        ("", {"page": "1"}, "page"),
    ],
)
def test_unknown_private_and_unreadable_questions_are_refused(client, path, query, field):
    answer = get(client, path, **query)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["parameter"] == field


def test_unknown_things_are_a_problem_404(client):
    nothing = "00000000-0000-0000-0000-000000000000"
    for path in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"):
        answer = get(client, f"{path}/{nothing}")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_and_three(client, rows, django_assert_num_queries):
    for _ in range(rows):
        listed("regio-gent", offers=["loss"])
    with django_assert_num_queries(4):
        assert get(client, full="true").json()["total_items"] == rows


def test_about_and_too_many(client, monkeypatch):
    about = get(client, "").json()
    assert about["version"] == "3.0" and about["openapi_url"].endswith("/hsds/openapi.json")
    monkeypatch.setattr("accreditation.views.hsds.PER_MINUTE", 0)
    refused = get(client)
    assert refused.status_code == 429 and refused["Retry-After"]
