"""The planner in a process of its own: a question on standard input, progress and the outcome as lines on its output.

Started by `lms.domain.plan_runs` with its limit on memory in MiB as argument. It knows no database; SIGTERM ends the
search with the best plan so far. Out of memory it ends without an answer.
"""

import json
import resource
import signal
import sys
from types import FrameType
from typing import Any

from django.conf import settings

MIB = 1024**2


def main() -> None:
    """Read, solve and tell."""
    most = int(sys.argv[1]) * MIB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    settings.configure(USE_I18N=False)
    asked = {"stop": False}

    def stop(_number: int, _frame: FrameType | None) -> None:
        asked["stop"] = True

    signal.signal(signal.SIGTERM, stop)
    from lms.domain.planning.plan import plan_from_json, plan_to_json
    from lms.domain.planning.reading import read_problem
    from lms.domain.planning.solving import Progress, solve

    order = json.load(sys.stdin)

    def report(progress: Progress) -> None:
        best = progress.plan
        _tell(
            {
                "step": progress.step,
                "cost": None if best is None else best.cost,
                "bound": None if best is None else best.bound,
                "plan": None if best is None else plan_to_json(best),
            }
        )

    outcome = solve(
        read_problem(order["question"]),
        seconds=order["seconds"],
        workers=order["workers"],
        previous=None if order["previous"] is None else plan_from_json(order["previous"]),
        report=report,
        stop=lambda: asked["stop"],
    )
    _tell(
        {
            "step": "done",
            "plan": None if outcome.plan is None else plan_to_json(outcome.plan),
            "obstacles": [
                {"code": one.code, "message": one.message, "help": one.help} for one in outcome.obstacles
            ],
        }
    )


def _tell(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
