"""The step chart as SVG, drawn by hand: the same string serves the page and the PDF."""

from __future__ import annotations

from fractions import Fraction
from html import escape

from taper.paper.parts import Chart, Tick
from taper.paper.phrases import bare
from taper.quantity import exact_text, rounded
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """How large a chart is drawn, in units.

    Attributes:
        width: Whole width.
        height: Whole height.
        font: Height of its letters.
        doses: Room beside it for the doses.
        days: Room below it for the months.
        edge: Room on the other two sides.
    """

    width: int
    height: int
    font: int
    doses: int
    days: int
    edge: int


WIDE = Size(720, 190, 13, 58, 30, 13)
NARROW = Size(288, 190, 16, 72, 34, 10)
"""For a phone: as many units wide as the smallest one leaves pixels, so that no letter is below 16 pixels."""
LOW = Size(720, 132, 13, 58, 30, 13)
"""For a page that has more to hold."""
LARGE = Size(372, 140, 13, 58, 30, 13)
"""In fewer units: as wide on paper, its letters are 18 points high."""

Lines = tuple[tuple[tuple[Fraction, Fraction], ...], ...]
_MODEL = "#7a4b00"
_INK, _LINE, _AREA, _GRID, _BAND = "#4a5b6c", "#2f7fc1", "#e3effa", "#d5dde5", "#b5d3ee"
_BESIDE = 8  # between the doses and the line that they belong to


@dataclass(frozen=True, slots=True)
class _Plane:
    """Where the places of a chart lie on a drawing of some size.

    Attributes:
        size: The size.
        mirrored: Whether time runs from the right.
    """

    size: Size
    mirrored: bool

    def x(self, at: Fraction) -> str:
        """Place a day."""
        size = self.size
        x = size.doses + at * (size.width - size.doses - size.edge)
        return _text(size.width - x if self.mirrored else x)

    def y(self, at: Fraction) -> str:
        """Place a dose."""
        size = self.size
        return _text(size.edge + (1 - at) * (size.height - size.edge - size.days))


def draw(
    chart: Chart,
    size: Size = WIDE,
    *,
    for_pdf: bool = False,
    mirrored: bool = False,
    levels: Lines = (),
    edges: Lines = (),
) -> str:
    """Return the chart as SVG.

    Args:
        chart: The places and labels.
        size: How large; the narrow one has labels of its own.
        for_pdf: The figure in the PDF has its own text for those who cannot see it, and typst sets
            the labels in the font's thinnest weight, so they are drawn with a stroke.
        mirrored: Time runs from the right, as the language does: a fall must not be read as a rise.
        levels: Modeled lines, drawn with dashes.
        edges: Edges of a range.
    """
    plane = _Plane(size, mirrored)
    runs = _runs(chart, plane)
    paths = ["".join(f"{'L' if index else 'M'}{x} {y}" for index, (x, y) in enumerate(run)) for run in runs]
    ground = plane.y(Fraction(0))
    area = "".join(f"{path}L{run[-1][0]} {ground}L{run[0][0]} {ground}Z" for path, run in zip(paths, runs, strict=True))
    names = "" if for_pdf else f"<title>{escape(chart.title)}</title><desc>{escape(chart.alt)}</desc>"
    weight = f' stroke="{_INK}" stroke-width="0.45"' if for_pdf else ""
    shown = chart.few_ticks if size is NARROW else shown_ticks(chart)
    months = "".join(_month(tick, weight, plane, named=not (for_pdf and mirrored)) for tick in shown)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}" role="img" '
        f'aria-label="{escape(chart.alt)}" direction="ltr" '
        'font-family="Source Sans 3, Taper Sans Arabic, Helvetica, Arial, sans-serif" '
        f'font-size="{size.font}" fill="{_INK}">{names}{_grid(chart, weight, plane)}{months}'
        f'<path d="{area}" fill="{_AREA}"/>{_bands(chart, plane)}'
        f'<path d="{"".join(paths)}" fill="none" stroke="{_LINE}" stroke-width="2.5" stroke-linejoin="round"/>'
        f"{_lines(edges, plane, _LINE)}{_lines(levels, plane, _MODEL, dashes='5 3')}</svg>"
    )


def month_labels(chart: Chart, size: Size = WIDE) -> tuple[tuple[int, str, str], ...]:
    """Return the labels of a mirrored time axis, which the PDF sets itself.

    Joined letters within an SVG have no text behind them that a screen reader could read.

    Returns:
        For each: its place in hundredths of a unit, where it is held (``right`` or ``center``), its text.
    """
    plane = _Plane(size, mirrored=True)
    places = ((Fraction(plane.x(tick.at)) * 100, tick) for tick in shown_ticks(chart))
    return tuple((int(x), "right" if _is_first(tick) else "center", bare(tick.label)) for x, tick in places)


def shown_ticks(chart: Chart) -> tuple[Tick, ...]:
    """Return the months that have room for their names."""
    return tuple(tick for tick in chart.x_ticks if tick.at <= Fraction(39, 40))


def _is_first(tick: Tick) -> bool:
    """Whether a label stands so near the doses that it must not be centered."""
    return tick.at < Fraction(1, 40)


def _grid(chart: Chart, weight: str, plane: _Plane) -> str:
    size = plane.size
    left, right = plane.x(Fraction(int(plane.mirrored))), plane.x(Fraction(int(not plane.mirrored)))
    drop = size.font // 3  # from the line through the letters to the one below them
    at, anchor = (size.width - size.doses + _BESIDE, "start") if plane.mirrored else (size.doses - _BESIDE, "end")
    return "".join(
        f'<path d="M{left} {plane.y(tick.at)}H{right}" stroke="{_GRID}" stroke-width="1"/>'
        f'<text x="{at}" y="{plane.y(tick.at)}" dy="{drop}" text-anchor="{anchor}"{weight}>{_label(tick)}</text>'
        for tick in chart.y_ticks
    )


def _month(tick: Tick, weight: str, plane: _Plane, named: bool) -> str:
    first = "end" if plane.mirrored else "start"
    anchor, x = first if _is_first(tick) else "middle", plane.x(tick.at)
    name = f'<text x="{x}" y="{plane.size.height - 8}" text-anchor="{anchor}"{weight}>{_label(tick)}</text>'
    return f'<path d="M{x} {plane.y(Fraction(0))}v5" stroke="{_INK}" stroke-width="1"/>{name if named else ""}'


def _label(tick: Tick) -> str:
    return escape(bare(tick.label))


def _bands(chart: Chart, plane: _Plane) -> str:
    """Draw from the lowest to the highest dose of the steps whose dose depends on the day."""
    corners = "".join(
        f"M{plane.x(start)} {plane.y(high)}H{plane.x(end)}V{plane.y(low)}H{plane.x(start)}Z"
        for start, end, low, high in chart.bands
    )
    return f'<path d="{corners}" fill="{_BAND}"/>' if corners else ""


def _lines(lines: Lines, plane: _Plane, color: str, dashes: str = "") -> str:
    """Draw lines that are no steps of the plan."""
    drawn = "".join(
        "".join(f"{'L' if index else 'M'}{plane.x(x)} {plane.y(y)}" for index, (x, y) in enumerate(line))
        for line in lines
    )
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{drawn}" fill="none" stroke="{color}" stroke-width="1.3"{dashed}/>' if drawn else ""


def _runs(chart: Chart, plane: _Plane) -> list[list[tuple[str, str]]]:
    """Return the corners of the line, which is broken where the plan has a gap."""
    runs: list[list[tuple[str, str]]] = []
    reached: Fraction | None = None
    for start, end, height in chart.steps:
        if start != reached:
            runs.append([])
        runs[-1] += [(plane.x(start), plane.y(height)), (plane.x(end), plane.y(height))]
        reached = end
    if chart.ends and runs:
        runs[-1].append((plane.x(chart.steps[-1][1]), plane.y(Fraction(0))))
    return runs


def _text(value: Fraction) -> str:
    """Write a coordinate with two decimals, by integer arithmetic: the same bytes everywhere."""
    return exact_text(rounded(value, 2))
