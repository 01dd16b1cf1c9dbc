"""Time of the two planners against the constraint solver that proves their plans, on the same orders.

Run: ``python -m tests.bench.gentlest [ORDERS]``. The solver only proves that nothing is better; the plan is ours, so
the comparison is kind to the solver. Processor time of `plan`, warm, the best of three. Aim: 50 times faster in the
middle, never below 3.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from taper.order.order import parse_order
from taper.planner.planning import plan
from tests.oracles.cpsat import doubt_fewest, doubt_gentlest
from tests.strategies.seeded import KINDS, finishing, reducing, regimens_of


def line(label: str, ours: list[float], theirs: list[float]) -> str:
    """One row of the table, in seconds, and how many times the planner is faster, order by order."""
    ratios = [their / our for our, their in zip(ours, theirs, strict=True)]
    return (
        f"{label:<22}{len(ours):>7}{statistics.median(ours):>12.4f}{max(ours):>10.3f}"
        f"{statistics.median(theirs):>14.3f}{max(theirs):>10.3f}{min(ratios):>9.1f}x{statistics.median(ratios):>9.1f}x"
    )


def spent(deed: Callable[[], Any]) -> tuple[float, Any]:
    """Return the processor seconds of a deed, and its result."""
    began = time.process_time()
    result = deed()
    return time.process_time() - began, result


def measure(orders: int = 24) -> list[str]:
    """Return the lines of the table.

    Args:
        orders: How many for each question.
    """
    questions: list[tuple[str, Callable[[str, str], dict[str, Any]], Callable[..., None]]] = [
        ("fewest", reducing, doubt_fewest),
        ("gentlest", finishing, doubt_gentlest),
    ]
    heads = f"{'plan: median':>12}{'max':>10}{'CP-SAT: median':>14}{'max':>10}{'least':>10}{'median':>10}"
    lines = [f"{'':<22}{'orders':>7}{heads}"]
    every: tuple[list[float], list[float]] = ([], [])
    for name, order_of, doubt in questions:
        times: dict[str, tuple[list[float], list[float]]] = {kind: ([], []) for kind in dict.fromkeys(KINDS)}
        for place in range(orders):
            kind = KINDS[place % len(KINDS)]
            data = order_of(f"{name} {place}", kind)
            made, regimens = parse_order(data), regimens_of(data)
            ours = min(spent(lambda made=made: plan(made))[0] for _ in range(3))
            theirs, _ = spent(lambda data=data, doubt=doubt, regimens=regimens: doubt(data, regimens))
            for found in (times[kind], every):
                found[0].append(ours)
                found[1].append(theirs)
        lines += [line(f"{name}, {kind}", *both) for kind, both in times.items() if both[0]]
    return [*lines, line("all", *every)]


if __name__ == "__main__":
    print("\n".join(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 24)))
