"""Seats: every way in, the waiting list with its timed offers, swapping, leaving in time, and a team that changes."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.models import OutboxEvent
from lms.domain import seats
from lms.domain.cohorts import CohortPlan, change_cohort, create_cohort, delete_cohort
from lms.domain.enrolment import enrol, last_day_to_leave, withdraw
from lms.domain.queries.seats import choices_for, team_changes, waiting_list
from lms.domain.sessions import SessionPlan, plan_session
from lms.domain.waiting import entry_of_token, free_seats, offer_seats, offer_token, pass_offers_on
from lms.enums import EnrolmentWay, SeatRequestState, WaitingState
from lms.exceptions import CohortError, EnrolmentError, LmsError
from lms.models import Attendance, Cohort, Enrolment, Location, SeatRequest, WaitingEntry
from people.api import Role
from people.domain.digest import send_digests
from people.models import DigestItem, TeamMembership
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, at, enrolled, make_trainer
from tests.factories.people import TeamFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


def coming(**fields) -> Cohort:
    """A cohort that begins in ten days, with one session."""
    days = timezone.localdate() + timedelta(days=10)
    cohort = CohortFactory(**{"starts_on": days, "ends_on": days + timedelta(days=30), **fields})
    hour = 9 + Cohort.objects.count() % 8
    SessionFactory(cohort=cohort, starts_at=at(10, hour, 0), ends_at=at(10, hour, 30))
    return cohort


def full(size=1, **fields):
    cohort = coming(capacity=size, **fields)
    return cohort, [enrolled(cohort) for _ in range(size)]


def code_of(call, **kwargs) -> str:
    with pytest.raises(LmsError) as caught:
        call(**kwargs)
    return caught.value.code


def leave(enrolment):
    withdraw(person=enrolment.person, course_slug=enrolment.course.slug)


def states(cohort):
    return [entry.state for entry in cohort.waiting_entries.order_by("pk")]


def test_code_opens_whatever_its_case_and_spaces():
    cohort, person = coming(way=EnrolmentWay.CODE, code="Nest 2027"), UserFactory()
    for wrong in ("", "nest", "Nest 2028"):
        assert code_of(seats.take_seat, person=person, cohort_id=cohort.pk, code=wrong) == "code_wrong"
    assert not Enrolment.objects.filter(person=person).exists()
    assert seats.take_seat(person=person, cohort_id=cohort.pk, code=" nest2027") == "enrolled"


def test_approval_is_asked_answered_once_and_told():
    cohort, person, trainer = coming(way=EnrolmentWay.APPROVAL), UserFactory(), make_trainer()
    for _time in range(2):
        assert seats.take_seat(person=person, cohort_id=cohort.pk) == "asked"
    request = SeatRequest.objects.get()
    assert (
        code_of(enrol, person=person, course_slug=cohort.course.slug, cohort_id=cohort.pk) == "needs_approval"
    )
    for _time in range(2):
        seats.decide_seat(request_id=request.pk, actor=trainer, approve=True)
    assert Enrolment.objects.get(person=person).cohort == cohort
    assert OutboxEvent.objects.filter(key=f"seat-answer:{request.pk}").count() == 1
    assert (
        code_of(seats.decide_seat, request_id=request.pk, actor=trainer, approve=False) == "already_decided"
    )
    assert code_of(seats.decide_seat, request_id=0, actor=trainer, approve=True) == "request_missing"


def test_yes_for_a_full_cohort_is_a_place_on_the_list_and_no_is_no():
    cohort, _members = full(way=EnrolmentWay.APPROVAL)
    one, two = UserFactory(), UserFactory()
    first, second = (seats.ask_for_seat(person=who, cohort_id=cohort.pk) for who in (one, two))
    seats.decide_seat(request_id=first.pk, actor=make_trainer(), approve=True)
    seats.decide_seat(request_id=second.pk, actor=make_trainer(), approve=False)
    assert [entry.person for entry in waiting_list(cohort)] == [one]
    second.refresh_from_db()
    assert second.state == SeatRequestState.DECLINED
    again = seats.ask_for_seat(person=two, cohort_id=cohort.pk)
    seats.take_back_request(request_id=again.pk, person=two)
    again.refresh_from_db()
    assert again.state == SeatRequestState.TAKEN_BACK


def test_cohort_of_a_team_is_for_its_members_and_shows_who_came_and_left():
    team, person, other = TeamFactory(), UserFactory(), UserFactory()
    TeamMembership.objects.create(team=team, user=person)
    cohort = coming(way=EnrolmentWay.TEAM, for_team=team, is_public=False)
    assert [one.cohort_id for one in choices_for(person, [cohort.course_id])] == [cohort.pk]
    assert choices_for(other, [cohort.course_id]) == ()
    assert code_of(seats.take_seat, person=other, cohort_id=cohort.pk) == "not_of_team"
    assert team_changes(cohort, []).newcomers == (person,)
    seats.take_seat(person=person, cohort_id=cohort.pk)
    TeamMembership.objects.filter(user=person).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert team_changes(cohort, [person.pk]).leavers == (person,)
    assert team_changes(coming(), []) is None


def test_seats_are_offered_in_order_and_held():
    cohort, members = full(2)
    one, two, three = (UserFactory() for _ in range(3))
    for person in (one, two, three, one):
        assert seats.take_seat(person=person, cohort_id=cohort.pk) == "waiting"
    assert [entry.person for entry in waiting_list(cohort)] == [one, two, three]
    leave(members[0])
    assert states(cohort) == ["offered", "waiting", "waiting"] and free_seats(cohort) == 0
    late = UserFactory()
    assert code_of(enrol, person=late, course_slug=cohort.course.slug, cohort_id=cohort.pk) == "cohort_full"
    entry = WaitingEntry.objects.get(person=one)
    assert entry.offer_until - entry.offered_at == timedelta(hours=48)
    seats.answer_offer(entry_id=entry.pk, accept=False)
    assert states(cohort) == ["declined", "offered", "waiting"]
    for _time in range(2):
        seats.answer_offer(entry_id=WaitingEntry.objects.get(person=two).pk, accept=True)
    assert Enrolment.objects.get(person=two).cohort == cohort
    assert states(cohort) == ["declined", "accepted", "waiting"]
    assert code_of(seats.answer_offer, entry_id=entry.pk, accept=True) == "offer_gone"


def test_offer_that_runs_out_passes_on_and_a_late_mail_is_not_sent(mailoutbox):
    cohort, members = full()
    one, two = UserFactory(), UserFactory()
    for person in (one, two):
        seats.take_seat(person=person, cohort_id=cohort.pk)
    leave(members[0])
    with time_machine.travel(timezone.now() + timedelta(hours=49), tick=False):
        entry = WaitingEntry.objects.get(person=one)
        assert code_of(seats.answer_offer, entry_id=entry.pk, accept=True) == "offer_gone"
        assert pass_offers_on() == 1 and pass_offers_on() == 0
        assert states(cohort) == ["expired", "offered"]
        from ledger.api import drain

        drain()
    assert [message.to for message in mailoutbox if "plaats voor je" in message.subject] == [[two.email]]
    assert DigestItem.objects.filter(person=one).count() == 1


def test_list_stops_when_the_cohort_begins():
    cohort, members = full()
    waiting = UserFactory()
    seats.take_seat(person=waiting, cohort_id=cohort.pk)
    with time_machine.travel(cohort.sessions.get().starts_at + timedelta(minutes=1), tick=False):
        assert offer_seats(cohort.pk) == 0
        assert states(cohort) == ["stopped"]
        assert code_of(seats.join_waiting_list, person=UserFactory(), cohort_id=cohort.pk) == "cohort_over"
    assert DigestItem.objects.filter(person=waiting).count() == 1
    assert members[0].cohort_id == cohort.pk


def test_offer_never_outlives_the_begin():
    cohort, members = full(offer_hours=336)
    seats.take_seat(person=UserFactory(), cohort_id=cohort.pk)
    leave(members[0])
    assert WaitingEntry.objects.get().offer_until == cohort.sessions.get().starts_at


def test_more_seats_are_offered_too():
    cohort, _members = full()
    seats.take_seat(person=UserFactory(), cohort_id=cohort.pk)
    plan = CohortPlan(
        course_id=cohort.course_id,
        name="Ruimer",
        capacity=2,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
    )
    change_cohort(cohort_id=cohort.pk, actor=None, plan=plan)
    assert states(cohort) == ["offered"]


def test_swap_is_one_step_and_frees_the_seat():
    first, members = full()
    second = coming()
    waiting = UserFactory()
    seats.take_seat(person=waiting, cohort_id=first.pk)
    for _time in range(2):
        seats.swap_cohort(person=members[0].person, cohort_id=second.pk)
    assert Enrolment.objects.get(pk=members[0].pk).cohort == second
    assert states(first) == ["offered"]
    third, _others = full()
    assert code_of(seats.swap_cohort, person=members[0].person, cohort_id=third.pk) == "cohort_full"
    assert Enrolment.objects.get(pk=members[0].pk).cohort == second
    assert code_of(seats.swap_cohort, person=UserFactory(), cohort_id=second.pk) == "nothing_to_swap"


def test_leaving_has_a_last_day():
    cohort = coming()
    member = enrolled(cohort)
    assert last_day_to_leave(cohort) == timezone.localdate() + timedelta(days=9)
    Cohort.objects.filter(pk=cohort.pk).update(withdraw_until=timezone.localdate() - timedelta(days=1))
    for call in (
        lambda: withdraw(person=member.person, course_slug=cohort.course.slug),
        lambda: seats.leave_cohort(person=member.person, cohort_id=cohort.pk),
        lambda: seats.swap_cohort(person=member.person, cohort_id=coming().pk),
    ):
        with pytest.raises(EnrolmentError) as caught:
            call()
        assert caught.value.code == "too_late"
    seats.remove_member(cohort_id=cohort.pk, person_id=member.person_id, actor=make_trainer())
    assert Enrolment.objects.get(pk=member.pk).cohort is None


def test_who_was_present_keeps_the_seat():
    cohort = CohortFactory(withdraw_until=timezone.localdate())
    session = SessionFactory(cohort=cohort)
    member = enrolled(cohort)
    Attendance.objects.create(
        session=session, person=member.person, state="present", method="list", recorded_by=make_trainer()
    )
    assert code_of(seats.leave_cohort, person=member.person, cohort_id=cohort.pk) == "was_present"
    assert (
        code_of(seats.remove_member, cohort_id=cohort.pk, person_id=member.person_id, actor=make_trainer())
        == "was_present"
    )
    assert code_of(delete_cohort, cohort_id=cohort.pk, actor=None) == "has_attendance"


def test_cohort_is_deleted_only_while_nothing_rests_on_it():
    cohort = coming()
    member = enrolled(cohort)
    assert code_of(delete_cohort, cohort_id=cohort.pk, actor=None) == "has_members"
    Enrolment.objects.filter(pk=member.pk).delete()
    delete_cohort(cohort_id=cohort.pk, actor=None)
    assert not Cohort.objects.filter(pk=cohort.pk).exists()


def test_nobody_is_in_two_places_at_once():
    mine, other = coming(), coming()
    session = mine.sessions.get()
    other.sessions.update(starts_at=session.starts_at, ends_at=session.ends_at)
    member = enrolled(mine)
    elsewhere = CohortFactory(course=mine.course)
    Cohort.objects.filter(pk=other.pk).update(course=elsewhere.course)
    trainer = make_trainer()
    SessionFactory(trainers=[trainer], starts_at=session.starts_at, ends_at=session.ends_at)
    assert code_of(seats.take_seat, person=trainer, cohort_id=mine.pk) == "overlaps_own"
    assert seats.swap_cohort(person=member.person, cohort_id=other.pk).cohort_id == other.pk


def test_trainer_leads_one_session_at_a_time():
    trainer, cohort, other = make_trainer(), coming(), coming()
    facts = {"title": "Dag", "place": "De Kolk", "trainer_ids": (trainer.pk,)}
    plan_session(
        cohort_id=cohort.pk, actor=None, plan=SessionPlan(starts_at=at(20, 9), ends_at=at(20, 12), **facts)
    )
    late = SessionPlan(starts_at=at(20, 11), ends_at=at(20, 13), **facts)
    assert code_of(plan_session, cohort_id=other.pk, actor=None, plan=late) == "trainer_busy"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"capacity": 0}, "capacity_too_small"),
        ({"ends_on": timezone.localdate() - timedelta(days=900)}, "ends_before_start"),
        ({"way": "code", "code": "  "}, "code_missing"),
        ({"way": "team"}, "team_missing"),
    ],
)
def test_cohort_that_cannot_be(change, code):
    today = timezone.localdate()
    facts = {
        "course_id": coming().course_id,
        "name": "X",
        "capacity": 2,
        "starts_on": today,
        "ends_on": today,
    }
    assert code_of(create_cohort, actor=None, plan=CohortPlan(**{**facts, **change})) == code


def test_database_keeps_one_open_place_each():
    cohort, _members = full()
    person = UserFactory()
    seats.join_waiting_list(person=person, cohort_id=cohort.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        WaitingEntry.objects.create(cohort=cohort, person=person)
    seats.leave_waiting_list(person=person, cohort_id=cohort.pk)
    assert states(cohort) == [WaitingState.LEFT]
    seats.join_waiting_list(person=person, cohort_id=cohort.pk)
    assert [entry.person for entry in waiting_list(cohort)] == [person]


def test_link_of_an_offer_works_without_sign_in_and_looking_changes_nothing(client):
    cohort, members = full()
    person = UserFactory()
    seats.take_seat(person=person, cohort_id=cohort.pk)
    leave(members[0])
    entry = WaitingEntry.objects.get()
    address = f"/mijn/plaats/{offer_token(entry)}/"
    page = client.get(address)
    assert page.status_code == 200 and person.last_name.encode() not in page.content
    assert states(cohort) == ["offered"]
    assert client.post(address, {"antwoord": "misschien"}).status_code == 404
    assert client.post(address, {"antwoord": "ja"}).status_code == 200
    assert Enrolment.objects.get(person=person).cohort == cohort
    assert client.post(address, {"antwoord": "nee"}).status_code == 409
    assert entry_of_token("verzonnen") is None and entry_of_token(offer_token(entry)[:-1] + "x") is None


def test_learner_chooses_waits_swaps_and_leaves_on_the_screen(client):
    open_one, (shut, _members) = coming(), full()
    person = UserFactory()
    client.force_login(person)
    slug = open_one.course.slug
    page = client.get(f"/cursussen/{slug}/inschrijven/").content.decode()
    assert "eerste op de wachtlijst" in page
    answer = client.post(f"/cursussen/{slug}/inschrijven/", {"groep": shut.pk})
    assert answer["Location"] == "/mijn/groepen/"
    assert "Wachtlijst" in client.get("/mijn/groepen/").content.decode()
    client.post(f"/mijn/groepen/{shut.pk}/doe/", {"wat": "stop"})
    client.post(f"/mijn/groepen/{open_one.pk}/doe/", {"wat": "neem"})
    assert open_one.name in client.get(f"/mijn/groepen/{open_one.pk}/").content.decode()
    assert client.get(f"/mijn/groepen/{shut.pk}/").status_code == 404
    client.post(f"/mijn/groepen/{open_one.pk}/doe/", {"wat": "verlaat"})
    assert Enrolment.objects.get(person=person).cohort is None
    assert client.post(f"/mijn/groepen/{open_one.pk}/doe/", {"wat": "iets"}).status_code == 404


def test_staff_add_remove_and_decide_on_the_screen(client):
    staff, person = user_with(Role.NETWORK_STAFF), UserFactory()
    cohort = coming(way=EnrolmentWay.APPROVAL, capacity=1)
    client.force_login(staff)
    address = f"/begeleiding/groepen/{cohort.pk}/"
    client.post(f"{address}deelnemers/", {"email": person.email.upper()})
    client.post(f"{address}deelnemers/", {"email": "niemand@voorbeeld.test"})
    assert Enrolment.objects.get(person=person).cohort == cohort
    request = seats.ask_for_seat(person=UserFactory(), cohort_id=cohort.pk)
    assert client.post(f"/begeleiding/plaatsvraag/{request.pk}/", {"antwoord": "x"}).status_code == 404
    client.post(f"/begeleiding/plaatsvraag/{request.pk}/", {"antwoord": "ja"})
    assert "Wachtlijst" in client.get(address).content.decode()
    client.post(f"{address}deelnemers/{person.pk}/weg/")
    assert Enrolment.objects.get(person=person).cohort is None
    assert states(cohort) == ["offered"]


@pytest.mark.parametrize("size", [5, 200])
def test_cohort_page_asks_at_most_fifteen_questions(client, size, django_assert_num_queries):
    client.force_login(user_with(Role.NETWORK_STAFF))
    cohort = coming(capacity=size)
    for _ in range(size):
        enrolled(cohort)
    for _ in range(size // 5):
        seats.join_waiting_list(person=UserFactory(), cohort_id=cohort.pk)
    client.get(f"/begeleiding/groepen/{cohort.pk}/")
    with django_assert_num_queries(11):
        assert client.get(f"/begeleiding/groepen/{cohort.pk}/").status_code == 200


def test_location_page_tells_how_to_get_in(client):
    client.force_login(user_with(Role.NETWORK_STAFF))
    facts = {
        "name": "Huis van de Buurt",
        "street": "Nestlaan 1",
        "postcode": "9000",
        "municipality": "Gent",
        "map_url": "https://kaart.voorbeeld.test/?q=1",
        "step_free": "on",
        "public_transport": "Tram 1, halte Nest",
        "is_active": "on",
    }
    assert client.post("/netwerk/locaties/", {**facts, "postcode": "9"}).status_code == 422
    client.post("/netwerk/locaties/", facts)
    place = Location.objects.get()
    SessionFactory(location=place, starts_at=at(2), cohort=coming())
    client.logout()
    page = client.get(f"/locaties/{place.slug}/").content.decode()
    assert re.search("Tram 1", page) and "kaart.voorbeeld.test" in page and "<iframe" not in page


@given(st.lists(st.sampled_from(["wait", "leave", "yes", "no", "time"]), max_size=14))
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
def test_no_story_overbooks_or_skips_the_queue(story):
    with transaction.atomic():
        cohort, members = full(2)
        moment = timezone.now()
        with time_machine.travel(moment, tick=False) as clock:
            for step in story:
                offered = cohort.waiting_entries.filter(state="offered").first()
                if step == "wait":
                    seats.take_seat(person=UserFactory(), cohort_id=cohort.pk)
                elif step == "leave" and members:
                    leave(members.pop())
                elif step in ("yes", "no") and offered:
                    seats.answer_offer(entry_id=offered.pk, accept=step == "yes")
                elif step == "time":
                    clock.shift(timedelta(hours=30))
                    pass_offers_on()
                taken = Enrolment.objects.current().filter(cohort=cohort).count()
                open_offers = cohort.waiting_entries.filter(state="offered").count()
                waits = list(cohort.waiting_entries.filter(state="waiting").values_list("pk", flat=True))
                offers = list(cohort.waiting_entries.filter(state="offered").values_list("pk", flat=True))
                assert taken + open_offers <= 2
                assert not (waits and offers) or max(offers) < min(waits)
                assert not waits or taken + open_offers == 2
        transaction.set_rollback(True)


def test_digest_carries_what_the_list_says():
    cohort, _members = full()
    person = UserFactory()
    seats.take_seat(person=person, cohort_id=cohort.pk)
    with time_machine.travel(cohort.sessions.get().starts_at + timedelta(minutes=1), tick=False):
        offer_seats(cohort.pk)
        assert send_digests() == 1


def test_errors_are_of_the_house():
    assert issubclass(CohortError, LmsError)
