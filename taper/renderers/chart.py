"""The step chart as SVG, drawn by hand: the same string serves the page and the PDF."""

from __future__ import annotations

from fractions import Fraction
from html import escape

from taper.handout_parts import Chart, Tick

WIDTH, HEIGHT = 720, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 14, 12, 30
_WIDE, _HIGH = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
_INK, _LINE, _AREA, _GRID = "#4a5b6c", "#2f7fc1", "#e3effa", "#d5dde5"


def draw(chart: Chart, *, for_pdf: bool = False) -> str:
    """Return the chart as SVG.

    Args:
        chart: The places and labels.
        for_pdf: The figure in the PDF has its own text for those who cannot see it, and typst sets
            the labels in the font's thinnest weight, so they are drawn with a stroke.
    """
    runs = _runs(chart)
    paths = ["".join(f"{'L' if index else 'M'}{x} {y}" for index, (x, y) in enumerate(run)) for run in runs]
    ground = _y(Fraction(0))
    area = "".join(f"{path}L{run[-1][0]} {ground}L{run[0][0]} {ground}Z" for path, run in zip(paths, runs, strict=True))
    names = "" if for_pdf else f"<title>{escape(chart.title)}</title><desc>{escape(chart.alt)}</desc>"
    weight = f' stroke="{_INK}" stroke-width="0.45"' if for_pdf else ""
    grid = "".join(
        f'<path d="M{_LEFT} {_y(tick.at)}H{WIDTH - _RIGHT}" stroke="{_GRID}" stroke-width="1"/>'
        f'<text x="{_LEFT - 8}" y="{_y(tick.at)}" dy="4" text-anchor="end"{weight}>{escape(tick.label)}</text>'
        for tick in chart.y_ticks
    )
    months = "".join(_month(tick, weight) for tick in chart.x_ticks if tick.at <= Fraction(39, 40))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(chart.alt)}" font-family="Source Sans 3, Helvetica, Arial, sans-serif" '
        f'font-size="13" fill="{_INK}">{names}{grid}{months}<path d="{area}" fill="{_AREA}"/>'
        f'<path d="{"".join(paths)}" fill="none" stroke="{_LINE}" stroke-width="2.5" stroke-linejoin="round"/></svg>'
    )


def _month(tick: Tick, weight: str) -> str:
    anchor = "start" if tick.at < Fraction(1, 40) else "middle"  # or it would run into the doses
    return (
        f'<path d="M{_x(tick.at)} {_y(Fraction(0))}v5" stroke="{_INK}" stroke-width="1"/>'
        f'<text x="{_x(tick.at)}" y="{HEIGHT - 8}" text-anchor="{anchor}"{weight}>{escape(tick.label)}</text>'
    )


def _runs(chart: Chart) -> list[list[tuple[str, str]]]:
    """Return the corners of the line; it is broken where the plan has a gap."""
    found: list[list[tuple[str, str]]] = []
    reached: Fraction | None = None
    for start, end, height in chart.steps:
        if start != reached:
            found.append([])
        found[-1] += [(_x(start), _y(height)), (_x(end), _y(height))]
        reached = end
    if chart.ends:
        found[-1].append((_x(chart.steps[-1][1]), _y(Fraction(0))))
    return found


def _x(at: Fraction) -> str:
    return _text(_LEFT + at * _WIDE)


def _y(at: Fraction) -> str:
    return _text(_TOP + (1 - at) * _HIGH)


def _text(value: Fraction) -> str:
    """Write a coordinate with two decimals, by integer arithmetic: the same bytes everywhere."""
    whole, rest = divmod((value * 100 + Fraction(1, 2)).__floor__(), 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
