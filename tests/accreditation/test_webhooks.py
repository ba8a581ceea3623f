"""Telling partners: signed, in order per person, revocations first, and no flood for who was away."""

import http.client
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from accreditation.domain import webhook_delivery, webhook_wire, webhooks
from accreditation.domain.listing_card import withdraw_listing
from accreditation.domain.recognitions import withdraw_recognition
from accreditation.domain.webhook_delivery import deliver_round, send_test
from accreditation.domain.webhook_rules import (
    RESTS,
    WaitingMessage,
    blames_message,
    outcome_of,
    rest_after,
    sending_order,
)
from accreditation.domain.webhook_wire import is_public, read_target
from accreditation.enums import ReceiptOutcome
from accreditation.exceptions import WebhookError
from accreditation.models import FeedEvent, WebhookDelivery, WebhookEndpoint, WebhookReceipt
from people.api import Role
from tests.factories.people import user_with
from tests.factories.proof import make_professional, make_recognition
from tests.factories.receivers import Receiver

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(settings, monkeypatch):
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(webhook_delivery, "PAUSE_SECONDS", 0)
    found = Receiver()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def staff():
    return user_with(Role.NETWORK_STAFF)


@pytest.fixture
def hook(receiver, staff):
    """The endpoint of the receiver, and its secret."""
    return webhooks.add_endpoint(name="Sociale kaart", url=receiver.url, by=staff)


def withdraw(recognition):
    withdraw_recognition(
        recognition_id=recognition.pk, withdrawn_by=user_with(Role.NETWORK_STAFF), reason="Een reden."
    )


def test_a_withdrawal_arrives_signed_without_a_person_and_only_once(hook, receiver):
    endpoint, secret = hook
    recognition = make_recognition()
    withdraw(recognition)
    began = time.monotonic()
    assert deliver_round() == 2
    assert time.monotonic() - began < 60
    assert receiver.types == ["recognition.valid", "recognition.withdrawn"]
    headers, body, text = receiver.got[1]
    assert Webhook(secret).verify(text, {name.lower(): value for name, value in headers.items()}) == body
    assert body["data"] == {
        "id": str(recognition.listing.public_id),
        "version": 2,
        "sequence": 2,
        "status": "withdrawn",
        "url": f"http://localhost:8000/api/v1/recognitions/{recognition.listing.public_id}",
    }
    assert recognition.person.last_name not in text
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(text + " ", {name.lower(): value for name, value in headers.items()})
    assert deliver_round() == 0
    assert len(receiver.got) == 2
    assert endpoint.receipts.filter(outcome=ReceiptOutcome.DELIVERED).count() == 2


def test_a_change_starts_a_round_after_the_commit(hook, receiver, django_capture_on_commit_callbacks):
    recognition = make_recognition()
    WebhookDelivery.objects.update(delivered_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(recognition)
    assert receiver.types == ["recognition.withdrawn"]


def test_who_is_away_for_two_days_gets_everything_in_order_revocations_first_and_few_knocks(hook, receiver):
    endpoint, _secret = hook
    receiver.status = 503
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False) as clock:
        stays, goes, quiet = (make_recognition(make_professional()) for _ in range(3))
        person = stays.person
        for name in ("Berk", "Els", "Wilg"):
            person.last_name = name
            person.save()
        withdraw(goes)
        withdraw_listing(person=quiet.person)
        for _ in range(2 * 24 * 6):
            deliver_round()
            clock.shift(timedelta(minutes=10))
        knocks = len(receiver.got)
        assert knocks < 2 * 24 * 6
        # One message at a time is tried while nobody answers: never the whole pile.
        assert len({body["data"]["sequence"] for _h, body, _t in receiver.got}) == 1
        receiver.got.clear()
        receiver.status = 204
        clock.shift(timedelta(minutes=20))
        assert deliver_round() == 8
    ids = [str(row.listing.public_id) for row in (goes, quiet, stays)]
    # People who lose something first; of each person everything, in order; the last one is the state of now.
    assert receiver.versions.index((ids[0], 2)) < receiver.versions.index((ids[2], 1))
    assert receiver.versions.index((ids[1], 2)) < receiver.versions.index((ids[2], 1))
    for key, latest in zip(ids, (2, 2, 4), strict=True):
        assert [version for one, version in receiver.versions if one == key] == [*range(1, latest + 1)]
    endpoint.refresh_from_db()
    assert (endpoint.failures, endpoint.last_success_at is not None) == (0, True)


def test_a_round_is_limited_so_that_a_return_is_no_flood(hook, receiver, monkeypatch):
    monkeypatch.setattr(webhook_delivery, "PER_ROUND", 2)
    for _ in range(3):
        make_recognition(make_professional())
    assert [deliver_round(), deliver_round(), deliver_round()] == [2, 1, 0]


def test_a_receiver_that_says_ok_and_then_resets_has_it(hook, receiver):
    def reset(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf")
        handler.wfile.flush()
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        handler.connection.close()
        handler.close_connection = "cut"

    receiver.before = reset
    make_recognition()
    assert deliver_round() == 1
    assert WebhookReceipt.objects.get().status_code == 200


def test_a_receiver_that_closes_without_a_word_is_tried_again(hook, receiver):
    def close(handler):
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = "cut"

    receiver.before = close
    make_recognition()
    assert deliver_round() == 0
    receipt = WebhookReceipt.objects.get()
    assert (receipt.outcome, receipt.status_code) == (ReceiptOutcome.NO_ANSWER, None)
    receiver.before = None
    assert deliver_round() == 0
    assert deliver_round(now=timezone.now() + timedelta(seconds=6)) == 1


@pytest.mark.parametrize("drips", [False, True])
def test_a_slow_receiver_costs_no_more_than_the_deadline(hook, receiver, monkeypatch, drips):
    post = webhook_wire.post
    monkeypatch.setattr(webhook_delivery, "post", lambda target, **more: post(target, **more, deadline=0.4))
    stop = threading.Event()

    def drip(handler):
        for letter in b"HTTP/1.1 200 OK\r\n" if drips else b" ":
            if stop.wait(0.2):
                break
            try:
                handler.wfile.write(bytes([letter])) if drips else None
            except OSError:
                break
        stop.wait(3)
        handler.close_connection = "cut"

    receiver.before = drip
    make_recognition()
    began = time.monotonic()
    assert deliver_round() == 0
    assert time.monotonic() - began < 2.5
    stop.set()
    assert WebhookReceipt.objects.get().outcome == ReceiptOutcome.NO_ANSWER


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/haak",
        "https://localhost/haak",
        "https://10.1.2.3/",
        "https://192.168.0.10/",
        "https://172.16.5.5/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[fd00::1]/",
        "https://0.0.0.0/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://100.64.0.1/",
        "https://224.0.0.1/",
        "http://8.8.8.8/",
        "ftp://8.8.8.8/",
        "https://naam:geheim@8.8.8.8/",
        "https://8.8.8.8/#deel",
        "https://8.8.8.8:99999/",
        "https:///pad",
        "https://8.8.8.8/een pad",
        "javascript:alert(1)",
        "",
    ],
)
def test_private_and_odd_addresses_are_refused_on_the_screen_too(client, staff, url):
    with pytest.raises(WebhookError):
        webhooks.add_endpoint(name="Slecht", url=url, by=staff)
    client.force_login(staff)
    answer = client.post("/netwerk/webhooks/", {"name": "Slecht", "url": url})
    assert answer.status_code == 422
    assert 'value="Slecht"' in answer.content.decode()
    assert not WebhookEndpoint.objects.exists()


def test_a_name_that_turns_private_later_is_blocked_when_sending(hook, receiver, settings):
    settings.WEBHOOK_PRIVATE_HOSTS = []
    WebhookEndpoint.objects.update(url="https://localhost/haak")
    make_recognition()
    assert deliver_round() == 0
    assert receiver.got == []
    assert WebhookReceipt.objects.get().outcome == ReceiptOutcome.BLOCKED


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    answers = [(None, None, None, "", (ip, 443)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(webhook_wire.socket, "getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(WebhookError):
        read_target("https://wissel.voorbeeld.test/")
    monkeypatch.setattr(webhook_wire.socket, "getaddrinfo", lambda *_, **__: answers[:1])
    assert read_target("https://wissel.voorbeeld.test/").ip == "93.184.216.34"


def test_a_redirect_is_not_followed(hook, receiver):
    receiver.status = 302
    make_recognition()
    assert deliver_round() == 0
    assert (len(receiver.got), WebhookReceipt.objects.get().outcome) == (1, ReceiptOutcome.REFUSED)


def test_a_message_that_is_refused_waits_and_others_go_on(hook, receiver):
    make_recognition(make_professional())
    make_recognition(make_professional())
    first = []

    def refuse_first(handler):
        receiver.status = 422 if not first else 204
        first.append(1)

    receiver.before = refuse_first
    assert deliver_round() == 1
    assert [row.attempts for row in WebhookDelivery.objects.all()] == [1, 1]
    assert WebhookEndpoint.objects.get().failures == 0
    assert deliver_round(now=timezone.now() + timedelta(minutes=1)) == 1


def test_an_endpoint_that_says_gone_is_stopped(hook, receiver):
    receiver.status = 410
    make_recognition()
    assert deliver_round() == 0
    endpoint = WebhookEndpoint.objects.get()
    assert (endpoint.is_active, "410" in endpoint.stopped_reason) == (False, True)
    make_recognition(make_professional())
    assert WebhookDelivery.objects.count() == 1


def test_a_message_is_given_up_after_a_fortnight_and_comes_back_by_replay(hook, receiver, staff):
    endpoint, _secret = hook
    recognition = make_recognition()
    receiver.status = 500
    deliver_round(now=timezone.now() + timedelta(days=15))
    assert WebhookDelivery.objects.get().given_up_at is not None
    receiver.status = 204
    assert deliver_round(now=timezone.now() + timedelta(days=16)) == 0
    assert webhooks.replay(endpoint_id=endpoint.pk, since=timezone.now() - timedelta(days=1), by=staff) == 1
    assert deliver_round(now=timezone.now() + timedelta(days=16)) == 1
    assert receiver.versions[-1] == (str(recognition.listing.public_id), 1)


def test_replay_sends_the_same_messages_again_also_to_a_newcomer(receiver, staff):
    recognition = make_recognition()
    withdraw(recognition)
    endpoint, _secret = webhooks.add_endpoint(name="Nieuw", url=receiver.url, by=staff)
    assert deliver_round() == 0
    day = timezone.now() - timedelta(hours=1)
    assert webhooks.replay(endpoint_id=endpoint.pk, since=day, by=staff) == 2
    assert deliver_round() == 2
    names = [headers["webhook-id"] for headers, _body, _text in receiver.got]
    assert webhooks.replay(endpoint_id=endpoint.pk, since=day, by=staff) == 2
    assert deliver_round() == 2
    assert [headers["webhook-id"] for headers, _body, _text in receiver.got] == names * 2


def test_after_rotation_both_secrets_sign_for_three_days(hook, receiver, staff):
    endpoint, old = hook
    new = webhooks.rotate_secret(endpoint_id=endpoint.pk, by=staff)
    endpoint.refresh_from_db()

    def verifies(secret):
        send_test(endpoint=endpoint)
        headers, _body, text = receiver.got[-1]
        try:
            Webhook(secret).verify(text, {name.lower(): value for name, value in headers.items()})
        except WebhookVerificationError:
            return False
        return True

    assert (verifies(old), verifies(new)) == (True, True)
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1), tick=False):
        assert (verifies(old), verifies(new)) == (False, True)
    assert old not in endpoint.sealed_secret and new not in endpoint.sealed_secret


def test_consent_taken_back_while_a_message_waits(hook, receiver, client):
    recognition = make_recognition()
    withdraw_listing(person=recognition.person)
    assert deliver_round() == 2
    assert receiver.types == ["recognition.valid", "recognition.unlisted"]
    # The receiver reads again at `url`: there is nothing any more, also for the older message.
    for _headers, body, _text in receiver.got:
        assert client.get(body["data"]["url"].removeprefix("http://localhost:8000")).status_code == 404


def test_only_one_process_speaks_to_an_endpoint(hook, receiver):
    make_recognition()
    WebhookEndpoint.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    assert deliver_round() == 0
    # A process that was killed lets go by itself.
    assert deliver_round(now=timezone.now() + timedelta(minutes=3)) == 1


def test_screens_show_secret_once_and_what_happened(client, staff, receiver):
    client.force_login(staff)
    assert "Nog niemand" in client.get("/netwerk/webhooks/").content.decode()
    answer = client.post("/netwerk/webhooks/", {"name": "Kaart", "url": receiver.url}, follow=True)
    endpoint = WebhookEndpoint.objects.get()
    page = f"/netwerk/webhooks/{endpoint.pk}/"
    assert "whsec_" in answer.content.decode()
    assert "whsec_" not in client.get(page).content.decode()
    twice = client.post("/netwerk/webhooks/", {"name": "Kaart", "url": receiver.url})
    assert (twice.status_code, WebhookEndpoint.objects.count()) == (422, 1)
    assert "De test kwam aan." in client.post(f"{page}test/", follow=True).content.decode()
    receiver.status = 500
    assert "De test kwam niet aan." in client.post(f"{page}test/", follow=True).content.decode()
    make_recognition()
    deliver_round()
    shown = client.get(page).content.decode()
    assert "Antwoordt niet" in shown and "geweigerd (500)" in shown and "nr. 1, versie 1" in shown
    assert "whsec_" in client.post(f"{page}geheim/", follow=True).content.decode()
    client.post(f"{page}schakel/", {"aan": "0"})
    assert "Gestopt door het netwerk." in client.get(page).content.decode()
    client.post(f"{page}schakel/", {"aan": "1"})
    changed = client.post(f"{page}bewerken/", {"name": "Kaart 2", "url": receiver.url}, follow=True)
    assert "Kaart 2" in changed.content.decode()
    assert client.post(f"{page}opnieuw/", {"since": "2999-01-01"}).status_code == 422
    again = client.post(f"{page}opnieuw/", {"since": "2026-01-01"}, follow=True)
    assert "1 berichten vertrekken opnieuw." in again.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(client, staff, receiver, rows, django_assert_num_queries):
    for number in range(rows):
        webhooks.add_endpoint(name=f"Kaart {number}", url=receiver.url, by=staff)
    client.force_login(staff)
    client.get("/netwerk/webhooks/")
    with django_assert_num_queries(3):
        client.get("/netwerk/webhooks/")


def test_old_receipts_are_forgotten(hook, receiver):
    endpoint, _secret = hook
    send_test(endpoint=endpoint)
    assert webhooks.forget_receipts(now=timezone.now()) == 0
    assert webhooks.forget_receipts(now=timezone.now() + timedelta(days=91)) == 1


def test_rests_grow_to_a_quarter_of_an_hour():
    rests = [rest_after(number) for number in range(12)]
    assert rests == sorted(rests)
    assert rests[-1] == RESTS[-1] == timedelta(minutes=15)
    assert outcome_of(299) == ReceiptOutcome.DELIVERED
    assert outcome_of(301) == outcome_of(199) == outcome_of(500) == ReceiptOutcome.REFUSED
    assert blames_message(422, failures=1) and not blames_message(422, failures=3)
    assert not blames_message(500, failures=1)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.ip_addresses(network="10.0.0.0/8")
    | st.ip_addresses(network="fc00::/7")
    | st.ip_addresses(network="127.0.0.0/8")
)
def test_no_private_address_passes(address):
    assert not is_public(address)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80))
def test_any_text_as_address_is_read_or_refused(text):
    try:
        target = read_target(text if "//" not in text else text.split("//", 1)[0])
    except WebhookError:
        return
    assert target.is_tls


MOMENT = datetime(2026, 3, 2, tzinfo=UTC)
QUEUES = st.lists(
    st.tuples(st.integers(1, 4), st.booleans(), st.sampled_from([-1, -1, -1, 1])), max_size=20
).map(
    lambda rows: [
        WaitingMessage(
            pk=100 + place,
            event_id=place,
            person_id=person,
            is_revocation=loses,
            next_try_at=MOMENT + timedelta(minutes=rest),
        )
        for place, (person, loses, rest) in enumerate(rows, start=1)
    ]
)


@given(QUEUES, st.randoms())
def test_order_of_sending_holds_for_every_queue(waiting, chance):
    mixed = list(waiting)
    chance.shuffle(mixed)
    order = sending_order(mixed, now=MOMENT)
    assert order == sending_order(waiting, now=MOMENT)
    for person in {one.person_id for one in waiting}:
        theirs = [one for one in waiting if one.person_id == person]
        sent = [one for one in order if one.person_id == person]
        # Up to the first that rests, without a gap, in the order in which it happened.
        resting = next((place for place, one in enumerate(theirs) if one.next_try_at > MOMENT), len(theirs))
        assert sent == theirs[:resting]
    # Nobody who gains something goes before somebody who loses something.
    last_loss = max((place for place, one in enumerate(order) if one.is_revocation), default=-1)
    for one in order[: last_loss + 1]:
        assert any(
            other.is_revocation and other.person_id == one.person_id and other.event_id >= one.event_id
            for other in order
        )


@pytest.mark.timed
def test_a_sudden_backlog_is_put_in_order_at_once(hook):
    endpoint, _secret = hook
    recognitions = [make_recognition() for _ in range(2)]
    WebhookDelivery.objects.all().delete()
    events = FeedEvent.objects.bulk_create(
        FeedEvent(
            sequence=number,
            recognition=recognitions[number % 2],
            version=number,
            payload={"id": "x", "status": "valid"},
            at=MOMENT,
        )
        for number in range(1000, 11_000)
    )
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(endpoint=endpoint, event=event, is_revocation=False) for event in events
    )
    began = time.perf_counter()
    found = webhook_delivery._next(endpoint.pk, now=timezone.now(), most=25)
    assert time.perf_counter() - began < 1
    assert [one.event_id for one in found] == [event.pk for event in events[:25]]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionRefusedError(), "de server weigert de verbinding"),
        (ConnectionResetError(), "de verbinding brak af"),
        (http.client.RemoteDisconnected(), "de verbinding brak af"),
        (TimeoutError(), "geen antwoord binnen de tijd"),
        (ssl.SSLCertVerificationError(), "het certificaat van de server klopt niet"),
        (ssl.SSLError(), "een beveiligde verbinding lukt niet"),
        (http.client.BadStatusLine("x"), "wat terugkwam, is geen antwoord"),
        (OSError(), "OSError"),
    ],
)
def test_the_office_reads_what_went_wrong(error, words):
    assert webhook_wire._reason(error) == words
