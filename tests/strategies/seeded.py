"""Orders of real size, made from a seed: too large to list, and never shrunk."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from taper.order.order import parse_order
from taper.planner.planning import plan
from tests.oracles.brute import TIMES, makeable, number
from tests.oracles.cpsat import step_days
from tests.strategies.amounts import decimal_text

KINDS = ["tablets", "liquid", "times", "tablets"]
"""By turns."""
STRENGTHS = {"diazepam": ["2", "5", "10"], "clonazepam": ["0.5", "1", "2"], "lorazepam": ["0.5", "1", "2"]}
DOSES = {"diazepam": [10, 40], "clonazepam": [1, 5], "lorazepam": [1, 6]}


def some_tablets(rng: random.Random, drug: str) -> list[dict[str, str]]:
    chosen = sorted(rng.sample(STRENGTHS[drug], rng.randint(2, 3)), key=Fraction)
    return [
        {
            "name": f"{drug} tablet {strength} mg",
            "source": "clinician",
            "form": "tablet",
            "strength": f"{strength} mg",
            "split": rng.choice(["whole", "halves", "quarters"]),
        }
        for strength in chosen
    ]


def sized_order(seed: str, kind: str) -> dict[str, Any]:
    """An order of real size; the same seed, the same order.

    Args:
        seed: Any text.
        kind: "tablets", "liquid" (up to 400 doses of 0.1 mg, sometimes with a tablet) or "times" (several of day).
    """
    rng = random.Random(seed)
    drug = "diazepam" if kind == "liquid" else rng.choice(list(STRENGTHS))
    products = some_tablets(rng, drug)
    if kind == "liquid":
        solution = {
            "name": "diazepam solution",
            "source": "clinician",
            "form": "oral solution",
            "strength": "1 mg/mL",
            "device": "oral syringe",
            "graduation": "0.1 mL",
        }
        products = [solution, *(products[:1] if rng.random() < 0.4 else [])]
    elif all(product["split"] == "whole" for product in products):
        products[0]["split"] = "halves"
    data: dict[str, Any] = {
        "drug": drug,
        "country": "US",
        "start": "2026-01-05",
        "max_units": rng.choice([4, 8]),
        "product": products,
        "current": {},
    }
    low, high = DOSES[drug]
    known = sorted(makeable(data, Fraction(high)))
    count = 1 if kind != "times" else rng.choice([2, 2, 2, 3])
    times = sorted(rng.sample(TIMES, count), key=TIMES.index)
    share = {1: 1, 2: Fraction(1, 2), 3: Fraction(1, 4)}[count]
    usable = [dose for dose in known[1:] if low * share <= dose <= high * share] or known[-1:]
    if count > 1:
        usable = [dose for dose in usable if known.index(dose) <= {2: 20, 3: 8}[count]] or [
            known[min(8, len(known) - 1)]
        ]
    data["current"] = {time: f"{decimal_text(rng.choice(usable))} mg" for time in times}
    if count > 1 and rng.random() < 0.5:
        data["reduce_first"] = rng.sample(times, rng.randint(1, count))
    if rng.random() < 0.2:
        data["hold"] = [{"on": "2026-01-12", "for": rng.choice(["10 days", "1 month"])}]
    data["stop_from"] = f"{decimal_text(known[rng.randint(1, 2)])} mg"
    every = rng.choice(["1 week", "10 days", "2 weeks", "2 weeks", "1 month"])
    data["phase"] = [{"every": every, "until": "0 mg"}]
    return data


def reducing(seed: str, kind: str) -> dict[str, Any]:
    data = sized_order(seed, kind)
    rng = random.Random(f"rule {seed}")
    known = sorted(makeable(data, number(next(iter(data["current"].values())))))
    gap = max(b - a for a, b in itertools.pairwise(known))
    total = sum(number(dose) for dose in data["current"].values())
    if kind == "liquid":
        gap = max(gap, Fraction(rng.randint(int(total / 3), int(total / 2) + 1), 10))
    rule = rng.choice(["10% of current", "12.5% of current", "15% of current", "20% of current", "5% of start"])
    data["phase"][0]["reduce"] = f"{rule}, at least {decimal_text(gap)} mg"
    if rng.random() < 0.25:
        to = max(gap, Fraction(round(total / 20 / gap)) * gap)
        above = f" above {decimal_text(total / 4)} mg" if rng.random() < 0.5 else ""
        data["phase"][0]["round_to"] = f"{decimal_text(to)} mg{above}"
    return data


def finishing(seed: str, kind: str) -> dict[str, Any]:
    data = sized_order(seed, kind)
    rng = random.Random(f"date {seed}")
    cuts = rng.randint(10, 26)
    day = date(2026, 1, 5) + timedelta(days=sum(step_days(data, cuts)[:cuts]) + rng.choice([0, 3]))
    data["phase"][0]["finish"] = day.isoformat()
    return data


def regimens_of(data: dict[str, Any]) -> list[tuple[Fraction, ...]]:
    """The plan's regimens, in the order of the times of `current`, the stop at the end."""
    schedule = plan(parse_order(data))
    times = list(data["current"])
    found = [tuple(step.at(time).value for time in times) for step in schedule.steps]  # type: ignore[arg-type]
    return found if schedule.stopped_on is None else [*found, (Fraction(0),) * len(times)]
