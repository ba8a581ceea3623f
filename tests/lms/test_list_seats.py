"""A seat for everybody on a list: in order, once, each refusal told, and gone with the list if nobody used it."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from lms.domain import list_seats
from lms.domain.attendance import record_by_list
from lms.domain.list_seats import seat_list, take_list_back
from lms.enums import AttendanceState
from lms.exceptions import CohortError
from lms.models import Cohort, Enrolment, ListSeat, WaitingEntry
from people.api import Role, User
from people.domain.intake.applying import apply_batch, undo_batch
from people.domain.intake.staging import stage_file
from people.domain.queries.imports import people_of_import, recent_imports
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, at, enrolled
from tests.factories.people import user_with

pytestmark = pytest.mark.django_db
HEAD = "e-mail;voornaam;achternaam\n"


def brought_in(*emails: str, name: str = "deelnemers.csv"):
    """A list that was brought in, in this order."""
    text = HEAD + "".join(f"{email};Lio;Kiem {number}\n" for number, email in enumerate(emails))
    batch = stage_file(file=io.BytesIO(text.encode()), file_name=name, actor=None)
    return apply_batch(batch_id=batch.pk, actor=None)


def coming(**fields) -> Cohort:
    day = timezone.localdate() + timedelta(days=10)
    cohort = CohortFactory(starts_on=day, ends_on=day + timedelta(days=5), **fields)
    SessionFactory(cohort=cohort, starts_at=at(10, 9, 0), ends_at=at(10, 10, 0))
    return cohort


def emails(cohort) -> set[str]:
    return {one.person.email for one in Enrolment.objects.current().filter(cohort=cohort)}


def test_everybody_gets_a_seat_in_order_once_and_who_is_late_waits():
    cohort, staff = coming(capacity=3), user_with(Role.NETWORK_STAFF)
    inside = enrolled(cohort, email="d@voorbeeld.test").person
    batch = brought_in("c@voorbeeld.test", "a@voorbeeld.test", "d@voorbeeld.test", "b@voorbeeld.test")
    assert [one.email[0] for one in people_of_import(batch.pk)] == ["c", "a", "d", "b"]
    found = seat_list(cohort_id=cohort.pk, list_id=batch.pk, actor=staff)
    assert (found.seated, found.waiting, found.inside, found.refused) == (2, 1, 1, [])
    assert emails(cohort) == {"c@voorbeeld.test", "a@voorbeeld.test", inside.email}
    assert WaitingEntry.objects.get().person.email == "b@voorbeeld.test"
    again = seat_list(cohort_id=cohort.pk, list_id=batch.pk, actor=staff)
    assert (again.seated, again.inside) == (0, 3)
    assert (WaitingEntry.objects.count(), ListSeat.objects.count()) == (1, 3)


def test_who_cannot_come_is_told_and_stops_nobody():
    staff, other, cohort = user_with(Role.NETWORK_STAFF), coming(), coming()
    busy = enrolled(other, email="bezet@voorbeeld.test").person
    batch = brought_in("bezet@voorbeeld.test", "vrij@voorbeeld.test")
    found = seat_list(cohort_id=cohort.pk, list_id=batch.pk, actor=staff)
    assert found.seated == 1
    [(person, why)] = found.refused
    assert (person, why) == (busy, f"Heeft al een plaats in {other.name}. De persoon kan zelf ruilen.")
    assert emails(cohort) == {"vrij@voorbeeld.test"}


@pytest.mark.parametrize(("cohort", "code"), [(True, "list_empty"), (False, "cohort_missing")])
def test_nothing_to_seat(cohort, code):
    with pytest.raises(CohortError) as refused:
        seat_list(
            cohort_id=coming().pk if cohort else 999_999, list_id=999_999, actor=user_with(Role.NETWORK_STAFF)
        )
    assert refused.value.code == code


def test_too_long_a_list_is_refused(monkeypatch):
    monkeypatch.setattr(list_seats, "MOST", 1)
    batch = brought_in("a@voorbeeld.test", "b@voorbeeld.test")
    with pytest.raises(CohortError) as refused:
        seat_list(cohort_id=coming().pk, list_id=batch.pk, actor=user_with(Role.NETWORK_STAFF))
    assert refused.value.code == "list_too_long"


def test_seats_go_with_the_list_and_the_accounts_too():
    staff, cohort = user_with(Role.NETWORK_STAFF), coming(capacity=2)
    batch = brought_in("a@voorbeeld.test", "b@voorbeeld.test", "c@voorbeeld.test")
    seat_list(cohort_id=cohort.pk, list_id=batch.pk, actor=staff)
    undone = undo_batch(batch_id=batch.pk, actor=staff)
    assert (undone.removed, undone.kept) == (3, 0)
    assert not User.objects.filter(email__endswith="@voorbeeld.test", first_name="Lio").exists()
    assert emails(cohort) == set()
    assert not WaitingEntry.objects.exists()
    assert take_list_back(list_id=batch.pk, actor=staff) == 0


def test_who_began_keeps_what_they_have():
    staff, cohort = user_with(Role.NETWORK_STAFF), coming()
    batch = brought_in("a@voorbeeld.test", "b@voorbeeld.test")
    seat_list(cohort_id=cohort.pk, list_id=batch.pk, actor=staff)
    present = User.objects.get(email="a@voorbeeld.test")
    with time_machine.travel(at(10, 9, 10)):
        record_by_list(
            session_id=cohort.sessions.get().pk,
            person_id=present.pk,
            state=AttendanceState.PRESENT,
            trainer=staff,
        )
    undone = undo_batch(batch_id=batch.pk, actor=staff)
    assert (undone.removed, undone.kept) == (1, 1)
    assert emails(cohort) == {"a@voorbeeld.test"}


def test_course_that_was_followed_before_goes_on_without_the_seat():
    staff, cohort = user_with(Role.NETWORK_STAFF), coming()
    enrolment = enrolled(cohort, email="a@voorbeeld.test")
    Enrolment.objects.filter(pk=enrolment.pk).update(cohort=None)
    batch = brought_in("a@voorbeeld.test")
    seat_list(cohort_id=cohort.pk, list_id=batch.pk, actor=staff)
    take_list_back(list_id=batch.pk, actor=staff)
    enrolment.refresh_from_db()
    assert (enrolment.cohort, enrolment.withdrawn_at) == (None, None)


def test_office_sees_who_comes_and_seats_them(client):
    staff, cohort = user_with(Role.NETWORK_STAFF), coming(capacity=1)
    client.force_login(staff)
    lists = reverse("lms:cohort_lists", args=[cohort.pk])
    assert "Nog geen lijst ingelezen" in client.get(lists).content.decode()
    batch = brought_in("a@voorbeeld.test", "b@voorbeeld.test")
    page = client.get(lists).content.decode()
    assert "deelnemers.csv" in page
    assert "2 mensen" in page
    assert lists in client.get(reverse("lms:cohort", args=[cohort.pk])).content.decode()
    address = reverse("lms:cohort_list", args=[cohort.pk, batch.pk])
    page = client.get(address).content.decode()
    assert "De laatste van de lijst komt op de wachtlijst." in page
    answer = client.post(address, follow=True)
    assert answer.redirect_chain == [(reverse("lms:cohort", args=[cohort.pk]), 302)]
    assert "1 kreeg een plaats. 1 op de wachtlijst." in answer.content.decode()


def test_office_sees_why_somebody_got_no_seat(client):
    other, cohort = coming(), coming()
    enrolled(other, email="bezet@voorbeeld.test", first_name="Bo", last_name="Bezet")
    batch = brought_in("bezet@voorbeeld.test")
    client.force_login(user_with(Role.NETWORK_STAFF))
    answer = client.post(reverse("lms:cohort_list", args=[cohort.pk, batch.pk]))
    assert answer.status_code == 409
    assert "Deze mensen kregen nog geen plaats" in answer.content.decode()
    assert "Bo Bezet" in answer.content.decode()
    assert "kregen een plaats" not in answer.content.decode()
    gone = client.post(reverse("lms:cohort_list", args=[cohort.pk, 999_999]))
    assert gone.status_code == 409
    assert "Op deze lijst staat niemand (meer)." in gone.content.decode()


@pytest.mark.parametrize("length", [2, 40])
def test_pages_ask_as_much_for_a_long_list(client, django_assert_num_queries, length):
    cohort = coming(capacity=5)
    batch = brought_in(*(f"p{number}@voorbeeld.test" for number in range(length)))
    client.force_login(user_with(Role.NETWORK_STAFF))
    client.get(reverse("lms:cohort_lists", args=[cohort.pk]))
    with django_assert_num_queries(4):
        client.get(reverse("lms:cohort_lists", args=[cohort.pk]))
    with django_assert_num_queries(7):
        client.get(reverse("lms:cohort_list", args=[cohort.pk, batch.pk]))


def test_lists_that_are_not_brought_in_are_not_offered():
    stage_file(file=io.BytesIO((HEAD + "a@voorbeeld.test;A;B\n").encode()), file_name="later.csv", actor=None)
    assert recent_imports() == []
