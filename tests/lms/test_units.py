"""cmi5: a unit is launched for one learner, fetches its token once, and may report only what the rules allow."""

import base64
import json
import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.domain.activities import launch_activity
from lms.domain.queries.work import work_of_enrolment
from lms.enums import AttestedBy
from lms.models import ActivityState, LearningRecord, UnitLaunch
from tests.factories.lms import make_learner, make_learning_course, make_unit, make_units_package
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

ADL = "http://adlnet.gov/expapi/verbs/"
CMI5 = "https://w3id.org/xapi/cmi5/context/"
VERSION = {"x-experience-api-version": "1.0.3"}


class Unit:
    """A unit as its maker's code behaves: reads its address, fetches the token, and talks to the record store."""

    def __init__(self, url: str) -> None:
        self.url = url
        query = parse_qs(urlsplit(url).query)
        self.facts = {name: values[0] for name, values in query.items()}
        self.actor = json.loads(self.facts["actor"])
        self.client = Client()
        self.headers = dict(VERSION)
        self.session = ""

    def path(self, name: str) -> str:
        return urlsplit(self.facts["endpoint"]).path + name

    def fetch(self):
        answer = self.client.post(urlsplit(self.facts["fetch"]).path).json()
        if "auth-token" in answer:
            self.headers["authorization"] = f"Basic {answer['auth-token']}"
        return answer

    def begin(self):
        self.fetch()
        data = self.get("activities/state", stateId="LMS.LaunchData").json()
        self.session = data["contextTemplate"]["extensions"][f"{CMI5}extensions/sessionid"]
        self.data = data
        return self

    def query(self, **more):
        named = {"activityId": self.facts["activityId"], "agent": json.dumps(self.actor)}
        return {**named, "registration": self.facts["registration"], **more}

    def get(self, name, **more):
        return self.client.get(self.path(name), self.query(**more), headers=self.headers)

    def statement(self, verb, *, defined=True, **changes):
        result = {"duration": "PT5S"} if verb in {"completed", "passed", "failed", "terminated"} else {}
        result |= {"completed": {"completion": True}, "passed": {"success": True}}.get(verb, {})
        result |= {"failed": {"success": False}}.get(verb, {})
        categories = [{"id": f"{CMI5}categories/cmi5"}] if defined else []
        found = {
            "id": str(uuid.uuid4()),
            "actor": self.actor,
            "verb": {"id": ADL + verb},
            "object": {"id": self.facts["activityId"]},
            "context": {
                "registration": self.facts["registration"],
                "contextActivities": {"category": categories},
                "extensions": {f"{CMI5}extensions/sessionid": self.session},
            },
            "timestamp": timezone.now().isoformat(),
        }
        found |= {"result": result} if result else {}
        return {**found, **changes}

    def send(self, *statements):
        body = json.dumps(statements[0] if len(statements) == 1 else list(statements))
        return self.client.post(self.path("statements"), body, "application/json", headers=self.headers)

    def say(self, verb, **changes):
        return self.send(self.statement(verb, **changes))

    def put(self, name, content, method="put", content_type="application/json", headers=None, **more):
        address = f"{self.path(name)}?{self._encoded(**more)}"
        send = getattr(self.client, method)
        return send(address, content, content_type=content_type, headers={**self.headers, **(headers or {})})

    def _encoded(self, **more):
        from urllib.parse import urlencode

        return urlencode(self.query(**more))


def prepare(*units, blocks=()):
    package = make_units_package(*units, blocks=blocks)
    outline = make_learning_course(activity=True)
    enrolment = make_learner()
    client = Client()
    client.force_login(enrolment.person)
    return Learner(client, enrolment, outline, package)


class Learner:
    """Somebody with the lesson before them."""

    def __init__(self, client, enrolment, outline, package):
        self.client, self.enrolment, self.outline, self.package = client, enrolment, outline, package

    @property
    def token(self):
        states = work_of_enrolment(enrolment_id=self.enrolment.pk, lesson="les-2").states
        return launch_activity(
            enrolment=self.enrolment,
            outline=self.outline,
            lesson_slug="les-2",
            activity_id="kleine-signalen-oefening",
            package_version_id=self.package.pk,
            state=states.get("kleine-signalen-oefening"),
        ).token

    def post(self, url, body, client=None):
        sender = client or self.client
        return sender.post(url, json.dumps(body), "application/json", headers={"accept": "application/json"})

    def open(self, number=0, client=None):
        return self.post("/mijn/leren/activiteit/open/", {"token": self.token, "unit": number}, client)

    def unit(self, number=0):
        return Unit(self.open(number).json()["url"]).begin()


def verbs(attested=None):
    rows = LearningRecord.objects.order_by("stored_at")
    if attested:
        rows = rows.filter(attested_by=attested)
    return [row.verb.rsplit("/", 1)[-1] for row in rows]


def test_a_unit_is_launched_reports_and_ends_the_exercise():
    learner = prepare(make_unit(1, mastery_score=0.6, launch_parameters="x=1", entitlement_key="sleutel"))
    answer = learner.open().json()
    unit = Unit(answer["url"])
    assert (answer["own_window"], answer["title"]) == (False, "Deel 1")
    assert unit.url.split("?")[0].endswith("/files/index.html") and unit.facts["stijl"] == "1"
    assert set(unit.facts) == {"stijl", "endpoint", "fetch", "actor", "registration", "activityId"}
    assert str(learner.enrolment.person.pk) != unit.actor["account"]["name"]
    assert len(unit.actor["account"]["name"]) == 32
    assert base64.b64decode(unit.fetch()["auth-token"]).count(b":") == 1
    assert unit.fetch()["error-code"] == "1"
    unit.fetch = lambda: None
    unit.begin()
    assert unit.data["launchMode"] == "Normal" and unit.data["moveOn"] == "CompletedOrPassed"
    assert (unit.data["masteryScore"], unit.data["launchParameters"]) == (0.6, "x=1")
    assert unit.data["entitlementKey"] == {"courseStructure": "sleutel"}
    assert unit.data["returnURL"].startswith(f"http://p{learner.package.package_id}.content.localhost")
    assert unit.data["contextTemplate"]["contextActivities"]["grouping"][0]["id"] == "https://maker.test/au/1"

    assert unit.say("initialized").status_code == 200
    passed = unit.statement("passed", result={"success": True, "score": {"scaled": 0.75}, "duration": "PT9S"})
    assert unit.send(passed).json() == [passed["id"]]
    assert unit.say("terminated").status_code == 200
    assert verbs() == ["launched", "initialized", "passed", "satisfied", "terminated"]
    assert verbs(AttestedBy.SERVER) == ["launched", "satisfied"]
    registration = {str(row.registration) for row in LearningRecord.objects.all()}
    assert registration == {unit.facts["registration"]}
    state = ActivityState.objects.get()
    assert (state.ended_at is not None, state.scaled) == (True, 0.75)
    states = learner.post("/mijn/leren/activiteit/onderdelen/", {"token": learner.token}).json()
    assert states == {"units": [{"state": "done", "label": "Gedaan, 75 %"}]}
    # Open it again: the same attempt, and what was reached stays.
    again = learner.unit()
    assert again.facts["registration"] == unit.facts["registration"]
    assert again.say("initialized").status_code == 200
    assert again.say("passed").status_code == 403


def test_the_same_statement_twice_is_once_and_other_content_is_refused():
    unit = prepare().unit()
    first = unit.statement("initialized")
    assert [unit.send(first).status_code, unit.send(first).status_code] == [200, 200]
    changed = {**first, "verb": {"id": ADL + "completed"}}
    assert unit.send(changed).json()["code"] == "other_content"
    assert unit.send(changed).status_code == 409
    put = unit.statement("completed")
    address = f"statements?statementId={put.pop('id')}"
    for _again in range(2):
        answer = unit.client.put(
            unit.path(address), json.dumps(put), "application/json", headers=unit.headers
        )
        assert answer.status_code == 204
    assert verbs().count("completed") == 1


@pytest.mark.parametrize(
    ("said", "verb", "changes", "status", "code"),
    [
        ([], "completed", {}, 403, "before_initialized"),
        (["initialized"], "initialized", {}, 403, "twice"),
        (["initialized", "completed"], "completed", {}, 403, "twice"),
        (["initialized", "passed"], "failed", {}, 403, "failed_after_passed"),
        (["initialized", "terminated"], "completed", {}, 403, "after_terminated"),
        (["initialized"], "satisfied", {}, 403, "verb_not_allowed"),
        (["initialized"], "experienced", {}, 403, "verb_not_allowed"),
        (["initialized"], "completed", {"result": {"completion": True}}, 403, "duration_missing"),
        (["initialized"], "completed", {"object": {"id": "http://elders.test/x"}}, 403, "object_foreign"),
        (
            ["initialized"],
            "passed",
            {"result": {"success": True, "score": {"scaled": 0.2}, "duration": "PT1S"}},
            403,
            "score_contradicts_mastery",
        ),
        (["initialized"], "experienced", {"defined": False}, 200, ""),
        ([], "experienced", {"defined": False}, 403, "before_initialized"),
        (
            ["initialized"],
            "passed",
            {"result": {"success": True, "score": {"raw": 99, "max": 1}, "duration": "PT1S"}},
            400,
            "score_out_of_bounds",
        ),
        (["initialized"], "completed", {"timestamp": "2999-01-01T00:00:00Z"}, 400, "timestamp_future"),
        (
            ["initialized"],
            "completed",
            {"actor": {"mbox": "mailto:ander@voorbeeld.test"}},
            403,
            "foreign_actor",
        ),
    ],
)
def test_what_a_unit_may_not_report(said, verb, changes, status, code):
    unit = prepare(make_unit(1, mastery_score=0.5, move_on="Passed")).unit()
    for word in said:
        assert unit.say(word).status_code == 200
    before = LearningRecord.objects.count()
    answer = unit.say(verb, **changes)
    assert (answer.status_code, answer.json()["code"] if code else "") == (status, code)
    assert LearningRecord.objects.count() == before + (status == 200)


def test_a_statement_of_another_attempt_or_session_is_refused():
    unit = prepare().unit()
    for change, code in [
        ({"registration": str(uuid.uuid4())}, "foreign_registration"),
        ({"extensions": {f"{CMI5}extensions/sessionid": str(uuid.uuid4())}}, "foreign_session"),
    ]:
        statement = unit.statement("initialized")
        statement["context"] |= change
        assert unit.send(statement).json()["code"] == code
    assert UnitLaunch.objects.get().initialized_at is None


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": "Basic Zm91dDpmb3V0"}, {"authorization": "Bearer x"}]
)
def test_without_the_token_of_a_launch_nothing_answers(headers):
    unit = prepare().unit()
    for name in (
        "statements",
        "activities/state",
        "agents/profile",
        "activities/profile",
        "activities",
        "agents",
    ):
        answer = unit.client.get(unit.path(name), unit.query(), headers={**VERSION, **headers})
        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (401, "*"), name
    # Some units put a slash of their own behind the endpoint's.
    assert unit.client.get(unit.path("/about")).status_code == 200
    # A session of the site is no token: the package's page may never borrow it.
    assert unit.client.get(unit.path("about")).json() == {"version": ["1.0.3"]}


def test_a_launch_dies_with_its_day_and_with_the_enrolment():
    learner = prepare()
    unit = learner.unit()
    UnitLaunch.objects.update(expires_at=timezone.now())
    assert unit.say("initialized").json()["code"] == "token_expired"
    UnitLaunch.objects.update(expires_at=timezone.now() + timezone.timedelta(hours=1))
    learner.enrolment.withdrawn_at = timezone.now()
    learner.enrolment.save(update_fields=["withdrawn_at"])
    assert unit.say("initialized").json()["code"] == "token_unknown"


def test_somebody_else_cannot_open_it():
    learner = prepare()
    other = Client()
    other.force_login(UserFactory())
    assert learner.open(client=other).status_code == 404
    assert learner.open(7).json()["code"] == "unit_missing"
    assert UnitLaunch.objects.count() == 0


def test_a_unit_left_open_is_abandoned_by_the_next_launch():
    learner = prepare()
    old = learner.unit()
    old.say("initialized")
    new = learner.unit()
    assert old.say("completed").json()["code"] == "abandoned"
    assert new.say("initialized").status_code == 200
    assert verbs() == ["launched", "initialized", "abandoned", "launched", "initialized"]
    launches = UnitLaunch.objects.order_by("launched_at")
    assert [launch.abandoned_at is None for launch in launches] == [False, True]


def test_blocks_and_course_are_satisfied_when_all_below_them_are():
    block = "https://maker.test/blok"
    learner = prepare(
        make_unit(1, blocks=[block], move_on="Completed"),
        make_unit(2, blocks=[block], move_on="CompletedAndPassed"),
        make_unit(3, move_on="NotApplicable"),
        blocks=(block,),
    )
    first, second = learner.unit(0), learner.unit(1)
    for unit in (first, second):
        unit.say("initialized")
        unit.say("completed")
    assert LearningRecord.objects.filter(verb__endswith="satisfied").count() == 0
    second.say("passed")
    satisfied = LearningRecord.objects.filter(verb__endswith="satisfied").order_by("stored_at")
    assert [row.object_id.rsplit("/", 2)[-2:] for row in satisfied] == [
        ["blok", "1"],
        ["activiteit", "kleine-signalen-oefening"],
    ]
    assert ActivityState.objects.get().ended_at is not None


def test_documents_are_kept_compared_and_kept_apart(monkeypatch):
    learner = prepare(make_unit(1), make_unit(2))
    unit = learner.unit()
    assert unit.put("activities/state", b'{"a": 1}', stateId="plaats").status_code == 204
    assert unit.put("activities/state", b'{"b": 2}', "post", stateId="plaats").status_code == 204
    found = unit.get("activities/state", stateId="plaats")
    assert found.json() == {"a": 1, "b": 2}
    stale = {"if-match": '"0000"'}
    assert unit.put("activities/state", b"{}", headers=stale, stateId="plaats").status_code == 412
    same = {"if-match": found["ETag"]}
    assert unit.put("activities/state", b"\x00\xff", headers=same, stateId="plaats").status_code == 204
    assert unit.get("activities/state", stateId="plaats").content == b"\x00\xff"
    assert unit.get("activities/state").json() == ["LMS.LaunchData", "plaats"]
    assert unit.put("activities/state", b"{}", stateId="LMS.LaunchData").status_code == 403
    assert unit.put("activities/state", b"x" * 600_000, stateId="groot").status_code == 413
    monkeypatch.setattr("lms.domain.units.documents.MAX_DOCUMENTS", 2)
    assert unit.put("activities/state", b"{}", stateId="te veel").json()["code"] == "document_many"
    monkeypatch.undo()
    assert unit.get("agents/profile", profileId="cmi5LearnerPreferences").json()["languagePreference"]
    assert unit.put("agents/profile", b"{}", profileId="cmi5LearnerPreferences").status_code == 204
    assert unit.put("agents/profile", b"{}", profileId="cmi5LearnerPreferences").status_code == 409
    assert unit.put("activities/profile", b"[1]", profileId="p").status_code == 204
    assert unit.get("activities/profile", profileId="p").json() == [1]
    other = learner.unit(1)
    assert other.get("activities/state", stateId="plaats").status_code == 404
    assert (
        other.get("activities/state", stateId="plaats", activityId=unit.facts["activityId"]).status_code
        == 403
    )
    assert unit.put("activities/state", b"", "delete", stateId="plaats").status_code == 204
    assert unit.get("activities/state", stateId="plaats").status_code == 404


def test_odd_questions_about_documents_are_refused_or_read_as_nothing():
    unit = prepare(make_unit(1)).unit()
    unit.begin()
    assert unit.get("activities/state", since="2026-02-30T00:00:00").status_code == 400
    assert unit.get("activities/state", since="gisteren").status_code == 200
    assert unit.get("activities/state", stateId="a\x00b").status_code == 400
    for number in ("9" * 5000, "²", "-1"):
        assert (
            unit.client.get(unit.path("statements"), {"limit": number}, headers=unit.headers).status_code
            == 200
        )
    for odd in ("x\x00y", "geen type", "text/plain\t;x", "a/b; c"):
        assert unit.put("activities/state", b"{}", content_type=odd, stateId="soort").status_code == 204
        kept = unit.get("activities/state", stateId="soort")["Content-Type"]
        assert kept == (odd if odd == "a/b; c" else "application/octet-stream")


def test_a_unit_reads_back_its_own_attempt_only():
    unit = prepare().unit()
    unit.say("initialized")
    listed = unit.get("statements").json()["statements"]
    assert [item["verb"]["id"].rsplit("/", 1)[-1] for item in listed] == ["initialized", "launched"]
    assert {json.dumps(item["actor"]) for item in listed} == {json.dumps(unit.actor)}
    one = unit.get("statements", statementId=listed[0]["id"]).json()
    assert one["context"]["registration"] == unit.facts["registration"]
    assert unit.get("statements", statementId=str(uuid.uuid4())).status_code == 404
    assert unit.get("statements", statementId="x").status_code == 400


@pytest.mark.parametrize("raw", ["", "{", "[1]", "NaN", '"a"', "[" * 5_000])
def test_what_is_no_statement_is_said_so(raw):
    unit = prepare().unit()
    answer = unit.client.post(unit.path("statements"), raw, "application/json", headers=unit.headers)
    assert answer.status_code == 400 and answer.json()["message"]


def test_queries_stay_the_same_whatever_the_number_of_units():
    learner = prepare(make_unit(1), make_unit(2))
    counts = []
    for size in (2, 40):
        UnitLaunch.objects.all().delete()
        structure = {**learner.package.structure, "units": [make_unit(n) for n in range(1, size + 1)]}
        type(learner.package).objects.filter(pk=learner.package.pk).update(structure=structure)
        with CaptureQueriesContext(connection) as opened:
            url = learner.open().json()["url"]
        figures = [sum("SAVEPOINT" not in query["sql"] for query in opened)]
        unit = Unit(url).begin()
        for word in ("initialized", "completed", "terminated"):
            with CaptureQueriesContext(connection) as caught:
                assert unit.say(word).status_code == 200
            figures.append(sum("SAVEPOINT" not in query["sql"] for query in caught))
        counts.append(figures)
    assert [row[1:] for row in counts] == [[5, 6, 5], [5, 6, 5]]
    # The first request of a process looks one name up that the next ones know.
    assert {row[0] for row in counts} <= {13, 14}
