"""Each way is TOML that makes just the order that was searched, works, and is the smallest of its kind."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import event, given

from taper.alternatives import options
from taper.errors import NotMakeableError, OrderError
from taper.order.order import Order, parse_order
from taper.order.reduction import Reduction, parse_reduction
from taper.planner.graph import Graph
from taper.planner.planning import plan
from taper.planner.usual import floors
from taper.planner.ways import Way, reaches, ways
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


@pytest.mark.parametrize("case", CASES)
def test_only_steps_that_a_clinician_would_say_are_offered(case: str) -> None:
    """Round percentages, whole or half points, and amounts that one intake can be."""
    try:
        order = parse_order(CASES[case])
        found = list(ways(order))
    except OrderError:
        assert case == "country without products"
        return
    for way in found:
        for old, new in zip(order.phase, way.order.phase, strict=True):
            if new.reduce is None or old.reduce is None or new.reduce == old.reduce:
                continue
            made = Graph(way.order).makeable
            amounts = [made.mg(place) for place in made.doses]
            assert new.reduce.fraction in (old.reduce.fraction, *(Fraction(n, 1000) for n in (50, 100, 125, 200, 250)))
            assert new.reduce.points is None or new.reduce.points * 1000 % 5 == 0
            assert new.reduce.amount is None or new.reduce.amount in amounts
            assert new.reduce.at_least is None or new.reduce.at_least in (old.reduce.at_least, *amounts)


def test_a_working_order_is_offered_smaller_steps_only() -> None:
    """Half of an amount, and each round percentage below the ordered one."""
    lines = [way.lines[0] for way in ways(parse_order(CASES["works"])) if way.kind == "step"]
    assert lines == ['reduce = "5% of current, at least 1 mg"']
    data = order("20 mg", ("2 mg", "halves"), reduce="25% of start", max_units=12)
    lines = [way.lines[0] for way in ways(parse_order(data)) if way.kind == "step"]
    assert lines == [f'reduce = "{percent}% of start"' for percent in ("5", "10", "12.5", "20")]
    data = order("20 mg", ("2 mg", "halves"), reduce="4 mg", max_units=12)
    assert [way.lines[0] for way in ways(parse_order(data)) if way.kind == "step"] == ['reduce = "2 mg"']


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
    scored = {"name": "t", "source": "clinician", "form": "tablet", "strength": "5 mg", "score": "halves"}
    data = order("7.5 mg", reduce="2.5 mg") | {"product": [scored | {"label_claim": "equal_doses"}]}
    assert ('split = "halves"  # t',) in [way.lines for way in ways(parse_order(data))]


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


def test_the_smallest_step_of_a_dilution_is_offered_as_a_decimal() -> None:
    """Its doses are thirtieths of a mg; a little more than one of them allows the same cut and can be typed."""
    data = order("0.6 mg", ("dilution", "whole"))
    data["product"] = [
        {
            "name": "dilution",
            "source": "clinician",
            "form": "oral solution",
            "strength": "2 mg/300 mL",
            "device": "measuring cylinder",
            "graduation": "5 mL",
        }
    ]
    data["phase"][0]["reduce"] = "1% of current"
    floors = [way for way in ways(parse_order(data)) if way.kind == "at least"]
    assert [way.lines for way in floors] == [('reduce = "1% of current, at least 0.04 mg"',)]
    assert plan(floors[0].order).stopped_on


def test_a_product_is_offered_with_the_last_dose_that_the_tablets_had() -> None:
    """A tenth of 1 mg is a line of the syringe, a tenth of 0.9 mg is less: so 1 mg, the half tablet, is the last."""
    data = order("20 mg", ("2 mg", "halves"), max_units=12)
    syringe = 'device = "oral syringe with a line every 0.1 mL"\ngraduation = "0.1 mL"'
    liquid = f'[[product]]\nname = "diazepam oral solution 1 mg/mL"\n{syringe}'
    (way,) = [way for way in ways(parse_order(data)) if way.lines[0] == liquid]
    assert way.lines == (liquid, 'stop_from = "1 mg"')
    assert plan(way.order).steps[-1].total == Mg(1)


def test_a_smallest_cut_that_is_offered_is_above_the_ordered_one() -> None:
    """Of 20 mg at most a quarter may be cut at once: of 1, 2, 3 mg and so on, what is above 2 mg, up to 5 mg."""
    data = order("20 mg", ("2 mg", "halves"), max_units=12, check={"guidelines": ["asam-2025"]})
    rule = parse_reduction("10% of current, at least 2 mg")
    made = parse_order(data)
    offered = [str(step.at_least) for step in floors(made, 0, rule, Graph(made).makeable)]
    assert offered == ["3 mg", "4 mg", "5 mg"]
