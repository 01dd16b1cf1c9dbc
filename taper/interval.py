"""Days, and spans of time as clinicians order them: days, weeks, calendar months.

Months are calendar months, counted from the first day of the span, so that a plan that starts
on the 31st stays at the end of each month and never drifts.

>>> every = parse_interval("1 month")
>>> [str(every.after(date(2026, 1, 31), n)) for n in (1, 2, 3)]
['2026-02-28', '2026-03-31', '2026-04-30']
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from taper.errors import QuantityError, brief
from taper.values import dataclass

_WRITTEN = re.compile(r"(?P<count>[0-9]{1,4})\s*(?P<unit>day|week|month)s?\Z", re.IGNORECASE)
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
MAX_DAYS = 3660

DayLike = date | str
"""A day as a caller may give it: a date, or text such as ``"2026-03-10"``; never a time of day."""


def parse_day(value: object, field: str = "") -> date:
    """Return a day that was given as a date or as text.

    Args:
        value: A date, or text such as ``"2026-03-10"``.
        field: Name of what it was given for, for the error.

    Raises:
        QuantityError: Not a date, or one with a time of day.

    >>> parse_day("2026-03-10")
    datetime.date(2026, 3, 10)
    """
    if isinstance(value, datetime) or not isinstance(value, (date, str)):
        raise QuantityError(f"{brief(value)} is not a date alone; write it as 2026-01-05", field=field)
    if isinstance(value, date):
        return value
    try:
        if _ISO_DAY.match(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise QuantityError(f"{value[:40]!r} is not a date; write it as 2026-01-05 (year-month-day)", field=field)


@dataclass(frozen=True, slots=True)
class Interval:
    """A positive span of days or of calendar months.

    Attributes:
        days: Days, or 0 if the span is counted in months.
        months: Calendar months, or 0 if the span is counted in days.
    """

    days: int = 0
    months: int = 0

    def __post_init__(self) -> None:
        if (self.days > 0) == (self.months > 0) or min(self.days, self.months) < 0:
            raise QuantityError("an interval is either a number of days or of months, at least one")

    def after(self, day: date, times: int = 1) -> date:
        """Return the day that is `times` intervals after `day`."""
        try:
            if not self.months:
                return day + timedelta(self.days * times)
            return day + relativedelta(months=self.months * times)
        except (OverflowError, ValueError):
            raise QuantityError(f"{times} × {self} after {day} is beyond the calendar") from None

    def __str__(self) -> str:
        if self.months:
            return "1 month" if self.months == 1 else f"{self.months} months"
        if self.days % 7 == 0:
            return "1 week" if self.days == 7 else f"{self.days // 7} weeks"
        return "1 day" if self.days == 1 else f"{self.days} days"


def parse_interval(text: object) -> Interval:
    """Read an interval such as ``"2 weeks"``, ``"10 days"`` or ``"1 month"``.

    Raises:
        QuantityError: Not an interval, zero, or longer than ten years.

    >>> parse_interval("2 weeks"), str(parse_interval("10 days"))
    (Interval(days=14, months=0), '10 days')
    """
    example = 'write a whole number of days, weeks or months, such as "2 weeks"'
    if not isinstance(text, str):
        raise QuantityError(f"{brief(text)} is not an interval; {example}")
    match = _WRITTEN.match(" ".join(text.split())) if text.isascii() else None
    if not match:
        raise QuantityError(f"{text[:40]!r} is not an interval; {example}")
    count, unit = int(match["count"]), match["unit"].lower()
    if count == 0:
        raise QuantityError(f"{text!r} is an interval of zero, every cut on the same day; {example}")
    interval = Interval(months=count) if unit == "month" else Interval(days=count * (7 if unit == "week" else 1))
    if interval.days > MAX_DAYS or interval.months > 120:
        raise QuantityError(f"{text!r} is longer than ten years; {example}")
    return interval
