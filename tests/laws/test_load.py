"""A share of the very many random orders of ``python -m tests.tools.load``, and that its laws notice what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.quantity import Mg, Pieces
from taper.schedule.schedule import Schedule, Step
from taper.schedule.supply import Supply, dispense
from tests.oracles import laws
from tests.strategies.drawn import KINDS, drawn, kind_of
from tests.support.proofs import some
from tests.tools import load

BLOCKS = some(list(range(0, 1000, 50)))


@pytest.mark.parametrize("first", BLOCKS)
def test_random_orders_keep_every_law_or_are_refused(first: int) -> None:
    """Read, planned, checked, supplied, proved, written and read back: no law broken, and no traceback."""
    ends = {number: load.carried_out(number) for number in range(first, first + 50)}
    assert {number: problems for number, (_, problems) in ends.items() if problems} == {}
    assert sum(end == "planned" for end, _ in ends.values()) >= 25


def test_orders_of_every_kind_are_carried_out() -> None:
    wanted = set(KINDS)
    for number in range(400):
        if kind_of(number) in wanted and load.carried_out(number)[0] == "planned":
            wanted.discard(kind_of(number))
    assert wanted == set()


def test_the_same_number_is_the_same_order() -> None:
    assert [drawn(number) for number in range(50)] == [drawn(number) for number in range(50)]


DATA: dict[str, Any] = {
    "drug": "diazepam",
    "country": "US",
    "start": "2026-01-05",
    "current": {"bedtime": "6 mg"},
    "stop_from": "1 mg",
    "product": [
        {
            "name": "diazepam tablet 2 mg",
            "source": "clinician",
            "form": "tablet",
            "strength": "2 mg",
            "split": "halves",
        }
    ],
    "phase": [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}],
}


def _second(schedule: Schedule, change: Callable[[Step], Step]) -> Schedule:
    first, second, *others = schedule.steps
    return replace(schedule, steps=(first, change(second), *others))


def _dose(step: Step, mg: str) -> Step:
    return replace(step, intakes=(replace(step.intakes[0], dose=Mg(mg)),))


def _made(step: Step, pieces: str, mg: str) -> Step:
    intake = step.intakes[0]
    item = replace(intake.items[0], count=Pieces(pieces))
    return replace(step, intakes=(replace(intake, dose=Mg(mg), items=(item,)),))


FAULTS: dict[str, Callable[[Schedule], Schedule]] = {
    "a dose of other pieces": lambda plan: _second(plan, lambda step: _dose(step, "4")),
    "a piece that cannot be had": lambda plan: _second(plan, lambda step: _made(step, "9/4", "4.5")),
    "a cut too large": lambda plan: _second(plan, lambda step: _made(step, "2", "4")),
    "a dose that rises": lambda plan: _second(plan, lambda step: _made(step, "7/2", "7")),
    "a day lost": lambda plan: _second(plan, lambda step: replace(step, start=step.start + timedelta(days=1))),
    "a step too short": lambda plan: replace(
        plan,
        steps=(
            plan.steps[0],
            replace(plan.steps[1], end=plan.steps[1].end - timedelta(days=1)),
            replace(plan.steps[2], start=plan.steps[2].start - timedelta(days=1)),
            *plan.steps[3:],
        ),
    ),
    "a stop too late": lambda plan: replace(plan, stopped_on=plan.steps[-1].end + timedelta(days=9)),
    "no stop": lambda plan: replace(plan, stopped_on=None),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_laws_notice_each_kind_of_fault(fault: str) -> None:
    schedule = plan(parse_order(DATA))
    assert list(laws.broken(DATA, schedule)) == []
    assert list(laws.broken(DATA, FAULTS[fault](schedule)))


def test_the_laws_notice_a_supply_that_does_not_last() -> None:
    """One tablet less handed out, or one fill lost."""
    schedule = plan(parse_order(DATA))
    supply = dispense(schedule)
    assert list(laws.unsupplied(DATA, schedule, supply)) == []
    line = supply.fills[0].lines[0]
    less = replace(supply.fills[0], lines=(replace(line, handed=Pieces(line.handed.value - 1)),))
    wrong: list[Supply] = [replace(supply, fills=(less, *supply.fills[1:])), replace(supply, fills=supply.fills[1:])]
    for one in wrong:
        assert list(laws.unsupplied(DATA, schedule, one))


@pytest.mark.parametrize(("old", "new"), [(b"bedtime", b"morning"), (b",5\r", b",6\r"), (b"01-19", b"01-20")])
def test_a_table_with_other_doses_than_the_plan_is_noticed(
    monkeypatch: pytest.MonkeyPatch, old: bytes, new: bytes
) -> None:
    schedule = plan(parse_order(DATA))
    text = load.export(schedule, "csv")
    assert list(load._broken(3, DATA, schedule)) == []
    assert old in text
    monkeypatch.setattr(load, "export", lambda *_: text.replace(old, new))
    assert list(load._broken(3, DATA, schedule)) == ["the table has other doses than the plan"]


def test_a_run_that_was_ended_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks that are done are not run again, and the sum counts each once."""
    monkeypatch.setattr(load, "BLOCK", 3)
    first = load.run_block(0)
    assert first["orders"] == 3
    assert sum(first["ends"].values()) == 3
    record = tmp_path / "blocks.jsonl"
    lines = (load.as_line(first), load.as_line(load.run_block(1)))
    record.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert [block["block"] for block in load.done(tmp_path)] == [0, 1]
    assert load.left(4 * 3, tmp_path) == [2, 3]
    assert load.summed(load.done(tmp_path)).startswith("6 orders in 2 blocks")
