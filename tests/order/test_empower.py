"""The preset `empower`: the calendar of the booklet day by day, its weekly averages, and what it is not for."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from taper.errors import CatalogError, NotMakeableError, OrderError
from taper.order.order import Order, parse_order, read_order
from taper.order.presets import presets
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule

CALENDAR = """
 1- 2   50 100 100 100  50 100 100
 3- 4   50 100  50  50 100  50  50
 5- 6   50  50  50  50  50  50  50
 7- 8   50  25  50  50  25  50  50
 9-10   50  25  50  25  50  25  50
11-12   25  25  50  25  25  50  25
13-14   25  25  25  25  25  25  25
15-16    0  25   0   0  25   0  25
17-18    0   0   0   0   0   0   0
"""
"""EMPOWER, You May Be at Risk, sedative-hypnotics, page 11: percent of the starting dose from Monday to Sunday."""
AVERAGES = ["85.7", "64.3", "50", "42.9", "39.3", "32.1", "25", "10.7", "0"]
MONDAY = date(2026, 1, 5)


def rows() -> list[list[Fraction]]:
    return [[Fraction(part) / 100 for part in line.split("  ", 1)[1].split()] for line in CALENDAR.split("\n") if line]


def order_data(**changes: Any) -> dict[str, Any]:
    return {
        "drug": "zopiclone",
        "country": "CA",
        "start": "2026-01-05",
        "change_on": "Monday",
        "current": {"bedtime": "7.5 mg"},
        "product": [{"name": "zopiclone tablet 7.5 mg", "split": "quarters"}],
        "phase": [{"preset": "empower"}],
    } | changes


def refused(**changes: Any) -> OrderError:
    with pytest.raises(OrderError) as caught:
        parse_order(order_data(**changes))
    return caught.value


def by_day(schedule: Schedule) -> dict[date, Fraction]:
    return {
        step.start + timedelta(days=place): step.total.value for step in schedule.steps for place in range(step.days)
    }


def expected(start: date, first: date, dose: Fraction) -> dict[date, Fraction]:
    """The full dose until week 1, then each row for two weeks; the plan ends where no dose follows."""
    days = {start + timedelta(days=place): dose for place in range((first - start).days)}
    for number, row in enumerate(rows()[:-1]):
        for place in range(14):
            days[first + timedelta(days=14 * number + place)] = row[place % 7] * dose
    return days


def zopiclone(**changes: Any) -> Order:
    return parse_order(order_data(**changes))


@pytest.mark.parametrize(
    ("changes", "start", "first"),
    [
        ({}, MONDAY, date(2026, 1, 19)),
        ({"first_cut": "2026-01-12"}, MONDAY, date(2026, 1, 12)),
        ({"start": "2026-01-08", "first_cut": "2026-01-12"}, date(2026, 1, 8), date(2026, 1, 12)),
        ({"start": "2026-01-07"}, date(2026, 1, 7), date(2026, 1, 26)),  # the Monday after two weeks
    ],
)
def test_every_day_has_the_dose_of_the_calendar(changes: dict[str, Any], start: date, first: date) -> None:
    """126 days from the first change on, the last 14 of them after the stop."""
    schedule = plan(zopiclone(**changes))
    assert by_day(schedule) == expected(start, first, Fraction("7.5"))
    assert schedule.stopped_on == first + timedelta(weeks=16)


def test_a_week_has_the_average_that_the_source_adds_up_to() -> None:
    """85.7 to 10.7 % of the starting dose, of the calendar restated here and of the plan."""
    assert [f"{round(float(sum(row) / 7 * 100), 1):g}" for row in rows()] == AVERAGES
    days = by_day(plan(zopiclone()))
    for number, average in enumerate(AVERAGES[:-1]):
        monday = date(2026, 1, 19) + timedelta(weeks=2 * number)
        for week in (monday, monday + timedelta(weeks=1)):
            total = sum(days[week + timedelta(days=place)] for place in range(7))
            assert f"{round(float(total / 7 / Fraction('7.5') * 100), 1):g}" == average


def test_without_change_on_it_needs_a_monday() -> None:
    """The weeks of the calendar run from Monday to Sunday; on another day the order must say when doses change."""
    data = order_data()
    del data["change_on"]
    assert by_day(plan(parse_order(data))) == by_day(plan(zopiclone()))
    for days in ({"start": "2026-01-07"}, {"start": "2026-01-05", "first_cut": "2026-01-15"}):
        with pytest.raises(OrderError) as caught:
            parse_order(data | days)
        assert caught.value.field == "change_on"
        assert "change_on is missing: the weeks of 'empower' run from Monday to Sunday" in caught.value.message
        assert 'write change_on = "Monday"' in caught.value.message
    assert parse_order(data | {"start": "2026-01-08", "first_cut": "2026-01-12"}).phase


def test_doses_change_on_no_other_day() -> None:
    """Shifted to another day the weeks would be others than those of the calendar."""
    problem = refused(change_on="Thursday")
    assert problem.field == "change_on"
    assert "doses cannot change on Thursday" in problem.message


def test_it_is_for_one_dose_a_day() -> None:
    """The booklet sets one tablet a day; a second time of day is no tablet of it."""
    problem = refused(current={"morning": "3.75 mg", "bedtime": "7.5 mg"})
    assert problem.field == "phase[0].preset"
    assert "printed for one dose a day, and [current] has morning and bedtime" in problem.message


def test_a_dose_that_the_tablets_cannot_make_is_refused_with_the_nearest() -> None:
    """Halves make no quarter of a tablet: nothing is rounded, the pattern is named."""
    with pytest.raises(NotMakeableError) as caught:
        plan(zopiclone(product=[{"name": "zopiclone tablet 7.5 mg", "split": "halves"}]))
    assert caught.value.field == "phase[0].weekly[3].bedtime"
    assert "1.875 mg" in str(caught.value)
    assert "3.75 mg" in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"start": "2026-13-05"}, "start"),
        ({"first_cut": "soon"}, "first_cut"),
        ({"change_on": "Mo"}, "change_on"),
        ({"current": {"bedtime": "7.5"}}, "current.bedtime"),
        ({"phase": [{"preset": "empower", "every": "3 weeks"}]}, "phase[0].every"),
        ({"phase": [{"preset": "empower", "weekly": []}]}, "phase[0].weekly"),
        ({"phase": [{"preset": "empower"}, {"preset": "empower"}]}, "phase[0].until"),
        (
            {"phase": [{"reduce": "3.75 mg", "until": "3.75 mg", "every": "1 week"}, {"preset": "empower"}]},
            "phase[1].preset",
        ),
    ],
)
def test_a_fault_is_told_at_its_own_field(changes: dict[str, Any], field: str) -> None:
    """One clear error each, never one about the preset where something else is wrong."""
    assert refused(**changes).field.startswith(field)


def test_the_example_is_this_preset() -> None:
    """examples/empower.toml plans the calendar."""
    schedule = plan(read_order("examples/empower.toml"))
    assert by_day(schedule) == expected(MONDAY, date(2026, 1, 19), Fraction("7.5"))


@pytest.mark.parametrize(
    ("weekly", "message"),
    [
        ('[{ usual = "50%", Sonntag = "25%" }]', "weekly"),
        ('[{ Monday = "50%" }]', "add usual"),
        ('[{ usual = "0 mg" }]', "without any dose"),
        ("[{ usual = 50 }]", "each dose in quotes"),
        ('["50%"]', "is no weekly pattern"),
        ('[{ usual = "50" }]', "no unit"),
        ('"50%"', "weekly patterns"),
        ('[{ usual = "50%" }], doses = ["5 mg"]', "keep one"),
    ],
)
def test_a_row_that_is_no_week_does_not_load(weekly: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bad data is told at loading, with the row."""
    text = (
        '[source.a]\ntitle = "A"\nedition = ""\nurl = ""\nstatus = "READ"\n'
        '[preset.x]\ntitle = "X"\nsource = "a"\nlocator = "p. 1"\n'
        f'phase = [{{ weekly = {weekly}, until = "0 mg", every = "1 week", source = "a", locator = "p. 1" }}]\n'
    )
    monkeypatch.setattr("taper.order.presets.read_data", lambda _: text)
    with pytest.raises(CatalogError, match=message) as caught:
        presets.__wrapped__()
    assert "preset.x.phase[1]" in str(caught.value)
