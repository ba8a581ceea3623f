"""The office's desk: one pair of hands per piece, lookalikes, and no query more for a long queue."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation.domain.desk_work import claim, load_of_colleagues, take_next
from accreditation.domain.evidence import verify_evidence
from accreditation.models import EvidenceClaim
from people.api import Role
from tests.factories.accreditation import EvidenceFactory, make_stored_file
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleagues():
    return user_with(Role.NETWORK_STAFF, last_name="Een"), user_with(Role.NETWORK_STAFF, last_name="Twee")


def waiting(**more):
    owner = more.pop("person", None) or UserFactory()
    return EvidenceFactory(person=owner, status="waiting", **more)


def test_two_colleagues_never_get_the_same_piece(colleagues):
    first, second = colleagues
    pieces = [waiting(), waiting(), waiting(person=second)]
    assert [take_next(by=first), take_next(by=second)] == pieces[:2]
    assert take_next(by=second) == pieces[1]
    assert claim(evidence=pieces[0], by=second) == first
    assert claim(evidence=pieces[0], by=first) is None
    EvidenceClaim.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert take_next(by=second) == pieces[0]
    assert take_next(by=first) == pieces[1]


def test_own_piece_is_never_handed_out(colleagues):
    waiting(person=colleagues[0])
    assert take_next(by=colleagues[0]) is None


def test_load_counts_what_is_in_hand_and_what_was_done(colleagues):
    first, second = colleagues
    done, _held = waiting(), waiting()
    verify_evidence(evidence_id=done.pk, by=second, status="verified")
    take_next(by=first)
    found = [
        (one.name, one.in_hand, one.looked_at, one.is_you)
        for one in load_of_colleagues(you=first, now=timezone.now())
    ]
    assert found == [("Noor Een", 1, 0, True), ("Noor Twee", 0, 1, False)]


def test_saving_hands_out_the_next_and_the_screen_names_a_colleague(client, colleagues):
    first, second = colleagues
    pieces = [waiting(), waiting()]
    client.force_login(first)
    assert client.post("/netwerk/bewijsstukken/volgende/").url == f"/netwerk/bewijsstukken/{pieces[0].pk}/"
    sent = {"status": "verified", "reason": "", "seen_status": "waiting"}
    assert (
        client.post(f"/netwerk/bewijsstukken/{pieces[0].pk}/", sent).url
        == f"/netwerk/bewijsstukken/{pieces[1].pk}/"
    )
    client.force_login(second)
    assert (
        "Noor Een heeft dit stuk nu in handen"
        in client.get(f"/netwerk/bewijsstukken/{pieces[1].pk}/").content.decode()
    )
    assert "Noor Een kijkt dit nu na" in client.get("/netwerk/bewijsstukken/").content.decode()
    client.force_login(first)
    client.post(f"/netwerk/bewijsstukken/{pieces[1].pk}/terugleggen/")
    assert not EvidenceClaim.objects.filter(colleague=first).exists()
    assert client.post("/netwerk/bewijsstukken/999999/terugleggen/").status_code == 302


def test_same_document_of_somebody_else_is_shown_beside_the_facts(client, colleagues):
    one, other = UserFactory(first_name="Mila"), UserFactory()
    EvidenceFactory(person=one, file=make_stored_file(one), title="Diploma van Mila")
    row = waiting(person=other, file=make_stored_file(other))
    waiting(person=other, file=make_stored_file(other, content=b"%PDF-1.4 iets anders"))
    client.force_login(colleagues[0])
    page = client.get(f"/netwerk/bewijsstukken/{row.pk}/").content.decode()
    assert "Dit document zagen we al" in page and "Diploma van Mila" in page and "Van iemand anders." in page


def test_queue_costs_the_same_for_one_and_for_many(client, colleagues, django_assert_num_queries):
    client.force_login(colleagues[0])
    waiting()
    client.get("/netwerk/bewijsstukken/")
    with django_assert_num_queries(6):
        client.get("/netwerk/bewijsstukken/")
    for _number in range(24):
        waiting()
    take_next(by=colleagues[1])
    with django_assert_num_queries(6):
        client.get("/netwerk/bewijsstukken/")
