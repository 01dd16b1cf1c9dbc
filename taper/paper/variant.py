"""How to lay out a paper: one small value instead of many switches.

>>> parse_variant("large, gray, next 4 weeks")
Variant(paper=None, layout='plan', large=True, gray=True, dateless=False, weeks=4, on=None)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from taper.errors import TaperError, nearest
from taper.interval import parse_day
from taper.values import dataclass

Paper = Literal["a4", "letter"]
Layout = Literal["month", "week", "list", "plan"]

MOST_WEEKS = 520
_WEEKS = re.compile(r"next ([0-9]{1,4}) weeks?")
_NAMED: dict[str, dict[str, Any]] = {
    "a4": {"paper": "a4"},
    "letter": {"paper": "letter"},
    "month": {"layout": "month"},
    "week": {"layout": "week"},
    "list": {"layout": "list"},
    "plan": {"layout": "plan"},
    "large": {"large": True},
    "gray": {"gray": True},
    "dateless": {"dateless": True},
}


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to lay out a paper.

    Attributes:
        paper: Size of the paper; the order's, or that of its country, if None.
        layout: How the handout shows each day: ``month`` (a grid), ``week`` (one week a page, with room for notes),
            ``list`` (one row a day) or ``plan`` (only on its first pages, a row a week).
        large: Large print, 18 points. A month does not hold it, so the first pages stand for it; ``list`` and
            ``week`` can be had by name.
        gray: Black, white and gray: shapes and words carry all meaning.
        dateless: Days are counted from 1, for a plan whose start is not fixed.
        weeks: Print only this many weeks of the plan; all of it if None.
        on: First day of these weeks, and the day of the pocket card, also as text (``"2026-03-10"``); the day of
            printing if None.
    """

    paper: Paper | None = None
    layout: Layout = "month"
    large: bool = False
    gray: bool = False
    dateless: bool = False
    weeks: int | None = None
    on: date | None = None

    def __post_init__(self) -> None:
        if self.paper not in (None, "a4", "letter"):
            raise TaperError(f"{self.paper!r} is not a paper; known: a4, letter", field="paper")
        if self.layout not in ("month", "week", "list", "plan"):
            raise TaperError(f"{self.layout!r} is not a layout; known: month, week, list, plan", field="variant")
        if self.weeks is not None and not 1 <= self.weeks <= MOST_WEEKS:
            raise TaperError(f"{self.weeks} weeks cannot be printed; name 1 to {MOST_WEEKS}", field="variant")
        if self.on is not None:
            object.__setattr__(self, "on", parse_day(self.on, "variant"))
        if self.dateless and self.on is not None:
            raise TaperError("a paper without dates has no first day; leave one of the two out", field="variant")
        if self.large and self.layout == "month":
            object.__setattr__(self, "layout", "plan")

    def on_paper(self, paper: Paper) -> Variant:
        """Return the same variant on another paper size."""
        return replace(self, paper=paper)


def parse_variant(text: str | Iterable[str]) -> Variant:
    """Read a variant from words, such as ``"letter, large"`` or ``["gray", "next 4 weeks"]``.

    Raises:
        TaperError: An unknown word; names the nearest, or all.
    """
    variant, known = Variant(), (*_NAMED, "next N weeks")
    lines = [text] if isinstance(text, str) else text
    for word in (part.strip().lower() for line in lines for part in line.split(",") if part.strip()):
        weeks = _WEEKS.fullmatch(word)
        if weeks:
            variant = replace(variant, weeks=int(weeks[1]))
        elif word in _NAMED:
            variant = replace(variant, **_NAMED[word])
        else:
            raise TaperError(f"{word!r} is not a variant; {nearest(word, known)}", field="variant")
    return variant
