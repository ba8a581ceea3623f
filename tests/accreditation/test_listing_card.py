"""One's own entry: offers, places, consents per field and per publication, and how all of it is taken back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation.api import public_listings
from accreditation.domain.listing_card import MOST_PLACES, remove_place, save_place, withdraw_listing
from accreditation.domain.match_keys import MatchKeyError, read_kbo_unit, read_sociale_kaart_id
from accreditation.domain.offer_words import offer_words, offers_by_key
from accreditation.domain.public_listing import match, partner_listings
from accreditation.exceptions import ListingError
from accreditation.models import FeedEvent, PracticePlace
from people.api import ReferenceRegion, Role
from people.domain.merging import merge_accounts, unmerge_accounts
from tests.factories.people import user_with
from tests.factories.proof import make_partner, make_professional, make_recognition

pytestmark = pytest.mark.django_db

UNIT = "2123456791"
PLACE = {
    "name": "Praktijk De Wilg",
    "street": "Wilgenlaan 3",
    "postal_code": "9000",
    "municipality": "Gent",
    "phone": "09 123 45 67",
    "email": "wilg@voorbeeld.test",
    "website": "https://wilg.voorbeeld.test",
    "kbo_unit": UNIT,
    "sociale_kaart_id": "ab-12",
    "is_listed": True,
    "show_address": True,
    "show_contact": True,
}


def place_of(person, **changes):
    region = ReferenceRegion.objects.get(slug=changes.pop("slug", "regio-gent"))
    return save_place(person=person, fields={**PLACE, "region": region, **changes})


def form(**changes):
    region = ReferenceRegion.objects.get(slug="regio-gent")
    filled = {**PLACE, "region": region.pk, **changes}
    return {name: "on" if value is True else value for name, value in filled.items() if value is not False}


def said(recognition):
    return [event.payload["status"] for event in recognition.feed_events.order_by("sequence")]


def test_place_and_offers_are_shown_as_far_as_the_person_chose(client):
    recognition = make_recognition()
    client.force_login(recognition.person)
    assert client.post("/mijn/vermelding/", {"offers": ["loss", "anxiety"]}).status_code == 302
    assert (
        client.post("/mijn/vermelding/plek/", form(show_address=False, show_contact=False)).status_code == 302
    )
    shown = partner_listings()[0]
    assert [one.key for one in shown.offers] == ["anxiety", "loss"]
    place = shown.places[0]
    assert (place.name, place.municipality, place.region_slug) == ("Praktijk De Wilg", "Gent", "regio-gent")
    assert (place.street, place.phone, place.email, place.website) == ("", "", "", "")
    own = PracticePlace.objects.get()
    assert client.post(f"/mijn/vermelding/plek/{own.pk}/", form()).status_code == 302
    place = public_listings()[0].places[0]
    assert (place.street, place.phone, place.website) == (PLACE["street"], PLACE["phone"], PLACE["website"])
    # Every change that others see is a version; the numbers of the KBO and the Sociale Kaart are in no answer.
    assert said(recognition) == ["valid"] * 4
    page = client.get("/api/v1/recognitions").content.decode()
    assert "Praktijk De Wilg" in page
    assert UNIT not in page and "ab-12" not in page
    assert client.post(f"/mijn/vermelding/plek/{own.pk}/weg/").status_code == 302
    assert partner_listings()[0].places == ()
    assert said(recognition) == ["valid"] * 5


def test_screens_with_and_without_recognition(client, django_assert_max_num_queries):
    nobody = user_with(Role.LEARNER)
    client.force_login(nobody)
    assert "Je koos nog niet om hier te staan." in client.get("/mijn/vermelding/").content.decode()
    person = make_recognition().person
    for number in range(3):
        place_of(person, name=f"Plek {number}")
    client.force_login(person)
    with django_assert_max_num_queries(24):
        page = client.get("/mijn/vermelding/").content.decode()
    assert page.count("Praktijk") == 0 and page.count("Plek 2") >= 2
    assert "Bezoekers zien wat hieronder staat." in page


def test_consent_per_publication():
    person = make_professional()
    recognition = make_recognition(person)
    person.profile.public_feed = False
    person.profile.save()
    assert [row.name for row in public_listings()] == [person.full_name]
    assert public_listings()[0].id != ""
    assert partner_listings() == ()
    assert said(recognition) == ["valid", "unlisted"]
    never = make_professional()
    never.profile.public_feed = False
    never.profile.save()
    quiet = make_recognition(never)
    assert said(quiet) == []
    assert {row.name for row in public_listings()} == {person.full_name, never.full_name}


def test_one_button_takes_everything_back_at_once(client):
    recognition = make_recognition()
    client.force_login(recognition.person)
    for _ in range(2):
        assert client.post("/mijn/vermelding/stop/").status_code == 302
    assert public_listings() == partner_listings() == ()
    assert said(recognition) == ["valid", "unlisted"]
    assert client.get("/api/v1/recognitions").json()["recognitions"] == []
    withdraw_listing(person=recognition.person)
    assert FeedEvent.objects.count() == 2


def test_taking_the_page_back_in_the_profile_takes_the_feed_back_too(client):
    recognition = make_recognition()
    profile = recognition.person.profile
    client.force_login(recognition.person)
    data = {"first_name": "Noor", "last_name": "Twijg", "languages": ["nl"], "public_feed": "on"}
    data |= {
        "profession": profile.profession_id,
        "employer": profile.employer_id,
        "region": profile.region_id,
    }
    assert client.post("/mijn/profiel/", data).status_code == 302
    profile.refresh_from_db()
    assert (profile.public_listing, profile.public_feed) == (False, False)
    refused = client.post("/mijn/profiel/", data)
    assert refused.status_code == 422
    assert "Zet ook aan dat we je in het zorgaanbod mogen tonen" in refused.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"postal_code": "90"}, "Een postcode heeft vier cijfers"),
        ({"kbo_unit": "0123456789"}, "ondernemingsnummer"),
        ({"kbo_unit": "2123456770"}, "controlecijfers"),
        ({"kbo_unit": "12"}, "10 cijfers"),
        ({"sociale_kaart_id": "een fiche!"}, "Kopieer het nummer"),
        ({"street": ""}, "Vul straat en nummer in"),
        ({"phone": "", "email": "", "website": ""}, "Vul telefoon, e-mail of website in"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"region": "999999"}, "regio"),
        ({"name": "x" * 121}, "naam"),
    ],
)
def test_a_place_that_cannot_be_right_is_explained_and_nothing_typed_is_lost(client, changes, words):
    client.force_login(user_with(Role.LEARNER))
    answer = client.post("/mijn/vermelding/plek/", form(**changes))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words.lower() in page.lower()
    assert 'value="Gent"' in page
    assert not PracticePlace.objects.exists()


def test_unknown_offers_are_refused_and_another_persons_place_is_nobodys(client):
    owner = make_professional()
    place = place_of(owner)
    other = user_with(Role.LEARNER)
    client.force_login(other)
    assert client.post("/mijn/vermelding/", {"offers": ["goud"]}).status_code == 422
    assert client.get(f"/mijn/vermelding/plek/{place.pk}/").status_code == 404
    assert client.post(f"/mijn/vermelding/plek/{place.pk}/", form(name="Gekaapt")).status_code == 404
    assert client.post(f"/mijn/vermelding/plek/{place.pk}/weg/").status_code == 302
    assert PracticePlace.objects.get().name == PLACE["name"]
    with pytest.raises(ListingError):
        save_place(person=other, place_id=place.pk, fields={"name": "Gekaapt"})


def test_only_so_many_places():
    person = make_professional()
    for _ in range(MOST_PLACES):
        place = place_of(person)
    with pytest.raises(ListingError):
        place_of(person)
    assert remove_place(person=person, place_id=place.pk) is True
    assert remove_place(person=person, place_id=place.pk) is False
    hidden = place_of(person, is_listed=False)
    assert (hidden.show_address, hidden.show_contact) == (False, False)


def test_two_places_two_levels_are_one_person_found_in_both_regions(client):
    person = make_professional()
    make_recognition(person)
    make_recognition(person, level="specialised")
    place_of(person)
    place_of(person, slug="waasland", name="Praktijk De Es", municipality="Temse", kbo_unit="")
    for region in ("regio-gent", "waasland"):
        rows = client.get("/api/v1/recognitions", {"region": region}).json()["recognitions"]
        assert {row["level"] for row in rows} == {"basic", "specialised"}
        assert all(len(row["places"]) == 2 for row in rows)
    assert client.get("/api/v1/recognitions", {"region": "limburg"}).json()["recognitions"] == []
    found = match(f"kbo:{UNIT}")
    assert [one.level for one in found] == ["specialised"]


def test_match_by_keys_of_a_building_with_many(client):
    people = [make_professional() for _ in range(2)]
    for person in people:
        make_recognition(person)
        place_of(person, sociale_kaart_id="ab-12" if person is people[0] else "")
    _partner, token = make_partner("recognitions.match")

    def ask(question):
        headers = {"Authorization": f"Bearer {token}"}
        return client.get("/api/v1/recognitions", {"match": question}, headers=headers)

    both = ask(f"kbo:{UNIT}").json()
    assert (both["match"], both["recognition"], len(both["recognitions"])) == (True, None, 2)
    one = ask("sociale-kaart:https://www.voorbeeld.test/fiche/ab-12").json()
    assert one["recognition"]["name"] == people[0].full_name
    assert ask("kbo:2000000000").status_code == 400
    assert ask("sociale-kaart:").status_code == 400
    withdraw_listing(person=people[0])
    assert ask("sociale-kaart:ab-12").json()["match"] is False
    PracticePlace.objects.filter(person=people[1]).update(
        is_listed=False, show_address=False, show_contact=False
    )
    assert ask(f"kbo:{UNIT}").json()["match"] is False


def test_a_merged_person_is_listed_once_and_comes_back_when_undone():
    kept, merged = make_professional(last_name="Kruin"), make_professional(last_name="Dubbel")
    first, second = make_recognition(kept), make_recognition(merged)
    place_of(merged)
    row = merge_accounts(kept_id=kept.pk, merged_id=merged.pk, by=user_with(Role.NETWORK_STAFF))
    # A recognition never changes hands; the duplicate's ends on every list, its places move along.
    for listings in (public_listings(), partner_listings()):
        assert [one.name for one in listings] == [kept.full_name]
        assert [place.name for place in listings[0].places] == [PLACE["name"]]
    assert (said(first)[-1], said(second)[-1]) == ("valid", "unlisted")
    unmerge_accounts(merge_id=row.pk, by=user_with(Role.NETWORK_STAFF))
    assert {one.name for one in partner_listings()} == {kept.full_name, merged.full_name}


def test_vocabulary_is_whole():
    words = offer_words()
    assert 8 <= len(words) <= 24
    assert len({word.key for word in words}) == len({word.term for word in words}) == len(words)
    assert all(word.plain and word.also for word in words)
    assert offers_by_key(["loss", "unknown", 3]) == tuple(word for word in words if word.key == "loss")
    assert offers_by_key(None) == ()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(min_value=20_000_000, max_value=89_999_999))
def test_a_right_unit_number_is_read_however_it_is_written_and_a_wrong_one_never(first):
    number = f"{first}{97 - first % 97:02d}"
    dotted = f"{number[0]}.{number[1:4]}.{number[4:7]}.{number[7:]}"
    assert read_kbo_unit(dotted) == read_kbo_unit(f" {number} ") == number
    wrong = f"{first}{(97 - first % 97) % 97 + 1:02d}"
    if wrong != number:
        with pytest.raises(MatchKeyError):
            read_kbo_unit(wrong)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_any_text_as_key_is_read_or_refused(text):
    for read in (read_kbo_unit, read_sociale_kaart_id):
        try:
            key = read(text)
        except MatchKeyError:
            continue
        assert key.isascii() and len(key) <= 40
