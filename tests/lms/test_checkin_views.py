"""The code of a session and the phone that scans it."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.domain.attendance import check_in, close_list
from lms.domain.check_in_tokens import make_ticket, make_token
from lms.models import Attendance
from tests.factories.lms_cohorts import (
    SessionFactory,
    at,
    enrolled,
)
from tests.factories.people import UserFactory
from tests.lms.screens_of_cohorts import signed_in, text

pytestmark = pytest.mark.django_db


def test_the_code_page_shows_code_count_and_reloads_without_javascript(trainer, session, learner):
    check_in(session_id=session.pk, person=learner)
    client = signed_in(trainer)
    response = client.get(reverse("lms:session_qr", args=[session.pk]))
    page = text(response)
    assert "<svg" in page and 'role="img"' in page
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in page
    assert "data-present>1<" in page
    assert "no-store" in response["Cache-Control"]
    part = text(client.get(reverse("lms:session_qr_code", args=[session.pk])))
    assert "<svg" in part and "<html" not in part


def test_the_code_is_not_there_for_tomorrow_nor_after_closing(trainer, session):
    tomorrow = SessionFactory(trainers=[trainer], starts_at=at(1))
    client = signed_in(trainer)
    assert "<svg role" not in text(client.get(reverse("lms:session_qr_code", args=[tomorrow.pk])))
    close_list(session_id=session.pk, actor=trainer)
    page = text(client.get(reverse("lms:session_qr_code", args=[session.pk])))
    assert "De lijst is afgesloten." in page and "<svg role" not in page


def test_scan_confirm_done_and_again(session, learner):
    client = signed_in(learner)
    address = reverse("lms:check_in", args=[make_token(session.pk)])
    assert "Ik ben er" in text(client.get(address))
    assert Attendance.objects.count() == 0
    done = reverse("lms:checked_in", args=[session.pk])
    for _ in range(2):
        assert client.post(address).url == done
    assert client.get(address).url == done
    assert "Je bent aangemeld." in text(client.get(done))
    row = Attendance.objects.get()
    assert (row.person, row.method, len(row.device)) == (learner, "qr", 32)


def test_an_old_token_asks_to_scan_again_and_a_ticket_still_holds(session, learner):
    client = signed_in(learner)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        address = reverse("lms:check_in", args=[make_token(session.pk)])
        ticket = make_ticket(session_id=session.pk, person_id=learner.pk)
        clock.shift(29)
        assert "Ik ben er" in text(client.get(address))
        clock.shift(2)
        assert "Deze code is net verlopen." in text(client.get(address))
        assert "Deze code is net verlopen." in text(client.post(address))
        somebody_elses = make_ticket(session_id=session.pk, person_id=UserFactory().pk)
        assert "Deze code is net verlopen." in text(client.post(address, {"ticket": somebody_elses}))
        assert Attendance.objects.count() == 0
        assert client.post(address, {"ticket": ticket}).status_code == 302
    assert Attendance.objects.get().person == learner


def test_a_ticket_ends_after_five_minutes(session, learner):
    client = signed_in(learner)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        address = reverse("lms:check_in", args=[make_token(session.pk)])
        ticket = make_ticket(session_id=session.pk, person_id=learner.pk)
        clock.shift(301)
        assert "Deze code is net verlopen." in text(client.post(address, {"ticket": ticket}))


def test_signing_in_after_the_scan_keeps_the_scan(session, learner):
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        address = reverse("lms:check_in", args=[make_token(session.pk)])
        response = client.get(address)
        assert (response.status_code, response.url) == (302, f"/account/login/?next={address}")
        clock.shift(120)
        client.force_login(learner)
        assert "Ik ben er" in text(client.get(address))
        assert client.post(address).status_code == 302
    assert Attendance.objects.get().person == learner


def test_a_stale_scan_before_signing_in_is_worth_nothing(session, learner):
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        address = reverse("lms:check_in", args=[make_token(session.pk)])
        clock.shift(31)
        client.get(address)
        client.force_login(learner)
        assert "Deze code is net verlopen." in text(client.get(address))


def test_a_token_we_never_made(client, learner):
    for token in ("1~abc~def", "zomaar", make_token(1)[:-2]):
        response = client.get(f"/aanwezig/{token}/")
        assert response.status_code == 404
        assert "Deze code kennen we niet." in text(response)
    assert signed_in(learner).get(reverse("lms:check_in", args=[make_token(10**9)])).status_code == 404


def test_somebody_who_is_not_enrolled_hears_whom_to_ask(session):
    client = signed_in(UserFactory())
    address = reverse("lms:check_in", args=[make_token(session.pk)])
    for response in (client.get(address), client.post(address)):
        assert "Je bent niet ingeschreven in deze groep." in text(response)
    assert Attendance.objects.count() == 0


def test_check_in_wants_the_csrf_token(session, learner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert client.post(reverse("lms:check_in", args=[make_token(session.pk)])).status_code == 403


def test_two_people_on_one_phone_stand_out(trainer, session, learner):
    mate = enrolled(session.cohort).person
    client = Client()
    for person in (learner, mate):
        client.force_login(person)
        client.post(reverse("lms:check_in", args=[make_token(session.pk)]))
    page = text(signed_in(trainer).get(reverse("lms:session", args=[session.pk])))
    assert page.count("Zelfde toestel als iemand anders") == 2
