"""The paper as one HTML file: no script, no other file, every text escaped; its own policy forbids all but its style.

The drawings are symbols, written once and used by name; `@page` rules turn the months to landscape. On a phone tables
become cards and months become lists, by style alone.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taper.errors import MissingExtraError
from taper.paper.parts import Chart, DayDoses, DiarySheet, Handout, Pictogram, ProductKey
from taper.paper.phrases import END, LTR, RTL
from taper.paper.renderers import pictogram, svg_chart as chart
from taper.paper.renderers.months import on_pages, type_size
from taper.paper.renderers.palette import without_color
from taper.paper.sections.clinical_charts import ClinicalChart
from taper.paper.sheets.card import Card
from taper.paper.sheets.clinician import ClinicianSheet
from taper.paper.sheets.one_sheet import PlanSheet
from taper.paper.sheets.pharmacy import PharmacyOrder
from taper.paper.sheets.record import RecordSheet

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
SIGNS = {
    "start": "▸",
    "new": "▸",
    "stop": "■",
    "review": "●",
    "gap": "!",
    "none": "–",
    "alert": "■",
    "warning": "▲",
    "note": "●",
}
"""How marks of days and findings look without color."""

_HASH = "hash-of-the-style"  # until the style is written
_PAPERS = {"a4": "A4", "letter": "letter", "a6": "A6"}
Page = Handout | PlanSheet | ClinicianSheet | PharmacyOrder | Card | DiarySheet | RecordSheet
_TEMPLATES: dict[type, str] = {
    Handout: "handout.html.j2",
    PlanSheet: "plan.html.j2",
    ClinicianSheet: "clinician.html.j2",
    PharmacyOrder: "pharmacy.html.j2",
    Card: "card.html.j2",
    DiarySheet: "diary.html.j2",
    RecordSheet: "record.html.j2",
}


def render(page: Page) -> str:
    """Return the HTML file.

    Raises:
        MissingExtraError: Jinja2 is not installed.
    """
    frame, variant = page.frame, page.variant
    common: dict[str, Any] = {
        "page": page,
        "frame": frame,
        "variant": variant,
        "paper": _PAPERS[frame.paper],
        "foot_css": _css("  ·  ".join((frame.running, *frame.foot))),
        "unreviewed_css": _css(" ".join(frame.unreviewed)),
        "style_hash": _HASH,
        "signs": SIGNS | ({"start": "◂", "new": "◂"} if frame.direction == "rtl" else {}),
    }
    if isinstance(page, Handout):
        doses = [regimen for row in page.steps for regimen in row.regimens]
        common |= drawings(page.products, doses, variant.gray)
        common["charts"] = [charts_of(figure, frame.direction == "rtl", variant.gray) for figure in page.charts]
        common["pages"] = [(type_size(months), months) for months in on_pages(page.months)]
    elif isinstance(page, ClinicianSheet):
        several, mirrored = len(page.charts) > 1, frame.direction == "rtl"
        common["charts"] = [clinical_chart(figure, several, variant.gray, mirrored) for figure in page.charts]
    elif isinstance(page, Card):
        common |= drawings(page.products, list(page.regimens), variant.gray)
    markup = environment().get_template(_TEMPLATES[type(page)]).render(common)
    if frame.direction == "rtl":
        markup = _isolated(markup)
    head, end, rest = markup.partition("</style>")
    if variant.gray:
        head = without_color(head)
    digest = hashlib.sha256(head.partition("<style>")[2].encode()).digest()
    return head.replace(_HASH, f"sha256-{base64.b64encode(digest).decode()}", 1) + end + rest


def charts_of(figure: Chart, mirrored: bool = False, gray: bool = False) -> tuple[str, str]:
    """Draw a chart for paper and wide screens, and for a phone; style shows one of them."""
    drawings = tuple(chart.draw(figure, size, mirrored=mirrored) for size in (chart.WIDE, chart.NARROW))
    wide, narrow = (without_color(drawing) for drawing in drawings) if gray else drawings
    return wide, narrow


def clinical_chart(figure: ClinicalChart, beside: bool, gray: bool = False, mirrored: bool = False) -> tuple[str, str]:
    """Draw a chart of the clinician's sheet, which stands alone or beside others, and the same for a phone."""
    sizes = (chart.LARGE if beside else chart.LOW, chart.NARROW)
    drawn = (
        chart.draw(figure.chart, size, mirrored=mirrored, levels=figure.levels, edges=figure.edges) for size in sizes
    )
    wide, narrow = (without_color(drawing) if gray else drawing for drawing in drawn)
    return wide, narrow


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates of the papers, whose parts other pages may use."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise MissingExtraError("jinja2", "html", "an HTML page") from None
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


_KEPT = r"<style>.*?</style>|<title>.*?</title>|<desc>.*?</desc>|<[^>]*>"
_ISOLATE = re.compile(rf"{_KEPT}|([{LTR}{RTL}])([^{LTR}{RTL}{END}<]*){END}", re.DOTALL)


def _isolated(page: str) -> str:
    """Turn direction marks into elements, except inside tags, where an element is not allowed."""

    def element(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        return f'<bdi dir="{"ltr" if match[1] == LTR else "rtl"}">{match[2]}</bdi>'

    return _ISOLATE.sub(element, page)


def _css(text: str) -> str:
    """Escape a text for a CSS string; HTML escapes have no meaning in a style element."""
    return "".join(sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in text)


def drawings(legend: tuple[ProductKey, ...], days: list[DayDoses], gray: bool = False) -> dict[str, Any]:
    """Name each row of drawings, once, in the order in which the days use them."""
    shown = dict.fromkeys(dose.pictograms for day in days for dose in day.doses if dose.pictograms)
    strips = {row: f"strip{number}" for number, row in enumerate(shown)}
    symbols = _symbols(legend, strips)
    return {
        "strips": strips,
        "symbols": without_color(symbols) if gray else symbols,
        "widths": {drawn: pictogram.width(drawn) for drawn in strips},
    }


def _symbols(legend: tuple[ProductKey, ...], strips: dict[tuple[Pictogram, ...], str]) -> str:
    """Return all drawings as symbols of one hidden SVG."""
    products = {product.key: product for product in legend}
    size = pictogram.SIZE
    singles = {Pictogram(key) for key in products} | {
        Pictogram(drawing.product, drawing.part, mark=drawing.mark) for row in strips for drawing in row
    }
    parts = [
        f'<symbol id="{_name(drawing)}" viewBox="0 0 {size} {size}">'
        f"{pictogram.shape(products[drawing.product], drawing.part, drawing.mark)}</symbol>"
        for drawing in sorted(singles, key=_name)
    ]
    for row, name in strips.items():
        used = "".join(
            f'{strokes}<use href="#{_name(drawing)}" x="{x}" width="{size}" height="{size}"/>'
            for x, drawing, strokes in pictogram.pieces(row)
        )
        parts.append(f'<symbol id="{name}" viewBox="0 0 {pictogram.width(row)} {size}">{used}</symbol>')
    return "".join(parts)


def _name(drawing: Pictogram) -> str:
    return f"{drawing.product}-{drawing.part}"
