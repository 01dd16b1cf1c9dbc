"""The command that prints one paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cyclopts import Parameter

from taper.checker.checking import check
from taper.cli.files import load, refuse_file, write_file
from taper.cli.option_groups import Printing, Several
from taper.cli.streams import is_terminal
from taper.errors import OrderError, ScheduleError
from taper.exchange.carried import attached, revision_before
from taper.paper import renderers
from taper.paper.renderers import Format, Sheet
from taper.paper.variant import Variant, parse_variant
from taper.schedule.supply import dispense

_ENDINGS: dict[str, Format] = {".pdf": "pdf", ".html": "html", ".htm": "html", ".txt": "text"}


@Parameter(name="*")
@dataclass(frozen=True)
class Layout:
    """Which paper, and how it is laid out.

    Attributes:
        to: Format; what the name of --out ends in if not given, else pdf, or text for the record.
        sheet: Which paper. Findings stand on the clinician's alone; plan is a row a week, card the current step,
            record a paragraph.
        variant: How: large, gray, week (one a page), list, plan (no page for each day), dateless, "next 4 weeks"; may
            be given several times.
        on: Day of the pocket card, and first day of "next 4 weeks"; the day of printing if not given.
        every: Pharmacy order: time from one fill to the next, such as "4 weeks"; the order's if not given,
            else up to the next review, or 28 days.
    """

    to: Format | None = None
    sheet: Sheet = "patient"
    variant: Several = ()
    on: date | None = None
    every: str | None = None

    def format(self, out: Path | None) -> Format:
        """Return the format: the one asked for, else that of the file's name, else that of the sheet.

        Args:
            out: The file to write, if there is one.

        Raises:
            OrderError: The name of the file says another format than the one asked for.
        """
        named = _ENDINGS.get(out.suffix.lower()) if out is not None else None
        if self.to is not None and named not in (None, self.to):
            raise OrderError(f"is the name of a {named} file, but --to is {self.to}; change one of them", file=str(out))
        return self.to or named or ("text" if self.sheet == "record" else "pdf")

    @property
    def chosen(self) -> Variant:
        """The variant, with its day."""
        variant = parse_variant(self.variant)
        return variant if self.on is None else replace(variant, on=self.on)


def render(
    file: Path,
    /,
    *,
    layout: Layout = Layout(),
    out: Path | None = None,
    printing: Printing = Printing(),
) -> int:
    """Print one paper of an order, a plan document or a table.

    Args:
        file: TOML or JSON order, plan document, or CSV table.
        layout: Which paper, and how it is laid out.
        out: File to write; standard output if not given.
        printing: How it is printed.
    """
    refuse_file(out)
    to = layout.format(out)
    if out is None and to == "pdf" and is_terminal():
        raise ScheduleError("a PDF cannot be shown on a terminal; add --out handout.pdf")
    schedule = load(file)
    report = check(schedule)
    content = renderers.render(
        schedule,
        report,
        to,
        printed_on=printing.day,
        sheet=layout.sheet,
        paper=printing.paper,
        language=printing.language,
        supply=dispense(schedule, layout.every),
        variant=layout.chosen,
        document=attached(schedule, report, layout.sheet, to),
        previous=revision_before(schedule),
    )
    write_file(out, content)
    return 0
