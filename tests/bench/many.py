"""How many six-month orders are read, planned and checked in a second of one core: ``python -m tests.bench.many``.

Then the memory of the process while 10,000 of them are planned and checked, which must stay flat. Processor time of a
busy machine grows with its load, so the time of an order is also given as a share of importing pydantic, taken in turn.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from typing import Any

from taper import check, parse_order, plan
from tests.bench.paper import memory
from tests.bench.start import ANCHOR, processor_time

ORDERS, ROUNDS, PLANS, AIM = 200, 5, 10_000, 1500
TAPERS = [
    (12, "1 mg", "2 weeks"),
    (13, "0.5 mg", "1 week"),
    (20, "10% of current, at least 1 mg", "2 weeks"),
    (10, "10% of current, at least 0.5 mg", "10 days"),
    (30, "15% of current, at least 1 mg", "2 weeks"),
]
STARTS = ("2026-01-05", "2026-03-02", "2026-05-11")


def drawn(seed: int) -> dict[str, Any]:
    """Draw an order of about six months in tablets, as clinicians write them."""
    draw = random.Random(seed)
    dose, cut, every = draw.choice(TAPERS)
    times = draw.choice([["bedtime"], ["morning", "bedtime"]])
    return {
        "drug": "diazepam",
        "country": "US",
        "start": draw.choice(STARTS),
        "current": {name: f"{dose / len(times):g} mg" for name in times},
        "product": [
            {"name": "diazepam tablet 5 mg", "split": "halves"},
            {"name": "diazepam tablet 2 mg", "split": "quarters"},
        ],
        "phase": [{"reduce": cut, "every": every, "until": "0 mg"}],
    }


def carried_out(data: dict[str, Any]) -> int:
    """Read, plan and check an order; return the days of its plan."""
    schedule = plan(parse_order(data))
    check(schedule)
    return (schedule.steps[-1].end - schedule.steps[0].start).days


def main() -> None:
    """Print both."""
    orders = [drawn(seed) for seed in range(ORDERS)]
    days = [carried_out(data) for data in orders]
    each, anchors = list[float](), list[float]()
    for _ in range(ROUNDS):
        began = time.process_time()
        for data in orders:
            carried_out(data)
        each.append((time.process_time() - began) / ORDERS)
        anchors.append(processor_time([sys.executable, "-c", ANCHOR], dict(os.environ)) / 1000)
    middle, anchor = statistics.median(each), statistics.median(anchors)
    print(f"{ORDERS} orders, {statistics.median(days) / 30.44:.1f} months in the middle")
    print(
        f"read, planned and checked: {middle * 1000:.2f} ms each, {1 / middle:,.0f} a core-second (aim {AIM:,}), "
        f"1/{anchor / middle:.0f} of {ANCHOR!r}"
    )
    for number in range(PLANS + 1):
        if number in (100, 1000, 2500, 5000, PLANS):
            print(f"after {number:>6,} plans: {memory() / 1024:.1f} MB")
        carried_out(orders[number % ORDERS])


if __name__ == "__main__":
    main()
