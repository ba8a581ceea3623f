"""Thousands of queued certificates through the outbox: memory, speed, and what more processes bring.

Fills an empty PostgreSQL database with certificates that wait for their paper, then lets one or more processes deliver
them exactly as a worker does: credential, page, seal, file. Memory (MiB) is that of the delivering process and of its
drawing process, at every tenth of the way; the first tenth is for warming up.

Examples: python -m tests.bench.papers_drain --papers 200
          python -m tests.bench.papers_drain --papers 10000 --engine xhtml2pdf
          python -m tests.bench.papers_drain --papers 400 --processes 2
"""

import argparse
import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from tests.bench.__main__ import fresh_database

ROOT = Path(__file__).resolve().parent.parent.parent
HOLDERS = 50
#: Growth of memory from the second tenth to the last, in parts, that counts as none.
LEVEL = 1.10
#: Processor time per paper with more processes beside that of one, in parts: linear when it stays the same.
LINEAR = 1.25


def fill(papers: int) -> None:
    """So many certificates, each waiting in the outbox for its paper."""
    from datetime import date

    from django.core.management import call_command

    from accreditation.domain.certificates import issue_certificate
    from ledger.api import hold_deliveries
    from tests.factories.people import UserFactory

    call_command("migrate", verbosity=0)
    people = UserFactory.create_batch(HOLDERS)
    with hold_deliveries():
        for number in range(papers):
            issue_certificate(
                person_id=people[number % HOLDERS].pk,
                kind="course",
                entitlement_key=f"bench:{number}",
                title="Kleine signalen, grote steun",
                facts={"completed_on": date(2026, 11, 20), "hours": "2.5"},
            )


def deliver(papers: int) -> dict[str, Any]:
    """Deliver until nothing waits; memory at every tenth of `papers`, processor seconds and papers of this process."""
    from accreditation.domain.pdf_worker import worker
    from ledger.api import drain

    step, done, memory = max(1, papers // 10), 0, []
    # The drawing process begins anew after every hundred papers, so what counts is the most that it held meanwhile.
    most, is_over = [0.0], threading.Event()

    def watch() -> None:
        while not is_over.wait(0.2):
            process = worker._process
            with contextlib.suppress(OSError):
                most[0] = max(most[0], _memory(process.pid) if process else 0.0)

    watcher = threading.Thread(target=watch)
    watcher.start()
    started, before = time.perf_counter(), _cpu()
    while delivered := drain(limit=step):
        done += delivered
        memory.append([done, round(_memory(os.getpid())), round(most[0])])
        most[0] = 0.0
        sys.stderr.write(f"{done} papers, {time.perf_counter() - started:.0f} s, {memory[-1][1:]} MiB\n")
    seconds = time.perf_counter() - started
    is_over.set()
    watcher.join()
    worker.stop()
    return {"papers": done, "seconds": seconds, "cpu": _cpu() - before, "memory": memory}


def _cpu() -> float:
    """Processor seconds of this process and of its ended children."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def _start(what: str, papers: int, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bench.papers_drain", "--papers", str(papers), "--do", what],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def _delivered(papers: int, processes: int, environment: dict[str, str]) -> list[dict[str, Any]]:
    filling = _start("fill", papers, environment)
    filling.communicate()
    if filling.returncode:
        raise SystemExit("the database could not be filled")
    running = [_start("deliver", papers, environment) for _ in range(processes)]
    return [json.loads(each.communicate()[0].strip().splitlines()[-1]) for each in running]


def table(papers: int, processes: int, engine: str) -> str:
    """Drain with one process, then (when asked) with more; lines of text."""
    base = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    lines, alone = [], 0.0
    for count in sorted({1, processes}):
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
                "DATABASE_URL": fresh_database(base, "nestwerk_bench_papers"),
                "REDIS_URL": "",
                "STORAGE_URL": f"file://{folder}",
                "PDF_ENGINE": engine,
            }
            found = _delivered(papers, count, environment)
        total = sum(each["papers"] for each in found)
        cpu = sum(each["cpu"] for each in found) / total
        seconds = max(each["seconds"] for each in found)
        alone = alone or cpu
        verdict = "" if cpu <= alone * LINEAR else "  NOT REACHED"
        lines.append(
            f"{engine}, {count} process(es): {total} of {papers} papers in {seconds:.0f} s ({total / seconds:.1f}/s), "
            f"{cpu * 1000:.0f} ms of processor per paper, {cpu / alone:.2f} times that of one process{verdict}"
        )
        for each in found:
            marks = each["memory"]
            second, last = marks[min(1, len(marks) - 1)], marks[-1]
            grown = (last[1] + last[2]) / (second[1] + second[2])
            lines.append(
                f"  memory MiB (delivering + drawing): {second[1]} + {second[2]} after {second[0]}, "
                f"{last[1]} + {last[2]} after {last[0]}" + ("" if grown <= LEVEL else "  NOT REACHED")
            )
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n\n", maxsplit=1)[0],
        epilog="Example: python -m tests.bench.papers_drain --papers 200",
    )
    parser.add_argument("--papers", type=int, default=200)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--engine", choices=("weasyprint", "xhtml2pdf"), default="weasyprint")
    parser.add_argument("--do", choices=("all", "fill", "deliver"), default="all", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.do == "all":
        sys.stdout.write(table(options.papers, options.processes, options.engine) + "\n")
    else:
        import django

        django.setup()
        if options.do == "fill":
            fill(options.papers)
        else:
            sys.stdout.write(json.dumps(deliver(options.papers)) + "\n")
