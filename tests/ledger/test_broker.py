"""A task that the broker does not take is told, and raises nothing."""

import socket
import time

import pytest
from celery import Celery

from ledger.domain.broker import hand_over

noted: list[int] = []


def note(number):
    noted.append(number)


@pytest.fixture
def app():
    """An app of this test alone, with a broker at a port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Celery(broker=f"redis://127.0.0.1:{port}/0", set_as_current=False)
    made.conf.task_publish_retry = False
    made.conf.broker_connection_timeout = 2
    yield made
    made.close()


def test_broker_that_is_away_is_told_soon(app, caplog):
    task = app.task(note, name="proef")
    began = time.monotonic()
    assert hand_over(task, 1) is False
    assert time.monotonic() - began < 10
    assert caplog.messages == ["broker not reachable; proef is not handed over"]


def test_task_that_is_taken_is_told_too(app):
    app.conf.task_always_eager = True
    assert hand_over(app.task(note, name="proef"), 7) is True
    assert noted == [7]
