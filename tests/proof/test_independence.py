"""What a step says of itself, and what labels are made with, is not believed: a fault there is found by the proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from taper.errors import ProofError
from taper.order import device
from taper.order.order import Order, parse_order
from taper.paper.numbers import bare
from taper.paper.renderers import Sheet, render
from taper.planner.planning import plan
from taper.quantity import Powder
from taper.schedule.schedule import Schedule, Step
from tests.support.orders import GOLDEN

PRINTED = date(2026, 1, 2)
DROPS = {"drops_per_ml": 20, "device": "dropper", "graduation": "1 drop", "form": "oral drops", "strength": "10 mg/mL"}
POWDER = {"weight": "170 mg", "device": "pocket scale", "graduation": "1 mg", "form": "tablet", "strength": "17 mg"}


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


def measured(line: dict[str, Any]) -> Order:
    """Return an order of something that is measured."""
    product = {"name": "what is measured", "source": "clinician", **line}
    dose = {"bedtime": "10 mg"}
    return parse_order(
        {**GOLDEN, "current": dose, "product": [product], "phase": [{"doses": ["8 mg"], "every": "1 week"}]}
    )


def test_a_drop_is_as_large_as_the_order_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two drops are taken for one, each paper tells half of them."""
    assert render(plan(measured(DROPS)), to="text", printed_on=PRINTED)
    usual = device._drop
    monkeypatch.setattr(device, "_drop", lambda graduation, product: usual(graduation, product) * 2)
    with pytest.raises(ProofError, match=r"is measured by 0\.1 mL, which the order does not say"):
        render(plan(measured(DROPS)), to="text", printed_on=PRINTED)


def kept_as(schedule: Schedule, patch: pytest.MonkeyPatch, **changes: Any) -> None:
    """Keep the products of an order in another way than its words say."""
    assert schedule.order is not None
    kept = tuple(replace(product, **changes) for product in schedule.order.products)
    patch.setattr(Order, "products", property(lambda _: kept))


@pytest.mark.parametrize(("line", "in_drops"), [(DROPS, False), (DROPS | {"graduation": "0.1 mL"}, True)])
def test_drops_are_told_where_the_order_counts_them(
    line: dict[str, Any], in_drops: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many drops as a syringe has lines are another dose."""
    schedule = plan(measured(line))
    assert render(schedule, to="text", printed_on=PRINTED)
    schedule = plan(measured(line))
    kept_as(schedule, monkeypatch, in_drops=in_drops)
    with pytest.raises(ProofError, match="counted in drops, which the order does not say"):
        render(schedule, to="text", printed_on=PRINTED)


def test_what_is_thrown_away_is_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is forgotten that the other half is thrown away, the tablets do not last."""
    order = parse_order(GOLDEN | {"product": [one | {"discard": True} for one in GOLDEN["product"]]})
    assert render(plan(order), to="text", printed_on=PRINTED, sheet="pharmacy")
    schedule = plan(order)
    kept_as(schedule, monkeypatch, discard=False)
    with pytest.raises(ProofError, match="the order says that it is thrown away"):
        render(schedule, to="text", printed_on=PRINTED, sheet="pharmacy")


def test_a_tablet_weighs_what_the_order_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is read as a tenth of that, each paper tells a tenth of the powder."""
    assert render(plan(measured(POWDER)), to="text", printed_on=PRINTED)
    monkeypatch.setattr(device, "parse_powder", lambda text: Powder(17 if text == "170 mg" else 1))
    with pytest.raises(ProofError, match="is measured by 17 mg, which the order does not say"):
        render(plan(measured(POWDER)), to="text", printed_on=PRINTED)
