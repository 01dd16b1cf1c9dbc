"""Odd orders: what is planned is made of its pieces, handed out, written and read back, to the last piece and mL."""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from taper.checker.checking import check
from taper.errors import ScheduleError, TaperError
from taper.exchange.formats import export
from taper.exchange.plan_document import read_document, write_document
from taper.exchange.reading import read_schedule
from taper.paper.renderers import render
from taper.planner.reviser import revise
from taper.quantity import Mg, Pieces
from taper.schedule.schedule import Schedule
from taper.schedule.supply import dispense
from tests.strategies.odd import odd_order, portion, strength
from tests.support.days import days
from tests.support.planning import plan_or_none
from tests.support.proofs import some

SEEDS = some(range(70))


def planned(seed: int) -> tuple[dict[str, Any], Schedule] | None:
    """An odd order and its plan; None where it has none, which is the matter of other tests."""
    data = odd_order(seed)
    schedule = None if data is None else plan_or_none(data)
    return None if data is None or schedule is None else (data, schedule)


def needed(data: dict[str, Any], schedule: Schedule) -> dict[str, Fraction]:
    """Add up the pieces and mL of all days, and hold each intake to its pieces and each piece to its product."""
    products = {product["name"]: product for product in data["product"]}
    found: Counter[str] = Counter()
    for _, intakes in days(schedule).values():
        for intake in intakes:
            made = Fraction(0)
            for item in intake.items:
                product = products[item.product]
                amount = (item.count or item.volume or Pieces("0")).value
                assert (strength(product) * amount / portion(product)).denominator == 1
                made += strength(product) * amount
                found[item.product] += math.ceil(amount) if product.get("discard") else amount  # type: ignore[assignment]
            assert made == intake.dose.value
    return {name: Fraction(amount) for name, amount in found.items()}


def test_most_odd_orders_are_planned() -> None:
    assert sum(planned(seed) is not None for seed in SEEDS) * 2 > len(SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_planned_is_taken_handed_out_written_and_read_back(seed: int) -> None:
    if (both := planned(seed)) is None:
        return
    data, schedule = both
    report = check(schedule)
    assert all(one.end + timedelta(days=1) == other.start for one, other in pairwise(schedule.steps))
    assert all(other.total <= one.total for one, other in pairwise(schedule.steps))
    lines = {line.product: line.needed.value for line in dispense(schedule).lines}
    assert {name: amount for name, amount in lines.items() if amount} == needed(data, schedule)
    text = write_document(schedule, report)
    assert read_document(text).steps == schedule.steps
    assert write_document(read_document(text), report) == text
    for code in ("en", "de", "ar"):
        assert render(schedule, report, "html", printed_on=schedule.steps[0].start, language=code)
    if any("/" in intake.dose.number for step in schedule.steps for intake in step.intakes):
        with pytest.raises(ScheduleError, match="does not end as a decimal"):
            export(schedule, "csv")
        return
    table = export(schedule, "csv")
    assert taken(read_schedule(table).schedule()) == taken(schedule)


def taken(schedule: Schedule) -> dict[Any, dict[Any, Mg]]:
    """The doses of each day, by time."""
    return {day: {one.time: one.dose for one in intakes} for day, (_, intakes) in days(schedule).items() if intakes}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_revision_keeps_the_past_and_says_decimals(seed: int) -> None:
    if (both := planned(seed)) is None:
        return
    data, schedule = both
    rng = random.Random(seed)
    on = rng.choice(schedule.steps).start
    changes: list[dict[str, Any]] = [{"hold": "2 weeks"}, {"every": "6 weeks"}, {"back": True}, {"until": "0.3 mg"}]
    said: list[str] = []
    for change in changes:
        try:
            after = revise(schedule, on=on, **change)
        except TaperError as problem:
            said.append(str(problem))
            continue
        before = {day: what for day, what in days(schedule).items() if day < on}
        assert {day: what for day, what in days(after).items() if day < on} == before
        assert needed(data, after)
        assert revise(read_document(write_document(schedule, check(schedule))), on=on, **change) == after
    assert not [message for message in said if re.search(r"[0-9]/[0-9]+ mg", message)]
