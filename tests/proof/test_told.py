"""What a paper tells beside its doses: the end of a drug, days off, a number to call, what comes later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import taper
from taper import check, dispense, parse_order, plan, write_document
from taper.errors import ProofError
from taper.paper.claims import proved_sheet
from taper.paper.renderers import page_of, pdf
from taper.paper.renderers.proving import proved
from taper.paper.request import PrintRequest

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def made(name: str, sheet: Any) -> tuple[PrintRequest, Any]:
    schedule = taper.plan(taper.read_order(EXAMPLES / f"{name}.toml"))
    request = PrintRequest(schedule, printed_on=schedule.steps[0].start, language="en")
    return request, page_of(request, sheet)


def in_notices(old: str, new: str) -> Callable[[Any], Any]:
    def changed(page: Any) -> Any:
        told = [
            replace(one, lines=tuple(line.replace("\N{NO-BREAK SPACE}", " ").replace(old, new) for line in one.lines))
            for one in page.notices
        ]
        return replace(page, notices=tuple(told))

    return changed


def in_advice(old: str, new: str) -> Callable[[Any], Any]:
    def swapped(sentences: Any) -> Any:
        return tuple(
            replace(one, text=one.text.replace("\N{NO-BREAK SPACE}", " ").replace(old, new)) for one in sentences
        )

    def changed(page: Any) -> Any:
        told = [replace(one, lead=swapped(one.lead), points=swapped(one.points)) for one in page.advice]
        return replace(page, advice=tuple(told))

    return changed


def in_text(old: str, new: str) -> Callable[[Any], Any]:
    return lambda page: replace(page, text=page.text.replace("\N{NO-BREAK SPACE}", " ").replace(old, new, 1))


FAULTS: dict[str, tuple[str, str, Callable[[Any], Any]]] = {
    "the last day of a drug is its first": ("two_drugs", "patient", in_notices("1 March 2026", "5 January 2026")),
    "the last day of a drug is lost": ("two_drugs", "patient", in_notices("1 March 2026", "soon")),
    "a drug stays a day too long": ("two_drugs", "patient", in_notices("29 March 2026", "30 March 2026")),
    "the drug that replaces is the one that ends": (
        "crossover",
        "patient",
        in_notices("from LORazepam to diazepam", "from diazepam to LORazepam"),
    ),
    "a forgotten dose at bedtime is not left out": (
        "crossover",
        "patient",
        in_advice("later in the night or the next day", "twice"),
    ),
    "a forgotten dose at bedtime is taken later": (
        "zopiclone_maintenance",
        "patient",
        in_advice("do not take it later", "take it when you remember, and not later"),
    ),
    "the number for thoughts of suicide is lost": ("diazepam", "patient", in_advice("988", "")),
    "days off are not spoken of": ("every_other_night", "patient", in_advice("No dose today", "a dose")),
    "days off are spoken of where there are none": ("diazepam", "patient", in_advice("988", "988. No dose today")),
    "what comes later is what comes next": ("diazepam", "card", lambda page: replace(page, later=page.next)),
    "the day of the first cut": ("diazepam", "record", in_text("January 19, 2026", "February 2, 2026")),
    "the dose of the first cut": ("diazepam", "record", in_text("to 18 mg a day", "to 16 mg a day")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_such_fault_of_a_paper_is_believed(fault: str) -> None:
    """Each changes the paper, which is given out without the change."""
    name, sheet, change = FAULTS[fault]
    request, page = made(name, sheet)
    assert proved_sheet(page, request, sheet) is page
    assert change(page) != page
    with pytest.raises(ProofError):
        proved_sheet(change(page), request, sheet)


LORAZEPAM: dict[str, Any] = {
    "drug": "lorazepam",
    "country": "AU",
    "start": "2026-01-05",
    "current": {"morning": "2 mg", "bedtime": "2 mg"},
    "product": [{"name": "lorazepam tablet 1 mg", "maker": "Ativan (AU/NZ)", "split": "halves"}],
    "phase": [{"reduce": "0.5 mg", "every": "4 weeks", "until": "0 mg"}],
}


@pytest.mark.parametrize(
    ("every", "old", "new"),
    [
        ("4 weeks", "2 packs", "3 packs"),
        ("4 weeks", "of 50", "of 60"),
        ("4 weeks", "and 12", "and 13"),
        ("13 days", "1 pack of 50 and 2", "2 packs of 50 and 2"),
    ],
)
def test_packs_that_do_not_make_what_is_handed_out_are_refused(every: str, old: str, new: str) -> None:
    """Their number, how much one holds, or what is dispensed beside them."""
    schedule = plan(parse_order(LORAZEPAM))
    request = PrintRequest(schedule, printed_on=schedule.steps[0].start, supply=dispense(schedule, every))
    page = page_of(request, "pharmacy")
    assert proved_sheet(page, request, "pharmacy") is page
    fill = page.fills[0]  # type: ignore[union-attr]
    rows = tuple(
        tuple(cell.replace("\N{NO-BREAK SPACE}", " ").replace(old, new) for cell in row) for row in fill.table.rows
    )
    assert any(new in cell for row in rows for cell in row)
    wrong = replace(fill, table=replace(fill.table, rows=rows))
    with pytest.raises(ProofError, match="the account of"):
        proved_sheet(replace(page, fills=(wrong, *page.fills[1:])), request, "pharmacy")  # type: ignore[union-attr,call-arg]


def test_a_pdf_with_another_plan_document_inside_is_refused() -> None:
    """One that is cut, one too many, and none."""
    request, page = made("diazepam", "patient")
    document = write_document(request.schedule, check(request.schedule))
    content = pdf.render(page, document)
    assert proved(page, "pdf", content, document) == content
    for wrong in (document[:200], document.replace('"revision": 0', '"revision": 1'), None):
        with pytest.raises(ProofError, match="the plan document inside it"):
            proved(page, "pdf", content, wrong)


def test_later_steps_are_not_said_to_come_sooner() -> None:
    """Of one drug, where its stop moves to a later day."""
    before = plan(parse_order(LORAZEPAM))
    after = taper.revise(before, on=before.steps[2].start, hold="2 weeks")
    request = PrintRequest(after, printed_on=before.steps[2].start, previous=before)
    page = page_of(request, "patient")
    assert proved_sheet(page, request, "patient") is page
    wrong = in_notices("weeks later.", "weeks sooner.")(page)
    assert wrong != page
    with pytest.raises(ProofError, match="whose stop moves from"):
        proved_sheet(wrong, request, "patient")
