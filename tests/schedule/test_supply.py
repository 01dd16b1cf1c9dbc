"""No tablet is lost or gained: the supply is the sum over the days, and fills add up to it."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from taper.errors import OrderError, QuantityError, ScheduleError
from taper.interval import Interval, parse_interval
from taper.order.order import parse_order
from taper.order.parts import Stock
from taper.paper.renderers import Sheet, render
from taper.planner.planning import plan
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.calendar import review_days
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step
from taper.schedule.supply import Fill, ProductAmount, Supply, SupplyLine, dispense, handed_out, left_after
from tests.strategies import INTERVALS, foreign_schedules, printed_schedules, supplied_schedules
from tests.support.histories import with_history


def per_day(schedule: Schedule) -> dict[date, dict[str, Fraction]]:
    """What each day takes of each product, day by day."""
    found: dict[date, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for day, step in schedule.days():
        for intake in step.intakes:
            for item in intake.items:
                amount = item.volume if item.volume is not None else item.count
                found[day][item.product] += amount.value if amount is not None else 0
    return found


def between(days: dict[date, dict[str, Fraction]], start: date, end: date) -> dict[str, Fraction]:
    total: dict[str, Fraction] = defaultdict(Fraction)
    for day, needs in days.items():
        if start <= day <= end:
            for product, amount in needs.items():
                total[product] += amount
    return {product: amount for product, amount in total.items() if amount}


def amounts(supply_lines: Any) -> dict[str, Fraction]:
    return {line.product: (line.volume if line.volume is not None else line.count).value for line in supply_lines}


@settings(max_examples=80)
@given(printed_schedules(), st.none() | st.sampled_from(INTERVALS))
def test_supply_and_fills_are_sums_over_the_days(schedule: Schedule, every: str | None) -> None:
    days = per_day(schedule)
    supply = dispense(schedule, every)
    assert amounts(supply.lines) == between(days, date.min, date.max)
    for fill in supply.fills:
        assert amounts(fill.lines) == between(days, fill.start, fill.end)


@settings(max_examples=80)
@given(printed_schedules(), st.none() | st.sampled_from(INTERVALS))
def test_whole_tablets_are_enough_at_every_fill_and_never_one_too_many(schedule: Schedule, every: str | None) -> None:
    """Handed out so far is what is needed so far, rounded up once: leftover halves count against the next fill."""
    supply = dispense(schedule, every)
    needed: dict[str, Fraction] = defaultdict(Fraction)
    handed: dict[str, int] = defaultdict(int)
    for fill in supply.fills:
        for line in fill.lines:
            if line.count is None:
                assert line.dispense is None
                continue
            needed[line.product] += line.count.value
            assert line.dispense is not None
            handed[line.product] += line.dispense
            assert handed[line.product] == math.ceil(needed[line.product])
            assert line.dispense >= 0
    for line in supply.lines:
        if line.count is not None:
            assert line.dispense == math.ceil(line.count.value) == handed[line.product]


@settings(max_examples=80)
@given(printed_schedules(), st.sampled_from(INTERVALS))
def test_fills_follow_each_other_without_gap(schedule: Schedule, every: str) -> None:
    fills = dispense(schedule, every).fills
    taking = [step for step in schedule.steps if step.intakes]
    if not taking:
        assert fills == ()
        return
    assert fills[0].start == taking[0].start
    assert fills[-1].end == taking[-1].end
    for number, fill in enumerate(fills):
        assert fill.start == parse_interval(every).after(fills[0].start, number)
        assert number == 0 or fill.start == fills[number - 1].end + timedelta(days=1)
        assert fill.start <= fill.end


@given(foreign_schedules())
def test_a_schedule_from_elsewhere_is_added_up_too(schedule: Schedule) -> None:
    supply = dispense(schedule, "2 weeks")
    assert {line.product for fill in supply.fills for line in fill.lines} <= {line.product for line in supply.lines}
    if not any(item for step in schedule.steps for intake in step.intakes for item in intake.items):
        assert supply.lines == ()


def test_monthly_fills_come_back_to_the_end_of_the_month(golden: dict[str, Any]) -> None:
    """Each is counted from the first: the short February does not move those after it."""
    fills = dispense(plan(parse_order(golden | {"start": "2026-01-31"})), every="1 month").fills
    starts = [fill.start.isoformat() for fill in fills[:5]]
    assert starts == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


def test_a_fill_of_the_most_days_is_made_and_one_of_a_day_more_is_refused(golden: dict[str, Any]) -> None:
    schedule = plan(parse_order(golden))
    assert max((fill.end - fill.start).days + 1 for fill in dispense(schedule, "4 weeks", max_days=28).fills) == 28
    with pytest.raises(ScheduleError, match="for 28 days, more than the 27 that are allowed"):
        dispense(schedule, "4 weeks", max_days=27)


def test_golden_supply(golden: dict[str, Any]) -> None:
    """By hand for the first fill of four weeks: 14 days of 2 + 2 fives, then 14 of 1 + 1 fives and 2 + 2 twos."""
    supply = dispense(plan(parse_order(golden)), "4 weeks")
    first = {line.product: (str(line.count), line.dispense) for line in supply.fills[0].lines}
    assert first == {"diazepam tablet 5 mg": ("84", 84), "diazepam tablet 2 mg": ("56", 56)}
    assert len(supply.fills) == 9
    assert supply.fills[-1].end == date(2026, 9, 13)
    milligrams = sum(
        (line.count.value * int(line.product.split()[2]) for line in supply.lines if line.count), Fraction(0)
    )
    assert milligrams == 14 * (20 + 18 + Fraction("16.5") + 15 + sum(range(1, 15)))


@pytest.mark.parametrize("every", ["0 weeks", "soon", ""])
def test_an_interval_that_is_none_is_refused(golden: dict[str, Any], every: str) -> None:
    with pytest.raises(QuantityError, match=r"not an interval|interval of zero"):
        dispense(plan(parse_order(golden)), every)


def test_nothing_is_handed_out_for_nothing() -> None:
    assert dispense(Schedule(())) == Supply((), (), Interval(days=28))


# ---- what is at hand, fills that end early, revisions --------------------------------------------


def of(amounts: Any) -> dict[str, Fraction]:
    """Amounts by product."""
    return {one.product: one.amount.value for one in amounts}


def given_stock(stock: tuple[Stock, ...]) -> dict[str, Fraction]:
    found = {one.product: one.count or one.volume for one in stock}
    return {product: amount.value for product, amount in found.items() if amount is not None}


def all_lines(part: Fill | Supply) -> dict[str, SupplyLine]:
    return {line.product: line for line in (*part.lines, *part.unneeded)}


def sums(*parts: dict[str, Fraction]) -> dict[str, Fraction]:
    """Add dictionaries up; what is zero is left out."""
    total: dict[str, Fraction] = defaultdict(Fraction)
    for part in parts:
        for product, amount in part.items():
            total[product] += amount
    return {product: amount for product, amount in total.items() if amount}


@settings(max_examples=150)
@given(supplied_schedules(records=3))
def test_at_hand_and_handed_out_is_needed_and_left_at_every_fill_and_at_the_end(schedule: Schedule) -> None:
    """Exactly, for every product; a leftover is the next fill's stock, whether it is needed any more or not."""
    assert schedule.order is not None
    assert schedule.order.supply is not None
    days, supply = per_day(schedule), dispense(schedule)
    stock, differences = given_stock(schedule.order.supply.stock), of(supply.differences)
    assert sums(stock) == of(supply.stock)
    handed: dict[str, Fraction] = {}
    carried = sums(stock, differences)
    if supply.past is not None:
        assert amounts(supply.past.lines) == between(days, date.min, supply.past.end)
        handed = {product: line.handed.value for product, line in all_lines(supply.past).items()}
        carried = of(supply.past.left)
    elif schedule.order.history and any(event.handed for event in schedule.order.history):
        handed = {line.product: line.so_far.value for line in all_lines(supply).values()}
        for fill in supply.fills:
            handed = sums(handed, {p: -line.handed.value for p, line in all_lines(fill).items()})
        carried = sums(carried, handed)
    for fill in supply.fills:
        lines = all_lines(fill)
        assert sums({product: line.carried.value for product, line in lines.items()}) == carried
        handed = sums(handed, {product: line.handed.value for product, line in lines.items()})
        assert {product: line.so_far.value for product, line in lines.items()} == {
            product: handed.get(product, 0) for product in lines
        }
        needed = between(days, date.min, fill.end)
        minus = {product: -amount for product, amount in needed.items()}
        assert sums(stock, handed, differences, minus) == of(fill.left)
        assert all(line.left.value >= 0 <= line.handed.value for line in lines.values())
        carried = of(fill.left)
    assert carried == of(supply.left)
    assert amounts(supply.lines) == between(days, date.min, date.max)
    for line in all_lines(supply).values():
        found = line.carried.value + line.handed.value + differences.get(line.product, 0)
        assert found == line.needed.value + line.left.value
        assert line.handed == line.so_far


@settings(max_examples=150)
@given(supplied_schedules(records=2))
def test_no_more_is_handed_out_than_is_lacking(schedule: Schedule) -> None:
    """Nothing while there is enough at hand, else less than one whole tablet more, and of a liquid the exact need."""
    for fill in dispense(schedule).fills:
        for line in fill.lines:
            lacking = max(Fraction(0), line.needed.value - line.carried.value)
            if isinstance(line.handed, Ml):
                assert line.handed.value == lacking
                assert line.dispense is None
            else:
                assert line.dispense == line.handed.value == math.ceil(lacking)
        assert all(not line.handed and not line.needed for line in fill.unneeded)


@settings(max_examples=150)
@given(supplied_schedules(records=2))
def test_fills_begin_where_doses_change_and_are_never_longer_than_allowed(schedule: Schedule) -> None:
    assert schedule.order is not None
    supply = schedule.order.supply
    assert supply is not None
    fills = dispense(schedule).fills
    records = [event.on for event in schedule.order.history if event.handed or event.stock]
    taking = [step for step in schedule.steps if step.intakes]
    if records and records[-1] > taking[-1].end:
        assert fills == ()
        return
    assert fills[0].start == max([taking[0].start, *records])
    assert fills[-1].end == taking[-1].end
    steps, every = dict(schedule.days()), dispense(schedule).every
    for before, after in pairwise(fills):
        assert after.start == before.end + timedelta(days=1)
        changed = steps[before.end].intakes != steps[after.start].intakes
        whole = every is not None and any(
            parse_interval(str(every)).after(origin.start, n) == after.start
            for origin in fills
            for n in range(1, 1 + (after.start - origin.start).days)
        )
        reviewed = every is None and after.start in review_days(schedule)
        assert whole or reviewed or (changed and supply.end_with_step)
    for fill in fills:
        if every is not None:
            assert (fill.end - fill.start).days + 1 <= (every.days or 31 * every.months)
        if supply.end_with_step:
            assert len({steps[day].intakes for day in steps if fill.start <= day <= fill.end}) == 1


@settings(max_examples=100)
@given(supplied_schedules(records=2), st.data())
def test_what_was_handed_out_before_a_day_is_the_record_and_every_fill_begun(
    schedule: Schedule, data: st.DataObject
) -> None:
    assert schedule.order is not None
    supply = dispense(schedule)
    records = [event for event in schedule.order.history if event.handed or event.stock]
    begin = records[-1].on if records else schedule.steps[0].start
    day = begin + timedelta(days=data.draw(st.integers(0, 60)))
    recorded = next((event.handed for event in reversed(records) if event.handed), ())
    begun = [{line.product: line.handed.value for line in fill.lines} for fill in supply.fills if fill.start < day]
    assert given_stock(handed_out(schedule, day)) == sums(given_stock(recorded), *begun)
    if records:
        with pytest.raises(ScheduleError, match="begin anew"):
            handed_out(schedule, begin - timedelta(days=1))


@settings(max_examples=60)
@given(supplied_schedules(records=1), st.integers(-3, 90))
def test_what_is_left_falls_by_what_the_day_needs_and_rises_with_a_fill(schedule: Schedule, offset: int) -> None:
    assert schedule.order is not None
    day = schedule.steps[0].start + timedelta(days=offset)
    supply, before = dispense(schedule), day - timedelta(days=1)
    left, earlier = left_after(schedule, supply, day), left_after(schedule, supply, before)
    records = [event.on for event in schedule.order.history if event.handed or event.stock]
    assert (left is None) == (bool(records) and day < records[-1])
    if left is None or earlier is None:
        return
    fetched = [{line.product: line.handed.value for line in fill.lines} for fill in supply.fills if fill.start == day]
    minus = {product: -amount for product, amount in between(per_day(schedule), day, day).items()}
    assert of(left) == sums(of(earlier), minus, *fetched)


@settings(max_examples=60)
@given(supplied_schedules(), st.data())
def test_a_revision_that_changes_nothing_hands_out_no_tablet_more(schedule: Schedule, data: st.DataObject) -> None:
    """With its own record, the plan needs in all what it needed without a revision, to the whole tablet."""
    assert schedule.order is not None
    on = schedule.steps[0].start + timedelta(days=data.draw(st.integers(1, 60)))
    handed = [one.model_dump(mode="json", exclude_none=True) for one in handed_out(schedule, on)]
    order = with_history(schedule.order, {"on": on.isoformat(), "hold": "1 week", "handed": handed})
    revised = Schedule(schedule.steps, schedule.stopped_on, order, schedule.plan_id, 1)
    before, after = dispense(schedule), dispense(revised)
    assert after.differences == ()
    assert [(x.product, x.needed, x.so_far) for x in after.lines] == [
        (x.product, x.needed, x.so_far) for x in before.lines
    ]
    assert of(after.left) == of(before.left)
    if handed and on <= max(step.end for step in schedule.steps if step.intakes):
        assert after.past is not None
        assert after.fills[0].start == on


def revised(schedule: Schedule, *events: dict[str, Any]) -> Schedule:
    """Return a schedule whose order has these revisions."""
    assert schedule.order is not None
    order = with_history(schedule.order, *({"hold": "1 week"} | event for event in events))
    return Schedule(schedule.steps, schedule.stopped_on, order, "id", len(events))


def test_a_count_replaces_what_is_computed_and_is_not_forgotten_later(golden: dict[str, Any]) -> None:
    """By hand: 6 and a half fives and 78 more, less 56 in 14 days of 2 + 2, leave 28 and a half; 20 are counted."""
    golden["supply"] = {"every": "4 weeks", "stock": [{"product": "diazepam tablet 5 mg", "count": "6.5"}]}
    schedule = plan(parse_order(golden))
    fetched = [{"product": "diazepam tablet 5 mg", "count": "78"}, {"product": "diazepam tablet 2 mg", "count": "56"}]
    assert given_stock(handed_out(schedule, date(2026, 1, 19))) == {
        "diazepam tablet 5 mg": 78,
        "diazepam tablet 2 mg": 56,
    }
    computed = dispense(revised(schedule, {"on": "2026-01-19", "handed": fetched}))
    assert computed.past is not None
    assert of(computed.past.left) == {"diazepam tablet 5 mg": Fraction("28.5"), "diazepam tablet 2 mg": 56}
    counted = {
        "on": "2026-01-19",
        "handed": fetched,
        "stock": [{"product": "diazepam tablet 5 mg", "count": "20"}],
    }
    supply = dispense(revised(schedule, counted))
    assert supply.past is not None
    assert of(supply.past.left) == {"diazepam tablet 5 mg": 20, "diazepam tablet 2 mg": 56}
    assert supply.differences == (ProductAmount("diazepam tablet 5 mg", Pieces("-8.5")),)
    again = dispense(revised(schedule, counted, {"on": "2026-01-21", "handed": fetched}))
    assert again.past is not None
    assert of(again.past.left) == {"diazepam tablet 5 mg": 16, "diazepam tablet 2 mg": 48}


def test_a_record_of_less_than_was_needed_leaves_nothing(golden: dict[str, Any]) -> None:
    """Something was taken that no record has: nothing is left, and the difference says how much."""
    schedule = plan(parse_order(golden | {"supply": {"every": "4 weeks"}}))
    event = {"on": "2026-01-19", "handed": [{"product": "diazepam tablet 5 mg", "count": "50"}]}
    supply = dispense(revised(schedule, event))
    assert supply.past is not None
    assert supply.past.left == ()
    assert of(supply.differences) == {"diazepam tablet 5 mg": 6}


def test_at_hand_by_hand(golden: dict[str, Any]) -> None:
    """12 and a half fives at hand: the first fill of 84 hands out 72; a tablet that is never needed stays."""
    golden["product"].append({"name": "diazepam tablet 10 mg"})
    golden["phase"][0]["until"] = "18 mg"
    golden["current"] = {"morning": "10 mg", "bedtime": "9 mg"}
    golden["supply"] = {
        "stock": [
            {"product": "diazepam tablet 10 mg", "count": "12.5"},
            {"product": "diazepam tablet 5 mg", "count": "100"},
        ]
    }
    schedule = plan(parse_order(golden))
    supply = dispense(schedule)
    lines = {line.product: line for line in supply.lines}
    assert lines["diazepam tablet 10 mg"].dispense == math.ceil(
        lines["diazepam tablet 10 mg"].needed.value - Fraction("12.5")
    )
    assert lines["diazepam tablet 5 mg"].dispense == 0
    assert of(supply.left)["diazepam tablet 5 mg"] == 100 - lines["diazepam tablet 5 mg"].needed.value


@pytest.mark.parametrize(
    ("stock", "field", "words"),
    [
        (
            {"product": "diazepam tablet 50 mg", "count": "3"},
            "supply.stock[0].product",
            "did you mean 'diazepam tablet 5",
        ),
        ({"product": "diazepam tablet 5 mg", "volume": "3 mL"}, "supply.stock[0].volume", "counted"),
        ({"product": "diazepam tablet 5 mg", "count": "0.3"}, "supply.stock[0].count", "quarters"),
        ({"product": "diazepam tablet 5 mg"}, "supply.stock[0].count", "either"),
    ],
)
def test_what_cannot_be_at_hand_is_refused(
    golden: dict[str, Any], stock: dict[str, str], field: str, words: str
) -> None:
    with pytest.raises(OrderError) as found:
        parse_order(golden | {"supply": {"stock": [stock]}})
    assert found.value.field == field
    assert words in str(found.value)


def test_a_product_at_hand_stands_once_and_a_revision_counts_only_products_of_the_order(golden: dict[str, Any]) -> None:
    five = {"product": "diazepam tablet 5 mg", "count": "3"}
    with pytest.raises(OrderError, match="twice"):
        parse_order(golden | {"supply": {"stock": [five, five]}})
    with pytest.raises(OrderError, match="not a product") as found:
        revised(plan(parse_order(golden)), {"on": "2026-02-01", "stock": [{"product": "tablet", "count": "3"}]})
    assert found.value.field == "history[0].stock[0].product"


def test_a_weekly_pattern_is_no_change_of_dose(golden: dict[str, Any]) -> None:
    """Runs of one step have the same number; only the change from one pattern to the next ends a fill."""
    order = parse_order(golden | {"supply": {"every": "2 weeks", "end_with_step": True}})
    taken = (Intake("bedtime", "diazepam", Mg(5), (Item("diazepam tablet 5 mg", Pieces(1)),)),)
    monday, steps = date(2026, 1, 5), []
    for week in range(6):
        for start, end, intakes in ((0, 2, taken), (3, 3, ()), (4, 6, taken if week < 3 else ())):
            day = monday + timedelta(weeks=week)
            number = 0 if week < 1 else 1 if week < 3 else 2
            steps.append(Step(number, day + timedelta(start), day + timedelta(end), intakes))
    schedule = Schedule(tuple(steps), None, order, "id")
    assert [(fill.start, fill.end) for fill in dispense(schedule).fills] == [
        (monday, date(2026, 1, 18)),
        (date(2026, 1, 19), date(2026, 1, 25)),
        (date(2026, 1, 26), date(2026, 2, 8)),
        (date(2026, 2, 9), steps[-3].end),
    ]


@pytest.mark.parametrize("sheet", ["pharmacy", "clinician"])
def test_the_sheets_show_what_is_at_hand_what_was_handed_out_and_what_is_left(
    golden: dict[str, Any], sheet: Sheet
) -> None:
    """In words on the pharmacy's; a product that is not needed any more stays in sight on both."""
    golden["supply"] = {
        "every": "4 weeks",
        "end_with_step": True,
        "stock": [{"product": "diazepam tablet 5 mg", "count": "12.5"}],
    }
    schedule = plan(parse_order(golden))
    counted = {
        "on": "2026-02-02",
        "handed": [{"product": "diazepam tablet 5 mg", "count": "74"}],
        "stock": [
            {"product": "diazepam tablet 5 mg", "count": "6.5"},
            {"product": "diazepam tablet 2 mg", "count": "1"},
        ],
    }
    made = revised(schedule, counted)
    supply = dispense(made)
    text = render(made, to="text", printed_on=date(2026, 2, 2), sheet=sheet, supply=supply).decode()
    shown = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
    last = supply.fills[-1]
    assert supply.left == last.left != ()
    assert len(last.lines) == len(last.unneeded) == 1
    if sheet == "pharmacy":
        assert "Already at home: diazepam tablet 5 mg: twelve and a half tablets; used first" in shown
        assert shown.count("Total, including before this revision:") == len(supply.lines)
        assert "Early fills: a fill ends early when the dose changes" in shown
        assert "new fills start on February 2, 2026" in shown
        assert "Before the revision: January 5, 2026 to February 1, 2026" in shown
        assert "Count differs from record: diazepam tablet 5 mg: 4 tablets more than recorded" in shown
        assert "Carried over: six and a half tablets" in shown
        for fill in supply.fills:
            for line in fill.lines:
                assert f"Dispensed to date: {line.so_far} tablet" in shown
    else:
        assert "Dates: Before the revision: Jan 5 to Feb 1, 2026 | Product" in shown
        assert "Carried over: twelve and a half tablets | Dispense: 74 tablets" in shown
        assert "Left over: six and a half tablets" in shown
