"""One mail a day: lines gather, are sent together once, and stay away when they no longer say anything."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from ledger.models import OutboxEvent
from people.api import add_to_digest, drop_from_digest
from people.domain.digest import send_digests
from people.models import DigestItem
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 1)


def line(person, key, **more):
    add_to_digest(to_user_id=person.pk, text=f"Bericht {key}", path="/mijn/dossier/", key=key, **more)


def digests():
    return [e.payload["context"]["lines"] for e in OutboxEvent.objects.filter(key__startswith="digest:")]


def test_lines_of_one_person_travel_in_one_mail_once():
    person, other = UserFactory(), UserFactory()
    line(person, "a"), line(person, "a"), line(person, "b"), line(other, "c")
    assert send_digests(on=DAY) == 2
    assert send_digests(on=DAY) == 0
    assert [[one["text"] for one in lines] for lines in digests()] == [
        ["Bericht a", "Bericht b"],
        ["Bericht c"],
    ]


def test_line_of_later_the_same_day_waits_for_tomorrow():
    person = UserFactory()
    line(person, "a")
    send_digests(on=DAY)
    line(person, "b")
    assert send_digests(on=DAY) == 0
    assert send_digests(on=DAY + timedelta(days=1)) == 1
    assert [one["text"] for one in digests()[1]] == ["Bericht b"]


def test_line_that_is_over_or_taken_back_is_left_out():
    person = UserFactory()
    (
        line(person, "over", until=DAY - timedelta(days=1)),
        line(person, "today", until=DAY),
        line(person, "done"),
    )
    assert drop_from_digest(keys=["done", "unknown"]) == 1
    send_digests(on=DAY)
    assert [one["text"] for one in digests()[0]] == ["Bericht today"]
    assert not DigestItem.objects.filter(sent_on=None, dropped_at=None).exists()


def test_closed_account_gets_none():
    line(UserFactory(is_active=False), "a")
    assert send_digests(on=DAY) == 0


def test_queries_are_the_same_for_one_line_and_for_many(django_assert_num_queries):
    person = UserFactory()
    line(person, "first")
    with django_assert_num_queries(11):
        send_digests(on=DAY)
    for number in range(30):
        line(person, f"n{number}")
    with django_assert_num_queries(11):
        send_digests(on=DAY + timedelta(days=1))
    assert OutboxEvent.objects.latest("id").payload["context"]["more"] == 18


def test_command_says_how_many_and_the_mail_arrives(capsys, django_capture_on_commit_callbacks):
    line(UserFactory(first_name="Noor"), "a")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("send_digests", json=True)
    assert capsys.readouterr().out == '{"queued": 1}\n'
    assert mail.outbox[0].subject == "Jouw nest vandaag"
    assert "Bericht a" in mail.outbox[0].body
    assert "/mijn/dossier/" in mail.outbox[0].alternatives[0][0]
