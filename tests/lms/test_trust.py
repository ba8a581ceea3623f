"""Forms of exchange, the agreement, private learning points, the sample, and what stands out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.models import AuditEntry
from lms.domain.agreement import sign_agreement
from lms.domain.intervision import MeetingPlan, claim_presence, confirm_presence, plan_meeting
from lms.domain.intervision_rules import is_signed_off, reciprocal_pairs, signatures_needed
from lms.domain.kind_choice import PLAN, SELF, SITUATION, fitting_kind
from lms.domain.learning_points import own_learning_point, save_learning_point
from lms.domain.queries.meetings import meeting_facts
from lms.domain.samples import draw_sample, record_outcome
from lms.enums import CheckOutcome, MeetingKind
from lms.exceptions import IntervisionError
from lms.models import (
    AgreementSignature,
    IntervisionRule,
    LearningPoint,
    Licence,
    Meeting,
    MeetingCheck,
)
from people.api import exported_data
from people.enums import Role
from tests.factories.lms_cohorts import GroupFactory, MeetingFactory, at, members_of
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db


def code_of(call, **kwargs) -> str:
    with pytest.raises(IntervisionError) as caught:
        call(**kwargs)
    return caught.value.code


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def held(group=None, **fields):
    """A meeting at which the first three were, each confirmed by the two others."""
    meeting = MeetingFactory(**({"group": group} if group else {}), **fields)
    three = members_of(meeting.group)[:3]
    for person in three:
        claim_presence(meeting_id=meeting.pk, person=person)
    for person in three:
        for other in three:
            if other != person:
                confirm_presence(meeting_id=meeting.pk, person_id=person.pk, confirmed_by=other)
    return meeting


@pytest.mark.parametrize(
    ("about", "supervisor", "kind"),
    [
        (PLAN, False, MeetingKind.MDO),
        (PLAN, True, MeetingKind.MDO),
        (SITUATION, False, MeetingKind.CASE),
        (SITUATION, True, MeetingKind.CASE),
        (SELF, False, MeetingKind.INTERVISION),
        (SELF, True, MeetingKind.SUPERVISION),
    ],
)
def test_the_short_test_helps_to_choose(about, supervisor, kind):
    assert fitting_kind(about=about, supervisor=supervisor) == kind
    client = signed_in(UserFactory())
    page = client.get(
        reverse("lms:kind_test"), {"over": about, "wie": "supervisor" if supervisor else "groep"}
    ).content.decode()
    assert str(kind.label).capitalize() in page or str(kind.label) in page
    counts = kind in (MeetingKind.INTERVISION, MeetingKind.SUPERVISION)
    assert ("Telt mee voor je erkenning" in page) is counts


@pytest.mark.parametrize("kind", ["case", "mdo"])
def test_only_two_kinds_count_for_criterion_3(kind):
    group = GroupFactory()
    an, *_ = members_of(group)
    meeting = plan_meeting(
        group_id=group.pk, actor=an, plan=MeetingPlan(starts_at=at(-3), minutes=60, kind=kind)
    )
    for person in members_of(group):
        claim_presence(meeting_id=meeting.pk, person=person)
    assert meeting.counts is False
    assert meeting_facts([an.pk])[an.pk] == ()


def test_which_kinds_count_is_a_dated_rule():
    today = timezone.localdate()
    IntervisionRule.objects.create(
        valid_from=today - timedelta(days=5), counted_kinds=["intervision", "supervision", "case"]
    )
    group = GroupFactory()
    an, *_ = members_of(group)
    counts = [
        plan_meeting(
            group_id=group.pk, actor=an, plan=MeetingPlan(starts_at=at(day), minutes=60, kind="case")
        )
        for day in (-3, -8)
    ]
    assert [meeting.counts for meeting in counts] == [True, False]


def test_supervision_needs_a_supervisor_whose_licence_holds_that_day():
    group, supervisor = GroupFactory(), UserFactory()
    an, *_ = members_of(group)
    plan = {"starts_at": at(-3), "minutes": 60, "kind": "supervision"}
    enter = {"group_id": group.pk, "actor": an}
    assert code_of(plan_meeting, plan=MeetingPlan(**plan), **enter) == "supervisor"
    today = timezone.localdate()
    licence = Licence.objects.create(
        kind="supervisor",
        person=supervisor,
        valid_from=today - timedelta(days=2),
        valid_until=today + timedelta(days=300),
    )
    led = MeetingPlan(**plan, led_by_id=supervisor.pk)
    assert code_of(plan_meeting, plan=led, **enter) == "supervisor"
    Licence.objects.filter(pk=licence.pk).update(valid_from=today - timedelta(days=3))
    assert plan_meeting(plan=led, **enter).led_by == supervisor


def test_nobody_confirms_before_signing_the_agreement():
    meeting = MeetingFactory()
    _an, bo, *_ = members_of(meeting.group)
    AgreementSignature.objects.filter(person=bo).delete()
    assert code_of(claim_presence, meeting_id=meeting.pk, person=bo) == "agreement"
    client = signed_in(bo)
    response = client.post(reverse("lms:presence_claim", args=[meeting.pk]))
    assert response["Location"] == reverse("lms:agreement", args=[meeting.group_id])
    for _ in range(2):
        assert client.post(response["Location"]).status_code == 302
    assert AgreementSignature.objects.filter(person=bo).count() == 1
    claim_presence(meeting_id=meeting.pk, person=bo)
    stranger = UserFactory()
    assert code_of(sign_agreement, group_id=meeting.group_id, person=stranger) == "not_member"
    assert signed_in(stranger).post(response["Location"]).status_code == 404


def test_the_moderator_or_two_others():
    meeting = MeetingFactory()
    an, bo, cas, dik = members_of(meeting.group)
    for person in (an, bo, cas, dik):
        claim_presence(meeting_id=meeting.pk, person=person)

    def counts(person):
        return meeting_facts([person.pk])[person.pk][0].confirmed

    confirm_presence(meeting_id=meeting.pk, person_id=bo.pk, confirmed_by=an)
    assert counts(bo)
    confirm_presence(meeting_id=meeting.pk, person_id=an.pk, confirmed_by=cas)
    assert not counts(an)
    confirm_presence(meeting_id=meeting.pk, person_id=an.pk, confirmed_by=dik)
    assert counts(an)


@given(
    signers=st.frozensets(st.integers(1, 9)),
    moderators=st.frozensets(st.integers(1, 9), max_size=2),
    suffices=st.booleans(),
    asked=st.integers(1, 4),
    members=st.integers(2, 9),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_signing_off_grows_with_signers(signers, moderators, suffices, asked, members):
    facts = {
        "moderators": moderators,
        "moderator_suffices": suffices,
        "co_signers": asked,
        "members": members,
    }
    done = is_signed_off(signers, **facts)
    assert done == (
        bool(suffices and signers & moderators)
        or len(signers) >= signatures_needed(co_signers=asked, members=members)
    )
    assert not is_signed_off(frozenset(), **facts)
    assert is_signed_off(signers | {10, 11, 12, 13}, **facts)
    if done:
        assert is_signed_off(signers | {14}, **facts)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(1, 5)), max_size=40))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_pairs_that_stand_out_have_no_other_signer(rows):
    rows = [row for row in rows if row[1] != row[2]]
    for one, other, meetings in reciprocal_pairs(rows, least=2):
        assert one < other and meetings >= 2
        assert {by for _, person, by in rows if person == one} == {other}
        assert {by for _, person, by in rows if person == other} == {one}


def test_two_who_only_ever_confirm_each_other():
    rows = [(meeting, *pair) for meeting in (1, 2, 3) for pair in ((7, 8), (8, 7), (9, 7), (9, 8))]
    assert reciprocal_pairs(rows, least=3) == ((7, 8, 3),)
    assert reciprocal_pairs(rows, least=4) == ()
    assert reciprocal_pairs([*rows, (4, 8, 9)], least=3) == ()


def test_a_learning_point_is_for_one_pair_of_eyes():
    meeting = MeetingFactory()
    an, bo, *_ = members_of(meeting.group)
    words = "Ik wil vaker stiltes laten."
    page = signed_in(an).post(reverse("lms:learning_point", args=[meeting.pk]), {"tekst": words})
    assert page.status_code == 302
    assert words in signed_in(an).get(reverse("lms:meeting", args=[meeting.pk])).content.decode()
    assert words not in signed_in(bo).get(reverse("lms:meeting", args=[meeting.pk])).content.decode()
    assert own_learning_point(meeting_id=meeting.pk, person_id=bo.pk).text == ""
    assert not any(words in str(entry.data) for entry in AuditEntry.objects.all())
    assert words in str(exported_data(an.pk)) and words not in str(exported_data(bo.pk))
    stranger = UserFactory()
    facts = {"meeting_id": meeting.pk, "text": "x", "revision": 0}
    assert code_of(save_learning_point, person_id=stranger.pk, **facts) == "not_member"
    assert LearningPoint.objects.count() == 1


def test_a_second_device_overwrites_nothing_and_nothing_typed_is_lost():
    meeting = MeetingFactory()
    an, *_ = members_of(meeting.group)
    client, place = signed_in(an), reverse("lms:learning_point", args=[meeting.pk])
    client.post(place, {"tekst": "eerst", "versie": "0"})
    response = client.post(place, {"tekst": "ander toestel", "versie": "0"})
    page = response.content.decode()
    assert response.status_code == 409 and "eerst" in page and "ander toestel" in page
    long = client.post(place, {"tekst": "x" * 50_001, "versie": "1"})
    assert long.status_code == 422 and "x" * 50_001 in long.content.decode()
    assert own_learning_point(meeting_id=meeting.pk, person_id=an.pk).text == "eerst"
    assert client.get(place).status_code == 302


def test_a_sample_is_drawn_once_and_its_outcome_counts():
    staff, today = user_with(Role.NETWORK_STAFF), timezone.localdate()
    group = GroupFactory()
    for number in range(1, 41):
        meeting = MeetingFactory(group=group, starts_at=at(-number))
        for person in members_of(group)[:2]:
            claim_presence(meeting_id=meeting.pk, person=person)
        confirm_presence(
            meeting_id=meeting.pk, person_id=members_of(group)[1].pk, confirmed_by=members_of(group)[0]
        )
    period = {"actor": staff, "since": today - timedelta(days=60), "until": today}
    rows = draw_sample(seed=1, **period)
    assert len(rows) == 2
    assert draw_sample(seed=2, **period) == ()
    first, second = rows
    record_outcome(check_id=first.pk, actor=staff, outcome=CheckOutcome.IN_ORDER)
    person = members_of(group)[1]
    before = len(meeting_facts([person.pk])[person.pk])
    for _ in range(2):
        record_outcome(check_id=second.pk, actor=staff, outcome=CheckOutcome.NOT_HELD)
    assert len(meeting_facts([person.pk])[person.pk]) == before - 1
    assert Meeting.objects.get(pk=second.meeting_id).counts is False
    other = {"check_id": second.pk, "actor": staff}
    assert code_of(record_outcome, outcome=CheckOutcome.IN_ORDER, **other) == "already_checked"
    assert code_of(record_outcome, outcome="zomaar", **other) == "outcome"
    assert code_of(draw_sample, actor=staff, since=at(-900).date(), until=at(-800).date()) == "nothing_held"


def test_who_was_a_member_does_not_check_the_own_group():
    meeting = held()
    an, *_ = members_of(meeting.group)
    check = MeetingCheck.objects.create(meeting=meeting)
    assert code_of(record_outcome, check_id=check.pk, actor=an, outcome="in_order") == "own_meeting"
