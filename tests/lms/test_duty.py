"""The duty of teams: the clock, choosing a day, reminders, newcomers, leavers and teams that go together."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.domain.duty import choose_proposal, fix_meeting, merge_duty, owe, release_meeting
from lms.domain.duty_clock import ClockRound, run_duty_clock
from lms.domain.duty_rules import DUE, MET, OVERDUE, RESTING, member_state
from lms.domain.intervision import claim_presence, confirm_presence
from lms.domain.queries.duty import duties_of
from lms.exceptions import DutyError
from lms.models import (
    AgreementSignature,
    Attendance,
    DateProposal,
    Enrolment,
    ExpertBooking,
    GroupMember,
    Meeting,
    TeamObligation,
)
from people.enums import Role
from people.models import DigestItem, TeamMembership, User
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, a_course, at, enrolled, make_trainer
from tests.factories.lms_duty import duty_rule, make_licence, trained_team
from tests.factories.people import TeamFactory, TeamMembershipFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def hold(row: TeamObligation, people: list[User], expert: User) -> None:
    """The planned meeting passes; these people were there and the expert says so."""
    meeting = Meeting.objects.get(pk=row.meeting_id)
    with time_machine.travel(meeting.ends_at + timedelta(minutes=5), tick=False):
        for person in people:
            AgreementSignature.objects.get_or_create(group=meeting.group, person=person)
            claim_presence(meeting_id=meeting.pk, person=person)
            confirm_presence(meeting_id=meeting.pk, person_id=person.pk, confirmed_by=expert)


def states(team) -> list[str]:
    return [state for _row, _owed, state in duties_of([team.pk])[team.pk].owed]


def code_of(call, **kwargs) -> str:
    with pytest.raises(DutyError) as caught:
        call(**kwargs)
    return caught.value.code


def test_the_clock_starts_itself_proposes_and_is_idempotent():
    duty_rule()
    expert = make_licence("expert").person
    team, people = trained_team(4, days=-80)
    first = run_duty_clock()
    assert (first.obligations, first.proposals, first.members) == (2, 3, 4)
    assert run_duty_clock() == ClockRound(0, 0, 0, 0)
    three, six = TeamObligation.objects.all()
    assert (three.months, six.months, three.anchor_on) == (3, 6, at(-80).date())
    assert set(DateProposal.objects.values_list("obligation", "expert")) == {(three.pk, expert.pk)}
    assert {row.person for row in GroupMember.objects.all()} == set(people)
    assert states(team) == [DUE, DUE]
    # Members hear first.
    assert DigestItem.objects.filter(key__contains=":member:").count() == 4
    assert not DigestItem.objects.filter(key__contains=":network:").exists()


def test_the_clock_waits_while_a_training_day_is_to_come():
    duty_rule()
    _team, people = trained_team(2, days=-10)
    more = CohortFactory(course=a_course())
    SessionFactory(cohort=more, starts_at=at(10))
    Enrolment.objects.filter(person=people[0]).update(cohort=more)
    assert run_duty_clock().obligations == 0


def test_choosing_a_day_books_the_expert_and_meets_the_duty():
    duty_rule()
    expert = make_licence("expert").person
    team, people = trained_team(5, days=-80)
    run_duty_clock()
    proposal = DateProposal.objects.first()
    meeting = choose_proposal(proposal_id=proposal.pk, actor=people[0])
    assert choose_proposal(proposal_id=proposal.pk, actor=people[0]).pk == meeting.pk
    assert ExpertBooking.objects.count() == 1 and meeting.led_by == expert
    other = DateProposal.objects.last()
    assert code_of(choose_proposal, proposal_id=other.pk, actor=people[0]) == "chosen"
    assert code_of(choose_proposal, proposal_id=0, actor=people[0]) == "gone"
    told = DigestItem.objects.filter(key__contains=":meeting:").values_list("person", flat=True)
    assert set(told) == {expert.pk, *(person.pk for person in people)}
    row = TeamObligation.objects.get(months=3)
    hold(row, people[:3], expert)
    with time_machine.travel(meeting.ends_at + timedelta(days=1), tick=False):
        assert states(team)[0] == MET
        duty = duties_of([team.pk])[team.pk]
        _row, owed, state = duty.owed[0]
        found = [member_state(owed, stay, state, today()) for stay in duty.stays]
    assert sorted(found) == sorted([MET] * 3 + [OVERDUE] * 2)


def test_too_few_is_no_quorum():
    duty_rule()
    expert = make_licence("expert").person
    team, people = trained_team(5, days=-80)
    run_duty_clock()
    meeting = choose_proposal(proposal_id=DateProposal.objects.first().pk, actor=people[0])
    hold(TeamObligation.objects.get(months=3), people[:2], expert)
    with time_machine.travel(meeting.ends_at + timedelta(days=1), tick=False):
        assert states(team)[0] == DUE


def test_an_expert_is_not_booked_twice_in_a_half_day():
    duty_rule()
    expert = make_licence("expert").person
    rows = []
    for _ in range(2):
        team, people = trained_team(2, days=-80)
        rows.append(owe(team_id=team.pk, months=3, anchor=at(-80).date()))
    day = today() + timedelta(days=20)
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    slot = {"day": day, "half": 0, "expert_id": expert.pk, "actor": people[0]}
    meeting = fix_meeting(obligation_id=rows[0].pk, **slot)
    assert code_of(fix_meeting, obligation_id=rows[1].pk, **slot) == "expert_taken"
    assert code_of(fix_meeting, obligation_id=rows[1].pk, checked=True, **slot) == "expert_taken"
    with pytest.raises(IntegrityError), transaction.atomic():
        ExpertBooking.objects.create(expert=expert, day=day, half=0, meeting=_another(meeting))
    release_meeting(obligation_id=rows[0].pk, actor=people[0])
    release_meeting(obligation_id=rows[0].pk, actor=people[0])
    assert fix_meeting(obligation_id=rows[1].pk, **slot).led_by == expert


def _another(meeting: Meeting) -> Meeting:
    return Meeting.objects.create(
        group=meeting.group, starts_at=meeting.starts_at + timedelta(hours=3), held_on=meeting.held_on
    )


def test_reminders_go_to_members_then_the_coordinator_then_the_network():
    duty_rule()
    staff = user_with(Role.NETWORK_STAFF)
    _team, _people = trained_team(3, days=-1)
    start = timezone.now()
    run_duty_clock()
    row = TeamObligation.objects.get(months=3)

    def told(days: int) -> dict[str, int]:
        with time_machine.travel(start + timedelta(days=(row.due_on - today()).days - days), tick=False):
            run_duty_clock()
            run_duty_clock()
        keys = DigestItem.objects.filter(key__startswith=f"duty:{row.pk}:").values_list("key", flat=True)
        return {
            step: sum(f":{step}:" in key for key in keys) for step in ("member", "coordinator", "network")
        }

    assert told(31) == {"member": 0, "coordinator": 0, "network": 0}
    assert told(30) == {"member": 3, "coordinator": 0, "network": 0}
    assert told(14) == {"member": 3, "coordinator": 1, "network": 0}
    assert told(-20) == {"member": 3, "coordinator": 1, "network": 0}
    assert told(-21) == {"member": 3, "coordinator": 1, "network": 1}
    assert DigestItem.objects.get(key__contains=":network:").person == staff


def test_a_leaver_who_was_the_only_one_trained_lets_the_duty_rest():
    duty_rule()
    staff = user_with(Role.NETWORK_STAFF)
    team, (only,) = trained_team(1, days=-200, coordinator=False)
    boss = UserFactory()
    TeamMembershipFactory(team=team, user=boss, valid_from=at(-500).date(), is_coordinator=True)
    run_duty_clock()
    TeamMembership.objects.filter(user=only).update(valid_until=today() - timedelta(days=1))
    run_duty_clock()
    assert states(team) == [RESTING, RESTING]
    told = DigestItem.objects.filter(key__startswith="duty-untrained").values_list("person", flat=True)
    assert set(told) == {boss.pk, staff.pk}
    assert GroupMember.objects.get(person=only).left_on == today() - timedelta(days=1)


def test_a_team_that_goes_up_in_another_takes_its_presence_along():
    duty_rule()
    staff, _expert = user_with(Role.NETWORK_STAFF), make_licence("expert").person
    team, people = trained_team(3, days=-80)
    kept, others = trained_team(2, days=-80)
    run_duty_clock()
    three = TeamObligation.objects.get(team=team, months=3)
    proposal = DateProposal.objects.filter(obligation=three).first()
    meeting = choose_proposal(proposal_id=proposal.pk, actor=people[0])
    came = merge_duty(kept_id=kept.pk, merged_id=team.pk, actor=staff)
    assert set(came) == {person.pk for person in people}
    assert merge_duty(kept_id=kept.pk, merged_id=team.pk, actor=staff) == ()
    meeting.refresh_from_db()
    assert meeting.is_cancelled and not ExpertBooking.objects.filter(cancelled_at=None).exists()
    assert not TeamObligation.objects.open().filter(team=team).exists()
    assert TeamObligation.objects.open().filter(team=kept).count() == 2
    members = GroupMember.objects.on(today()).filter(group__team=kept)
    assert {row.person for row in members} == {*people, *others}
    assert code_of(merge_duty, kept_id=kept.pk, merged_id=kept.pk, actor=staff) == "merge"
    assert run_duty_clock().obligations == 0


def test_200_teams_in_a_night_within_ten_seconds_and_twice_is_once():
    duty_rule()
    make_licence("expert")
    course = a_course()
    cohort = CohortFactory(course=course, capacity=3000)
    session = SessionFactory(cohort=cohort, starts_at=at(-80))
    version = enrolled(cohort).version_id
    organisation = TeamFactory().organisation
    teams = [
        TeamFactory._meta.model(name=f"T{n}", slug=f"t{n}", kind="mobile_crisis", organisation=organisation)
        for n in range(200)
    ]
    TeamFactory._meta.model.objects.bulk_create(teams)
    people = User.objects.bulk_create(User(email=f"p{n}@voorbeeld.test") for n in range(2000))
    TeamMembership.objects.bulk_create(
        TeamMembership(team=teams[n % 200], user=person, valid_from=at(-400).date(), is_coordinator=n < 200)
        for n, person in enumerate(people)
    )
    Enrolment.objects.bulk_create(
        Enrolment(person=person, course=course, version_id=version, cohort=cohort) for person in people
    )
    trainer = make_trainer()
    Attendance.objects.bulk_create(
        Attendance(session=session, person=person, state="present", method="list", recorded_by=trainer)
        for person in people
    )
    began = time.perf_counter()
    first = run_duty_clock()
    took = time.perf_counter() - began
    assert (first.obligations, first.members) == (400, 2000)
    assert first.reminders >= 2000
    again = time.perf_counter()
    assert run_duty_clock() == ClockRound(0, 0, 0, 0)
    assert max(took, time.perf_counter() - again) < 10, (took, time.perf_counter() - again)
