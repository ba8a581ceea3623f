"""A search that somebody asks for on the screen is carried out by a real worker."""

import time

import pytest

from lms.domain.plan_question import create_plan
from lms.domain.plan_runs import request_run, stop_run
from lms.models import PlanRun, PlanVersion
from people.api import Role
from tests.factories.people import user_with
from tests.lms.planning.test_plans import choices, world  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def ended(run_id: int, seconds: int = 60) -> PlanRun:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        run = PlanRun.objects.get(pk=run_id)
        if run.ended_at is not None:
            return run
        time.sleep(0.2)
    raise AssertionError(f"still {run.state} after {seconds} s")


def test_worker_searches_and_stops_when_asked(tasks_run, world, settings):  # noqa: F811
    if tasks_run != "worker":
        pytest.skip("no worker without Redis; the process beside the web process is the same command")
    staff = user_with(Role.NETWORK_STAFF)
    plan = create_plan(actor=staff, choices=choices(world))
    run = ended(request_run(plan_id=plan.pk, actor=staff, seconds=5).pk)
    assert (run.state, run.obstacles) == ("done", [])
    assert PlanVersion.objects.get(plan=plan).origin == "search"
    # A long search ends within moments of the wish to stop, with a plan or without.
    begun = time.monotonic()
    long = request_run(plan_id=plan.pk, actor=staff, seconds=600)
    stop_run(plan_id=plan.pk, actor=staff)
    assert ended(long.pk).state == "stopped"
    assert time.monotonic() - begun < 45
