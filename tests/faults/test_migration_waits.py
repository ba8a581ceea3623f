"""A migration beside a busy site: it gives way, changes nothing half, and is done later (fault model, row 20)."""

import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db(transaction=True)
STEP = ("accreditation", "0013_listing_words")
INDEX = "SELECT count(*) FROM pg_indexes WHERE indexname = 'listing_words_dutch'"


def migrate(*arguments):
    call_command("migrate", *arguments, verbosity=0, stdout=StringIO())


def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.fixture
def undone():
    """The step is still to do, as after a release was rolled out."""
    limits = ask("SHOW statement_timeout"), ask("SHOW lock_timeout")
    migrate("accreditation", "0012")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX listing_words_dutch")
    yield limits
    connection.close()
    if STEP not in MigrationRecorder(connection).applied_migrations():
        migrate("accreditation")


def test_a_step_gives_way_after_three_seconds_and_leaves_nothing_half(undone):
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE accreditation_listingwords IN ROW EXCLUSIVE MODE")
        began = time.monotonic()
        with pytest.raises(CommandError, match="in use for longer than 3s") as caught:
            migrate("accreditation")
        assert 2.5 < time.monotonic() - began < 20
        assert caught.value.returncode == 1
        assert STEP not in MigrationRecorder(connection).applied_migrations()
        assert ask(INDEX) == 0
        # The site's own limits stand again on this connection.
        assert (ask("SHOW statement_timeout"), ask("SHOW lock_timeout")) == undone
    finally:
        other.rollback()
        other.close()
    migrate("accreditation")
    assert ask(INDEX) == 1
    migrate("accreditation")
    assert ask(INDEX) == 1


def test_a_step_may_work_longer_than_a_request(undone):
    """An index on a large table: while it is made, no clock of requests ends it."""
    seen = []

    def look(execute, sql, params, many, context):
        if "listing_words_dutch" in str(sql):
            with context["connection"].cursor() as cursor:
                cursor.execute("SHOW statement_timeout")
                seen.append((cursor.fetchone()[0], context["connection"].connection.patience))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        migrate("accreditation")
    assert seen == [("0", None)]
