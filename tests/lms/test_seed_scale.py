"""Filling a database for scale tests: the same each time, only where nothing is."""

import io
import json
import uuid

import pytest
from django.core.management import CommandError, call_command

from lms.domain.records import NAMESPACE
from lms.models import Enrolment, LearningRecord
from people.models import ProfessionalProfile
from tests.factories.lms import make_learning_course

pytestmark = pytest.mark.django_db


def seed(**options):
    out = io.StringIO()
    call_command("seed_scale", stdout=out, json=True, **options)
    return json.loads(out.getvalue())


def test_the_same_people_and_records_each_time():
    make_learning_course()
    assert seed(professionals=7, records=40) == {"professionals": 7, "enrolments": 7, "records": 40}
    assert ProfessionalProfile.objects.count() == 7
    assert {enrolment.records.count() for enrolment in Enrolment.objects.all()} == {5, 6}
    first = uuid.uuid5(NAMESPACE, "schaal/0")
    assert LearningRecord.objects.get(pk=first).payload["number"] == 0
    with pytest.raises(CommandError) as refused:
        seed(professionals=1, records=1)
    assert refused.value.returncode == 1


@pytest.mark.parametrize(
    ("options", "code"), [({"professionals": 0, "records": 1}, 2), ({"professionals": 1, "records": 1}, 1)]
)
def test_wrong_use_and_a_house_without_courses(options, code):
    with pytest.raises(CommandError) as refused:
        seed(**options)
    assert refused.value.returncode == code
