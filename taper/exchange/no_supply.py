"""Days without supply: when they are a stop, by the conventions that the caller declared.

More days than the gap between two supplies are days without the drug. After the last supply they are a stop if the
data reach far enough to show it; else it is too early to say. A row whose days are not known leaves the days after it
unknown: nobody has stopped there.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from taper.checker.texts import say
from taper.checker.wording import days_text, file_day
from taper.exchange.conventions import Supplies
from taper.exchange.record_lines import Line
from taper.message import Message
from taper.schedule.schedule import ONE_DAY, Remark

Status = Literal["on treatment", "too early to say", "stopped", "unknown"]


class Ending(NamedTuple):
    """What is known of the end of the supplies.

    Attributes:
        last: Last day of supply.
        days: Days without supply from then up to the end of the data.
        is_known: Whether no row whose days are not known may be for these days.
        gap: Most days without supply that are no stop.
        gaps: Longer breaks before: the last day before each, and the first day after.
    """

    last: date
    days: int
    is_known: bool
    gap: int
    gaps: tuple[tuple[date, date], ...]

    @property
    def status(self) -> Status:
        """Whether the drug is stopped."""
        return self.status_by(self.gap)

    def status_by(self, gap: int) -> Status:
        """Return whether the drug is stopped by another gap."""
        if not self.days:
            return "on treatment"
        if not self.is_known:
            return "unknown"
        return "stopped" if self.days > gap else "too early to say"


def ending_of(lines: list[Line], supplied: Supplies) -> Ending | None:
    """Return the end of the supplies of one person, of all drugs: a switch is no stop.

    Args:
        lines: The lines.
        supplied: The conventions; their gap is given.

    Returns:
        The end; None where no line says how much.
    """
    assert supplied.gap is not None
    known = sorted((line.start, line.end) for line in lines if line.intakes and line.start and line.end)
    unclear = sorted(line.start for line in lines if line.intakes is None and line.start is not None)
    if not known:
        return None
    gaps: list[tuple[date, date]] = []
    since, until = known[0]
    for start, end in known:
        if (start - until).days - 1 > supplied.gap and not any(since <= day < start for day in unclear):
            gaps.append((until, start))
        if end >= until:
            since, until = start, end
    days = max((supplied.end_of_data - until).days, 0) if supplied.end_of_data is not None else 0
    return Ending(until, days, not any(day >= since for day in unclear), supplied.gap, tuple(gaps))


def without_supply(lines: list[Line], supplied: Supplies) -> tuple[list[Line], date | None, tuple[Remark, ...]]:
    """Return the lines with those of days without the drug, the day of the stop, and what is said of both.

    Args:
        lines: The lines of one person, of all drugs.
        supplied: The conventions; their gap is given.
    """
    ending = ending_of(lines, supplied)
    if ending is None:
        return lines, None, ()
    found: list[Line] = []
    remarks: list[Remark] = []
    for before, after in ending.gaps:
        found.append(_zero(lines[0], before + ONE_DAY, after - ONE_DAY))
        said = say("remark.no supply.gap", gap=supplied.gap)
        remarks.append(_remark((after - before).days - 1, before + ONE_DAY, said))
    first = ending.last + ONE_DAY
    if ending.days:
        remarks.append(_remark(ending.days, first, _said(ending)))
    return [*lines, *found], first if ending.status == "stopped" else None, tuple(remarks)


def _said(ending: Ending) -> Message:
    if ending.status == "unknown":
        return say("remark.no supply.unknown")
    stopped = ending.status == "stopped"
    return say("remark.no supply.stopped" if stopped else "remark.no supply.too early", gap=ending.gap)


def _zero(like: Line, start: date, end: date) -> Line:
    days = (end - start) + timedelta(days=1)
    return Line(like.meaning, "", start=start, end=end, days=days.days, intakes=(), person=like.person)


def _remark(days: int, start: date, said: Message) -> Remark:
    return Remark("supply", say("remark.no supply", days=days_text(days), day=file_day(start), what=said))
