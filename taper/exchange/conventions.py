"""How a history of supplies becomes days: what is counted, and what is never assumed."""

from __future__ import annotations

from datetime import date

from taper.errors import ScheduleError
from taper.values import dataclass

MOST_PIECES = 32
"""Pieces a day beyond which a row is not believed: eight, the most of one intake unless an order says more, at each
of the four times of day."""
MISTYPED = 5
"""How many times shorter than those of its neighbors the days of a supply are, if they are not believed."""
USUAL_GAP = 30
"""Days without supply that are no stop yet: 31 are one (Maust 2023, JAMA Netw Open 6:e2348557)."""


@dataclass(frozen=True, slots=True)
class Supplies:
    """The conventions by which supplies are read; each is the caller's choice, and a reader says which it used.

    Attributes:
        carry_over: Whether a refill of an unchanged daily amount that was fetched early counts from the day after the
            supply before; else from its own day, as in OMOP's eras. A changed amount always counts from its own day.
        gap: Most days without supply that are no stop; None leaves longer ones open, as days without a record.
        end_of_data: Last day of which the source knows everything; None says nothing about the time after the last
            supply, so that nobody has stopped.
        days_from_refills: Whether days of supply that are missing or not believed are taken from the next fill.
    """

    carry_over: bool = True
    gap: int | None = None
    end_of_data: date | None = None
    days_from_refills: bool = False

    def __post_init__(self) -> None:
        if self.gap is not None and not 0 <= self.gap <= 3660:
            raise ScheduleError(f"{self.gap} is not between 0 and 3660 days; write for example 30", field="gap")


AS_RECORDED = Supplies()
"""The conventions where nothing is declared: no stop is ever made of the end of a record."""
