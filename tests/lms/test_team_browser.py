"""What a coordinator and the network's office see of teams, intervision and days of the network, in a real browser."""

import pytest
from django.urls import reverse

from lms.domain.duty import choose_proposal
from lms.domain.duty_clock import run_duty_clock
from lms.domain.network_events import EventPlan, plan_events, publish_minutes, take_seat
from lms.models import DateProposal, ExpertProfile, MeetingCheck
from people.enums import Role
from tests.browser import look_at_both_widths, sign_in_by_cookie
from tests.factories.lms_cohorts import GroupFactory, MeetingFactory, at
from tests.factories.lms_duty import duty_rule, make_licence, trained_team
from tests.factories.people import TeamMembershipFactory, UserFactory, user_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Mobiel crisisteam voor kinderen en jongeren Meetjesland-Leiestreek-Schelde"


@pytest.fixture
def team(site):
    from lms.models import TeamDutyRule

    TeamDutyRule.objects.get_or_create(valid_from=at(-400).date())
    duty_rule()
    make_licence("expert", UserFactory(first_name="Marguerite-Antoinette", last_name="Van den Bossche"))
    team, people = trained_team(4, days=-80)
    type(team).objects.filter(pk=team.pk).update(name=LONG)
    late, _people = trained_team(2, days=-300)
    boss = user_with(Role.TEAM_COORDINATOR)
    TeamMembershipFactory(team=team, user=boss, is_coordinator=True, valid_from=at(-400).date())
    TeamMembershipFactory(team=team, user=UserFactory(first_name="Nieuw"))
    make_licence("in_house", people[1])
    run_duty_clock()
    return team, boss, late


def test_the_desk_of_a_team(browser_page, team):
    page, (found, boss, _late) = browser_page, team
    sign_in_by_cookie(page, boss)
    place = reverse("lms:team_desk", args=[found.pk])
    page.goto(place)
    look_at_both_widths(page, "team-desk")
    choose_proposal(proposal_id=DateProposal.objects.filter(obligation__team=found).first().pk, actor=boss)
    page.goto(place)
    look_at_both_widths(page, "team-desk-fixed")
    page.goto(reverse("lms:in_house", args=[found.pk]))
    page.get_by_role("button", name="Plan de opleiding").click()
    look_at_both_widths(page, "team-in-house-errors")
    page.goto(reverse("lms:team_sign_up", args=[found.pk]))
    look_at_both_widths(page, "team-sign-up")
    page.goto("/team/")
    look_at_both_widths(page, "team-overview")


def test_the_office(browser_page, team):
    page, staff = browser_page, user_with(Role.NETWORK_STAFF)
    sign_in_by_cookie(page, staff)
    small = GroupFactory(name="Kleine kring", people=[UserFactory(), UserFactory()])
    MeetingCheck.objects.create(meeting=MeetingFactory(group=small))
    ExpertProfile.objects.create(person=make_licence("expert").person)
    past = _event(staff, -9)
    publish_minutes(
        event_id=past.pk, actor=staff, minutes="We spraken af.\n\n- een\n- twee", presentation_url=""
    )
    coming = _event(staff, 9)
    take_seat(event_id=coming.pk, person=staff)
    for name, args in (
        ("network_teams", []),
        ("network_intervision", []),
        ("pool", []),
        ("expert", [ExpertProfile.objects.get().person_id]),
        ("exchange_rules", []),
        ("network_events_desk", []),
        ("network_event_manage", [past.pk]),
        ("network_event", [past.pk]),
        ("network_event", [coming.pk]),
        ("network_events", []),
        ("accreditation:network", []),
    ):
        page.goto(reverse(name if ":" in name else f"lms:{name}", args=args))
        look_at_both_widths(page, f"office-{name.split(':')[-1]}{'-coming' if args == [coming.pk] else ''}")


def _event(staff, days):
    plan = EventPlan(
        kind="meeting",
        title="Perinataal rond de tafel in de zorgzone van de test",
        starts_at=at(days, 12),
        ends_at=at(days, 14),
        place="De Kolk, Gent",
    )
    return plan_events(actor=staff, plan=plan)[0]
