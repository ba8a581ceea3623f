"""Screens of trainers, learners who scan, members of groups, coordinators: every address, every role."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from lms.domain.attendance import check_in, close_list
from lms.domain.calendar import calendar_token
from lms.domain.check_in_tokens import make_ticket, make_token
from lms.domain.intervision import claim_presence, confirm_presence
from lms.domain.sessions import cancel_session
from lms.models import Attendance, Cohort, IntervisionGroup, Meeting, MeetingPresence, Session
from people.enums import Role
from tests.factories.lms_cohorts import (
    CohortFactory,
    GroupFactory,
    MeetingFactory,
    SessionFactory,
    at,
    enrolled,
    make_trainer,
    members_of,
)
from tests.factories.people import TeamFactory, TeamMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer():
    return make_trainer(first_name="Truus", last_name="Takje")


@pytest.fixture
def session(trainer):
    return SessionFactory(trainers=[trainer])


@pytest.fixture
def learner(session):
    return enrolled(session.cohort, first_name="Lies").person


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response) -> str:
    return response.content.decode()


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


# --- the code ------------------------------------------------------------------------------------------------


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


# --- intervision ---------------------------------------------------------------------------------------------


def test_from_entry_to_hours_that_count():
    group = GroupFactory()
    an, bo, cas, *_ = members_of(group)
    moderator, member = signed_in(an), signed_in(bo)
    day = (timezone.localdate() - timedelta(days=2)).isoformat()
    facts = {"kind": "intervision", "day": day, "begins": "14:00", "minutes": 120, "form": "online"}
    for _ in range(2):
        moderator.post(reverse("lms:meeting_create", args=[group.pk]), facts)
    meeting = Meeting.objects.get()
    assert member.get(reverse("lms:meeting_create", args=[group.pk])).status_code == 404
    third = signed_in(cas)
    for client in (moderator, member, third):
        for _ in range(2):
            client.post(reverse("lms:presence_claim", args=[meeting.pk]))
    for _ in range(2):
        member.post(reverse("lms:presence_confirm", args=[meeting.pk, an.pk]))
    third.post(reverse("lms:presence_confirm", args=[meeting.pk, an.pk]))
    assert "Je aanwezigheid telt mee" in text(moderator.get(reverse("lms:meeting", args=[meeting.pk])))
    assert "2 uur" in text(moderator.get(reverse("lms:intervision")))
    assert MeetingPresence.objects.filter(confirmed_at__isnull=False).count() == 1
    assert (
        member.post(reverse("lms:presence_confirm", args=[meeting.pk, UserFactory().pk])).status_code == 404
    )


def test_a_late_entry_asks_its_reason_on_the_field(trainer):
    group = GroupFactory()
    an, *_ = members_of(group)
    day = (timezone.localdate() - timedelta(days=60)).isoformat()
    facts = {"kind": "intervision", "day": day, "begins": "14:00", "minutes": 120, "form": "online"}
    response = signed_in(an).post(reverse("lms:meeting_create", args=[group.pk]), facts)
    assert response.status_code == 422
    assert "Kies waarom je het nu pas ingeeft." in text(response)


@pytest.mark.parametrize("name", ["presence_claim", "meeting_cancel"])
def test_a_stranger_finds_no_meeting(name):
    meeting = MeetingFactory()
    assert signed_in(UserFactory()).post(reverse(f"lms:{name}", args=[meeting.pk])).status_code == 404


def test_form_a_group_by_address(trainer):
    people = [UserFactory() for _ in range(4)]
    client = signed_in(trainer)
    facts = {
        "name": "Kring Zuid",
        "emails": "\n".join([people[0].email.upper(), people[1].email, "wie@x.test"]),
    }
    assert "wie@x.test" in text(client.post(reverse("lms:group_create"), facts))
    facts["emails"] = "\n".join(person.email for person in people[:3])
    assert "4 tot 8 leden" in text(client.post(reverse("lms:group_create"), facts))
    facts["emails"] = "\n".join([people[0].email.upper(), *(person.email for person in people[1:])])
    assert client.post(reverse("lms:group_create"), facts).status_code == 302
    group = IntervisionGroup.objects.get()
    assert members_of(group) == people
    assert group.members.get(is_moderator=True).person == people[0]


# --- team ----------------------------------------------------------------------------------------------------


def test_coordinator_sees_own_team_only_and_nothing_private(learner, session):
    coordinator = UserFactory(roles=[Role.TEAM_COORDINATOR])
    team, other = TeamFactory(name="Team Kwikstaart"), TeamFactory(name="Team Roodborst")
    TeamMembershipFactory(team=team, user=coordinator, is_coordinator=True)
    TeamMembershipFactory(team=team, user=learner)
    stranger = enrolled(session.cohort, first_name="Ver", last_name="Weg").person
    TeamMembershipFactory(team=other, user=stranger)
    TeamMembershipFactory(
        team=team,
        user=UserFactory(first_name="Vroeger"),
        valid_from=timezone.localdate() - timedelta(days=99),
        valid_until=timezone.localdate() - timedelta(days=1),
    )
    meeting = MeetingFactory(group=GroupFactory(people=[learner, *(UserFactory() for _ in range(3))]))
    peers = members_of(meeting.group)[1:3]
    for person in (learner, *peers):
        claim_presence(meeting_id=meeting.pk, person=person)
    for peer in peers:
        confirm_presence(meeting_id=meeting.pk, person_id=learner.pk, confirmed_by=peer)
    check_in(session_id=session.pk, person=learner)
    page = text(signed_in(coordinator).get(reverse("lms:team")))
    assert "Team Kwikstaart" in page and "Team Roodborst" not in page
    assert learner.full_name in page and stranger.full_name not in page and "Vroeger" not in page
    assert "100 % aanwezig" in page
    this_year = meeting.held_on.year == timezone.localdate().year
    assert (f'class="number">{2 if this_year else 0}<' in page) is True


def test_a_member_with_the_role_but_no_team_sees_no_names(learner):
    coordinator = UserFactory(roles=[Role.TEAM_COORDINATOR])
    TeamMembershipFactory(team=TeamFactory(), user=learner)
    TeamMembershipFactory(user=coordinator, is_coordinator=False)
    page = text(signed_in(coordinator).get(reverse("lms:team")))
    assert "Je coördineert nog geen team" in page


# --- agenda --------------------------------------------------------------------------------------------------


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
