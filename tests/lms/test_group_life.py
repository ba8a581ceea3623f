"""Finding, moderating and leaving a group."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lms.domain.group_life import leave_group, take_moderation
from lms.domain.intervision import MeetingPlan, plan_meeting
from lms.domain.intervision_rules import group_answer
from lms.domain.joining import ask_to_join, give_voice, settle_silent_requests
from lms.domain.queries.finder import find_groups
from lms.domain.queries.meetings import groups_of
from lms.exceptions import IntervisionError
from lms.models import GroupJoinRequest, GroupJoinVoice, GroupMember, IntervisionGroup
from people.models import DigestItem, Profession, ReferenceRegion
from tests.factories.lms_cohorts import GroupFactory, at, members_of
from tests.factories.people import ProfileFactory, UserFactory

pytestmark = pytest.mark.django_db


def code_of(call, **kwargs) -> str:
    with pytest.raises(IntervisionError) as caught:
        call(**kwargs)
    return caught.value.code


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def open_group(**fields) -> IntervisionGroup:
    return GroupFactory(open_since=timezone.localdate(), **fields)


def test_a_moderator_who_leaves_names_who_goes_on():
    group = GroupFactory(people=[UserFactory() for _ in range(5)])
    an, bo, *_ = members_of(group)
    assert code_of(leave_group, group_id=group.pk, person=an) == "successor"
    assert code_of(leave_group, group_id=group.pk, person=an, successor_id=UserFactory().pk) == "successor"
    leave_group(group_id=group.pk, person=an, successor_id=bo.pk)
    assert group.members.get(person=bo).is_moderator
    assert group.members.get(person=an).left_on == timezone.localdate()
    assert code_of(leave_group, group_id=group.pk, person=an) == "not_member"


def test_a_group_whose_moderator_is_gone_is_taken_up_by_a_member():
    group = GroupFactory()
    an, bo, cas, _ = members_of(group)
    assert code_of(take_moderation, group_id=group.pk, actor=bo, successor_id=bo.pk) == "not_moderator"
    an.is_active = False
    an.save()
    for _ in range(2):
        take_moderation(group_id=group.pk, actor=bo, successor_id=bo.pk)
    assert [one.person for one in group.members.filter(is_moderator=True)] == [bo]
    assert code_of(take_moderation, group_id=group.pk, actor=cas, successor_id=cas.pk) == "not_moderator"


def test_a_group_that_shrinks_under_its_minimum_says_so_and_enters_nothing():
    group = GroupFactory()
    an, bo, *_ = members_of(group)
    yesterday = timezone.localdate() - timedelta(days=1)
    leave_group(group_id=group.pk, person=bo)
    assert DigestItem.objects.filter(text__contains="telt nog 3 leden").count() == 3
    GroupMember.objects.filter(person=bo).update(left_on=yesterday)
    (line,) = groups_of(an.pk)
    assert line.too_small == 4
    page = signed_in(an).get(reverse("lms:intervision")).content.decode()
    assert "met te weinig om samen te komen" in page
    plan = MeetingPlan(starts_at=at(1), minutes=60)
    assert code_of(plan_meeting, group_id=group.pk, actor=an, plan=plan) == "group_size"


def test_finder_by_region_profession_language_and_form():
    region = ReferenceRegion.objects.get(slug="regio-gent")
    midwife = ProfileFactory()
    online = open_group(name="Op afstand", form="online", language="fr")
    near = open_group(
        name="Dichtbij", region=region, people=[midwife.user, *(UserFactory() for _ in range(3))]
    )
    both = open_group(name="Beide", form="both")
    GroupFactory(name="Dicht")
    open_group(name="Vol", people=[UserFactory() for _ in range(8)])
    me = UserFactory()
    open_group(name="Mijn groep", people=[me, *(UserFactory() for _ in range(3))])

    def names(**asked):
        return [group.name for group in find_groups(me.pk, **asked)]

    assert names() == ["Beide", "Dichtbij", "Op afstand"]
    assert names(region_id=region.pk) == ["Dichtbij"]
    assert names(profession_id=Profession.objects.get(key="midwife").pk) == ["Dichtbij"]
    assert names(language="fr") == ["Op afstand"]
    assert names(form="online") == ["Beide", "Op afstand"]
    assert names(form="in_person") == ["Beide", "Dichtbij"]
    assert find_groups(me.pk, region_id=region.pk)[0].places == 4
    assert {online.pk, near.pk, both.pk} == {group.group_id for group in find_groups(me.pk)}


@pytest.mark.parametrize("number", [1, 3])
def test_finder_costs_the_same_with_few_and_many(number, django_assert_num_queries):
    for _ in range(number):
        open_group()
    me = UserFactory()
    with django_assert_num_queries(6):
        assert len(find_groups(me.pk)) == number


def test_asking_twice_is_once_and_nonsense_is_no_accident():
    group, me = open_group(), UserFactory()
    client = signed_in(me)
    for _ in range(2):
        assert client.post(reverse("lms:group_ask", args=[group.pk])).status_code == 302
    assert GroupJoinRequest.objects.count() == 1
    page = client.get(reverse("lms:group_finder"), {"regio": "x", "beroep": "999", "taal": "zz", "vorm": "?"})
    assert page.status_code == 200
    assert "Gevraagd, de groep beslist" in client.get(reverse("lms:group_finder")).content.decode()


def test_group_page_changes_habits_hands_on_and_lets_go():
    group = GroupFactory(people=[UserFactory() for _ in range(5)])
    an, bo, *_ = members_of(group)
    client, place = signed_in(an), reverse("lms:group_life", args=[group.pk])
    assert client.get(place).status_code == 200
    assert client.post(place, {"form": "online", "frequency": "monthly", "language": "fr"}).status_code == 302
    group.refresh_from_db()
    assert (group.form, group.frequency, group.language) == ("online", "monthly", "fr")
    assert signed_in(UserFactory()).get(place).status_code == 404
    client.post(reverse("lms:group_moderator", args=[group.pk]), {"wie": "zomaar"})
    assert group.members.get(person=an).is_moderator
    client.post(reverse("lms:group_moderator", args=[group.pk]), {"wie": bo.pk})
    assert group.members.get(person=bo).is_moderator
    assert client.post(reverse("lms:group_leave", args=[group.pk])).status_code == 302
    assert group.members.get(person=an).left_on is not None


def test_members_decide_together_and_a_voice_may_change_until_then():
    group = open_group(people=[UserFactory() for _ in range(5)])
    an, bo, cas, *_ = members_of(group)
    asked = ask_to_join(group_id=group.pk, person=UserFactory(first_name="Nora", last_name="Nieuw"))
    give_voice(request_id=asked.pk, actor=an, welcome=True)
    give_voice(request_id=asked.pk, actor=bo, welcome=False)
    page = signed_in(bo).get(reverse("lms:intervision")).content.decode()
    assert "Tot nu toe: 1 keer welkom, 1 keer nu niet." in page
    assert "Jij zei nu niet" in page
    assert an.get_full_name() not in page.split("Nora Nieuw")[1].split("</form>")[0]
    give_voice(request_id=asked.pk, actor=bo, welcome=True)
    assert GroupJoinVoice.objects.count() == 2
    place = reverse("lms:join_voice", args=[asked.pk])
    assert signed_in(UserFactory()).post(place, {"antwoord": "welkom"}).status_code == 404
    assert (
        "zeggen samen welkom"
        in signed_in(cas).post(place, {"antwoord": "welkom"}, follow=True).content.decode()
    )
    asked.refresh_from_db()
    assert (asked.accepted, asked.decided_by) == (True, cas)


def test_a_silent_group_answers_after_a_week_with_the_voices_it_has():
    group = open_group(people=[UserFactory() for _ in range(5)])
    an, *_ = members_of(group)
    first, second, nobody = (ask_to_join(group_id=group.pk, person=UserFactory()) for _ in range(3))
    give_voice(request_id=first.pk, actor=an, welcome=True)
    give_voice(request_id=second.pk, actor=an, welcome=False)
    assert settle_silent_requests() == 0
    GroupJoinRequest.objects.update(asked_at=at(-8))
    assert [settle_silent_requests(), settle_silent_requests()] == [2, 0]
    answers = dict(GroupJoinRequest.objects.values_list("pk", "accepted"))
    assert answers == {first.pk: True, second.pk: False, nobody.pk: None}
    assert group.members.filter(person=first.person).exists()


@given(st.integers(1, 12), st.data())
def test_an_answer_never_goes_against_a_majority(members, data):
    welcome = data.draw(st.integers(0, members))
    not_now = data.draw(st.integers(0, members - welcome))
    days = data.draw(st.integers(0, 20))
    answer = group_answer(members=members, welcome=welcome, not_now=not_now, days=days, patience=7)
    if 2 * welcome > members:
        assert answer is True
    if 2 * not_now > members:
        assert answer is False
    if days < 7 and answer is True:
        assert 2 * welcome > members
    if welcome + not_now == 0:
        assert answer is None
