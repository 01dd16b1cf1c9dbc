"""What a reader collects: the lines of a record, and remarks on what it did not understand."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

from taper.errors import ScheduleError
from taper.exchange.medicine import Medicine
from taper.exchange.record_lines import MAX_LINES, UNTIMED, Line, Meaning
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import ONE_DAY, Remark, RemarkKind
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
    """

    lines: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    plan_id: str = ""
    revision: int = 0
    stopped_on: date | None = None
    numbered: bool = False

    def add(self, line: Line) -> None:
        """Keep a line."""
        self.lines.append(line)
        if len(self.lines) > MAX_LINES:
            raise ScheduleError(f"more than {MAX_LINES:,} entries; split the file")

    def note(
        self,
        kind: RemarkKind,
        text: str,
        place: str = "",
        meaning: Meaning | None = None,
        person: str = "",
        **more: Any,
    ) -> None:
        """Keep a remark."""
        self.notes.append(Note(meaning, person, Remark(kind, text, place, **more)))
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


@dataclass(frozen=True, slots=True)
class Fill:
    """Something that a pharmacy handed out.

    Attributes:
        place: Where in the file.
        person: To whom.
        day: When.
        medicine: What.
        amount: How much, in pieces or mL.
        days: The number of days it is meant for.
        rule: How the days were found.
        text: The words on its label.
        meaning: Whether it was handed out, or is only known as prescribed or taken.
        intakes: What is taken on each of its days, where more is known than the average.
        every: Days from one day on which it is taken to the next.
        end: Its last day, where it is recorded; then it counts from its own day.
        stops: Whether the drug is stopped after it.
    """

    place: str
    person: str
    day: date
    medicine: Medicine
    amount: Pieces | Ml
    days: int
    rule: str
    text: str = ""
    meaning: Meaning = "supplied"
    intakes: tuple[Intake, ...] | None = None
    every: int = 1
    end: date | None = None
    stops: bool = False


def average(medicine: Medicine, amount: Pieces | Ml, days: int) -> tuple[Intake, ...]:
    """Return the average of a day: an amount over the days it is meant for."""
    assert medicine.strength is not None
    daily = amount.value / days
    item = Item(medicine.product, volume=Ml(daily)) if isinstance(amount, Ml) else Item(medicine.product, Pieces(daily))
    return (Intake(UNTIMED, medicine.drug, Mg(medicine.strength.value * daily), (item,)),)


def add_fills(collector: Collector, fills: list[Fill]) -> None:
    """Turn fills into lines of average daily doses.

    The supply lasts from the day it was handed out for its days, both ends counted. A refill of the same product
    that was fetched early counts from the day after the one before ran out.
    """
    ends: dict[tuple[Meaning, str, str], date] = {}
    carried: dict[tuple[Meaning, str], int] = {}
    places: dict[tuple[Meaning, str], str] = {}
    for fill in sorted(fills, key=lambda fill: fill.day):
        key, whose = (fill.meaning, fill.person, fill.medicine.product), (fill.meaning, fill.person)
        before = ends.get(key)
        late = fill.end is not None or before is None or before < fill.day
        start = fill.day if late or before is None else before + ONE_DAY
        carried[whose] = carried.get(whose, 0) + (start != fill.day)
        places.setdefault(whose, fill.place)
        end = fill.end or last_day(start, fill.days)
        if fill.end is None:
            ends[key] = end
        collector.add(
            Line(
                fill.meaning,
                fill.place,
                fill.medicine.drug,
                fill.medicine.product,
                start,
                end,
                fill.days,
                fill.intakes if fill.intakes is not None else average(fill.medicine, fill.amount, fill.days),
                fill.every,
                text=fill.text,
                rule=fill.rule if late else f"{fill.rule}; counted from the day after the supply before",
                person=fill.person,
                stops=fill.stops,
            )
        )
    for (meaning, person), place in places.items():
        early = carried[meaning, person]
        collector.note(
            "supply",
            "The doses are averages: a quantity over the days it was meant for, which bounds what can have been taken"
            + (f"; {early} fetched early counted from the day after the supply before" if early else ""),
            place,
            meaning,
            person,
        )


def whole_days(value: Fraction | None) -> int | None:
    """Return a whole number of days from 1 to 400, or None."""
    if value is None or value.denominator != 1 or not 1 <= value <= MAX_DAYS_OF_SUPPLY:
        return None
    return int(value)
