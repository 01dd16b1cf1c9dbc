"""The reader of our PDFs, which passes over drawings, reads what a reader of everything reads."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest

from taper.order.order import parse_order
from taper.paper.renderers import Sheet, render
from taper.planner.planning import plan
from tests.oracles.pdf import pdf_texts, without_drawings
from tests.support.orders import FRENCH

PRINTED = date(2026, 1, 2)
SHORT = FRENCH | {
    "current": {"bedtime": "7.5 mg"},
    "phase": [{"reduce": "5 mg", "every": "4 days", "until": "0 mg"}],
    "stop_from": "2.5 mg",
}


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize(
    ("sheet", "variant"),
    [("patient", ""), ("patient", "large"), ("patient", "week, gray"), ("clinician", "")],
)
def test_without_its_drawings_a_paper_has_the_same_text(sheet: Sheet, variant: str, code: str) -> None:
    """Letter by letter, on every page."""
    schedule = plan(parse_order(SHORT))
    content = render(schedule, printed_on=PRINTED, sheet=sheet, variant=variant, language=code)
    whole = tuple(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert pdf_texts(content) == whole
    assert any(len(text) > 100 for text in whole)
    assert len(without_drawings(content)) < len(content)
