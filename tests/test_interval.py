"""Intervals are counted in days or calendar months, from an anchor, and never drift."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from taper.errors import QuantityError, brief
from taper.interval import Interval, parse_day, parse_interval

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
        "2 wee\N{KELVIN SIGN}s",
        "2 week\N{LATIN SMALL LETTER LONG S}",
    ],
)
def test_what_is_no_interval_is_refused_with_the_way_to_write_it(written: object) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_interval(written)
    assert caught.value.message.endswith('; write a whole number of days, weeks or months, such as "2 weeks"')
    assert f"{written!r}"[:20] in caught.value.message


def test_of_a_long_text_forty_characters_are_quoted() -> None:
    """More of it would hide what is wrong."""
    with pytest.raises(QuantityError, match=f"^'{'1' * 40}' is not an interval"):
        parse_interval("1" * 5000 + " days")
    with pytest.raises(QuantityError, match=f"^'{'1' * 40}' is not a date"):
        parse_day("1" * 5000)


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval(days=1), "1 day"),
        (Interval(days=2), "2 days"),
        (Interval(days=6), "6 days"),
        (Interval(days=7), "1 week"),
        (Interval(days=8), "8 days"),
        (Interval(days=14), "2 weeks"),
        (Interval(months=1), "1 month"),
        (Interval(months=2), "2 months"),
    ],
)
def test_an_interval_is_said_in_the_largest_unit_that_it_is_whole_in(interval: Interval, text: str) -> None:
    assert str(interval) == text
    assert parse_interval(text.upper()) == interval


def test_ten_years_are_the_longest_interval() -> None:
    assert parse_interval("3660 days") == Interval(days=3660)
    assert parse_interval("120 months") == Interval(months=120)


def test_one_interval_later_is_meant_unless_a_number_is_given() -> None:
    assert Interval(days=3).after(date(2026, 1, 30)) == date(2026, 2, 2)
    assert Interval(months=1).after(date(2026, 1, 30)) == date(2026, 2, 28)


@given(DAYS)
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert parse_day(day) == parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "given_for",
    [
        datetime(2026, 1, 5, tzinfo=UTC),
        datetime(2026, 1, 5, 8, 30, tzinfo=UTC),
        20260105,
        None,
        1.5,
        b"2026-01-05",
        ["2026-01-05"],
    ],
)
def test_what_is_no_date_alone_is_refused_by_the_name_of_its_field(given_for: object) -> None:
    """A time of day would be dropped without a word."""
    with pytest.raises(QuantityError) as caught:
        parse_day(given_for, "first_cut")
    assert (caught.value.field, caught.value.message) == (
        "first_cut",
        f"{brief(given_for)} is not a date alone; write it as 2026-01-05",
    )
    with pytest.raises(QuantityError) as unnamed:
        parse_day(given_for)
    assert unnamed.value.field == ""


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-1-5",
        "20260105",
        "2026-W01-1",
        "05.01.2026",
        "2026-01-05T08:00",
        " 2026-01-05",
        "٢٠٢٦-٠١-٠٥",
        "",
    ],
)
def test_text_that_is_no_day_is_refused_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_day(text, "start")
    assert caught.value.field == "start"
    assert caught.value.message == f"{text!r} is not a date; write it as 2026-01-05 (year-month-day)"


@pytest.mark.parametrize(("days", "months"), [(0, 0), (1, 1), (-1, 0), (-1, 1), (0, -1)])
def test_an_interval_is_positive_and_of_one_kind(days: int, months: int) -> None:
    with pytest.raises(QuantityError, match="either a number of days or of months, at least one"):
        Interval(days, months)


def test_beyond_the_calendar_is_an_error_of_ours() -> None:
    for interval in (Interval(days=3660), Interval(months=120)):
        with pytest.raises(QuantityError, match="beyond the calendar"):
            interval.after(date(9999, 1, 1), 1)
