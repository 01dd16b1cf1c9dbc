"""Orders of every kind, drawn from a number: the same number, the same order. For runs of very many."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracles.brute import PARTS, TIMES
from tests.strategies.amounts import decimal_text
from tests.strategies.odd import odd_order

KINDS = (
    "cut",
    "cut",
    "cut",
    "part",
    "part",
    "part",
    "typed",
    "dated",
    "two phases",
    "weekly",
    "cycles",
    "switch",
    "odd",
)
STRENGTHS = {
    "diazepam": ("2", "5", "10"),
    "clonazepam": ("0.5", "1", "2"),
    "lorazepam": ("0.5", "1", "2"),
    "alprazolam": ("0.25", "0.5", "1"),
    "temazepam": ("7.5", "15", "22.5"),
    "zopiclone": ("3.75", "7.5"),
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EVERY = ("1 week", "10 days", "2 weeks", "2 weeks", "4 weeks", "1 month")


def kind_of(number: int) -> str:
    """Return the kind of the order of a number."""
    return random.Random(f"kind {number}").choice(KINDS)


def drawn(number: int) -> dict[str, Any] | None:
    """Return the order of a number as plain data; None where no dose of an odd one can be written."""
    draw, kind = random.Random(f"order {number}"), kind_of(number)
    if kind == "odd":
        return odd_order(draw.randrange(10**9))
    drug = draw.choice(list(STRENGTHS))
    products = _products(draw, drug)
    portion = min(map(_portion, products))
    times = sorted(draw.sample(TIMES, draw.choice((1, 1, 1, 2, 2, 3))), key=TIMES.index)
    largest = max(Fraction(product["strength"].split()[0]) for product in products)
    doses = {time: _dose(draw, portion, largest * 2) for time in times}
    data: dict[str, Any] = {
        "drug": drug,
        "country": draw.choice(("US", "GB", "DE", "FR", "CA", "NL")),
        "start": (date(2024, 1, 1) + timedelta(days=draw.randrange(2000))).isoformat(),
        "current": {time: _mg(dose) for time, dose in doses.items()},
        "product": products,
        "stop_from": _mg(portion * draw.choice((1, 2, 4))),
    }
    total = sum(doses.values(), Fraction(0))
    data["phase"] = _phases(draw, kind, data, total, portion)
    _around(draw, data, times)
    return data


def _mg(dose: Fraction) -> str:
    return f"{decimal_text(dose)} mg"


def _dose(draw: random.Random, portion: Fraction, most: Fraction) -> Fraction:
    return portion * draw.randint(1, max(1, min(24, int(most / portion))))


def _portion(product: dict[str, Any]) -> Fraction:
    strength = Fraction(product["strength"].split()[0])
    if "graduation" in product:
        return strength * Fraction(product["graduation"].split()[0])
    return strength / PARTS[product["split"]]


def _products(draw: random.Random, drug: str) -> list[dict[str, Any]]:
    strengths = draw.sample(STRENGTHS[drug], draw.randint(1, len(STRENGTHS[drug])))
    found = [
        {
            "name": f"{drug} tablet {strength} mg",
            "source": "clinician",
            "form": "tablet",
            "strength": f"{strength} mg",
            "split": draw.choice(("whole", "halves", "halves", "quarters")),
        }
        for strength in strengths
    ]
    if draw.random() < 0.2:
        found[-1] = {
            "name": f"{drug} solution",
            "source": "clinician",
            "form": "oral solution",
            "strength": "1 mg/mL",
            "device": "oral syringe",
            "graduation": draw.choice(("0.1 mL", "0.25 mL", "0.5 mL")),
        }
    return found


def _phases(
    draw: random.Random, kind: str, data: dict[str, Any], total: Fraction, portion: Fraction
) -> list[dict[str, Any]]:
    every = draw.choice(_EVERY)
    if kind in ("typed", "weekly", "cycles"):
        return [_typed(draw, kind, data, total, portion)]
    if kind == "dated":
        day = date.fromisoformat(data["start"]) + timedelta(days=draw.randint(60, 500))
        return [{"finish": day.isoformat(), "every": every, "until": "0 mg"}]
    if kind == "switch":
        return [_switch(draw, data, every)]
    first = {"reduce": _step(draw, kind, portion), "every": every, "until": "0 mg"}
    if kind != "two phases":
        return [first]
    goal = portion * draw.randint(0, int(total / portion / 2))
    last = {"reduce": _step(draw, "part", portion), "every": draw.choice(_EVERY), "until": "0 mg"}
    return [first | {"until": _mg(goal)}, *([last] if goal else [])]


def _step(draw: random.Random, kind: str, portion: Fraction) -> str:
    least = portion * draw.choice((1, 1, 2, 4))
    if kind == "cut":
        return _mg(least)
    part, of = draw.choice(("5%", "10%", "12.5%", "20%", "25%")), draw.choice(("current", "start"))
    return f"{part} of {of}, at least {_mg(least)}" if draw.random() < 0.9 else f"{part} of {of}"


def _typed(draw: random.Random, kind: str, data: dict[str, Any], total: Fraction, portion: Fraction) -> dict[str, Any]:
    steps = int(total / portion)
    if kind == "typed":
        down = sorted(draw.sample(range(steps), min(steps, draw.randint(1, 8))), reverse=True)
        return {"doses": [_mg(portion * step) for step in down] or ["0 mg"], "every": draw.choice(_EVERY)}
    data["current"] = {"bedtime": _mg(total)}
    patterns = []
    for _ in range(draw.randint(1, 3)):
        high = portion * draw.randint(1, steps)
        low = portion * draw.randint(0, steps)
        if kind == "weekly":
            days = draw.sample(_DAYS, draw.randint(1, 3))
            patterns.append({"usual": _mg(high)} | {day: _mg(min(low, high)) for day in days})
        else:
            patterns.append([_mg(high), *[_mg(min(low, high))] * draw.randint(1, 2)])
    until = {"until": "0 mg"} if draw.random() < 0.7 else {}
    return {"weekly" if kind == "weekly" else "cycles": patterns, "every": draw.choice(("2 weeks", "4 weeks"))} | until


def _switch(draw: random.Random, data: dict[str, Any], every: str) -> dict[str, Any]:
    new = "diazepam" if data["drug"] != "diazepam" else "clonazepam"
    of_new = [line | {"drug": new, "name": f"new {line['name']}"} for line in _products(draw, new)]
    for line in data["product"]:
        line["drug"] = data["drug"]
    data["product"] += of_new
    return {
        "switch_to": new,
        "every": every,
        "equivalence": draw.choice(("1 mg = 10 mg", "1 mg = 5 mg", "1 mg = 1 mg")),
    }


def _around(draw: random.Random, data: dict[str, Any], times: list[str]) -> None:
    """Add what stands around the phases of some orders."""
    start = date.fromisoformat(data["start"])
    if len(times) > 1 and draw.random() < 0.4:
        data["spread"] = draw.choice(("even", "alternate", "night"))
    if draw.random() < 0.3:
        data["first_cut"] = (start + timedelta(days=draw.randint(1, 30))).isoformat()
    if draw.random() < 0.2:
        data["hold"] = [{"on": (start + timedelta(days=draw.randint(1, 90))).isoformat(), "for": "2 weeks"}]
    if draw.random() < 0.3:
        data["review_every"] = draw.choice(("2 weeks", "4 weeks", "1 month"))
    if draw.random() < 0.2:
        data["change_on"] = draw.choice(_DAYS)
    if draw.random() < 0.2:
        data["supply"] = {"every": draw.choice(("1 week", "2 weeks", "28 days"))}
