"""Many at once, never by accident: a preview, then the same number said back."""

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accreditation.domain.bulk_issue import issue_plan, plan_hours
from accreditation.exceptions import CertificateError
from accreditation.models import Certificate
from lms.domain.intervision import claim_presence, confirm_presence
from people.models import User
from tests.factories.lms_cohorts import MeetingFactory, members_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    """Two people whose hours were confirmed, a third who only claimed."""
    meeting = MeetingFactory()
    an, bo, third = members_of(meeting.group)[:3]
    for person in (an, bo, third):
        claim_presence(meeting_id=meeting.pk, person=person)
    confirm_presence(meeting_id=meeting.pk, person_id=an.pk, confirmed_by=bo)
    confirm_presence(meeting_id=meeting.pk, person_id=an.pk, confirmed_by=third)
    confirm_presence(meeting_id=meeting.pk, person_id=bo.pk, confirmed_by=an)
    return timezone.localdate(meeting.starts_at).year


def test_only_confirmed_hours_count_and_the_number_must_be_said_back(year):
    plan = plan_hours(year=year)
    assert (len(plan.due), plan.standing) == (2, 0)
    assert plan.due[0].facts["hours"] > Decimal(0)
    assert plan_hours(year=year - 5).due == ()
    with pytest.raises(CertificateError, match="2 getuigschriften"):
        issue_plan(plan, confirmed=3)
    assert Certificate.objects.count() == 0
    assert issue_plan(plan, confirmed=2) == 2
    assert plan_hours(year=year).standing == 2
    assert issue_plan(plan_hours(year=year), confirmed=0) == 0
    assert Certificate.objects.count() == 2


def test_person_without_a_name_is_counted_apart(year):
    person = User.objects.get(pk=plan_hours(year=year).due[0].person_id)
    User.objects.filter(pk=person.pk).update(first_name="", last_name="")
    plan = plan_hours(year=year)
    assert (len(plan.due), plan.nameless) == (1, (person.pk,))


def test_preview_costs_the_same_queries_for_one_and_for_many(year, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        plan_hours(year=year)


def test_command_previews_then_issues_and_refuses_another_number(year):
    def run(*more):
        out = StringIO()
        call_command("issue_certificates", "hours", "--year", str(year), "--json", *more, stdout=out)
        return json.loads(out.getvalue())

    assert run() == {"due": 2, "issued": 0, "standing": 0, "nameless": []}
    with pytest.raises(CommandError) as refused:
        run("--confirm", "5")
    assert refused.value.returncode == 1
    assert run("--confirm", "2")["issued"] == 2
    assert run() == {"due": 0, "issued": 0, "standing": 2, "nameless": []}
