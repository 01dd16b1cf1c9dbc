"""The paper as one HTML file: no script, no other file, every text escaped.

The drawings are symbols, written once and used by name; `@page` rules turn the months to landscape.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taper.errors import MissingExtraError
from taper.handout_clinician import ClinicianSheet
from taper.handout_parts import Handout, Pictogram
from taper.renderers import chart, pictogram

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
CROWDED = 3  # from this many doses a day on, the month is set smaller
_PAPERS = {"a4": "A4", "letter": "letter"}


def render(page: Handout | ClinicianSheet) -> str:
    """Return the HTML file.

    Raises:
        MissingExtraError: Jinja2 is not installed.
    """
    foot = _css("  ·  ".join((page.frame.title, *page.frame.foot)))
    common: dict[str, Any] = {
        "page": page,
        "frame": page.frame,
        "paper": _PAPERS[page.frame.paper],
        "foot_css": foot,
    }
    if isinstance(page, ClinicianSheet):
        return _environment().get_template("clinician.html.j2").render(common)
    strips = _strips(page)
    return (
        _environment()
        .get_template("handout.html.j2")
        .render(
            common,
            strips=strips,
            dense=max(len(row.doses.doses) for row in page.steps if row.doses) >= CROWDED,
            symbols=_symbols(page, strips),
            charts=[chart.draw(one) for one in page.charts],
            widths={drawn: pictogram.width(drawn) for drawn in strips},
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise MissingExtraError("jinja2", "html", "an HTML page") from None
    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _css(text: str) -> str:
    """Write a text for the inside of a CSS string; HTML's escapes mean nothing in a style element."""
    return "".join(sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in text)


def _strips(page: Handout) -> dict[tuple[Pictogram, ...], str]:
    """Name each row of drawings, once, in the order in which the steps use them."""
    rows = (dose.pictograms for step in page.steps if step.doses for dose in step.doses.doses)
    shown = dict.fromkeys(row for row in rows if row)
    return {row: f"strip{number}" for number, row in enumerate(shown)}


def _symbols(page: Handout, strips: dict[tuple[Pictogram, ...], str]) -> str:
    """Return all drawings as symbols of one hidden SVG."""
    products = {product.key: product for product in page.products}
    size = pictogram.SIZE
    singles = {Pictogram(key) for key in products} | {Pictogram(one.product, one.part) for row in strips for one in row}
    parts = [
        f'<symbol id="{_name(one)}" viewBox="0 0 {size} {size}">'
        f"{pictogram.shape(products[one.product], one.part)}</symbol>"
        for one in sorted(singles, key=_name)
    ]
    for row, name in strips.items():
        used = "".join(
            f'{strokes}<use href="#{_name(one)}" x="{x}" width="{size}" height="{size}"/>'
            for x, one, strokes in pictogram.pieces(row)
        )
        parts.append(f'<symbol id="{name}" viewBox="0 0 {pictogram.width(row)} {size}">{used}</symbol>')
    return f"<defs>{pictogram.clips()}</defs>{''.join(parts)}"


def _name(one: Pictogram) -> str:
    return f"{one.product}-{one.part}"
