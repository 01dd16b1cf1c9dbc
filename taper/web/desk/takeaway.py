"""What can be taken away from the page: the same bytes that the command line writes for the same order and day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from taper.errors import OrderError, ScheduleError
from taper.exchange import formats
from taper.exchange.carried import attached, revision_before
from taper.exchange.plan_document import write_document
from taper.order.order import parse_order
from taper.order.parts import TIMES
from taper.order.written import commented
from taper.paper.renderers import SHEETS, Format, Sheet, render
from taper.values import dataclass
from taper.web.desk.work import Work

_PAPERS: dict[Sheet, str] = {
    "patient": "handout",
    "plan": "one-sheet",
    "clinician": "clinician",
    "pharmacy": "pharmacy",
    "card": "card",
    "diary": "diary",
    "record": "record",
}
"""What the file of a sheet is called."""
KINDS = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "toml": "application/toml; charset=utf-8",
}
"""The media type of a file by the end of its name."""
_EXPORTS: dict[formats.Format, str] = {
    "ics": "calendar.ics",
    "fhir": "fhir.json",
    "csv": "plan.csv",
    "days": "days.csv",
    "steps": "steps.csv",
    "sig": "labels.txt",
    "markdown": "plan.md",
    "medtimer": "medtimer.json",
    "emediplan": "emediplan.txt",
}
_DAYS = ("start", "first_cut")
_IS_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@dataclass(frozen=True)
class File:
    """A file to take away.

    Attributes:
        name: What it is called.
        data: What is in it.
    """

    name: str
    data: bytes

    @property
    def kind(self) -> str:
        """Its media type."""
        return KINDS[self.name.rpartition(".")[2]]


def take(what: str, work: Work, today: date) -> File:
    """Return a file.

    Args:
        what: `order`, `plan`, a format of `taper export`, or a sheet and its format, such as `patient.pdf`.
        work: What follows from the page.
        today: The day that is printed or written on it.

    Raises:
        TaperError: There is no such file, nothing to write yet, or what stands on the page cannot be written that way.
    """
    if work.said.revision and work.record is None:
        raise ScheduleError("a revision stands on the page and is not accepted yet; accept it, or empty its fields")
    if what == "order":
        return File("order.toml", order_text(work).encode())
    schedule = work.planned
    if schedule is None:
        raise ScheduleError("there is no plan yet: what is missing or wrong stands beside its field")
    if what == "plan":
        return File("plan.json", write_document(schedule, work.report, work.supply).encode())
    fields = work.fields
    if what in _EXPORTS:
        return File(_EXPORTS[what], formats.export(schedule, what, written_on=today, **_settings(what, fields)))
    sheet, _, ending = what.partition(".")
    to: Format = {"pdf": "pdf", "html": "html", "txt": "text"}.get(ending)  # type: ignore[assignment]
    if sheet not in SHEETS or to is None:
        raise OrderError(f"there is no paper {what[:40]!r}")
    return File(f"{_PAPERS[sheet]}.{ending}", _printed(work, sheet, to, today))


def _settings(what: formats.Format, fields: Mapping[str, str]) -> formats.Settings:
    """Return what the page lets be chosen of a format: the language, and the clock times of intakes."""
    settings: formats.Settings = {}
    if "language" in formats.SETTINGS_OF[what]:
        settings["language"] = fields.get("print.language") or None
    at = [f"{time}={clock}" for time in TIMES if (clock := fields.get(f"print.at.{time}", "").strip())]
    if "times" in formats.SETTINGS_OF[what] and at:
        settings["times"] = dict(formats.parse_times(at, field="print.at"))
    return settings


def _printed(work: Work, sheet: Sheet, to: Format, today: date) -> bytes:
    schedule, fields = work.planned, work.fields
    assert schedule is not None
    paper = fields.get("print.paper")
    return render(
        schedule,
        work.report,
        to,
        printed_on=today,
        sheet=sheet,
        language=fields.get("print.language") or None,
        paper="letter" if paper == "letter" else "a4" if paper == "a4" else None,
        supply=work.supply,
        variant=", ".join(word for word in ("large", "gray") if fields.get(f"print.{word}")),
        document=attached(schedule, work.report, sheet, to),
        previous=revision_before(schedule),
    )


def order_text(work: Work) -> str:
    """Return the order as TOML.

    Raises:
        OrderError: The page says no order yet.
    """
    if work.order is None:
        raise OrderError("there is no order yet: what is missing or wrong stands beside its field")
    data = _with_days(work.said.data)
    text = commented(data)
    if parse_order(text) != work.order:  # what is written must be what was said
        raise OrderError("this order cannot be written as TOML; take the plan document away instead")
    return text


def _with_days(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of an order with days as TOML writes them, without quotation marks."""
    dated = dict(data)
    for key in _DAYS:
        dated |= {key: _day(dated[key])} if key in dated else {}
    for key, name in (("phase", "finish"), ("hold", "on")):
        if key in dated:
            dated[key] = [part | ({name: _day(part[name])} if name in part else {}) for part in dated[key]]
    return dated


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text) if _IS_DAY.match(text) else text
    except ValueError:
        return text
