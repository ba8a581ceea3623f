"""Screens of cohorts and lists of presence: every address, every role, forms, counts of queries."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from lms.domain.attendance import check_in
from lms.domain.calendar import calendar_token
from lms.domain.check_in_tokens import make_token
from lms.models import Attendance, Cohort, Session
from people.enums import Role
from tests.factories.lms_cohorts import (
    CohortFactory,
    GroupFactory,
    MeetingFactory,
    SessionFactory,
    at,
    enrolled,
    make_trainer,
)
from tests.factories.people import TeamMembershipFactory, UserFactory
from tests.lms.screens_of_cohorts import signed_in, text

pytestmark = pytest.mark.django_db


# --- every address, every role ---------------------------------------------------------------------------

LEADS = {"trainer", "network_staff", "administrator"}
EVERYBODY = {role.value for role in Role if role is not Role.API_CLIENT}
ADDRESSES = [
    ("trainer_desk", [], LEADS, 200, 403),
    ("cohort_create", [], LEADS, 200, 403),
    ("group_create", [], LEADS, 200, 403),
    ("cohort", ["cohort"], LEADS, 200, 403),
    ("cohort_edit", ["cohort"], LEADS, 200, 403),
    ("session_create", ["cohort"], LEADS, 200, 403),
    ("session", ["session"], LEADS, 200, 403),
    ("session_edit", ["session"], LEADS, 200, 403),
    ("session_qr", ["session"], LEADS, 200, 403),
    ("session_qr_code", ["session"], LEADS, 200, 403),
    ("attendance_correct", ["session", "person"], LEADS, 200, 403),
    ("session_cancel", ["session"], LEADS, 405, 403),
    ("attendance_close", ["session"], LEADS, 405, 403),
    ("attendance_record", ["session", "person"], LEADS, 405, 403),
    ("checked_in", ["session"], set(), 200, 404),
    ("intervision", [], EVERYBODY, 200, None),
    ("meeting_create", ["group"], set(), 200, 404),
    ("meeting", ["meeting"], set(), 200, 404),
    ("presence_claim", ["meeting"], EVERYBODY, 405, None),
    ("presence_confirm", ["meeting", "person"], EVERYBODY, 405, None),
    ("meeting_cancel", ["meeting"], EVERYBODY, 405, None),
    ("team", [], {"team_coordinator"}, 200, 403),
    ("agenda", [], EVERYBODY, 200, None),
    ("agenda_renew", [], EVERYBODY, 405, None),
]


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_every_address_by_role(role, session, learner, trainer):
    """The trainer here leads the session; a learner is somebody who is in none of the groups."""
    meeting = MeetingFactory()
    ids = {
        "cohort": session.cohort_id,
        "session": session.pk,
        "person": learner.pk,
        "meeting": meeting.pk,
        "group": meeting.group_id,
    }
    user = trainer if role == "trainer" else UserFactory(roles=[] if role == "learner" else [Role(role)])
    client = signed_in(user)
    got = {
        name: client.get(reverse(f"lms:{name}", args=[ids[key] for key in keys])).status_code
        for name, keys, *_ in ADDRESSES
    }
    assert got == {
        name: allowed if role in roles else refused for name, _, roles, allowed, refused in ADDRESSES
    }


def test_every_address_without_signing_in(session, learner, client):
    meeting = MeetingFactory()
    ids = {
        "cohort": session.cohort_id,
        "session": session.pk,
        "person": learner.pk,
        "meeting": meeting.pk,
        "group": meeting.group_id,
    }
    for name, keys, *_ in ADDRESSES:
        response = client.get(reverse(f"lms:{name}", args=[ids[key] for key in keys]))
        assert (name, response.status_code) == (name, 302)
        assert response.url.startswith("/account/login/")


@pytest.mark.parametrize(
    "name",
    ["cohort", "cohort_edit", "session_create", "session", "session_edit", "session_qr", "session_qr_code"],
)
def test_another_trainers_object_does_not_exist(name, session):
    pk = session.cohort_id if name in {"cohort", "cohort_edit", "session_create"} else session.pk
    assert signed_in(make_trainer()).get(reverse(f"lms:{name}", args=[pk])).status_code == 404


@pytest.mark.parametrize("name", ["session_cancel", "attendance_close", "attendance_record"])
def test_another_trainers_session_cannot_be_written(name, session, learner):
    args = [session.pk, learner.pk] if name == "attendance_record" else [session.pk]
    response = signed_in(make_trainer()).post(reverse(f"lms:{name}", args=args), {"state": "present"})
    assert response.status_code == 404
    session.refresh_from_db()
    assert (session.is_closed, session.is_cancelled, Attendance.objects.count()) == (False, False, 0)


# --- cohorts and sessions ----------------------------------------------------------------------------------


def test_make_a_cohort_and_its_first_session(trainer):
    course = CohortFactory().course_id
    client = signed_in(trainer)
    day = (timezone.localdate() + timedelta(days=10)).isoformat()
    facts = {"course": course, "name": "Aalst", "capacity": 8, "starts_on": day, "ends_on": day}
    response = client.post(reverse("lms:cohort_create"), facts)
    cohort = Cohort.objects.get(name="Aalst")
    assert (response.status_code, response.url) == (302, reverse("lms:cohort", args=[cohort.pk]))
    assert (cohort.created_by, cohort.is_public) == (trainer, False)
    session_facts = {
        "title": "Dag 1",
        "day": day,
        "begins": "09:00",
        "ends": "12:00",
        "kind": "in_person",
        "place": "De Kolk",
        "trainers": [trainer.pk],
    }
    address = reverse("lms:session_create", args=[cohort.pk])
    assert client.post(address, session_facts).status_code == 302
    made = Session.objects.get(cohort=cohort)
    assert (made.title, made.starts_at) == ("Dag 1", at(10, 9, 0))
    again = client.post(address, session_facts)
    assert again.status_code == 422
    assert "De groep heeft op dat moment al een bijeenkomst" in text(again)
    assert Session.objects.filter(cohort=cohort).count() == 1


def test_cohort_form_says_how_to_mend_and_keeps_what_was_typed(trainer):
    course = CohortFactory().course_id
    facts = {
        "course": course,
        "name": "Een naam die blijft",
        "capacity": 0,
        "starts_on": "2027-03-02",
        "ends_on": "2027-03-01",
    }
    response = signed_in(trainer).post(reverse("lms:cohort_create"), facts)
    page = text(response)
    assert response.status_code == 422
    assert "Een groep heeft minstens 1 plaats." in page
    assert "De laatste dag ligt voor de eerste dag. Kies een latere laatste dag." in page
    assert "Een naam die blijft" in page
    assert Cohort.objects.filter(name="Een naam die blijft").count() == 0


def test_session_form_refuses_an_hour_that_does_not_exist(trainer):
    with time_machine.travel("2027-03-01 12:00:00+00:00"):
        cohort = CohortFactory(created_by=trainer, starts_on="2027-03-28", ends_on="2027-03-28")
        facts = {
            "title": "Nacht",
            "day": "2027-03-28",
            "begins": "02:30",
            "ends": "05:00",
            "kind": "online",
            "trainers": [trainer.pk],
        }
        response = signed_in(trainer).post(reverse("lms:session_create", args=[cohort.pk]), facts)
    assert response.status_code == 422
    assert "de nacht dat de klok verzet wordt" in text(response)


def test_session_form_wants_a_place_and_a_trainer(trainer, session):
    address = reverse("lms:session_edit", args=[session.pk])
    facts = {"title": "", "day": "", "begins": "x", "ends": "", "kind": "in_person"}
    page = text(signed_in(trainer).post(address, facts))
    for said in (
        "Geef de bijeenkomst een titel.",
        "Kies de dag.",
        "Schrijf het uur als 13:30.",
        "Waar gaat het door?",
        "Kies minstens een trainer.",
    ):
        assert said in page


def test_calling_off_twice_is_once(trainer):
    session = SessionFactory(trainers=[trainer], starts_at=at(3))
    client = signed_in(trainer)
    for _ in range(2):
        assert client.post(reverse("lms:session_cancel", args=[session.pk])).status_code == 302
    session.refresh_from_db()
    assert (session.is_cancelled, session.sequence) == (True, 1)


# --- the list ------------------------------------------------------------------------------------------------


def test_the_list_without_javascript(trainer, session, learner):
    client = signed_in(trainer)
    address = reverse("lms:attendance_record", args=[session.pk, learner.pk])
    response = client.post(address, {"state": "present"})
    assert response.url == f"/begeleiding/sessies/{session.pk}/#persoon-{learner.pk}"
    assert "1 van 1 aanwezig" in text(client.get(reverse("lms:session", args=[session.pk])))
    client.post(address, {"state": "present"})
    assert Attendance.objects.count() == 1


def test_the_list_by_htmx_answers_row_and_count(trainer, session, learner):
    address = reverse("lms:attendance_record", args=[session.pk, learner.pk])
    page = text(signed_in(trainer).post(address, {"state": "present"}, headers={"hx-request": "true"}))
    assert f'id="persoon-{learner.pk}"' in page
    assert 'aria-pressed="true"' in page
    assert "1 van 1 aanwezig" in page and 'hx-swap-oob="true"' in page
    assert "<html" not in page


def test_the_list_refuses_nonsense(trainer, session, learner):
    client = signed_in(trainer)
    address = reverse("lms:attendance_record", args=[session.pk, learner.pk])
    assert client.post(address, {"state": "misschien"}).status_code == 404
    assert client.post(address).status_code == 404
    stranger = reverse("lms:attendance_record", args=[session.pk, UserFactory().pk])
    assert client.post(stranger, {"state": "present"}).status_code == 404
    assert Attendance.objects.count() == 0


def test_a_second_trainer_mends_a_closed_list(trainer, session, learner):
    second = make_trainer()
    session.session_trainers.create(trainer=second)
    client = signed_in(trainer)
    for _ in range(2):
        client.post(reverse("lms:attendance_close", args=[session.pk]))
    address = reverse("lms:attendance_correct", args=[session.pk, learner.pk])
    assert "Jij sloot deze lijst af" in text(client.get(address))
    assert client.post(address, {"state": "present", "reason": "file"}).status_code == 422
    other = signed_in(second)
    empty = other.post(address, {"state": "", "reason": ""})
    assert "Schrijf in een paar woorden waarom dit verandert." in text(empty)
    assert other.post(address, {"state": "present", "reason": "stond in de file"}).status_code == 302
    assert "verbeterd: stond in de file" in text(other.get(reverse("lms:session", args=[session.pk])))
    row = Attendance.objects.get()
    assert (row.method, row.recorded_by, row.state) == ("correction", second, "present")


# --- query counts ----------------------------------------------------------------------------------------------


def fill(trainer, number: int):
    """`number` sessions today with as many learners each, in as many cohorts; the first session comes back."""
    sessions = []
    for _ in range(number):
        session = SessionFactory(trainers=[trainer])
        sessions.append(session)
        for _ in range(number):
            check_in(session_id=session.pk, person=enrolled(session.cohort).person)
        SessionFactory(cohort=session.cohort, trainers=[trainer], starts_at=at(-2))
    return sessions[0]


@pytest.mark.parametrize("number", [1, 3])
def test_query_counts_of_the_trainer(number, trainer, django_assert_num_queries):
    session = fill(trainer, number)
    client = signed_in(trainer)
    with django_assert_num_queries(13):
        client.get(reverse("lms:trainer_desk"))
    with django_assert_num_queries(13):
        client.get(reverse("lms:cohort", args=[session.cohort_id]))
    with django_assert_num_queries(8):
        client.get(reverse("lms:session", args=[session.pk]))
    with django_assert_num_queries(7):
        client.get(reverse("lms:session_qr_code", args=[session.pk]))


@pytest.mark.parametrize("number", [1, 3])
def test_query_counts_of_learner_coordinator_and_feeds(number, trainer, django_assert_num_queries):
    session = fill(trainer, number)
    coordinator = UserFactory(roles=[Role.TEAM_COORDINATOR])
    membership = TeamMembershipFactory(user=coordinator, is_coordinator=True)
    people = [row.person for row in Attendance.objects.filter(session=session).select_related("person")]
    for person in people:
        TeamMembershipFactory(team=membership.team, user=person)
    for _ in range(number):
        MeetingFactory(group=GroupFactory(people=[people[0], *(UserFactory() for _ in range(3))]))
    token = calendar_token(people[0])
    client = signed_in(coordinator)
    client.get(reverse("lms:team"))  # what a process keeps for its life is known by now
    with django_assert_num_queries(9):
        client.get(reverse("lms:team"))
    client = signed_in(people[0])
    with django_assert_num_queries(21):
        client.get(reverse("lms:intervision"))
    with django_assert_num_queries(6):
        client.get(reverse("lms:agenda"))
    with django_assert_num_queries(4):
        client.get(reverse("lms:agenda_feed"), {"token": token})
    SessionFactory(cohort=session.cohort, starts_at=at(3))
    with django_assert_num_queries(4):
        client.get("/agenda.ics")


def test_query_count_of_a_check_in(session, learner, django_assert_num_queries):
    check_in(
        session_id=session.pk, person=enrolled(session.cohort).person
    )  # the course version is known by now
    client = signed_in(learner)
    address = reverse("lms:check_in", args=[make_token(session.pk)])
    with django_assert_num_queries(5):
        client.get(address)
    with django_assert_num_queries(19):
        client.post(address)
