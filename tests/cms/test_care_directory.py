"""The public directory: one's own words, regions on a map and in a list, and nobody who did not choose to be there."""

import pytest
from django.core.management import call_command
from django.db import connection

from accreditation.domain import directory as directory_module
from accreditation.domain.directory import directory
from accreditation.domain.directory_search import found_people, question_words, stem_of
from accreditation.domain.directory_words import fill_missing_words
from accreditation.domain.listing_card import choose_offers, save_place, withdraw_listing
from accreditation.domain.recognitions import withdraw_recognition
from accreditation.models import ListingWords
from cms.look.region_map import HEIGHT, TILES, WIDTH, neighbours
from lms.models import IntervisionGroup
from people.api import ReferenceRegion, Role
from people.enums import OrganisationKind
from people.models import Organisation
from tests.factories.people import user_with
from tests.factories.proof import make_professional, make_recognition

pytestmark = pytest.mark.django_db


def listed(name="Ada", *, offers=(), region=True, level="basic", **fields):
    person = make_professional(first_name=name, last_name="Twijg")
    profile = person.profile
    profile.public_region = region
    for field, value in fields.items():
        setattr(profile, field, value)
    profile.save()
    make_recognition(person, level=level)
    if offers:
        choose_offers(person=person, offers=list(offers))
    return person


def place(person, slug, name="Praktijk"):
    region = ReferenceRegion.objects.get(slug=slug)
    fields = {"name": name, "municipality": "Stad", "region": region, "is_listed": True}
    return save_place(person=person, fields=fields)


def names(**asked):
    return [one.name.split()[0] for one in directory(**asked).listings]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Ik voel me zo somber na de bevalling", ["Dina"]),
        ("huilbaby", ["Rega"]),
        ("mijn baby huilt zo veel", ["Rega"]),
        ("regulatieproblemen", ["Rega"]),
        ("depressies", ["Dina"]),
        ("vroedvrouwen", ["Dina", "Rega"]),
        ("verloskundige", ["Dina", "Rega"]),
        ("EMDR", []),
        ("' OR 1=1 -- & | ! ( ) : * <script>", []),
    ],
)
def test_ones_own_words_and_the_words_of_the_field_find_the_same_people(question, found):
    listed("Dina", offers=["depression"])
    listed("Rega", offers=["regulation"])
    assert names(question=question)[: max(len(found), 1)][: len(found)] == found
    if not found:
        assert names(question=question) == []


def test_who_fits_most_words_comes_first():
    listed("Ada", offers=["regulation"])
    listed("Bea", offers=["regulation", "home"])
    assert names(question="huilbaby aan huis thuis") == ["Bea", "Ada"]


def test_nobody_is_found_by_what_they_keep_to_themselves():
    person = listed("Ada", region=False, languages=["fr"])
    assert names(question="Frans") == names(question="Gent") == []
    assert names(language="fr") == names(region="regio-gent") == []
    assert person.profile.employer.name not in ListingWords.objects.get().words
    person.profile.public_languages = True
    person.profile.save()
    assert names(question="franstalig") == names(language="fr") == ["Ada"]


def test_gone_at_once_in_page_and_words(client, django_capture_on_commit_callbacks):
    call_command("load_site", verbosity=0)
    stays, private, withdrawn = listed("Ada"), listed("Bea"), listed("Cas")
    page = client.get("/zorgaanbod/").content.decode()
    assert all(f"{name} Twijg" in page for name in ("Ada", "Bea", "Cas"))
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_listing(person=private)
        withdraw_recognition(
            recognition_id=withdrawn.recognitions.get().pk,
            withdrawn_by=user_with(Role.NETWORK_STAFF),
            reason="Een reden.",
        )
    page = client.get("/zorgaanbod/").content.decode()
    assert "Ada Twijg" in page and "Bea Twijg" not in page and "Cas Twijg" not in page
    assert set(ListingWords.objects.values_list("person_id", flat=True)) == {stays.pk, withdrawn.pk}
    assert names(question="Twijg") == ["Ada"]


def test_two_places_and_two_levels_are_one_card_in_both_regions():
    person = listed("Ada")
    make_recognition(person, level="specialised")
    place(person, "waasland")
    place(person, "regio-gent")
    found = directory()
    assert (found.total, found.by_region) == (1, {"regio-gent": 1, "waasland": 1})
    assert found.listings[0].level == "specialised"
    assert names(region="waasland") == names(region="regio-gent") == ["Ada"]
    assert names(region="limburg") == names(region="bestaat-niet") == []


def test_pages_have_everybody_once(monkeypatch):
    monkeypatch.setattr(directory_module, "PAGE_SIZE", 2)
    for name in ("Ada", "Bea", "Cas"):
        listed(name)
    assert names() + names(number=2) == ["Ada", "Bea", "Cas"]
    assert names(number=10**9) == ["Cas"]
    assert directory().pages == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_search_stays_under_twelve_queries(client, rows, django_assert_max_num_queries):
    call_command("load_site", verbosity=0)
    for number in range(rows):
        place(listed(f"Naam{number}", offers=["loss"]), "regio-gent")
    client.get("/zorgaanbod/")
    with django_assert_max_num_queries(11):
        answer = client.get("/zorgaanbod/", {"zoek": "miskraam", "regio": "regio-gent", "taal": ""})
    assert answer.content.decode().count("Twijg</h4>") == rows


def test_map_and_list_say_the_same_and_an_empty_region_says_where_to_turn(client):
    call_command("load_site", verbosity=0)
    listed("Ada")
    page = client.get("/zorgaanbod/").content.decode()
    assert "<title>Regio Gent: 1 zorgverlener</title>" in page
    assert page.count('class="care-map__region') == 15
    assert page.count("?regio=regio-gent#wie") == 2
    empty = client.get("/zorgaanbod/", {"regio": "waasland"}).content.decode()
    assert "In Waasland staat nog niemand" in empty
    assert "Vlakbij is er wel iemand" in empty and "Vraag het aan het netwerk" in empty.replace("Of v", "V")
    assert 'href="#dringend"' in empty
    odd = client.get("/zorgaanbod/", {"regio": "x" * 500, "bladzijde": "-1", "taal": "<b>", "onbekend": "1"})
    assert odd.status_code == 200
    assert "<b>" not in odd.content.decode()


def test_second_layer_counts_groups_and_names_points_without_people(client):
    call_command("load_site", verbosity=0)
    region = ReferenceRegion.objects.get(slug="regio-gent")
    IntervisionGroup.objects.create(name="Geheime kring", region=region, open_since="2026-01-01")
    Organisation.objects.create(
        name="Centrum De Brug", slug="de-brug", kind=OrganisationKind.MENTAL_HEALTH, region=region
    )
    plain = client.get("/zorgaanbod/").content.decode()
    assert "intervisiegroep " not in plain and "Centrum De Brug" not in plain
    page = client.get("/zorgaanbod/", {"laag": "netwerk"}).content.decode()
    assert "1 intervisiegroep" in page and "1 verwelkomt nieuwe leden" in page and "Centrum De Brug" in page
    assert "Geheime kring" not in page


def test_words_that_are_missing_are_made():
    person = listed("Ada")
    ListingWords.objects.all().delete()
    assert (fill_missing_words(), fill_missing_words()) == (1, 0)
    assert "Ada" in ListingWords.objects.get(person=person).words


def test_drawing_holds_every_region_and_its_neighbours_are_mutual():
    slugs = set(ReferenceRegion.objects.values_list("slug", flat=True))
    assert {tile.slug for tile in TILES} == slugs
    assert len({(tile.x, tile.y) for tile in TILES}) == len(TILES)
    assert all(0 < tile.x < WIDTH and 0 < tile.y < HEIGHT for tile in TILES)
    for slug in slugs:
        assert neighbours(slug)
        assert all(slug in neighbours(other) for other in neighbours(slug))
    assert neighbours("bestaat-niet") == ()


def test_telling_words_and_stems():
    assert question_words("Ik zoek hulp voor mijn baby, BABY!") == ("baby",)
    assert question_words("") == question_words("de het een") == ()
    assert found_people("de het een") is None
    assert len(question_words(" ".join(f"woord{number}" for number in range(50)))) == 12
    assert stem_of("depressies") == stem_of("depressie")


def test_search_on_postgresql_uses_its_index():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no full text of its own here")
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'listing_words_dutch'")
        assert "to_tsvector('dutch'::regconfig, words)" in cursor.fetchone()[0]
