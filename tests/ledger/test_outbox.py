import time
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from ledger.api import UnknownTopicError, drain, outbox_status, publish, register_handler
from ledger.domain import outbox
from ledger.models import OutboxEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivered():
    """A topic whose deliveries are kept in a list; `broken` subjects fail."""
    seen = []

    def handler(message):
        if message.payload.get("broken"):
            raise ConnectionError
        seen.append(message)

    register_handler("test", handler)
    yield seen
    outbox._handlers.pop("test")


def write(key, subject="person:1", **payload):
    return publish(topic="test", subject=subject, payload=payload, key=key)


def test_publish_same_key_twice_is_one_event(delivered):
    write("a", number=1)
    write("a", number=2)
    assert OutboxEvent.objects.get().payload == {"number": 1}


def test_publish_unknown_topic_is_refused():
    with pytest.raises(UnknownTopicError):
        publish(topic="nobody", subject="x", payload={}, key="k")


def test_drain_delivers_once_in_order(delivered):
    for number in range(3):
        write(f"k{number}", number=number)
    assert drain() == 3
    assert drain() == 0
    assert [message.payload["number"] for message in delivered] == [0, 1, 2]
    assert outbox_status().waiting == 0


def test_failed_delivery_keeps_the_order_per_subject_and_backs_off(delivered):
    write("first", broken=True)
    write("second")
    write("other", subject="person:2")
    assert drain() == 1
    assert [message.key for message in delivered] == ["other"]
    first = OutboxEvent.objects.get(key="first")
    assert first.attempts == 1
    assert first.last_error == "ConnectionError"
    assert first.available_at > timezone.now() + timedelta(seconds=20)
    OutboxEvent.objects.filter(key="first").update(payload={}, available_at=timezone.now())
    assert drain() == 2
    assert [message.key for message in delivered] == ["other", "first", "second"]


def test_repeat_carries_the_same_event_id(delivered):
    write("a")
    drain()
    OutboxEvent.objects.update(delivered_at=None)
    drain()
    assert delivered[0].event_id == delivered[1].event_id


def test_claimed_event_is_left_to_its_process(delivered):
    write("a")
    OutboxEvent.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    assert drain() == 0
    OutboxEvent.objects.update(claimed_until=timezone.now() - timedelta(minutes=1))
    assert drain() == 1


def test_given_up_after_the_last_attempt_and_visible(delivered):
    write("a", broken=True)
    OutboxEvent.objects.update(attempts=outbox.MAX_ATTEMPTS - 1)
    drain()
    assert outbox_status().failed == 1
    assert outbox_status().waiting == 0


def test_given_up_is_tried_anew_when_the_operator_says_so_and_forgotten_stays_forgotten(delivered):
    write("a", subject="person:1", broken=True)
    write("b", subject="person:2", broken=True)
    OutboxEvent.objects.update(attempts=outbox.MAX_ATTEMPTS - 1)
    drain()
    outbox.forget_events(subject="person:2")
    OutboxEvent.objects.filter(key="a").update(payload={"number": 1})
    call_command("outbox", "retry")
    assert [drain(), drain()] == [1, 0]
    assert [message.key for message in delivered] == ["a"]


def test_twenty_tries_span_more_than_two_days(delivered):
    write("a", broken=True)
    now = began = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        while OutboxEvent.objects.get().given_up_at is None:
            now = OutboxEvent.objects.get().available_at
            clock.move_to(now)
            drain()
    assert OutboxEvent.objects.get().attempts == 20
    assert timedelta(days=2) < now - began < timedelta(days=3)


def test_events_of_a_rolled_back_transaction_vanish(delivered):
    with pytest.raises(RuntimeError), transaction.atomic():
        write("a")
        raise RuntimeError
    assert OutboxEvent.objects.count() == 0


def test_delivery_happens_after_commit(delivered, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write("a")
        write("b")
        assert delivered == []
    assert len(delivered) == 2


def test_forgotten_payload(delivered):
    register_handler("secret", delivered.append, forget=True)
    publish(topic="secret", subject="x", payload={"link": "geheim"}, key="s")
    drain()
    assert OutboxEvent.objects.get().payload == {}


def test_status_command(delivered, capsys):
    import json

    from django.core.management import call_command

    write("a")
    call_command("outbox", "status", "--json")
    document = json.loads(capsys.readouterr().out)
    assert (document["waiting"], document["failed"]) == (1, 0)
    assert document["oldest_seconds"] >= 0


@pytest.mark.timed
def test_ten_thousand_that_came_at_once_are_found_quickly():
    """The database has counted nothing yet: the question may not depend on what it guesses."""
    OutboxEvent.objects.bulk_create(
        OutboxEvent(topic="tested", subject=f"s:{number % 5000}", payload={}, key=f"k{number}")
        for number in range(10_000)
    )
    first = OutboxEvent.objects.order_by("id").first().pk
    began = time.perf_counter()
    found = outbox._next_ids(now=timezone.now(), tried={first})
    assert time.perf_counter() - began < 1
    assert found == list(range(first + 1, first + 1 + outbox.BATCH))
