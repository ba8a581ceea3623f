"""The social map before programs that nobody here wrote: clients, validators and curl."""

import json
import re
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import schemathesis
import yaml
from django.conf import settings as project
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from pyshacl import validate
from rdflib import Graph
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accreditation.domain import linked_data, webhooks
from accreditation.domain.listing_card import choose_offers, save_place, withdraw_listing
from accreditation.domain.recognitions import withdraw_recognition
from accreditation.domain.webhook_delivery import _headers, message_of
from accreditation.models import WebhookDelivery
from config.wsgi import application
from people.api import ReferenceRegion, Role
from tests.conftest import missing_part
from tests.factories.people import user_with
from tests.factories.proof import make_partner, make_professional, make_recognition
from tests.interop.here import Here

pytestmark = pytest.mark.django_db

ROOT = Path(project.BASE_DIR)
FOLDER = Path(__file__).parent


@pytest.fixture
def here(settings):
    """Our site, for programs of others."""
    site = Here()
    settings.SITE_URL = site.url
    linked_data.terms_graph.cache_clear()
    yield site
    site.server.server_close()
    linked_data.terms_graph.cache_clear()


@pytest.fixture
def small_pages(monkeypatch):
    for module in ("domain.feed", "domain.linked_data", "views.ldes"):
        monkeypatch.setattr(f"accreditation.{module}.PAGE_SIZE", 3)


def need(*packages):
    if shutil.which("node") is None or not all((ROOT / "node_modules" / name).is_dir() for name in packages):
        missing_part(f"Node or {', '.join(packages)} is missing: run npm ci")


def listed(**fields):
    person = make_professional(**fields)
    recognition = make_recognition(person)
    region = ReferenceRegion.objects.get(slug="regio-gent")
    place = {"name": "Praktijk", "street": "Laan 1", "postal_code": "9000", "municipality": "Gent"}
    shown = {"is_listed": True, "show_address": True, "show_contact": True, "phone": "09 1"}
    save_place(person=person, fields={**place, **shown, "region": region})
    choose_offers(person=person, offers=["loss"])
    return recognition


def withdraw(recognition):
    withdraw_recognition(
        recognition_id=recognition.pk, withdrawn_by=user_with(Role.NETWORK_STAFF), reason="Een reden."
    )


def ldes_client(here, *options, then=None):
    need("ldes-client")
    command = ["node", "node_modules/ldes-client/dist/bin/cli.js", f"{here.url}/ldes/erkenningen", *options]
    return here.run(command, cwd=ROOT, then=then)


def versions_in(output):
    """Versions that the client printed, by recognition."""
    return re.findall(
        r"/versie/([0-9a-f-]{36})/(\d+)> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", output
    )


def test_ldes_client_replicates_every_version_across_pages(here, small_pages):
    stays, goes = listed(), listed()
    withdraw(goes)
    output = ldes_client(here, "--ordered", "ascending")
    found = versions_in(output)
    ids = [str(one.listing.public_id) for one in (stays, goes)]
    expected = [(ids[0], str(n)) for n in (1, 2, 3)] + [(ids[1], str(n)) for n in (1, 2, 3, 4)]
    assert sorted(found) == sorted(expected)
    assert [number for key, number in found if key == ids[1]] == ["1", "2", "3", "4"]
    assert stays.person.last_name not in output


def test_ldes_client_materialises_the_last_version_only(here):
    stays, goes = listed(), listed()
    withdraw(goes)
    output = ldes_client(here, "--materialize", "--last-version-only")
    statuses = dict(re.findall(r"<\S+/recognitions/(\S+)> <\S+termen#status> <\S+#(\w+)>", output))
    assert statuses == {
        str(stays.listing.public_id): "valid",
        str(goes.listing.public_id): "withdrawn",
    }


def test_ldes_client_follows_a_withdrawal(here):
    recognition = make_recognition()
    done = []

    def then(output):
        if "#valid>" in output and not done:
            withdraw(recognition)
            done.append(1)
        return "#withdrawn>" in output

    output = ldes_client(here, "--follow", "--poll-interval", "500", then=then)
    assert "#withdrawn>" in output


def test_pages_conform_to_the_published_shape_and_a_wrong_member_does_not(client):
    recognition = listed()
    withdraw(recognition)
    gone = listed()
    withdraw_listing(person=gone.person)
    shapes = Graph().parse(data=client.get("/ldes/erkenningen/termen").content, format="turtle")
    page = client.get("/ldes/erkenningen/1", headers={"Accept": "application/ld+json"}).content.decode()
    conforms, _graph, text = validate(Graph().parse(data=page, format="json-ld"), shacl_graph=shapes)
    assert conforms, text
    for broken in (
        page.replace("#withdrawn", "#verzonnen"),
        page.replace("dcterms:isVersionOf", "dcterms:source"),
    ):
        conforms, _graph, _text = validate(Graph().parse(data=broken, format="json-ld"), shacl_graph=shapes)
        assert not conforms


def test_reference_consumer_keeps_its_directory_in_step(here, small_pages, tmp_path):
    stays, goes, private = listed(first_name="Blijf"), listed(first_name="Ga"), listed(first_name="Stil")
    kept = tmp_path / "lijst.json"
    command = [sys.executable, "examples/follow_recognitions.py", f"{here.url}/ldes/erkenningen", str(kept)]

    def names():
        here.run(command, cwd=ROOT)
        return sorted(row["name"].split()[0] for row in json.loads(kept.read_text())["directory"].values())

    assert names() == ["Blijf", "Ga", "Stil"]
    withdraw(goes)
    withdraw_listing(person=private.person)
    here.asked.clear()
    assert names() == ["Blijf"]
    # It goes on where it stopped: settled pages are not read again.
    assert "/ldes/erkenningen/1" not in here.asked
    stays.person.last_name = "Andertak"
    stays.person.save()
    assert names() == ["Blijf"]
    assert "Andertak" in kept.read_text()


def test_curl_examples_of_the_page_for_partners_work(here):
    if shutil.which("curl") is None:
        missing_part("curl is missing")
    make_recognition()
    _partner, token = make_partner("recognitions.match")
    text = (ROOT / "docs/social_map.md").read_text(encoding="utf-8")
    commands = [
        line for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.strip().splitlines()
    ]
    assert len(commands) >= 8
    for command in commands:
        assert command.startswith("curl -s"), command
        wanted = command.replace("http://localhost:8000", here.url).replace("curl -s", "curl -sS --fail", 1)
        output = here.run(["sh", "-c", f"TOKEN={token}; {wanted}"], cwd=ROOT)
        assert output and "curl: (" not in output, (command, output)


def test_ajv_accepts_every_hsds_answer(client):
    need("ajv", "ajv-formats")
    recognition = listed()
    body = client.get("/hsds/services", {"full": "true"}).json()["contents"][0]
    ids = {
        "services": str(recognition.listing.public_id),
        "organizations": body["organization"]["id"],
        "service_at_locations": body["service_at_locations"][0]["id"],
        "taxonomies": body["attributes"][0]["taxonomy_term"]["taxonomy_detail"]["id"],
        "taxonomy_terms": body["attributes"][0]["taxonomy_term_id"],
    }
    description = client.get("/hsds/openapi.json").json()
    answers = []
    for path in description["paths"]:
        kind = path.split("/")[2]
        address = path.replace("{id}", ids.get(kind, ""))
        for query in ({}, {"full": "true"}, {"minimal": "true"}) if path == "/hsds/services" else ({},):
            answer = client.get(address, query)
            assert answer.status_code == 200, address
            answers.append({"path": path, "body": answer.json()})
    broken = [{"path": "/hsds/services/{id}", "body": {"id": "geen uuid"}}]
    for given, fine in ((answers, True), (broken, False)):
        output = Here().run(
            ["node", str(FOLDER / "check_hsds.mjs")],
            cwd=ROOT,
            stdin=json.dumps({"description": description, "answers": given}).encode(),
        )
        assert (json.loads(output) == []) is fine, output


def hsds_schemas() -> dict[str, object]:
    """JSON Schemas of the specification's objects, compiled from its facts."""
    formats = {"uuid": "uuid", "email": "email", "uri": "uri"}
    schemas: dict[str, object] = {}
    for name, facts in yaml.safe_load((FOLDER / "hsds_facts.yaml").read_text(encoding="utf-8")).items():
        fields: dict[str, object] = {}
        for kind in ("text", "uuid", "email", "uri", "number"):
            for field in facts.get(kind, "").split():
                fields[field] = {"type": "number" if kind == "number" else "string"}
                if kind in formats:
                    fields[field]["format"] = formats[kind]
        for field, values in facts.get("enum", {}).items():
            fields[field] = {"type": "string", "enum": values}
        for field, other in facts.get("one", {}).items():
            fields[field] = {"$ref": f"#/components/schemas/{other}"}
        for field, other in facts.get("many", {}).items():
            fields[field] = {"type": "array", "items": {"$ref": f"#/components/schemas/{other}"}}
        schemas[name] = {"type": "object", "required": facts["required"].split(), "properties": fields}
    return schemas


def test_ajv_finds_every_answer_as_the_specification_asks(client, settings):
    """Not our description of ourselves: the specification's own names, types and required fields."""
    need("ajv", "ajv-formats")
    settings.CONTACT_EMAIL = "netwerk@nestwerk.test"  # `localhost` is no domain of an address
    listed()
    kinds = {
        "services": "service",
        "organizations": "organization",
        "service_at_locations": "service_at_location",
        "taxonomies": "taxonomy",
        "taxonomy_terms": "taxonomy_term",
    }
    paths, answers = {}, []
    for path, kind in kinds.items():
        one = {"$ref": f"#/components/schemas/{kind}"}
        many = {
            "type": "object",
            "required": ["contents"],
            "properties": {"contents": {"type": "array", "items": one}},
        }
        for address, schema in ((f"/hsds/{path}", many), (f"/hsds/{path}/{{id}}", one)):
            paths[address] = {
                "get": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}
            }
        body = client.get(f"/hsds/{path}", {"full": "true"} if "tax" not in path else {}).json()
        assert body["contents"], path
        answers.append({"path": f"/hsds/{path}", "body": body})
        single = client.get(f"/hsds/{path}/{body['contents'][0]['id']}").json()
        answers.append({"path": f"/hsds/{path}/{{id}}", "body": single})
    description = {"paths": paths, "components": {"schemas": hsds_schemas()}}
    odd = [{"path": "/hsds/services/{id}", "body": {**answers[1]["body"], "status": "somewhat active"}}]
    for given, wrong in ((answers, 0), (odd, 1)):
        output = Here().run(
            ["node", str(FOLDER / "check_hsds.mjs")],
            cwd=ROOT,
            stdin=json.dumps({"description": description, "answers": given}).encode(),
        )
        assert len(json.loads(output)) == wrong, output


def test_standardwebhooks_verifies_our_signatures(settings):
    need("standardwebhooks")
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    staff = user_with(Role.NETWORK_STAFF)
    endpoint, old = webhooks.add_endpoint(name="Kaart", url="http://127.0.0.1:9/", by=staff)
    make_recognition()
    new = webhooks.rotate_secret(endpoint_id=endpoint.pk, by=staff)
    endpoint.refresh_from_db()
    delivery = WebhookDelivery.objects.select_related("event").get()
    body = json.dumps(message_of(delivery))
    headers = _headers(endpoint, delivery.message_id, body)
    cases = [
        {"secret": old, "headers": headers, "body": body},
        {"secret": new, "headers": headers, "body": body},
        {"secret": new, "headers": headers, "body": body + " "},
    ]
    output = Here().run(
        ["node", str(FOLDER / "check_webhooks.mjs")], cwd=ROOT, stdin=json.dumps(cases).encode()
    )
    assert json.loads(output) == [True, True, "No matching signature found"]


@contextmanager
def connection_stays():
    """The real WSGI application closes old connections around a request; this test's rows live in one of them.

    Django's own test client does the same around each of its requests, and connects the signals again.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.mark.parametrize("description", ["/hsds/openapi.json", "/api/v1/openapi.json"])
def test_schemathesis_finds_nothing_that_the_description_does_not_promise(description, settings, monkeypatch):
    monkeypatch.setattr("accreditation.views.api.PER_MINUTE", 10**6)
    monkeypatch.setattr("accreditation.views.hsds.PER_MINUTE", 10**6)
    settings.ALLOWED_HOSTS = ["*"]
    listed()
    schema = schemathesis.openapi.from_dict(Client().get(description).json())
    schema.app = application
    checks = [status_code_conformance, content_type_conformance, response_schema_conformance]
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        for case in _cases(operation):
            with connection_stays():
                answer = case.call(base_url="http://testserver")
            case.validate_response(answer, checks=checks)
            tried += 1
    assert tried > 15


def _cases(operation):
    """Ten made-up requests for one operation."""
    from hypothesis import HealthCheck, Phase, given, settings

    found = []

    @settings(
        max_examples=10,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(operation.as_strategy())
    def collect(case):
        found.append(case)

    collect()
    return found
