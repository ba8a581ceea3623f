"""The numbers of the criteria: one evaluation, one path, what-if over everybody, and its memory. On PostgreSQL.

Example: .venv/bin/python -m tests.bench.criteria --professionals 100000
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
MEGABYTE = 1024


def in_process(step: str, people: int, database_url: str) -> dict[str, Any]:
    """One step in a process of its own, so that its memory is its own."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "DATABASE_URL": database_url,
    }
    result = subprocess.run(
        [sys.executable, "-m", "tests.bench.criteria", "--step", step, "--professionals", str(people)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(result.stdout.strip().splitlines()[-1])
    return answer


def fill(people: int) -> dict[str, Any]:
    """Migrations, courses, and the crowd."""
    from django.core.management import call_command

    from tests.bench.crowd import make_crowd

    call_command("migrate", verbosity=0)
    call_command("load_site", stderr=sys.stderr)
    call_command("load_content", stdout=sys.stderr)
    make_crowd(people)
    return {}


def what_if() -> dict[str, Any]:
    """A stricter draft over everybody: seconds, people, and the most memory that the process held, in MB."""
    import copy
    import resource
    from datetime import timedelta

    from django.utils import timezone

    from accreditation.domain.criteria_drafts import DraftContent, save_draft, start_draft
    from accreditation.domain.what_if import run_what_if, start_what_if
    from people.models import User

    actor, _made = User.objects.get_or_create(email="bureau@bench.test", defaults={"password": "!"})
    draft = start_draft(level="basic", actor=actor)
    rules = copy.deepcopy(draft.rules)
    rules["criteria"][2]["rule"]["hours"] = "10"
    content = DraftContent(rules=rules, valid_from=timezone.localdate() + timedelta(days=60))
    save_draft(version_id=draft.pk, revision=draft.revision, actor=actor, content=content)
    from django.db import transaction

    with transaction.atomic():
        run = start_what_if(version_id=draft.pk, actor=actor)
        # The work is done below, in this process: nobody else is asked to.
        transaction.get_connection().run_on_commit = []
    started, worked = time.perf_counter(), time.process_time()
    done = run_what_if(run.pk)
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    if done is None:
        raise SystemExit("the run did not end")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE
    return {
        "seconds": seconds,
        "cpu": cpu,
        "people": done.summary["people"],
        "loses": done.summary["loses"],
        "peak_mb": peak,
    }


def evaluation() -> dict[str, Any]:
    """Milliseconds for one evaluation with a reason in Dutch, over a thousand people's evidence."""
    from django.utils import timezone, translation

    from accreditation.domain.criteria_rules import evaluate, parse_rules
    from accreditation.domain.criteria_sets import version_in_force
    from accreditation.domain.portfolio_bulk import pieces_of
    from people.api import professionals_after

    today = timezone.localdate()
    rules = parse_rules(version_in_force(level="basic", on=today).rules)
    pieces = pieces_of(person.person_id for person in professionals_after(0, limit=1000))
    with translation.override("nl-be"):
        started = time.perf_counter()
        for found in pieces.values():
            evaluate(rules, found, today)
        return {"ms": (time.perf_counter() - started) / len(pieces) * 1000}


def way() -> dict[str, Any]:
    """Milliseconds for the path of one person with 500 cohorts and 100 groups on offer, at the worst preference."""
    from datetime import timedelta
    from decimal import Decimal

    from django.utils import timezone

    from accreditation.domain.path import path_for
    from accreditation.enums import PathPreference
    from courses.api import list_courses
    from lms.models import Cohort, IntervisionGroup
    from people.api import professionals_after

    today = timezone.localdate()
    courses = [course.page_id for course in list_courses()]
    Cohort.objects.bulk_create(
        Cohort(
            course_id=courses[number % len(courses)],
            name=f"Reeks {number}",
            starts_on=today + timedelta(days=3 + number),
            ends_on=today + timedelta(days=5 + number),
            price=Decimal(number % 7 * 25),
        )
        for number in range(500)
    )
    some = IntervisionGroup.objects.order_by("pk").values_list("pk", flat=True)[:100]
    IntervisionGroup.objects.filter(pk__in=list(some)).update(open_since=today)
    people = professionals_after(0, limit=20)
    path_for(people[0].person_id, "specialised", today)
    worst = 0.0
    for preference in PathPreference:
        started = time.perf_counter()
        for person in people:
            path_for(person.person_id, "specialised", today, preference=preference)
        worst = max(worst, (time.perf_counter() - started) / len(people) * 1000)
    return {"ms": worst}


STEPS = {"what_if": what_if, "evaluation": evaluation, "way": way}


def rows(people: int) -> list[tuple[str, str, str, bool]]:
    """What was measured: what, figure, target, whether it was reached."""
    from tests.bench.__main__ import fresh_database

    base = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    found = []
    small = max(people // 10, 100)
    url = fresh_database(base, "nestwerk_bench_criteria")
    in_process("fill", small, url)
    few = in_process("what_if", small, url)
    once = in_process("evaluation", small, url)
    way_of_one = in_process("way", small, url)
    url = fresh_database(base, "nestwerk_bench_criteria")
    in_process("fill", people, url)
    many = in_process("what_if", people, url)
    found.append(("one evaluation with its reasons", f"{once['ms']:.2f} ms", "1 ms", once["ms"] < 1))
    found.append(
        (
            "path of one person, 500 cohorts on offer",
            f"{way_of_one['ms']:.0f} ms",
            "300 ms",
            way_of_one["ms"] < 300,
        )
    )
    limit = 120 * people / 100_000
    found.append(
        (
            f"what-if over {many['people']} professionals",
            f"{many['seconds']:.0f} s ({many['cpu']:.0f} s of CPU)",
            f"{limit:.0f} s",
            many["seconds"] < limit,
        )
    )
    ratio = many["peak_mb"] / few["peak_mb"]
    found.append(
        (
            f"its memory beside that of {few['people']}",
            f"{many['peak_mb']} MB / {few['peak_mb']} MB = {ratio:.2f}",
            "1.15",
            ratio < 1.15,
        )
    )
    return found


def table(found: list[tuple[str, str, str, bool]]) -> str:
    """The rows in Markdown."""
    lines = ["| what | figure | target | |", "|---|---:|---:|---|"]
    lines += [
        f"| {what} | {figure} | {target} | {'reached' if reached else 'NOT REACHED'} |"
        for what, figure, target, reached in found
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure and print; 1 when a target is not reached."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--professionals", type=int, default=100_000)
    parser.add_argument("--step", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        import django

        django.setup()
        answer = fill(options.professionals) if options.step == "fill" else STEPS[options.step]()
        print(json.dumps(answer))
        return 0
    found = rows(options.professionals)
    print(table(found))
    return 0 if all(row[3] for row in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
