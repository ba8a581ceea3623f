"""Hours with others, as each level counts them."""

import pytest
from django.urls import reverse

from accreditation.domain.queries.education_levels import levels_of_education
from lms.domain.intervision import claim_presence, confirm_presence
from tests.factories.lms_cohorts import GroupFactory, MeetingFactory, at, members_of

pytestmark = pytest.mark.django_db


def test_each_level_says_what_the_hours_are_worth(client):
    group = GroupFactory()
    moderator, person, *_ = members_of(group)
    for days in (-10, -60, -110, -160):
        meeting = MeetingFactory(group=group, starts_at=at(days))
        for one in (moderator, person):
            claim_presence(meeting_id=meeting.pk, person=one)
        confirm_presence(meeting_id=meeting.pk, person_id=person.pk, confirmed_by=moderator)
    MeetingFactory(group=group, starts_at=at(-5), kind="mdo", counts=False)
    basic, specialised = levels_of_education(person.pk)
    assert (basic.state, specialised.state) == ("met", "missing")
    assert "8 van de 12 uur" in specialised.reason
    client.force_login(person)
    page = client.get(reverse("lms:intervision")).content.decode()
    assert specialised.reason in page and basic.label.capitalize() in page
