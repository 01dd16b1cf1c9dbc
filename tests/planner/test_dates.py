"""The day of each change, against a reckoning without the library."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from taper.order.order import parse_order
from taper.planner.dates import Timeline
from taper.planner.planning import plan
from tests.oracles.brute import DAYS, Brute, State, after
from tests.strategies import INTERVALS, moved_dates, start_days
from tests.support.orders import GOLDEN


@st.composite
def dated_orders(draw: st.DrawFn) -> dict[str, Any]:
    """The golden order with two phases and any dates."""
    data = deepcopy(GOLDEN) | {"start": draw(start_days())}
    data["phase"] = [
        {"reduce": "2 mg", "every": draw(st.sampled_from(INTERVALS)), "until": "16 mg"},
        {"reduce": "2 mg", "every": draw(st.sampled_from(INTERVALS)), "until": "8 mg"},
    ]
    draw(moved_dates(data))
    return data


@settings(max_examples=300)
@given(dated_orders())
def test_every_change_falls_on_the_reckoned_day(data: dict[str, Any]) -> None:
    timeline, brute = Timeline(parse_order(data)), Brute(data)
    phases = [0, 0, 1, 1, 1, 1, 2]
    rows = brute.dated([State(phase, 0, brute.current) for phase in phases])
    moment = timeline.start
    for index, row in enumerate(rows):
        assert moment.day == row.start
        moment = timeline.next(moment, min(phases[index], 1))
        assert moment.day == row.end + timedelta(days=1)
        if index + 1 < len(phases) and phases[index + 1] != phases[index]:
            moment = type(moment)(moment.day, moment.day)


@settings(max_examples=200)
@given(dated_orders())
def test_a_step_is_never_shorter_than_ordered_and_changes_keep_their_weekday(data: dict[str, Any]) -> None:
    order = parse_order(data)
    timeline = Timeline(order)
    moment = timeline.start
    for index in range(8):
        then = timeline.next(moment, 0)
        if index or order.first_cut is None:
            plain = order.phase[0].every.after(moment.anchor, moment.intervals + 1)
            assert then.day >= plain > moment.day
        else:
            assert then.day >= order.first_cut
        assert order.change_on is None or then.day.strftime("%A") == order.change_on
        moment = then


@settings(max_examples=200)
@given(dated_orders(), st.integers(0, 200), st.sampled_from(["1 day", "3 days", "1 week", "1 month"]))
def test_a_hold_lengthens_its_step_by_what_it_says_whenever_it_falls(
    data: dict[str, Any], offset: int, length: str
) -> None:
    """Also in the days that were added to reach the ordered weekday; and no other step gets shorter than ordered."""
    data.pop("hold", None)
    on = date.fromisoformat(data["start"]) + timedelta(days=offset)
    timeline = Timeline(parse_order(data))
    held = Timeline(parse_order(data | {"hold": [{"on": on.isoformat(), "for": length}]}))
    moment = timeline.start
    while (then := timeline.next(moment, 0)).day <= on:
        assert held.next(moment, 0) == then
        moment = then
    assert held.next(moment, 0).day >= after(then.day, length)
    assert held.next(moment, 0).day < after(then.day, length) + timedelta(days=7)


def test_months_come_back_to_the_31st_until_a_change_is_moved() -> None:
    data = deepcopy(GOLDEN) | {"start": "2026-01-31"}
    data["phase"] = [{"reduce": "2 mg", "every": "1 month", "until": "10 mg"}]
    plain = [str(step.start) for step in plan(parse_order(data)).steps]
    assert plain == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]
    data["hold"] = [{"on": "2026-03-01", "for": "5 days"}]
    held = [str(step.start) for step in plan(parse_order(data)).steps]
    assert held == ["2026-01-31", "2026-02-28", "2026-04-05", "2026-05-05", "2026-06-05", "2026-07-05"]


@pytest.mark.parametrize("day", DAYS)
def test_changes_fall_on_any_ordered_weekday(day: str) -> None:
    schedule = plan(parse_order(deepcopy(GOLDEN) | {"change_on": day}))
    assert {step.start.strftime("%A") for step in schedule.steps[1:]} == {day}
    assert all(step.days == 14 for step in schedule.steps[1:])
    assert 14 <= schedule.steps[0].days < 21
