"""Screens of intervision groups and of a team's coordinator."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.domain.attendance import check_in
from lms.domain.intervision import claim_presence, confirm_presence
from lms.models import IntervisionGroup, Meeting, MeetingPresence
from people.enums import Role
from tests.factories.lms_cohorts import (
    GroupFactory,
    MeetingFactory,
    enrolled,
    members_of,
)
from tests.factories.people import TeamFactory, TeamMembershipFactory, UserFactory
from tests.lms.screens_of_cohorts import signed_in, text

pytestmark = pytest.mark.django_db


def test_from_entry_to_hours_that_count():
    group = GroupFactory()
    an, bo, cas, *_ = members_of(group)
    moderator, member = signed_in(an), signed_in(bo)
    day = (timezone.localdate() - timedelta(days=2)).isoformat()
    facts = {"kind": "intervision", "day": day, "begins": "14:00", "minutes": 120, "form": "online"}
    for _ in range(2):
        moderator.post(reverse("lms:meeting_create", args=[group.pk]), facts)
    meeting = Meeting.objects.get()
    assert member.get(reverse("lms:meeting_create", args=[group.pk])).status_code == 404
    third = signed_in(cas)
    for client in (moderator, member, third):
        for _ in range(2):
            client.post(reverse("lms:presence_claim", args=[meeting.pk]))
    for _ in range(2):
        member.post(reverse("lms:presence_confirm", args=[meeting.pk, an.pk]))
    third.post(reverse("lms:presence_confirm", args=[meeting.pk, an.pk]))
    assert "Je aanwezigheid telt mee" in text(moderator.get(reverse("lms:meeting", args=[meeting.pk])))
    assert "2 uur" in text(moderator.get(reverse("lms:intervision")))
    assert MeetingPresence.objects.filter(confirmed_at__isnull=False).count() == 1
    assert (
        member.post(reverse("lms:presence_confirm", args=[meeting.pk, UserFactory().pk])).status_code == 404
    )


def test_a_late_entry_asks_its_reason_on_the_field(trainer):
    group = GroupFactory()
    an, *_ = members_of(group)
    day = (timezone.localdate() - timedelta(days=60)).isoformat()
    facts = {"kind": "intervision", "day": day, "begins": "14:00", "minutes": 120, "form": "online"}
    response = signed_in(an).post(reverse("lms:meeting_create", args=[group.pk]), facts)
    assert response.status_code == 422
    assert "Kies waarom je het nu pas ingeeft." in text(response)


@pytest.mark.parametrize("name", ["presence_claim", "meeting_cancel"])
def test_a_stranger_finds_no_meeting(name):
    meeting = MeetingFactory()
    assert signed_in(UserFactory()).post(reverse(f"lms:{name}", args=[meeting.pk])).status_code == 404


def test_form_a_group_by_address(trainer):
    people = [UserFactory() for _ in range(4)]
    client = signed_in(trainer)
    facts = {
        "name": "Kring Zuid",
        "emails": "\n".join([people[0].email.upper(), people[1].email, "wie@x.test"]),
    }
    assert "wie@x.test" in text(client.post(reverse("lms:group_create"), facts))
    facts["emails"] = "\n".join(person.email for person in people[:3])
    assert "4 tot 8 leden" in text(client.post(reverse("lms:group_create"), facts))
    facts["emails"] = "\n".join([people[0].email.upper(), *(person.email for person in people[1:])])
    assert client.post(reverse("lms:group_create"), facts).status_code == 302
    group = IntervisionGroup.objects.get()
    assert members_of(group) == people
    assert group.members.get(is_moderator=True).person == people[0]


def test_coordinator_sees_own_team_only_and_nothing_private(learner, session):
    coordinator = UserFactory(roles=[Role.TEAM_COORDINATOR])
    team, other = TeamFactory(name="Team Kwikstaart"), TeamFactory(name="Team Roodborst")
    TeamMembershipFactory(team=team, user=coordinator, is_coordinator=True)
    TeamMembershipFactory(team=team, user=learner)
    stranger = enrolled(session.cohort, first_name="Ver", last_name="Weg").person
    TeamMembershipFactory(team=other, user=stranger)
    TeamMembershipFactory(
        team=team,
        user=UserFactory(first_name="Vroeger"),
        valid_from=timezone.localdate() - timedelta(days=99),
        valid_until=timezone.localdate() - timedelta(days=1),
    )
    meeting = MeetingFactory(group=GroupFactory(people=[learner, *(UserFactory() for _ in range(3))]))
    peers = members_of(meeting.group)[1:3]
    for person in (learner, *peers):
        claim_presence(meeting_id=meeting.pk, person=person)
    for peer in peers:
        confirm_presence(meeting_id=meeting.pk, person_id=learner.pk, confirmed_by=peer)
    check_in(session_id=session.pk, person=learner)
    page = text(signed_in(coordinator).get(reverse("lms:team")))
    assert "Team Kwikstaart" in page and "Team Roodborst" not in page
    assert learner.full_name in page and stranger.full_name not in page and "Vroeger" not in page
    assert "100 % aanwezig" in page
    this_year = meeting.held_on.year == timezone.localdate().year
    assert (f'class="number">{2 if this_year else 0}<' in page) is True


def test_a_member_with_the_role_but_no_team_sees_no_names(learner):
    coordinator = UserFactory(roles=[Role.TEAM_COORDINATOR])
    TeamMembershipFactory(team=TeamFactory(), user=learner)
    TeamMembershipFactory(user=coordinator, is_coordinator=False)
    page = text(signed_in(coordinator).get(reverse("lms:team")))
    assert "Je coördineert nog geen team" in page
