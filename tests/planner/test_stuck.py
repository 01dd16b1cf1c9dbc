"""A dead end says where it is, and every way out it names was planned, works when pasted, and is the smallest."""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given

from taper.errors import StuckError, TaperError
from taper.order.order import Order, parse_order
from taper.order.reduction import parse_reduction
from taper.planner.graph import Graph
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.planner.stuck import gentleness
from taper.planner.usual import ceiling
from taper.quantity import Mg, parse_mg
from taper.schedule.cuts import largest_cut
from taper.schedule.schedule import Schedule
from tests.oracles.brute import Brute
from tests.strategies import order_data
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
    "cannot split": order("10 mg", ("5 mg", "whole"), ("2 mg", "whole"), reduce="10% of current, at least 1 mg"),
    "twice a day": deepcopy(GOLDEN) | {"phase": [GOLDEN["phase"][0] | {"reduce": "10% of current"}]},
}


ROUND = (50, 100, 125, 200, 250)
"""Percentages that a clinician would write, in thousandths."""


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
    """Neither 100%, nor a step as large as the starting dose, nor a stop from it."""
    data = CASES[case]
    for way in stuck(data).ways_out:
        assert "100%" not in way
        for text in re.findall(r'reduce = "([^"]*)"', way):
            rule = parse_reduction(text)
            assert rule.amount is None or rule.amount.value < start_of(data)
            assert rule.at_least is None or rule.at_least.value < start_of(data)
        for text in re.findall(r'stop_from = "([^"]*)"', way):
            assert parse_mg(text).value < start_of(data)


def amounts(order: Order) -> list[Mg]:
    """Every dose that one intake can be, ascending."""
    makeable = Graph(order).makeable
    return [makeable.mg(place) for place in makeable.doses if place]


@pytest.mark.parametrize("case", CASES)
def test_the_step_is_the_smallest_usual_one_that_works(case: str) -> None:
    """The next smaller amount that the products make, or the next smaller round percentage, does not reach the goal."""
    data = CASES[case]
    for way in stuck(data).ways_out:
        found = re.search(r'reduce = "([^"]*)"', way)
        if not found:
            continue
        rule, old = parse_reduction(found[1]), parse_reduction(data["phase"][0]["reduce"])
        changed = parse_order(pasted(data, way))
        if rule.at_least != old.at_least:
            assert rule.at_least in amounts(changed), "one intake can be just this amount"
            smaller = [amount for amount in amounts(changed) if amount < rule.at_least]  # type: ignore[operator]
            less = replace(rule, at_least=smaller[-1] if smaller else old.at_least)
        elif rule.fraction is not None:
            assert rule.fraction * 1000 in ROUND
            less = replace(rule, fraction=max(r for r in [*ROUND, 0] if r < rule.fraction * 1000) / Fraction(1000))
        else:
            assert rule.amount is not None
            less = replace(rule, amount=max(amount for amount in amounts(changed) if amount < rule.amount))
        with pytest.raises(TaperError):
            plan(parse_order(pasted(data, way.replace(found[1], str(less)))))


def test_the_message_names_step_doses_and_cut() -> None:
    found = stuck(CASES["halves of two"])
    assert found.field == "phase[0].reduce"
    assert found.step == 19
    for part in (
        "step 19 is stuck at 4.5 mg a day",
        "allows a cut to 4.05 mg",
        "just above that is 4.5 mg",
        "just below is 4 mg",
        "~11.1%",
        "diazepam tablet 5 mg (halves) and diazepam tablet 2 mg (halves)",
    ):
        assert part in found.message


SCORED = {"name": "t", "source": "clinician", "form": "tablet", "strength": "5 mg", "score": "halves"}


def test_halves_are_offered_where_the_label_allows_them() -> None:
    """Also to an order that takes all its tablets whole; and of no tablet whose label does not say so."""
    data = order("10 mg", ("5 mg", "whole"), reduce="25% of start")
    assert not [way for way in stuck(data).ways_out if "split" in way]
    labeled = data | {"product": [SCORED | {"label_claim": "equal_doses"}]}
    assert 'split = "halves" for t' in stuck(labeled).ways_out
    forbidden = data | {"product": [SCORED | {"label_claim": "not_for_dosing"}]}
    assert not [way for way in stuck(forbidden).ways_out if "split" in way]


@pytest.mark.parametrize("case", ["whole fives", "one tablet", "mg", "cannot split"])
def test_quarters_are_never_offered_to_an_order_that_takes_its_tablets_whole(case: str) -> None:
    """Neither of its own tablets nor of others of the catalog."""
    assert not [way for way in stuck(CASES[case]).ways_out if "quarters" in way or "halves" in way]


@pytest.mark.parametrize("case", CASES)
def test_no_way_out_allows_a_larger_step_than_the_chosen_guidance(case: str) -> None:
    """ASAM 2025 prints 25%, of which neither a step nor the smallest cut may be more of today's dose."""
    start = start_of(CASES[case])
    for way in stuck(CASES[case]).ways_out:
        for text in re.findall(r'reduce = "([^"]*)"', way):
            rule, today = parse_reduction(text), Mg(start)
            assert rule.allowed(today, today).value <= start / 4, way
        assert "50%" not in way


def test_without_a_published_ceiling_no_larger_step_is_offered() -> None:
    data = order("10 mg", ("2 mg", "halves"), reduce="5% of start", check={"guidelines": ["nhs-scotland"]})
    assert ceiling(parse_order(data)) is None
    assert not [way for way in stuck(data).ways_out if "% of start" in way and "at least" not in way]
    few = order("10 mg", ("2 mg", "halves"), reduce="5% of start")
    assert 'reduce = "10% of start"' in stuck(few).ways_out


def test_ways_that_keep_the_step_come_first_then_the_smallest_cut_then_larger_steps() -> None:
    """And two of those that keep it leave room for the smallest cut; how many are not shown is said."""
    found = stuck(CASES["of start"] | {"country": "GB"})
    kinds = ["product" if "[[product]]" in way else "floor" if "at least" in way else way for way in found.ways_out]
    assert kinds == [
        *["product"] * 4,
        "floor",
        'split = "quarters" for diazepam tablet 2 mg',
        'reduce = "10% of start"',
    ]
    shown = [line for line in found.message.split("\n") if line.startswith("  - ")]
    assert ["[[product]]" in line for line in shown] == [True, True, False]
    assert found.message.endswith("and 4 more: taper options FILE")


def test_ways_of_one_kind_are_ranked_by_the_gentler_then_the_later_end() -> None:
    found = stuck(CASES["halves of two"] | {"country": "GB"})
    for kind in ("stop_from", "at least"):
        plans = [
            plan(parse_order(pasted(CASES["halves of two"] | {"country": "GB"}, way)))
            for way in found.ways_out
            if "[[product]]" in way and kind in way
        ]
        ranks = [gentleness(schedule) for schedule in plans]
        assert ranks == sorted(ranks)
        assert all(
            one.steps[-1].end >= other.steps[-1].end
            for one, other in pairwise(plans)
            if largest_cut(one) == largest_cut(other)
        )


@pytest.mark.parametrize(
    ("dose", "reduce", "tablet", "first"),
    [
        ("3 mg", "5% of current", "alprazolam tablet 0.25 mg", 'reduce = "5% of current, at least 0.125 mg"'),
        ("20 mg", "10% of current", "diazepam tablet 2 mg", 'reduce = "10% of current, at least 1 mg"'),
        ("2 mg", "10% of current", "clonazepam tablet 0.5 mg", 'reduce = "10% of current, at least 0.25 mg"'),
    ],
)
def test_the_smallest_cut_that_half_a_tablet_makes_is_the_first_way(
    dose: str, reduce: str, tablet: str, first: str
) -> None:
    """Where no product keeps the ordered step by itself; a halving of the dose is no way at all."""
    data = order(dose, reduce=reduce) | {"drug": tablet.split()[0]}
    found = stuck(data | {"product": [{"name": tablet, "split": "halves"}], "max_units": 12})
    assert found.ways_out[0] == first
    assert f"- {first}: " in found.message


def test_a_person_who_cannot_split_is_offered_liquids_that_keep_the_step() -> None:
    found = stuck(CASES["cannot split"])
    assert "oral solution" in found.ways_out[0]
    assert not [way for way in found.ways_out if "split" in way]


def test_a_part_of_a_plan_names_no_command_that_could_not_list_its_ways() -> None:
    """A stuck leg of a plan of several drugs, of which `taper options` knows no way."""
    both = CASES["of start"] | {"other": [{"drug": "lorazepam", "current": {"bedtime": "1 mg"}}]}
    both["product"] = [*both["product"], {"name": "lorazepam tablet 1 mg"}]
    found = stuck(both)
    assert "dead end" in found.message
    assert "taper options" not in found.message


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


def test_where_a_dilution_is_stuck_is_said_in_decimals() -> None:
    """19/30 mg says little to a reader, and what is just below the target is told from it."""
    data = order("0.9 mg", ("dilution", "whole"), reduce="5% of current")
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
    with pytest.raises(StuckError) as caught:
        plan(parse_order(data))
    message = str(caught.value).partition(" (")[2]
    assert not re.search(r"[0-9]/[0-9]+ mg", message)
    assert "stuck at ~0.63 mg a day" in str(caught.value)


UNENDED: dict[str, dict[str, Any]] = {
    "dilution": {"form": "oral suspension", "strength": "2 mg/300 mL", "device": "cylinder", "graduation": "10 mL"},
    "powder": {"form": "tablet", "strength": "2 mg", "weight": "150 mg", "device": "scale", "graduation": "2 mg"},
}
"""Products of which most doses do not end as decimals."""


def unended(kind: str) -> dict[str, Any]:
    return order("2 mg") | {"product": [{"name": kind, "source": "clinician"} | UNENDED[kind]]}


@pytest.mark.parametrize(
    ("kind", "floor", "less"), [("dilution", "0.07 mg", "0.06 mg"), ("powder", "0.03 mg", "0.02 mg")]
)
def test_the_smallest_cut_of_a_dilution_or_a_powder_is_one_line_written_as_a_decimal(
    kind: str, floor: str, less: str
) -> None:
    """One line is 1/15 mg or 2/75 mg, and 0.2 mg, the first multiple that ends, would be a much faster taper."""
    data = unended(kind)
    found = stuck(data)
    line = f'reduce = "10% of current, at least {floor}"'
    assert line in found.ways_out
    assert not [way for way in found.ways_out if "at least" in way and "[[product]]" not in way and way != line]
    assert not re.search(r"\d/\d+ mg", found.message.replace(" mg/mL", ""))
    assert plan(parse_order(pasted(data, line))).stopped_on is not None
    with pytest.raises(StuckError):
        plan(parse_order(pasted(data, line.replace(floor, less))))


@pytest.mark.parametrize("kind", UNENDED)
def test_a_revision_that_gets_stuck_at_a_dose_that_does_not_end_says_so_with_ways_out(kind: str) -> None:
    """The rest of the plan begins at such a dose, which no line of an order could say."""
    data = unended(kind) | {"phase": [{"reduce": "0.07 mg", "every": "2 weeks", "until": "0 mg"}]}
    before = plan(parse_order(data))
    step = next(step for step in before.steps if step.total.value.denominator % 3 == 0)
    with pytest.raises(StuckError) as caught:
        revise(before, on=step.start + timedelta(days=3), reduce="2% of current")
    assert "dead end" in caught.value.message
    assert [way for way in caught.value.ways_out if "at least" in way]


def test_an_at_least_that_is_too_slow_for_ten_years_makes_room_for_the_next() -> None:
    """At least 0.01 mg reaches the goal too, but in eleven years."""
    liquid = {"name": "diazepam oral solution 1 mg/mL", "device": "1 mL oral syringe", "graduation": "0.01 mL"}
    phases = [
        {"reduce": "5% of current", "until": "0.05 mg", "every": "1 month"},
        {"doses": ["0 mg"], "every": "1 month"},
    ]
    data = order("40 mg") | {"product": [liquid], "phase": phases}
    ways_out = stuck(data).ways_out
    line = 'reduce = "5% of current, at least 0.02 mg" in phase 1'
    assert ways_out[0] == line
    assert plan(parse_order(pasted(data, line))).stopped_on is not None
    with pytest.raises(TaperError, match="more than ten years"):
        plan(parse_order(pasted(data, line.replace("0.02", "0.01"))))
