"""The product as it runs, gunicorn with two workers, behind lines that can break; and a crowd that notes answers."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from celery import Celery
from django.conf import settings
from django.db import connection
from django.test import Client

from lms.domain.check_in_tokens import make_token
from lms.models import Attendance, Session
from tests.bench.server import children_of, free_port
from tests.factories.lms_cohorts import CohortFactory, SessionFactory, enrolled, make_trainer
from tests.faults.proxy import Proxy

ROOT = Path(__file__).resolve().parent.parent.parent
#: As in production; the tests' own settings wait longer.
STATEMENT_TIMEOUT = "8000"


def database_line() -> Proxy:
    """A line to the server of the test database."""
    parts = connection.settings_dict
    return Proxy(parts["HOST"] or "127.0.0.1", int(parts["PORT"] or 5432))


def redis_line() -> Proxy:
    """A line to the Redis of the tests."""
    parts = urlsplit(settings.REDIS_URL)
    return Proxy(parts.hostname or "127.0.0.1", parts.port or 6379)


def environment(folder: Path, database: Proxy, redis: Proxy) -> dict[str, str]:
    """What web and worker are told: the settings of production, behind the lines, with files of this test alone."""
    parts = connection.settings_dict
    account = f"{parts['USER'] or 'postgres'}:{parts['PASSWORD']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"postgres://{account}@127.0.0.1:{database.port}/{parts['NAME']}",
        "REDIS_URL": f"redis://127.0.0.1:{redis.port}{urlsplit(settings.REDIS_URL).path}",
        "STATEMENT_TIMEOUT": STATEMENT_TIMEOUT,
        "NESTWERK_TESTING": "1",
        "NESTWERK_WORKER": "1",
        "CELERY_QUEUE": f"faults-{uuid.uuid4().hex[:8]}",
        "STORAGE_URL": f"file://{folder}",
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
        "SITE_URL": settings.SITE_URL,
    }


class Web:
    """Gunicorn with two workers, started as docs/operator.md says."""

    def __init__(self, told: dict[str, str], log: Path) -> None:
        self.port, self._log = free_port(), log.open("w")
        self.log = log
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--preload", "--workers=2"),
                *(f"--bind=127.0.0.1:{self.port}", "--graceful-timeout=2"),
            ],
            cwd=ROOT,
            env=told,
            stdout=self._log,
            stderr=self._log,
        )

    def __enter__(self) -> "Web":
        until(self._answers, seconds=90)
        return self

    def __exit__(self, *details: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._log.close()

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0 and self.get("/gezond/live") == 200

    def workers(self) -> list[int]:
        """The processes that answer."""
        return children_of(self._process.pid)

    def kill_worker(self, pid: int) -> None:
        """As the kernel does when memory is out."""
        os.kill(pid, signal.SIGKILL)

    def ask(self, method: str, path: str, *, cookie: str = "", body: str = "") -> int:
        """The status of one answer; 0 where the line broke before there was one."""
        csrf = "b" * 32
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        headers = {
            "Host": "localhost",
            "Cookie": f"csrftoken={csrf}" + (f"; sessionid={cookie}" if cookie else ""),
            "X-CSRFToken": csrf,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            asked.request(method, path, body=body or None, headers=headers)
            answer = asked.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            asked.close()
        return answer.status

    def get(self, path: str, cookie: str = "") -> int:
        """Look at a page."""
        return self.ask("GET", path, cookie=cookie)


@dataclass
class Crowd:
    """People who check in; `acknowledged` is the ledger of whom the server said that it is noted."""

    session: Session
    cookies: dict[int, str]
    acknowledged: set[int] = field(default_factory=set)
    statuses: list[int] = field(default_factory=list)
    slowest: float = 0.0

    def check_in(self, web: Web, person: int) -> int:
        """One tap; 302 leads to "you are noted"."""
        began = time.monotonic()
        status = web.ask("POST", f"/aanwezig/{make_token(self.session.pk)}/", cookie=self.cookies[person])
        self.slowest = max(self.slowest, time.monotonic() - began)
        self.statuses.append(status)
        if status == 302:
            self.acknowledged.add(person)
        return status

    def all_check_in(self, web: Web, *, people: list[int], hands: int = 4) -> list[threading.Thread]:
        """Everybody once, a few at the same time; returns the threads to wait for."""

        def some(part: list[int]) -> None:
            for person in part:
                self.check_in(web, person)

        threads = [threading.Thread(target=some, args=(people[start::hands],)) for start in range(hands)]
        for thread in threads:
            thread.start()
        return threads

    def rows(self) -> list[int]:
        """Whom the database knows to be present, each as often as it says so."""
        return sorted(Attendance.objects.filter(session=self.session).values_list("person_id", flat=True))


def crowd_of(people: int) -> Crowd:
    """A session that goes on now, and people in it who are signed in."""
    session = SessionFactory(cohort=CohortFactory(capacity=people), trainers=[make_trainer()])
    cookies = {}
    for _number in range(people):
        person = enrolled(session.cohort).person
        client = Client()
        client.force_login(person)
        cookies[person.pk] = client.cookies["sessionid"].value
    return Crowd(session, cookies)


def until(holds: Callable[[], bool], *, seconds: float) -> None:
    """Wait for something that must come."""
    limit = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > limit:
            raise AssertionError(f"not within {seconds} s")
        time.sleep(0.05)


class Worker:
    """A Celery worker of its own, started as docs/operator.md says; it can be killed with everything it started."""

    def __init__(self, told: dict[str, str], log: Path) -> None:
        self._told, self._log = told, log
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Worker":
        self.start()
        return self

    def __exit__(self, *details: object) -> None:
        self.kill()

    def start(self) -> None:
        """Come up; what waits in the queue is taken at once."""
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "1", "-l", "warning"),
                    *("-Q", self._told["CELERY_QUEUE"]),
                ],
                cwd=ROOT,
                env=self._told,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """kill -9, the children too."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def send(self, task: str) -> None:
        """Put a task in its queue, as beat and web processes do."""
        # Not the one app of this process: whose tasks would go to its queue from then on.
        with Celery(broker=self._told["REDIS_URL"], set_as_current=False) as app:
            app.send_task(task, queue=self._told["CELERY_QUEUE"])
