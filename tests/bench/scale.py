"""Pages with a million records beside the same pages with a thousand, both of ten thousand people.

Takes ten minutes and PostgreSQL; `--kept` measures the two databases of the run before once more.
Example: python -m tests.bench.scale --records 1000000
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tests.bench.__main__ import Operation, ask, fresh_database, run
from tests.bench.packages import STATEMENT_PATH
from tests.bench.server import Server

ROOT = Path(__file__).resolve().parent.parent.parent
SMALL = 1_000
TARGET = 1.3


def prepare(people: int, records: int, *, kept: bool) -> dict[str, Any]:
    """Fill the database of this process unless it was kept; what the runner needs to ask for its pages."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    if not kept:
        call_command("migrate", verbosity=0)
        call_command("load_site", stderr=sys.stderr)
        call_command("load_content", stdout=sys.stderr)
        call_command("seed_scale", professionals=people, records=records, stdout=sys.stderr)
    from courses.api import get_outline
    from lms.models import Enrolment
    from people.api import Role, grant_role
    from people.models import User
    from tests.bench.packages import our_bodies

    enrolled = Enrolment.objects.filter(course__slug="kleine-signalen").select_related("person")[:40]
    persons = [enrolment.person for enrolment in enrolled]
    bodies = our_bodies(persons, "completed")
    lesson = get_outline(enrolled[0].version_id).lessons[4].slug
    admin = User.objects.filter(email="beheer@schaal.test").first()
    admin = admin or User.objects.create_superuser("beheer@schaal.test", "x")
    grant_role(user=admin, role=Role.ADMINISTRATOR, granted_by=None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "cookies": [_cookie(Client(), person) for person in persons],
        "admin": [_cookie(Client(), admin)],
        "lesson": f"/mijn/leren/kleine-signalen/{lesson}/",
        "bodies": bodies,
    }


def _cookie(client: Any, person: Any) -> str:
    client.force_login(person)
    return client.cookies["sessionid"].value


def operations(facts: dict[str, Any]) -> list[Operation]:
    """Pages of learners and of the back office, and the write that grows the table."""
    pages = {
        "desk": "/mijn/",
        "course": "/mijn/leren/kleine-signalen/",
        "lesson": facts["lesson"],
        "checklist": "/mijn/dossier/",
        "agenda": "/mijn/agenda/",
        "catalogue": "/cursussen/",
    }
    found = [Operation(name, "", path, True) for name, path in pages.items()]
    found.append(Operation("packages (back office)", "admin", "/beheer/pakketten/", True))
    found.append(Operation("where used (back office)", "admin", "/beheer/pakketten/1/gebruik/", True))
    found.append(Operation("statement that moves progress", "", STATEMENT_PATH, True, bodies=facts["bodies"]))
    return found


def main() -> int:
    """Fill two databases, measure in turns, print one table; 1 when a page is more than 1.3 times slower."""
    parser = argparse.ArgumentParser(epilog="Example: python -m tests.bench.scale")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=160)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kept", action="store_true", help="measure the databases of the run before")
    parser.add_argument("--prepare", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.prepare is not None:
        print(json.dumps(prepare(options.people, options.prepare, kept=options.kept)))
        return 0
    # The back office is measured, not its second factor.
    os.environ["SECOND_FACTOR_REQUIRED"] = "0"
    base = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    sides: dict[str, tuple[str, dict[str, Any]]] = {}
    for name, records in (("small", SMALL), ("large", options.records)):
        database = f"nestwerk_scale_{name}"
        url = urlunsplit(urlsplit(base)._replace(path=f"/{database}"))
        if not options.kept:
            url = fresh_database(base, database)
        environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        command = [
            sys.executable,
            "-m",
            "tests.bench.scale",
            f"--people={options.people}",
            f"--prepare={records}",
            *(["--kept"] if options.kept else []),
        ]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
        sides[name] = (url, json.loads(done.stdout.strip().splitlines()[-1]))
    servers = {
        name: Server(settings="tests.bench.settings", database_url=url, module="config.wsgi:application")
        for name, (url, _facts) in sides.items()
    }
    measured = {name: operations(facts) for name, (_url, facts) in sides.items()}
    with servers["small"], servers["large"]:
        for number in range(options.rounds + 1):
            for small, large in zip(measured["small"], measured["large"], strict=True):
                for name, one in (("small", small), ("large", large)):
                    facts = sides[name][1]
                    cookies = facts["admin"] if one.side == "admin" else facts["cookies"]
                    _, one.size, one.queries = ask(servers[name].port, one, cookies[0])
                    run(servers[name], one, cookies, options.requests if number else 24)
                    if number == 0:
                        one.cpu, one.rate, one.p95 = [], [], []
    lines = [f"| page | CPU ms with {SMALL} | with {options.records} | ratio | |", "|---|---:|---:|---:|---|"]
    slow = 0
    for small, large in zip(measured["small"], measured["large"], strict=True):
        before, after = statistics.median(small.cpu), statistics.median(large.cpu)
        slow += after / before > TARGET
        verdict = "reached" if after / before <= TARGET else "NOT REACHED"
        lines.append(f"| {small.name} | {before:.1f} | {after:.1f} | {after / before:.2f} | {verdict} |")
    print("\n".join(lines))
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
