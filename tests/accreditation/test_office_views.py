"""The office: what waits, the document beside the facts, one answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation.models import Evidence
from people.enums import Role
from tests.factories.accreditation import EvidenceFactory, make_stored_file
from tests.factories.people import UserFactory, user_with
from tests.factories.uploads import pdf_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    user = user_with(Role.NETWORK_STAFF)
    client.force_login(user)
    return user


def waiting(person=None, **fields):
    return EvidenceFactory(person=person or UserFactory(), status="waiting", **fields)


def answer_to(row, status, reason="", seen="waiting"):
    return {"status": status, "reason": reason, "seen_status": seen}


def test_start_page_counts_what_waits(client, office):
    waiting()
    waiting(created_at=timezone.now() - timedelta(days=3))
    EvidenceFactory(person=UserFactory(), status="needs_more", reason="Blad 2?")
    page = client.get("/netwerk/").content.decode()
    assert "Er wachten 2 bewijsstukken" in page
    assert "bij 1 vroegen we iets" in page


def test_queue_shows_the_oldest_first_and_never_ones_own(client, office):
    new, old = waiting(), waiting(created_at=timezone.now() - timedelta(days=2))
    waiting(person=office)
    waiting(withdrawn_at=timezone.now())
    answer = client.get("/netwerk/bewijsstukken/")
    assert [row for row, *_words in answer.context["rows"]] == [old, new]


def test_ones_own_piece_is_not_found(client, office):
    row = waiting(person=office)
    assert client.get(f"/netwerk/bewijsstukken/{row.pk}/").status_code == 404
    assert client.post(f"/netwerk/bewijsstukken/{row.pk}/", answer_to(row, "verified")).status_code == 404


def test_answer_leads_to_the_next_piece_and_then_back(client, office):
    first, second = waiting(), waiting()
    answer = client.post(f"/netwerk/bewijsstukken/{first.pk}/", answer_to(first, "verified"))
    assert answer.url == f"/netwerk/bewijsstukken/{second.pk}/"
    answer = client.post(f"/netwerk/bewijsstukken/{second.pk}/", answer_to(second, "refused", "Onleesbaar."))
    assert answer.url == "/netwerk/bewijsstukken/"
    assert sorted(Evidence.objects.values_list("status", flat=True)) == ["refused", "verified"]


def test_refusal_without_reason_is_asked_for_one(client, office):
    row = waiting()
    answer = client.post(f"/netwerk/bewijsstukken/{row.pk}/", answer_to(row, "refused"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["reason"] == ["Schrijf kort waarom, zodat de ander verder kan."]
    assert client.post(f"/netwerk/bewijsstukken/{row.pk}/", {}).status_code == 422
    row.refresh_from_db()
    assert row.status == "waiting"


def test_colleague_who_was_first_wins(client, office):
    row = waiting()
    Evidence.objects.filter(pk=row.pk).update(
        status="verified", verified_by=user_with(Role.NETWORK_STAFF), verified_at=timezone.now()
    )
    data = answer_to(row, "refused", "Nee.", seen="waiting")
    answer = client.post(f"/netwerk/bewijsstukken/{row.pk}/", data, follow=True)
    assert "Een collega keek dit bewijsstuk net na" in answer.content.decode()
    row.refresh_from_db()
    assert row.status == "verified"


def test_pages_of_the_document_are_pictures(client, office):
    owner = UserFactory()
    content = pdf_upload(pages=2).read()
    row = waiting(person=owner, file=make_stored_file(owner, pages=2, content=content))
    page = client.get(f"/netwerk/bewijsstukken/{row.pk}/").content.decode()
    assert f"/mijn/dossier/bewijs/{row.pk}/blad/2/" in page
    answer = client.get(f"/mijn/dossier/bewijs/{row.pk}/blad/2/")
    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert client.get(f"/mijn/dossier/bewijs/{row.pk}/blad/3/").status_code == 404
    assert client.get(f"/mijn/dossier/bewijs/{row.pk}/blad/0/").status_code == 404


def test_page_that_cannot_be_drawn_is_not_found(client, office):
    owner = UserFactory()
    row = waiting(person=owner, file=make_stored_file(owner, content=b"%PDF-1.4 kapot"))
    assert client.get(f"/mijn/dossier/bewijs/{row.pk}/blad/1/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_queue_query_count(client, office, rows, django_assert_num_queries):
    for _ in range(rows):
        waiting()
    # user, roles, count, page with people, who did what, who has what in hand
    with django_assert_num_queries(6):
        client.get("/netwerk/bewijsstukken/")


@pytest.mark.parametrize("rows", [1, 3])
def test_start_page_query_count(client, office, rows, django_assert_num_queries):
    for _ in range(rows):
        waiting()
    # user, roles, evidence, dossiers
    with django_assert_num_queries(4):
        client.get("/netwerk/")
