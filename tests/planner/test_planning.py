"""The planner keeps every promise of its docstring, on every small order that Hypothesis finds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import assume, event, example, given, settings, strategies as st

from taper.checker.checking import check
from taper.errors import NotMakeableError, OrderError, StuckError
from taper.order.order import Order, parse_order
from taper.planner.graph import Graph
from taper.planner.planning import plan, plan_id
from taper.quantity import Mg
from taper.schedule.schedule import Schedule, Step
from tests.oracles.brute import TIMES, Brute, Row, TooLargeError, after, number, sizes, work_of
from tests.strategies import decimal_text, order_data
from tests.support.planning import dead_ends_unexplained
from tests.support.proofs import proof


def rows(schedule: Schedule, times: list[str]) -> list[Row]:
    return [
        Row(step.start, step.end, tuple(step.at(time).value for time in times))  # type: ignore[arg-type]
        for step in schedule.steps
    ]


def planned(data: dict[str, Any]) -> Schedule:
    """The plan, or skip the example: no way, a pause after the end, longer than ten years."""
    order = parse_order(data)
    try:
        with dead_ends_unexplained():
            return plan(order)
    except StuckError:
        event("stuck")
    except (NotMakeableError, OrderError):
        event("refused")
    assume(False)
    raise AssertionError


def agrees(data: dict[str, Any]) -> None:
    """The plan is the brute one, or both find none."""
    order = parse_order(data)
    brute = Brute(data)
    try:
        if Graph(order).layers() is None:
            assert brute.fewest == float("inf")
            event("stuck")
            return
        schedule = plan(order)
    except NotMakeableError:
        goals = {number(phase["until"]) for phase in data["phase"]}
        assert not goals <= brute.goals()
        return
    except OrderError as refused:
        if "hold" not in refused.field and "ten years" not in refused.message:
            raise
        event("refused")
        return
    try:
        best = brute.best()
    except TooLargeError:
        assume(False)
    assert rows(schedule, brute.times) == best
    event("several shortest sequences" if len(brute.paths()) > 1 else "one shortest sequence")


# Two sequences that differ in nothing but the number of products to handle.
FEWER_PRODUCTS: dict[str, Any] = {
    "drug": "diazepam",
    "country": "US",
    "start": "2024-01-01",
    "max_units": 2,
    "current": {"morning": "1.875 mg"},
    "product": [
        {"name": "tablet A", "source": "clinician", "form": "tablet", "strength": "1 mg", "split": "halves"},
        {"name": "tablet B", "source": "clinician", "form": "tablet", "strength": "2.5 mg", "split": "quarters"},
    ],
    "phase": [{"reduce": "10% of current, at least 0.5 mg", "every": "1 day", "until": "0 mg"}],
    "stop_from": "1.625 mg",
}


@settings(max_examples=250)
@example(FEWER_PRODUCTS)
@given(order_data())
def test_one_time_of_day_equals_brute_force(data: dict[str, Any]) -> None:
    """Fewest cuts, then days-weighted splits, units, products, then worst cut, then lower doses; and the dates."""
    agrees(data)


@settings(max_examples=120)
@given(order_data(times=2, highest=9))
def test_two_times_of_day_equal_brute_force(data: dict[str, Any]) -> None:
    agrees(data)


@settings(max_examples=40)
@given(order_data(times=3, highest=5))
def test_three_times_of_day_equal_brute_force(data: dict[str, Any]) -> None:
    agrees(data)


@settings(max_examples=20)
@given(order_data(times=4, highest=3))
def test_four_times_of_day_equal_brute_force(data: dict[str, Any]) -> None:
    agrees(data)


@st.composite
def wide_orders(draw: st.DrawFn) -> dict[str, Any]:
    return draw(order_data(times=draw(st.integers(1, 4)), highest=30))


@proof(150)
@given(wide_orders())
def test_pieces_add_up_and_obey_the_split_rules(data: dict[str, Any]) -> None:
    """Counted by hand from the order: the portions make the dose exactly, and the units stay within max_units."""
    portions = {product["name"]: sizes(product) for product in data["product"]}
    for step in planned(data).steps:
        for intake in step.intakes:
            units, amount = 0, Fraction(0)
            for item in intake.items:
                size, parts = portions[item.product]
                if parts:
                    assert item.count is not None
                    assert item.volume is None
                    taken = item.count.value * parts
                else:
                    assert item.volume is not None
                    assert item.count is None
                    product = next(p for p in data["product"] if p["name"] == item.product)
                    taken = item.volume.value / number(product["graduation"])
                assert taken.denominator == 1
                assert taken > 0
                units += work_of(int(taken), parts)[1]
                amount += size * taken
            assert amount == intake.dose.value > 0
            assert units <= data["max_units"]
            assert len({item.product for item in intake.items}) == len(intake.items)


@proof(150)
@given(wide_orders())
def test_each_cut_keeps_within_its_phase_and_nothing_rises(data: dict[str, Any]) -> None:
    """Recomputed with fractions: target, largest cut, goals reached one after the other, no time of day up."""
    brute, schedule = Brute(data), planned(data)
    phase, goals = 0, [number(p["until"]) for p in data["phase"]]
    totals = [step.total.value for step in schedule.steps] + [Fraction(0)] * (goals[-1] == 0)
    assert schedule.steps[0].target == schedule.steps[0].total == Mg(sum(brute.current))
    for index, (now, then) in enumerate(pairwise(totals)):
        while now <= goals[phase]:
            phase += 1
        allowed = brute.allowed(data["phase"][phase], now)
        stops = then == 0 and "stop_from" in data and now <= number(data["stop_from"])
        assert goals[phase] <= then < now
        assert now - then <= allowed or (stops and goals[phase] == 0)
        if index + 1 < len(schedule.steps):
            assert schedule.steps[index + 1].target == Mg(max(now - allowed, goals[phase]))
    assert totals[-1] == goals[-1]
    for before, step in pairwise(schedule.steps):
        merged = "merge" in data and step.total.value <= number(data["merge"]["from"])
        if merged:
            assert [intake.time for intake in step.intakes] == [data["merge"]["into"]]
        rising = [time for time in TIMES if step.at(time) > before.at(time)]
        assert rising in ([], [data["merge"]["into"]] if merged else [])
        if data.get("spread") == "alternate" and not merged:
            assert sum(step.at(time) != before.at(time) for time in TIMES) == 1
        if data.get("spread") == "night" and not merged and not any("round_to" in phase for phase in data["phase"]):
            falls_last(brute, before, step)  # round doses come before the night


def falls_last(brute: Brute, before: Step, step: Step) -> None:
    """The night keeps what it has, unless the other times, at makeable doses, cannot make the rest of the total."""
    times = [time for time in TIMES if before.at(time)]
    *others, last = times
    for dose in brute.doses:
        if step.at(last).value < dose <= before.at(last).value:
            ranges = [[d for d in brute.doses if d <= before.at(time).value] for time in others]
            assert all(dose + sum(doses) != step.total.value for doses in product(*ranges))
    if all(before.at(time) <= before.at(last) for time in others):
        assert all(step.at(time) <= step.at(last) for time in others)


@st.composite
def typed_orders(draw: st.DrawFn) -> dict[str, Any]:
    """Two to four times of day with typed totals, mostly ones that can be made, perhaps with a rule after them."""
    data = draw(order_data(times=draw(st.integers(2, 4)), highest=4, dates=False))
    brute = Brute(data)
    known = sorted(brute.regimens(brute.current), reverse=True)
    wanted = draw(st.lists(st.sampled_from(known), min_size=1, max_size=5))
    if draw(st.integers(0, 5)):
        wanted = sorted(set(wanted), reverse=True)
    *first, last = wanted
    typed = [f"{decimal_text(dose)} mg" for dose in (*filter(None, first), last)]
    data["phase"] = [{"doses": typed, "every": "1 week"}]
    if last and draw(st.booleans()):
        unit = max(brute.doses[1], *(b - a for a, b in pairwise(brute.doses)))
        data["phase"].append({"reduce": f"{decimal_text(unit)} mg", "every": "1 week", "until": "0 mg"})
    return data


@proof(200)
@given(typed_orders())
def test_typed_totals_follow_the_policy_and_the_merge(data: dict[str, Any]) -> None:
    """Listed without the library; a total that no regimen makes, or that rises above the merge, is refused."""
    brute = Brute(data)
    schedule, refused = None, ""
    try:
        schedule = plan(parse_order(data))
    except StuckError:
        refused = "stuck"
    except (NotMakeableError, OrderError) as caught:
        refused = f"{caught.field}: {caught.message}"
    if schedule is None:
        event(refused.split(":")[0])
        if "no cut" in refused:
            assert brute.fewest == 0
        elif "nothing to reduce" not in refused:
            assert refused == "stuck" or refused.startswith("phase[0].doses")
            assert brute.fewest == float("inf")
    else:
        event("planned")
        assert rows(schedule, brute.times) == brute.best()


@proof(150)
@given(wide_orders())
def test_days_are_contiguous_and_no_step_is_shorter_than_ordered(data: dict[str, Any]) -> None:
    schedule = planned(data)
    assert schedule.steps[0].start == date.fromisoformat(data["start"])
    assert [step.number for step in schedule.steps] == list(range(len(schedule.steps)))
    for before, step in pairwise(schedule.steps):
        assert step.start == before.end + timedelta(days=1)
    goals = [number(p["until"]) for p in data["phase"]]
    assert schedule.stopped_on == (None if goals[-1] else schedule.steps[-1].end + timedelta(days=1))
    for step in schedule.steps:
        phase = next((i for i, goal in enumerate(goals) if step.total.value > goal), len(goals) - 1)
        every = data["phase"][phase]["every"]
        if step.number == 0 and "first_cut" in data:
            assert step.end + timedelta(days=1) >= date.fromisoformat(data["first_cut"])
        elif "month" in every:
            # Counted from an anchor on a 31st, a month may be as short as February.
            assert step.days >= (after(date(2027, 2, 1), every) - date(2027, 2, 1)).days
        else:
            assert step.end + timedelta(days=1) >= after(step.start, every)
        if step.start != schedule.steps[0].start and "change_on" in data:
            assert step.start.strftime("%A") == data["change_on"]


@proof(40)
@given(wide_orders())
def test_the_same_order_is_the_same_plan(data: dict[str, Any]) -> None:
    assert planned(data) == plan(parse_order(data))
    assert plan(parse_order(data)).plan_id == plan_id(parse_order(parse_order(data).as_data()))


def totals(order: Order | dict[str, Any]) -> list[str]:
    schedule = plan(order if isinstance(order, Order) else parse_order(order))
    return [step.total.number for step in schedule.steps]


@settings(max_examples=150)
@given(wide_orders())
def test_a_corridor_leaves_out_no_path_with_the_fewest_cuts(data: dict[str, Any]) -> None:
    """As many layers as a search of every regimen finds, and a quick look for a path finds one where there is one."""
    try:
        order = parse_order(data)
        graph = Graph(order)
        every, _ = graph._layers()
    except (NotMakeableError, OrderError):
        assume(False)
        return
    found = graph.layers()
    assert (found is None) == (every is None)
    assert found is None or every is None or len(found) == len(every)
    assert graph.takes_turns or graph.reaches() == (every is not None)
    event(f"{len(graph.times)} times of day, {'a path' if found else 'none'}")


def one(drug: str, dose: str, *names: str, split: str = "whole", **phase: str) -> dict[str, Any]:
    return {
        "drug": drug,
        "country": "US",
        "start": "2026-01-05",
        "current": {"bedtime": dose},
        "product": [{"name": name, "split": split} for name in names],
        "phase": [{"reduce": "10% of current", "every": "2 weeks", "until": "0 mg"} | phase],
    }


def test_golden_plan(golden: dict[str, Any]) -> None:
    """By hand: 10% of 20 is 2; of 18 is 1.8, and 16.5 is the lowest sum of makeable doses from 9 + 9; and so on.

    15.5 mg has a half less than 15 mg and needs as few cuts, but by 15 no cut is larger than the one before.
    """
    schedule = plan(parse_order(golden))
    by_hand = ["20", "18", "16.5", "15", "14", "13", "12", "11", "10", "9", "8", "7", "6", "5", "4", "3", "2", "1"]
    assert [step.total.number for step in schedule.steps] == by_hand
    assert schedule.stopped_on == date(2026, 9, 14)  # 5 January and 18 times 14 days
    assert all(step.days == 14 for step in schedule.steps)
    assert rows(schedule, ["morning", "bedtime"]) == Brute(golden).best()
    assert [str(step.target) for step in schedule.steps[:4]] == ["20 mg", "18 mg", "16.2 mg", "14.85 mg"]


def strengths(*whole: str, halved: str) -> list[dict[str, str]]:
    """A tablet for each dose, and one that makes a dose only as a half."""
    tablet = {"source": "clinician", "form": "tablet"}
    found = [tablet | {"name": f"t {dose} mg", "strength": f"{dose} mg"} for dose in (*whole, halved)]
    return [*found[:-1], found[-1] | {"split": "halves"}]


def test_no_cut_grows_where_as_few_cuts_do_without() -> None:
    """By hand: 10, 9, 7 mg is without halves, but its second cut is larger than its first; 8 mg is a half of 16."""
    order = one("diazepam", "10 mg", reduce="2 mg", until="7 mg") | {"max_units": 1}
    assert totals(order | {"product": strengths("10", "9", "7", halved="16")}) == ["10", "8", "7"]
    assert totals(order | {"product": strengths("10", "9", "7", halved="12")}) == ["10", "9", "7"]


def test_the_first_cut_of_a_phase_grows_from_none() -> None:
    """By hand: after 7, 6 by steps of 1 mg a step of 2 mg may begin with it; 5 mg before 3 would be a growing cut."""
    order = one("diazepam", "7 mg", reduce="1 mg", until="6 mg") | {"max_units": 1}
    order["phase"].append({"reduce": "2 mg", "every": "2 weeks", "until": "3 mg"})
    assert totals(order | {"product": strengths("7", "6", "5", "3", halved="8")}) == ["7", "6", "4", "3"]


def test_six_quarter_milligram_tablets_are_one_and_a_half() -> None:
    order = one("alprazolam", "1.5 mg", "alprazolam tablet 0.25 mg", reduce="0.25 mg")
    schedule = plan(parse_order(order))
    assert totals(order) == ["1.5", "1.25", "1", "0.75", "0.5", "0.25"]
    assert schedule.steps[0].intakes[0].items[0].count is not None
    assert schedule.steps[0].intakes[0].items[0].count.number == "6"


def test_an_eighth_of_the_start_ends_at_zero() -> None:
    """Clonazepam 1 mg by 12.5% of the start from quarters of 0.5 mg: eight equal cuts, the last to nothing."""
    order = one("clonazepam", "1 mg", "clonazepam tablet 0.5 mg", split="quarters", reduce="12.5% of start")
    assert totals(order) == ["1", "0.875", "0.75", "0.625", "0.5", "0.375", "0.25", "0.125"]
    assert plan(parse_order(order)).stopped_on == date(2026, 1, 5) + timedelta(weeks=16)


def test_halves_of_three_strengths_make_eleven_and_a_half() -> None:
    names = ("diazepam tablet 10 mg", "diazepam tablet 5 mg", "diazepam tablet 2 mg")
    order = one("diazepam", "11.5 mg", *names, split="halves", reduce="10% of current, at least 1 mg")
    items = plan(parse_order(order)).steps[0].intakes[0].items
    strengths = {"diazepam tablet 10 mg": 10, "diazepam tablet 5 mg": 5, "diazepam tablet 2 mg": 2}
    assert sum(strengths[i.product] * i.count.value for i in items if i.count) == Fraction(23, 2)
    assert len(items) > 1


@pytest.mark.parametrize(
    ("order", "named"),
    [
        (one("lorazepam", "0.9 mg", "lorazepam tablet 1 mg"), ["0.9 mg", "1 mg"]),
        (one("lorazepam", "0.9 mg", "lorazepam tablet 1 mg", split="quarters"), ["0.75 mg", "1 mg"]),
        (one("diazepam", "7 mg", "diazepam tablet 5 mg", split="halves"), ["5 mg and 7.5 mg", "add a product"]),
        (one("diazepam", "50 mg", "diazepam tablet 5 mg"), ["10 units", "max_units is 8"]),
        (one("diazepam", "2 mg", "diazepam tablet 5 mg"), ["the nearest dose that can is 5 mg"]),
        (one("diazepam", "10 mcg", "diazepam tablet 5 mg", split="halves"), ["the nearest dose that can is 2.5 mg"]),
    ],
)
def test_a_dose_that_cannot_be_made_is_refused_and_never_snapped(order: dict[str, Any], named: list[str]) -> None:
    with pytest.raises(NotMakeableError) as caught:
        plan(parse_order(order))
    assert caught.value.field == "current.bedtime"
    assert not isinstance(caught.value, StuckError)
    for words in named:
        assert words in caught.value.message


def test_a_goal_that_cannot_be_made_names_its_neighbors() -> None:
    order = one("diazepam", "20 mg", "diazepam tablet 5 mg", split="halves", reduce="5 mg", until="6 mg")
    with pytest.raises(NotMakeableError, match=r"5 mg and 7\.5 mg") as caught:
        plan(parse_order(order))
    assert caught.value.field == "phase[0].until"


def test_a_goal_that_cannot_be_made_at_several_times_says_that_it_is_of_them_all() -> None:
    """6 mg is no sum of two doses in steps of 2.5 mg."""
    order = one("diazepam", "20 mg", "diazepam tablet 5 mg", split="halves", reduce="5 mg", until="6 mg")
    order["current"] = {"morning": "10 mg", "bedtime": "10 mg"}
    with pytest.raises(NotMakeableError, match=r"cannot be made .* at these times of day; the nearest"):
        plan(parse_order(order))


def test_one_typed_dose_follows_a_taper() -> None:
    """Also where that dose is the one with which the taper ends, and so no step of its own."""
    order = one("diazepam", "10 mg", "diazepam tablet 2 mg", reduce="2 mg", until="6 mg")
    order["phase"].append({"doses": ["2 mg"], "every": "1 week"})
    assert totals(order) == ["10", "8", "6", "2"]
    order["phase"][1]["doses"] = ["6 mg"]
    assert totals(order) == ["10", "8", "6"]


@pytest.mark.parametrize("stop_from", ["2 mg", "5 mg"])
def test_a_dose_at_or_below_stop_from_stops_in_one_cut(stop_from: str) -> None:
    order = one("diazepam", "2 mg", "diazepam tablet 2 mg", split="halves") | {"stop_from": stop_from}
    schedule = plan(parse_order(order))
    assert totals(order) == ["2"]
    assert schedule.stopped_on == date(2026, 1, 19)


def test_months_are_counted_from_the_anchor() -> None:
    order = one("diazepam", "10 mg", "diazepam tablet 2 mg", reduce="2 mg", every="1 month") | {"start": "2026-01-31"}
    starts = [str(step.start) for step in plan(parse_order(order)).steps]
    assert starts == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


def test_a_maintenance_dose_has_one_last_step_and_no_stop() -> None:
    order = one("diazepam", "10 mg", "diazepam tablet 2 mg", reduce="2 mg", until="6 mg")
    schedule = plan(parse_order(order))
    assert totals(order) == ["10", "8", "6"]
    assert schedule.stopped_on is None
    assert schedule.steps[-1].days == 14


def test_typed_doses_are_taken_as_typed_even_where_they_rise() -> None:
    order = one("diazepam", "10 mg", "diazepam tablet 2 mg")
    order["phase"] = [{"doses": ["10 mg", "8 mg", "10 mg", "4 mg", "0 mg"], "every": "1 week"}]
    assert totals(order) == ["10", "8", "10", "4"]
    assert [str(step.target) for step in plan(parse_order(order)).steps] == ["10 mg", "8 mg", "10 mg", "4 mg"]


def test_typed_regimens_say_where_the_dose_goes(golden: dict[str, Any]) -> None:
    golden["phase"] = [
        {"doses": [{"morning": "4 mg", "bedtime": "12 mg"}, {"bedtime": "12 mg"}, "6 mg", "0 mg"], "every": "1 week"}
    ]
    taken = rows(plan(parse_order(golden)), ["morning", "bedtime"])
    assert [row.doses for row in taken] == [(10, 10), (4, 12), (0, 12), (0, 6)]


def test_a_typed_total_that_would_raise_a_time_of_day_is_refused(golden: dict[str, Any]) -> None:
    golden["phase"] = [{"doses": ["22 mg"], "every": "1 week"}]
    with pytest.raises(OrderError, match="several times") as caught:
        plan(parse_order(golden))
    assert caught.value.field == "phase[0].doses[0]"


def test_a_typed_dose_that_cannot_be_made_names_its_place() -> None:
    order = one("diazepam", "10 mg", "diazepam tablet 5 mg", split="halves")
    order["phase"] = [{"doses": ["7.5 mg", "4 mg"], "every": "1 week"}]
    with pytest.raises(NotMakeableError, match=r"2\.5 mg and 5 mg") as caught:
        plan(parse_order(order))
    assert caught.value.field == "phase[0].doses[1]"


@pytest.mark.parametrize("every", ["8 months", "10 months", "120 months"])
def test_more_than_ten_years_is_refused(every: str) -> None:
    order = one("diazepam", "16 mg", "diazepam tablet 2 mg", split="halves", reduce="1 mg", every=every)
    if every == "8 months":
        order["hold"] = [{"on": "2026-03-01", "for": "9 days"}]
    with pytest.raises(OrderError, match="ten years") as caught:
        plan(parse_order(order))
    assert caught.value.field == "phase[0].every"


def test_ten_years_are_not_refused() -> None:
    order = one("diazepam", "15 mg", "diazepam tablet 2 mg", split="halves", reduce="1 mg", every="8 months")
    assert plan(parse_order(order)).stopped_on == date(2036, 1, 5)


def test_ten_years_of_maintenance_after_ten_years_of_cuts_is_refused() -> None:
    order = one("diazepam", "10 mg", "diazepam tablet 5 mg", reduce="5 mg", every="120 months", until="5 mg")
    with pytest.raises(OrderError, match="ten years"):
        plan(parse_order(order))


@pytest.mark.parametrize(("on", "part"), [("2027-01-05", "after the last day"), ("2026-09-14", "after the last day")])
def test_a_hold_after_the_end_is_refused(golden: dict[str, Any], on: str, part: str) -> None:
    golden["hold"] = [{"on": on, "for": "1 week"}]
    with pytest.raises(OrderError, match=part) as caught:
        plan(parse_order(golden))
    assert caught.value.field == "hold[0].on"


@pytest.mark.parametrize("offset", range(0, 60, 3))
def test_a_hold_makes_its_step_longer_by_no_less_than_it_says(golden: dict[str, Any], offset: int) -> None:
    """On any day, with changes on Mondays only: also in the days that were added to reach the Monday."""
    golden |= {"start": "2026-01-07", "change_on": "Monday"}
    plain = plan(parse_order(golden))
    on = date(2026, 1, 7) + timedelta(days=offset)
    held = plan(parse_order(golden | {"hold": [{"on": on.isoformat(), "for": "3 days"}]}))
    number_held = next(step.number for step in held.steps if step.start <= on <= step.end)
    for before, now in zip(plain.steps, held.steps, strict=False):
        assert now.days - before.days >= (3 if now.number == number_held else -6)
        if now.number < number_held:
            assert now.days == before.days


def twice(morning: str, bedtime: str, **more: Any) -> dict[str, Any]:
    """Two intakes a day from whole and half tablets of 2 mg, 1 mg at a time."""
    data = one("diazepam", bedtime, "diazepam tablet 2 mg", split="halves", reduce="1 mg")
    return data | {"current": {"morning": morning, "bedtime": bedtime}} | more


def taken(data: dict[str, Any]) -> list[tuple[int, ...]]:
    found = rows(plan(parse_order(data)), list(data["current"]))
    return [tuple(int(dose) for dose in row.doses) for row in found]


def test_morning_and_night_take_turns() -> None:
    """The morning comes first, so the larger share is at night; the last cut is the stop."""
    by_hand = [(3, 3), (2, 3), (2, 2), (1, 2), (1, 1), (0, 1)]
    assert taken(twice("3 mg", "3 mg", spread="alternate")) == by_hand
    uneven = [(1, 4), (0, 4), (0, 3), (0, 2), (0, 1)]
    assert taken(twice("1 mg", "4 mg", spread="alternate")) == uneven


def test_the_turn_goes_on_through_phases_with_and_without_a_date() -> None:
    rule = {"every": "1 week", "until": "0 mg"}
    data = twice("4 mg", "4 mg", spread="alternate", stop_from="1 mg")
    data["phase"] = [
        rule | {"reduce": "1 mg", "until": "7 mg"},
        rule | {"finish": "2026-01-19", "until": "6 mg"},
        {"doses": ["5 mg"], "every": "1 week"},
        rule | {"reduce": "1 mg"},
    ]
    assert taken(data) == [(4, 4), (3, 4), (3, 3), (2, 3), (2, 2), (1, 2), (1, 1), (0, 1)]


def test_the_night_is_cut_last() -> None:
    assert taken(twice("2 mg", "3 mg", spread="night")) == [(2, 3), (1, 3), (0, 3), (0, 2), (0, 1)]


@pytest.mark.parametrize("spread", ["even", "alternate", "night"])
def test_from_the_ordered_dose_on_all_is_taken_at_one_time(spread: str) -> None:
    merge = {"from": "3 mg", "into": "bedtime"}
    found = taken(twice("3 mg", "3 mg", spread=spread, merge=merge))
    assert [sum(doses) for doses in found] == [6, 5, 4, 3, 2, 1]
    assert found[3:] == [(0, 3), (0, 2), (0, 1)]
    at_once = taken(twice("1 mg", "1 mg", spread=spread, merge={"from": "4 mg", "into": "morning"}))
    assert at_once == [(1, 1), (1, 0)]


def test_a_merge_may_raise_its_time_and_no_rule_calls_that_a_rise(golden: dict[str, Any]) -> None:
    golden |= {"merge": {"from": "9 mg", "into": "morning"}}
    schedule = plan(parse_order(golden))
    doses = [row.doses for row in rows(schedule, ["morning", "bedtime"])]
    place = next(index for index, (_, bedtime) in enumerate(doses) if not bedtime)
    assert sum(doses[place]) <= 9 < sum(doses[place - 1])
    assert doses[place][0] > doses[place - 1][0]
    assert all(not bedtime for _, bedtime in doses[place:])
    assert not {finding.code for finding in check(schedule).findings} & {"T107", "T403"}


def test_a_merged_dose_must_be_makeable_in_one_intake() -> None:
    """4 mg is two tablets: with one in an intake the merge can wait for 2 mg, but a goal or typed 4 mg cannot."""
    data = twice("2 mg", "2 mg", max_units=1, merge={"from": "4 mg", "into": "bedtime"})
    with pytest.raises(StuckError):
        plan(parse_order(data))
    wide = data | {"phase": [data["phase"][0] | {"reduce": "2 mg"}]}
    assert taken(wide) == [(2, 2), (0, 2)]
    typed = data | {"phase": [{"doses": ["3 mg", "0 mg"], "every": "1 week"}]}
    goal = data | {"phase": [data["phase"][0] | {"until": "3 mg"}]}
    for refused, field in ((typed, "phase[0].doses[0]"), (goal, "phase[0].until")):
        with pytest.raises(NotMakeableError, match="raise max_units") as caught:
            plan(parse_order(refused))
        assert caught.value.field == field


def test_a_merge_leaves_typed_regimens_as_they_are() -> None:
    data = twice("3 mg", "3 mg", merge={"from": "4 mg", "into": "bedtime"})
    regimen = {"morning": "2 mg", "bedtime": "2 mg"}
    data["phase"] = [{"doses": [regimen, "3 mg", "0 mg"], "every": "1 week"}]
    assert taken(data) == [(3, 3), (2, 2), (0, 3)]


def test_too_many_regimens_in_turn_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taper.planner.graph.MOST_CUTS_IN_TURN", 3)
    for phase in ({"reduce": "2 mg"}, {"finish": "2026-05-31"}):
        data = twice("6 mg", "6 mg", spread="alternate", stop_from="1 mg")
        data["phase"] = [{"every": "2 weeks", "until": "0 mg"} | phase]
        with pytest.raises(OrderError, match="too many to find the best plan") as caught:
            plan(parse_order(data))
        assert caught.value.field == "spread"
        assert plan(parse_order(data | {"spread": "even"}))


def test_too_many_doses_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taper.planner.graph.MOST_CUTS", 3)
    for phase in ({"reduce": "2 mg"}, {"finish": "2026-05-31"}):
        data = twice("6 mg", "6 mg", stop_from="1 mg")
        data["phase"] = [{"every": "2 weeks", "until": "0 mg"} | phase]
        with pytest.raises(OrderError, match="too many to find the best plan; name a coarser") as caught:
            plan(parse_order(data))
        assert caught.value.field == "product"


SCRIPT = """
import sys, json
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.finding import Report
from taper.exchange.plan_document import write_document
for order in json.load(sys.stdin):
    sys.stdout.write(write_document(plan(parse_order(order)), Report()))
"""


def test_same_bytes_in_other_processes_zones_and_hash_seeds(golden: dict[str, Any]) -> None:
    import json

    orders = [
        golden,
        golden | {"reduce_first": ["morning"], "hold": [{"on": "2026-03-01", "for": "1 month"}]},
        one("clonazepam", "1 mg", "clonazepam tablet 0.5 mg", split="quarters", reduce="12.5% of start"),
    ]
    outputs = set()
    for zone, seed, locale in [
        ("UTC", "0", "C.UTF-8"),
        ("Pacific/Kiritimati", "1", "C"),
        ("America/Anchorage", "12345", "de_DE.UTF-8"),
    ]:
        ran = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=json.dumps(orders).encode(),
            capture_output=True,
            check=True,
            env=os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONIOENCODING": "utf-8"},
        )
        outputs.add(ran.stdout)
    assert len(outputs) == 1
    assert outputs.pop().count(b'"plan_id"') == 3


@pytest.mark.parametrize(
    ("dose", "weight", "named"),
    [("15.75 mg", "170 mg", "15.6 mg, 15.8 mg"), ("2 mg", "150.5 mg", "4 mg"), ("15.755 mg", "200 mg", "")],
)
def test_the_nearest_doses_of_a_powder_are_such_as_can_be_written(dose: str, weight: str, named: str) -> None:
    """1339/85 mg is near, but nobody can write it; where the nearest end as decimals, nothing more is said."""
    powder = {"name": "p", "source": "clinician", "form": "tablet", "strength": "2 mg", "weight": weight}
    data = one("diazepam", dose, "p", reduce="1 mg") | {"product": [powder | {"device": "scale", "graduation": "1 mg"}]}
    with pytest.raises(NotMakeableError) as caught:
        plan(parse_order(data))
    said = re.search(r"\(nearest that end as decimals, to be written: (.*?)\)", caught.value.message)
    assert (said[1] if said else "") == named
    for written in named.split(", ") if named else re.findall(r"that can are (.*?) and", caught.value.message):
        assert plan(parse_order(data | {"current": {"bedtime": written}}))
