"""The values of the one sheet: a row a week, what to take in words once a step, a box for each dose of each day."""

from __future__ import annotations

from typing import Literal

from taper.values import dataclass

MarkKind = Literal["start", "new", "stop", "review", "gap", "none"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A note on a day, such as a new dose or a review."""

    kind: MarkKind
    text: str


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day of a week.

    Attributes:
        number: Day of the month.
        name: The whole date with its weekday.
        boxes: For each dose that the step has on some day, in the order of the day: 1 for a box on this day, or 0;
            empty for a day without a dose.
        none: Words for a day without a dose; else empty.
        marks: What is special.
    """

    number: str
    name: str
    boxes: tuple[int, ...]
    none: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class WeekRow:
    """The days of one week that belong to one step.

    Attributes:
        start: The first of them: day and month.
        year: Its year; empty in a plan without dates.
        days: From the first day of the week on; None for days of other steps, or outside the plan.
    """

    start: str
    year: str
    days: tuple[WeekDay | None, ...]


@dataclass(frozen=True, slots=True)
class TakenLine:
    """What is taken at one time of day, of one drug.

    Attributes:
        label: Time of day; with drug and dose where there are several drugs or no words; empty for where all come from.
        pieces: The words, a product a line.
        wide: Whether the label is too long to stand beside them.
        measure: Volume, number of drops or weight of powder in the label, which is set larger; else empty.
    """

    label: str
    pieces: tuple[str, ...]
    wide: bool = False
    measure: str = ""


@dataclass(frozen=True, slots=True)
class TakenPart:
    """What is taken on some days of a step.

    Attributes:
        when: On which days of the week, and the daily dose on them; empty where every day is the same.
        lines: What is taken; empty for days without a dose.
    """

    when: str
    lines: tuple[TakenLine, ...]


@dataclass(frozen=True, slots=True)
class WeekBlock:
    """A step, or as many of its weeks as stay together on a page.

    Attributes:
        kind: Whether the plan starts, goes on or stops here, or has a gap.
        total: The daily dose, or what is said of days without a step; empty where it depends on the day, and for
            several drugs.
        parts: What to take.
        weeks: The rows.
    """

    kind: Literal["start", "step", "stop", "gap"]
    total: str
    parts: tuple[TakenPart, ...]
    weeks: tuple[WeekRow, ...]


@dataclass(frozen=True, slots=True)
class WeekTable:
    """The whole plan on one sheet.

    Attributes:
        title: Heading.
        note: How to use the boxes.
        keys: What the marks mean.
        columns: Headings of the first two columns: first day, what to take.
        weekdays: Headings of the days, first day of the week first, short.
        weekday_names: The same in full.
        blocks: The steps.
    """

    title: str
    note: str
    keys: tuple[Mark, ...]
    columns: tuple[str, str]
    weekdays: tuple[str, ...]
    weekday_names: tuple[str, ...]
    blocks: tuple[WeekBlock, ...]
