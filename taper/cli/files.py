"""Files: reading whatever one holds, and writing all of them or none. Only the command line imports this."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from taper.errors import OrderError, ScheduleError, TaperError
from taper.exchange.lines import Meaning
from taper.exchange.plan_document import write_document
from taper.exchange.reading import holds_record, read_schedule
from taper.finding import Report
from taper.loading import decode, read_bytes
from taper.order.order import parse_order, read_order
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from taper.schedule.supply import Supply


def load(
    file: Path,
    order: Path | None = None,
    meaning: Meaning | None = None,
    person: str | None = None,
    first_day: date | None = None,
) -> Schedule:
    """Read whatever a file holds: an order (planned here), a plan document, or another tool's record."""
    try:
        data = read_bytes(file, ScheduleError)
        if file.suffix.lower() == ".csv" or holds_record(data):
            reading = read_schedule(data, first_day=first_day)
            schedule = reading.schedule(meaning, person)
            if meaning is None and len(reading.meanings) > 1:
                chosen, *others = reading.meanings
                print(f"taper: read as {chosen}; the file also holds what was {', '.join(others)}", file=sys.stderr)
        else:
            schedule = plan(parse_order(decode(data, ScheduleError)))
        if order is not None:
            schedule = replace(schedule, order=read_order(order))
    except TaperError as problem:
        raise problem.at(file=str(file)) from None
    return schedule


def revision_before(schedule: Schedule) -> Schedule | None:
    """Return the plan that a revised plan replaces; None for a plan that was not revised."""
    order = schedule.order
    if order is None or not order.history:
        return None
    data = order.as_data()
    return plan(parse_order(data | {"history": data["history"][:-1]}))


def refuse_folder(folder: Path) -> None:
    """Refuse early a folder that cannot be one, before anything is worked out or written."""
    if folder.exists() and not folder.is_dir():
        raise OrderError("is a file, not a folder; name a folder for the output", file=str(folder))
    here = next(part for part in (folder, *folder.absolute().parents) if part.exists())
    if not here.is_dir() or not os.access(here, os.W_OK):
        raise OrderError(f"cannot be written ({here} is not a writable folder); name another", file=str(folder))


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files all or none: to temporary names first, then renamed into place."""
    refuse_folder(folder)
    made: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            temporary = folder / f".{name}.{os.getpid()}.tmp"
            made.append(temporary)
            temporary.write_bytes(content)
        for temporary, name in zip(made, files, strict=True):
            temporary.replace(folder / name)
    except OSError as problem:
        for temporary in made:
            temporary.unlink(missing_ok=True)
        raise OrderError(
            f"cannot be written ({problem.strerror or problem}); name another folder", file=str(folder)
        ) from None


def papers(
    schedule: Schedule,
    report: Report,
    supply: Supply,
    day: date,
    paper: Literal["a4", "letter"] | None,
    language: str | None,
    previous: Schedule | None = None,
) -> dict[str, bytes]:
    """Return what `plan` and `revise` write: the handout, the clinician's sheet, and the plan document.

    Args:
        schedule: The schedule.
        report: What the checker said of it.
        supply: What it needs.
        day: Day of printing.
        paper: Size of the paper; the order's if None.
        language: Language of the patient's paper; the order's if None.
        previous: The schedule that it replaces.
    """
    from taper.paper.renderers import render

    def made(sheet: Literal["patient", "clinician"], kind: Literal["pdf", "html"]) -> bytes:
        return render(
            schedule,
            report,
            kind,
            printed_on=day,
            sheet=sheet,
            paper=paper,
            supply=supply,
            language=language,
            previous=previous,
            document=attached(schedule, report, sheet),
        )

    return {
        "handout.pdf": made("patient", "pdf"),
        "handout.html": made("patient", "html"),
        "clinician.pdf": made("clinician", "pdf"),
        "plan.json": write_document(schedule, report, supply).encode(),
    }


def attached(schedule: Schedule, report: Report, sheet: str) -> str | None:
    """Return the plan document that goes inside a PDF; findings never go into the patient's."""
    if sheet not in ("patient", "clinician") or not schedule.plan_id:
        return None
    return write_document(schedule, report if sheet == "clinician" else Report())


def exit_code(report: Report, fail_on: Literal["note", "warning", "alert", "never"]) -> int:
    """Return 1 if a finding is at or above a severity, else 0."""
    return 0 if fail_on == "never" or not report.at_or_above(fail_on) else 1
