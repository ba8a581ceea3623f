"""Everything that runs by the clock, once and by two clocks at once: what comes of it must be the same."""

import threading
from collections.abc import Callable
from datetime import timedelta

import time_machine
from django.apps import apps
from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

#: Far enough for offers, deadlines, policies and recognitions of the demo to end.
AHEAD = timedelta(days=45)
#: Rows that say that somebody tried, not what came of it.
TRIES = {"accreditation_webhookreceipt"}


def run_by_the_clock() -> None:
    """Every task of the schedule, in its order."""
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        import_string(entry["task"])()


def differences_of_two_clocks() -> list[str]:
    """Run everything twice, one after the other (and undo it), then by two clocks at once; tables that differ."""
    with time_machine.travel(timezone.now() + AHEAD, tick=True):
        before = _rows()
        with transaction.atomic():
            run_by_the_clock()
            once = _rows()
            run_by_the_clock()
            twice = _rows()
            transaction.set_rollback(True)
        assert _rows() == before
        assert once != before, "nothing was due: this says nothing"
        _at_once([run_by_the_clock, run_by_the_clock])
        at_once = _rows()
    # A second round adds nothing; it may let go of what the first one sent. Two at once end on one side of that.
    return [
        f"{table}: {before[table]} rows, then {number}, then {twice[table]}; {at_once[table]} by two clocks at once"
        for table, number in once.items()
        if not twice[table] <= at_once[table] <= number
    ]


def _rows() -> dict[str, int]:
    """How many rows each table of ours has."""
    tables = {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in TRIES
    }
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in sorted(tables))
        )
        return dict(cursor.fetchall())


def _at_once(calls: list[Callable[[], None]]) -> None:
    """Side by side where the database can; SQLite in memory knows one after the other."""
    if connection.vendor == "sqlite":
        for call in calls:
            call()
        return
    failures: list[BaseException] = []

    def guarded(call: Callable[[], None]) -> None:
        try:
            call()
        except BaseException as error:  # noqa: BLE001 - told by the thread that asked
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guarded, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
