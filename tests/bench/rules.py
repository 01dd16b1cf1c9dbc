"""How long a check takes, and how it grows: `python -m tests.bench.rules`.

Medians of warm checks, all rules, of planned schedules; then with more steps and more guidelines.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from taper import catalog
from taper.checker.checking import check
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from tests.support.cases import ORDER, table

EVERYTHING = catalog.guidelines()
BUDGET_MS = 2.0
FACTS: dict[str, Any] = {"age": 70, "weeks_of_use": 500, "days_per_week": 7, "liver": True, "seizures": True}
ROUNDS = 40


def year() -> Schedule:
    """Return twelve months with a cut every two weeks, two products, every fact known."""
    data = {
        "current": {"bedtime": "26 mg"},
        "phase": [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}],
        "patient": FACTS | {"pregnant": False, "opioid": True, "alcohol": True},
    }
    return plan(parse_order(ORDER | data))


def milliseconds(schedule: Schedule, guidelines: tuple[str, ...]) -> float:
    """Return the median time of a check, after one that warms the caches of the data."""
    check(schedule, guidelines=guidelines)
    times = []
    for _ in range(ROUNDS):
        before = time.process_time()
        check(schedule, guidelines=guidelines)
        times.append(time.process_time() - before)
    return statistics.median(times) * 1000


def main() -> None:
    """Print all of it."""
    schedule = year()
    spent = milliseconds(schedule, EVERYTHING)
    print(
        f"12 months, {len(schedule.steps)} steps, {len(EVERYTHING)} guidelines: {spent:.2f} ms (budget {BUDGET_MS} ms)"
    )
    print(f"the same, asam-2025 alone: {milliseconds(schedule, ('asam-2025',)):.2f} ms")
    print("\nguidelines    ms")
    for count in (1, 5, 10, 20, len(EVERYTHING)):
        print(f"{count:10}  {milliseconds(schedule, EVERYTHING[:count]):6.2f}")
    print("\nsteps    ms  ms a step")
    for steps in (25, 50, 100, 200, 400):
        line = " ".join(f"{(steps - n) / 2:g}x7" for n in range(steps))
        spent = milliseconds(table(f"{line} stop"), EVERYTHING)
        print(f"{steps:5}  {spent:6.2f}  {spent / steps:.3f}")


if __name__ == "__main__":
    main()
