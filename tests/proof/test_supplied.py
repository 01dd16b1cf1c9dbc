"""A supply that `dispense` made is never refused, and one that says anything else of the same days always is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.errors import ProofError, ScheduleError
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.proof import prove_supply
from taper.quantity import Ml, Pieces
from taper.schedule.schedule import Schedule
from taper.schedule.supply import Supply, SupplyLine, dispense
from tests.strategies import (
    INTERVALS,
    foreign_schedules,
    mixed_schedules,
    revised_plans,
    supplied_schedules,
    weekly_schedules,
)
from tests.strategies.odd import odd_order
from tests.support.histories import with_history
from tests.support.planning import plan_or_none


@given(
    supplied_schedules(records=3) | weekly_schedules() | mixed_schedules() | foreign_schedules(),
    st.none() | st.sampled_from(INTERVALS),
)
def test_what_is_dispensed_is_proved(schedule: Schedule, every: str | None) -> None:
    """Whatever the days, the records, the stock and the length of the fills."""
    try:
        supply = dispense(schedule, every)
    except ScheduleError:  # longer than max_days
        return
    prove_supply(schedule, supply, "the test")


@given(revised_plans())
def test_the_supply_of_every_revision_is_proved(plans: list[Schedule]) -> None:
    for schedule in plans:
        prove_supply(schedule, dispense(schedule), "the test")


@pytest.mark.parametrize("seed", range(60))
def test_what_is_thrown_away_is_proved(seed: int) -> None:
    data = odd_order(seed)
    schedule = None if data is None else plan_or_none(data)
    if schedule is not None:
        prove_supply(schedule, dispense(schedule), "the test")


def more(amount: Pieces | Ml, by: Fraction = Fraction(1)) -> Pieces | Ml:
    """The amount and some more."""
    return type(amount)(amount.value + by)


def first_line(supply: Supply, change: Callable[[SupplyLine], SupplyLine]) -> Supply:
    """The supply with another line of its first fill."""
    fill = supply.fills[0]
    return replace(supply, fills=(replace(fill, lines=(change(fill.lines[0]), *fill.lines[1:])), *supply.fills[1:]))


def first_fill(supply: Supply, **changes: Any) -> Supply:
    """The supply with another first fill."""
    return replace(supply, fills=(replace(supply.fills[0], **changes), *supply.fills[1:]))


DAY = timedelta(days=1)
one = Fraction(1)
FAULTS: dict[str, Callable[[Supply], Supply]] = {
    "a tablet too few": lambda supply: first_line(supply, lambda line: replace(line, handed=more(line.handed, -one))),
    "a tablet too many": lambda supply: first_line(supply, lambda line: replace(line, handed=more(line.handed))),
    "a tablet too many, and left": lambda supply: first_line(
        supply, lambda line: replace(line, handed=more(line.handed), left=more(line.left), so_far=more(line.so_far))
    ),
    "half a tablet handed out": lambda supply: first_line(
        supply, lambda line: replace(line, handed=more(line.handed, one / 2), left=more(line.left, one / 2))
    ),
    "more is needed": lambda supply: first_line(
        supply, lambda line: replace(line, count=Pieces(line.needed.value + 1), left=more(line.left, -one))
    ),
    "something at hand": lambda supply: first_line(supply, lambda line: replace(line, carried=more(line.carried))),
    "more left": lambda supply: first_line(supply, lambda line: replace(line, left=more(line.left))),
    "more so far": lambda supply: first_line(supply, lambda line: replace(line, so_far=more(line.so_far))),
    "another product": lambda supply: first_line(supply, lambda line: replace(line, product="diazepam tablet 9 mg")),
    "a liquid": lambda supply: first_line(supply, lambda line: replace(line, count=None, volume=Ml(line.needed.value))),
    "a product lost": lambda supply: first_fill(supply, lines=supply.fills[0].lines[1:]),
    "a product twice": lambda supply: first_fill(supply, lines=supply.fills[0].lines * 2),
    "a day later": lambda supply: first_fill(supply, start=supply.fills[0].start + DAY),
    "a day shorter": lambda supply: first_fill(supply, end=supply.fills[0].end - DAY),
    "a day longer": lambda supply: first_fill(supply, end=supply.fills[0].end + DAY),
    "an end before the beginning": lambda supply: first_fill(supply, end=supply.fills[0].start - DAY),
    "the last fill lost": lambda supply: replace(supply, fills=supply.fills[:-1]),
    "the first fill lost": lambda supply: replace(supply, fills=supply.fills[1:]),
    "a fill twice": lambda supply: replace(supply, fills=(*supply.fills, supply.fills[-1])),
    "a total": lambda supply: replace(
        supply, lines=(replace(supply.lines[0], count=Pieces(supply.lines[0].needed.value + 1)), *supply.lines[1:])
    ),
    "a total lost": lambda supply: replace(supply, lines=supply.lines[1:]),
    "a past that is none": lambda supply: replace(supply, past=supply.fills[0]),
    "a difference that is none": lambda supply: replace(supply, differences=supply.stock),
}


SAYS = {
    "a tablet too few": "handed of diazepam tablet 5 mg is said to be 77, and is 78, in the fill from 2026-01-05",
    "a tablet too many": "handed of diazepam tablet 5 mg is said to be 79, and is 78, in the fill from 2026-01-05",
    "a tablet too many, and left": "handed of diazepam tablet 5 mg is said to be 79, and is 78, in the fill from 2026",
    "half a tablet handed out": "handed of diazepam tablet 5 mg is said to be 157/2, and is 78, in the fill from 2026",
    "more is needed": "needed of diazepam tablet 5 mg is said to be 85, and is 84, in the fill from 2026-01-05",
    "something at hand": "carried of diazepam tablet 5 mg is said to be 15/2, and is 13/2, in the fill from 2026-01-05",
    "more left": "left of diazepam tablet 5 mg is said to be 3/2, and is 1/2, in the fill from 2026-01-05",
    "more so far": "so far of diazepam tablet 5 mg is said to be 79, and is 78, in the fill from 2026-01-05",
    "another product": "needed of diazepam tablet 9 mg is said to be 84, and is 0, in the fill from 2026-01-05",
    "a liquid": "needed of diazepam tablet 5 mg is said to be 84, and is 0, in the fill from 2026-01-05",
    "a product lost": "diazepam tablet 5 mg has no line in the fill from 2026-01-05",
    "a product twice": "diazepam tablet 5 mg stands twice in the fill from 2026-01-05",
    "a day later": "the fill from 2026-01-06 to 2026-02-01 does not follow the days before it",
    "a day shorter": "needed of diazepam tablet 5 mg is said to be 84, and is 82, in the fill from 2026-01-05",
    "a day longer": "needed of diazepam tablet 5 mg is said to be 84, and is 169/2, in the fill from 2026-01-05",
    "an end before the beginning": "the fill from 2026-01-05 to 2026-01-04 does not follow the days before it",
    "the last fill lost": "the last fill ends before 2026-08-17, and the last day with a dose is 2026-09-13",
    "the first fill lost": "the fill from 2026-02-02 to 2026-03-01 does not follow the days before it",
    "a fill twice": "the fill from 2026-08-17 to 2026-09-13 does not follow the days before it",
    "a total": "needed of diazepam tablet 5 mg is said to be 260, and is 259, in all",
    "a total lost": "diazepam tablet 5 mg has no line in all",
    "a past that is none": "days before a revision are counted, and no revision says what was at hand",
    "a difference that is none": "days before a revision are counted, and no revision says what was at hand",
}
"""What is said of each."""


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_no_fault_of_a_supply_is_believed(golden: dict[str, Any], fault: str) -> None:
    """One change of any kind is refused, and the message says of which product or fill."""
    golden["supply"] = {"every": "4 weeks", "stock": [{"product": "diazepam tablet 5 mg", "count": "6.5"}]}
    schedule = plan(parse_order(golden))
    supply = dispense(schedule)
    prove_supply(schedule, supply, "the test")
    with pytest.raises(ProofError, match=rf"of the supply, {re.escape(SAYS[fault])}.*Please report it"):
        prove_supply(schedule, FAULTS[fault](supply), "the test")


def test_what_a_count_found_is_not_believed_either(golden: dict[str, Any]) -> None:
    """A wrong difference, a wrong past, and a supply without what a revision recorded are refused."""
    golden["supply"] = {"stock": [{"product": "diazepam tablet 5 mg", "count": "6.5"}]}
    schedule = plan(parse_order(golden))
    assert schedule.order is not None
    counted = [{"product": "diazepam tablet 5 mg", "count": "20"}]
    handed = [{"product": "diazepam tablet 5 mg", "count": "78"}, {"product": "diazepam tablet 2 mg", "count": "56"}]
    order = with_history(schedule.order, {"on": "2026-01-19", "stock": counted, "handed": handed})
    made = Schedule(schedule.steps, schedule.stopped_on, order, "id", 1)
    supply = dispense(made)
    assert supply.past is not None
    assert supply.differences
    prove_supply(made, supply, "the test")
    past = supply.past
    (line, *lines), (difference, *_) = past.lines, supply.differences
    uncounted = "what was counted is not the difference that is said"
    for wrong, problem in (
        (replace(supply, differences=()), uncounted),
        (replace(supply, differences=(replace(difference, amount=more(difference.amount)),)), uncounted),
        (replace(supply, differences=(replace(difference, product="diazepam tablet 9 mg"),)), uncounted),
        (
            replace(supply, past=replace(past, lines=(replace(line, left=more(line.left)), *lines))),
            "left of diazepam tablet 5 mg is said to be 21, and is 20, before the revision of 2026-01-19",
        ),
        (
            replace(supply, past=replace(past, lines=tuple(lines))),
            "diazepam tablet 5 mg has no line before the revision of 2026-01-19",
        ),
        (dispense(schedule), uncounted),
    ):
        with pytest.raises(ProofError, match=f"of the supply, {problem}"):
            prove_supply(made, wrong, "the test")


def test_a_liquid_is_held_in_milliliters() -> None:
    """Exact volumes are handed out; a count of the same product is another thing."""
    name = "diazepam oral solution 0.4 mg/mL"
    order = {
        "drug": "diazepam",
        "country": "GB",
        "start": "2026-01-05",
        "current": {"bedtime": "3 mg"},
        "product": [
            {"name": "diazepam oral solution 2 mg/5 mL", "device": "5 mL oral syringe", "graduation": "0.5 mL"}
        ],
        "phase": [{"doses": ["2 mg", "0 mg"], "every": "1 week"}],
        "supply": {"stock": [{"product": name, "volume": "10.5 mL"}]},
    }
    schedule = plan(parse_order(order))
    supply = dispense(schedule)
    (line,) = supply.lines
    assert (line.needed, line.carried, line.handed, line.left) == (Ml("87.5"), Ml("10.5"), Ml(77), Ml(0))
    prove_supply(schedule, supply, "the test")
    count = replace(line, count=Pieces(line.needed.value), volume=None)
    for wrong in (replace(line, handed=Ml(78)), replace(line, left=Ml("0.5")), replace(line, handed=Pieces(77)), count):
        with pytest.raises(ProofError, match=r"of the supply, .* in all"):
            prove_supply(schedule, replace(supply, lines=(wrong,)), "the test")


def test_a_supply_of_no_dose_has_no_fills(golden: dict[str, Any]) -> None:
    """Whatever it says, where no day has a dose; a length of its fills that differs is right."""
    schedule = plan(parse_order(golden))
    weekly = dispense(schedule, "1 week")
    assert len(weekly.fills) > len(dispense(schedule).fills)
    prove_supply(schedule, weekly, "the test")
    none = replace(schedule, steps=tuple(replace(step, intakes=()) for step in schedule.steps))
    prove_supply(none, dispense(none), "the test")
    with pytest.raises(ProofError, match=r"of the supply, the fill from 2026-01-05 to .* does not follow"):
        prove_supply(none, replace(dispense(none), fills=weekly.fills[:1]), "the test")
