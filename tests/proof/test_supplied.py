"""A supply that `dispense` made is never refused, and one that says anything else of the same days always is."""

from __future__ import annotations

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
    "the last fill lost": lambda supply: replace(supply, fills=supply.fills[:-1]),
    "the first fill lost": lambda supply: replace(supply, fills=supply.fills[1:]),
    "a fill twice": lambda supply: replace(supply, fills=(*supply.fills, supply.fills[-1])),
    "a total": lambda supply: replace(
        supply, lines=(replace(supply.lines[0], count=Pieces(supply.lines[0].needed.value + 1)), *supply.lines[1:])
    ),
    "a total lost": lambda supply: replace(supply, lines=supply.lines[1:]),
    "a past that is none": lambda supply: replace(supply, past=supply.fills[0]),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_no_fault_of_a_supply_is_believed(golden: dict[str, Any], fault: str) -> None:
    """One change of any kind is refused, and the message says of which product or fill."""
    golden["supply"] = {"every": "4 weeks", "stock": [{"product": "diazepam tablet 5 mg", "count": "6.5"}]}
    schedule = plan(parse_order(golden))
    supply = dispense(schedule)
    prove_supply(schedule, supply, "the test")
    with pytest.raises(ProofError, match=r"of the supply, .*Please report it"):
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
    for wrong in (
        replace(supply, differences=()),
        replace(supply, past=replace(past, lines=(replace(past.lines[0], left=more(past.lines[0].left)),))),
        dispense(schedule),
    ):
        with pytest.raises(ProofError, match="of the supply"):
            prove_supply(made, wrong, "the test")
