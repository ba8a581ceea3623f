"""What the browser of a package claims: bound, checked, kept once, never worth a completion."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from courses.api import get_outline
from courses.domain.publish import check_course
from courses.models import CoursePage
from lms.domain.activities import launch_activity
from lms.domain.queries.work import StateLine, work_of_enrolment
from lms.domain.records import void_record
from lms.enums import AttestedBy, RecordKind
from lms.models import ActivityState, Enrolment, LearningRecord
from tests.factories.lms import deliver_completions, make_learner, make_learning_course, make_package
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

STATEMENT = "/mijn/leren/activiteit/verklaring/"
STATE = "/mijn/leren/activiteit/stand/"
ADL = "http://adlnet.gov/expapi/verbs/"
ID = "0c3b6a0e-1f0a-4a37-8d92-1a2b3c4d5e6f"


@pytest.fixture
def package():
    return make_package()


@pytest.fixture
def outline(package):
    return make_learning_course(activity=True)


@pytest.fixture
def enrolment(outline):
    return make_learner()


@pytest.fixture
def learner(client, enrolment):
    client.force_login(enrolment.person)
    return client


def start(enrolment, outline, package, state=None):
    return launch_activity(
        enrolment=enrolment,
        outline=outline,
        lesson_slug="les-2",
        activity_id="kleine-signalen-oefening",
        package_version_id=package.pk,
        state=state,
    )


@pytest.fixture
def launch(enrolment, outline, package):
    return start(enrolment, outline, package)


def statement(launch, verb="completed", **extra):
    return {
        "id": ID,
        "verb": {"id": ADL + verb},
        "object": {"id": launch.activity},
        "result": {"score": {"raw": 7, "min": 0, "max": 8}, "completion": True},
        **extra,
    }


def post(client, url, body):
    data = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(url, data, content_type="application/json", headers={"accept": "application/json"})


def send(client, launch, body=None, token=None):
    return post(client, STATEMENT, {"token": token or launch.token, "statement": body or statement(launch)})


def test_statement_is_a_claim_with_our_own_actor_registration_and_time(learner, enrolment, launch):
    before = timezone.now()
    foreign = {
        "actor": {"mbox": "mailto:ander@voorbeeld.test"},
        "authority": {"x": 1},
        "stored": "2020-01-01",
    }
    answer = send(learner, launch, statement(launch, **foreign))
    assert answer.json() == {"stored": ID, "ended": True, "repeated": False}
    record = LearningRecord.objects.get()
    assert (record.kind, record.attested_by) == (RecordKind.ACTIVITY, AttestedBy.BROWSER)
    assert (record.person_id, record.enrolment_id) == (enrolment.person_id, enrolment.pk)
    assert record.registration is not None
    assert record.stored_at >= before
    assert record.happened_at >= before
    assert record.result["score"] == {"raw": 7.0, "min": 0.0, "max": 8.0, "scaled": 0.875}
    assert not {"actor", "authority", "stored"} & set(record.payload)


def test_a_claim_never_completes_a_course_or_lesson(learner, enrolment, launch):
    send(learner, launch)
    assert Enrolment.objects.get().completed_at is None
    assert work_of_enrolment(enrolment_id=enrolment.pk).work.marked == frozenset()


def test_same_statement_again_is_harmless_and_altered_is_refused(learner, launch):
    send(learner, launch)
    assert send(learner, launch).json() == {"stored": ID, "ended": False, "repeated": True}
    altered = statement(launch, result={"score": {"raw": 8, "max": 8}, "completion": True})
    answer = send(learner, launch, altered)
    assert (answer.status_code, answer.json()["code"]) == (409, "other_content")
    assert LearningRecord.objects.get().result["score"]["raw"] == 7.0


def test_id_of_somebody_elses_statement_is_refused(client, learner, launch, outline, package):
    send(learner, launch)
    other = make_learner()
    client.force_login(other.person)
    answer = send(client, start(other, outline, package))
    assert (answer.status_code, answer.json()["code"]) == (409, "other_content")
    assert LearningRecord.objects.count() == 1


def test_statement_without_id_gets_ours(learner, launch):
    body = statement(launch)
    del body["id"]
    assert send(learner, launch, body).json()["stored"] == str(LearningRecord.objects.get().pk)


def test_token_of_another_person_is_a_404(client, launch):
    client.force_login(UserFactory())
    answer = send(client, launch)
    assert (answer.status_code, answer.json()["code"]) == (404, "foreign_launch")
    assert LearningRecord.objects.count() == 0


def test_withdrawn_learner_sends_nothing(learner, launch):
    Enrolment.objects.update(withdrawn_at=timezone.now())
    assert send(learner, launch).status_code == 404


@pytest.mark.parametrize("token", ["", "x", "a:b:c"])
def test_forged_token_is_refused(learner, launch, token):
    answer = post(learner, STATEMENT, {"token": token, "statement": statement(launch)})
    assert (answer.status_code, answer.json()["code"]) == (410, "token_invalid")


def test_token_ends_after_its_time(learner, launch):
    import time_machine

    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        learner.force_login(Enrolment.objects.get().person)
        answer = send(learner, launch)
    assert (answer.status_code, answer.json()["code"]) == (410, "token_expired")


def nested(levels):
    value: object = 1
    for _ in range(levels):
        value = {"x": value}
    return value


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"result": {"score": {"raw": 99, "max": 1}}}, "score_out_of_bounds"),
        ({"result": {"score": {"raw": "veel"}}}, "score_unusable"),
        ({"result": {"score": {"scaled": 7}}}, "score_out_of_bounds"),
        ({"result": {"success": "ja"}}, "result_unusable"),
        ({"object": {"id": "https://ander.test/cursus"}}, "object_foreign"),
        ({"object": None}, "object_missing"),
        ({"verb": {}}, "verb_missing"),
        ({"id": "geen-uuid"}, "id_unusable"),
        ({"timestamp": (timezone.now() + timedelta(days=1)).isoformat()}, "timestamp_future"),
        ({"timestamp": (timezone.now() - timedelta(days=60)).isoformat()}, "timestamp_old"),
        ({"timestamp": "gisteren"}, "timestamp_unusable"),
        ({"context": nested(10)}, "too_deep"),
        ({"context": {"text": "x" * 30_000}}, "text_too_long"),
        ({"context": {"text": "a\x00b"}}, "text_unusable"),
        ({"context": {"text": "\ud800"}}, "text_unusable"),
    ],
)
def test_bad_statements_are_refused_with_a_code(learner, launch, change, code):
    answer = send(learner, launch, {**statement(launch), **change})
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert LearningRecord.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("", 400, "not_json"),
        ("{", 400, "not_json"),
        ("[]", 400, "not_object"),
        ("NaN", 400, "not_json"),
        ('{"token": 1}', 400, "not_object"),
        ('{"token": "x", "statement": NaN}', 400, "not_json"),
        ("[" * 100_000, 413, "too_large"),
        ('{"a":' * 10_000, 400, "not_json"),
        (b"\xff\xfe\x00", 400, "not_json"),
        ('{"a": ' + "1" * 6_000 + "}", 400, "not_json"),
        (json.dumps({"token": "x" * 200_000}), 413, "too_large"),
    ],
)
def test_garbage_gets_a_clear_refusal(learner, body, status, code):
    answer = post(learner, STATEMENT, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_statement_must_be_an_object(learner, launch):
    for odd in ("x", [], 1, None):
        answer = post(learner, STATEMENT, {"token": launch.token, "statement": odd})
        assert (answer.status_code, answer.json()["code"]) == (400, "not_object")


def test_state_is_kept_and_given_back(learner, enrolment, launch, outline, package):
    assert post(learner, STATE, {"token": launch.token, "state": '{"card": 3}'}).json() == {"saved": True}
    assert post(learner, STATE, {"token": launch.token, "state": '{"card": 4}'}).json() == {"saved": True}
    found = work_of_enrolment(enrolment_id=enrolment.pk, lesson="les-2").states["kleine-signalen-oefening"]
    assert found == StateLine(attempt=1, ended=False, percent=None, state='{"card": 4}')
    assert start(enrolment, outline, package, found).state_json == '{"card": 4}'


def test_state_has_its_limit(learner, launch):
    answer = post(learner, STATE, {"token": launch.token, "state": "x" * (256 * 1024 + 1)})
    assert (answer.status_code, answer.json()["code"]) == (413, "state_too_large")
    answer = post(learner, STATE, {"token": launch.token, "state": "x" * 600_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert post(learner, STATE, {"token": launch.token, "state": "a\x00\ud800"}).status_code == 200


def test_after_an_ending_a_new_attempt_begins_and_the_old_one_is_closed(
    learner, enrolment, launch, outline, package
):
    send(learner, launch)
    state = work_of_enrolment(enrolment_id=enrolment.pk, lesson="les-2").states["kleine-signalen-oefening"]
    assert (state.ended, state.percent) == (True, 87)
    again = start(enrolment, outline, package, state)
    assert post(learner, STATE, {"token": launch.token, "state": "{}"}).status_code == 200
    assert post(learner, STATE, {"token": again.token, "state": "{}"}).status_code == 200
    row = ActivityState.objects.get()
    assert (row.attempt, row.ended_at, row.scaled) == (2, None, None)
    answer = post(learner, STATE, {"token": launch.token, "state": "{}"})
    assert (answer.status_code, answer.json()["code"]) == (409, "attempt_closed")
    answer = send(learner, launch, {**statement(launch), "id": None})
    assert (answer.status_code, answer.json()["code"]) == (409, "attempt_closed")


def test_part_of_an_activity_does_not_end_it(learner, launch):
    body = statement(launch, "answered", object={"id": f"{launch.activity}?subContentId=1"})
    assert send(learner, launch, body).json()["ended"] is False
    assert ActivityState.objects.count() == 0


def test_lesson_page_starts_the_package(learner):
    page = learner.get("/mijn/leren/kleine-signalen/les-2/").content.decode()
    assert "data-h5p-player" in page
    assert STATEMENT in page


def test_lesson_survives_a_package_that_was_refused_later(learner, package):
    from media.enums import VersionState

    type(package).objects.update(state=VersionState.REFUSED)
    answer = learner.get("/mijn/leren/kleine-signalen/les-2/")
    assert answer.status_code == 200
    assert "data-h5p-player" not in answer.content.decode()


def test_expired_session_answers_401(client, launch):
    assert send(client, launch).status_code == 401
    assert post(client, STATE, {"token": launch.token, "state": "{}"}).status_code == 401
    assert client.get(STATEMENT).status_code == 302


def test_records_cannot_be_changed_or_removed(learner, launch):
    send(learner, launch)
    with pytest.raises(DatabaseError), transaction.atomic():
        LearningRecord.objects.update(verb="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        LearningRecord.objects.all()._raw_delete("default")


def test_a_record_is_voided_by_a_new_row_once(learner, launch):
    send(learner, launch)
    record = LearningRecord.objects.get()
    first = void_record(record=record, actor_id=UserFactory().pk, reason="dubbel ingegeven")
    assert void_record(record=record, actor_id=UserFactory().pk, reason="nog eens").pk == first.pk
    assert LearningRecord.objects.count() == 2
    record.refresh_from_db()
    assert record.voided_by == first


def test_a_course_may_count_an_ending_and_then_completes_by_it(client, package):
    make_learning_course(
        activity=True, complete_lessons=False, complete_checks=False, complete_activities=True
    )
    learner = make_learner()
    client.force_login(learner.person)
    outline = get_outline(learner.version_id)
    running = start(learner, outline, package)
    assert send(client, running, statement(running, "attempted")).status_code == 200
    learner.refresh_from_db()
    assert learner.completed_at is None
    body = statement(running) | {"id": str(uuid.uuid4())}
    assert send(client, running, body).json()["ended"] is True
    deliver_completions()
    learner.refresh_from_db()
    assert learner.completed_at is not None
    assert LearningRecord.objects.get(kind=RecordKind.COURSE).attested_by == AttestedBy.SERVER
    # Playing it again takes nothing back.
    again = start(learner, outline, package, StateLine(1, True, 87, ""))
    post(client, STATE, {"token": again.token, "state": "{}"})
    assert work_of_enrolment(enrolment_id=learner.pk).work.activities == {"kleine-signalen-oefening"}


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"complete_checks": False, "continued_training_hours": 2}, True),
        ({"complete_checks": False, "permanent_education_hours": 2}, True),
        ({"complete_checks": True, "continued_training_hours": 2}, False),
        ({"complete_checks": False, "complete_attendance": 80, "continued_training_hours": 2}, False),
        ({"complete_checks": False}, False),
    ],
)
def test_claims_alone_never_bring_hours_for_a_recognition(package, fields, problem):
    none = {"continued_training_hours": 0, "permanent_education_hours": 0, "complete_lessons": True}
    course = make_learning_course(activity=True, complete_activities=False)
    page = CoursePage.objects.get(pk=course.course_page_id)
    for name, value in {**none, **fields, "complete_activities": True}.items():
        setattr(page, name, value)
    found = any("Oefeningen meldt de browser" in text for text in check_course(course=page))
    assert found is problem
