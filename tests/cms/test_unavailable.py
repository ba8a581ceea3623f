"""What visitors see when the database is away or too slow: a page of ours with 503, within the time that was set."""

import time

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from cms.views.errors import server_error
from tests.factories.people import UserFactory


@pytest.mark.parametrize("path", ["/mijn/", "/api/v1/recognitions"])
def test_failing_database_gives_503_and_no_query(path):
    try:
        raise OperationalError("server closed the connection unexpectedly")
    except OperationalError:
        answer = server_error(RequestFactory().get(path))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    if path.startswith("/api/"):
        assert answer["Content-Type"] == "application/json"
    else:
        assert "Even geduld, we zijn zo terug." in answer.content.decode()


def test_another_failure_stays_500():
    try:
        raise ValueError
    except ValueError:
        assert server_error(RequestFactory().get("/mijn/")).status_code == 500


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no time-out of its own")
def test_database_that_hangs_answers_503_in_time_and_recovers():
    user = UserFactory()
    client = Client(raise_request_exception=False)
    client.force_login(user)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 300")
    try:
        with psycopg.connect(**_place()) as other:
            other.execute("LOCK TABLE people_user IN ACCESS EXCLUSIVE MODE")
            started = time.monotonic()
            answer = client.get("/mijn/")
            assert time.monotonic() - started < 10
            assert answer.status_code == 503
            assert "Even geduld, we zijn zo terug." in answer.content.decode()
        assert client.get("/mijn/").status_code == 200
    finally:
        connection.close()


def _place() -> dict[str, object]:
    """Where the test database is, for a connection beside Django's own."""
    settings = connection.settings_dict
    return {
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "password": settings["PASSWORD"] or None,
        "host": settings["HOST"],
        "port": settings["PORT"] or 5432,
    }
