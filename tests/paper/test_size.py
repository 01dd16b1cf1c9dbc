"""A PDF is small enough to be sent, and stays the same document."""

from __future__ import annotations

import io
import sys
from datetime import date

import pikepdf
import pytest

from taper.checker.checking import check
from taper.errors import MissingExtraError
from taper.exchange.plan_document import write_document
from taper.paper.renderers import Sheet, render
from taper.paper.renderers.object_streams import packed
from tests.bench.paper import LARGEST_YEAR, year

PRINTED = date(2026, 1, 2)


def test_a_year_is_at_most_300_kilobytes_with_the_plan_inside() -> None:
    """Twelve months, twice a day, a new dose every two weeks."""
    schedule = year()
    content = render(schedule, printed_on=PRINTED, document=write_document(schedule, check(schedule)))
    assert len(content) <= LARGEST_YEAR


@pytest.mark.parametrize("sheet", ["patient", "clinician", "pharmacy", "card", "diary", "record"])
def test_every_pdf_keeps_its_tags_in_object_streams_and_has_the_same_bytes_again(sheet: Sheet) -> None:
    schedule = year()
    content = render(schedule, check(schedule), printed_on=PRINTED, sheet=sheet)
    assert content == render(schedule, check(schedule), printed_on=PRINTED, sheet=sheet)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        streams = [
            thing for thing in document.objects if isinstance(thing, pikepdf.Stream) and "/StructElem" in str(thing)
        ]
    assert b"/ObjStm" in content
    assert b"/StructElem" not in content
    assert not streams


def test_packing_takes_nothing_away() -> None:
    """Each object of the file before is one of the file after, page text and all."""
    made = pikepdf.new()
    made.add_blank_page()
    made.Root.Lang = pikepdf.String("nl")
    for number in range(50):
        made.make_indirect(pikepdf.Dictionary(Number=number))
    made.Root.Kept = made.make_indirect(pikepdf.Array([pikepdf.Dictionary(Alt=pikepdf.String("half"))]))
    plain = io.BytesIO()
    made.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(packed(plain.getvalue()))) as document:
        assert str(document.Root.Lang) == "nl"
        assert str(document.Root.Kept[0].Alt) == "half"
        assert len(document.pages) == 1


def test_without_pikepdf_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(MissingExtraError, match=r"\[pdf\]"):
        packed(b"%PDF-1.7")
