"""Two teams that choose the same half day of the same expert at the same moment: one gets it."""

import pytest

from lms.domain.duty import choose_proposal
from lms.domain.duty_clock import run_duty_clock
from lms.exceptions import DutyError
from lms.models import DateProposal, ExpertBooking, Meeting, TeamObligation
from people.models import User
from tests.factories.lms_duty import duty_rule, make_licence, trained_team
from tests.parallel import together

pytestmark = pytest.mark.django_db(transaction=True)


def choose(proposal_id: int, actor_id: int) -> str:
    try:
        choose_proposal(proposal_id=proposal_id, actor=User.objects.get(pk=actor_id))
    except DutyError as error:
        return error.code
    return "fixed"


def test_an_expert_is_booked_once_for_a_half_day(many_connections):
    duty_rule()
    make_licence("expert")
    teams = [trained_team(2, days=-80) for _ in range(4)]
    run_duty_clock()
    first = DateProposal.objects.first()
    DateProposal.objects.exclude(pk=first.pk).delete()
    asked = []
    for team, people in teams:
        obligation = TeamObligation.objects.get(team=team, months=3)
        # The same half day of the same expert for all: that is what the race is about.
        same, _created = DateProposal.objects.get_or_create(
            obligation=obligation, day=first.day, half=first.half, defaults={"expert": first.expert}
        )
        asked.append((same.pk, people[0].pk))
    results = together([lambda one=one: choose(*one) for one in asked])
    assert sorted(results) == ["expert_taken"] * 3 + ["fixed"]
    assert ExpertBooking.objects.filter(cancelled_at=None).count() == 1
    assert Meeting.objects.count() == 1


def test_one_team_that_chooses_ten_times_at_once_has_one_meeting(many_connections):
    duty_rule()
    make_licence("expert")
    _team, people = trained_team(3, days=-80)
    run_duty_clock()
    proposal = DateProposal.objects.first()
    assert together([lambda: choose(proposal.pk, people[0].pk)] * 10) == ["fixed"] * 10
    assert Meeting.objects.count() == ExpertBooking.objects.count() == 1
