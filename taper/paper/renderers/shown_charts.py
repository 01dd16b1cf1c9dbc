"""What the drawings and the charts of a sheet show, for the formats that have some."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from taper.paper.parts import Chart, DayDoses, Part, Pictogram, ProductKey
from taper.proof.layout.charts import Figure
from taper.proof.layout.drawings import Piece

if TYPE_CHECKING:
    from taper.paper.sections.clinical_charts import Points
    from taper.proof.layout.words import Said

_SHARES: dict[Part, Fraction] = {
    "whole": Fraction(1),
    "three-quarters": Fraction(3, 4),
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
}


def _piece(drawn: Pictogram, product: ProductKey) -> Piece:
    return Piece(drawn.times, _SHARES[drawn.part], product.mark if drawn.part == "whole" else drawn.mark)


def draw(products: tuple[ProductKey, ...], days: Iterable[DayDoses], said: Said) -> None:
    """Say what the drawings show, where all of it are pieces: that of a volume says no amount."""
    keys = {product.key: product for product in products if product.kind == "solid"}
    for day in {id(day): day for day in days}.values():
        for dose in day.doses:
            if all(drawn.product in keys for drawn in dose.pictograms):
                said.drawings[dose.alt] = tuple(_piece(drawn, keys[drawn.product]) for drawn in dose.pictograms)
    for product in keys.values():
        said.drawings[product.name] = (Piece(1, Fraction(1), product.mark),)


def figure_of(chart: Chart, *lines: Points, mirrored: bool) -> Figure:
    """Return what a chart is to show; a name at the very end of its days has no room on a large drawing."""
    return Figure(
        chart.alt,
        chart.steps,
        chart.ends,
        chart.bands,
        tuple((tick.at, tick.label) for tick in chart.y_ticks),
        tuple((tick.at, tick.label) for tick in chart.x_ticks if tick.at <= Fraction(39, 40)),
        tuple((tick.at, tick.label) for tick in chart.few_ticks),
        lines,
        mirrored,
    )
