"""Redis is away: pages and check-in go on, sign-in is refused rather than unlimited, work waits and leaves later."""

import time
from functools import partial

import pytest
from django.core.management import call_command

from ledger.models import OutboxEvent
from tests.factories.people import UserFactory
from tests.faults.house import crowd_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_site_goes_on_without_redis_and_work_waits(web, redis):
    crowd = crowd_of(12)
    people = list(crowd.cookies)
    user = UserFactory()
    assert web.get("/") == 200
    redis.refuse()
    began = time.monotonic()
    assert [web.get(path) for path in ("/", "/cursussen/", "/contact/", "/account/login/")] == [200] * 4
    assert [web.get("/mijn/", crowd.cookies[person]) for person in people[:3]] == [200] * 3
    for thread in crowd.all_check_in(web, people=people):
        thread.join()
    assert time.monotonic() - began < 20, "nobody waits for a Redis that is away"
    assert set(crowd.statuses) == {302}
    assert crowd.rows() == sorted(crowd.acknowledged) == sorted(people)
    # Tries cannot be counted now, so nobody gets one.
    form = f"login={user.email}&password=een-fout-wachtwoord"
    assert web.ask("POST", "/account/login/", body=form) == 429
    question = "name=Ans&email=ans%40example.org&message=Wanneer+begint+de+cursus%3F&website="
    assert web.get("/gezond/klaar") == 200, "a site that works stays behind the load balancer"
    assert web.ask("POST", "/contact/", body=question) == 302
    waiting = OutboxEvent.objects.waiting().count()
    assert waiting >= 1, "the question waits in the outbox"
    redis.accept()
    time.sleep(2.1)  # the web processes ask again after this pause
    assert web.get("/gezond/klaar") == 200
    call_command("outbox", "drain")
    assert OutboxEvent.objects.waiting().count() == 0


def test_redis_that_hears_and_never_answers_slows_nobody_for_long(web, redis):
    crowd = crowd_of(4)
    people = list(crowd.cookies)
    assert web.get("/") == 200
    redis.hold()
    slowest = 0.0
    for ask in (
        lambda: web.get("/cursussen/"),
        lambda: web.get("/mijn/", crowd.cookies[people[0]]),
        *(partial(crowd.check_in, web, person) for person in people),
        lambda: web.ask(
            "POST", "/contact/", body="name=Ans&email=ans%40example.org&message=Wanneer%3F&website="
        ),
    ):
        began = time.monotonic()
        assert ask() in (200, 302)
        slowest = max(slowest, time.monotonic() - began)
    assert slowest < 10
    assert crowd.rows() == sorted(people)
    assert OutboxEvent.objects.waiting().exists()
    redis.release()
    time.sleep(2.1)
    assert web.get("/gezond/klaar") == 200
    call_command("outbox", "drain")
    assert OutboxEvent.objects.waiting().count() == 0
