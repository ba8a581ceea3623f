"""A seat that comes free while many want it: one gets it, nobody is skipped, nobody is offered twice."""

import pytest

from lms.domain import seats
from lms.domain.waiting import free_seats, offer_seats
from lms.enums import WaitingState
from lms.exceptions import CohortError
from lms.models import Cohort, Enrolment, WaitingEntry
from people.models import User
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, at, enrolled, make_trainer
from tests.factories.people import UserFactory
from tests.parallel import together

pytestmark = pytest.mark.django_db(transaction=True)


def full_with_waiting(number: int):
    """A cohort of two seats, both taken, and people who wait in this order."""
    cohort = CohortFactory(capacity=2, starts_on=at(20).date(), ends_on=at(20).date())
    SessionFactory(cohort=cohort, starts_at=at(20))
    members = [enrolled(cohort).person for _ in range(2)]
    people = [UserFactory() for _ in range(number)]
    for person in people:
        seats.join_waiting_list(person=person, cohort_id=cohort.pk)
    return cohort, members, people


def states(cohort) -> list[str]:
    return list(cohort.waiting_entries.order_by("pk").values_list("state", flat=True))


def test_twelve_rounds_at_once_offer_each_free_seat_once(many_connections):
    cohort, members, _people = full_with_waiting(4)
    Enrolment.objects.filter(person__in=members).update(cohort=None)
    offered = together([lambda: offer_seats(cohort.pk)] * 12)
    assert sorted(offered) == [0] * 11 + [2]
    assert states(cohort) == ["offered", "offered", "waiting", "waiting"]
    assert free_seats(Cohort.objects.get(pk=cohort.pk)) == 0


def test_an_offer_that_is_taken_many_times_at_once_is_one_seat(many_connections):
    cohort, members, people = full_with_waiting(2)
    seats.leave_cohort(person=members[0], cohort_id=cohort.pk)
    entry = WaitingEntry.objects.get(person=people[0])
    together([lambda: seats.answer_offer(entry_id=entry.pk, accept=True)] * 10)
    assert states(cohort) == [WaitingState.ACCEPTED, WaitingState.WAITING]
    assert Enrolment.objects.filter(cohort=cohort, withdrawn_at=None).count() == 2


def test_yes_and_no_at_once_end_in_one_of_them(many_connections):
    cohort, members, people = full_with_waiting(2)
    seats.leave_cohort(person=members[0], cohort_id=cohort.pk)
    entry = WaitingEntry.objects.get(person=people[0])

    def answer(accept: bool) -> str:
        try:
            return str(seats.answer_offer(entry_id=entry.pk, accept=accept).state)
        except CohortError as error:
            return error.code

    results = together([lambda accept=number % 2 == 0: answer(accept) for number in range(8)])
    ends = {result for result in results if result != "offer_gone"}
    assert len(ends) == 1 and results.count("offer_gone") == 4
    accepted = ends == {"accepted"}
    assert states(cohort) == (["accepted", "waiting"] if accepted else ["declined", "offered"])
    assert Enrolment.objects.filter(cohort=cohort, withdrawn_at=None).count() == (2 if accepted else 1)


def test_eight_ask_for_the_seat_that_comes_free_and_the_list_comes_first(many_connections):
    cohort, members, people = full_with_waiting(1)
    others, trainer = [UserFactory() for _ in range(8)], make_trainer()

    def ask(pk: int) -> str:
        try:
            return seats.take_seat(person=User.objects.get(pk=pk), cohort_id=cohort.pk)
        except CohortError as error:
            return error.code

    def leave() -> str:
        seats.remove_member(cohort_id=cohort.pk, person_id=members[0].pk, actor=trainer)
        return "left"

    results = together([leave, *(lambda pk=one.pk: ask(pk) for one in others)])
    assert "enrolled" not in results
    assert WaitingEntry.objects.get(person=people[0]).state == WaitingState.OFFERED
    assert Enrolment.objects.filter(cohort=cohort, withdrawn_at=None).count() == 1
