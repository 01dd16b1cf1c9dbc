"""The values of a chart: places on two axes as exact fractions, and their labels."""

from __future__ import annotations

from fractions import Fraction

from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class Tick:
    """A labeled position on an axis, as a fraction of its length."""

    at: Fraction
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A step chart: positions are fractions of the axes.

    Attributes:
        title: What is drawn.
        alt: The same in words.
        steps: Start, end and height of each step; where the dose depends on the day, of its average.
        x_ticks: Months.
        y_ticks: Doses.
        ends: Whether the line falls to zero at the right end of the last step.
        few_ticks: As many of the months as a drawing for a phone has room for.
        bands: Start, end, lowest and highest dose of each step whose dose depends on the day.
        note: What a band means; empty where there is none.
    """

    title: str
    alt: str
    steps: tuple[tuple[Fraction, Fraction, Fraction], ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    ends: bool
    few_ticks: tuple[Tick, ...] = ()
    bands: tuple[tuple[Fraction, Fraction, Fraction, Fraction], ...] = ()
    note: str = ""
