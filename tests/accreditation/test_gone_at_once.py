"""From withdrawal to gone, wherever others could see it; and consent that ends while something is published."""

import json
import threading
import time

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections

from accreditation.domain import webhook_delivery, webhooks
from accreditation.domain.credentials import ensure_credential
from accreditation.domain.criteria_sets import load_proposal
from accreditation.domain.feed import announce_person
from accreditation.domain.listing_card import withdraw_listing
from accreditation.domain.recognitions import withdraw_recognition
from accreditation.domain.status_lists import is_marked
from accreditation.models import FeedEvent, Listing, ProcedureRule
from people.api import Role
from people.domain.reference_data import load_reference_data
from tests.factories.people import user_with
from tests.factories.proof import make_professional, make_recognition
from tests.factories.receivers import Receiver


@pytest.mark.django_db
def test_a_withdrawal_is_gone_everywhere_at_once(
    client, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(webhook_delivery, "PAUSE_SECONDS", 0)
    call_command("load_site", verbosity=0)
    staff, receiver = user_with(Role.NETWORK_STAFF), Receiver()
    webhooks.add_endpoint(name="Kaart", url=receiver.url, by=staff)
    recognition = make_recognition()
    name, key = recognition.person.full_name, str(recognition.listing.public_id)
    document = ensure_credential(certificate_id=recognition.person.certificates.get().pk).document
    place = next(one for one in document["credentialStatus"] if one["statusPurpose"] == "revocation")
    listed = place["statusListCredential"].removeprefix("http://localhost:8000")
    places = {
        "page": lambda: name in client.get("/zorgaanbod/").content.decode(),
        "list": lambda: name in client.get("/api/v1/recognitions").content.decode(),
        "one": lambda: client.get(f"/api/v1/recognitions/{key}").status_code == 200,
        "hsds": lambda: client.get("/hsds/services").json()["total_items"] == 1,
        "hsds one": lambda: client.get(f"/hsds/services/{key}").status_code == 200,
        "stream": lambda: (
            "#withdrawn" not in client.get("/ldes/erkenningen/1").content.decode().replace("nest:", "#")
        ),
        "status list": lambda: (
            not is_marked(
                json.loads(client.get(listed).content)["credentialSubject"]["encodedList"],
                int(place["statusListIndex"]),
            )
        ),
    }
    assert {where: seen() for where, seen in places.items()} == dict.fromkeys(places, True)
    began = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_recognition(recognition_id=recognition.pk, withdrawn_by=staff, reason="Een reden.")
    told = time.monotonic() - began
    assert receiver.types[-1] == "recognition.withdrawn"
    assert told < 60
    assert {where: seen() for where, seen in places.items()} == dict.fromkeys(places, False)
    receiver.server.shutdown()


@pytest.fixture
def starting_rows(transactional_db):
    """What migrations write; an earlier test that committed emptied the tables."""
    load_reference_data(apps)
    load_proposal(apps)
    ProcedureRule.objects.get_or_create(valid_from="2024-01-01")


def test_consent_that_ends_during_a_publication_has_the_last_word(starting_rows, client):
    """Eight processes publish the same person while one takes the consent back: the stream ends with "unlisted"."""
    person = make_professional()
    recognition = make_recognition(person)
    errors: list[str] = []

    def publish():
        try:
            for _ in range(3):
                announce_person(person_id=person.pk)
        except Exception as error:  # noqa: BLE001 - shown in the assertion
            errors.append(repr(error))
        finally:
            connections.close_all()

    def stop():
        try:
            withdraw_listing(person=person)
        except Exception as error:  # noqa: BLE001 - shown in the assertion
            errors.append(repr(error))
        finally:
            connections.close_all()

    if connection.vendor == "postgresql":
        threads = [threading.Thread(target=publish) for _ in range(8)]
        threads.insert(4, threading.Thread(target=stop))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:
        announce_person(person_id=person.pk)
        withdraw_listing(person=person)
        announce_person(person_id=person.pk)
    assert errors == []
    events = list(FeedEvent.objects.filter(recognition=recognition).order_by("sequence"))
    assert [event.payload["status"] for event in events] == ["valid", "unlisted"]
    assert Listing.objects.get().is_announced is False
    assert client.get("/api/v1/recognitions").json()["recognitions"] == []
