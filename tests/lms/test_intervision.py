"""Intervision: who enters, who confirms whom, and what counts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from ledger.models import AuditEntry
from lms.domain.attendance import check_in
from lms.domain.intervision import (
    MeetingPlan,
    cancel_meeting,
    claim_presence,
    confirm_presence,
    form_group,
    plan_meeting,
)
from lms.domain.queries.meetings import groups_of, meeting_facts, member_lines, rule_on
from lms.exceptions import IntervisionError
from lms.models import (
    AgreementSignature,
    GroupMember,
    IntervisionGroup,
    IntervisionRule,
    Meeting,
    MeetingCheck,
    MeetingPresence,
    PresenceConfirmation,
    TeamObligation,
)
from lms.signals import meeting_confirmed
from tests.factories.lms_cohorts import GroupFactory, MeetingFactory, SessionFactory, at, enrolled, members_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced():
    heard = []

    def hear(sender, presence_id, person_id, **kwargs):
        heard.append((presence_id, person_id, connection.in_atomic_block))

    meeting_confirmed.connect(hear)
    yield heard
    meeting_confirmed.disconnect(hear)


def refusal(call, **kwargs) -> str:
    with pytest.raises(IntervisionError) as caught:
        call(**kwargs)
    return caught.value.code


def test_presence_counts_once_another_member_confirms(announced):
    meeting = MeetingFactory()
    bo, an, *_ = members_of(meeting.group)
    presence = claim_presence(meeting_id=meeting.pk, person=an)
    assert (presence.confirmed_at, announced) == (None, [])
    claim_presence(meeting_id=meeting.pk, person=bo)
    assert confirm_presence(meeting_id=meeting.pk, person_id=an.pk, confirmed_by=bo) is True
    assert announced == [(presence.pk, an.pk, True)]
    presence.refresh_from_db()
    assert presence.confirmed_at is not None


def test_confirming_twice_is_once(announced):
    meeting = MeetingFactory()
    bo, an, *_ = members_of(meeting.group)
    for _ in range(2):
        claim_presence(meeting_id=meeting.pk, person=an)
        claim_presence(meeting_id=meeting.pk, person=bo)
        confirm_presence(meeting_id=meeting.pk, person_id=an.pk, confirmed_by=bo)
    assert (MeetingPresence.objects.count(), PresenceConfirmation.objects.count(), len(announced)) == (
        2,
        1,
        1,
    )
    verbs = AuditEntry.objects.values_list("verb", flat=True)
    assert sorted(verbs) == ["presence.claimed", "presence.claimed", "presence.confirmed"]


def test_a_colleague_may_be_first(announced):
    meeting = MeetingFactory()
    bo, an, *_ = members_of(meeting.group)
    claim_presence(meeting_id=meeting.pk, person=bo)
    confirm_presence(meeting_id=meeting.pk, person_id=an.pk, confirmed_by=bo)
    assert announced == []
    presence = claim_presence(meeting_id=meeting.pk, person=an)
    assert presence.confirmed_at is not None
    assert announced == [(presence.pk, an.pk, True)]


def test_a_rule_that_asks_two_signatures():
    IntervisionRule.objects.create(
        valid_from=timezone.localdate() - timedelta(days=30), co_signers=2, moderator_suffices=False
    )
    meeting = MeetingFactory()
    an, bo, cas, _ = members_of(meeting.group)
    for person in (an, bo, cas):
        claim_presence(meeting_id=meeting.pk, person=person)
    confirm_presence(meeting_id=meeting.pk, person_id=an.pk, confirmed_by=bo)
    assert not meeting_facts([an.pk])[an.pk][0].confirmed
    confirm_presence(meeting_id=meeting.pk, person_id=an.pk, confirmed_by=cas)
    assert meeting_facts([an.pk])[an.pk][0].confirmed


def test_who_may_not_confirm():
    meeting = MeetingFactory()
    an, bo, *_ = members_of(meeting.group)
    stranger = UserFactory()
    facts = {"meeting_id": meeting.pk}
    assert refusal(claim_presence, person=stranger, **facts) == "not_member"
    claim_presence(person=an, **facts)
    assert refusal(confirm_presence, person_id=an.pk, confirmed_by=an, **facts) == "oneself"
    assert refusal(confirm_presence, person_id=an.pk, confirmed_by=stranger, **facts) == "not_member"
    assert refusal(confirm_presence, person_id=an.pk, confirmed_by=bo, **facts) == "own_first"
    assert refusal(confirm_presence, person_id=stranger.pk, confirmed_by=an, **facts) == "not_member"


def test_the_database_refuses_confirming_oneself():
    meeting = MeetingFactory()
    an, *_ = members_of(meeting.group)
    with pytest.raises(IntegrityError), transaction.atomic():
        PresenceConfirmation.objects.create(meeting=meeting, person=an, confirmed_by=an)


def test_not_before_the_meeting_and_not_after_it_was_called_off():
    meeting = MeetingFactory(starts_at=timezone.now() + timedelta(minutes=5))
    an, *_ = members_of(meeting.group)
    assert refusal(claim_presence, meeting_id=meeting.pk, person=an) == "not_yet"
    cancel_meeting(meeting_id=meeting.pk, actor=an)
    cancel_meeting(meeting_id=meeting.pk, actor=an)
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.is_cancelled) == (1, True)
    assert refusal(claim_presence, meeting_id=meeting.pk, person=an) == "cancelled"


def test_a_meeting_with_presence_is_not_called_off():
    meeting = MeetingFactory()
    an, bo, *_ = members_of(meeting.group)
    assert refusal(cancel_meeting, meeting_id=meeting.pk, actor=bo) == "not_moderator"
    claim_presence(meeting_id=meeting.pk, person=bo)
    assert refusal(cancel_meeting, meeting_id=meeting.pk, actor=an) == "has_presence"


def test_enter_a_meeting_and_the_same_one_again():
    group = GroupFactory()
    an, bo, *_ = members_of(group)
    plan = MeetingPlan(starts_at=at(-3), minutes=90)
    meeting = plan_meeting(group_id=group.pk, actor=an, plan=plan)
    assert plan_meeting(group_id=group.pk, actor=an, plan=plan).pk == meeting.pk
    assert (meeting.is_late_entry, meeting.held_on) == (False, timezone.localdate() - timedelta(days=3))
    assert refusal(plan_meeting, group_id=group.pk, actor=bo, plan=plan) == "not_moderator"


@pytest.mark.parametrize("minutes", [14, 481])
def test_a_meeting_lasts_15_minutes_to_8_hours(minutes):
    group = GroupFactory()
    an, *_ = members_of(group)
    plan = MeetingPlan(starts_at=at(-3), minutes=minutes)
    assert refusal(plan_meeting, group_id=group.pk, actor=an, plan=plan) == "minutes"
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingFactory(group=group, minutes=minutes)


def test_a_late_entry_asks_why_and_stays_marked():
    group = GroupFactory()
    an, bo, *_ = members_of(group)
    on_time = plan_meeting(group_id=group.pk, actor=an, plan=MeetingPlan(starts_at=at(-30), minutes=60))
    assert on_time.is_late_entry is False
    late = MeetingPlan(starts_at=at(-31), minutes=60)
    assert refusal(plan_meeting, group_id=group.pk, actor=an, plan=late) == "reason_missing"
    late = MeetingPlan(starts_at=at(-31), minutes=60, late_reason="forgotten")
    meeting = plan_meeting(group_id=group.pk, actor=an, plan=late)
    assert meeting.is_late_entry is True
    claim_presence(meeting_id=meeting.pk, person=bo)
    assert meeting_facts([bo.pk])[bo.pk][0].late is True
    too_old = MeetingPlan(starts_at=at(-366), minutes=60, late_reason="forgotten")
    assert refusal(plan_meeting, group_id=group.pk, actor=an, plan=too_old) == "too_old"


def test_a_group_under_its_minimum_enters_nothing():
    group = GroupFactory()
    an, *_, last = members_of(group)
    GroupMember.objects.filter(person=last).update(left_on=timezone.localdate() - timedelta(days=10))
    plan = MeetingPlan(starts_at=at(-3), minutes=90)
    assert refusal(plan_meeting, group_id=group.pk, actor=an, plan=plan) == "group_size"


@pytest.mark.parametrize(("size", "code"), [(3, "group_size"), (9, "group_size")])
def test_groups_have_four_to_eight_members(size, code):
    people = [UserFactory().pk for _ in range(size)]
    facts = {"name": "Kring", "member_ids": tuple(people), "moderator_id": people[0], "actor": None}
    assert refusal(form_group, **facts) == code
    assert IntervisionGroup.objects.count() == 0


def test_form_a_group():
    people = tuple(UserFactory().pk for _ in range(5))
    facts = {"name": "Kring Noord", "member_ids": people + people[:1], "actor": None}
    assert refusal(form_group, moderator_id=0, **facts) == "moderator_missing"
    group = form_group(moderator_id=people[1], **facts)
    assert [member.person_id for member in group.members.filter(is_moderator=True)] == [people[1]]
    assert group.members.count() == 5
    assert refusal(form_group, moderator_id=people[1], **facts) == "name_taken"


def test_the_rule_in_force_is_the_latest_that_began():
    today = timezone.localdate()
    IntervisionRule.objects.create(valid_from=today, min_members=3, max_members=6)
    IntervisionRule.objects.create(valid_from=today + timedelta(days=1), min_members=5, max_members=6)
    assert (rule_on(today).min_members, rule_on(today - timedelta(days=1)).min_members) == (3, 4)


def test_facts_carry_hours_and_overlap():
    meeting = MeetingFactory(starts_at=timezone.now() - timedelta(minutes=5), minutes=100, kind="supervision")
    bo, an, *_ = members_of(meeting.group)
    session = SessionFactory()
    enrolled(session.cohort, person=an)
    check_in(session_id=session.pk, person=an)
    presence = claim_presence(meeting_id=meeting.pk, person=an)
    claim_presence(meeting_id=meeting.pk, person=bo)
    confirm_presence(meeting_id=meeting.pk, person_id=an.pk, confirmed_by=bo)
    (fact,) = meeting_facts([an.pk])[an.pk]
    assert (fact.presence_id, fact.kind, fact.hours, fact.confirmed, fact.late, fact.overlaps) == (
        presence.pk,
        "supervision",
        Decimal("1.67"),
        True,
        False,
        True,
    )
    assert meeting_facts([bo.pk])[bo.pk][0].overlaps is False
    assert meeting_facts([UserFactory().pk]).popitem()[1] == ()


@pytest.mark.parametrize("number", [1, 3])
def test_reads_cost_the_same_with_one_and_three(number, django_assert_num_queries):
    person = UserFactory()
    for _ in range(number):
        group = GroupFactory(people=[person, *(UserFactory() for _ in range(3))])
        meeting = MeetingFactory(group=group)
        claim_presence(meeting_id=meeting.pk, person=person)
    with django_assert_num_queries(7):
        groups = groups_of(person.pk)
    assert [(len(group.held), group.held[0].state) for group in groups] == [(1, "claimed")] * number
    with django_assert_num_queries(1):
        assert len(meeting_facts([person.pk])[person.pk]) == number
    with django_assert_num_queries(3):
        assert len(member_lines(meeting=meeting, viewer_id=person.pk)) == 4


NO_CASES = (
    AgreementSignature,
    GroupMember,
    IntervisionGroup,
    Meeting,
    MeetingCheck,
    MeetingPresence,
    PresenceConfirmation,
    TeamObligation,
)


def test_there_is_no_place_for_a_case():
    """A new text column in these tables must be argued about first."""
    columns = {
        f"{model.__name__}.{field.name}"
        for model in NO_CASES
        for field in model._meta.get_fields()
        if isinstance(field, models.TextField | models.JSONField)
        or (isinstance(field, models.CharField) and not field.choices)
    }
    assert columns == {"IntervisionGroup.name"}
