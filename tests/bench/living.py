"""How long a revision takes: `python -m tests.bench.living`.

A plan of 24 months is revised thirty times; then medians of one more revision and of the check after it, warm.
"""

from __future__ import annotations

import statistics
import time
from datetime import date, timedelta
from itertools import cycle

from taper.checker.checking import check
from taper.order.order import parse_order
from taper.planner import planning as planner
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.schedule.comparison import difference
from taper.schedule.schedule import Schedule
from taper.schedule.supply import dispense
from tests.bench.__main__ import TABLETS, row

REVISIONS = 30
BUDGET_MS = 50.0
ROUNDS = 15
KINDS = ({"hold": "3 days"}, {"every": "2 weeks"}, {"back": True}, {"reduce": "5% of current, at least 0.5 mg"})


def revised() -> Schedule:
    """Return a plan of about two years with thirty revisions."""
    phase = [{"reduce": "4% of current, at least 0.5 mg", "every": "2 weeks", "until": "0 mg"}]
    schedule = plan(parse_order(TABLETS | {"phase": phase}))
    day = date(2026, 1, 22)
    for _, said in zip(range(REVISIONS), cycle(KINDS), strict=False):
        schedule = revise(schedule, on=day, reason="sleep is worse", by="Dr A", **said)
        day += timedelta(days=16)
    return schedule


def spent(deed: object, *given: object, **named: object) -> float:
    """Return the median milliseconds of a call."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        deed(*given, **named)  # type: ignore[operator]
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def main() -> None:
    """Print all of it."""
    schedule = revised()
    assert schedule.order is not None
    months = (schedule.steps[-1].end - schedule.steps[0].start).days / 30.44
    said = {"on": schedule.order.history[-1].on + timedelta(days=5), "hold": "1 week", "by": "Dr A"}
    after = revise(schedule, **said)  # type: ignore[arg-type]
    one, two = spent(revise, schedule, **said), spent(check, after)
    what = f"{len(schedule.groups)} steps, {months:.0f} months, {schedule.revision} revisions"
    row("revise() once more", one, what)
    row("check() after it", two)
    row("both", one + two, "", BUDGET_MS)
    row("dispense()", spent(dispense, after))
    row("difference()", spent(difference, schedule, after))

    def replay() -> None:
        planner._after.cache_clear()
        plan(after.order)  # type: ignore[arg-type]

    row("plan() with the whole history, nothing remembered", spent(replay))


if __name__ == "__main__":
    main()
