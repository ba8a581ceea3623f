"""Two hundred people check in within half a minute on two web processes: what was acknowledged stands in the database.

Each person sends the scan three times, as a nervous thumb does. The ledger of what the server acknowledged is compared
with the rows: none lost, none doubled, and the audit chain holds.

Example: python -m tests.bench.checkins
"""

import http.client
import json
import os
import random
import sys
import threading
import time
from dataclasses import dataclass

PEOPLE = 200
SECONDS = 30.0
TIMES = 3
PROCESSES = 2


@dataclass(frozen=True)
class Outcome:
    """What came of it: seconds until the last answer, the slowest answer in seconds, people acknowledged, rows."""

    seconds: float
    slowest: float
    acknowledged: int
    rows: int
    doubled: int
    lost: int
    refused: int
    chain_holds: bool

    @property
    def holds(self) -> bool:
        """Everybody, once, in time."""
        return (
            self.acknowledged == self.rows == PEOPLE
            and not self.doubled
            and not self.lost
            and not self.refused
            and self.chain_holds
            and self.seconds <= SECONDS + 5
        )


def prepare() -> dict[str, object]:
    """A session that goes on now with two hundred people, each signed in."""
    from django.test import Client

    from lms.domain.check_in_tokens import make_token
    from tests.factories.lms_cohorts import CohortFactory, SessionFactory, enrolled, make_trainer

    session = SessionFactory(cohort=CohortFactory(capacity=PEOPLE), trainers=[make_trainer()])
    cookies = {}
    for _number in range(PEOPLE):
        person = enrolled(session.cohort).person
        client = Client()
        client.force_login(person)
        cookies[person.pk] = client.cookies["sessionid"].value
    return {"session": session.pk, "cookies": cookies, "token": make_token(session.pk)}


def fresh_token(session_id: int) -> str:
    """A code of this very moment: those on the screen live half a minute."""
    from lms.domain.check_in_tokens import make_token

    return make_token(session_id)


def scan(port: int, path: str, cookie: str) -> int:
    """One tap on "Ik ben er"."""
    csrf = "b" * 32
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Host": f"localhost:{port}",
        "Cookie": f"sessionid={cookie}; csrftoken={csrf}",
        "X-CSRFToken": csrf,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", path, body="", headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def crowd(port: int, facts: dict[str, object]) -> tuple[set[int], list[float], list[int], float]:
    """Everybody at a moment of their own: who was acknowledged, times, other answers, seconds in all."""
    acknowledged: set[int] = set()
    times: list[float] = []
    other: list[int] = []
    began = time.perf_counter()

    def one(person: int, cookie: str, wait: float) -> None:
        time.sleep(wait)
        for _turn in range(TIMES):
            path = f"/aanwezig/{fresh_token(int(str(facts['session'])))}/"
            started = time.perf_counter()
            status = scan(port, path, cookie)
            times.append(time.perf_counter() - started)
            if status == 302:
                acknowledged.add(person)
            else:
                other.append(status)

    dice = random.Random(7)
    cookies = facts["cookies"]
    if not isinstance(cookies, dict):
        raise TypeError("cookies by person")
    threads = [
        threading.Thread(target=one, args=(int(person), cookie, dice.uniform(0, SECONDS * 0.9)))
        for person, cookie in cookies.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return acknowledged, times, other, time.perf_counter() - began


def measure(database_url: str) -> Outcome:
    """Run it on a migrated database of its own."""
    from tests.bench.server import Server

    facts = prepare()
    from django.db import connection, connections

    connections.close_all()
    module = "config.wsgi:application"
    with Server(
        settings="tests.bench.settings", database_url=database_url, module=module, workers=PROCESSES
    ) as server:
        acknowledged, times, other, seconds = crowd(server.port, facts)
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM lms_attendance WHERE session_id = %s", [facts["session"]])
        rows = [row[0] for row in cursor.fetchall()]
    from ledger.api import verify_audit

    return Outcome(
        seconds=seconds,
        slowest=max(times),
        acknowledged=len(acknowledged),
        rows=len(rows),
        doubled=len(rows) - len(set(rows)),
        lost=len(acknowledged - set(rows)),
        refused=len(other),
        chain_holds=verify_audit().ok,
    )


def table(outcome: Outcome) -> str:
    """A row for the bench."""
    verdict = "reached" if outcome.holds else "NOT REACHED"
    return (
        "| check-in ledger | people | acknowledged | rows | lost | doubled | seconds | slowest ms | |\n"
        "|---|---:|---:|---:|---:|---:|---:|---:|---|\n"
        f"| two web processes, three taps each | {PEOPLE} | {outcome.acknowledged} | {outcome.rows} | {outcome.lost} "
        f"| {outcome.doubled} | {outcome.seconds:.0f} | {outcome.slowest * 1000:.0f} | {verdict} |"
    )


def main() -> int:
    """Make a database, migrate it, run; 1 when somebody was lost or doubled."""
    from tests.bench.__main__ import fresh_database

    base = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    url = fresh_database(base, "nestwerk_bench_checkins")
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    call_command("migrate", verbosity=0)
    outcome = measure(url)
    print(json.dumps(outcome.__dict__), file=sys.stderr)
    print(table(outcome))
    return 0 if outcome.holds else 1


if __name__ == "__main__":
    raise SystemExit(main())
