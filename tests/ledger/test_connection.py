"""A connection that requests share: it is dropped when the database ended it, and not asked about at every request."""

import psycopg
import pytest
from django.db import connection

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="connections of PostgreSQL")


@pytest.mark.django_db
def test_a_living_connection_is_not_asked_again_within_its_rest(monkeypatch):
    connection.ensure_connection()
    assert connection.is_usable()
    monkeypatch.setattr(
        "django.db.backends.postgresql.base.DatabaseWrapper.is_usable", lambda self: pytest.fail("asked")
    )
    assert connection.is_usable()


@pytest.mark.django_db
def test_after_a_rest_the_database_is_asked(monkeypatch):
    connection.ensure_connection()
    connection.is_usable()
    monkeypatch.setattr("config.postgresql.base.RESTED", -1.0)
    monkeypatch.setattr("django.db.backends.postgresql.base.DatabaseWrapper.is_usable", lambda self: False)
    assert not connection.is_usable()


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_database_ended_is_replaced_before_the_next_request(client):
    assert client.get("/gezond/klaar").status_code in {200, 503}
    connection.ensure_connection()
    assert connection.is_usable()
    before = connection.connection.info.backend_pid
    parameters = connection.get_connection_params()
    with psycopg.connect(
        host=parameters.get("host"),
        port=parameters.get("port"),
        user=parameters.get("user"),
        password=parameters.get("password"),
        dbname=parameters["dbname"],
        autocommit=True,
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
    assert not connection.is_usable()
    # As at the beginning of a request.
    connection.health_check_enabled, connection.health_check_done = True, False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connection.connection.info.backend_pid != before
