"""Charts: each step stands at its dose and over its days, by the axes that are drawn beside it.

The lines of the doses say where a dose stands, and how long they are where a day does; nothing else is known of how
large a chart is, or where it lies.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from fractions import Fraction
from html import unescape
from typing import NamedTuple

from taper.errors import ProofError
from taper.proof.layout.strokes import Line, Path, paths_of_pdf, paths_of_svg

Points = tuple[tuple[Fraction, Fraction], ...]
_NEAR = 0.06  # places are written with two decimals
_STEPS, _MODEL = 2.5, 1.3  # how wide the line of the steps is drawn, and those of a model
_BELOW = 36  # units below the line of no dose, for the names of months
_MARKS = dict.fromkeys(map(ord, "\u2060\u2066\u2067\u2069"))  # which only steer a line of text, and no label has
_TEXTS = rb"(?s:BT.*?ET)"
_LABEL = r'<text x="([0-9.]+)" y="([0-9.]+)"[^>]*>([^<]*)</text>'
_HIGH = r'viewBox="0 0 [0-9.]+ ([0-9.]+)"'


class Figure(NamedTuple):
    """What a chart is to show: places are parts of the lengths of its axes.

    Attributes:
        alt: What stands for it in words.
        steps: Start, end and height of each step.
        ends: Whether the line falls to no dose behind the last.
        bands: Start, end, lowest and highest dose of steps whose dose depends on the day.
        doses: Where doses are named on the axis, with their names.
        days: Where days are named on a large drawing, with their names.
        few_days: The same on a small one.
        lines: Lines of models and edges of ranges.
        mirrored: Whether time runs from the right.
    """

    alt: str
    steps: tuple[tuple[Fraction, Fraction, Fraction], ...]
    ends: bool
    bands: tuple[tuple[Fraction, Fraction, Fraction, Fraction], ...]
    doses: tuple[tuple[Fraction, str], ...]
    days: tuple[tuple[Fraction, str], ...]
    few_days: tuple[tuple[Fraction, str], ...]
    lines: tuple[Points, ...]
    mirrored: bool


class _Plane(NamedTuple):
    """Where no dose and the highest one, the first day and the last stand."""

    begin: float
    end: float
    ground: float
    top: float

    def at(self, across: Fraction, up: Fraction) -> tuple[float, float]:
        return (
            self.begin + float(across) * (self.end - self.begin),
            self.ground + float(up) * (self.top - self.ground),
        )


def prove_chart_of_svg(figure: Figure, markup: str, what: str, *, small: bool) -> None:
    """Hold a chart in HTML against what it is to show.

    Args:
        figure: What it is to show.
        markup: The drawing.
        what: What is about to be given out, for the error.
        small: Whether it is the drawing for a phone.

    Raises:
        ProofError: A step, an axis or a name stands elsewhere.
    """
    plane = _prove(figure, paths_of_svg(markup), what)
    text = unescape(markup)
    high = re.search(_HIGH, markup)
    if figure.alt not in text or high is None or float(high[1]) - plane.ground > _BELOW:
        raise ProofError(what, f"the chart is not {figure.alt!r}, or its line of no dose lies too high")
    labels = [(float(x), float(y), unescape(name)) for x, y, name in re.findall(_LABEL, markup)]
    down = [(y, name) for _, y, name in labels]
    for at, name in figure.doses:
        if not _stands(name, plane.at(Fraction(0), at)[1], down):
            raise ProofError(what, f"the chart {figure.alt!r} does not name {name!r} at its line")
    across = [(x, name) for x, _, name in labels]
    for at, name in figure.few_days if small else figure.days:
        if not _stands(name, plane.at(at, Fraction(0))[0], across):
            raise ProofError(what, f"the chart {figure.alt!r} does not name {name!r} at its day")


def _stands(name: str, place: float, labels: Sequence[tuple[float, str]]) -> bool:
    plain = name.translate(_MARKS)
    return any(plain == label and math.isclose(place, at, abs_tol=_NEAR) for at, label in labels)


def prove_chart_of_pdf(figure: Figure, operators: bytes, what: str) -> None:
    """Hold a chart in a PDF against what it is to show, but for its names.

    Raises:
        ProofError: A step or an axis stands elsewhere.
    """
    _prove(figure, paths_of_pdf(re.sub(_TEXTS, b" ", operators)), what)


def _prove(figure: Figure, paths: Sequence[Path], what: str) -> _Plane:
    plane = _plane(figure, paths, what)
    corners, area = _corners(figure)
    drawn = [line for path in paths if path.wide == _STEPS and path.inked and not path.filled for line in path.lines]
    _same(corners, drawn, plane, f"the line of the chart {figure.alt!r}", what)
    fills = [path.lines for path in paths if path.filled and path.lines]
    bands: list[Points] = [
        ((start, high), (end, high), (end, low), (start, low)) for start, end, low, high in figure.bands
    ]
    wanted = [lines for lines in (area, bands) if lines]
    if len(wanted) != len(fills):
        raise ProofError(what, f"the chart {figure.alt!r} has {len(fills)} filled parts, not {len(wanted)}")
    for lines, fill in zip(wanted, fills, strict=True):
        _same(lines, fill, plane, f"a filled part of the chart {figure.alt!r}", what)
    models = [line for path in paths if path.wide == _MODEL and not path.filled for line in path.lines]
    _same(figure.lines, models, plane, f"a model in the chart {figure.alt!r}", what)
    return plane


def _plane(figure: Figure, paths: Sequence[Path], what: str) -> _Plane:
    """Find the axes by the lines of the doses, which must stand evenly."""
    thin = [line for path in paths if path.wide == 1 and not path.filled for line in path.lines]
    across = [line.places for line in thin if line.places[0][1] == line.places[-1][1]]
    if len(across) != len(figure.doses):
        raise ProofError(what, f"the chart {figure.alt!r} has {len(across)} lines of doses, not {len(figure.doses)}")
    (left, _), (right, _) = across[0][0], across[0][-1]
    levels = dict(zip((at for at, _ in figure.doses), (line[0][1] for line in across), strict=True))
    begin, end = (right, left) if figure.mirrored == (left < right) else (left, right)
    plane = _Plane(begin, end, levels[min(levels)], levels[max(levels)])
    for at, y in levels.items():
        if not math.isclose(plane.at(Fraction(0), at)[1], y, abs_tol=_NEAR) or plane.ground <= plane.top:
            raise ProofError(what, f"the lines of doses of the chart {figure.alt!r} do not stand evenly")
    return plane


def _corners(figure: Figure) -> tuple[list[Points], list[Points]]:
    """Return the line of the steps, which is broken where the plan has a gap, and the ground below it."""
    runs: list[list[tuple[Fraction, Fraction]]] = []
    reached: Fraction | None = None
    for start, end, height in figure.steps:
        if start != reached:
            runs.append([])
        runs[-1] += [(start, height), (end, height)]
        reached = end
    if figure.ends and runs:
        runs[-1].append((figure.steps[-1][1], Fraction(0)))
    zero = Fraction(0)
    area = [(*run, (run[-1][0], zero), (run[0][0], zero)) for run in runs]
    return [tuple(run) for run in runs], area


def _same(wanted: Sequence[Points], drawn: Sequence[Line], plane: _Plane, name: str, what: str) -> None:
    """Compare lines, the drawn ones in any order."""
    left = [line.places for line in drawn]
    if len(wanted) != len(left):
        raise ProofError(what, f"{name} has {len(left)} parts, not {len(wanted)}")
    for points in wanted:
        places = [plane.at(*point) for point in points]
        found = next((line for line in left if _near(line, places)), None)
        if found is None:
            raise ProofError(what, f"{name} does not stand where its doses and days are")
        left.remove(found)


def _near(line: Sequence[tuple[float, float]], places: Sequence[tuple[float, float]]) -> bool:
    return len(line) == len(places) and all(
        abs(x - across) < _NEAR and abs(y - down) < _NEAR for (x, y), (across, down) in zip(line, places, strict=True)
    )
