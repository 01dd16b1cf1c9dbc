"""From the handout model to paper: each format lays out the same words, and adds none.

Heavy packages are imported by the format that needs them, when it is asked for.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from taper.errors import TaperError, nearest
from taper.handout import build_handout
from taper.handout_clinician import ClinicianSheet, build_clinician_sheet
from taper.handout_parts import Handout, Paper

if TYPE_CHECKING:
    from taper.dispenser import Supply
    from taper.finding import Report
    from taper.schedule import Schedule

Format = Literal["pdf", "html", "text"]
Sheet = Literal["patient", "clinician"]

FORMATS: tuple[Format, ...] = ("pdf", "html", "text")
SHEETS: tuple[Sheet, ...] = ("patient", "clinician")


def render(
    schedule: Schedule,
    report: Report | None = None,
    format: Format = "pdf",  # noqa: A002 - the word that callers expect
    *,
    printed_on: date,
    sheet: Sheet = "patient",
    language: str = "en",
    paper: Paper | None = None,
    supply: Supply | None = None,
) -> bytes:
    """Print a schedule.

    Args:
        schedule: The schedule.
        report: What the checker said; printed on the clinician's sheet only.
        format: ``pdf``, ``html`` (one file that needs no other) or ``text`` (UTF-8).
        printed_on: Day of printing, for the foot of each page.
        sheet: ``patient`` or ``clinician``; findings never go on the patient's paper.
        language: Code of the language.
        paper: ``a4`` or ``letter``; the order's, or that of its country, if not said.
        supply: What the pharmacy hands out; printed on the clinician's sheet only.

    Returns:
        The file. The same input gives the same bytes.

    Raises:
        MissingExtraError: The package that makes this format is not installed.
        TaperError: Unknown format, sheet or language, or a text that no font can show.
    """
    if format not in FORMATS:
        raise TaperError(f"{format!r} is not a format; {nearest(format, FORMATS)}", field="format")
    if sheet not in SHEETS:
        raise TaperError(f"{sheet!r} is not a sheet; {nearest(sheet, SHEETS)}", field="sheet")
    if paper not in (None, "a4", "letter"):
        raise TaperError(f"{paper!r} is not a paper; known: a4, letter", field="paper")
    page: Handout | ClinicianSheet
    if sheet == "patient":
        page = build_handout(schedule, printed_on=printed_on, language=language, paper=paper)
    else:
        page = build_clinician_sheet(schedule, report, supply, printed_on=printed_on, language=language, paper=paper)
    if format == "pdf":
        from taper.renderers import pdf

        return pdf.render(page)
    if format == "html":
        from taper.renderers import html

        return html.render(page).encode()
    from taper.renderers import text

    return text.render(page).encode()
