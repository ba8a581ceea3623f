"""A worker is killed in the middle of a paper: another one does it again, and there is one paper and one mail."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation.models import Certificate
from ledger.api import hold_deliveries
from ledger.models import OutboxEvent
from people.api import queue_mail
from tests.factories.people import UserFactory
from tests.factories.proof import make_course_certificate
from tests.faults.house import Worker, environment, until

pytestmark = pytest.mark.django_db(transaction=True)
DRAIN = "ledger.tasks.drain_outbox"


def test_killed_in_the_middle_of_a_paper_gives_one_paper_and_one_mail(database, redis, tmp_path):
    user = UserFactory()
    with hold_deliveries():
        certificate = make_course_certificate(user)
        queue_mail(to_user_id=user.pk, template="people/email/welcome", context={}, key=f"welcome:{user.pk}")
    render = OutboxEvent.objects.get(topic="certificate.render")
    told = environment(tmp_path, database, redis)
    with Worker(told, tmp_path / "worker.log") as worker:
        worker.send(DRAIN)
        until(lambda: OutboxEvent.objects.filter(pk=render.pk, attempts=1).exists(), seconds=60)
        worker.kill()
    certificate.refresh_from_db()
    assert not certificate.has_file, "it was killed too late to say anything"
    assert not list(tmp_path.rglob("*.pdf"))
    with Worker(told, tmp_path / "worker.log") as worker:
        worker.send(DRAIN)
        until(lambda: OutboxEvent.objects.filter(topic="mail", delivered_at=None).count() == 0, seconds=60)
        # The claim of a killed worker ends by itself after five minutes.
        OutboxEvent.objects.filter(pk=render.pk).update(claimed_until=timezone.now() - timedelta(seconds=1))
        worker.send(DRAIN)
        until(lambda: not OutboxEvent.objects.waiting().exists(), seconds=60)
        worker.send(DRAIN)
        time.sleep(1)
    certificate.refresh_from_db()
    assert Certificate.objects.get() == certificate
    assert certificate.has_file
    assert len(list(tmp_path.rglob("*.pdf"))) == 1
    assert OutboxEvent.objects.get(pk=render.pk).attempts == 2
    mail = "".join(one.read_text() for one in (tmp_path / "mail").iterdir())
    welcome = OutboxEvent.objects.get(key=f"welcome:{user.pk}")
    assert mail.count(f"Message-ID: <{welcome.event_id}@") == 1
