"""Read the tables that this library writes: one row per day and intake, or one row per step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from taper.checker.texts import say
from taper.checker.wording import dose_text
from taper.errors import ScheduleError
from taper.exchange.collector import Collector, day_of
from taper.exchange.medicine import exact
from taper.exchange.record_lines import Line
from taper.exchange.tables.csv_rows import rows
from taper.order.parts import TIMES
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Intake, Item

_ITEM = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<ml> mL)? x (?P<name>.+)\Z", re.ASCII | re.DOTALL)
_OTHER_MEASURE = re.compile(r"[0-9.a-z ]{1,30} x (?P<name>.+)\Z", re.ASCII | re.DOTALL)


def is_days(header: tuple[str, ...]) -> bool:
    """Return whether a header is that of the day-and-intake table."""
    return {"date", "time", "drug", "dose_mg", "step"} <= set(header)


def is_steps(header: tuple[str, ...]) -> bool:
    """Return whether a header is that of the step table."""
    return {"start", "end", "drug", *(f"{time}_mg" for time in TIMES)} <= set(header)


def read_days(text: str) -> Collector:
    """Read the day-and-intake table.

    Raises:
        ScheduleError: Names line and column.
    """
    collector = Collector(numbered=True)
    for line, cells in rows(text):
        place = f"line {line}"
        day = _day(cells, "date", place)
        if not cells["step"] and not cells["time"] and cells["dose_mg"] == "0":
            collector.stopped_on = day
            continue
        dose = _mg(cells, "dose_mg", place)
        taken: tuple[Intake, ...] = ()
        if dose or cells["time"]:
            time = next((known for known in TIMES if known == cells["time"]), None)
            if time is None:
                raise ScheduleError(
                    f"{cells['time'][:40]!r} is not a time of day; write one of {', '.join(TIMES)}",
                    field=f"{place}, time",
                )
            taken = (Intake(time, _drug(cells, place), dose, _items(cells.get("products", ""))),)
        collector.add(
            Line(
                "intended",
                place,
                cells["drug"],
                start=day,
                end=day,
                intakes=taken,
                step=_step(cells),
                text=cells.get("take", ""),
            )
        )
    return collector


def read_steps(text: str) -> Collector:
    """Read the step table.

    Raises:
        ScheduleError: Names line and column.
    """
    collector = Collector(numbered=True)
    for line, cells in rows(text):
        place = f"line {line}"
        start, end = _day(cells, "start", place), _day(cells, "end", place)
        if end < start:
            raise ScheduleError(f"{end} is before the start, {start}; swap or correct them", field=f"{place}, end")
        drug = _drug(cells, place)
        if cells.get("step") == "" and cells.get("total_mg") == "0":
            collector.stopped_on = start  # the first day without the drug has no number
            continue
        doses = [(time, _mg(cells, f"{time}_mg", place)) for time in TIMES]
        intakes = tuple(Intake(time, drug, dose) for time, dose in doses if dose)
        total = sum((intake.dose for intake in intakes), Mg(0))
        written = _mg(cells, "total_mg", place) if cells.get("total_mg") else total
        if written != total:
            collector.note(
                "mismatch",
                say("remark.total", total=dose_text(written), sum=dose_text(total)),
                place,
                on=start,
                measured=cells["total_mg"],
                limit=total.number,
            )
        collector.add(
            Line(
                "intended",
                place,
                drug,
                start=start,
                end=end,
                intakes=intakes,
                step=_step(cells),
                text=cells.get("take", ""),
            )
        )
    return collector


def _day(cells: Mapping[str, str], column: str, place: str) -> date:
    day = day_of(cells[column]) if len(cells[column]) == 10 else None
    if day is None:
        raise ScheduleError(f"{cells[column][:40]!r} is not a date; write it as 2026-01-05", field=f"{place}, {column}")
    return day


def _mg(cells: Mapping[str, str], column: str, place: str) -> Mg:
    number = exact(cells[column])
    if number is None:
        raise ScheduleError(
            f"{cells[column][:40]!r} is not a plain decimal number of mg; write for example 2.5",
            field=f"{place}, {column}",
        )
    return Mg(number)


def _drug(cells: Mapping[str, str], place: str) -> str:
    if not cells["drug"]:
        raise ScheduleError("no drug; write its international name, such as diazepam", field=f"{place}, drug")
    return cells["drug"][:200]


def _step(cells: Mapping[str, str]) -> int | None:
    number = exact(cells.get("step", ""))
    return int(number) if number is not None and number.denominator == 1 else None


def _items(text: str) -> tuple[Item, ...]:
    """Read "1.5 x NAME + 2 mL x NAME"; drops keep the product only, because the table does not give their mL."""
    items = []
    for part in filter(None, text.split(" + ")):
        match = _ITEM.match(part)
        value = exact(match["number"]) if match else None
        if match and value is not None:
            items.append(
                Item(match["name"], volume=Ml(value)) if match["ml"] else Item(match["name"], count=Pieces(value))
            )
        else:
            other = _OTHER_MEASURE.match(part)
            items.append(Item(other["name"] if other else part))
    return tuple(items)
