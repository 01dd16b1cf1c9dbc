r"""Read a schedule from a plain CSV table of another tool: ``start,end,time,drug,dose_mg``.

Each row is one drug at one time of day, the same dose on every day from start to end. Nothing is
guessed: a day without a row is a gap, a dose of 0 is a recorded zero, and a table that simply ends
does not say that the drug stops. A row of 0 without time and drug says that nothing is taken from that day on.

>>> text = "start,end,time,drug,dose_mg\n2026-01-05,2026-01-18,bedtime,diazepam,2.5\n"
>>> [(step.days, str(step.total)) for step in read_table(text).steps]
[(14, '2.5 mg')]
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from taper import catalog
from taper.errors import ScheduleError, TaperError, nearest
from taper.exchange.product_name import name_in
from taper.exchange.record_lines import MAX_RECORD_DAYS
from taper.order.parts import TIMES, TimeOfDay
from taper.quantity import Mg
from taper.schedule.regimen import Intake
from taper.schedule.schedule import ONE_DAY, Schedule, Step

COLUMNS = ("start", "end", "time", "drug", "dose_mg")
MAX_ROWS = 1_000_000
MAX_ROWS_A_DAY = 100
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_DOSE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?\Z")


class _Row(NamedTuple):
    """A line of the table; the stop has no drug."""

    start: date
    end: date
    time: TimeOfDay
    drug: str
    dose: Mg
    line: int


class _Place(NamedTuple):
    """The position of a value, for errors."""

    line: int
    column: str
    file: str

    def error(self, message: str) -> ScheduleError:
        """Return the error that names this place."""
        where = f"line {self.line}" + (f", {self.column}" if self.column else "")
        return ScheduleError(message, field=where, file=self.file)


def read_table(text: str, file: str = "") -> Schedule:
    """Read a schedule from CSV text.

    Args:
        text: The table, with the header ``start,end,time,drug,dose_mg`` (in any order), comma
            separated; dates as 2026-01-05, doses in mg as plain decimals.
        file: Name of the file, for error messages.

    Returns:
        The steps: longest runs of days with the same regimen. Days between them without any row are
        gaps, and two rows for the same day, time and drug are both kept; the checker reports both.
        `stopped_on` is the day of the row without time and drug, else the first recorded day of zero after the last
        dose; None if there is neither.

    Raises:
        ScheduleError: Names line and column, what is wrong, and how to write it.
    """
    every = list(_rows(text, file))
    rows = [row for row in every if row.drug]
    if not rows:
        raise _Place(1, "", file).error("the table has no rows below its header; add one row for each dose")
    stated = _stated_stop(every, file)
    first, last = min(row.start for row in rows), max(row.end for row in rows)
    if (last - first).days >= MAX_RECORD_DAYS:
        raise ScheduleError(
            f"the rows reach from {first} to {last}, more than a hundred years; check the years", file=file
        )
    steps: list[Step] = []
    for start, end, intakes in _runs(rows, file):
        previous = steps[-1] if steps else None
        if previous is not None and previous.end + ONE_DAY == start and previous.intakes == intakes:
            steps[-1] = Step(previous.number, previous.start, end, intakes)
        else:
            steps.append(Step(len(steps), start, end, intakes))
    return Schedule(tuple(steps), stopped_on=stated or _stop(steps), origin="csv")


def _stated_stop(rows: list[_Row], file: str) -> date | None:
    """Return the day of the row that says that nothing is taken from it on."""
    stops = [row for row in rows if not row.drug]
    if not stops:
        return None
    stop, last = stops[0], max(row.end for row in rows if row.drug)
    if len(stops) > 1 or stop.start <= last:
        raise _Place(stops[-1].line, "drug", file).error(
            "a row without time and drug says that nothing is taken from its day on, so it stands once, after all "
            "others; name time and drug, or leave the row out"
        )
    return stop.start


def _stop(steps: list[Step]) -> date | None:
    """Return the first recorded day of zero after the last dose, if the table records one.

    Where the last dose stands between days off, as with every second night, one more such day off is no stop.
    """
    taken = [step for step in steps if step.intakes]
    after = [step for step in steps if not taken or step.start > taken[-1].end]
    if not taken or not after or _alternates(taken, after):
        return None
    return after[0].start


def _alternates(taken: list[Step], after: list[Step]) -> bool:
    """Return whether the days without a dose at the end are those of a dose that is not taken every day."""
    if len(taken) < 2:
        return False
    before, last = taken[-2:]
    off = (last.start - before.end).days - 1
    same = (before.days, before.intakes) == (last.days, last.intakes)
    return same and 0 < (after[-1].end - last.end).days <= off


def _rows(text: str, file: str) -> Iterator[_Row]:
    """Read header and rows; reject any row that is not exact."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    header: list[str] | None = None
    count = 0
    try:
        for fields in reader:
            if not any(field.strip() for field in fields):
                continue
            if header is None:
                header = _header(fields, reader.line_num, file)
                continue
            count += 1
            if count > MAX_ROWS:
                raise _Place(reader.line_num, "", file).error(f"more than {MAX_ROWS:,} rows; split the table")
            if len(fields) != len(header):
                raise _Place(reader.line_num, "", file).error(
                    f"{len(fields)} fields, but the header has {len(header)}; a decimal comma needs to be a point"
                )
            yield _row(dict(zip(header, fields, strict=True)), reader.line_num, file)
    except csv.Error as problem:
        raise _Place(reader.line_num, "", file).error(
            f"this is not a CSV table ({problem}); check the quotes"
        ) from None
    if header is None:
        raise _Place(1, "", file).error(f"the table is empty; begin with the header {','.join(COLUMNS)}")


def _header(fields: list[str], line: int, file: str) -> list[str]:
    names = [field.strip().lower() for field in fields]
    if len(names) == 1 and (";" in names[0] or "\t" in names[0]):
        raise _Place(line, "", file).error(
            "the columns are not separated by commas; save the table as comma-separated CSV"
        )
    for name in names:
        if name not in COLUMNS:
            raise _Place(line, name[:40], file).error(
                f"unknown column '{name[:40]}'; {nearest(name, COLUMNS)} The columns are {','.join(COLUMNS)}"
            )
        if names.count(name) > 1:
            raise _Place(line, name, file).error(f"the column '{name}' stands twice; keep one")
    for name in COLUMNS:
        if name not in names:
            raise _Place(line, name, file).error(f"the column '{name}' is missing; the columns are {','.join(COLUMNS)}")
    return names


def _row(fields: dict[str, str], line: int, file: str) -> _Row:
    values = {name: value.strip() for name, value in fields.items()}
    places = {name: _Place(line, name, file) for name in COLUMNS}
    start, end = (_date(values[name], places[name]) for name in ("start", "end"))
    if end < start:
        raise places["end"].error(f"{end} is before the start, {start}; swap or correct them")
    dose = _dose(values["dose_mg"], places["dose_mg"])
    if not dose and not values["time"] and not values["drug"]:
        return _Row(start, end, TIMES[0], "", dose, line)
    return _Row(start, end, _time(values["time"], places["time"]), _drug(values["drug"], places["drug"]), dose, line)


def _date(text: str, place: _Place) -> date:
    if _DATE.match(text) and text.isascii():
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise place.error(f"{text} is not a day of the calendar; check the month and the day") from None
        if 1900 <= day.year <= 2200:
            return day
        raise place.error(f"{text} is not between 1900 and 2200; check the year")
    raise place.error(f"{text[:40]!r} is not a date; write it as 2026-01-05 (year-month-day)")


def _time(text: str, place: _Place) -> TimeOfDay:
    for time in TIMES:
        if time == text.lower():
            return time
    raise place.error(f"{text[:40]!r} is not a time of day; {nearest(text[:40], TIMES)}")


def _drug(text: str, place: _Place) -> str:
    if not text:
        raise place.error("no drug; write its international name, such as diazepam")
    try:
        return catalog.drug(name_in(text) or text).name
    except TaperError as problem:
        raise place.error(problem.message) from None


def _dose(text: str, place: _Place) -> Mg:
    if _DOSE.match(text) and text.isascii():
        return Mg(text)
    shown = repr(text[:40])
    if not text:
        raise place.error("no dose; write the number of mg, and 0 where nothing is taken")
    if "," in text:
        raise place.error(f"{shown} has a comma, which can mean a thousand or a decimal; write a decimal as 2.5")
    if text.startswith("."):
        raise place.error(f"{shown} has no leading zero, and the point is easily lost; write 0{text[:40]}")
    if text.startswith(("-", "−", "–")):
        raise place.error(f"{shown} is negative; write a dose of zero or more")
    if text[-1].isalpha() and text[:1].isdigit():
        raise place.error(f"{shown} has a unit, but this column is in mg already; write the number alone, such as 2.5")
    raise place.error(f"{shown} is not a plain decimal number of mg; write for example 2.5")


def _runs(rows: list[_Row], file: str) -> Iterator[tuple[date, date, tuple[Intake, ...]]]:
    """Yield the days between each beginning or end of a row and the next, where any row covers them."""
    begins: dict[date, list[int]] = {}
    ends: dict[date, list[int]] = {}
    for index, row in enumerate(rows):
        begins.setdefault(row.start, []).append(index)
        ends.setdefault(row.end + ONE_DAY, []).append(index)
    active: set[int] = set()
    bounds = sorted(begins.keys() | ends.keys())
    for start, after in pairwise(bounds):
        active.difference_update(ends.get(start, ()))
        active.update(begins.get(start, ()))
        if len(active) > MAX_ROWS_A_DAY:
            raise ScheduleError(
                f"{len(active)} rows speak of {start}, more than {MAX_ROWS_A_DAY}; check the column 'end'", file=file
            )
        if active:
            covering = sorted(active, key=lambda index: (TIMES.index(rows[index].time), rows[index].drug, index))
            taken = (rows[index] for index in covering if rows[index].dose)
            yield start, after - ONE_DAY, tuple(Intake(row.time, row.drug, row.dose) for row in taken)
