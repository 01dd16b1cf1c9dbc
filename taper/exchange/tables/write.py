"""Write CSV tables (RFC 4180): every day and intake, every step, and the plain table that can be read back.

A spreadsheet may run a cell that begins with ``=``, ``+``, ``-`` or ``@``; such a cell gets an apostrophe
in front, unless it is a plain number.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date, timedelta

from taper.errors import ScheduleError
from taper.exchange.tables.plain import COLUMNS
from taper.order.parts import TIMES, WEEKDAYS
from taper.paper.label import Labels, plain
from taper.quantity import Mg
from taper.schedule.calendar import printable
from taper.schedule.regimen import Item
from taper.schedule.schedule import Schedule, Step

DAY_COLUMNS = ("date", "weekday", "step", "time", "drug", "dose_mg", "take", "products", "day_total_mg")
STEP_COLUMNS = (
    *("step", "start", "end", "days", "drug", "total_mg"),
    *(f"{time}_mg" for time in TIMES),
    *("take", "cut_mg", "cut_of_current", "cut_of_start"),
)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """Return a cell that a spreadsheet cannot run as a formula.

    >>> safe_cell("=1+1"), safe_cell("-2.5"), safe_cell("half a tablet")
    ("'=1+1", '-2.5', 'half a tablet')
    """
    return f"'{text}" if text.lstrip(" ").startswith(_RUNS) and not _NUMBER.match(text) else text


def write_table(schedule: Schedule) -> str:
    """Write the plain table ``start,end,time,drug,dose_mg``, which `taper.exchange.tables.plain.read_table` reads back.

    A step without a dose, and the first day without the drug, are recorded as 0 mg. Where the plan has days without a
    dose before it, the row of that first day has no time and no drug, so that it is not one more of them.

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
    return _csv(COLUMNS, rows)


def write_days(schedule: Schedule, *, language: str | None = None) -> str:
    """Write one row per day and intake: doses in mg, in words, and in pieces of each product.

    The products of an intake are joined by " + ", each with its number in front: ``1.5 x NAME`` or ``2 mL x NAME``
    (or ``3 drops x NAME``), in English whatever the language: this column is read back.
    A day without a dose is a row with 0 mg, as is the first day without the drug.

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
    return _csv(DAY_COLUMNS, rows)


def write_steps(schedule: Schedule, *, language: str | None = None) -> str:
    """Write one row per step and drug: days, doses by time of day, the cut from the step before.

    A step with a weekly pattern has a row for each run of its days, all with the number of the step; the cut of such
    a row is the fall from the run before it.

    The first day without the drug is a row of 0 mg without a number. Cuts are given where the whole schedule
    has one drug; their percentages are rounded to a tenth, and say so ("about").

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
            cuts: tuple[str, ...] = ("", "", "")
            if cut is not None and index and not several:
                percents = (plain(labels.phrases.percent(fraction)) for fraction in (cut.of_current, cut.of_start))
                cuts = (_mg(cut.amount), *percents)
            by_time = (_mg(sum((i.dose for i in own if i.time == time), Mg(0))) for time in TIMES)
            take = labels.take(text for _, text in labels.intakes(step.regimen, drug))
            total = _mg(sum((intake.dose for intake in own), Mg(0)))
            span = step.start.isoformat(), step.end.isoformat(), str(step.days)
            rows.append((str(step.number), *span, drug, total, *by_time, take, *cuts))
    if schedule.stopped_on is not None:
        day, nothing = schedule.stopped_on.isoformat(), ("0",) * (1 + len(TIMES))
        rows.append(("", day, day, "", schedule.drugs[0], *nothing, labels.say("mark_stop"), "", "", ""))
    return _csv(STEP_COLUMNS, rows)


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


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
