"""Time of the two planners against the constraint solver that proves their plans, on the same orders.

Run: ``python -m tests.bench.gentlest [ORDERS]``. The solver only proves that nothing is better; the plan is ours.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.oracles.cpsat import doubt_fewest, doubt_gentlest
from tests.strategies.seeded import KINDS, finishing, reducing, regimens_of


def line(label: str, ours: list[float], theirs: list[float]) -> str:
    """One row of the table, in seconds."""
    return (
        f"{label:<22}{len(ours):>7}{statistics.median(ours):>12.3f}{max(ours):>10.3f}"
        f"{statistics.median(theirs):>14.3f}{max(theirs):>10.3f}{sum(theirs) / sum(ours):>9.0f}x"
    )


def measure(orders: int = 24) -> list[str]:
    """Return the lines of the table.

    Args:
        orders: How many for each question.
    """
    questions: list[tuple[str, Callable[[str, str], dict[str, Any]], Callable[..., None]]] = [
        ("fewest", reducing, doubt_fewest),
        ("gentlest", finishing, doubt_gentlest),
    ]
    lines = [f"{'':<22}{'orders':>7}{'plan: median':>12}{'max':>10}{'CP-SAT: median':>14}{'max':>10}{'ratio':>10}"]
    for name, order_of, doubt in questions:
        times: dict[str, tuple[list[float], list[float]]] = {kind: ([], []) for kind in dict.fromkeys(KINDS)}
        for place in range(orders):
            kind = KINDS[place % len(KINDS)]
            data = order_of(f"{name} {place}", kind)
            began = time.perf_counter()
            regimens = regimens_of(data)
            planned = time.perf_counter()
            doubt(data, regimens)
            times[kind][0].append(planned - began)
            times[kind][1].append(time.perf_counter() - planned)
        lines += [line(f"{name}, {kind}", *both) for kind, both in times.items() if both[0]]
    return lines


if __name__ == "__main__":
    print("\n".join(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 24)))
