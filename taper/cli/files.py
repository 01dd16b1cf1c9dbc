"""Files: read whatever one holds, and write what a command makes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from taper.cli import streams
from taper.cli.choices import Output, Printing
from taper.cli.console import Console
from taper.cli.writing import refuse, repair, write_all
from taper.errors import OrderError, ScheduleError, TaperError
from taper.exchange.carried import attached, revision_before as revision_before
from taper.exchange.conventions import AS_RECORDED, Supplies
from taper.exchange.plan_document import write_document
from taper.finding import Report
from taper.loading import MAX_BYTES, MAX_TABLE_BYTES, decode, read_bytes
from taper.order.order import Order, parse_order, read_order
from taper.paper.variant import Variant
from taper.paper.words.pharmacy import is_read
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from taper.schedule.supply import Supply

if TYPE_CHECKING:
    from taper.exchange.record_lines import Meaning

PAPERS = ("handout.pdf", "handout.html", "clinician.pdf", "plan.json")

_AN_ORDER = re.compile(r"^[ \t]*(?:[\[{]|[A-Za-z_\"][\w.\"-]*[ \t]*=)", re.MULTILINE)
"""A line of TOML or JSON: what has none is text for people, such as labels or Markdown."""


def load(
    file: Path,
    order: Path | None = None,
    meaning: Meaning | None = None,
    person: str | None = None,
    first_day: date | None = None,
    supplied: Supplies = AS_RECORDED,
) -> Schedule:
    """Read whatever a file holds: an order (planned here), a plan document, or another tool's record."""
    from taper.exchange.kinds import seems
    from taper.exchange.reading import holds_record, read_schedule  # the readers of all formats

    try:
        if not file.exists():
            repair(file.parent)
        data = read_bytes(file, ScheduleError, MAX_TABLE_BYTES)
        if file.suffix.lower() == ".csv" or holds_record(data) or seems(data):
            reading = read_schedule(data, first_day=first_day, supplied=supplied)
            schedule = reading.schedule(meaning, person)
            if meaning is None and len(reading.meanings) > 1:
                chosen, *others = reading.meanings
                streams.tell(f"read as {chosen}; the file also holds what was {', '.join(others)}")
        elif len(data) > MAX_BYTES:
            raise ScheduleError(f"is larger than {MAX_BYTES:,} bytes, the most that an order may have; check the file")
        else:
            schedule = plan(_order(data))
        if order is not None:
            schedule = replace(schedule, order=read_order(order))
    except TaperError as problem:
        raise problem.at(file=str(file)) from None
    return schedule


def _order(data: bytes) -> Order:
    """Read an order; a text for people is told apart from an order that is written wrongly."""
    try:
        return parse_order(decode(data, ScheduleError))
    except OrderError as problem:
        if problem.field or _AN_ORDER.search(data.decode(errors="replace")):
            raise
        raise ScheduleError(
            "is text for people, from which no plan is read; give the order (TOML), its plan document (plan.json), "
            "or a PDF or table that was made from it"
        ) from problem


def papers(
    schedule: Schedule, report: Report, supply: Supply, printing: Printing, previous: Schedule | None
) -> dict[str, bytes]:
    """Return what `plan` and `revise` write: the handout, the clinician's sheet, and the plan document.

    Args:
        schedule: The schedule.
        report: What the checker found.
        supply: What it needs.
        printing: How to print it.
        previous: The schedule that it replaces.
    """
    from taper.paper.renderers import printed, proved_page  # with the libraries that print
    from taper.paper.request import PrintRequest

    whole = write_document(schedule, report, supply)
    request = PrintRequest(
        schedule,
        report,
        printed_on=printing.day,
        language=printing.language,
        variant=Variant(paper=printing.paper),
        supply=supply,
        previous=previous,
        own=_clinicians(schedule, printing.language),
    )
    handout = proved_page(request, "patient")
    return {
        "handout.pdf": printed(handout, "pdf", attached(schedule, report, "patient", "pdf")),
        "handout.html": printed(handout, "html"),
        "clinician.pdf": printed(proved_page(request, "clinician"), "pdf", whole if schedule.plan_id else None),
        "plan.json": whole.encode(),
    }


def _clinicians(schedule: Schedule, language: str | None) -> str | None:
    """Return the language of the clinician's sheet: the one asked for where it is read, as it may be the patient's."""
    order = schedule.order
    return language if language and order is not None and is_read(language, order.country) else None


def write_papers(files: dict[str, bytes], output: Output, console: Console) -> None:
    """Write what `papers` has made, once it is sure that standard output can show the rest."""
    if output.out is None:
        return
    if not output.json:
        console.line(f"\nWritten to {output.out}: {', '.join(files)}")
    console.verify()
    write_all(output.out, files)


def refuse_file(out: Path | None) -> None:
    """Refuse early a file that could not be written."""
    if out is not None:
        refuse(out.parent, [out.name])


def write_file(out: Path | None, content: bytes) -> None:
    """Write one file, or to standard output if none is named."""
    if out is None:
        streams.write(content)
    else:
        write_all(out.parent, {out.name: content})
