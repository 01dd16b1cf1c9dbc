"""A time zone in a calendar (RFC 5545, VTIMEZONE): its changes of the clock on the days of a plan, and no others.

Written here, because icalendar 7.3 begins summer time an hour late. Which days those are is known to the time zone
database of the system, or of the package tzdata.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from taper.errors import ScheduleError, nearest

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its name in the time zone database.

    Raises:
        ScheduleError: There is none of this name.
    """
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = nearest(name, available_timezones())
        raise ScheduleError(
            f"{name[:60]!r} is not a time zone; write one such as Europe/Berlin; {known}", field="zone"
        ) from None
    return zone


def component(zone: ZoneInfo, first: date, last: date) -> bytes:
    """Write the zone as it is on some days.

    Args:
        zone: The time zone.
        first: First day of which something is said.
        last: Last day.
    """
    begin, end = (datetime.combine(day, time(), UTC) for day in (first - _DAY, last + 2 * _DAY))
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone.key}", *_part(zone, begin, begin)]
    for change in _changes(zone, begin, end):
        lines += _part(zone, change - _SECOND, change)
    return "".join(f"{line}\r\n" for line in [*lines, "END:VTIMEZONE"]).encode()


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the moments at which the clock changes, to the second."""
    now = begin
    while now < end:
        then = now + _DAY
        if _offset(zone, now) != _offset(zone, then):
            low, high = now, then
            while high - low > _SECOND:
                middle = low + (high - low) // 2
                middle -= timedelta(microseconds=middle.microsecond)
                if _offset(zone, middle) == _offset(zone, now):
                    low = middle
                else:
                    high = middle
            yield high
        now = then


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _part(zone: ZoneInfo, before: datetime, moment: datetime) -> Iterator[str]:
    """Yield the lines of a time that holds from a moment on; its start is written as the clock showed until then."""
    local = moment.astimezone(zone)
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    start = (moment + _offset(zone, before)).replace(tzinfo=None)
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{start:%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_signed(_offset(zone, before))}"
    yield f"TZOFFSETTO:{_signed(_offset(zone, moment))}"
    yield f"TZNAME:{local.tzname()}"
    yield f"END:{kind}"


def _signed(offset: timedelta) -> str:
    """Write an offset from UTC as +0100."""
    seconds = int(abs(offset).total_seconds())
    return f"{'-' if offset < timedelta() else '+'}{seconds // 3600:02}{seconds // 60 % 60:02}"
