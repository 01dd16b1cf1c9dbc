"""Lines of another tool's record, and how they become a schedule.

A line says what one entry of a record means: from which day to which, how much, and whether that was
intended, supplied or taken. These three never stand in one schedule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from taper.errors import ScheduleError
from taper.interval import MAX_DAYS
from taper.order.parts import TIMES, TimeOfDay
from taper.quantity import Mg
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import ONE_DAY, Schedule, Step
from taper.values import dataclass

Meaning = Literal["intended", "supplied", "taken"]
MEANINGS: tuple[Meaning, ...] = ("intended", "supplied", "taken")
UNTIMED: TimeOfDay = "morning"
"""Where a dose is put down whose time of day is not recorded; a remark says so."""

MAX_LINES = 1_000_000
MAX_RECORD_DAYS = 36_525
"""A hundred years: beyond them a year is mistyped."""
MAX_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a record.

    Attributes:
        meaning: Whether it was intended, supplied or taken.
        place: Where in the file.
        drug: The drug: its name in the catalog, or as written if it is not in the catalog; empty if unknown.
        product: The product, in the record's words.
        start: First day, or None.
        end: Last day, or None.
        days: Length in days where the record gives no dates, or None.
        intakes: What is taken on each of its days; empty for a recorded zero; None if not understood.
        every: Days from one intake day to the next: 2 for every other day.
        weekdays: Days of the week, Monday is 0; empty for all.
        step: Number of the step in the record, or None.
        text: The record's own words.
        rule: By which rule the last day was worked out; empty if it is recorded.
        person: Whose record it is; empty if the file does not say.
        stops: Whether it says that the drug is stopped after it.
        clocks: The clock times of the intakes ("08:00"), one for each, where the record gives them.
    """

    meaning: Meaning
    place: str
    drug: str = ""
    product: str = ""
    start: date | None = None
    end: date | None = None
    days: int | None = None
    intakes: tuple[Intake, ...] | None = None
    every: int = 1
    weekdays: tuple[int, ...] = ()
    step: int | None = None
    text: str = ""
    rule: str = ""
    person: str = ""
    stops: bool = False
    clocks: tuple[str, ...] = ()


def lay_out(lines: Iterable[Line], record: Schedule, *, numbered: bool = False) -> Schedule:
    """Lay lines of one meaning and one person out as steps: longest runs of days with the same regimen.

    Returns the `record`, a schedule without steps, with its steps, and with the day of its stop where it has none.
    Lines that were not understood or have no dates are left out. Entries that name different products of one
    drug at one time are one intake; the same product twice stays twice, for the checker to see. Where the record is
    `numbered` as ours are, neighbors with one number stay one step: the days of a weekly pattern.

    Raises:
        ScheduleError: More than a hundred years, or more than a hundred entries on one day.
    """
    placed = [piece for line in lines if line.start and line.end and line.intakes is not None for piece in _days(line)]
    if not placed:
        return record
    first, last = min(start for start, _, _ in placed), max(end for _, end, _ in placed)
    if (last - first).days >= MAX_RECORD_DAYS:
        raise ScheduleError(f"the entries reach from {first} to {last}, more than a hundred years; check the years")
    steps: list[Step] = []
    numbers: set[int | None] = set()
    off: set[date] = set()
    for start, end, active in runs(placed):
        alone = active[0].intakes or () if len(active) == 1 else ()
        intakes = alone if len(alone) == 1 and alone[0].dose else merged(_at_other_clocks(active))
        here = {line.step for line in active}
        before = steps[-1] if steps else None
        if not intakes and all(line.every > 1 or line.weekdays for line in active):
            off.add(start)
        follows = before is not None and before.end + ONE_DAY == start and here == numbers
        if before is not None and follows and before.intakes == intakes:
            steps[-1] = Step(before.number, before.start, end, intakes)
        else:
            same = numbered and follows and len(here) == 1 and None not in here
            number = before.number + (not same) if before is not None else 0
            steps.append(Step(number, start, end, intakes))
        numbers = here
    return replace(record, steps=tuple(steps), stopped_on=record.stopped_on or stop_of(steps, off))


def _at_other_clocks(active: list[Line]) -> Iterator[Intake]:
    """Yield the intakes of some lines; those of one time of day at different clock times are one intake of it."""
    together: dict[tuple[str, str], dict[str, Intake]] = {}
    for line in active:
        clocks = line.clocks if len(line.clocks) == len(line.intakes or ()) else ("",) * len(line.intakes or ())
        for intake, clock in zip(line.intakes or (), clocks, strict=True):
            at = together.setdefault((intake.drug, intake.time), {})
            if not clock or clock in at or not intake.dose:
                yield intake
            else:
                at[clock] = intake
    for at in together.values():
        if at:
            first, *others = (at[clock] for clock in sorted(at))
            yield Intake(first.time, first.drug, total((first, *others)), _summed((first, *others)))


def _summed(intakes: tuple[Intake, ...]) -> tuple[Item, ...]:
    """Return the pieces and volumes of some intakes together; none where one of them names none."""
    if not all(intake.items for intake in intakes):
        return ()
    items: dict[str, Item] = {}
    for item in (item for intake in intakes for item in intake.items):
        before = items.get(item.product)
        if before is None:
            items[item.product] = item
        elif before.count is not None and item.count is not None:
            items[item.product] = Item(item.product, before.count + item.count)
        elif before.volume is not None and item.volume is not None:
            items[item.product] = Item(item.product, volume=before.volume + item.volume)
        else:
            return ()
    return tuple(items.values())


def stop_of(steps: list[Step], off: Collection[date] = ()) -> date | None:
    """Return the first recorded day of zero after the last dose, if the record has one.

    Args:
        steps: The steps.
        off: Days on which a pattern such as every other day has no dose: none of them is a stop.
    """
    taken = [step for step in steps if step.intakes]
    after = [step for step in steps if not taken or step.start > taken[-1].end]
    after = [step for step in after if step.start not in off]
    return after[0].start if taken and after else None


def _days(line: Line) -> Iterator[tuple[date, date, Line]]:
    """Yield the days of a line: in one run, or one by one where it is not for every day."""
    assert line.start is not None
    assert line.end is not None
    if line.every == 1 and not line.weekdays:
        yield line.start, line.end, line
        return
    if (line.end - line.start).days >= MAX_DAYS:
        raise ScheduleError(f"{line.place}: reaches over more than ten years; check the years")
    nothing = replace(line, intakes=())
    for offset in range((line.end - line.start).days + 1):
        day = line.start + timedelta(days=offset)
        counts = offset % line.every == 0 and (not line.weekdays or day.weekday() in line.weekdays)
        yield day, day, line if counts else nothing


def runs(placed: list[tuple[date, date, Line]]) -> Iterator[tuple[date, date, list[Line]]]:
    """Split the days wherever a line begins or ends, and yield the lines that cover each run."""
    if all(start <= end for start, end, _ in placed) and all(a[1] < b[0] for a, b in pairwise(placed)):
        yield from ((start, end, [line]) for start, end, line in placed)  # one after the other, as most are
        return
    begins: dict[date, list[int]] = {}
    ends: dict[date, list[int]] = {}
    for index, (start, end, _) in enumerate(placed):
        begins.setdefault(start, []).append(index)
        ends.setdefault(end + ONE_DAY, []).append(index)
    active: set[int] = set()
    for start, after in pairwise(sorted(begins.keys() | ends.keys())):
        active.difference_update(ends.get(start, ()))
        active.update(begins.get(start, ()))
        if len(active) > MAX_AT_ONCE:
            raise ScheduleError(f"{len(active)} entries speak of {start}, more than {MAX_AT_ONCE}; check the last days")
        if active:
            yield start, after - ONE_DAY, [placed[index][2] for index in sorted(active)]


def merged(intakes: Iterable[Intake]) -> tuple[Intake, ...]:
    """Sort intakes by time of day, and merge those of one drug at one time whose products differ."""
    merged_intakes: list[Intake] = []
    for intake in intakes:
        if not intake.dose:
            continue
        names = {item.product for item in intake.items}
        for index, other in enumerate(merged_intakes):
            apart = names and other.items and names.isdisjoint(item.product for item in other.items)
            if apart and (other.drug, other.time) == (intake.drug, intake.time):
                merged_intakes[index] = Intake(
                    other.time, other.drug, other.dose + intake.dose, other.items + intake.items
                )
                break
        else:
            merged_intakes.append(intake)
    return tuple(sorted(merged_intakes, key=lambda intake: (TIMES.index(intake.time), intake.drug)))


def total(intakes: Iterable[Intake]) -> Mg:
    """Return the dose of some intakes together."""
    return sum((intake.dose for intake in intakes), Mg(0))
