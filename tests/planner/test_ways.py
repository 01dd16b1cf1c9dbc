"""Each way is TOML that makes just the order that was searched, works, and is the smallest of its kind."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import event, given

from taper.alternatives import options
from taper.errors import NotMakeableError, OrderError, TaperError
from taper.order.order import Order, parse_order
from taper.order.reduction import Reduction
from taper.planner.planning import plan
from taper.planner.ways import Way, changed, reaches, ways
from taper.quantity import Mg
from tests.strategies import order_data
from tests.support.open_ways import CASES, order
from tests.support.orders import GOLDEN
from tests.support.proofs import proof


def pasted(data: dict[str, Any], lines: tuple[str, ...]) -> dict[str, Any]:
    """Put lines into an order as a clinician would: a key where its comment says, a block at the end."""
    result = deepcopy(data)
    for block in lines:
        ((key, value),) = tomllib.loads(block, parse_float=Decimal).items()
        _, _, comment = block.partition("  # ")
        if key == "product":
            result["product"] += value
        elif key == "split":
            next(product for product in result["product"] if product["name"] == comment)["split"] = value
        elif key in ("reduce", "every"):
            assert (len(result["phase"]) > 1) == comment.startswith("phase ")
            result["phase"][int(comment.removeprefix("phase ") or 1) - 1][key] = value
        else:
            assert key == "stop_from"
            result[key] = value
    return result


@pytest.mark.parametrize("case", CASES)
def test_lines_pasted_into_the_order_give_exactly_its_order(case: str) -> None:
    data = CASES[case]
    try:
        found = list(ways(parse_order(data)))
    except OrderError:  # a product of this case that the country does not have
        assert case == "country without products"
        return
    for way in found:
        assert parse_order(pasted(data, way.lines)) == way.order, way.lines
        plan(way.order)
    assert found
    assert len({way.lines for way in found}) == len(found)


def stops_at_once(way: Way) -> bool:
    schedule = plan(way.order)
    return schedule.stopped_on is not None and len(schedule.steps) == 1


@proof(40)
@given(order_data(dates=False, highest=8))
def test_ways_of_any_order_plan_and_paste(data: dict[str, Any]) -> None:
    """Stuck or not; and none takes the whole dose at once unless the order itself does."""
    order = parse_order(data)
    at_once = "stop_from" in data or not reaches(order)
    for way in ways(order):
        event(way.kind)
        assert reaches(way.order)
        assert parse_order(pasted(data, way.lines)) == way.order
        if at_once and order.stop_from is None:
            assert not stops_at_once(way), way.lines
        rule = next((phase.reduce for phase in way.order.phase if phase.reduce is not None), None)
        if way.kind in ("step", "at least") and rule is not None:
            assert (
                rule.at_least is None or rule.at_least < order.current.total or rule.at_least == rule_of(order).at_least
            )
            assert rule.fraction != 1


def rule_of(order: Order) -> Reduction:
    rule = order.phase[0].reduce
    assert rule is not None
    return rule


def one_less(rule: Reduction, kind: str, unit: Fraction) -> Reduction:
    """The step that is a grid unit, or 0.1 %, smaller."""
    if kind == "at least":
        assert rule.at_least is not None
        less = Mg(rule.at_least.value - unit)
        return replace(rule, at_least=less or None)
    if rule.amount is not None:
        return replace(rule, amount=Mg(rule.amount.value - unit))
    if rule.points is not None:
        return replace(rule, points=rule.points - Fraction(1, 1000))
    assert rule.fraction is not None
    return replace(rule, fraction=rule.fraction - Fraction(1, 1000))


@pytest.mark.parametrize(
    "case", ["stuck", "whole", "of start", "mg", "two phases", "points", "works in mg", "works in points"]
)
def test_the_step_is_the_smallest_that_works(case: str) -> None:
    """By planning: it works, and 0.1 %, or one makeable amount, less does not."""
    order = parse_order(CASES[case])
    units = {"stuck": Fraction(1, 2), "two phases": Fraction(1, 2), "whole": Fraction(5)}
    unit = units.get(case, Fraction(1))
    tried = 0
    for way in ways(order):
        if way.kind not in ("step", "at least"):
            continue
        phase = next(i for i, part in enumerate(way.order.phase) if part.reduce != order.phase[i].reduce)
        rule = way.order.phase[phase].reduce
        assert rule is not None
        less = one_less(rule, way.kind, unit)
        if less.amount == Mg(0) or less.fraction == 0 or less.points == 0:
            continue
        tried += 1
        smaller = changed(way.order, lambda data, i=phase, text=str(less): data["phase"][i].update(reduce=text))  # type: ignore[misc]
        with pytest.raises(TaperError):
            plan(smaller)
    assert tried


def test_seven_milligrams_from_halves_of_five_need_another_product() -> None:
    """The dose cannot be made: no step helps, and the two-milligram tablet does, by itself where the step allows it."""
    data = order("7 mg", ("5 mg", "halves"), reduce="10% of current, at least 1 mg")
    with pytest.raises(NotMakeableError, match=r"7 mg cannot be made .*nearest doses that can are 5 mg and 7\.5 mg"):
        plan(parse_order(data))
    lines = {way.lines: way for way in ways(parse_order(data))}
    assert ('[[product]]\nname = "diazepam tablet 2 mg"\nsplit = "halves"',) in lines
    assert not [way for way in lines.values() if way.kind in ("step", "at least", "interval")]
    found = options(parse_order(data))
    assert found
    assert all(option.way is not None for option in found)
    assert {option.schedule.steps[0].total for option in found} == {Mg(7)}


def test_a_dose_that_a_further_split_makes() -> None:
    data = order("7.5 mg", ("5 mg", "whole"), reduce="2.5 mg")
    assert ('split = "halves"  # diazepam tablet 5 mg',) in [way.lines for way in ways(parse_order(data))]


def test_a_dose_that_nothing_makes_is_refused_with_its_neighbors() -> None:
    data = order("7.003 mg", ("5 mg", "halves"))
    assert not list(ways(parse_order(data)))
    with pytest.raises(NotMakeableError, match="nearest doses"):
        options(parse_order(data))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (('reduce = "12.5% of current"  # phase 1',), 'reduce = "12.5% of current" in phase 1'),
        (('split = "halves"  # diazepam tablet 5 mg',), 'split = "halves" for diazepam tablet 5 mg'),
        (
            ('[[product]]\nname = "a"\nsplit = "halves"', 'stop_from = "1 mg"'),
            '[[product]] name = "a", split = "halves" together with stop_from = "1 mg"',
        ),
    ],
)
def test_the_sentence_of_a_message(lines: tuple[str, ...], text: str) -> None:
    assert Way("step", lines, parse_order(GOLDEN)).text == text
