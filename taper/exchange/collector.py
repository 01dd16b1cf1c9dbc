"""What a reader collects: the lines of a record, and remarks on what it did not understand."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

from taper.errors import ScheduleError
from taper.exchange.conventions import AS_RECORDED, Supplies
from taper.exchange.record_lines import MAX_LINES, Line, Meaning
from taper.message import Message
from taper.schedule.schedule import Remark, RemarkKind
from taper.values import dataclass

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].{0,40})?\Z")
MAX_DAYS_OF_SUPPLY = 400
MAX_REMARKS = 2_000_000


@dataclass(frozen=True, slots=True)
class Note:
    """A remark with the person and the meaning that it is about; a meaning of None stands for all."""

    meaning: Meaning | None
    person: str
    remark: Remark


@dataclass
class Collector:
    """What a reader collects, in the order of the file.

    Attributes:
        lines: The lines.
        notes: The remarks.
        plan_id: Identifier of the plan, if the file is one of ours.
        revision: Its revision.
        stopped_on: First day without the drug, if the file has a field for it.
        numbered: Whether its steps are numbered like ours, one number per step.
        supplied: The conventions by which supplies are read.
    """

    lines: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    plan_id: str = ""
    revision: int = 0
    stopped_on: date | None = None
    numbered: bool = False
    supplied: Supplies = AS_RECORDED

    def add(self, line: Line) -> None:
        """Keep a line."""
        self.lines.append(line)
        if len(self.lines) > MAX_LINES:
            raise ScheduleError(f"more than {MAX_LINES:,} entries; split the file")

    def note(
        self,
        kind: RemarkKind,
        text: Message,
        place: str = "",
        meaning: Meaning | None = None,
        person: str = "",
        **more: Any,
    ) -> None:
        """Keep a remark."""
        self.notes.append(Note(meaning, person, Remark(kind, text, place, **more)))
        self.note_limit()

    def note_limit(self) -> None:
        """Refuse a file of which next to nothing is understood.

        Raises:
            ScheduleError: There are too many remarks.
        """
        if len(self.notes) > MAX_REMARKS:
            raise ScheduleError(f"more than {MAX_REMARKS:,} parts of this file are not understood; check its format")


def day_of(text: object) -> date | None:
    """Return the day of a written date or time; None if it is not a full date.

    >>> day_of("2026-01-05T23:30:00-05:00"), day_of("2026-01")
    (datetime.date(2026, 1, 5), None)
    """
    return _day_of(text) if isinstance(text, str) and len(text) < 60 else None


@lru_cache(maxsize=16384)
def _day_of(text: str) -> date | None:
    match = _DAY.match(text) if text.isascii() else None
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None


def last_day(start: date, days: int) -> date:
    """Return the last day of a number of days."""
    return start + timedelta(days=days - 1)


def whole_days(value: Fraction | None) -> int | None:
    """Return a whole number of days from 1 to 400, or None."""
    if value is None or value.denominator != 1 or not 1 <= value <= MAX_DAYS_OF_SUPPLY:
        return None
    return int(value)
