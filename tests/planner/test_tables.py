"""Plans of orders and of revisions of every kind, row by row as they were read over once: nothing of them may change.

The orders are those of the proof's tests, which hold each row against the words of its order; what the words leave
open, such as which of the doses that a step allows is taken, and with which pieces, is held here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from taper.schedule.schedule import Schedule
from tests.support.worded import CASES, PROVED, REVISED, revised

TABLES = tomllib.loads((Path(__file__).parents[1] / "data/plans.toml").read_text(encoding="utf-8"))


def plans() -> Iterator[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """Yield what each order changes, and its revisions, with a name."""
    for name, (own, _, _) in CASES.items():
        yield name, own, []
    for name, (own, revisions, _, _, _) in REVISED.items():
        yield f"revised: {name}", own, revisions
    for name, (own, revisions) in PROVED.items():
        yield f"proved: {name}", own, revisions


ALL: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
for _name, _order, _revisions in plans():
    if (_order, _revisions) not in ALL.values():
        ALL[_name] = _order, _revisions


def written(schedule: Schedule) -> list[str]:
    """Return a row for each step: its day, what is taken at which time, of which pieces, and the target."""
    rows = []
    for step in schedule.steps:
        doses = [
            f"{intake.time} {intake.drug} {intake.dose} = "
            + " + ".join(f"{item.count or item.volume} {item.product}" for item in intake.items)
            for intake in step.intakes
        ]
        target = "" if step.target is None else f" (target {step.target})"
        rows.append(f"{step.number} {step.start} {'; '.join(doses) or 'nothing'}{target}")
    return [*rows, f"until {schedule.steps[-1].end}, {'stops' if schedule.stopped_on else 'stays'}"]


@pytest.mark.parametrize("name", ALL)
def test_a_plan_is_the_one_that_was_read_over(name: str) -> None:
    """Each day, dose, piece, number and target of it."""
    order, revisions = ALL[name]
    assert written(revised(order, revisions)) == TABLES[name]
