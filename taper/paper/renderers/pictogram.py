"""Tablets, syringes and drops as SVG: one shape and color per product, with the strength drawn on it.

In a plan with several drugs all drawings of a drug have one outline and one color, which no other drug has;
its products differ by the strength and by a strong edge or a ring. Shapes differ as well as colors, so that
a gray print can be read. Numbers are strokes, not text: they look the same everywhere, and whoever copies or
reads out the page meets the dose only once.
"""

from __future__ import annotations

from fractions import Fraction

from taper.paper.parts import Part, Pictogram, ProductKey
from taper.quantity import exact_text, rounded

SIZE = 100
GAP = 12
_ADVANCE = SIZE + GAP

_COLORS = (
    ("#a9cdef", "#174a7c"),
    ("#f8d281", "#7a4b00"),
    ("#b4dcad", "#22592a"),
    ("#d8c0ec", "#54307f"),
    ("#f3bab4", "#86281f"),
    ("#aedbd7", "#0d5652"),
)
"""Fill and ink of each product, or of each drug where a plan has several, in order.

The inks have at least 7 : 1 contrast on their fills.
"""

# in the order of their names in taper.paper.drawings.OUTLINES
_SHAPES = (
    '<circle cx="50" cy="50" r="45"/>',
    '<rect x="4" y="19" width="92" height="62" rx="31"/>',
    '<rect x="9" y="9" width="82" height="82" rx="16"/>',
    '<path d="M27 9H73L96 50L73 91H27L4 50Z"/>',
    '<path d="M50 4L96 50L50 96L4 50Z"/>',
    '<path d="M50 5L95 38L78 92H22L5 38Z"/>',
)
_RING = '<g transform="translate(11 11) scale(.78)" fill="none" stroke-width="2.5">{}</g>'

_INSIDE = '<g transform="translate(22 22) scale(.56)">{}</g>'

_CLIPS: dict[Part, str] = {
    "half": "M-4 50H104V104H-4Z",
    "quarter": "M-4 50H50V104H-4Z",
    "three-quarters": "M-4 -4H50V50H104V104H-4Z",
}
"""What is taken, of a box of 100 by 100. The lower half is wide enough for its number."""
_BREAKS: dict[Part, str] = {
    "half": "M{left} 50H{right}",
    "quarter": "M{left} 50H50V{bottom}",
    "three-quarters": "M50 {top}V50H{right}",
}
_EDGES = ((5, 95), (4, 96), (9, 91), (4, 96), (4, 96), (5, 95))
_TALL = ((5, 95), (19, 81), (9, 91), (9, 91), (4, 96), (5, 92))

_DIGITS = {
    "0": "M3 0C1 0 0 2 0 5S1 10 3 10S6 8 6 5S5 0 3 0Z",
    "1": "M1.2 2L3.7 0V10",
    "2": "M.3 2.6C.5 1 1.6 0 3 0C4.7 0 5.8 1.2 5.8 2.8C5.8 4.8 4 6.2 0 10H6",
    "3": "M.3 0H5.6L2.6 4C4.7 4 6 5.2 6 7C6 8.8 4.7 10 3 10C1.6 10 .5 9.3 0 8",
    "4": "M4.5 10V0L0 7H6",
    "5": "M5.4 0H1L.6 4.4C1.2 3.8 2 3.6 2.9 3.6C4.7 3.6 6 4.9 6 6.8C6 8.7 4.7 10 2.9 10C1.6 10 .5 9.4 0 8.2",
    "6": "M5 0C2 1 0 3.6 0 6.8C0 8.8 1.3 10 3 10S6 8.7 6 6.9S4.8 3.9 3.1 3.9C1.6 3.9.4 4.8.1 6.2",
    "7": "M0 0H6L2.2 10",
    "8": "M3 4.6C1.5 4.6.5 3.7.5 2.3S1.5 0 3 0S5.5.9 5.5 2.3S4.5 4.6 3 4.6"
    "C1.2 4.6 0 5.6 0 7.3S1.2 10 3 10S6 9 6 7.3S4.8 4.6 3 4.6Z",
    "9": "M1 10C4 9 6 6.4 6 3.2C6 1.2 4.7 0 3 0S0 1.3 0 3.1S1.2 6.1 2.9 6.1C4.4 6.1 5.6 5.2 5.9 3.8",
    ".": "M.8 10h.01",
    ",": "M1 9.4L.2 12.2",
    "×": "M0 3L6 9M6 3L0 9",
}
_HALO = "4.6"
_BETWEEN = Fraction(11, 5)

_DROP = '<path d="M50 4C66 30 80 46 80 66A30 30 0 0 1 20 66C20 46 34 30 50 4Z"/>'
_SYRINGE = (
    '<path d="M36 26H64V86H56V96H44V86H36Z" fill="#fff"/>'
    '<path d="M38 52H62V84H38Z" stroke="none"/>'
    '<path d="M50 26V6M38 6H62M28 26H72M50 38H62M50 52H62M50 66H62" fill="none"/>'
)


def _strokes(text: str, box: tuple[int, int, int, int], ink: str, wide: str = "1.4") -> str:
    """Draw a number inside a box (left, top, width, height), as large as it fits."""
    left, top, width, height = box
    widths = [Fraction(8, 5) if sign in ".," else Fraction(6) for sign in text]
    total = sum(widths) + _BETWEEN * (len(text) - 1)
    scale = min(Fraction(height, 10), width / total)
    x, y = left + (width - total * scale) / 2, _number(top + (height - 10 * scale) / 2)
    parts = []
    for sign, width_of in zip(text, widths, strict=True):
        parts.append(f'<path transform="translate({_number(x)} {y}) scale({_number(scale)})" d="{_DIGITS[sign]}"/>')
        x += (width_of + _BETWEEN) * scale
    return (
        f'<g fill="none" stroke="{ink}" stroke-width="{wide}" stroke-linecap="round" stroke-linejoin="round">'
        f"{''.join(parts)}</g>"
    )


def _number(value: Fraction) -> str:
    """Write a length with two decimals, by integer arithmetic."""
    return exact_text(rounded(value, 2))


def shape(product: ProductKey, part: Part, mark: str = "") -> str:
    """Return one drawing in a box of 100 by 100, without its outer SVG element.

    Args:
        product: The product: its place in the order, or its drug where a plan has several, decides shape and color.
        part: How much of a tablet; the rest is a dashed outline.
        mark: The number on a part: the mg that are taken.
    """
    if product.family is None:
        index, ringed, edge = product.index % len(_SHAPES), product.index >= len(_SHAPES), 4
    else:
        index, ringed, edge = product.family % len(_SHAPES), product.index % 4 > 1, (4, 8)[product.index % 2]
    fill, ink = _COLORS[index]
    style = f'fill="{fill}" stroke="{ink}" stroke-width="{edge}" stroke-linejoin="round"'
    if product.kind != "solid":
        drawn = f"<g {style}>{_SYRINGE if product.kind == 'syringe' else _DROP}</g>"
        return drawn if product.family is None else f"<g {style}>{_SHAPES[index]}</g>{_INSIDE.format(drawn)}"
    body = _SHAPES[index] + (_RING.format(_SHAPES[index]) if ringed else "")
    box = (20, 31, 60, 38)
    if part == "whole":
        return f"<g {style}>{body}</g>{_strokes(product.mark, box, ink)}"
    (left, right), (top, bottom) = _EDGES[index], _TALL[index]
    line = _BREAKS[part].format(left=left, right=right, top=top, bottom=bottom)
    ghost = f'<g fill="#fff" stroke="{ink}" stroke-width="2" stroke-dasharray="5 6">{_SHAPES[index]}</g>'
    clip = f'<g clip-path="url(#cut-{part})"><g {style}>{body}</g></g>'
    broken = f'<path d="{line}" fill="none" stroke="{ink}" stroke-width="4"/>'
    if not mark:
        return f"{ghost}{clip}{broken}"
    below = (20, 54, 60, min(30, bottom - 58))
    if part != "quarter":
        return f"{ghost}{clip}{broken}{_strokes(mark, below, ink)}"
    # a quarter is narrower than its number, which must not have the line of the break run through it
    around = _strokes(mark, below, "#fff", _HALO) + (
        f'<g clip-path="url(#cut-{part})">{_strokes(mark, below, fill, _HALO)}</g>'
    )
    return f"{ghost}{clip}{broken}{around}{_strokes(mark, below, ink)}"


def clips() -> str:
    """Return the clip paths that `shape` refers to."""
    return "".join(f'<clipPath id="cut-{part}"><path d="{path}"/></clipPath>' for part, path in _CLIPS.items())


def pieces(pictograms: tuple[Pictogram, ...]) -> tuple[tuple[int, Pictogram, str], ...]:
    """Place drawings side by side.

    Returns:
        For each: its left edge, the drawing, and the strokes of "6 ×" before it, if any.
    """
    placed, x = [], 0
    for drawn in pictograms:
        strokes = ""
        if drawn.times > 1:
            text = f"{drawn.times}×"
            wide = 38 * len(text)
            strokes, x = _strokes(text, (x, 28, wide, 44), "#1c2733"), x + wide + GAP
        placed.append((x, drawn, strokes))
        x += _ADVANCE
    return tuple(placed)


def width(pictograms: tuple[Pictogram, ...]) -> int:
    """Return the width of drawings side by side, where each is 100 high."""
    placed = pieces(pictograms)
    return placed[-1][0] + SIZE if placed else 0


def strip(pictograms: tuple[Pictogram, ...], products: dict[str, ProductKey]) -> str:
    """Return drawings side by side as one whole SVG file, 100 high."""
    drawn = "".join(
        f'{strokes}<g transform="translate({x} 0)">{shape(products[drawing.product], drawing.part, drawing.mark)}</g>'
        for x, drawing, strokes in pieces(pictograms)
    )
    wide = width(pictograms)
    defs = f"<defs>{clips()}</defs>" if any(drawing.part != "whole" for drawing in pictograms) else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {SIZE}" '
        f'width="{wide}" height="{SIZE}">{defs}{drawn}</svg>'
    )


def sign(product: ProductKey) -> str:
    """Return the drawing of one whole piece of a product as a whole SVG file."""
    return strip((Pictogram(product.key),), {product.key: product})
