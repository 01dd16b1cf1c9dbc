"""The paper as PDF/UA-1, typeset by typst.

The words go in as a JSON file, the drawings as SVG files, all in memory: nothing is read from disk
but the packaged font, and no text is ever taken for markup. typst refuses a character that no
packaged font can show, and so do we: a handout with a hole in it is worse than none.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taper.errors import MissingExtraError, TaperError
from taper.paper.parts import Day, DayDoses, DiarySheet, Handout, Month, Pictogram, ProductKey, WeekPart
from taper.paper.renderers import pictogram, svg_chart as chart
from taper.paper.renderers.months import on_pages
from taper.paper.renderers.object_streams import packed
from taper.paper.renderers.palette import palette, without_color
from taper.paper.renderers.plain import plain
from taper.paper.sheets.card import Card
from taper.paper.sheets.clinician import ClinicianSheet
from taper.paper.sheets.one_sheet import PlanSheet
from taper.paper.sheets.pharmacy import PharmacyOrder
from taper.paper.sheets.record import RecordSheet

if TYPE_CHECKING:
    from types import ModuleType

_HERE = Path(__file__).parent
_PAPERS = {"a4": "a4", "letter": "us-letter", "a6": "a6"}
LARGE = 18 / 10.5  # what is 10.5 points in the usual print is 18
ATTACHED = "The plan document: read it back with taper check"
Page = Handout | PlanSheet | ClinicianSheet | PharmacyOrder | Card | DiarySheet | RecordSheet
_NAMES: dict[type, str] = {
    PlanSheet: "plan_sheet",
    PharmacyOrder: "pharmacy",
    DiarySheet: "diary_sheet",
    RecordSheet: "record",
}
_EPOCH = 0  # the file's creation date is not a fact about the plan


def render(page: Page, document: str | None = None) -> bytes:
    """Return the PDF file.

    Args:
        page: The paper.
        document: Plan document (JSON text) to put inside: the file is then PDF/A-3 as well as PDF/UA-1.

    Raises:
        MissingExtraError: typst or pikepdf is not installed.
        TaperError: A text has a character that no packaged font can show.
    """
    content, files = _content(page)
    frame, variant = page.frame, page.variant
    content |= {
        "paper": _PAPERS[frame.paper],
        "palette": palette(variant.gray),
        "gray": variant.gray,
        "scale": LARGE if variant.large else 1,
        "printed": None,
        "attached": ATTACHED,
    }
    if document is not None:
        content["printed"] = [frame.printed.year, frame.printed.month, frame.printed.day]
        files["plan.json"] = document.encode()
    if variant.gray:
        files |= {name: without_color(files[name].decode()).encode() for name in files if name.endswith(".svg")}
    files["data.json"] = _data(content)
    typst = _typst()
    try:
        pdf = typst.compile(
            files,
            format="pdf",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"] if document is None else ["a-3a", "ua-1"],
            timestamp=_EPOCH,
        )
    except typst.TypstError as problem:
        raise _translate(str(problem)) from None
    assert isinstance(pdf, bytes)
    return packed(pdf)


def _content(page: Page) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return what goes in as JSON, and the other files."""
    if isinstance(page, Handout):
        return _handout(page)
    if isinstance(page, Card):
        return _card(page)
    if isinstance(page, ClinicianSheet):
        return _clinician(page)
    name = _NAMES[type(page)]
    return plain(page, skip=("variant",)), _templates(name, "diary", "plan")


def _typst() -> ModuleType:
    try:
        import typst
    except ImportError:
        raise MissingExtraError("typst", "pdf", "a PDF") from None
    return typst


@lru_cache(maxsize=1)
def _fonts() -> Any:
    return _typst().Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")])


@lru_cache(maxsize=8)
def _template(name: str) -> bytes:
    return (_HERE / "templates" / name).read_bytes()


def _translate(message: str) -> TaperError:
    """Turn an error of typst into one that a clinician can act on."""
    missing = re.search(r"the text (.+?) could not be displayed", message, re.DOTALL)
    if missing:
        return TaperError(
            f"the text {missing[1]} has a character that the packaged font cannot show, so no PDF is made; "
            "write the name or device in Latin, Greek, Cyrillic or Arabic letters, or print the HTML",
            field="handout",
        )
    return TaperError(f"the PDF could not be set: {message.splitlines()[0]}; print the HTML instead")


def _data(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _templates(*names: str) -> dict[str, bytes]:
    """Return templates as files, the first as the main one."""
    first, *others = names
    files = {f"{name}.typ": _template(f"{name}.typ") for name in ("page", *others)}
    return {"main.typ": _template(f"{first}.typ"), **files}


class _Drawings:
    """The drawings of a paper as files and its regimens by number, each written once."""

    def __init__(self, products: tuple[ProductKey, ...]) -> None:
        self.files: dict[str, bytes] = {f"{product.key}.svg": pictogram.sign(product).encode() for product in products}
        self.regimens: list[dict[str, Any]] = []
        self._products = {product.key: product for product in products}
        self._strips: dict[tuple[Pictogram, ...], dict[str, Any]] = {}
        self._index: dict[int, int] = {}

    def _strip(self, row: tuple[Pictogram, ...]) -> dict[str, Any] | None:
        if not row:
            return None
        if row not in self._strips:
            name = f"strip{len(self._strips)}.svg"
            self.files[name] = pictogram.strip(row, self._products).encode()
            self._strips[row] = {"file": name, "width": pictogram.width(row)}
        return self._strips[row]

    def refer(self, day: DayDoses | None) -> int | None:
        """Return the number of a regimen; the same doses have the same."""
        if day is None:
            return None
        if id(day) not in self._index:
            entry = plain(day)
            for written, dose in zip(entry["doses"], day.doses, strict=True):
                written["strip"] = self._strip(dose.pictograms)
            self._index[id(day)] = len(self.regimens)
            self.regimens.append(entry)
        return self._index[id(day)]


def _handout(page: Handout) -> tuple[dict[str, Any], dict[str, bytes]]:
    drawings = _Drawings(page.products)
    mirrored, size = page.frame.direction == "rtl", chart.LARGE if page.variant.large else chart.WIDE
    for number, figure in enumerate(page.charts):
        drawings.files[f"chart{number}.svg"] = chart.draw(figure, size, for_pdf=True, mirrored=mirrored).encode()
    content: dict[str, Any] = plain(page, skip=("steps", "months", "charts", "variant"))
    content["layout"] = page.variant.layout
    content["steps"] = [
        plain(row, skip=("doses", "week")) | {"doses": drawings.refer(row.doses), "week": _week(row.week, drawings)}
        for row in page.steps
    ]
    content["pages"] = [[_month(month, drawings) for month in months] for months in on_pages(page.months)]
    content["charts"] = [
        {
            "title": figure.title,
            "alt": figure.alt,
            "note": figure.note,
            "file": f"chart{number}.svg",
            "labels": chart.month_labels(figure, size) if mirrored else (),
        }
        for number, figure in enumerate(page.charts)
    ]
    content["chart_size"] = (size.width, size.height)
    content["regimens"] = drawings.regimens
    return content, drawings.files | _templates("handout", "plan", "calendar", "diary")


def _week(parts: tuple[WeekPart, ...], drawings: _Drawings) -> list[dict[str, Any]]:
    return [{"when": part.when, "doses": drawings.refer(part.doses)} for part in parts]


def _month(month: Month, drawings: _Drawings) -> dict[str, Any]:
    def day_of(day: Day) -> dict[str, Any]:
        return {
            "number": day.number,
            "name": day.name,
            "none": day.none,
            "marks": plain(day.marks),
            "doses": drawings.refer(day.doses),
        }

    return {"title": month.title, "weeks": [[day and day_of(day) for day in week] for week in month.weeks]}


def _card(page: Card) -> tuple[dict[str, Any], dict[str, bytes]]:
    drawings = _Drawings(page.products)
    content: dict[str, Any] = plain(page, skip=("doses", "week", "variant"))
    content["doses"], content["week"] = drawings.refer(page.doses), _week(page.week, drawings)
    content["regimens"] = drawings.regimens
    return content, drawings.files | _templates("card")


def _clinician(page: ClinicianSheet) -> tuple[dict[str, Any], dict[str, bytes]]:
    files = dict[str, bytes]()
    content: dict[str, Any] = plain(page, skip=("charts", "variant"))
    content["charts"] = []
    size = chart.LOW if len(page.charts) == 1 else chart.LARGE  # several stand side by side
    mirrored, content["chart_size"] = page.frame.direction == "rtl", (size.width, size.height)
    for number, figure in enumerate(page.charts):
        drawn, name = figure.chart, f"chart{number}.svg"
        svg = chart.draw(drawn, size, for_pdf=True, mirrored=mirrored, levels=figure.levels, edges=figure.edges)
        files[name] = svg.encode()
        labels = chart.month_labels(drawn, size) if mirrored else ()
        shown = {"title": drawn.title, "alt": drawn.alt, "note": figure.note, "file": name, "labels": labels}
        content["charts"].append(shown)
    return content, files | _templates("clinician")
