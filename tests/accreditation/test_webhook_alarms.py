"""An endpoint that hears nothing for hours: the office is told once for each incident, and sees it in the list."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accreditation.domain import webhooks
from accreditation.domain.alarms import run_alarms
from accreditation.domain.webhook_rules import ALARM_AFTER, incident_of
from accreditation.models import WebhookDelivery, WebhookEndpoint
from people.api import Role
from people.models import DigestItem
from tests.factories.people import user_with
from tests.factories.proof import make_recognition

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def name_of(oldest, last_success, now=NOW):
    return incident_of(oldest=oldest, last_success=last_success, known_since=NOW - 900 * HOUR, now=now)


def test_an_incident_keeps_its_name_while_it_lasts_and_gets_another_after_a_return():
    assert name_of(None, None) == ""
    assert name_of(NOW - ALARM_AFTER, None) == ""
    silent = name_of(NOW - 5 * HOUR, NOW - 30 * HOUR)
    # Later, and after the oldest message was given up: still that silence.
    assert silent == name_of(NOW - 5 * HOUR, NOW - 30 * HOUR, NOW + 300 * HOUR)
    assert silent == name_of(NOW + 10 * HOUR, NOW - 30 * HOUR, NOW + 400 * HOUR)
    assert silent != name_of(NOW + 10 * HOUR, NOW + 2 * HOUR, NOW + 400 * HOUR)
    # One message is refused while others arrive: it is that message, whatever arrives after it.
    stuck = name_of(NOW - 9 * HOUR, NOW - 8 * HOUR)
    assert stuck == name_of(NOW - 9 * HOUR, NOW - HOUR) != silent


def lines(person):
    run_alarms()
    keys = DigestItem.objects.filter(person=person, key__startswith="webhook:")
    return list(keys.order_by("pk").values_list("text", "path"))


def test_the_office_hears_of_a_silent_endpoint_once_for_each_incident(client, settings):
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    staff = user_with(Role.NETWORK_STAFF)
    endpoint, _secret = webhooks.add_endpoint(name="Sociale kaart", url="http://127.0.0.1:9/", by=staff)
    make_recognition()
    assert WebhookDelivery.objects.waiting().count() == 1
    WebhookEndpoint.objects.update(failures=3)
    client.force_login(staff)
    assert "Antwoordt niet" in client.get("/netwerk/webhooks/").content.decode()
    assert lines(staff) == []
    with time_machine.travel(timezone.now() + 5 * HOUR):
        client.force_login(staff)
        assert "Al uren komt er iets niet aan" in client.get("/netwerk/webhooks/").content.decode()
        told = lines(staff)
    path = f"/netwerk/webhooks/{endpoint.pk}/"
    assert told == [("Sociale kaart hoort onze wijzigingen niet meer. Bekijk wat het adres antwoordt.", path)]
    assert client.get(path).status_code == 200
    with time_machine.travel(timezone.now() + 30 * HOUR):
        assert lines(staff) == told
    # It came back, and fell silent once more: that is another incident.
    WebhookEndpoint.objects.update(last_success_at=timezone.now() + 31 * HOUR)
    WebhookDelivery.objects.update(created_at=timezone.now() + 32 * HOUR)
    with time_machine.travel(timezone.now() + 40 * HOUR):
        assert lines(staff) == told * 2
    webhooks.switch_endpoint(endpoint_id=endpoint.pk, is_active=False, by=staff)
    WebhookEndpoint.objects.update(last_success_at=None)
    with time_machine.travel(timezone.now() + 90 * HOUR):
        assert lines(staff) == told * 2
