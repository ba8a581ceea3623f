"""One search of the solver: reproducible, within its time, and stopped within a moment when somebody asks."""

import threading
from collections.abc import Callable

from ortools.sat.python import cp_model

ASK_EVERY = 0.5


class OutOfTime(Exception):
    """Nothing was found, and nothing was proven either."""


def search(
    model: cp_model.CpModel,
    *,
    seconds: float,
    workers: int = 2,
    stop: Callable[[], bool] = lambda: False,
    listener: cp_model.CpSolverSolutionCallback | None = None,
    gap: float = 0.0,
) -> cp_model.CpSolver | None:
    """The solver with the best solution within `seconds` (to a share of `gap`); None when there is proof of none.

    Raises OutOfTime when time ran out, or somebody stopped it, before either.
    """
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 1
    solver.parameters.relative_gap_limit = gap
    done = threading.Event()

    def watch() -> None:
        while not done.wait(ASK_EVERY):
            if stop():
                solver.stop_search()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        status = solver.solve(model, listener)
    finally:
        done.set()
        watcher.join()
    if status == cp_model.UNKNOWN:
        raise OutOfTime
    return solver if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
