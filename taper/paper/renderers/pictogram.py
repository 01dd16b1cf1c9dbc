"""Tablets, syringes and drops as SVG: one shape and color per product, with the strength drawn on it.

In a plan with several drugs all drawings of a drug have one outline and one color, which no other drug has;
its products differ by the strength and by a strong edge or a ring. Shapes differ as well as colors, so that
a gray print can be read. Numbers are strokes, not text: they look the same everywhere, and whoever copies or
reads out the page meets the dose only once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

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
_OUTLINES = (
    "M5 50A45 45 0 0 1 95 50A45 45 0 0 1 5 50Z",
    "M35 19H65A31 31 0 0 1 65 81H35A31 31 0 0 1 35 19Z",
    "M25 9H75A16 16 0 0 1 91 25V75A16 16 0 0 1 75 91H25A16 16 0 0 1 9 75V25A16 16 0 0 1 25 9Z",
    "M27 9H73L96 50L73 91H27L4 50Z",
    "M50 4L96 50L50 96L4 50Z",
    "M50 5L95 38L78 92H22L5 38Z",
)
_DIAMOND = 4  # narrow below the break
_RING = (Fraction(11), Fraction(39, 50))  # how far its corner stands in, and how large it is
_TOKEN = re.compile(r"[A-Za-z]|-?[0-9]*\.?[0-9]+")

_INSIDE = '<g transform="translate(22 22) scale(.56)">{}</g>'

_CUTS: dict[Part, tuple[str, ...]] = {
    "half": (
        "M5 50A45 45 0 0 0 95 50Z",
        "M4 50A31 31 0 0 0 35 81H65A31 31 0 0 0 96 50Z",
        "M9 50V75A16 16 0 0 0 25 91H75A16 16 0 0 0 91 75V50Z",
        "M4 50L27 91H73L96 50Z",
        "M4 50L50 96L96 50Z",
        "M8.78 50L22 92H78L91.22 50Z",
    ),
    "quarter": (
        "M5 50A45 45 0 0 0 50 95V50Z",
        "M4 50A31 31 0 0 0 35 81H50V50Z",
        "M9 50V75A16 16 0 0 0 25 91H50V50Z",
        "M4 50L27 91H50V50Z",
        "M4 50L50 96V50Z",
        "M8.78 50L22 92H50V50Z",
    ),
    "three-quarters": (
        "M50 5A45 45 0 1 0 95 50H50Z",
        "M50 19H35A31 31 0 0 0 35 81H65A31 31 0 0 0 96 50H50Z",
        "M50 9H25A16 16 0 0 0 9 25V75A16 16 0 0 0 25 91H75A16 16 0 0 0 91 75V50H50Z",
        "M50 9H27L4 50L27 91H73L96 50H50Z",
        "M50 4L4 50L50 96L96 50H50Z",
        "M50 5L5 38L22 92H78L91.22 50H50Z",
    ),
}
"""What is taken of each outline. The lower half is wide enough for its number."""
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


def _strokes(text: str, boxes: Sequence[tuple[int, int, int, int]], ink: str, wide: str = "1.4") -> str:
    """Draw a number inside boxes of one size (left, top, width, height), as large as it fits."""
    _, _, width, height = boxes[0]
    widths = [Fraction(8, 5) if sign in ".," else Fraction(6) for sign in text]
    total = sum(widths) + _BETWEEN * (len(text) - 1)
    scale = min(Fraction(height, 10), width / total)
    drawn = ""
    for left, top, *_ in boxes:
        x, y = left + (width - total * scale) / 2, top + (height - 10 * scale) / 2
        for sign, width_of in zip(text, widths, strict=True):
            drawn += _placed(_DIGITS[sign], x, y, scale)
            x += (width_of + _BETWEEN) * scale
    return (
        f'<path fill="none" stroke="{ink}" stroke-width="{_number(Fraction(wide) * scale)}" stroke-linecap="round" '
        f'stroke-linejoin="round" d="{drawn}"/>'
    )


def _placed(path: str, right: Fraction, down: Fraction = Fraction(0), scale: Fraction = Fraction(1)) -> str:
    """Return a path made larger and moved.

    A drawing whose places are worked out here, not by a transform, is the same text again wherever it stands on a
    page, which a PDF of thousands of drawings packs to almost nothing.
    """
    placed, command, at = [], "", 0
    for token in _TOKEN.findall(path):
        if token.isalpha():
            command, at = token, 0
            placed.append(token)
            continue
        value = Fraction(token)
        if command == "A" and at % 7 < 5:  # two radii, three flags, and then where it ends
            moved = value * scale if at % 7 < 2 else value
        elif command.islower():
            moved = value * scale
        else:
            is_down = command == "V" or (command != "H" and (at - 5 if command == "A" else at) % 2)
            moved = value * scale + (down if is_down else right)
        placed.append(f"{'' if placed[-1].isalpha() else ' '}{_number(moved)}")
        at += 1
    return "".join(placed)


def _number(value: Fraction) -> str:
    """Write a length with two decimals, by integer arithmetic."""
    return exact_text(rounded(value, 2))


def _look(product: ProductKey) -> tuple[int, bool, int]:
    """Return a product's outline, whether it has a ring, and how strong its edge is."""
    if product.family is None:
        return product.index % len(_OUTLINES), product.index >= len(_OUTLINES), 4
    return product.family % len(_OUTLINES), product.index % 4 > 1, (4, 8)[product.index % 2]


def _style(product: ProductKey) -> str:
    index, _, edge = _look(product)
    fill, ink = _COLORS[index]
    return f'fill="{fill}" stroke="{ink}" stroke-width="{edge}" stroke-linejoin="round"'


def _body(product: ProductKey, outline: str, lefts: Sequence[int]) -> str:
    """Draw tablets or a part of one without their number, in a single path."""
    index, ringed, _ = _look(product)
    rings = "".join(_placed(outline, left + _RING[0], *_RING) for left in lefts) if ringed else ""
    ring = f'<path fill="none" stroke="{_COLORS[index][1]}" stroke-width="1.95" d="{rings}"/>' if rings else ""
    return f'<path {_style(product)} d="{"".join(_placed(outline, Fraction(left)) for left in lefts)}"/>{ring}'


def _whole(product: ProductKey, lefts: Sequence[int]) -> str:
    """Draw whole tablets of a product, each from its left edge on."""
    index = _look(product)[0]
    number = _strokes(product.mark, [(left + 20, 31, 60, 38) for left in lefts], _COLORS[index][1])
    return _body(product, _OUTLINES[index], lefts) + number


def shape(product: ProductKey, part: Part, mark: str = "", left: int = 0) -> str:
    """Return one drawing in a box of 100 by 100, without its outer SVG element.

    Args:
        product: The product: its place in the order, or its drug where a plan has several, decides shape and color.
        part: How much of a tablet; the rest is a dashed outline.
        mark: The number on a part: the mg that are taken.
        left: Where it stands in a row; a syringe or a drop stands at the left edge.
    """
    index = _look(product)[0]
    ink = _COLORS[index][1]
    outline = _placed(_OUTLINES[index], Fraction(left))
    if product.kind != "solid":
        drawn = f"<g {_style(product)}>{_SYRINGE if product.kind == 'syringe' else _DROP}</g>"
        framed = f'<path {_style(product)} d="{outline}"/>{_INSIDE.format(drawn)}'
        return drawn if product.family is None else framed
    if part == "whole":
        return _whole(product, [left])
    (start, end), (top, bottom) = _EDGES[index], _TALL[index]
    line = _placed(_BREAKS[part].format(left=start, right=end, top=top, bottom=bottom), Fraction(left))
    drawn = (
        f'<path fill="#fff" stroke="{ink}" stroke-width="2" stroke-dasharray="5 6" d="{outline}"/>'
        f'{_body(product, _CUTS[part][index], [left])}<path d="{line}" fill="none" stroke="{ink}" stroke-width="4"/>'
    )
    if not mark:
        return drawn
    wide = 34 if index == _DIAMOND else 48
    below = [(left + 50 - wide // 2, 56, wide, min(26, bottom - 61))]
    if part == "quarter":
        # narrower than its number, which must not have the line of the break run through it
        drawn += _strokes(mark, below, "#fff", _HALO)
    return drawn + _strokes(mark, below, ink)


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
            strokes, x = _strokes(text, [(x, 28, wide, 44)], "#1c2733"), x + wide + GAP
        placed.append((x, drawn, strokes))
        x += _ADVANCE
    return tuple(placed)


def width(pictograms: tuple[Pictogram, ...]) -> int:
    """Return the width of drawings side by side, where each is 100 high."""
    placed = pieces(pictograms)
    return placed[-1][0] + SIZE if placed else 0


def strip(pictograms: tuple[Pictogram, ...], products: dict[str, ProductKey]) -> str:
    """Return drawings side by side as one whole SVG file, 100 high."""
    placed = pieces(pictograms)
    drawn = "".join(strokes for *_, strokes in placed)
    for drawing, row in groupby(placed, key=lambda place: replace(place[1], times=1)):
        product, lefts = products[drawing.product], [x for x, *_ in row]
        if product.kind != "solid":
            drawn += "".join(f'<g transform="translate({x} 0)">{shape(product, drawing.part)}</g>' for x in lefts)
        elif drawing.part == "whole":
            drawn += _whole(product, lefts)
        else:
            drawn += "".join(shape(product, drawing.part, drawing.mark, x) for x in lefts)
    wide = width(pictograms)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {SIZE}" '
        f'width="{wide}" height="{SIZE}">{drawn}</svg>'
    )


def sign(product: ProductKey) -> str:
    """Return the drawing of one whole piece of a product as a whole SVG file."""
    return strip((Pictogram(product.key),), {product.key: product})
