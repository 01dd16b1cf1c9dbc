"""Ways out of the dead end of a revision: what was ordered, and one change more."""

from __future__ import annotations

from typing import Any

import pytest

from taper.errors import StuckError
from taper.order.order import parse_order
from taper.planner.leg_ways import ways_of_revision
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.schedule.schedule import Schedule

TABLET = {"name": "diazepam tablet 2 mg", "split": "halves"}
FALL = {"reduce": "2 mg", "every": "2 weeks", "until": "0 mg"}
ON = "2026-01-25"


def by_two() -> Schedule:
    """10 mg, and from 19 January on 8 mg, of a tablet that is halved: every dose is a whole number of mg."""
    data = {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "current": {"bedtime": "10 mg"},
        "product": [TABLET],
        "phase": [FALL],
    }
    return plan(parse_order(data))


def found(before: Schedule, **changes: Any) -> list[dict[str, Any]]:
    """The ways out of a revision that comes to a dead end."""
    with pytest.raises(StuckError) as stuck:
        revise(before, on=ON, **changes)
    assert before.order is not None
    return list(ways_of_revision(before.order, changes, stuck.value))


def test_where_only_the_stop_is_missing_it_is_added_to_the_revision() -> None:
    """Half each time: 8, 4, 2, 1 mg; half of 1 mg cannot be made, so 1 mg must be the last dose."""
    before = by_two()
    said: dict[str, Any] = {"reduce": "50% of current"}
    ways = found(before, **said)
    assert {**said, "stop_from": "1 mg"} in ways
    after = revise(before, on=ON, **said, stop_from="1 mg")
    assert [str(step.total) for step in after.steps] == ["10 mg", "8 mg", "4 mg", "2 mg", "1 mg"]


def test_a_product_is_added_to_those_in_force() -> None:
    """From 8 mg by half a milligram: a liquid beside the tablet, which stays."""
    before = by_two()
    said: dict[str, Any] = {"reduce": "0.5 mg"}
    products = [way["product"] for way in found(before, **said) if "product" in way]
    liquids = [names for names in products if "solution" in names[-1]["name"]]
    assert liquids
    for lines in liquids:
        assert lines[:-1] == [TABLET]
        after = revise(before, on=ON, **said, product=lines)
        assert [str(step.total) for step in after.steps[1:4]] == ["8 mg", "7.5 mg", "7 mg"]


def test_a_way_out_of_a_new_phase_is_written_into_it() -> None:
    """From 8 mg in whole milligrams a tenth is less than one: at least 1 mg, in the phase and not beside it."""
    phase = FALL | {"reduce": "10% of current"}
    ways = [way for way in found(by_two(), phase=[phase]) if "product" not in way]
    assert {"phase": [phase | {"reduce": "10% of current, at least 1 mg"}]} in ways
    assert all("reduce" not in way for way in ways)


def test_of_several_new_phases_none_is_changed() -> None:
    """Which of them a step is for is not said: only what is ordered beside them may change."""
    phases = [FALL | {"reduce": "10% of current", "until": "4 mg"}, FALL]
    ways = found(by_two(), phase=phases)
    assert ways
    assert all(way["phase"] == phases and "reduce" not in way for way in ways)
    assert all(set(way) <= {"phase", "product", "stop_from"} for way in ways)
