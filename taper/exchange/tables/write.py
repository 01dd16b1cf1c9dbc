"""Write CSV tables (RFC 4180): every day and intake, every step, and the plain table that can be read back.

With `separator`, `decimal` and `bom` a spreadsheet of another language opens them as it writes its own: one that
expects a decimal comma takes 7.5 for the 7th of May. What is to be read back here needs the defaults.

A spreadsheet may run a cell that begins with ``=``, ``+``, ``-`` or ``@``; such a cell gets an apostrophe
in front, unless it is a plain number.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from taper.errors import ScheduleError
from taper.exchange.tables.plain import COLUMNS
from taper.order.parts import TIMES, WEEKDAYS
from taper.paper.label import Labels, plain
from taper.quantity import Mg, exact_text
from taper.schedule.calendar import printable
from taper.schedule.regimen import Item
from taper.schedule.schedule import Cut, Schedule, Step

DAY_COLUMNS = ("date", "weekday", "step", "time", "drug", "dose_mg", "take", "products", "day_total_mg")
STEP_COLUMNS = (
    *("step", "start", "end", "days", "drug", "total_mg"),
    *(f"{time}_mg" for time in TIMES),
    *("take", "cut_mg", "cut_of_current", "cut_of_start", "cut_of_current_text", "cut_of_start_text"),
)
Separator = Literal[",", ";", "tab"]
Decimal = Literal[".", ","]
_PLACES = 6  # of a cut that does not end as a decimal
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """Return a cell that a spreadsheet cannot run as a formula.

    >>> safe_cell("=1+1"), safe_cell("-2.5"), safe_cell("half a tablet")
    ("'=1+1", '-2.5', 'half a tablet')
    """
    return f"'{text}" if text.lstrip(" ").startswith(_RUNS) and not _NUMBER.match(text) else text


def write_table(
    schedule: Schedule,
    *,
    separator: Separator = ",",
    decimal: Decimal = ".",
    bom: bool = False,
) -> str:
    """Write the plain table ``start,end,time,drug,dose_mg``, which `taper.exchange.tables.plain.read_table` reads back.

    A step without a dose, and the first day without the drug, are recorded as 0 mg. Where the plan has days without a
    dose before it, the row of that first day has no time and no drug, so that it is not one more of them.

    Args:
        schedule: The schedule.
        separator: What stands between two cells: ``,``, ``;`` or ``tab``.
        decimal: The decimal sign of the columns of numbers: ``.`` or ``,``.
        bom: Whether the text begins with a byte order mark, by which Excel knows UTF-8.

    Raises:
        ScheduleError: The schedule is empty, names a day twice, or has a dose that no decimal can carry.
    """
    schedule = printable(schedule)
    nothing = schedule.times[0], schedule.drugs[0], "0"
    rows: list[tuple[str, ...]] = []
    for step in schedule.steps:
        span = step.start.isoformat(), step.end.isoformat()
        taken = [(intake.time, intake.drug, _mg(intake.dose)) for intake in step.intakes if intake.dose]
        rows += [(*span, *cells) for cells in taken or [nothing]]
    if schedule.stopped_on is not None:
        day = schedule.stopped_on.isoformat()
        rows.append((day, day, *(nothing if all(step.total for step in schedule.steps) else ("", "", "0"))))
    return _csv(COLUMNS, rows, separator, decimal, bom)


def write_days(
    schedule: Schedule,
    *,
    language: str | None = None,
    separator: Separator = ",",
    decimal: Decimal = ".",
    bom: bool = False,
) -> str:
    """Write one row per day and intake: doses in mg, in words, and in pieces of each product.

    The products of an intake are joined by " + ", each with its number in front: ``1.5 x NAME`` or ``2 mL x NAME``
    (or ``3 drops x NAME``), in English whatever the language: this column is read back.
    A day without a dose is a row with 0 mg, as is the first day without the drug.

    Args:
        schedule: The schedule.
        language: Code of the language; the order's, or English, if not given.
        separator: What stands between two cells: ``,``, ``;`` or ``tab``.
        decimal: The decimal sign of the columns of numbers: ``.`` or ``,``.
        bom: Whether the text begins with a byte order mark, by which Excel knows UTF-8.

    Raises:
        ScheduleError: The schedule is empty, names a day twice, or has a dose that no decimal can carry.
    """
    labels, english = Labels(schedule, language), Labels(schedule, "en")
    schedule = labels.schedule
    rows: list[tuple[str, ...]] = []
    for step in schedule.steps:
        parts = list(_day_parts(labels, english, step))
        for offset in range(step.days):
            rows += [(*_day(step.start + timedelta(days=offset)), str(step.number), *cells) for cells in parts]
    if schedule.stopped_on is not None:
        rows.append((*_day(schedule.stopped_on), "", "", "", "0", labels.say("mark_stop"), "", "0"))
    return _csv(DAY_COLUMNS, rows, separator, decimal, bom)


def write_steps(
    schedule: Schedule,
    *,
    language: str | None = None,
    separator: Separator = ",",
    decimal: Decimal = ".",
    bom: bool = False,
) -> str:
    """Write one row per step and drug: days, doses by time of day, the cut from the step before.

    A step with a weekly pattern has a row for each run of its days, all with the number of the step; the cut of such
    a row is the fall from the run before it.

    The first day without the drug is a row of 0 mg without a number. Cuts are given where the whole schedule
    has one drug: in mg, exactly; as a fraction of the current and of the starting dose, to six places where it does
    not end before (the plan document has it exactly); and as words, with percentages rounded to a tenth that say so
    ("about"). A rise is negative, and has no fraction of the current dose where there was none.

    Args:
        schedule: The schedule.
        language: Code of the language; the order's, or English, if not given.
        separator: What stands between two cells: ``,``, ``;`` or ``tab``.
        decimal: The decimal sign of the columns of numbers: ``.`` or ``,``.
        bom: Whether the text begins with a byte order mark, by which Excel knows UTF-8.

    Raises:
        ScheduleError: The schedule is empty, names a day twice, or has a dose that no decimal can carry.
    """
    labels = Labels(schedule, language)
    schedule = labels.schedule
    several = len(schedule.drugs) > 1
    rows: list[tuple[str, ...]] = []
    for index, step in enumerate(schedule.steps):
        for drug in [d for d in schedule.drugs if any(i.drug == d for i in step.intakes)] or list(schedule.drugs[:1]):
            own = [intake for intake in step.intakes if intake.drug == drug]
            cut = schedule.cuts[index]
            cuts = _cut(labels, cut) if cut is not None and index and not several else ("",) * 5
            by_time = (_mg(sum((i.dose for i in own if i.time == time), Mg(0))) for time in TIMES)
            take = labels.take(text for _, text in labels.intakes(step.regimen, drug))
            total = _mg(sum((intake.dose for intake in own), Mg(0)))
            span = step.start.isoformat(), step.end.isoformat(), str(step.days)
            rows.append((str(step.number), *span, drug, total, *by_time, take, *cuts))
    if schedule.stopped_on is not None:
        day, nothing = schedule.stopped_on.isoformat(), ("0",) * (1 + len(TIMES))
        rows.append(("", day, day, "", schedule.drugs[0], *nothing, labels.say("mark_stop"), *("",) * 5))
    return _csv(STEP_COLUMNS, rows, separator, decimal, bom)


def _cut(labels: Labels, cut: Cut) -> tuple[str, ...]:
    """Return a cut in mg, as fractions, and as words; a minus sign of typography, which no spreadsheet runs."""
    parts = (cut.of_current if cut.before or not cut.after else None, cut.of_start)
    texts = ("" if part is None else plain(labels.phrases.percent(part)) for part in parts)
    signed = (f"\N{MINUS SIGN}{text[1:]}" if text.startswith("-") else text for text in texts)
    return (_mg(cut.amount), *("" if part is None else _decimal(part) for part in parts), *signed)


def _decimal(part: Fraction) -> str:
    """Write a fraction as a number; one that does not end, to six places.

    >>> _decimal(Fraction(1, 40)), _decimal(Fraction(-1, 12))
    ('0.025', '-0.083333')
    """
    text = exact_text(part)
    if "/" not in text:
        return text
    scaled = round(part * 10**_PLACES)
    return f"{'-' if scaled < 0 else ''}{abs(scaled) // 10**_PLACES}.{abs(scaled) % 10**_PLACES:0{_PLACES}}"


def _day(day: date) -> tuple[str, str]:
    return day.isoformat(), WEEKDAYS[day.weekday()]


def _day_parts(labels: Labels, english: Labels, step: Step) -> Iterable[tuple[str, ...]]:
    """Yield the cells that are the same on each day of a step, one tuple per row."""
    totals = step.totals
    rows = [
        (
            intake.time,
            intake.drug,
            _mg(intake.dose),
            text,
            " + ".join(_product(english, item) for item in intake.items),
            _mg(totals[intake.drug]),
        )
        for intake, text in labels.intakes(step.regimen)
    ]
    return rows or [("", "", "0", labels.say("none_day"), "", "0")]


def _product(labels: Labels, item: Item) -> str:
    if item.volume is not None:
        return f"{plain(labels.phrases.measure(item.product, item.volume))} x {item.product}"
    return item.product if item.count is None else f"{item.count.number} x {item.product}"


def _mg(dose: Mg) -> str:
    if "/" in dose.number:
        raise ScheduleError(f"{dose} does not end as a decimal, so no table can carry it exactly; use amounts that do")
    return dose.number


def _csv(
    header: tuple[str, ...], rows: Iterable[tuple[str, ...]], separator: Separator, decimal: Decimal, bom: bool
) -> str:
    if separator not in (",", ";", "tab"):
        raise ScheduleError(f"{separator!r} is not a separator; write one of , ; tab", field="separator")
    if decimal not in (".", ","):
        raise ScheduleError(f"{decimal!r} is not a decimal sign; write a point or a comma", field="decimal")
    if decimal == "," == separator:
        raise ScheduleError(
            "a comma cannot be both decimal sign and separator; name another separator, such as ;", field="separator"
        )
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", delimiter="\t" if separator == "tab" else separator)
    writer.writerow(header)
    numbers = {
        at for at, name in enumerate(header) if name.endswith("_mg") or name in ("cut_of_current", "cut_of_start")
    }
    for row in rows:
        cells = enumerate(map(safe_cell, row))
        writer.writerow([cell.replace(".", decimal) if at in numbers else cell for at, cell in cells])
    return ("\ufeff" if bom else "") + out.getvalue()
