"""What a step says of itself, and what labels are made with, is not believed: a fault there is found by the proof."""

from __future__ import annotations

from datetime import date

import pytest

from taper.errors import ProofError
from taper.order.order import parse_order
from taper.paper.numbers import bare
from taper.paper.renderers import Sheet, render
from taper.planner.planning import plan
from taper.schedule.schedule import Step
from tests.support.orders import GOLDEN

PRINTED = date(2026, 1, 2)


@pytest.mark.parametrize("sheet", ["patient", "plan"])
def test_the_last_day_of_a_step_is_not_lost(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where steps are counted a day too short, the calendar says nothing of their last days."""
    schedule = plan(parse_order(GOLDEN))
    assert render(schedule, to="text", printed_on=PRINTED, sheet=sheet)
    monkeypatch.setattr(Step, "days", property(lambda step: (step.end - step.start).days))
    with pytest.raises(ProofError, match="Please report it"):
        render(schedule, to="text", printed_on=PRINTED, sheet=sheet)


def test_a_dose_on_an_axis_keeps_its_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes the marks of direction out of a label takes nothing else."""
    schedule = plan(parse_order(GOLDEN))
    assert render(schedule, to="html", printed_on=PRINTED)
    for module in ("svg_chart", "shown_charts"):
        name = f"taper.paper.renderers.{module}.bare"
        monkeypatch.setattr(name, lambda text: bare(text).replace("5", ""), raising=False)
    with pytest.raises(ProofError, match="does not name"):
        render(schedule, to="html", printed_on=PRINTED)
