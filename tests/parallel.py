"""Many threads at once, each with a connection of its own."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections


@pytest.fixture
def many_connections(tmp_path):
    """On SQLite, threads need a file: the test database in memory is copied to one for the time of the test."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    in_memory, facts = connection.connection, dict(connection.settings_dict)
    target = tmp_path / "parallel.sqlite3"
    with sqlite3.connect(target) as copy:
        in_memory.backup(copy)
    copy.close()
    connection.connection = None
    connection.settings_dict["NAME"] = str(target)
    try:
        yield
    finally:
        if connection.connection is not None:
            connection.connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(facts)
        connection.connection = in_memory


def together(calls):
    """Run the calls at the same moment, each on its own connection; their results in order."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
