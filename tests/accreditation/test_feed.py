"""The stream of versions: in step with grants, withdrawals, dates and consent; append-only; no person in it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils import timezone
from rdflib import Graph, URIRef

from accreditation.domain import feed, linked_data
from accreditation.domain.listing_rules import listing_status
from accreditation.domain.recognitions import grant_recognition, withdraw_recognition
from accreditation.enums import FeedStatus, RecognitionStatus
from accreditation.models import FeedEvent
from people.api import Role
from tests.factories.people import user_with
from tests.factories.proof import insure, make_decision, make_professional, make_recognition

pytestmark = pytest.mark.django_db


def said(recognition) -> list[str]:
    """Statuses that the stream gave for a recognition, in order."""
    return [event.payload["status"] for event in recognition.feed_events.order_by("sequence")]


def withdraw(recognition):
    withdraw_recognition(
        recognition_id=recognition.pk, withdrawn_by=user_with(Role.NETWORK_STAFF), reason="Een reden."
    )


def test_every_status_is_told_and_consent_goes_first():
    told = {
        status: listing_status(consents=True, is_active=True, status=status) for status in RecognitionStatus
    }
    assert told[RecognitionStatus.VALID] == told[RecognitionStatus.EXPIRING] == FeedStatus.VALID
    assert told[RecognitionStatus.GRACE] == told[RecognitionStatus.EXPIRED] == FeedStatus.EXPIRED
    assert told[RecognitionStatus.UPCOMING] is None
    for consents, is_active in ((False, True), (True, False)):
        assert (
            listing_status(consents=consents, is_active=is_active, status=RecognitionStatus.WITHDRAWN)
            == FeedStatus.UNLISTED
        )


def test_grant_is_announced_once_and_withdrawal_at_once():
    recognition = make_recognition()
    assert said(recognition) == ["valid"]
    assert feed.publish_recognition(recognition) is None
    withdraw(recognition)
    assert said(recognition) == ["valid", "withdrawn"]
    assert feed.retract_recognition(recognition) is None
    assert list(recognition.feed_events.order_by("sequence").values_list("version", flat=True)) == [1, 2]


def test_nothing_is_said_about_who_does_not_consent():
    recognition = make_recognition(make_professional(listed=False))
    withdraw(recognition)
    assert FeedEvent.objects.count() == 0


def test_consent_given_and_taken_back_follows_the_switch():
    recognition = make_recognition(make_professional(listed=False))
    profile = recognition.person.profile
    for switch in (True, False, True):
        profile.public_listing = switch
        profile.save()
    assert said(recognition) == ["valid", "unlisted", "valid"]
    unlisted = recognition.feed_events.get(version=2)
    assert set(unlisted.payload) == {"id", "status"}


def test_closed_account_and_changed_name_are_told():
    recognition = make_recognition()
    person = recognition.person
    person.last_name = "Andertak"
    person.save()
    person.is_active = False
    person.save()
    assert said(recognition) == ["valid", "valid", "unlisted"]
    person.save(update_fields=["last_login"])
    assert len(said(recognition)) == 3


def test_renewal_replaces_and_both_levels_stand_side_by_side():
    person = make_professional()
    first = make_recognition(person)
    deeper = make_recognition(person, level="specialised")
    renewed = grant_recognition(decision=make_decision(person))
    assert (said(first), said(deeper), said(renewed)) == (["valid", "replaced"], ["valid"], ["valid"])


def test_dates_and_insurance_that_ran_out_are_told_once_by_the_hourly_round():
    recognition = make_recognition()
    recognition.person.evidence.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert feed.announce_lapses() == 1
    assert feed.announce_lapses() == 0
    insure(recognition.person)
    assert feed.announce_lapses() == 0
    with time_machine.travel(f"{recognition.valid_until + timedelta(days=1)}T12:00:00+01:00"):
        assert feed.announce_lapses() == 1
        assert feed.announce_lapses() == 0
    assert said(recognition) == ["valid", "interrupted", "valid", "expired"]


def test_stream_rolls_back_with_what_caused_it():
    person = make_professional()
    with pytest.raises(RuntimeError), transaction.atomic():
        make_recognition(person)
        raise RuntimeError
    assert FeedEvent.objects.count() == 0
    assert make_recognition(person).feed_events.get().sequence == 1


def test_database_refuses_to_change_or_remove_versions():
    make_recognition()
    for change in (lambda: FeedEvent.objects.update(version=9), lambda: FeedEvent.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_payload_holds_no_person():
    person = make_professional(first_name="Noor", last_name="Twijg", email="noor@voorbeeld.test")
    person.profile.riziv_number = "12345678901"
    person.profile.phone = "09 123 45 67"
    person.profile.public_contact = True
    person.profile.save()
    recognition = make_recognition(person)
    payload = recognition.feed_events.latest("sequence").payload
    assert set(payload) == {"id", "status", "level", "valid_from", "valid_until"}
    assert recognition.listing.riziv_digest not in ("", "12345678901")


def page_of(client, number=1, accept="text/turtle"):
    return client.get(f"/ldes/erkenningen/{number}", headers={"Accept": accept})


def test_stream_describes_itself_and_leads_to_its_pages(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/ldes/erkenningen")
    graph = Graph().parse(data=answer.content, format="turtle")
    stream = URIRef(linked_data.stream_url())
    assert answer["Content-Type"] == "text/turtle; charset=utf-8"
    assert (stream, None, linked_data.LDES.EventStream) in graph
    view = graph.value(stream, linked_data.TREE.view)
    assert str(view) == linked_data.page_url(1)
    policy = graph.value(view, linked_data.LDES.retentionPolicy)
    assert (policy, None, linked_data.LDES.PointInTimePolicy) in graph


def test_withdrawal_is_the_last_version_in_the_stream(client):
    recognition = make_recognition()
    withdraw(recognition)
    graph = Graph().parse(data=page_of(client).content, format="turtle")
    stream = URIRef(linked_data.stream_url())
    members = list(graph.objects(stream, linked_data.TREE.member))
    assert len(members) == 2
    latest = max(members, key=lambda member: int(graph.value(member, linked_data.SCHEMA.version)))
    status = graph.value(latest, URIRef(f"{linked_data.terms_url()}#status"))
    assert str(status) == f"{linked_data.terms_url()}#withdrawn"


def test_json_ld_and_turtle_say_the_same(client):
    make_recognition()
    turtle = Graph().parse(data=page_of(client).content, format="turtle")
    answer = page_of(client, accept="application/ld+json, text/turtle;q=0.5")
    assert answer["Content-Type"].startswith("application/ld+json")
    assert turtle.isomorphic(Graph().parse(data=answer.content, format="json-ld"))


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("application/json", "application/ld+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/plain"),
        ("text/turtle;q=0.1, application/ld+json;q=0.9", "application/ld+json"),
        ("application/ld+json;q=nonsense, text/turtle", "text/turtle"),
    ],
)
def test_media_type_is_negotiated(client, accept, given):
    answer = client.get("/ldes/erkenningen", headers={"Accept": accept})
    assert answer["Content-Type"] == f"{given}; charset=utf-8"
    assert "Accept" in answer["Vary"]


def test_media_type_that_we_lack_is_refused(client):
    assert client.get("/ldes/erkenningen", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("number", ["0", "2", "10000000000"])
def test_page_that_does_not_exist_is_a_404(client, number):
    assert page_of(client, number).status_code == 404


def test_full_pages_are_settled_and_the_newest_is_fresh(client, monkeypatch, django_assert_num_queries):
    for module in (feed, linked_data):
        monkeypatch.setattr(module, "PAGE_SIZE", 2)
    monkeypatch.setattr("accreditation.views.ldes.PAGE_SIZE", 2)
    for _ in range(3):
        make_recognition()
    with django_assert_num_queries(1):
        first = page_of(client)
    assert "immutable" in first["Cache-Control"]
    with django_assert_num_queries(0):
        assert page_of(client).content == first.content
    graph = Graph().parse(data=first.content, format="turtle")
    relation = graph.value(URIRef(linked_data.page_url(1)), linked_data.TREE.relation)
    assert str(graph.value(relation, linked_data.TREE.node)) == linked_data.page_url(2)
    newest = page_of(client, 2)
    assert newest["Cache-Control"] == "no-cache"
    make_recognition()
    make_recognition()
    assert page_of(client).content == first.content
    assert page_of(client, 2).content != newest.content
    assert page_of(client, 3).status_code == 200


def test_page_after_a_full_last_one_exists_and_is_empty(client, monkeypatch):
    for module in (feed, linked_data):
        monkeypatch.setattr(module, "PAGE_SIZE", 1)
    monkeypatch.setattr("accreditation.views.ldes.PAGE_SIZE", 1)
    make_recognition()
    assert page_of(client, 2).status_code == 200
    assert page_of(client, 3).status_code == 404


def test_terms_explain_every_word_that_the_stream_uses(client):
    make_recognition()
    terms = Graph().parse(data=client.get("/ldes/erkenningen/termen").content, format="turtle")
    stream = Graph().parse(data=page_of(client).content, format="turtle")
    prefix = f"{linked_data.terms_url()}#"
    used = {part for triple in stream for part in triple if str(part).startswith(prefix)}
    assert used
    assert used <= set(terms.subjects())
