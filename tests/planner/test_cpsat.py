"""On orders of real size a constraint solver finds each plan possible, and proves that no plan is better."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from taper.order.order import parse_order
from taper.planner.planning import plan
from tests.oracles.brute import TIMES, makeable, number
from tests.oracles.cpsat import doubt_fewest, doubt_gentlest, step_days
from tests.strategies import decimal_text

ORDERS = 160
"""For each of the two questions."""

STRENGTHS = {"diazepam": ["2", "5", "10"], "clonazepam": ["0.5", "1", "2"], "lorazepam": ["0.5", "1", "2"]}
DOSES = {"diazepam": [10, 40], "clonazepam": [1, 5], "lorazepam": [1, 6]}


def tablets(rng: random.Random, drug: str) -> list[dict[str, str]]:
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


def order_data(seed: str, kind: str) -> dict[str, Any]:
    """An order of real size; the same seed, the same order.

    Args:
        seed: Any text.
        kind: "tablets", "liquid" (up to 400 doses of 0.1 mg, sometimes with a tablet) or "times" (several of day).
    """
    rng = random.Random(seed)
    drug = "diazepam" if kind == "liquid" else rng.choice(list(STRENGTHS))
    products = tablets(rng, drug)
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
    data = order_data(seed, kind)
    rng = random.Random(f"rule {seed}")
    known = sorted(makeable(data, number(next(iter(data["current"].values())))))
    gap = max(b - a for a, b in itertools.pairwise(known))
    total = sum(number(dose) for dose in data["current"].values())
    if kind == "liquid":
        gap = max(gap, Fraction(rng.randint(int(total / 3), int(total / 2) + 1), 10))
    rule = rng.choice(["10% of current", "12.5% of current", "15% of current", "20% of current", "5% of start"])
    data["phase"][0]["reduce"] = f"{rule}, at least {decimal_text(gap)} mg"
    return data


def finishing(seed: str, kind: str) -> dict[str, Any]:
    data = order_data(seed, kind)
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


KINDS = ["tablets", "liquid", "times", "tablets"]


@pytest.mark.parametrize("place", range(ORDERS))
def test_no_plan_has_fewer_cuts_less_work_or_a_smaller_worst_cut(place: int) -> None:
    kind = KINDS[place % 4]
    data = reducing(f"fewest {place}", kind)
    doubt_fewest(data, regimens_of(data))


@pytest.mark.parametrize("place", range(ORDERS))
def test_no_plan_by_the_same_date_is_gentler(place: int) -> None:
    kind = KINDS[place % 4]
    data = finishing(f"gentlest {place}", kind)
    doubt_gentlest(data, regimens_of(data))


def with_another_dose(
    data: dict[str, Any], found: list[tuple[Fraction, ...]], place: int
) -> list[tuple[Fraction, ...]]:
    """The same plan with the next lower or higher makeable dose at one step, still falling."""
    known = sorted(makeable(data, number(next(iter(data["current"].values())))))
    before, here, then = (regimen[0] for regimen in found[place - 1 : place + 2])
    others = [dose for dose in known if then < dose < before and dose != here]
    assert others
    return [*found[:place], (min(others, key=lambda dose: abs(dose - here)),), *found[place + 1 :]]


@pytest.mark.parametrize("place", [1, 5, 9, 13, 17, 21])
def test_the_solver_does_doubt_a_plan_that_is_not_the_best(place: int) -> None:
    """A proof that cannot fail proves nothing: on liquids another dose at a step is less gentle."""
    data = finishing(f"gentlest {place}", "liquid")
    found = regimens_of(data)
    with pytest.raises(AssertionError, match=r"gentler would do|handling would do|breaks a rule"):
        doubt_gentlest(data, with_another_dose(data, found, 2))
    sooner = date.fromisoformat(data["phase"][0]["finish"]) - timedelta(days=40)
    hasty = regimens_of(data | {"phase": [data["phase"][0] | {"finish": sooner.isoformat()}]})
    with pytest.raises(AssertionError, match="gentler would do"):
        doubt_gentlest(data, hasty)
    data = reducing(f"fewest {place}", "liquid")
    found = regimens_of(data)
    slower = data["phase"][0] | {"reduce": "4% of current, at least 0.1 mg"}
    with pytest.raises(AssertionError, match="fewer cuts would do"):
        doubt_fewest(data, regimens_of(data | {"phase": [slower]}))
    broken = [found[0], *found[2:]]
    with pytest.raises(AssertionError, match="breaks a rule"):
        doubt_fewest(data, broken)


def test_the_solver_does_doubt_needless_work_and_a_larger_worst_cut() -> None:
    """By hand: 4 mg by 50 %, in whole and half tablets of 2 mg, to 1 mg: 2 mg between is whole, and 3 mg is not."""
    data: dict[str, Any] = {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "stop_from": "1 mg",
        "current": {"bedtime": "4 mg"},
        "product": [{"name": "t", "source": "clinician", "form": "tablet", "strength": "2 mg", "split": "halves"}],
        "phase": [{"reduce": "70% of current", "every": "2 weeks", "until": "0 mg"}],
    }
    whole = [(Fraction(4),), (Fraction(2),), (Fraction(0),)]
    with pytest.raises(AssertionError, match="breaks a rule"):
        doubt_fewest(data, whole)  # 2 mg to nothing: above stop_from
    best = [(Fraction(4),), (Fraction(2),), (Fraction(1),), (Fraction(0),)]
    assert regimens_of(data) == best
    doubt_fewest(data, best)
    with pytest.raises(AssertionError, match="less handling would do"):
        doubt_fewest(data, [best[0], (Fraction(3),), *best[2:]])
    liquid = {"name": "l", "source": "clinician", "form": "oral solution", "strength": "1 mg/mL"}
    liquid |= {"device": "oral syringe", "graduation": "1 mL"}
    level = data | {"product": [liquid], "current": {"bedtime": "8 mg"}}
    level["phase"] = [data["phase"][0] | {"reduce": "75% of current"}]
    doubt_fewest(level, [(Fraction(dose),) for dose in (8, 3, 1, 0)])  # 62.5 % and 66.7 %
    assert regimens_of(level) == [(Fraction(dose),) for dose in (8, 3, 1, 0)]
    with pytest.raises(AssertionError, match="a smaller worst cut would do"):
        doubt_fewest(level, [(Fraction(dose),) for dose in (8, 2, 1, 0)])  # 75 % and 50 %
