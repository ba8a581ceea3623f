"""Days of the network: series, seats, presence, minutes, calendars."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from lms.domain.calendar import calendar_token
from lms.domain.network_events import EventPlan, plan_events, publish_minutes, record_presence, take_seat
from lms.domain.queries.network_events import event_lines
from lms.domain.queries.soon import next_sessions
from lms.exceptions import NetworkEventError
from lms.models import NetworkEvent, NetworkEventSeat
from people.enums import Role
from people.models import PrimaryCareZone
from tests.factories.lms_cohorts import at
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def staff():
    return user_with(Role.NETWORK_STAFF)


def planned(staff, **fields) -> NetworkEvent:
    facts = {
        "kind": "meeting",
        "title": "Perinataal rond de tafel",
        "starts_at": at(9, 12),
        "ends_at": at(9, 14),
    }
    return plan_events(actor=staff, plan=EventPlan(**facts | fields))[0]


def code_of(call, **kwargs) -> str:
    with pytest.raises(NetworkEventError) as caught:
        call(**kwargs)
    return caught.value.code


def facts(**fields):
    day = at(9).date().isoformat()
    found = {"kind": "meeting", "title": "Ontmoeting", "day": day, "begins": "12:00", "ends": "14:00"}
    return found | {"place": "De Kolk", "times": "3", "every_months": "6"} | fields


def test_a_six_monthly_series_per_zone_on_working_days(staff):
    zone, _made = PrimaryCareZone.objects.get_or_create(name="Zone van de test")
    client, place = signed_in(staff), reverse("lms:network_events_desk")
    for _ in range(2):
        assert client.post(place, facts(zone=zone.pk)).status_code == 302
    rows = list(NetworkEvent.objects.order_by("starts_at"))
    assert [row.save_the_date for row in rows] == [False, True, True]
    hours = {(timezone.localtime(row.starts_at).hour, timezone.localtime(row.ends_at).hour) for row in rows}
    assert hours == {(12, 14)}
    assert all(timezone.localdate(row.starts_at).isoweekday() <= 5 for row in rows[1:])
    page = text(Client().get(reverse("lms:network_events")))
    assert page.count("Zone van de test") == 3 and "Hou de dag vrij" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends": "11:00"},
        {"title": ""},
        {"times": "13"},
        {"times": "x"},
        {"day": "morgen"},
        {"online_url": "geen adres"},
    ],
)
def test_a_day_that_cannot_be_keeps_what_was_typed(staff, wrong):
    response = signed_in(staff).post(reverse("lms:network_events_desk"), facts(**wrong))
    assert response.status_code == 422 and "De Kolk" in text(response)
    assert NetworkEvent.objects.count() == 0


def test_seats_fill_up_and_come_back(staff):
    event = planned(staff, seats=1)
    an, bo = UserFactory(), UserFactory()
    seat = reverse("lms:network_event_seat", args=[event.pk])
    client = signed_in(an)
    for _ in range(2):
        assert client.post(seat).status_code == 302
    assert NetworkEventSeat.objects.count() == 1
    assert code_of(take_seat, event_id=event.pk, person=bo) == "full"
    assert "volzet" in text(signed_in(bo).get(reverse("lms:network_event", args=[event.pk])))
    assert [fact.title for fact in next_sessions(an.pk)] == [event.title]
    for _ in range(2):
        client.post(seat, {"plaats": "terug"})
    take_seat(event_id=event.pk, person=bo)
    saved = planned(staff, title="Later", save_the_date=True)
    assert code_of(take_seat, event_id=saved.pk, person=an) == "closed"


def test_calendars_hold_the_day_and_the_link_is_for_who_comes(staff, client):
    event = planned(staff, online_url="https://praat.voorbeeld.test/zaal")
    an = UserFactory()
    take_seat(event_id=event.pk, person=an)
    feed = client.get(reverse("lms:agenda_feed"), {"token": calendar_token(an)})
    (mine,) = Calendar.from_ical(feed.content).walk("VEVENT")
    assert str(mine["summary"]) == event.title and "zaal" in str(mine["description"])
    public = client.get("/agenda.ics")
    assert event.title in text(public) and "praat.voorbeeld" not in text(public)
    place = reverse("lms:network_event", args=[event.pk])
    assert "praat.voorbeeld" in text(signed_in(an).get(place))
    assert "praat.voorbeeld" not in text(client.get(place))
    office = signed_in(staff)
    for _ in range(2):
        office.post(reverse("lms:network_event_cancel", args=[event.pk]))
    event.refresh_from_db()
    assert event.is_cancelled and event.sequence == 1
    assert "STATUS:CANCELLED" in text(client.get("/agenda.ics"))


def test_presence_and_minutes_are_published(staff, client):
    event = planned(staff)
    an, bo = UserFactory(), UserFactory()
    for person in (an, bo):
        take_seat(event_id=event.pk, person=person)
    place = reverse("lms:network_event_manage", args=[event.pk])
    office = signed_in(staff)
    early = {"event_id": event.pk, "actor": staff}
    assert code_of(record_presence, present_ids=frozenset(), **early) == "not_yet"
    assert code_of(publish_minutes, minutes="x", presentation_url="", **early) == "not_yet"
    with time_machine.travel(event.ends_at + timedelta(hours=1), tick=False):
        office = signed_in(staff)
        for _ in range(2):
            office.post(place, {"wat": "lijst", "wie": [an.pk, 999999, "x"]})
        assert office.post(place, {"wat": "verslag", "minutes": " "}).status_code == 422
        wrong = office.post(place, {"wat": "verslag", "minutes": "Lang verslag", "presentation_url": "geen"})
        assert wrong.status_code == 422 and "Lang verslag" in text(wrong)
        words = {"wat": "verslag", "minutes": "We spraken af.\n\n<script>x</script>"}
        assert office.post(place, words).status_code == 302
        assert office.post(place, {"wat": "iets"}).status_code == 404
    assert dict(NetworkEventSeat.objects.values_list("person", "present")) == {an.pk: True, bo.pk: False}
    page = text(client.get(reverse("lms:network_event", args=[event.pk])))
    assert "We spraken af." in page and "<script>x" not in page
    assert an.full_name not in page


def test_case_consultation_has_no_minutes(staff):
    event = planned(staff, kind="cases", starts_at=at(-2, 12), ends_at=at(-2, 14))
    facts = {"event_id": event.pk, "actor": staff, "minutes": "Een casus", "presentation_url": ""}
    assert code_of(publish_minutes, **facts) == "case"
    with pytest.raises(IntegrityError), transaction.atomic():
        NetworkEvent.objects.filter(pk=event.pk).update(minutes="Een casus")


def test_a_change_reaches_calendars(staff):
    event = planned(staff)
    place = reverse("lms:network_event_manage", args=[event.pk])
    changed = {"wat": "dag"} | facts(title="Anders", begins="10:00")
    assert signed_in(staff).post(place, changed).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.sequence, timezone.localtime(event.starts_at).hour) == ("Anders", 1, 10)
    other = planned(staff, title="Tweede", starts_at=event.starts_at, ends_at=event.ends_at)
    again = reverse("lms:network_event_manage", args=[other.pk])
    assert signed_in(staff).post(again, changed).status_code == 422


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_few_and_many(staff, number, django_assert_num_queries):
    for place in range(number):
        planned(staff, title=f"Dag {place}")
        planned(staff, title=f"Voorbij {place}", starts_at=at(-9, 12), ends_at=at(-9, 14))
    with django_assert_num_queries(3):
        coming, past = event_lines(staff.pk)
    assert (len(coming), len(past)) == (number, number)
