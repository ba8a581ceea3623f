"""Pieces of a file, photos and covered documents through the site's addresses."""

import json

import pytest
from django.urls import reverse

from accreditation.domain.dossiers import submit_dossier
from accreditation.domain.evidence import add_evidence, keep_file
from accreditation.domain.evidence_kinds import check_facts
from accreditation.domain.photos import turned_crop
from accreditation.models import Evidence, EvidencePhoto
from media.models import StoredFile
from tests.factories.accreditation import EvidenceFactory, make_complete
from tests.factories.people import UserFactory
from tests.factories.uploads import jpeg_upload, pdf_upload, upload

pytestmark = pytest.mark.django_db
START = "/mijn/dossier/bewijs/upload/"


@pytest.fixture
def person(client):
    user = UserFactory()
    client.force_login(user)
    return user


def announce(client, **facts):
    return client.post(START, json.dumps(facts), content_type="application/json")


def send(client, upload_id, data, offset):
    return client.post(
        f"{START}{upload_id}/",
        data,
        content_type="application/octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def test_file_in_pieces_ends_in_the_form(client, person):
    content = pdf_upload(pages=2).read()
    upload_id = announce(client, name="diploma.pdf", size=len(content)).json()["id"]
    half = len(content) // 2
    send(client, upload_id, content[:half], 0)
    assert client.get(f"{START}{upload_id}/").json()["received"] == half
    assert send(client, upload_id, content[half:], half).json()["received"] == len(content)
    done = client.post(
        f"{START}{upload_id}/klaar/", json.dumps({"token": "t9"}), content_type="application/json"
    )
    assert done.json() == {"name": "diploma.pdf", "warnings": []}
    form = {"token": "t9", "association": "De Kring", "year": 2026}
    assert client.post("/mijn/dossier/bewijs/nieuw/membership/", form).status_code == 302
    assert Evidence.objects.get().file.pages == 2


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        "[1]",
        '{"name": "a"}',
        '{"name": "a", "size": "x"}',
        '{"name": "a", "size": 0}',
        '{"name":"a","size":99999999}',
    ],
)
def test_bad_announcement_gets_a_message(client, person, body):
    answer = client.post(START, body, content_type="application/json")
    assert answer.status_code == 422 and answer.json()["message"]


def test_bad_pieces_and_bad_ends_get_a_message(client, person):
    upload_id = announce(client, name="a.pdf", size=4).json()["id"]
    assert send(client, upload_id, b"abc", "x").status_code == 422
    assert send(client, upload_id, b"abcde", 0).status_code == 422
    assert client.post(f"{START}{upload_id}/klaar/", "{}", content_type="application/json").status_code == 422
    send(client, upload_id, b"abcd", 0)
    for token in ("a b", "x" * 41):
        body = json.dumps({"token": token})
        assert (
            client.post(f"{START}{upload_id}/klaar/", body, content_type="application/json").status_code
            == 422
        )
    refused = client.post(f"{START}{upload_id}/klaar/", '{"token": "t"}', content_type="application/json")
    assert refused.status_code == 422 and "pdf" in refused.json()["message"]
    client.force_login(UserFactory())
    assert client.get(f"{START}{upload_id}/").status_code == 404


# --- photos ---------------------------------------------------------------------------------------------------------

PHOTOS = "/mijn/dossier/bewijs/fotos/diploma/tok/"


def order():
    return list(EvidencePhoto.objects.values_list("file__original_name", "turn"))


def test_photos_keep_the_order_of_the_browser_and_become_one_pdf(client, person):
    client.post(
        PHOTOS, {"actie": "voeg", "fotos": [jpeg_upload("b.jpg"), jpeg_upload("a.jpg"), jpeg_upload("c.jpg")]}
    )
    assert [name for name, _turn in order()] == ["b.jpg", "a.jpg", "c.jpg"]
    b, a, c = EvidencePhoto.objects.all()
    client.post(PHOTOS, {"actie": f"up:{c.pk}"})
    client.post(PHOTOS, {"actie": f"up:{b.pk}"})
    client.post(PHOTOS, {"actie": f"right:{c.pk}"})
    client.post(PHOTOS, {"actie": f"knip:{c.pk}", "links": "10", "boven": "0", "rechts": "20,5", "onder": ""})
    client.post(PHOTOS, {"actie": f"remove:{a.pk}"})
    assert order() == [("b.jpg", 0), ("c.jpg", 90)]
    c.refresh_from_db()
    assert c.crop == pytest.approx([0.1, 0, 0.795, 1])
    assert client.get(f"/mijn/dossier/bewijs/fotos/blad/{c.pk}/")["Content-Type"] == "image/jpeg"
    made = client.post(PHOTOS, {"actie": "maak"})
    assert made.url == "/mijn/dossier/bewijs/nieuw/diploma/?formulier=tok"
    assert "is al binnen" in client.get(made.url).content.decode()
    assert (StoredFile.objects.get().pages, EvidencePhoto.objects.count()) == (2, 0)
    form = {"token": "tok", "degree": "Vroedkunde", "institution": "School", "year": 2015}
    assert client.post(made.url, form).status_code == 302
    assert Evidence.objects.get().file.pages == 2


@pytest.mark.parametrize(
    "data",
    [
        {"actie": "maak"},
        {"actie": "voeg"},
        {"actie": "iets:9"},
        {"actie": ""},
        {"actie": "knip:1", "links": "x"},
        {"actie": "knip:1", "links": "60", "rechts": "60"},
    ],
)
def test_impossible_wishes_about_photos_lose_nothing(client, person, data):
    if data["actie"] != "maak":
        client.post(PHOTOS, {"actie": "voeg", "fotos": [jpeg_upload("b.jpg")]})
    assert client.post(PHOTOS, data).status_code == 302
    assert len(order()) == (data["actie"] != "maak")


def test_pdf_among_photos_and_photos_of_somebody_else(client, person):
    page = client.post(
        PHOTOS, {"actie": "voeg", "fotos": [pdf_upload(), upload(b"<html>", "x.jpg")]}, follow=True
    )
    assert order() == [] and page.status_code == 200
    client.post(PHOTOS, {"actie": "voeg", "fotos": [jpeg_upload()]})
    photo = EvidencePhoto.objects.get()
    client.force_login(UserFactory())
    client.post(PHOTOS, {"actie": f"remove:{photo.pk}"})
    assert EvidencePhoto.objects.exists()
    assert client.get(reverse("accreditation:photo_preview", args=[photo.pk])).status_code == 404


@pytest.mark.parametrize("clockwise", [True, False])
def test_four_quarter_turns_bring_a_crop_back(clockwise):
    crop = [0.1, 0.2, 0.7, 0.9]
    once = turned_crop(crop, clockwise=clockwise)
    assert once != crop
    again = turned_crop(
        turned_crop(turned_crop(once, clockwise=clockwise), clockwise=clockwise), clockwise=clockwise
    )
    assert again == pytest.approx(crop)


# --- covering -------------------------------------------------------------------------------------------------------


def policy(person, pages=2):
    from django.utils import timezone

    today = timezone.localdate()
    data = {"cover": "own", "valid_from": today, "valid_until": today.replace(year=today.year + 1, day=1)}
    kept = keep_file(person=person, upload=pdf_upload("polis.pdf", pages=pages))
    checked = check_facts(kind="insurance", data=data, degrees=(), today=today)
    return add_evidence(person=person, checked=checked, token="p", file_id=kept.id)


def test_covered_copy_takes_the_place_and_the_old_file_is_gone(client, person):
    row = policy(person)
    old_file = row.file_id
    path = f"/mijn/dossier/bewijs/{row.pk}/afdekken/"
    assert client.get(path).status_code == 200
    sent = {"token": "dek", "vakken": "[[1, 0.1, 0.1, 0.5, 0.2]]", "weg": ["2"]}
    answer = client.post(path, sent)
    new = Evidence.objects.in_portfolio().get()
    assert answer.url == f"/mijn/dossier/bewijs/{new.pk}/"
    assert (new.status, new.file.pages, new.facts) == ("waiting", 1, row.facts)
    assert not StoredFile.objects.filter(pk=old_file).exists()
    assert client.post(path, sent).url == answer.url
    assert Evidence.objects.count() == 2


def test_file_of_a_handed_in_dossier_stays(client, person):
    make_complete(person, insurance="absent")
    row = policy(person)
    submit_dossier(person=person, level="basic")
    client.post(
        f"/mijn/dossier/bewijs/{row.pk}/afdekken/",
        {"token": "dek", "blad": "1", "links": "10", "boven": "10", "breed": "20", "hoog": "5"},
    )
    assert Evidence.objects.filter(replaces=row).exists()
    assert StoredFile.objects.filter(pk=row.file_id).exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"token": "t"},
        {"token": "t", "vakken": "nee"},
        {"token": "t", "vakken": "[[9, 0, 0, 1, 1]]"},
        {"token": "t", "vakken": "[[1, 0, 0]]"},
        {"token": "t", "blad": "1", "links": "a", "boven": "1", "breed": "1", "hoog": "1"},
        {"token": "t", "weg": ["1", "2"]},
        {"token": "", "weg": ["1"]},
    ],
)
def test_nothing_useful_to_cover_gets_a_message(client, person, sent):
    row = policy(person)
    assert client.post(f"/mijn/dossier/bewijs/{row.pk}/afdekken/", sent).status_code == 422
    assert Evidence.objects.count() == 1


def test_piece_without_file_or_of_somebody_else_is_not_covered(client, person):
    for row in (EvidenceFactory(person=person), policy(UserFactory())):
        assert client.get(f"/mijn/dossier/bewijs/{row.pk}/afdekken/").status_code == 404
