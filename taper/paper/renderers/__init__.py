"""From the handout model to paper: each format lays out the same words and adds none.

What may not enter: a dose, date or sentence that a sheet did not write.

Heavy packages are imported by the format that needs them, when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from taper.errors import TaperError, nearest, renamed
from taper.finding import Report
from taper.interval import DayLike, parse_day
from taper.paper import claims
from taper.paper.parts import Paper
from taper.paper.renderers.proving import proved
from taper.paper.request import PrintRequest
from taper.paper.sheets.card import build_card
from taper.paper.sheets.clinician import build_clinician_sheet
from taper.paper.sheets.diary import build_diary_sheet
from taper.paper.sheets.one_sheet import build_plan_sheet
from taper.paper.sheets.patient import build_handout
from taper.paper.variant import Variant, parse_variant
from taper.proof import prove, prove_supply

if TYPE_CHECKING:
    from taper.paper.renderers.html import Page
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

    Raises:
        ProofError: What is printed does not add up, or the file does not say what its sheet says.
    """
    if sheet == "record" and to == "text":
        from taper.paper.sheets.record import build_record

        _prove_plan(request, sheet)
        text = claims.proved_text(build_record(request), request)
        return f"{text}\n".encode()  # the paragraph alone: it is pasted into another system
    return printed(proved_page(request, sheet), to, request.document)


def proved_page(request: PrintRequest, sheet: Sheet) -> Page:
    """Put what is asked for into the words of a sheet that says what is planned; it can be printed in each format.

    Raises:
        ProofError: The plan does not add up, or the sheet says something else.
    """
    _prove_plan(request, sheet)
    return claims.proved_sheet(page_of(request, sheet), request, sheet)


def printed(page: Page, to: Format, document: str | None = None) -> bytes:
    """Print a page.

    Args:
        page: The page.
        to: The format.
        document: Plan document (JSON text) to put inside a PDF.

    Raises:
        ProofError: The file does not say what the page says.
    """
    return proved(page, to, _rendered(page, to, document), document)


def _prove_plan(request: PrintRequest, sheet: Sheet) -> None:
    prove(request.schedule, what := f"the {sheet} paper")
    if sheet == "pharmacy" or (sheet == "clinician" and request.supply is not None):
        prove_supply(request.schedule, request.dispensed, what)


def _rendered(page: Page, to: Format, document: str | None) -> bytes:
    if to == "pdf":
        from taper.paper.renderers import pdf

        return pdf.render(page, document)
    if to == "html":
        from taper.paper.renderers import html

        return html.render(page).encode()
    from taper.paper.renderers import text

    return text.render(page).encode()


def page_of(request: PrintRequest, sheet: Sheet) -> Page:
    """Put what is asked for into the words of a sheet."""
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
