"""A hundred thousand listings replicated by ldes-client from our stream: how long, and whether all arrived.

Pages are made anew for this run (nothing is cached beforehand); the client and the server share this machine.

Example: .venv/bin/python -m tests.bench.listings --listings 100000
"""

import argparse
import json
import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

from tests.bench.server import Server

ROOT = Path(__file__).resolve().parent.parent.parent
#: Seconds for a hundred thousand.
AIM = 300


def fill(count: int) -> None:
    """One recognition, and a stream of `count` listings, each with its first version."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from accreditation.models import FeedEvent, RunningNumber
    from tests.factories.proof import make_professional, make_recognition

    recognition = make_recognition(make_professional(listed=False))
    payload = {"status": "valid", "level": "basic", "valid_from": "2026-01-01", "valid_until": "2030-12-31"}
    now = timezone.now()
    for first in range(1, count + 1, 5000):
        FeedEvent.objects.bulk_create(
            FeedEvent(
                sequence=number,
                recognition=recognition,
                version=number,
                payload={"id": str(uuid.UUID(int=number)), **payload},
                at=now,
            )
            for number in range(first, min(first + 5000, count + 1))
        )
    RunningNumber.objects.update_or_create(series="feed", defaults={"value": count})


def replicate(url: str) -> tuple[int, float]:
    """Members that ldes-client printed, and seconds."""
    began, found = time.perf_counter(), 0
    command = ["node", "node_modules/ldes-client/dist/bin/cli.js", f"{url}/ldes/erkenningen"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        for line in client.stdout:
            found += "22-rdf-syntax-ns#type>" in line
    return found, time.perf_counter() - began


def measure(count: int) -> str:
    """One row of a table."""
    from tests.bench.__main__ import fresh_database

    base = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    url = fresh_database(base, "nestwerk_bench_listings")
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment["NESTWERK_TESTING"] = "1"
    command = [sys.executable, "-m", "tests.bench.listings", "--fill", "--listings", str(count)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    with Server(settings="config.settings", database_url=url, module="config.wsgi:application") as server:
        found, seconds = replicate(f"http://localhost:{server.port}")
    aim = AIM * count / 100_000
    verdict = "reached" if found == count and seconds <= aim else "NOT REACHED"
    return (
        "| listings | arrived | seconds | aim | |\n|---:|---:|---:|---:|---|\n"
        f"| {count} | {found} | {seconds:.0f} | {aim:.0f} | {verdict} |"
    )


def main() -> int:
    """Measure and print; 1 when the aim is not reached."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n\n")[0],
        epilog="Example: python -m tests.bench.listings --listings 100000",
    )
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--fill", action="store_true", help="only fill the database of DATABASE_URL")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.fill:
        fill(options.listings)
        return 0
    answer = measure(options.listings)
    print(json.dumps({"table": answer}) if options.json else answer)
    return 0 if "NOT REACHED" not in answer else 1


if __name__ == "__main__":
    raise SystemExit(main())
