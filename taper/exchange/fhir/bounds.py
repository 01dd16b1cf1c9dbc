"""The days of a step: from dates, from moments with their zone, or from a length.

A date is a whole day. Moments are read as the days whose middle lies between them, in the zone in which they are
written; so two steps that share a moment never share a day, whether the first ends at that moment or a second
before. A moment in UTC may be midnight anywhere, so there the middle of the day is taken at 10:30, which is on the
right day for midnights from UTC-10 to UTC+13. The exception is a dose with a clock time of its own: its days are
those on which that clock time lies between the moments, unless they may be midnights of another zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, NamedTuple

from taper.checker.texts import say
from taper.checker.wording import as_written, days_number
from taper.exchange.collector import day_of
from taper.exchange.fhir.shape import amount, many, one, text_of
from taper.interval import MAX_DAYS
from taper.schedule.schedule import ONE_DAY
from taper.values import dataclass

_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})"
    r"(?:\.[0-9]{1,9})?)?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?\Z"
)
_UNITS = {
    "d": "d day days tag tage tagen jour jours dag dagen día días dia dias giorno giorni",
    "wk": "wk week weeks woche wochen semaine semaines weken semana semanas settimana settimane",
    "a": "a year years jahr jahre jahren an ans année années jaar año años anno anni",
    "mo": "mo month months monat monate monaten mois maand maanden mes meses mese mesi",
}
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words.split()}
MIDDLE, MIDDLE_IN_UTC = time(12), time(10, 30)
MAX_MONTHS = 120
Note = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of a step as far as they are known, or its length in days or calendar months."""

    start: date | None = None
    end: date | None = None
    days: int | None = None
    months: int | None = None
    rule: str = ""


class _Moment(NamedTuple):
    """A day, or a moment of it: its own clock in its own zone, and whether that zone is UTC."""

    day: date
    at: datetime | None
    utc: bool


class Chain(NamedTuple):
    """What the moments of a whole record tell about an end at midnight.

    Attributes:
        half_open: Whether some step begins at the moment at which another ends: the day after belongs to the next.
        dated: Whether some step begins a day after the midnight at which another ends, and none at one: the midnight
            stands for its whole day.
    """

    half_open: bool = False
    dated: bool = False


NO_CHAIN = Chain()


def chain_of(resources: Iterable[dict[str, Any]]) -> Chain:
    """Return what the moments of some resources tell about an end at midnight."""
    starts, ends = set(), set()
    for resource in resources:
        for dosage in many(resource, "dosageInstruction") + many(resource, "dosage"):
            period = one(one(one(dosage, "timing"), "repeat"), "boundsPeriod")
            first, last = _moment(one(period, "start")), _moment(one(period, "end"))
            if first is not None and first.at is not None:
                starts.add(first.at)
            if last is not None and last.at is not None and last.day.year < 2200:
                ends.add(last.at)
    half_open = not ends.isdisjoint(starts)
    midnights = {end + ONE_DAY for end in ends if end.time() == time(0)}
    return Chain(half_open, not half_open and not midnights.isdisjoint(starts))


def span_of_period(period: Any, note: Note, chain: Chain, clocks: tuple[time, ...] = ()) -> Span:
    """Return the days of a Period.

    Args:
        period: The Period.
        note: Takes remarks.
        chain: What the rest of the record tells about an end at midnight.
        clocks: The clock times at which the dose is taken.
    """
    if not isinstance(period, dict):
        return Span()
    first, last = _moment(period.get("start")), _moment(period.get("end"))
    for name, moment in (("start", first), ("end", last)):
        if moment is None and name in period:
            note("period", say(f"remark.bounds.{name}"), quote=str(period[name])[:40])
    start = end = None
    middle = _middle(first, last, clocks)
    if first is not None:
        start = first.day if first.at is None or first.at.time() <= middle(first) else first.day + ONE_DAY
    if last is not None:
        whole = last.at is None or (_midnights(first, last) and chain.dated) or last.at.time() > middle(last)
        end = last.day if whole else last.day - ONE_DAY
    if start is not None and end == start - ONE_DAY and first and last and first.day <= last.day:
        note(
            "period",
            say("remark.bounds.no day"),
            quote=say("remark.from to", first=as_written(str(period["start"])), last=as_written(str(period["end"]))),
        )
        return Span()
    if _unclear(first, last, chain):
        note("period", say("remark.bounds.moments"), on=start)
    return Span(start, end, (end - start).days + 1 if start and end and start <= end else None)


def _moment(text: object) -> _Moment | None:
    """Return a written day or moment; None if it is not one."""
    day = day_of(text)
    if day is None or not isinstance(text, str):
        return None
    match = _MOMENT.match(text)
    if match is None:
        return None if len(text) > 10 else _Moment(day, None, False)
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if hour == 24 and minute == second == 0:
        return _Moment(day, None, False)  # the end of this day
    try:
        zone = _zone(match["zone"])
        at = datetime(day.year, day.month, day.day, hour, minute, min(second, 59), tzinfo=zone)
        at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return _Moment(day, at, match["zone"] in ("Z", "+00:00", "-00:00"))


def _zone(text: str | None) -> timezone:
    if text is None or text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[4:6])))


def _middle(first: _Moment | None, last: _Moment | None, clocks: tuple[time, ...]) -> Callable[[_Moment], time]:
    """Return the clock time that decides to which step a day belongs."""

    def middle(moment: _Moment) -> time:
        if len(clocks) == 1 and not all(_may_be_midnight(one) for one in (first, last) if one is not None):
            return clocks[0]
        return MIDDLE_IN_UTC if moment.utc else MIDDLE

    return middle


def _may_be_midnight(moment: _Moment) -> bool:
    """Return whether a moment is a day, or midnight in some zone, or the second or minute before it."""
    if moment.at is None:
        return True
    on = moment.at.time()
    if not moment.utc:
        return on in (time(0), time(23, 59, 59), time(23, 59))
    return (on.minute % 15 == 0 and on.second == 0) or (on.minute % 15 == 14 and on.second in (0, 59))


def _midnights(first: _Moment | None, last: _Moment) -> bool:
    return all(one is not None and one.at is not None and one.at.time() == time(0) for one in (first, last))


def _unclear(first: _Moment | None, last: _Moment | None, chain: Chain) -> bool:
    """Return whether moments are not plainly whole days of the zone in which they are written."""
    if first is not None and first.at is not None and first.at.time() != time(0):
        return True
    if last is None or last.at is None or last.at.time() in (time(23, 59, 59), time(23, 59)):
        return False
    return not (_midnights(first, last) and (chain.half_open or chain.dated))


def length_of(quantity: Any) -> tuple[int | None, int | None]:
    """Return a length in whole days, or in calendar months; None twice if it is neither.

    >>> length_of({"value": 2, "unit": "Wochen"}), length_of({"value": 3, "code": "mo", "unit": "Monate"})
    ((14, None), (None, 3))
    """
    code, unit = text_of(quantity, "code"), text_of(quantity, "unit")
    found = {_UNIT[word.lower()] for word in (code, unit) if word.lower() in _UNIT}
    if len(found) != 1 or (isinstance(quantity, dict) and quantity.get("comparator")):
        return None, None
    return length(amount(quantity, "value"), found.pop())


def length(value: Any, unit: str) -> tuple[int | None, int | None]:
    """Return so many of a unit of time in whole days, or in calendar months; None twice if it is neither."""
    known = _UNIT.get(unit.lower())
    if value is None or known is None or value.denominator != 1 or value < 1:
        return None, None
    if known in ("mo", "a"):
        months = value * (12 if known == "a" else 1)
        return (None, int(months)) if months <= MAX_MONTHS else (None, None)
    days = value * (7 if known == "wk" else 1)
    return (int(days), None) if days <= MAX_DAYS else (None, None)


def span_of(repeat: Any, note: Note, chain: Chain, clocks: tuple[time, ...] = ()) -> Span:
    """Return the days of a step by the bounds of its timing, or by what stands in their place."""
    period, lasting = one(repeat, "boundsPeriod"), one(repeat, "boundsDuration")
    if isinstance(period, dict):
        return span_of_period(period, note, chain, clocks)
    if lasting is not None:
        days, months = length_of(lasting)
        if days is None and months is None:
            note("period", say("remark.length.no days"))
        return Span(days=days, months=months)
    if one(repeat, "boundsRange") is not None:
        note("period", say("remark.length.range"))
        return Span()
    days, _ = length(amount(repeat, "duration"), text_of(repeat, "durationUnit"))
    if days is not None:
        note(
            "duration",
            say("remark.length.of intake", days=days_number(days)),
            measured=str(days),
        )
        return Span(days=days, rule="repeat.duration")
    return Span()
