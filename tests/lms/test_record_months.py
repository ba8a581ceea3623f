"""Records by month: one table to the code, a partition for each month on PostgreSQL, and ids that stay unique."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction

from lms.domain.record_months import prepare_months
from lms.domain.records import append_record, void_record
from lms.enums import AttestedBy, RecordKind
from lms.models import LearningRecord
from tests.factories.lms import make_learner, make_learning_course

pytestmark = pytest.mark.django_db

MARCH = datetime(2031, 3, 31, 23, 30, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture
def enrolment():
    make_learning_course()
    return make_learner()


def write(enrolment, kind=RecordKind.ACTIVITY, **facts):
    return append_record(
        person_id=enrolment.person_id,
        enrolment_id=enrolment.pk,
        kind=kind,
        attested_by=AttestedBy.SERVER,
        verb="http://adlnet.gov/expapi/verbs/completed",
        object_id="http://localhost/id/cursus/1",
        **facts,
    )


def partition_of(record):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM lms_learningrecord WHERE id = %s", [record.pk])
        return cursor.fetchone()[0]


def test_an_id_is_unique_over_all_months_and_a_completion_is_once(enrolment):
    record_id = uuid4()
    with time_machine.travel(MARCH, tick=False):
        first = write(enrolment, record_id=record_id)
        course = write(enrolment, RecordKind.COURSE)
        void_record(record=first, actor_id=enrolment.person_id, reason="vergissing")
    for kind, facts in [(RecordKind.ACTIVITY, {"record_id": record_id}), (RecordKind.COURSE, {})]:
        with (
            time_machine.travel(MARCH + timedelta(days=40), tick=False),
            pytest.raises(IntegrityError),
            transaction.atomic(),
        ):
            write(enrolment, kind, **facts)
    with pytest.raises(DatabaseError), transaction.atomic():
        LearningRecord.objects.filter(pk=course.pk).update(verb="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        LearningRecord.objects.filter(pk=course.pk).delete()
    assert LearningRecord.objects.get(voids=first).voids_id == record_id
    assert LearningRecord.objects.count() == 3


def test_each_month_has_its_own_partition(enrolment):
    if connection.vendor != "postgresql":
        assert prepare_months(last=date(2031, 5, 1)) == 0
        return
    assert prepare_months(first=date(2031, 3, 1), last=date(2031, 4, 30)) == 2
    assert prepare_months(first=date(2031, 3, 1), last=date(2031, 4, 30)) == 0
    with time_machine.travel(MARCH, tick=False):
        assert partition_of(write(enrolment)) == "lms_learningrecord_203103"
    with time_machine.travel(MARCH + timedelta(days=365), tick=False):
        outside = write(enrolment)
    assert partition_of(outside) == "lms_learningrecord_other"
    # A month that has records among the rest stays there: nothing is moved behind anybody's back.
    assert prepare_months(first=date(2032, 3, 1), last=date(2032, 3, 31)) == 0
    assert LearningRecord.objects.get(pk=outside.pk).stored_at.year == 2032
