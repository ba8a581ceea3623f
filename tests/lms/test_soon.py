"""The desk's next appointments are the head of the agenda, in one query."""

import pytest

from lms import api
from lms.domain.queries.agenda import agenda_of
from lms.models import GroupMember
from tests.factories.lms_cohorts import (
    CohortFactory,
    GroupFactory,
    MeetingFactory,
    SessionFactory,
    at,
    enrolled,
)
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_desk_and_agenda_agree(django_assert_num_queries):
    person = UserFactory()
    cohort, left, led = CohortFactory(), CohortFactory(), CohortFactory()
    enrolled(cohort, person=person)
    withdrawn = enrolled(CohortFactory(course=left.course), person=UserFactory())
    assert withdrawn.cohort_id != cohort.pk
    SessionFactory(cohort=cohort, starts_at=at(-3))
    SessionFactory(cohort=cohort)  # going on now
    SessionFactory(cohort=cohort, starts_at=at(2), place="", online_url="https://bel.voorbeeld.test/1")
    SessionFactory(cohort=cohort, starts_at=at(1), cancelled_at=at(-1))
    SessionFactory(cohort=left, starts_at=at(1))
    SessionFactory(cohort=led, starts_at=at(5), trainers=[person, UserFactory()])
    group, old = GroupFactory(people=[person, UserFactory()]), GroupFactory(people=[person, UserFactory()])
    GroupMember.objects.filter(group=old, person=person).update(left_on=at(-10).date())
    MeetingFactory(group=group)
    MeetingFactory(group=group, starts_at=at(3))
    MeetingFactory(group=group, starts_at=at(4), cancelled_at=at(-1))
    MeetingFactory(group=old, starts_at=at(3))
    expected = [
        (item.title, item.starts_at, item.ends_at, item.place, item.online_url, item.url)
        for item in agenda_of(person.pk)
    ]
    assert len(expected) == 4
    with django_assert_num_queries(1):
        found = api.next_sessions(person.pk, limit=10)
    assert [
        (fact.title, fact.starts_at, fact.ends_at, fact.place, fact.online_url, fact.url) for fact in found
    ] == expected
    assert api.next_sessions(person.pk) == found[:3]
    assert api.next_sessions(UserFactory().pk) == ()
