"""A dead end says where it is, and every way out it names was planned, works when pasted, and is the smallest."""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given

from taper.errors import StuckError, TaperError
from taper.order.order import parse_order
from taper.order.reduction import parse_reduction
from taper.planner.graph import Graph
from taper.planner.planning import plan
from taper.quantity import parse_mg
from taper.schedule.schedule import Schedule
from tests.oracles.brute import Brute
from tests.strategies import decimal_text, order_data
from tests.support.open_ways import order
from tests.support.orders import GOLDEN
from tests.support.proofs import proof


def stuck(data: dict[str, Any]) -> StuckError:
    with pytest.raises(StuckError) as caught:
        plan(parse_order(data))
    return caught.value


def pasted(data: dict[str, Any], way: str) -> dict[str, Any]:
    """Put the lines of a way out into the order as a reader of the message would."""
    changed = deepcopy(data)
    for written in way.split(" together with "):
        if written.startswith("[[product]] "):
            line = "\n".join(re.findall(r'\w+ = "[^"]*"', written))
            changed["product"].append(tomllib.loads(line))
            continue
        found = re.fullmatch(r'(\w+ = "[^"]*")(?: for (.+)| in phase (\d+))?(?: \(.*\))?', written)
        assert found, f"not a line to paste: {written}"
        line, product, phase = found.groups()
        ((key, value),) = tomllib.loads(line, parse_float=Decimal).items()
        if key == "split":
            assert product
            next(p for p in changed["product"] if p["name"] == product)["split"] = value
        elif key in ("reduce", "every"):
            assert phase or len(changed["phase"]) == 1, "several phases: the line must say which"
            changed["phase"][int(phase or 1) - 1][key] = value
        else:
            changed[key] = value
    return changed


CASES = {
    "only the stop": order("10 mg", ("2 mg", "halves"), reduce="20% of current"),
    "halves of two": order("20 mg", ("5 mg", "halves"), ("2 mg", "halves")),
    "whole fives": order("20 mg", ("5 mg", "whole")),
    "of start": order("10 mg", ("2 mg", "halves"), reduce="5% of start"),
    "mg": order("10 mg", ("5 mg", "whole"), reduce="2 mg"),
    "with a floor": order("10 mg", ("5 mg", "halves"), reduce="10% of current, at least 0.5 mg"),
    "with a last dose": order("10 mg", ("5 mg", "halves"), reduce="10% of current", stop_from="2.5 mg"),
    "one tablet": order("5 mg", ("5 mg", "whole")),
    "twice a day": deepcopy(GOLDEN) | {"phase": [GOLDEN["phase"][0] | {"reduce": "10% of current"}]},
}


def start_of(data: dict[str, Any]) -> Fraction:
    return sum((parse_mg(dose).value for dose in data["current"].values()), Fraction(0))


def stops_at_once(schedule: Schedule) -> bool:
    return schedule.stopped_on is not None and len(schedule.steps) == 1


@pytest.mark.parametrize("case", CASES)
def test_every_way_out_works_when_pasted(case: str) -> None:
    found = stuck(CASES[case])
    for way in found.ways_out:
        schedule = plan(parse_order(pasted(CASES[case], way)))
        assert schedule.steps[-1].total.value == 0 or schedule.stopped_on is not None
        assert not stops_at_once(schedule), f"{way} stops from the starting dose"
    assert found.ways_out
    assert len(set(found.ways_out)) == len(found.ways_out)


@pytest.mark.parametrize("case", CASES)
def test_no_way_out_takes_all_at_once(case: str) -> None:
    """Neither 100 %, nor a step as large as the starting dose, nor a stop from it."""
    data = CASES[case]
    for way in stuck(data).ways_out:
        assert "100%" not in way
        for text in re.findall(r'reduce = "([^"]*)"', way):
            rule = parse_reduction(text)
            assert rule.amount is None or rule.amount.value < start_of(data)
            assert rule.at_least is None or rule.at_least.value < start_of(data)
        for text in re.findall(r'stop_from = "([^"]*)"', way):
            assert parse_mg(text).value < start_of(data)


@pytest.mark.parametrize("case", CASES)
def test_the_step_is_the_smallest_that_works(case: str) -> None:
    """0.1 % less, or one makeable amount less, does not reach the goal."""
    data = CASES[case]
    unit = Graph(parse_order(data)).makeable.unit
    for way in stuck(data).ways_out:
        found = re.search(r'reduce = "([^"]*)"', way)
        if not found:
            continue
        rule, old = parse_reduction(found[1]), parse_reduction(data["phase"][0]["reduce"])
        if rule.fraction is not None and rule.fraction != old.fraction:
            less = str(rule).replace(
                f"{decimal_text(rule.fraction * 100)}%", f"{decimal_text(rule.fraction * 100 - Fraction(1, 10))}%"
            )
        elif rule.at_least is not None and rule.at_least != old.at_least:
            floor = rule.at_least.value - unit
            less = str(rule).partition(", at least")[0] + (f", at least {decimal_text(floor)} mg" if floor else "")
        else:
            assert rule.amount is not None
            less = f"{decimal_text(rule.amount.value - unit)} mg"
        with pytest.raises(TaperError):
            plan(parse_order(pasted(data, way.replace(found[1], less))))


def test_the_message_names_step_doses_and_cut() -> None:
    found = stuck(CASES["halves of two"])
    assert found.field == "phase[0].reduce"
    assert found.step == 19
    for part in (
        "step 19 is stuck at 4.5 mg a day",
        "allows a cut to 4.05 mg",
        "just above that is 4.5 mg",
        "just below is 4 mg",
        "~11.1 %",
        "diazepam tablet 5 mg (halves) and diazepam tablet 2 mg (halves)",
    ):
        assert part in found.message


def test_a_further_split_is_offered_where_it_alone_helps() -> None:
    data = order("10 mg", ("5 mg", "whole"), reduce="25% of start")
    assert 'split = "halves" for diazepam tablet 5 mg' in stuck(data).ways_out


def test_only_the_stop_in_the_way_is_said_so() -> None:
    data = order("4 mg", ("2 mg", "halves"), reduce="50% of current")
    assert 'stop_from = "1 mg"' in stuck(data).ways_out


def test_the_line_names_its_phase_where_there_are_several() -> None:
    data = order("10 mg", ("5 mg", "halves"))
    data["phase"] = [
        {"reduce": "2.5 mg", "every": "1 week", "until": "5 mg"},
        {"reduce": "10% of current", "every": "1 week", "until": "0 mg"},
    ]
    found = stuck(data)
    assert found.field == "phase[1].reduce"
    for way in found.ways_out:
        plan(parse_order(pasted(data, way)))


@proof(25)
@given(order_data(dates=False, highest=8))
def test_a_dead_end_is_one_and_its_ways_out_are_none(data: dict[str, Any]) -> None:
    """Against brute force: stuck where no sequence exists; each way out has one."""
    if len(data["phase"]) > 1:
        del data["phase"][1:]
        data["phase"][0]["until"] = "0 mg"
    assume(Brute(data).fewest == float("inf"))
    found = stuck(data)
    assert found.step >= 1
    for way in found.ways_out:
        changed = pasted(data, way)
        assert not stops_at_once(plan(parse_order(changed)))
        if "[[product]]" not in way:
            assert Brute(changed).fewest < float("inf")


def test_a_dead_end_of_three_times_of_day_is_explained_with_ways_out() -> None:
    data = order("40 mg", ("10 mg", "halves"), ("5 mg", "halves"), ("2 mg", "halves"))
    data["current"] = {"morning": "15 mg", "noon": "5 mg", "bedtime": "20 mg"}
    assert stuck(data).ways_out
