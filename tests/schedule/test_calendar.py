"""Which schedules a calendar can show, what lies ahead of a day, and what is empty where nothing is said."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

import taper
import taper.schedule
from taper.errors import ScheduleError
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.calendar import from_day, printable, revised_on
from taper.schedule.comparison import difference
from taper.schedule.day import NextChange, Today, today
from taper.schedule.needs import ProductAmount, listed, listed_sums, needed, sums, unit_of
from taper.schedule.regimen import Intake, Item, Regimen
from taper.schedule.schedule import Remark, Schedule, Step, cuts_between
from taper.schedule.supply import Supply, dispense

FIRST = date(2026, 1, 5)


def day(place: int) -> date:
    return FIRST + timedelta(days=place)


def tablets(dose: str, count: str = "1", name: str = "t") -> tuple[Intake, ...]:
    return (Intake("bedtime", "diazepam", Mg(dose), (Item(name, count=Pieces(count)),)),)


def plan(*steps: tuple[int, int, int, str], **more: Any) -> Schedule:
    """Return a schedule of steps: number, first and last day, dose."""
    written = tuple(Step(n, day(a), day(b), tablets(dose) if dose != "0" else ()) for n, a, b, dose in steps)
    return Schedule(written, **{"origin": "csv", **more})


def test_the_door_of_the_room_hands_on_what_it_names() -> None:
    names = "Difference difference Today today Intake Item Remark Schedule Step Fill Supply SupplyLine dispense"
    assert {*names.split()} <= {*dir(taper.schedule)}
    for name in names.split():
        assert getattr(taper.schedule, name).__name__ == name


STEPS = st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["1", "2", "3"])), min_size=1, max_size=5)


@given(STEPS, st.integers(-2, 50))
def test_what_lies_ahead_of_a_day_is_each_day_from_then_on_with_steps_counted_anew(
    lengths: list[tuple[int, str]], place: int
) -> None:
    steps, at = [], 0
    for number, (length, dose) in enumerate(lengths):
        steps.append((number, at, at + length - 1, dose))
        at += length
    whole = plan(*steps)
    ahead = from_day(whole, day(place))
    later = {on: step.intakes for on, step in whole.days() if on >= day(place)}
    assert {on: step.intakes for on, step in ahead.days()} == later
    numbers = [step.number for step in ahead.steps]
    assert numbers == list(range(len(numbers)))


def test_the_runs_of_one_step_that_is_under_way_keep_one_number() -> None:
    week = plan((0, 0, 3, "3"), (1, 4, 4, "1"), (1, 5, 9, "2"), (1, 10, 10, "1"), (2, 11, 20, "1"))
    ahead = from_day(week, day(6))
    assert [(step.number, step.start, step.end) for step in ahead.steps] == [
        (0, day(6), day(9)),
        (0, day(10), day(10)),
        (1, day(11), day(20)),
    ]
    assert from_day(week, day(0)) is week
    assert from_day(week, day(30)).steps == ()


def refused(schedule: Schedule) -> str:
    with pytest.raises(ScheduleError) as caught:
        printable(schedule)
    return caught.value.message


def test_a_calendar_is_refused_where_a_day_is_not_clear() -> None:
    assert refused(plan((0, 0, 6, "2"), (1, 6, 9, "1"))) == (
        "step 1 begins on 2026-01-11, but step 0 goes on until 2026-01-11, so the dose of a day is not clear and no "
        "calendar is printed; put the steps in order, and end each before the next begins"
    )
    assert refused(plan((0, 0, 6, "2"), (1, 7, 9, "1"), stopped_on=day(9))) == (
        "step 1 goes on until 2026-01-14, but the first day without the drug is 2026-01-14; change one of the two"
    )
    nothing = "there is no step with a dose, so there is nothing to print; check the input"
    assert refused(plan()) == refused(plan((0, 0, 6, "0"))) == nothing


def test_recorded_days_of_nothing_from_the_stop_on_are_not_printed() -> None:
    shown = printable(plan((0, 0, 6, "2"), (1, 7, 9, "0"), (2, 10, 12, "0"), stopped_on=day(7)))
    assert [step.number for step in shown.steps] == [0]
    kept = plan((0, 0, 2, "2"), (1, 3, 4, "0"), (2, 5, 6, "2"), stopped_on=day(7))
    assert printable(kept) == kept


def test_an_altered_plan_is_not_printed_and_says_where() -> None:
    remark = Remark("altered", "Its steps are not those of its order", quote="10 mg", place="steps[2]")
    with pytest.raises(ScheduleError) as caught:
        printable(plan((0, 0, 6, "2"), remarks=(remark,)))
    assert caught.value.field == "steps[2]"
    assert caught.value.message.startswith("its steps are not those of its order (10 mg); it was changed after")
    plain = Remark("altered", "Its steps differ")
    with pytest.raises(ScheduleError) as unplaced:
        printable(plan((0, 0, 6, "2"), remarks=(plain,)))
    assert unplaced.value.field == "steps"
    assert unplaced.value.message.startswith("its steps differ; it was changed after")


def test_a_plan_from_another_table_was_never_revised() -> None:
    assert revised_on(plan((0, 0, 6, "2"))) is None


def test_a_day_without_intakes_or_a_change_has_none() -> None:
    assert NextChange(FIRST).intakes == ()
    assert (NextChange(FIRST).stop, NextChange(FIRST).weekly) == (False, False)
    empty = Today(FIRST, "before")
    assert (empty.intakes, empty.tomorrow, empty.step, empty.fill, empty.left) == ((), None, None, None, None)


def test_each_day_has_its_state() -> None:
    one = plan((0, 0, 6, "2"), (1, 10, 12, "0"), (2, 13, 14, "1"), stopped_on=day(20))
    states = {-1: "before", 0: "dose", 6: "dose", 7: "gap", 9: "gap", 10: "none", 12: "none", 14: "dose", 15: "gap"}
    for place, state in {**states, 19: "gap", 20: "stopped", 40: "stopped"}.items():
        assert today(one, day(place)).state == state, place
    assert today(plan((0, 0, 6, "2")), day(7)).state == "over"


# what days need


@given(STEPS, st.integers(0, 30), st.integers(0, 30))
def test_days_need_what_is_taken_on_each_of_them(lengths: list[tuple[int, str]], first: int, last: int) -> None:
    steps, at = [], 0
    for number, (length, count) in enumerate(lengths):
        steps.append(Step(number, day(at), day(at + length - 1), tablets("1", count)))
        at += length
    days = {on: step for step in steps for on in (step.start + timedelta(days=n) for n in range(step.days))}
    expected = sum(
        (
            item.count.value
            for on, step in days.items()
            if day(first) <= on <= day(last)
            for i in step.intakes
            for item in i.items
            if item.count is not None
        ),
        Mg(0).value,
    )
    found = sums(steps, None, day(first), day(last))
    assert found.get(("t", False), Mg(0).value) == expected


def test_pieces_and_volumes_are_summed_apart_and_nothing_is_not_listed() -> None:
    both = (
        Intake("bedtime", "diazepam", Mg(3), (Item("p", count=Pieces("0.5")), Item("p", volume=Ml("0.2")), Item("q"))),
        Intake("noon", "diazepam", Mg(0), (Item("none", count=Pieces(0)),)),
    )
    step = Step(0, day(0), day(3), both)
    assert needed([step], None) == (ProductAmount("p", Pieces(2)), ProductAmount("p", Ml("0.8")))
    assert unit_of(("p", True), Mg(2).value) == Ml(2)
    assert unit_of(("p", False), Mg(2).value) == Pieces(2)
    assert listed([("a", Pieces(0)), ("b", Pieces(1))]) == (ProductAmount("b", Pieces(1)),)
    assert listed_sums({("a", True): Mg(2).value, ("b", False): Mg(0).value}) == (ProductAmount("a", Ml(2)),)


# the difference in supply


@pytest.mark.parametrize("last", [9, 5])
def test_a_difference_counts_what_is_needed_in_all_and_from_the_first_changed_day(last: int) -> None:
    """A step that is under way then counts with the days that are left of it; one that ends on that day with one."""
    old = plan((0, 0, last, "2"))
    steps = Step(0, day(0), day(4), tablets("2")), Step(1, day(5), day(last), tablets("6", "3"))
    found = difference(old, Schedule(steps, origin="csv"))
    left = last - 4
    (change,) = found.supply
    assert (found.from_day, change.product) == (day(5), "t")
    assert (change.before, change.after) == (Pieces(last + 1), Pieces(5 + 3 * left))
    assert (change.later_before, change.later_after) == (Pieces(left), Pieces(3 * left))


def test_a_product_that_is_new_was_needed_by_none() -> None:
    old, step = plan((0, 0, 9, "2")), Step(0, day(0), day(9), tablets("2", "1", "other"))
    found = difference(old, Schedule((step,), origin="csv"))
    assert [(one.product, one.before, one.after) for one in found.supply] == [
        ("other", Pieces(0), Pieces(10)),
        ("t", Pieces(10), Pieces(0)),
    ]


# a regimen


def test_a_regimen_adds_up_by_drug_by_time_and_in_all() -> None:
    of_day = Regimen(
        (
            Intake("morning", "diazepam", Mg(2)),
            Intake("noon", "zopiclone", Mg(0)),
            Intake("bedtime", "diazepam", Mg(5)),
            Intake("bedtime", "zopiclone", Mg(7)),
            Intake("evening", "diazepam", Mg(0), (Item("t"),)),
        )
    )
    assert of_day.totals == {"diazepam": Mg(7), "zopiclone": Mg(7)}
    assert (of_day.total, of_day.at("bedtime"), of_day.at("noon")) == (Mg(14), Mg(12), Mg(0))
    assert [intake.time for intake in of_day.taken] == ["morning", "bedtime", "bedtime", "evening"]
    assert [intake.time for intake in of_day.of("diazepam")] == ["morning", "bedtime"]
    assert of_day.of("zopiclone") == (of_day[3],)


# what is taken for a schedule


@pytest.mark.parametrize(
    ("value", "how"),
    [
        ({"drug": "diazepam"}, "plan it first: taper.plan(taper.parse_order(data))"),
        ("plan.json", "plan an order: taper.plan(order); or read a file: taper.read_schedule(content).schedule()"),
        (None, "plan an order: taper.plan(order); or read a file: taper.read_schedule(content).schedule()"),
    ],
)
def test_what_is_no_schedule_is_refused_with_the_way_to_one(value: object, how: str) -> None:
    with pytest.raises(ScheduleError) as caught:
        printable(value)  # type: ignore[arg-type]
    assert caught.value.message == f"this takes a schedule, not {type(value).__name__!r}; {how}"


def test_an_order_and_a_reading_are_refused_each_with_its_own_way(golden: dict[str, Any]) -> None:
    order = taper.parse_order(golden)
    for value, how in (
        (order, "plan it first: taper.plan(order)"),
        (
            taper.read_schedule("start,end,time,drug,dose_mg\n2026-01-05,2026-01-06,morning,diazepam,2\n"),
            "take what was intended, supplied or taken from it: reading.schedule()",
        ),
    ):
        with pytest.raises(ScheduleError) as caught:
            printable(value)  # type: ignore[arg-type]
        assert caught.value.message.endswith(f"; {how}")


def test_what_a_record_does_not_say_is_empty() -> None:
    remark, empty = Remark("open", "a step without an end"), Schedule(())
    assert (remark.place, remark.quote, remark.on, remark.until) == ("", "", None, None)
    assert (remark.measured, remark.limit, remark.unknown) == ("", "", False)
    assert (empty.stopped_on, empty.order, empty.plan_id, empty.revision) == (None, None, "", 0)
    assert (empty.origin, empty.remarks) == ("plan", ())


DOSES = st.fixed_dictionaries({}, optional={name: st.integers(0, 3).map(Mg) for name in ("diazepam", "zopiclone")})


@given(st.lists(DOSES, max_size=6))
def test_each_cut_is_from_the_dose_before_and_of_the_dose_that_was_first(days: list[dict[str, Mg]]) -> None:
    """None leads to the first day; a drug that is not taken has a dose of zero."""
    found = list(cuts_between(days))
    assert len(found) == len(days)
    for number, of_day in enumerate(found):
        before, now = (days[number - 1] if number else days[0]), days[number]
        changed = {drug for drug in {**before, **now} if before.get(drug, Mg(0)) != now.get(drug, Mg(0))}
        assert {cut.drug for cut in of_day} == changed
        for cut in of_day:
            first = next(day[cut.drug] for day in days if cut.drug in day)
            assert (cut.before, cut.after, cut.first) == (before.get(cut.drug, Mg(0)), now.get(cut.drug, Mg(0)), first)
            assert cut.amount == cut.before - cut.after
            assert cut.of_current * cut.before.value == (cut.amount.value if cut.before else 0)
            assert cut.of_start * first.value == (cut.amount.value if first else 0)
            assert cut.stops == (cut.after == Mg(0))


# how long a fill is


@pytest.mark.parametrize(
    ("basis", "ordered"),
    [("asked", True), ("ordered", True), ("max_days", True), ("reviews", False), ("default", False)],
)
def test_somebody_said_how_long_a_fill_is_or_nobody_did(basis: Any, ordered: bool) -> None:
    assert Supply((), (), basis=basis).is_length_ordered is ordered


def test_no_fill_is_for_more_days_than_were_allowed() -> None:
    """Asked for here, or ordered; without an interval each fill is that long."""
    one = plan((0, 0, 29, "2"))
    assert [fill.end for fill in dispense(one).fills] == [day(27), day(29)]
    supply = dispense(one, max_days=10)
    assert ([fill.end for fill in supply.fills], supply.basis) == ([day(9), day(19), day(29)], "max_days")
    assert dispense(one, "1 week", max_days=7).basis == "asked"
    with pytest.raises(ScheduleError) as caught:
        dispense(one, "2 weeks", max_days=13)
    assert caught.value.field == "supply"
    assert caught.value.message == (
        "the fill from 2026-01-05 to 2026-01-18 is for 14 days, more than the 13 that are allowed; fill at least every "
        "13 days, or allow more: max_days under [supply]"
    )
