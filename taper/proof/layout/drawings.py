"""Drawings of tablets: how many, how much of each, and the number on it, as they are drawn.

Half a tablet is a fill that holds half of its outline; "6 ×" are the strokes before one. What a volume is drawn with
says no amount, and is not read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from taper.errors import ProofError
from taper.proof.layout.strokes import Line, Path, paths_of_pdf, paths_of_svg

_SHARES = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1))
_OFF = 0.08
_FIGURES = {"cccch": "0", "cccl": "2", "llccc": "3", "lll": "4", "llcccc": "5", "cccccccch": "8"}
_STROKE = 1.4  # how wide a stroke is where a figure is 10 high
_USE = r'(<path [^>]*/>)?<use href="#([^"]*)"'
_BOX = 100  # how wide a tablet is
_CLIP = rb"(?:>BDC)?\s*q [-0-9.\s]++m(?:[-0-9.\s]++l)*\s+h\s+W\s+n\s"
_PLACE = rb"[-0-9. ]++cm"


class Piece(NamedTuple):
    """A drawing of a tablet or of a part of one.

    Attributes:
        times: How often it is meant.
        share: How much of it is taken.
        mark: The number on it; empty if there is none.
    """

    times: int
    share: Fraction
    mark: str


Drawings = dict[str, tuple[Piece, ...]]
"""Rows of pieces, each by the words that stand for its drawing."""


class Unreadable(Exception):  # noqa: N818 - no error of its own: it says why a drawing is refused
    """A drawing that is none of tablets."""


def prove_in_pdf(wanted: Drawings, read: dict[str, set[bytes]], what: str) -> None:
    """Hold the drawings of a PDF against what they stand for.

    Args:
        wanted: The pieces of each, from the left.
        read: The operators of each.
        what: What is about to be given out, for the error.

    Raises:
        ProofError: One is lost, or shows other pieces.
    """
    known: dict[bytes, list[Piece]] = {}  # the same drawing stands at several places

    def pieces_in(drawn: bytes) -> list[Piece]:
        if drawn not in known:
            known[drawn] = pieces_of(paths_of_pdf(drawn))
        return known[drawn]

    for alt, pieces in wanted.items():
        for drawn in {_without_place(operators) for operators in read.get(alt, ())}:
            _prove(alt, pieces, partial(pieces_in, drawn), what)


def _without_place(operators: bytes) -> bytes:
    """Return the operators of a drawing without its box, and without where its paths are moved to."""
    clip = re.match(_CLIP, operators)
    drawn = operators if clip is None else operators[clip.end() :]
    begin, end = drawn.find(b"q ") + 2, drawn.find(b" cm") + 3
    place = drawn[begin:end]
    return drawn.replace(place, b"") if re.fullmatch(_PLACE, place) else drawn


def prove_in_html(wanted: Drawings, drawn: set[tuple[str, str]], symbols: dict[str, str], what: str) -> None:
    """Hold the drawings of an HTML page against what they stand for.

    Args:
        wanted: The pieces of each, from the left.
        drawn: What stands for each, with the name of its symbol.
        symbols: The symbols by name; one that is a row uses others.
        what: What is about to be given out, for the error.

    Raises:
        ProofError: One shows other pieces.
    """
    known: dict[str, list[Piece]] = {}
    for alt, name in drawn:
        if alt in wanted:
            _prove(alt, wanted[alt], partial(_of_row, symbols.get(name, ""), symbols, known), what)


def _prove(alt: str, wanted: Sequence[Piece], read: Callable[[], list[Piece]], what: str) -> None:
    try:
        found = read()
    except Unreadable as problem:
        raise ProofError(what, f"the drawing of {alt!r} cannot be read: {problem}") from None
    if found != list(wanted):
        raise ProofError(what, f"the drawing of {alt!r} shows {_told(found)}, and is to show {_told(wanted)}")


def _of_row(row: str, symbols: dict[str, str], known: dict[str, list[Piece]]) -> list[Piece]:
    pieces = []
    for strokes, name in re.findall(_USE, row):
        if name not in known:
            known[name] = pieces_of(paths_of_svg(symbols.get(name, "")))
        before = "".join(sign for path in paths_of_svg(strokes) for _, sign in figures_of(path))
        if len(known[name]) != 1 or (before and not _is_count(before)):
            raise Unreadable(f"{before!r} stands before {len(known[name])} tablets")
        pieces.append(known[name][0]._replace(times=int(before[:-1]) if before else 1))
    return pieces


def _is_count(signs: str) -> bool:
    return signs.endswith("×") and signs[:-1].isdigit()


def _told(pieces: Iterable[Piece]) -> str:
    return ", ".join(f"{piece.times} times {piece.share} of one marked {piece.mark!r}" for piece in pieces) or "nothing"


def pieces_of(drawn: Sequence[Path]) -> list[Piece]:
    """Read the pieces of a row, from the left.

    Raises:
        Unreadable: It is no row of tablets.
    """
    bodies: list[tuple[float, Fraction]] = []
    figures: list[tuple[float, str]] = []
    whole = 0.0
    for path in drawn:
        if path.round_ends:
            figures += figures_of(path) if path.inked and not path.filled else []
        elif path.dashed:
            whole = path.lines[0].area
        elif path.filled and path.inked:
            bodies += [(line.left, _share(line, whole)) for line in path.lines]
            whole = 0.0
    return _placed(sorted(bodies), sorted(figures))


def _share(line: Line, whole: float) -> Fraction:
    if not whole:
        return Fraction(1)
    share = line.area / whole
    off, nearest = min((abs(float(one) - share), one) for one in _SHARES)
    if off > _OFF:
        raise Unreadable(f"{share:.0%} of a tablet is filled")
    return nearest


def _placed(bodies: list[tuple[float, Fraction]], figures: list[tuple[float, str]]) -> list[Piece]:
    """Give each piece the number on it, and the one before it with its multiplication sign."""
    pieces, begin = [], -math.inf
    for left, share in bodies:
        before = "".join(sign for x, sign in figures if begin <= x < left - 2)
        mark = "".join(sign for x, sign in figures if left - 2 <= x < left + _BOX)
        if before and not _is_count(before):
            raise Unreadable(f"{before!r} stands before a tablet")
        pieces.append(Piece(int(before[:-1]) if before else 1, share, mark))
        begin = left + _BOX
    return pieces


def figures_of(path: Path) -> list[tuple[float, str]]:
    """Read the figures that a path draws, each with its place.

    Raises:
        Unreadable: A line is no figure.
    """
    found: list[tuple[float, str]] = []
    half: Line | None = None  # of a multiplication sign
    for line in path.lines:
        if line.curves == "l" and math.dist(*line.places) > 4 * path.wide / _STROKE:
            if half is not None:
                found.append((min(half.left, line.left), "×"))
            half = line if half is None else None
        else:
            found.append((line.left, _figure(line, path.wide / _STROKE)))
    if half is not None:
        raise Unreadable("half a multiplication sign")
    return found


def _figure(line: Line, scale: float) -> str:
    (_, top), (_, second), (_, end) = line.places[0], line.places[1], line.places[-1]
    if line.curves == "l":
        return "." if math.dist(*line.places) < scale / 2 else ","
    if line.curves == "ll":
        return "7" if math.isclose(top, second, abs_tol=0.05) else "1"
    if line.curves == "ccccc":
        return "6" if top < end else "9"
    if line.curves not in _FIGURES:
        raise Unreadable("a figure of no known shape")
    return _FIGURES[line.curves]
