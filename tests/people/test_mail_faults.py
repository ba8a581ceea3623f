"""A mail server that is away for a day, takes a message and says nothing, or hears and never answers (fault 19)."""

import socket
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from ledger.api import drain, hold_deliveries
from ledger.models import OutboxEvent
from people.api import queue_mail
from tests.factories.people import UserFactory
from tests.people.smtp_sink import Sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def smtp(settings):
    """Mail goes to a server at this port; nothing listens there yet."""

    def use(port: int) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port

    return use


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write(user, key="k", **more):
    with hold_deliveries():
        queue_mail(to_user_id=user.pk, template="people/email/welcome", context={}, key=key, **more)


def test_server_that_is_away_for_two_days_gets_each_mail_once(smtp):
    users = UserFactory.create_batch(3)
    for user in users:
        write(user, key=f"welcome:{user.pk}")
    smtp(free_port())
    now, end = timezone.now(), timezone.now() + timedelta(hours=48)
    tries = 0
    with time_machine.travel(now, tick=False) as clock:
        while now < end:
            clock.move_to(now)
            assert drain() == 0
            tries += 1
            now += timedelta(minutes=30)
        waiting = OutboxEvent.objects.filter(topic="mail")
        assert waiting.filter(given_up_at=None, delivered_at=None).count() == 3
        assert set(waiting.values_list("attempts", flat=True)) == {16}, "few tries, whoever asks how often"
        with Sink() as sink:
            smtp(sink.port)
            clock.move_to(now + timedelta(hours=6))
            assert [drain(), drain()] == [3, 0]
    assert len(sink.ids()) == len(set(sink.ids())) == 3


def test_message_that_was_taken_unanswered_comes_again_under_the_same_name(smtp):
    write(UserFactory())
    with Sink() as sink:
        smtp(sink.port)
        sink.resets = 1
        assert drain() == 0
        assert drain(now=timezone.now() + timedelta(seconds=29)) == 0
        with time_machine.travel(timezone.now() + timedelta(seconds=31)):
            assert [drain(), drain()] == [1, 0]
    event = OutboxEvent.objects.get(topic="mail")
    assert sink.ids() == [str(event.event_id)] * 2
    assert (event.attempts, event.delivered_at is not None) == (2, True)


def test_server_that_never_answers_holds_nobody_for_long(smtp, settings):
    settings.EMAIL_TIMEOUT = 0.3
    write(UserFactory())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        smtp(silent.getsockname()[1])
        assert drain() == 0
    event = OutboxEvent.objects.get(topic="mail")
    assert (event.attempts, event.last_error) == (1, "SMTPServerDisconnected")


def test_link_that_no_longer_works_is_not_sent_late(smtp):
    user = UserFactory()
    write(user, until=timezone.now() + timedelta(hours=3))
    smtp(free_port())
    assert drain() == 0
    with Sink() as sink, time_machine.travel(timezone.now() + timedelta(hours=4)):
        smtp(sink.port)
        assert [drain(), drain()] == [1, 0]
    assert sink.ids() == []
    assert OutboxEvent.objects.get(topic="mail").delivered_at is not None


def test_settings_of_the_product_wait_no_longer_than_a_task_may():
    from config import settings as product

    assert product.EMAIL_TIMEOUT == 20
