"""A plan that `taper.plan` or `taper.revise` made is never refused, whatever the order: a right plan must come out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.proof import prove
from taper.proof.sums import is_plan
from taper.schedule.schedule import Schedule
from tests.strategies import (
    cycle_orders,
    dated_order_data,
    foreign_schedules,
    joint_orders,
    mixed_schedules,
    order_data,
    printed_schedules,
    revised_plans,
    switch_data,
    weekly_orders,
    weekly_schedules,
)
from tests.strategies.odd import odd_order
from tests.strategies.seeded import KINDS, finishing, reducing
from tests.support.planning import plan_or_none
from tests.support.proofs import some

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
GOLDEN = sorted((ROOT / "tests/golden/contract").glob("*.plan.json"))


def holds(schedule: Schedule | None) -> None:
    """Prove a plan."""
    if schedule is not None:
        assert is_plan(schedule)
        prove(schedule, "the test")


@given(st.integers(1, 3).flatmap(lambda times: order_data(times)))
def test_a_plan_with_a_step_is_proved(data: dict[str, Any]) -> None:
    holds(plan_or_none(data))


@given(st.integers(1, 2).flatmap(lambda times: dated_order_data(times)), st.integers(1, 60))
def test_a_plan_with_a_finish_date_is_proved(data: dict[str, Any], weeks: int) -> None:
    phase = next(phase for phase in data["phase"] if "cuts" in phase)
    del phase["cuts"], phase["slack"]
    phase["finish"] = (date.fromisoformat(data["start"]) + timedelta(weeks=weeks)).isoformat()
    holds(plan_or_none(data))


@given(weekly_orders() | cycle_orders())
def test_a_plan_with_patterns_is_proved(data: dict[str, Any]) -> None:
    holds(plan_or_none(data))


@given(switch_data() | joint_orders())
def test_a_plan_of_several_drugs_is_proved(data: dict[str, Any]) -> None:
    holds(plan_or_none(data))


@given(revised_plans() | revised_plans(dated=True))
def test_every_revision_is_proved(plans: list[Schedule]) -> None:
    for schedule in plans:
        holds(schedule)


@pytest.mark.parametrize("seed", some(range(40)))
def test_a_plan_of_real_size_is_proved(seed: int) -> None:
    kind = KINDS[seed % len(KINDS)]
    holds(plan_or_none(reducing(f"proof {seed}", kind)))
    holds(plan_or_none(finishing(f"proof {seed}", kind)))


@pytest.mark.parametrize("seed", some(range(400)))
def test_a_plan_of_odd_products_is_proved(seed: int) -> None:
    data = odd_order(seed)
    holds(None if data is None else plan_or_none(data))


@given(printed_schedules() | mixed_schedules() | weekly_schedules() | foreign_schedules())
def test_what_no_order_led_to_is_kept_as_it_was_found(schedule: Schedule) -> None:
    assert not is_plan(schedule)
    prove(schedule, "the test")
