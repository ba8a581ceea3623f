"""An endpoint that hears nothing for an hour: the office is told at once, once per incident, and sees it listed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accreditation.domain import webhooks
from accreditation.domain.alarms import tell_of_silent_endpoints
from accreditation.domain.recognitions import withdraw_recognition
from accreditation.domain.webhook_rules import ALARM_AFTER, incident_of
from accreditation.models import WebhookDelivery, WebhookEndpoint
from accreditation.tasks import watch_endpoints
from ledger.api import drain
from ledger.models import OutboxEvent
from people.api import Role
from tests.factories.people import user_with
from tests.factories.proof import make_recognition

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def name_of(oldest, last_success, now=NOW, stuck=None):
    return incident_of(
        oldest=oldest, stuck=stuck, last_success=last_success, known_since=NOW - 900 * HOUR, now=now
    )


def test_an_incident_keeps_its_name_while_it_lasts_and_gets_another_after_a_return():
    assert name_of(None, None) == ""
    assert name_of(NOW - ALARM_AFTER, None) == ""
    silent = name_of(NOW - 5 * HOUR, NOW - 30 * HOUR)
    # Later, and after the oldest message was given up: still that silence.
    assert silent == name_of(NOW - 5 * HOUR, NOW - 30 * HOUR, NOW + 300 * HOUR)
    assert silent == name_of(NOW + 10 * HOUR, NOW - 30 * HOUR, NOW + 400 * HOUR)
    assert silent != name_of(NOW + 10 * HOUR, NOW + 2 * HOUR, NOW + 400 * HOUR)
    # One message is refused while others arrive: it is that message, whatever arrives after it.
    stuck = name_of(NOW - 9 * HOUR, NOW - 8 * HOUR, stuck=NOW - 9 * HOUR)
    assert stuck == name_of(NOW - 9 * HOUR, NOW - HOUR, stuck=NOW - 9 * HOUR) != silent
    # Two days away and back: what is still on its way is no incident.
    assert name_of(NOW - 48 * HOUR, NOW - HOUR) == ""


def told() -> list[tuple[str, str]]:
    """Who got which mail about an endpoint."""
    tell_of_silent_endpoints()
    rows = OutboxEvent.objects.filter(key__startswith="webhook-alarm:").order_by("pk")
    return [(row.payload["context"]["name"], row.payload["context"]["path"]) for row in rows]


def test_the_office_hears_of_a_silent_endpoint_once_for_each_incident(client, settings):
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    staff = user_with(Role.NETWORK_STAFF)
    endpoint, _secret = webhooks.add_endpoint(name="Sociale kaart", url="http://127.0.0.1:9/", by=staff)
    make_recognition()
    assert WebhookDelivery.objects.waiting().count() == 1
    WebhookEndpoint.objects.update(failures=3)
    client.force_login(staff)
    assert "Antwoordt niet" in client.get("/netwerk/webhooks/").content.decode()
    assert told() == []
    path = f"/netwerk/webhooks/{endpoint.pk}/"
    once = [("Sociale kaart", path)]
    with time_machine.travel(timezone.now() + 1.1 * HOUR):
        client.force_login(staff)
        assert "Komt al een uur niet aan" in client.get("/netwerk/webhooks/").content.decode()
        assert told() == once
    assert client.get(path).status_code == 200
    with time_machine.travel(timezone.now() + 30 * HOUR):
        assert told() == once
    # It came back, and fell silent once more: that is another incident.
    WebhookEndpoint.objects.update(last_success_at=timezone.now() + 31 * HOUR)
    WebhookDelivery.objects.update(created_at=timezone.now() + 32 * HOUR)
    with time_machine.travel(timezone.now() + 40 * HOUR):
        assert told() == once * 2
    webhooks.switch_endpoint(endpoint_id=endpoint.pk, is_active=False, by=staff)
    WebhookEndpoint.objects.update(last_success_at=None)
    with time_machine.travel(timezone.now() + 90 * HOUR):
        assert told() == once * 2


@pytest.mark.parametrize(("lost", "said"), [(False, False), (True, True)])
def test_the_mail_says_what_waits_and_whether_somebody_lost_something(settings, lost, said):
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    staff = user_with(Role.NETWORK_STAFF)
    webhooks.add_endpoint(name="Kaart <b>", url="http://127.0.0.1:9/", by=staff)
    recognition = make_recognition()
    if lost:
        withdraw_recognition(recognition_id=recognition.pk, withdrawn_by=staff, reason="Een reden.")
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert watch_endpoints() == 1
        drain()
    (message,) = [one for one in mail.outbox if "hoort onze" in one.subject]
    assert message.subject == "Kaart <b> hoort onze wijzigingen niet"
    html = message.alternatives[0][0]
    assert ("erkenning die eindigde" in message.body) is said
    assert ("nog als erkend tonen" in html) is said
    assert "Kaart &lt;b&gt;" in html and "/netwerk/webhooks/" in message.body


@pytest.mark.parametrize("endpoints", [1, 5])
def test_a_quiet_quarter_costs_one_question(endpoints, settings, django_assert_num_queries):
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    staff = user_with(Role.NETWORK_STAFF)
    for number in range(endpoints):
        webhooks.add_endpoint(name=f"Kaart {number}", url=f"http://127.0.0.1:9/{number}", by=staff)
    with django_assert_num_queries(1):
        assert watch_endpoints() == 0
