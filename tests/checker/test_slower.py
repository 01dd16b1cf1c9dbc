"""A plan that takes longer than ordered, because its products cannot make the step, says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from taper.checker.checking import check
from taper.cli import main
from taper.finding import Severity
from taper.order.order import parse_order
from taper.planner.planning import plan
from tests.strategies import order_data
from tests.support.planning import plan_or_none
from tests.support.proofs import proof
from tests.support.toml import toml

ORDER: dict[str, Any] = {
    "drug": "diazepam",
    "country": "US",
    "start": "2026-01-05",
    "current": {"bedtime": "1 mg"},
    "product": [
        {"name": "diazepam oral solution 1 mg/mL", "device": "1 mL oral syringe", "graduation": "0.01 mL"},
    ],
    "phase": [{"reduce": "0.025 mg", "every": "1 day", "until": "0 mg"}],
}
LINE = "Slower than ordered: a cut of 0.025 mg cannot be made, one of 0.02 mg can; 50 cuts in 50 days, not 40 in 40."


def test_a_syringe_that_cannot_measure_the_step_is_said_in_one_line_on_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    found = [each for each in check(plan(parse_order(ORDER))).findings if each.code == "T118"]
    assert [(each.severity, each.measured, each.limit, each.message) for each in found] == [
        (Severity.NOTE, "50", "40", LINE)
    ]
    file = tmp_path / "order.toml"
    file.write_text(toml(ORDER), encoding="utf-8")
    main(["plan", str(file)])
    assert f"NOTE T118: {LINE}" in capsys.readouterr().out


def test_a_step_that_can_be_made_is_not_said_to_be_slow() -> None:
    """Also with the stop from a dose that the order names."""
    for phase in ({"reduce": "0.02 mg"}, {"reduce": "10% of start"}):
        data = ORDER | {"phase": [ORDER["phase"][0] | phase], "stop_from": "0.1 mg"}
        assert "T118" not in {each.code for each in check(plan(parse_order(data))).findings}


@proof(40)
@given(order_data(highest=8))
def test_no_plan_is_said_to_be_slower_by_less_than_one_cut(data: dict[str, Any]) -> None:
    """The days measured are more than those ordered, and no plan is faster than its step: it is never negative."""
    schedule = plan_or_none(data)
    if schedule is None:
        return
    for found in check(schedule).findings:
        if found.code == "T118":
            assert int(found.measured) > int(found.limit) > 0
