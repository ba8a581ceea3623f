"""Searching for a plan: asking for it, following it, stopping it. The search itself runs in a process of its own."""

import json
import logging
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.api import hand_over, record_audit, ref
from lms.enums import PlanOrigin, PlanRunState
from lms.exceptions import PlanError
from lms.models import PlanRun, PlanVersion, ProgrammePlan
from people.api import User

logger = logging.getLogger("nestwerk.planning")

OPEN = (PlanRunState.WAITING, PlanRunState.RUNNING)
#: A search that was not heard of for so long is over: its machine stopped.
SILENT = timedelta(seconds=90)
#: Reading the question and planning the meetings come on top of the time for the search.
GRACE_SECONDS = 60
SHORTEST, LONGEST = 5, 600


def request_run(
    *, plan_id: int, actor: User, seconds: int = 60, base: PlanVersion | None = None, launch: bool = True
) -> PlanRun:
    """Start a search after the commit; with `base` as few things as possible change from that version.

    Without `launch` the caller carries the run out with `execute_run`.

    Raises PlanError (running) while another search of this plan lives, and (published) once people were invited.
    """
    plan = ProgrammePlan.objects.get(pk=plan_id)
    if plan.published_at is not None:
        raise PlanError("published", _("Dit plan is al gepubliceerd. Pas de groepen zelf aan."))
    close_silent_runs(plan_id)
    busy = PlanError("running", _("Er loopt al een berekening. Wacht even, of stop ze eerst."))
    try:
        with transaction.atomic():
            run = PlanRun.objects.create(
                plan=plan, base=base, seconds=min(max(seconds, SHORTEST), LONGEST), started_by=actor
            )
            record_audit(verb="plan.searched", subject=ref(plan), actor=actor, data={"run": run.pk})
            if launch:
                transaction.on_commit(lambda: _launch(run.pk))
    except IntegrityError as error:
        raise busy from error
    return run


@transaction.atomic
def close_silent_runs(plan_id: int) -> None:
    """Runs whose process is gone count as failed, so that a new one can start; what they found stays as a version."""
    silent = PlanRun.objects.filter(plan_id=plan_id, state__in=OPEN, seen_at__lt=timezone.now() - SILENT)
    for run in silent.select_for_update(of=("self",)).select_related("plan", "started_by"):
        run.state = PlanRunState.FAILED
        _end(run, run.best)


def stop_run(*, plan_id: int, actor: User) -> None:
    """Ask the running search to end with what it has. Nothing happens when none runs."""
    found = PlanRun.objects.filter(plan_id=plan_id, state__in=OPEN, stop_requested=False)
    if found.update(stop_requested=True):
        plan = ProgrammePlan.objects.get(pk=plan_id)
        record_audit(verb="plan.search_stopped", subject=ref(plan), actor=actor)


def _launch(run_id: int) -> None:
    """In a worker where there are workers, else in a process beside this one; so too while the broker is away."""
    if settings.REDIS_URL:
        from lms.tasks import run_plan

        if hand_over(run_plan, run_id):
            return
    subprocess.Popen(  # noqa: S603  (fixed command, no shell, one number)
        [sys.executable, "manage.py", "run_plan", str(run_id)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def execute_run(run_id: int) -> None:
    """Search and keep the answer as a version. A second delivery of the same run does nothing."""
    taken = PlanRun.objects.filter(pk=run_id, state=PlanRunState.WAITING).update(
        state=PlanRunState.RUNNING, seen_at=timezone.now()
    )
    if not taken:
        return
    run = PlanRun.objects.select_related("plan", "base").get(pk=run_id)
    answer: dict[str, Any] | None = None
    try:
        answer = _search(run)
    finally:
        _finish(run, answer)


def _search(run: PlanRun) -> dict[str, Any] | None:
    """Follow the child; its last line is the answer, None when it ended without one."""
    order = {
        "question": run.plan.question,
        "previous": run.base.result if run.base else None,
        "seconds": run.seconds,
        "workers": settings.PLANNER_WORKERS,
    }
    child = subprocess.Popen(  # noqa: S603  (fixed command, no shell, one number of the settings)
        [sys.executable, "-m", "lms.domain.planning.child", str(settings.PLANNER_MEMORY_MB)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    lines: queue.Queue[str | None] = queue.Queue()
    reader = threading.Thread(target=_read, args=(child, json.dumps(order), lines), daemon=True)
    reader.start()
    ends = time.monotonic() + run.seconds + GRACE_SECONDS
    try:
        return _follow(run, child, lines, ends)
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()
        reader.join()


def _read(child: "subprocess.Popen[str]", order: str, lines: "queue.Queue[str | None]") -> None:
    try:
        if child.stdin is not None and child.stdout is not None:
            child.stdin.write(order)
            child.stdin.close()
            for line in child.stdout:
                lines.put(line)
    except OSError:
        logger.warning("the planner's process ended before it heard the question")
    finally:
        lines.put(None)


def _follow(
    run: PlanRun, child: "subprocess.Popen[str]", lines: "queue.Queue[str | None]", ends: float
) -> dict[str, Any] | None:
    stopping = False
    while time.monotonic() < ends:
        try:
            line = lines.get(timeout=1.0)
        except queue.Empty:
            line = ""
        told: dict[str, Any] = {}
        # Better plans can come faster than the database takes them: only the newest counts.
        for one in (line, *_waiting(lines)):
            if one is None:
                return None
            told = json.loads(one) if one.strip() else told
            if told.get("step") == "done":
                return told
        _note(run, told)
        if not stopping and _stop_asked(run):
            stopping = True
            child.terminate()
    return None


def _waiting(lines: "queue.Queue[str | None]") -> Iterator[str | None]:
    with suppress(queue.Empty):
        while True:
            yield lines.get_nowait()


def _note(run: PlanRun, told: dict[str, Any]) -> None:
    """The run lives; with a better plan that one is kept at once, whatever happens to the search."""
    run.seen_at = timezone.now()
    run.step = told.get("step", run.step)
    fields = ["seen_at", "step"]
    if told.get("plan") is not None and told["plan"] != run.best:
        run.cost, run.bound, run.best = told["cost"], told["bound"], told["plan"]
        run.better += 1
        fields += ["cost", "bound", "best", "better"]
    run.save(update_fields=fields)


def _stop_asked(run: PlanRun) -> bool:
    return PlanRun.objects.filter(pk=run.pk, stop_requested=True).exists()


@transaction.atomic
def _finish(run: PlanRun, answer: dict[str, Any] | None) -> None:
    """Keep the plan, the obstacles, or that it failed; a search that broke off leaves the best plan so far."""
    stopped = _stop_asked(run)
    if answer is None:
        run.state = PlanRunState.STOPPED if stopped else PlanRunState.FAILED
    else:
        run.state = PlanRunState.STOPPED if stopped else PlanRunState.DONE
        run.obstacles = answer["obstacles"]
    _end(run, run.best if answer is None else answer["plan"])


def _end(run: PlanRun, result: dict[str, Any] | None) -> None:
    run.ended_at = run.seen_at = timezone.now()
    run.best = None
    if result is not None:
        run.cost, run.bound = result["cost"], result["bound"]
        run.version = add_version(
            plan=run.plan,
            origin=PlanOrigin.REPLAN if run.base_id else PlanOrigin.SEARCH,
            question=run.plan.question,
            result=result,
            actor=run.started_by,
        )
    run.save(
        update_fields=[
            "state",
            "step",
            "obstacles",
            "cost",
            "bound",
            "best",
            "version",
            "seen_at",
            "ended_at",
        ]
    )


def add_version(
    *,
    plan: ProgrammePlan,
    origin: str,
    question: dict[str, Any],
    result: dict[str, Any],
    actor: User | None,
    note: str = "",
) -> PlanVersion:
    """The next version of a plan; the row of the plan is locked so that numbers follow one another."""
    ProgrammePlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True).first()
    return PlanVersion.objects.create(
        plan=plan,
        number=(last or 0) + 1,
        origin=origin,
        question=question,
        result=result,
        note=note[:200],
        created_by=actor,
    )
