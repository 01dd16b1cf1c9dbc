"""No tablet is lost or gained: the supply is the sum over the days, and fills add up to it."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taper.dispenser import Supply, dispense
from taper.errors import QuantityError
from taper.interval import parse_interval
from taper.order import parse_order
from taper.planner import plan
from taper.schedule import Schedule
from tests.strategies import INTERVALS, foreign_schedules, printed_schedules


def per_day(schedule: Schedule) -> dict[date, dict[str, Fraction]]:
    """What each day takes of each product, day by day."""
    found: dict[date, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for day, step in schedule.days():
        for intake in step.intakes:
            for item in intake.items:
                amount = item.volume if item.volume is not None else item.count
                found[day][item.product] += amount.value if amount is not None else 0
    return found


def between(days: dict[date, dict[str, Fraction]], start: date, end: date) -> dict[str, Fraction]:
    total: dict[str, Fraction] = defaultdict(Fraction)
    for day, needs in days.items():
        if start <= day <= end:
            for product, amount in needs.items():
                total[product] += amount
    return {product: amount for product, amount in total.items() if amount}


def amounts(supply_lines: Any) -> dict[str, Fraction]:
    return {line.product: (line.volume if line.volume is not None else line.count).value for line in supply_lines}


@settings(max_examples=80)
@given(printed_schedules(), st.none() | st.sampled_from(INTERVALS))
def test_supply_and_fills_are_sums_over_the_days(schedule: Schedule, every: str | None) -> None:
    days = per_day(schedule)
    supply = dispense(schedule, every)
    assert amounts(supply.lines) == between(days, date.min, date.max)
    for fill in supply.fills:
        assert amounts(fill.lines) == between(days, fill.start, fill.end)


@settings(max_examples=80)
@given(printed_schedules(), st.none() | st.sampled_from(INTERVALS))
def test_whole_tablets_are_enough_at_every_fill_and_never_one_too_many(schedule: Schedule, every: str | None) -> None:
    """Handed out so far is what is needed so far, rounded up once: leftover halves count against the next fill."""
    supply = dispense(schedule, every)
    needed: dict[str, Fraction] = defaultdict(Fraction)
    handed: dict[str, int] = defaultdict(int)
    for fill in supply.fills:
        for line in fill.lines:
            if line.count is None:
                assert line.dispense is None
                continue
            needed[line.product] += line.count.value
            assert line.dispense is not None
            handed[line.product] += line.dispense
            assert handed[line.product] == math.ceil(needed[line.product])
            assert line.dispense >= 0
    for line in supply.lines:
        if line.count is not None:
            assert line.dispense == math.ceil(line.count.value) == handed[line.product]


@settings(max_examples=80)
@given(printed_schedules(), st.sampled_from(INTERVALS))
def test_fills_follow_each_other_without_gap(schedule: Schedule, every: str) -> None:
    fills = dispense(schedule, every).fills
    taking = [step for step in schedule.steps if step.intakes]
    if not taking:
        assert fills == ()
        return
    assert fills[0].start == taking[0].start
    assert fills[-1].end == taking[-1].end
    for number, fill in enumerate(fills):
        assert fill.start == parse_interval(every).after(fills[0].start, number)
        assert number == 0 or fill.start == fills[number - 1].end + timedelta(days=1)
        assert fill.start <= fill.end


@given(foreign_schedules())
def test_a_schedule_from_elsewhere_is_added_up_too(schedule: Schedule) -> None:
    supply = dispense(schedule, "2 weeks")
    assert {line.product for fill in supply.fills for line in fill.lines} <= {line.product for line in supply.lines}
    if not any(item for step in schedule.steps for intake in step.intakes for item in intake.items):
        assert supply.lines == ()


def test_golden_supply(golden: dict[str, Any]) -> None:
    """By hand for the first fill of four weeks: 14 days of 2 + 2 fives, then 14 of 1 + 1 fives and 2 + 2 twos."""
    supply = dispense(plan(parse_order(golden)), "4 weeks")
    first = {line.product: (str(line.count), line.dispense) for line in supply.fills[0].lines}
    assert first == {"diazepam tablet 5 mg": ("84", 84), "diazepam tablet 2 mg": ("56", 56)}
    assert len(supply.fills) == 9
    assert supply.fills[-1].end == date(2026, 9, 13)
    milligrams = sum(
        (line.count.value * int(line.product.split()[2]) for line in supply.lines if line.count), Fraction(0)
    )
    assert milligrams == 14 * (20 + 18 + Fraction("16.5") + Fraction("15.5") + sum(range(1, 15)))


@pytest.mark.parametrize("every", ["0 weeks", "soon", ""])
def test_an_interval_that_is_none_is_refused(golden: dict[str, Any], every: str) -> None:
    with pytest.raises(QuantityError, match=r"not an interval|interval of zero"):
        dispense(plan(parse_order(golden)), every)


def test_nothing_is_handed_out_for_nothing() -> None:
    assert dispense(Schedule(())) == Supply((), ())
