"""Benchmarks as ratios: our screens beside a bare Wagtail page of the same size, a signed-in view and a bare insert.

All in one run, on PostgreSQL, three workers, eight connections, interleaved rounds; medians. CPU is that of the
workers and of their database processes. Absolute figures move with the host; the ratios are what counts.

Examples: make bench        make bench ARGS="--requests 100 --rounds 2"
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg

from tests.bench.packages import STATEMENT_PATH, import_row
from tests.bench.server import Server

ROOT = Path(__file__).resolve().parent.parent.parent
CONNECTIONS = 8
CSRF = "b" * 32


@dataclass
class Operation:
    """One thing that is asked again and again, and what it was found to cost."""

    name: str
    side: str
    path: str
    signed_in: bool = False
    form: dict[str, str] | None = None
    #: JSON bodies instead of a form: the one that belongs to each cookie, or one for all.
    bodies: list[str] = field(default_factory=list)
    beside: str = ""
    target: float = 0.0
    size: int = 0
    queries: str = ""
    #: Whose sessions: a name among what the preparation printed.
    people: str = "cookies"
    cpu: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    p95: list[float] = field(default_factory=list)


def fresh_database(url: str, name: str) -> str:
    """An empty database of its own; returns its URL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/" + name, "", ""))


def prepare(what: list[str], *, settings: str, database_url: str) -> dict[str, Any]:
    """Fill a database in a process of its own."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings, "DATABASE_URL": database_url}
    result = subprocess.run(
        [sys.executable, "-m", "tests.bench.prepare", *what],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    facts: dict[str, Any] = json.loads(result.stdout.strip().splitlines()[-1])
    return facts


def ask(port: int, operation: Operation, cookie: str, number: int = 0) -> tuple[int, int, str]:
    """One request, as the person with this number; status, bytes and the number of queries."""
    headers = {"Host": f"localhost:{port}"}
    if operation.signed_in:
        headers["Cookie"] = f"sessionid={cookie}; csrftoken={CSRF}"
    body = None
    if operation.form is not None:
        body = urlencode(operation.form)
        headers |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": CSRF,
            "Accept": "application/json",
        }
    if operation.bodies:
        body = operation.bodies[number % len(operation.bodies)]
        headers |= {"Content-Type": "application/json", "X-CSRFToken": CSRF, "Accept": "application/json"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET" if body is None else "POST", operation.path, body=body, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, len(content), answer.getheader("X-Queries") or ""


def run(server: Server, operation: Operation, cookies: list[str], requests: int) -> None:
    """One round: eight connections share the requests; CPU is read before and after."""
    times: list[float] = []
    failures: list[int] = []
    share = requests // CONNECTIONS

    def client(number: int) -> None:
        for turn in range(share):
            started = time.perf_counter()
            who = (number + turn * CONNECTIONS) % len(cookies)
            status, _, _ = ask(server.port, operation, cookies[who], who)
            times.append(time.perf_counter() - started)
            if status != 200:
                failures.append(status)

    before, started = server.cpu(), time.perf_counter()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed, done = time.perf_counter() - started, share * CONNECTIONS
    if failures:
        raise SystemExit(f"{operation.name}: {len(failures)} answers were not 200 (such as {failures[0]})")
    operation.cpu.append((server.cpu() - before) / done * 1000)
    operation.rate.append(done / elapsed)
    operation.p95.append(sorted(times)[int(len(times) * 0.95)] * 1000)


def our_operations(facts: dict[str, Any]) -> list[Operation]:
    """What people do most."""
    return [
        Operation("catalogue, anonymous", "ours", "/cursussen/", beside="page", target=0.5),
        Operation("home, anonymous", "ours", "/", beside="page", target=0.5),
        Operation("list of care, anonymous", "ours", "/zorgaanbod/", beside="page", target=0.5),
        Operation("list of care, searched", "ours", "/zorgaanbod/?zoek=huilbaby", beside="page", target=0.5),
        Operation("desk", "ours", "/mijn/", True, beside="page", target=0.7),
        Operation("course", "ours", "/mijn/leren/kleine-signalen/", True, beside="page", target=0.7),
        Operation("lesson", "ours", facts["lesson"], True, beside="page", target=0.7),
        Operation("checklist", "ours", "/mijn/dossier/", True, beside="page"),
        Operation("portfolio", "ours", "/mijn/map/", True, beside="page", people="collectors"),
        *(
            Operation(
                f"statement: {verb}",
                "ours",
                STATEMENT_PATH,
                True,
                bodies=facts["claims"][verb],
                beside="bare insert",
                target=1.5,
            )
            for verb in ("answered", "completed")
        ),
        Operation(
            "knowledge-check write",
            "ours",
            facts["answer"],
            True,
            form=facts["form"],
            beside="bare insert",
            target=1.5,
        ),
    ]


def table(operations: list[Operation]) -> str:
    """The one table, in Markdown."""
    cost = {operation.name: statistics.median(operation.cpu) for operation in operations}
    lines = [
        "| operation | bytes | requests/s | p95 ms | CPU ms | queries | beside | ratio | target | |",
        "|---|---:|---:|---:|---:|---:|---|---:|---:|---|",
    ]
    for one in operations:
        other = f"bare page of {one.size} bytes" if one.beside == "page" else one.beside
        ratio = cost[one.name] / cost[other] if other else 0.0
        verdict = "" if not one.target else ("reached" if ratio <= one.target else "NOT REACHED")
        lines.append(
            f"| {one.name} | {one.size} | {statistics.median(one.rate):.0f} | {statistics.median(one.p95):.0f} "
            f"| {cost[one.name]:.1f} | {one.queries} | {other} | {f'{ratio:.2f}' if other else ''} "
            f"| {one.target or ''} | {verdict} |"
        )
    return "\n".join(lines)


def peer_operations(facts: dict[str, Any]) -> list[Operation]:
    """The same statements in wagtail-lms."""
    return [
        Operation(f"wagtail-lms: {verb}", "peer", facts["path"], True, bodies=[facts["bodies"][verb]])
        for verb in ("answered", "completed")
    ]


def peer_lines(operations: list[Operation]) -> str:
    """How many times less a statement costs here."""
    cost = {operation.name: statistics.median(operation.cpu) for operation in operations}
    lines = []
    for verb, target in (("answered", 0.0), ("completed", 5.0)):
        times = cost[f"wagtail-lms: {verb}"] / cost[f"statement: {verb}"]
        verdict = (
            "" if not target else f" (target {target:.0f}): {'reached' if times >= target else 'NOT REACHED'}"
        )
        lines.append(
            f"Statement `{verb}` costs {times:.1f} times less CPU than in wagtail-lms 0.11.1{verdict}"
        )
    return "\n".join(lines)


def main() -> int:
    """Prepare, measure, print; 1 when a target is not reached."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n\n")[0], epilog="Example: make bench"
    )
    parser.add_argument("--requests", type=int, default=240, help="requests per operation and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--professionals", type=int, default=100_000, help="for the criteria; 0 skips them")
    parser.add_argument("--papers", type=int, default=40, help="certificates per engine; 0 skips them")
    options = parser.parse_args()
    base = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    say = lambda text: print(text, file=sys.stderr, flush=True)  # noqa: E731
    say("filling the databases ...")
    ours_url = fresh_database(base, "nestwerk_bench")
    facts = prepare(["ours"], settings="tests.bench.settings", database_url=ours_url)
    operations = our_operations(facts)
    with Server(
        settings="tests.bench.settings", database_url=ours_url, module="config.wsgi:application"
    ) as ours:
        for one in operations:
            status, one.size, one.queries = ask(ours.port, one, facts[one.people][0])
            if status != 200:
                raise SystemExit(f"{one.name}: {status}")
        sizes = sorted({one.size for one in operations if one.beside == "page"})
        bare_url = fresh_database(base, "nestwerk_bench_bare")
        bare_facts = prepare(
            ["bare", *map(str, sizes)], settings="tests.bench.bare.settings", database_url=bare_url
        )
        peer_url = fresh_database(base, "nestwerk_bench_peer")
        peer_facts = prepare(["peer"], settings="tests.bench.peer.settings", database_url=peer_url)
        bare_operations = [
            Operation("bare signed-in view", "bare", "/in/", True),
            Operation("bare insert", "bare", "/insert/", True, {"answer": "a"}),
            *(Operation(f"bare page of {size} bytes", "bare", f"/p{size}/", size=size) for size in sizes),
        ]
        with (
            Server(
                settings="tests.bench.bare.settings",
                database_url=bare_url,
                module="tests.bench.bare.wsgi:application",
            ) as bare,
            Server(
                settings="tests.bench.peer.settings",
                database_url=peer_url,
                module="tests.bench.peer.wsgi:application",
            ) as other,
        ):
            peers = peer_operations(peer_facts)
            everything = [*bare_operations, *peers, *operations]
            sides = {"ours": (ours, facts), "bare": (bare, bare_facts), "peer": (other, peer_facts)}
            for number in range(options.rounds + 1):
                say(f"round {number} of {options.rounds}" + (" (to warm up)" if number == 0 else ""))
                for one in everything:
                    server, side_facts = sides[one.side]
                    cookies = side_facts[one.people]
                    _, one.size, one.queries = ask(server.port, one, cookies[0])
                    run(server, one, cookies, options.requests if number else CONNECTIONS * 6)
                    if number == 0:
                        one.cpu, one.rate, one.p95 = [], [], []
    # Sizes move by a few bytes (dates, names): the pair stays the one that was made for it.
    for one in operations:
        if one.beside == "page":
            one.size = min(sizes, key=lambda size: abs(size - one.size))
    import_url = fresh_database(base, "nestwerk_bench_import")
    answers = []

    def show(text: str) -> None:
        """What was measured stands, also when a later part fails."""
        answers.append(text)
        print(text, end="\n\n", flush=True)

    show(table(everything) + "\n\n" + peer_lines(everything))
    show(import_row(import_url, dict(os.environ)))
    if options.professionals:
        from tests.bench import criteria

        say("the criteria over everybody ...")
        show(criteria.table(criteria.rows(options.professionals)))
    if options.papers:
        from tests.bench import papers

        say("certificates, drawn and sealed ...")
        show(papers.table(options.papers))
    say("two hundred people check in ...")
    ledger = subprocess.run(
        [sys.executable, "-m", "tests.bench.checkins"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": base},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    show(ledger.stdout.strip() or "check-in ledger: NOT REACHED")
    return 0 if "NOT REACHED" not in "".join(answers) else 1


if __name__ == "__main__":
    raise SystemExit(main())
