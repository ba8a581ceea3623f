"""The coordinator's desk and the office: screens of the duty, training in house, licences, sample, rules."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.domain.duty_clock import run_duty_clock
from lms.domain.in_house import co_taught
from lms.domain.intervision import claim_presence, confirm_presence
from lms.domain.learning_points import save_learning_point
from lms.domain.licences import add_absence, end_licence, grant_licence
from lms.exceptions import DutyError
from lms.models import (
    Cohort,
    DateProposal,
    Enrolment,
    ExpertProfile,
    IntervisionRule,
    Licence,
    MeetingCheck,
    SessionTrainer,
    TeamDutyRule,
    TeamObligation,
)
from people.enums import Role
from people.models import Team
from tests.factories.lms_cohorts import (
    CohortFactory,
    GroupFactory,
    MeetingFactory,
    SessionFactory,
    a_course,
    at,
    make_trainer,
    members_of,
)
from tests.factories.lms_duty import duty_rule, make_licence, trained_team
from tests.factories.people import TeamMembershipFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(response) -> str:
    return response.content.decode()


def with_desk(number: int, **fields):
    """A trained team with its coordinator, who holds the role."""
    duty_rule()
    team, people = trained_team(number, **fields)
    boss = user_with(Role.TEAM_COORDINATOR)
    TeamMembershipFactory(team=team, user=boss, is_coordinator=True, valid_from=at(-400).date())
    return team, people, boss


@pytest.mark.parametrize("number", [5, 100])
def test_the_team_page_asks_at_most_15_queries(number, django_assert_num_queries):
    team, _people, boss = with_desk(number, days=-80)
    make_licence("expert")
    run_duty_clock()
    client, place = signed_in(boss), reverse("lms:team_desk", args=[team.pk])
    for one in (place, reverse("lms:team")):
        client.get(one)  # site and content types are asked once per process
    with django_assert_num_queries(14):
        page = client.get(place)
    assert text(page).count("Nog te doen") == 2 + 2 * (number + 1)
    with django_assert_num_queries(9):
        client.get(reverse("lms:team"))


def test_a_coordinator_chooses_a_day_and_gives_it_back():
    team, _people, boss = with_desk(4, days=-80)
    expert = make_licence("expert").person
    run_duty_clock()
    client, place = signed_in(boss), reverse("lms:team_desk", args=[team.pk])
    proposal = DateProposal.objects.first()
    for _ in range(2):
        assert client.post(reverse("lms:duty_choose", args=[proposal.pk])).status_code == 302
    page = text(client.get(place))
    assert "Ligt vast:" in page and expert.full_name in page
    row = TeamObligation.objects.get(months=3)
    agenda = text(signed_in(expert).get(reverse("lms:agenda")))
    assert team.name in agenda
    assert signed_in(expert).get(reverse("lms:meeting", args=[row.meeting_id])).status_code == 200
    for _ in range(2):
        client.post(reverse("lms:duty_release", args=[row.pk]))
    assert TeamObligation.objects.get(months=3).meeting is None
    other = user_with(Role.TEAM_COORDINATOR)
    assert signed_in(other).get(place).status_code == 404
    assert signed_in(other).post(reverse("lms:duty_choose", args=[proposal.pk])).status_code == 404
    assert signed_in(user_with(Role.NETWORK_STAFF)).get(place).status_code == 200


def test_sign_up_members_for_a_group():
    team, _people, boss = with_desk(2)
    cohort = CohortFactory(course=a_course(), starts_on=at(5).date(), ends_on=at(6).date(), capacity=1)
    newcomers = [UserFactory() for _ in range(2)]
    for person in newcomers:
        TeamMembershipFactory(team=team, user=person)
    client, place = signed_in(boss), reverse("lms:team_sign_up", args=[team.pk])
    assert client.get(place).status_code == 200
    assert client.post(place, {"place": ""}).status_code == 422
    stranger = UserFactory()
    assert client.post(place, {"cohort": cohort.pk, "people": [stranger.pk]}).status_code == 422
    response = client.post(place, {"cohort": cohort.pk, "people": [one.pk for one in newcomers]}, follow=True)
    assert "volzet" in text(response) and "1 collega is ingeschreven" in text(response)
    assert Enrolment.objects.filter(cohort=cohort).count() == 1


def in_house_facts(trainer, people, **fields):
    return {
        "course": a_course().pk,
        "day": at(7).date().isoformat(),
        "begins": "13:30",
        "minutes": "210",
        "place": "Bij ons",
        "trainer": trainer.pk,
        "co_trainer": "",
        "people": [one.pk for one in people],
    } | fields


def test_newcomers_queue_and_are_trained_in_house():
    team, people, boss = with_desk(3)
    staff, experienced = user_with(Role.NETWORK_STAFF), make_trainer()
    newcomer = UserFactory(first_name="Nieuw")
    TeamMembershipFactory(team=team, user=newcomer)
    client = signed_in(boss)
    desk, place = (reverse(f"lms:{name}", args=[team.pk]) for name in ("team_desk", "in_house"))
    assert "Wachten op opleiding" in text(client.get(desk))
    assert "Nu valt er niets te plannen" in text(client.get(place))
    today = timezone.localdate()
    grant_licence(
        kind="in_house",
        person=people[1],
        valid_from=today,
        valid_until=today + timedelta(days=700),
        actor=staff,
    )
    assert client.post(place, {"place": ""}).status_code == 422
    past = client.post(place, in_house_facts(people[1], [newcomer], day=at(-1).date().isoformat()))
    assert "Deze dag is voorbij" in text(past)
    alone = client.post(place, in_house_facts(people[1], [newcomer]))
    assert alone.status_code == 422 and "eerst samen met een ervaren trainer" in text(alone)
    unknown = client.post(place, in_house_facts(people[1], [newcomer], co_trainer="wie@x.test"))
    assert "hoort geen account" in text(unknown)
    together = in_house_facts(people[1], [newcomer], co_trainer=experienced.email)
    for _ in range(2):
        assert client.post(place, together).status_code == 302
    cohort = Cohort.objects.get(team=team)
    assert Enrolment.objects.get(cohort=cohort).person == newcomer
    assert {row.trainer for row in SessionTrainer.objects.filter(session__cohort=cohort)} == {
        people[1],
        experienced,
    }
    assert "gepland" in text(client.get(desk))
    assert co_taught((people[1].pk,)) == {people[1].pk: 0}
    SessionFactory(starts_at=at(-9), ends_at=at(-8), trainers=[people[1], experienced])
    assert co_taught((people[1].pk,)) == {people[1].pk: 1}
    later = in_house_facts(people[1], [newcomer], day=at(20).date().isoformat())
    assert client.post(place, later).status_code == 302


def test_licences_have_a_validity_and_nobody_grants_their_own():
    staff, person, today = user_with(Role.NETWORK_STAFF), UserFactory(), timezone.localdate()
    client, place = signed_in(staff), reverse("lms:pool")
    facts = {
        "email": person.email,
        "kind": "expert",
        "valid_from": today.isoformat(),
        "valid_until": (today + timedelta(days=700)).isoformat(),
    }
    for _ in range(2):
        assert client.post(place, facts).status_code == 302
    licence = Licence.objects.get()
    assert ExpertProfile.objects.get().person == person
    wrong = facts | {"valid_until": (today - timedelta(days=1)).isoformat()}
    assert client.post(place, wrong).status_code == 422
    assert client.post(place, facts | {"email": "wie@x.test"}).status_code == 422
    assert client.post(place, facts | {"email": staff.email}).status_code == 422
    period = {"valid_from": today, "valid_until": today + timedelta(days=700)}
    grant_licence(kind="in_house", person=person, actor=staff, **period)
    person.__dict__.pop("roles", None)
    assert Role.TRAINER in person.roles
    for _ in range(2):
        client.post(reverse("lms:licence_end", args=[licence.pk]))
    licence.refresh_from_db()
    assert licence.ended_on == today
    assert not Licence.objects.on(today).filter(pk=licence.pk).exists()
    end_licence(licence_id=licence.pk, actor=staff)
    page = text(client.get(place))
    assert "Gestopt" in page and "0 keer samen lesgegeven" in page
    with pytest.raises(DutyError):
        grant_licence(kind="expert", person=staff, actor=staff, **period)


def test_an_expert_says_when_and_where():
    person, staff = make_licence("expert").person, user_with(Role.NETWORK_STAFF)
    ExpertProfile.objects.create(person=person)
    facts = {"half_days": ["1-0", "3-1"], "most_per_month": "3"}
    for client, place in (
        (signed_in(staff), reverse("lms:expert", args=[person.pk])),
        (signed_in(person), reverse("lms:my_availability")),
    ):
        assert client.get(place).status_code == 200
        assert client.post(place, facts).status_code == 302
        assert client.post(place, facts | {"most_per_month": "0"}).status_code == 422
        days = {"first_day": at(9).date().isoformat(), "last_day": at(8).date().isoformat()}
        assert client.post(place, facts | days).status_code == 422
        assert client.post(place, facts | {"first_day": at(9).date().isoformat()}).status_code == 422
    assert ExpertProfile.objects.get().half_days == ["1-0", "3-1"]


def test_an_absence_is_taken_away_by_who_may_and_no_other():
    person, other = (make_licence("expert").person for _ in range(2))
    for one in (person, other):
        ExpertProfile.objects.create(person=one)
    absence = add_absence(person=person, first_day=at(8).date(), last_day=at(9).date())
    place = reverse("lms:my_availability")
    stranger, client = signed_in(other), signed_in(person)
    for wrong in (str(absence.pk), "", "x", "9" * 30):
        assert stranger.post(place, {"weg": wrong}).status_code == 302
    assert person.expert_absences.count() == 1
    assert "Haal weg" in text(client.get(place))
    for _ in range(2):
        assert client.post(place, {"weg": str(absence.pk)}).status_code == 302
    assert person.expert_absences.count() == 0


def test_the_office_sees_hours_and_signals_never_texts():
    staff = user_with(Role.NETWORK_STAFF)
    group = GroupFactory()
    IntervisionRule.objects.create(
        valid_from=at(-60).date(), co_signers=1, moderator_suffices=False, reciprocal_meetings=3
    )
    _an, bo, cas, _dik = members_of(group)
    for number in (3, 4, 5):
        meeting = MeetingFactory(group=group, starts_at=at(-number))
        for person in (bo, cas):
            claim_presence(meeting_id=meeting.pk, person=person)
        confirm_presence(meeting_id=meeting.pk, person_id=bo.pk, confirmed_by=cas)
        confirm_presence(meeting_id=meeting.pk, person_id=cas.pk, confirmed_by=bo)
        save_learning_point(meeting_id=meeting.pk, person_id=bo.pk, text="geheim woord", revision=0)
    small = GroupFactory(name="Kleine kring", people=[UserFactory(), UserFactory()])
    small.members.update(is_moderator=False)
    client, place = signed_in(staff), reverse("lms:network_intervision")
    client.post(reverse("lms:sample_draw"))
    check = MeetingCheck.objects.get()
    page = text(client.get(place))
    assert f"{bo.full_name} en {cas.full_name} bevestigen alleen elkaar" in page
    assert "telt nog 2 leden" in page and "heeft geen moderator" in page
    assert "geheim woord" not in page
    outcome = reverse("lms:sample_outcome", args=[check.pk])
    client.post(outcome, {"outcome": ""})
    assert MeetingCheck.objects.get().outcome == ""
    client.post(outcome, {"outcome": "in_order"})
    assert "In orde" in text(client.get(place))


def test_teams_in_the_office_with_the_late_ones_first_and_merged_on_screen():
    duty_rule()
    staff = user_with(Role.NETWORK_STAFF)
    late, _people = trained_team(2, days=-300)
    fine, _people = trained_team(2, days=-10)
    run_duty_clock()
    client, place = signed_in(staff), reverse("lms:network_teams")
    page = text(client.get(place))
    assert page.index(late.name) < page.index(fine.name) and "Te laat" in page
    merge = reverse("lms:teams_merge")
    client.post(merge, {"van": "", "naar": "x"})
    client.post(merge, {"van": late.pk, "naar": late.pk})
    assert not Team.objects.exclude(ended_on=None).exists()
    for _ in range(2):
        client.post(merge, {"van": late.pk, "naar": fine.pk})
    assert Team.objects.get(pk=late.pk).merged_into == fine
    assert "ging op in een ander team" in text(client.get(reverse("lms:team_desk", args=[late.pk])))


def test_rules_begin_tomorrow_at_the_earliest_and_never_change():
    staff = user_with(Role.NETWORK_STAFF)
    client, place = signed_in(staff), reverse("lms:exchange_rules")
    assert client.get(place).status_code == 200
    groups = {
        "regel": "groepen",
        "valid_from": at(3).date().isoformat(),
        "min_members": "3",
        "max_members": "6",
        "counted_kinds": ["intervision"],
        "co_signers": "2",
        "entry_days": "20",
        "last_entry_days": "100",
        "sample_percent": "10",
        "reciprocal_meetings": "4",
    }
    assert client.post(place, groups | {"valid_from": at(0).date().isoformat()}).status_code == 422
    assert client.post(place, groups | {"max_members": "2"}).status_code == 422
    assert client.post(place, groups).status_code == 302
    assert client.post(place, groups).status_code == 422
    assert IntervisionRule.objects.first().counted_kinds == ["intervision"]
    teams = {
        "regel": "teams",
        "valid_from": at(3).date().isoformat(),
        "months": "2, 5",
        "courses": [a_course().pk],
        **dict.fromkeys(("tolerance_days", "propose_days", "member_days", "coordinator_days"), "10"),
        **dict.fromkeys(("network_days", "newcomer_days", "licence_years", "co_teachings"), "2"),
        "quorum_percent": "50",
        "meeting_minutes": "90",
    }
    assert client.post(place, teams | {"months": "drie"}).status_code == 422
    assert client.post(place, teams).status_code == 302
    assert TeamDutyRule.objects.first().months == [2, 5]
    assert client.post(place, {"regel": "?"}).status_code == 404
