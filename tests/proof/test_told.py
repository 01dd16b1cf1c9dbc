"""What a paper tells beside its doses: the end of a drug, days off, a number to call, what comes later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import taper
from taper.errors import ProofError
from taper.paper.claims import proved_sheet
from taper.paper.renderers import page_of
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
