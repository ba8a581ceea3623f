"""The people of the benchmarks are made by plain SQL: it must keep up with the tables."""

import pytest
from django.db import connection

from accreditation.models import Evidence
from lms.models import Enrolment, MeetingPresence
from people.models import ProfessionalProfile
from tests.bench.crowd import make_crowd
from tests.factories.courses import make_published_course
from tests.factories.lms_cohorts import ensure_site

pytestmark = pytest.mark.django_db


def test_a_small_crowd_is_whole():
    if connection.vendor != "postgresql":
        pytest.skip("the crowd is made by PostgreSQL's own statements")
    ensure_site()
    make_published_course("basiscursus", lessons=1)
    make_crowd(32)
    assert ProfessionalProfile.objects.count() == 32
    assert 32 < Evidence.objects.count() <= 32 * 4
    assert 0 < Enrolment.objects.count() <= 32
    assert MeetingPresence.objects.count() > 32
