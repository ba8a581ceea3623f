"""Feeds of the agenda and the page beside them."""

import pytest
from django.urls import reverse
from icalendar import Calendar

from lms.domain.calendar import calendar_token
from lms.domain.sessions import cancel_session
from tests.factories.lms_cohorts import (
    CohortFactory,
    GroupFactory,
    MeetingFactory,
    SessionFactory,
    at,
)
from tests.factories.people import UserFactory
from tests.lms.screens_of_cohorts import signed_in, text

pytestmark = pytest.mark.django_db


def events(response) -> dict[str, object]:
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_my_feed_holds_sessions_meetings_and_what_was_called_off(learner, session, trainer, client):
    coming = SessionFactory(cohort=session.cohort, title="Dag 2", starts_at=at(5, 9), trainers=[trainer])
    gone = SessionFactory(cohort=session.cohort, title="Dag 3", starts_at=at(6, 9))
    cancel_session(session_id=gone.pk, actor=trainer)
    MeetingFactory(
        group=GroupFactory(people=[learner, *(UserFactory() for _ in range(3))]), starts_at=at(4, 14)
    )
    SessionFactory(cohort=CohortFactory(course=session.cohort.course), title="Van anderen", starts_at=at(5))
    found = events(client.get(reverse("lms:agenda_feed"), {"token": calendar_token(learner)}))
    assert set(found) == {session.title, "Dag 2", "Dag 3", "Intervisie"}
    day_2 = found["Dag 2"]
    assert str(day_2["uid"]).startswith(f"session-{coming.uid}@")
    assert day_2["dtstart"].to_ical().endswith(b"Z")
    assert day_2["dtstart"].dt == coming.starts_at
    assert (day_2["sequence"], str(day_2["status"])) == (0, "CONFIRMED")
    assert (found["Dag 3"]["sequence"], str(found["Dag 3"]["status"])) == (1, "CANCELLED")


def test_a_renewed_link_stops_the_old_one(learner, client):
    old = calendar_token(learner)
    assert calendar_token(learner) == old
    mine = signed_in(learner)
    mine.post(reverse("lms:agenda_renew"))
    assert client.get(reverse("lms:agenda_feed"), {"token": old}).status_code == 404
    assert client.get(reverse("lms:agenda_feed"), {"token": calendar_token(learner)}).status_code == 200


@pytest.mark.parametrize("token", ["", "1.1", "1.1~x", "~", "0.0~" + "a" * 43])
def test_a_feed_without_a_token_of_ours(token, client):
    assert client.get(reverse("lms:agenda_feed"), {"token": token}).status_code == 404


def test_the_feed_of_a_closed_account_is_gone(learner, client):
    token = calendar_token(learner)
    learner.is_active = False
    learner.save()
    assert client.get(reverse("lms:agenda_feed"), {"token": token}).status_code == 404


def test_the_public_feed_tells_no_links(client):
    cohort = CohortFactory()
    SessionFactory(
        cohort=cohort,
        title="Open dag",
        starts_at=at(3),
        kind="online",
        place="",
        online_url="https://m.example/x",
    )
    SessionFactory(
        cohort=CohortFactory(course=cohort.course, is_public=False), title="Besloten", starts_at=at(3)
    )
    response = client.get("/agenda.ics")
    found = events(response)
    assert set(found) == {"Open dag"}
    assert b"m.example" not in response.content
    assert str(found["Open dag"]["url"]).endswith("/cursussen/basiscursus/")


def test_my_agenda_page_names_place_and_link(learner, session):
    page = text(signed_in(learner).get(reverse("lms:agenda")))
    assert session.title in page and "De Kolk, Gent" in page
    assert "webcal://" in page
