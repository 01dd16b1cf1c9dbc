"""Lines, arcs and fills of a drawing: read from SVG and from the operators of a PDF into one form.

Of each closed line how much it holds, of each stroke the kinds of its curves: by these, parts of a tablet and figures
are told apart, wherever they stand and however large they are.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

_Point = tuple[float, float]
# patterns are made when the first drawing of their format is read
_ELEMENT = r"<path ([^>]*)/>"
_ATTRIBUTE = r'([a-z-]+)="([^"]*)"'
_PART = r"([A-Za-z])([^A-Za-z]*)"
_NUMBER = r"-?[0-9]*\.?[0-9]+"
_OPERATION = rb"([-0-9.\s]++m\s(?:[-0-9.\s]*+[mlch]\s)*+)|([-0-9.\s]*+)(/\w+|\[[^\]]*\]|[A-Za-z*]+)"
"""A path in one piece, or another operator with its numbers."""
_DRAWN = rb"([-0-9.\s]*+)([mlch])"
_GIVEN = rb"-?[0-9.]+"


class Line(NamedTuple):
    """A line of a drawing, open or closed.

    Attributes:
        curves: The kinds of its parts: ``l`` a straight one, ``c`` a curve, ``a`` an arc, ``h`` that it is closed.
        area: What it holds.
        places: Where its parts begin and end.
        left: Its left end.
    """

    curves: str
    area: float
    places: list[_Point]
    left: float


class Path(NamedTuple):
    """Lines that are drawn together.

    Attributes:
        lines: The lines.
        filled: Whether they are filled with a color that is not white.
        inked: Whether they are drawn in a color that is not white.
        round_ends: Whether they end round, as figures do.
        dashed: Whether they are dashed: what is not taken.
        wide: How wide they are drawn.
    """

    lines: tuple[Line, ...]
    filled: bool
    inked: bool
    round_ends: bool
    dashed: bool
    wide: float


class _Pen:
    """Follows the lines of a path."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._curves, self._area, self._places, self._left = "", 0.0, list[_Point](), math.inf

    @property
    def at(self) -> _Point:
        return self._places[-1]

    def move(self, to: _Point) -> None:
        self.end()
        self._places = [to]

    def line(self, to: _Point) -> None:
        (x, y), (across, down) = self.at, to
        self._step("l", (x * down - across * y) / 2, to)

    def curve(self, first: _Point, second: _Point, to: _Point) -> None:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.at, first, second, to
        area = ax * (6 * by + 3 * cy + dy) + 3 * (bx * (-2 * ay + cy + dy) - cx * (ay + by - 2 * dy))
        self._step("c", (area - dx * (ay + 3 * by + 6 * cy)) / 20, to)

    def arc(self, radius: float, large: bool, sweep: bool, to: _Point) -> None:
        (x, y), (across, down) = self.at, to
        chord = math.dist(self.at, to)
        angle = 2 * math.asin(min(1.0, chord / 2 / radius))
        angle = 2 * math.pi - angle if large else angle
        turned = angle if sweep else -angle
        segment = (1 if sweep else -1) * radius**2 * (angle - math.sin(angle)) / 2
        aside = (math.cos(angle / 2) * radius) * (1 if sweep else -1) / chord  # from the middle of its chord
        center = (x + across) / 2 - (down - y) * aside, (y + down) / 2 + (across - x) * aside
        begin = math.atan2(y - center[1], x - center[0])
        if any(min(begin, begin + turned) <= left <= max(begin, begin + turned) for left in (-math.pi, math.pi)):
            self._left = min(self._left, center[0] - radius)
        self._step("a", (x * down - across * y) / 2 + segment, to)

    def _step(self, kind: str, area: float, to: _Point) -> None:
        self._curves += kind
        self._area += area
        self._places.append(to)

    def close(self) -> None:
        (x, y), (across, down) = self.at, self._places[0]
        self._area += (x * down - across * y) / 2
        self._curves += "h"

    def end(self) -> None:
        if self._curves:
            left = min(self._left, *(x for x, _ in self._places))
            self.lines.append(Line(self._curves, abs(self._area), self._places, left))
        self._curves, self._area, self._places, self._left = "", 0.0, [], math.inf


def paths_of_svg(markup: str) -> list[Path]:
    """Read the paths of SVG, each with its own style."""
    found = []
    for element in re.findall(_ELEMENT, markup):
        style = dict(re.findall(_ATTRIBUTE, element))
        fill, ink = style.get("fill", "none"), style.get("stroke", "none")
        found.append(
            Path(
                _lines_of_svg(style.get("d", "")),
                fill not in ("none", "#fff", "#ffffff"),
                ink not in ("none", "#fff", "#ffffff"),
                style.get("stroke-linecap") == "round",
                "stroke-dasharray" in style,
                float(style.get("stroke-width", "1")),
            )
        )
    return found


@lru_cache(maxsize=1024)
def _lines_of_svg(path: str) -> tuple[Line, ...]:
    pen, handle = _Pen(), (0.0, 0.0)
    for command, text in re.findall(_PART, path):
        numbers = [float(number) for number in re.findall(_NUMBER, text)]
        if command == "M":
            pen.move((numbers[0], numbers[1]))
        elif command == "Z":
            pen.close()
        elif command == "H":
            pen.line((numbers[0], pen.at[1]))
        elif command == "V":
            pen.line((pen.at[0], numbers[0]))
        elif command == "v":
            pen.line((pen.at[0], pen.at[1] + numbers[0]))
        elif command == "h":
            pen.line((pen.at[0] + numbers[0], pen.at[1]))
        elif command == "L":
            for at in range(0, len(numbers), 2):
                pen.line((numbers[at], numbers[at + 1]))
        elif command == "A":
            for at in range(0, len(numbers), 7):
                radius, _, _, large, sweep, x, y = numbers[at : at + 7]
                pen.arc(radius, bool(large), bool(sweep), (x, y))
        else:  # C, or S, whose first handle mirrors the last
            wide = 6 if command == "C" else 4
            for at in range(0, len(numbers), wide):
                part = numbers[at : at + wide]
                mirrored = (2 * pen.at[0] - handle[0], 2 * pen.at[1] - handle[1])
                first = (part[0], part[1]) if wide == 6 else mirrored
                handle = (part[-4], part[-3])
                pen.curve(first, handle, (part[-2], part[-1]))
    pen.end()
    return tuple(pen.lines)


def paths_of_pdf(operators: bytes) -> list[Path]:
    """Read the paths of a drawing in a PDF, wherever it is moved to, and however large it is made."""
    found, path, state, kept = list[Path](), b"", _State(), list[_State]()
    for drawn, given, name in re.findall(_OPERATION, operators):
        if drawn or name in (b"m", b"l", b"c", b"h"):
            path += drawn or b"%b%b " % (given, name)
        elif name in (b"B", b"f", b"S", b"n"):
            if name != b"n":
                filled, inked = state.filled and name != b"S", state.inked and name != b"f"
                lines = _lines_of_pdf(path)
                found.append(Path(lines, filled, inked, state.round_ends, state.dashed, state.wide))
            path = b""
        elif name == b"q":
            kept.append(state)
        elif name == b"Q":
            state = kept.pop() if kept else _State()
        else:
            state = _after(state, name, given)
    return found


class _State(NamedTuple):
    """How lines are drawn."""

    filled: bool = True
    inked: bool = True
    round_ends: bool = False
    dashed: bool = False
    wide: float = 1.0


@lru_cache(maxsize=1024)
def _after(state: _State, name: bytes, given: bytes) -> _State:
    """Return how lines are drawn behind an operator."""
    if name.startswith(b"["):
        return state._replace(dashed=len(name) > 2)
    numbers = _numbers(given)
    if name == b"scn":
        return state._replace(filled=min(numbers) < 1)
    if name == b"SCN":
        return state._replace(inked=min(numbers) < 1)
    if name == b"J":
        return state._replace(round_ends=numbers == [1])
    if name == b"w":
        return state._replace(wide=numbers[0])
    return state


def _numbers(given: bytes) -> list[float]:
    return [float(number) for number in re.findall(_GIVEN, given)]


@lru_cache(maxsize=1024)
def _lines_of_pdf(path: bytes) -> tuple[Line, ...]:
    """Read the lines of a path; the same tablet and the same figure are drawn again and again."""
    pen = _Pen()
    for text, name in re.findall(_DRAWN, path):
        given = _numbers(text)
        if name == b"m":
            pen.move((given[0], given[1]))
        elif name == b"l":
            pen.line((given[0], given[1]))
        elif name == b"c":
            pen.curve((given[0], given[1]), (given[2], given[3]), (given[4], given[5]))
        else:
            pen.close()
    pen.end()
    return tuple(pen.lines)
