"""Ten thousand messages that wait for a partner: do they drain, in order per person, and does the site stay quick?

Fills an empty PostgreSQL database, lets one process deliver round after round without the rests between rounds of a
real installation, and asks for the desk of somebody who is signed in meanwhile: before, and during.

Example: python -m tests.bench.webhooks --messages 10000
"""

import argparse
import json
import os
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any

from tests.bench.server import Server

ROOT = Path(__file__).resolve().parent.parent.parent
VERSIONS = 20
ASKED_BEFORE = 300
#: How much slower nineteen of twenty answers may be beside the backlog, and milliseconds that they stay under anyway.
SLOWER, MILLISECONDS = 1.5, 500.0


def fill(messages: int, url: str) -> dict[str, Any]:
    """So many messages for the receiver at `url`, twenty versions of each recognition; a tenth end in a withdrawal."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from accreditation.domain import webhooks
    from accreditation.models import FeedEvent, WebhookDelivery
    from people.api import Role
    from tests.factories.people import ProfileFactory, user_with
    from tests.factories.proof import make_professional, make_recognition

    endpoint, _secret = webhooks.add_endpoint(name="Sociale kaart", url=url, by=user_with(Role.NETWORK_STAFF))
    now, events = timezone.now(), []
    recognitions = [make_recognition(make_professional(listed=False)) for _ in range(messages // VERSIONS)]
    for version in range(1, VERSIONS + 1):
        for place, recognition in enumerate(recognitions):
            lost = version == VERSIONS and place % 10 == 0
            payload = {
                "id": str(uuid.UUID(int=place + 1)),
                "status": "withdrawn" if lost else "valid",
            }
            events.append(
                FeedEvent(
                    sequence=len(events) + 1,
                    recognition=recognition,
                    version=version,
                    payload=payload,
                    at=now,
                )
            )
    made = FeedEvent.objects.bulk_create(events)
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(endpoint=endpoint, event=event, is_revocation=event.payload["status"] == "withdrawn")
        for event in made
    )
    learner, client = ProfileFactory().user, Client()
    client.force_login(learner)
    return {"cookie": client.cookies["sessionid"].value, "waiting": len(made)}


def drain() -> dict[str, float]:
    """Deliver until nothing waits; processor seconds of this process."""
    import django

    django.setup()
    from accreditation.domain.webhook_delivery import deliver_round

    began, before, done = time.perf_counter(), time.process_time(), 0
    while arrived := deliver_round():
        done += arrived
    return {
        "arrived": done,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - before,
    }


def p95(port: int, cookie: str, *, until: Any) -> list[float]:
    """Milliseconds of each answer of the desk, one after the other, until `until()` is true."""
    from tests.bench.__main__ import Operation, ask

    desk, times = Operation("desk", "ours", "/mijn/", True), []
    while not until(len(times)):
        began = time.perf_counter()
        status, _, _ = ask(port, desk, cookie)
        times.append((time.perf_counter() - began) * 1000)
        if status != 200:
            raise SystemExit(f"the desk answered {status}")
        time.sleep(0.02)
    return sorted(times)


def _out_of_order(got: list[tuple[str, int]]) -> int:
    """Messages that came after a later version of the same recognition."""
    last: dict[str, int] = {}
    wrong = 0
    for key, version in got:
        wrong += version <= last.get(key, 0)
        last[key] = max(version, last.get(key, 0))
    return wrong


def measure(messages: int) -> str:
    """One row of a table."""
    from tests.bench.__main__ import fresh_database
    from tests.factories.receivers import Receiver

    receiver = Receiver()
    base = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    database = fresh_database(base, "nestwerk_bench_webhooks")
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "NESTWERK_TESTING": "1",
        "WEBHOOK_PRIVATE_HOSTS": "127.0.0.1",
        "SITE_URL": "http://localhost:8000",
    }

    def start(what: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.bench.webhooks", "--do", what, "--messages", str(messages)]
        return subprocess.Popen(
            [*command, "--url", receiver.url], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )

    facts = json.loads(start("fill").communicate()[0].strip().splitlines()[-1])
    with Server(
        settings="config.settings", database_url=database, module="config.wsgi:application"
    ) as server:
        p95(server.port, facts["cookie"], until=lambda asked: asked >= 30)
        alone = p95(server.port, facts["cookie"], until=lambda asked: asked >= ASKED_BEFORE)
        draining = start("drain")
        answer: list[str] = []
        reader = threading.Thread(target=lambda: answer.append(draining.communicate()[0]))
        reader.start()
        beside = p95(server.port, facts["cookie"], until=lambda _asked: not reader.is_alive())
    found = json.loads(answer[0].strip().splitlines()[-1])
    before, during = (times[int(len(times) * 0.95)] for times in (alone, beside))
    wrong = _out_of_order(receiver.versions)
    fine = (
        found["arrived"] == facts["waiting"] == len(receiver.got)
        and not wrong
        and (during <= MILLISECONDS and during <= before * SLOWER)
    )
    return (
        "| messages | arrived | out of order | seconds | CPU ms each | desk p95 ms before | beside | |\n"
        "|---:|---:|---:|---:|---:|---:|---:|---|\n"
        f"| {facts['waiting']} | {len(receiver.got)} | {wrong} | {found['seconds']:.0f} "
        f"| {found['cpu'] / max(found['arrived'], 1) * 1000:.1f} | {before:.0f} | {during:.0f} "
        f"| {'reached' if fine else 'NOT REACHED'} |"
    )


def main() -> int:
    """Measure and print; 1 when the aim is not reached."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n\n", maxsplit=1)[0],
        epilog="Example: python -m tests.bench.webhooks --messages 10000",
    )
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--do", choices=("all", "fill", "drain"), default="all", help=argparse.SUPPRESS)
    parser.add_argument("--url", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.do == "fill":
        print(json.dumps(fill(options.messages, options.url)))
        return 0
    if options.do == "drain":
        print(json.dumps(drain()))
        return 0
    answer = measure(options.messages)
    print(answer)
    return 0 if "NOT REACHED" not in answer else 1


if __name__ == "__main__":
    raise SystemExit(main())
