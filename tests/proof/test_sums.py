"""A plan that `taper.plan` or `taper.revise` made is never refused, whatever the order: a right plan must come out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.exchange.plan_document import read_document
from taper.order.order import parse_order, read_order
from taper.planner.planning import plan
from taper.planner.reviser import revise
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
from tests.support.planning import plan_or_none, revision_or_none
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


def test_a_new_interval_is_not_counted_from_where_the_old_one_was() -> None:
    """Found by the proof: the dose of the day, ordered again with a shorter interval, was cut before its own day."""
    order = {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "current": {"bedtime": "12 mg"},
        "product": [{"name": "diazepam tablet 2 mg", "split": "halves"}],
        "phase": [{"reduce": "2 mg", "every": "1 month", "until": "0 mg"}],
    }
    before = plan(parse_order(order))
    revised = revise(before, on="2026-04-01", dose={"bedtime": "8 mg"}, every="3 days")
    assert [step.total for step in revised.steps][:4] == [step.total for step in before.steps][:4]
    assert revised.steps[3].start == before.steps[3].start > date(2026, 4, 1)
    holds(revised)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_proved_with_its_revisions(path: Path) -> None:
    """As it is, paused, slower, and with what was taken in between."""
    schedule = plan(read_order(path))
    holds(schedule)
    changes: list[dict[str, Any]] = [{"hold": "2 weeks"}, {"every": "4 weeks"}, {"back": True}, {"undo": True}]
    for number, change in enumerate(changes):
        on = schedule.steps[0].start + timedelta(days=20 + 9 * number)
        revised = revision_or_none(schedule, on=on, **change)
        holds(revised)
        schedule = revised or schedule


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_every_golden_document_is_proved(path: Path) -> None:
    holds(read_document(path.read_bytes()))
