"""From the handout model to paper: each format lays out the same words and adds none.

What may not enter: a dose, date or sentence that a sheet did not write.

Heavy packages are imported by the format that needs them, when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from taper.errors import TaperError, nearest, renamed
from taper.finding import Report
from taper.interval import DayLike, parse_day
from taper.paper.claims import proved_sheet, proved_text
from taper.paper.parts import DiarySheet, Handout, Paper
from taper.paper.request import PrintRequest
from taper.paper.sheets.card import Card, build_card
from taper.paper.sheets.clinician import ClinicianSheet, build_clinician_sheet
from taper.paper.sheets.diary import build_diary_sheet
from taper.paper.sheets.one_sheet import PlanSheet, build_plan_sheet
from taper.paper.sheets.patient import build_handout
from taper.paper.variant import Variant, parse_variant

if TYPE_CHECKING:
    from taper.paper.sheets.pharmacy import PharmacyOrder
    from taper.paper.sheets.record import RecordSheet
    from taper.schedule.schedule import Schedule
    from taper.schedule.supply import Supply

Format = Literal["pdf", "html", "text"]
Sheet = Literal["patient", "plan", "clinician", "pharmacy", "card", "diary", "record"]

FORMATS: tuple[Format, ...] = ("pdf", "html", "text")
SHEETS: tuple[Sheet, ...] = ("patient", "plan", "clinician", "pharmacy", "card", "diary", "record")


# more than six parameters: the public call, which does no more than make the print request
@renamed(format="to")
def render(
    schedule: Schedule,
    report: Report | None = None,
    to: Format = "pdf",
    *,
    printed_on: DayLike,
    sheet: Sheet = "patient",
    language: str | None = None,
    paper: Paper | None = None,
    supply: Supply | None = None,
    variant: Variant | str = "",
    document: str | None = None,
    previous: Schedule | None = None,
) -> bytes:
    """Print a schedule.

    Args:
        schedule: The schedule.
        report: What the checker said; printed on the clinician's sheet and in the record text only.
        to: ``pdf``, ``html`` (one file that needs no other) or ``text`` (UTF-8).
        printed_on: Day of printing, for the foot of each page.
        sheet: ``patient``, ``plan`` (the whole plan, a row a week), ``clinician``, ``pharmacy``, ``card`` (the current
            step, A6), ``diary``, or ``record`` (a paragraph for the patient's record); findings never go on
            the patient's paper.
        language: Language of the paper. If not given: what the patient reads is in the order's, or English; the
            clinician's sheet and the record are in English; the pharmacy order is in the order's where pharmacies of
            its country read it, else in English.
        paper: ``a4`` or ``letter``; the variant's, the order's, or that of its country, if not given.
        supply: What the pharmacy hands out; computed if needed and not given.
        variant: How to lay it out, as a value or in words, such as ``"large, gray"``.
        document: Plan document (JSON text) to put inside a PDF, which then is PDF/A-3 too.
        previous: The schedule that this one replaces: the patient's and the clinician's paper then say what changed.

    Returns:
        The file. The same input gives the same bytes.

    Raises:
        MissingExtraError: The package that makes this format is not installed.
        TaperError: Unknown format, sheet, variant or language, or a text that no font can show.
        QuantityError: `printed_on` is not a date.
    """
    _refuse_unknown(to, sheet, paper, report)
    chosen = parse_variant(variant) if isinstance(variant, str) else variant
    request = PrintRequest(
        schedule,
        report,
        printed_on=parse_day(printed_on, "printed_on"),
        language=language,
        variant=chosen if paper is None else chosen.on_paper(paper),
        supply=supply,
        previous=previous,
        document=document,
        own=language,
    )
    return laid_out(request, sheet, to)


def _refuse_unknown(to: str, sheet: str, paper: str | None, report: object) -> None:
    if to not in FORMATS:
        raise TaperError(f"{to!r} is not a format; {nearest(to, FORMATS)}", field="to")
    if sheet not in SHEETS:
        raise TaperError(f"{sheet!r} is not a sheet; {nearest(sheet, SHEETS)}", field="sheet")
    if paper not in (None, "a4", "letter"):
        raise TaperError(f"{paper!r} is not a paper; known: a4, letter", field="paper")
    if report is not None and not isinstance(report, Report):
        kind = type(report).__name__
        raise TaperError(
            f"this takes what taper.check(schedule) gives, not {kind!r}; the format is named with to", field="report"
        )


def laid_out(request: PrintRequest, sheet: Sheet, to: Format) -> bytes:
    """Print what is asked for, as `render` does.

    Args:
        request: The schedule, and how it is printed.
        sheet: Which paper.
        to: Its format.
    """
    if sheet == "record" and to == "text":
        from taper.paper.sheets.record import build_record

        paragraph = proved_text(build_record(request), request)
        return f"{paragraph}\n".encode()  # it stands alone: it is pasted into another system
    page = proved_sheet(_page(request, sheet), request, sheet)
    if to == "pdf":
        from taper.paper.renderers import pdf

        return pdf.render(page, request.document)
    if to == "html":
        from taper.paper.renderers import html

        return html.render(page).encode()
    from taper.paper.renderers import text

    return text.render(page).encode()


def _page(
    request: PrintRequest, sheet: Sheet
) -> Handout | PlanSheet | ClinicianSheet | PharmacyOrder | Card | DiarySheet | RecordSheet:
    if sheet == "patient":
        return build_handout(request)
    if sheet == "plan":
        return build_plan_sheet(request)
    if sheet == "clinician":
        return build_clinician_sheet(request)
    if sheet == "card":
        return build_card(request)
    if sheet == "diary":
        return build_diary_sheet(request)
    if sheet == "record":
        from taper.paper.sheets.record import build_record_sheet

        return build_record_sheet(request)
    from taper.paper.sheets.pharmacy import build_pharmacy_order

    return build_pharmacy_order(request)
