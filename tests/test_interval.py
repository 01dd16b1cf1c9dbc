"""Intervals are counted in days or calendar months, from an anchor, and never drift."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from taper.errors import QuantityError
from taper.interval import Interval, parse_interval

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(DAYS, st.integers(1, 400), st.integers(0, 30))
def test_days_are_days(day: date, days: int, times: int) -> None:
    assert Interval(days=days).after(day, times) == day + timedelta(days=days * times)


@given(DAYS, st.integers(1, 24), st.integers(1, 40))
def test_months_end_with_the_month_and_come_back_to_the_day(day: date, months: int, times: int) -> None:
    """Reckoned with the calendar: month so many, the same day, or the last one if there is no such day."""
    there = Interval(months=months).after(day, times)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months * times
    assert there.day == min(day.day, calendar.monthrange(there.year, there.month)[1])


@given(st.integers(1, 120), st.sampled_from(["day", "week", "month"]), st.booleans())
def test_what_is_written_is_read(count: int, unit: str, plural: bool) -> None:
    interval = parse_interval(f"{count} {unit}{'s' if plural else ''}")
    assert interval == (
        Interval(months=count) if unit == "month" else Interval(days=count * (7 if unit == "week" else 1))
    )
    assert parse_interval(str(interval)) == interval


@pytest.mark.parametrize(
    "written",
    [
        "0 days",
        "0 weeks",
        "2",
        "weeks",
        "-1 week",
        "1.5 weeks",
        "1 fortnight",
        "1 year",
        "",
        "٢ weeks",
        "3661 days",
        "121 months",
        "9999 weeks",
        "2 weeks 3 days",
        "1e2 days",
        14,
        1.5,
        None,
        True,
        "1" * 5000 + " days",
    ],
)
def test_what_is_no_interval_is_refused_with_the_way_to_write_it(written: object) -> None:
    with pytest.raises(QuantityError, match='such as "2 weeks"'):
        parse_interval(written)


@pytest.mark.parametrize(("days", "months"), [(0, 0), (1, 1), (-1, 0), (-1, 1), (0, -1)])
def test_an_interval_is_positive_and_of_one_kind(days: int, months: int) -> None:
    with pytest.raises(QuantityError):
        Interval(days, months)


def test_beyond_the_calendar_is_an_error_of_ours() -> None:
    for interval in (Interval(days=3660), Interval(months=120)):
        with pytest.raises(QuantityError, match="beyond the calendar"):
            interval.after(date(9999, 1, 1), 1)
