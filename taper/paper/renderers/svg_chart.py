"""The step chart as SVG, drawn by hand: the same string serves the page and the PDF."""

from __future__ import annotations

from fractions import Fraction
from html import escape

from taper.paper.parts import Chart, Tick
from taper.paper.phrases import bare
from taper.quantity import exact_text, rounded

WIDTH, HEIGHT = 720, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 14, 12, 30
LARGE = (372, 140)  # width and height of the drawing in large print
_INK, _LINE, _AREA, _GRID = "#4a5b6c", "#2f7fc1", "#e3effa", "#d5dde5"


def draw(chart: Chart, *, for_pdf: bool = False, mirrored: bool = False, large: bool = False) -> str:
    """Return the chart as SVG.

    Args:
        chart: The places and labels.
        for_pdf: The figure in the PDF has its own text for those who cannot see it, and typst sets
            the labels in the font's thinnest weight, so they are drawn with a stroke.
        mirrored: Time runs from the right, as the language does: a fall must not be read as a rise.
        large: In fewer units: as wide on paper, its letters are 18 points high.
    """
    width, height = LARGE if large else (WIDTH, HEIGHT)

    def turned(x: str) -> str:
        return _text(width - Fraction(x)) if mirrored else x

    runs = [[(turned(x), y) for x, y in run] for run in _runs(chart, width, height)]
    doses_at, doses_anchor = (width - _LEFT + 8, "start") if mirrored else (_LEFT - 8, "end")
    left, right = (_RIGHT, width - _LEFT) if mirrored else (_LEFT, width - _RIGHT)
    paths = ["".join(f"{'L' if index else 'M'}{x} {y}" for index, (x, y) in enumerate(run)) for run in runs]
    ground = _y(Fraction(0), height)
    area = "".join(f"{path}L{run[-1][0]} {ground}L{run[0][0]} {ground}Z" for path, run in zip(paths, runs, strict=True))
    names = "" if for_pdf else f"<title>{escape(chart.title)}</title><desc>{escape(chart.alt)}</desc>"
    weight = f' stroke="{_INK}" stroke-width="0.45"' if for_pdf else ""
    grid = "".join(
        f'<path d="M{left} {_y(tick.at, height)}H{right}" stroke="{_GRID}" stroke-width="1"/>'
        f'<text x="{doses_at}" y="{_y(tick.at, height)}" dy="4" text-anchor="{doses_anchor}"{weight}>'
        f"{_label(tick)}</text>"
        for tick in chart.y_ticks
    )
    months = "".join(
        _month(tick, (turned(_x(tick.at, width)), height), weight, mirrored, named=not (for_pdf and mirrored))
        for tick in _shown(chart)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(chart.alt)}" direction="ltr" '
        'font-family="Source Sans 3, Taper Sans Arabic, Helvetica, Arial, sans-serif" '
        f'font-size="13" fill="{_INK}">{names}{grid}{months}<path d="{area}" fill="{_AREA}"/>'
        f'<path d="{"".join(paths)}" fill="none" stroke="{_LINE}" stroke-width="2.5" stroke-linejoin="round"/></svg>'
    )


def month_labels(chart: Chart, *, large: bool = False) -> tuple[tuple[int, str, str], ...]:
    """Return the labels of a mirrored time axis, which the PDF sets itself.

    Joined letters within an SVG have no text behind them that a screen reader could read.

    Returns:
        For each: its place in hundredths of a unit, where it is held (``right`` or ``center``), its text.
    """
    width, _ = LARGE if large else (WIDTH, HEIGHT)
    places = (((width - Fraction(_x(tick.at, width))) * 100, tick) for tick in _shown(chart))
    return tuple((int(x), "right" if _is_first(tick) else "center", bare(tick.label)) for x, tick in places)


def _shown(chart: Chart) -> list[Tick]:
    return [tick for tick in chart.x_ticks if tick.at <= Fraction(39, 40)]


def _is_first(tick: Tick) -> bool:
    """Whether a label stands so near the doses that it must not be centered."""
    return tick.at < Fraction(1, 40)


def _month(tick: Tick, place: tuple[str, int], weight: str, mirrored: bool, named: bool) -> str:
    first = "end" if mirrored else "start"
    x, height = place
    anchor = first if _is_first(tick) else "middle"
    name = f'<text x="{x}" y="{height - 8}" text-anchor="{anchor}"{weight}>{_label(tick)}</text>'
    return f'<path d="M{x} {_y(Fraction(0), height)}v5" stroke="{_INK}" stroke-width="1"/>{name if named else ""}'


def _label(tick: Tick) -> str:
    return escape(bare(tick.label))


def _runs(chart: Chart, width: int, height: int) -> list[list[tuple[str, str]]]:
    """Return the corners of the line, which is broken where the plan has a gap."""
    runs: list[list[tuple[str, str]]] = []
    reached: Fraction | None = None
    for start, end, dose in chart.steps:
        if start != reached:
            runs.append([])
        runs[-1] += [(_x(start, width), _y(dose, height)), (_x(end, width), _y(dose, height))]
        reached = end
    if chart.ends:
        runs[-1].append((_x(chart.steps[-1][1], width), _y(Fraction(0), height)))
    return runs


def _x(at: Fraction, width: int) -> str:
    return _text(_LEFT + at * (width - _LEFT - _RIGHT))


def _y(at: Fraction, height: int) -> str:
    return _text(_TOP + (1 - at) * (height - _TOP - _BOTTOM))


def _text(value: Fraction) -> str:
    """Write a coordinate with two decimals, by integer arithmetic: the same bytes everywhere."""
    return exact_text(rounded(value, 2))
