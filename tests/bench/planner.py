"""The planner beside a greedy plan, on the case of the policy report.

Example: .venv/bin/python -m tests.bench.planner --seconds 60
"""

import argparse
import time

from django.conf import settings

settings.configure(USE_I18N=False)

from lms.domain.planning.cases import case  # noqa: E402 - the messages need settings first
from lms.domain.planning.checking import broken_rules  # noqa: E402
from lms.domain.planning.greedy import greedy_plan  # noqa: E402
from lms.domain.planning.plan import trainer_half_days  # noqa: E402
from lms.domain.planning.solving import Progress, solve  # noqa: E402


def main() -> None:
    """Solve, compare and print one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    seconds = parser.parse_args().seconds
    problem = case("crisis_teams")
    begun = time.monotonic()
    simple = greedy_plan(problem)
    greedy_seconds = time.monotonic() - begun
    moments: list[tuple[float, float]] = []

    def note(progress: Progress) -> None:
        if progress.plan is not None:
            moments.append((time.monotonic() - begun, progress.plan.gap))

    begun = time.monotonic()
    outcome = solve(problem, seconds=seconds, report=note)
    took = time.monotonic() - begun
    print(f"{'':24}{'travel':>8}{'seconds':>10}{'broken':>8}")
    if simple is not None:
        broken = [rule for rule in broken_rules(problem, simple) if rule.code != "meeting_missing"]
        print(f"{'greedy':24}{simple.cost:>8}{greedy_seconds:>10.2f}{len(broken):>8}")
    if outcome.plan is not None:
        plan = outcome.plan
        print(f"{'planner':24}{plan.cost:>8}{took:>10.2f}{len(broken_rules(problem, plan)):>8}")
        within = next((moment for moment, gap in moments if gap <= 0.02), None)
        print(
            f"trainer-days {trainer_half_days(problem, plan) / 2:g} (62 asked), meetings {len(plan.meetings)}"
        )
        print(f"bound {plan.bound}, gap {100 * plan.gap:.2f} %, proven: {plan.is_proven}")
        print(f"first plan after {moments[0][0]:.1f} s, within 2 % after {within and round(within, 1)} s")
        if simple is not None:
            print(f"ratio to greedy: {plan.cost / simple.cost:.2f}")


if __name__ == "__main__":
    main()
