"""The desk's part about recognition: kept between visits, and never older than what it was made of."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation.api import certificates_of, desk_proof, desk_status
from accreditation.domain.queries.desk import DESK_ROWS
from accreditation.models import Evidence
from tests.factories.accreditation import make_complete
from tests.factories.proof import make_course_certificate, make_professional, make_recognition

pytestmark = pytest.mark.django_db
NEED_NOT_COUNT = {
    "courses_coursepage",  # a bridge to the page's address
    "media_storedfile",  # comes with the portfolio; the desk shows nothing of it
    # Append-only, and written together with a row that counts:
    "accreditation_decision",
    "accreditation_dossierround",
    "courses_courseversion",
}


def test_every_row_that_is_read_counts():
    person = make_professional()
    make_complete(person)
    make_recognition(person)
    make_course_certificate(person)
    with CaptureQueriesContext(connection) as captured:
        desk_status(person.pk)
        certificates_of(person.pk)
    tables = {name for query in captured for name in re.findall(r'(?:FROM|JOIN) "?(\w+)', query["sql"])}
    assert {"accreditation_evidence", "lms_enrolment", "lms_meetingpresence"} <= tables
    assert tables - set(DESK_ROWS) - NEED_NOT_COUNT == set()


def test_desk_shows_what_changed_at_once():
    person = make_professional()
    make_complete(person)
    assert desk_proof(person.pk).status.met_count == 6
    Evidence.objects.filter(person=person).update(status="refused")
    assert desk_proof(person.pk).status.met_count < 6
    make_course_certificate(person)
    assert len(desk_proof(person.pk).certificates) == 1


def test_a_second_visit_costs_one_query_where_the_database_helps(django_assert_num_queries):
    person = make_professional()
    first = desk_proof(person.pk)
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 7):
        assert desk_proof(person.pk) == first
