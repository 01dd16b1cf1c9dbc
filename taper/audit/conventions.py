"""The conventions of an audit: each is a choice, has a flag, and is printed beside every number that it made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from taper.errors import OrderError
from taper.exchange.conventions import MISTYPED, MOST_PIECES, USUAL_GAP, Supplies
from taper.values import dataclass

GAPS = (30, 60, 90)
"""The gaps of the table of sensitivity."""
MOST_ROWS = 20_000
"""Rows of one person beyond which it is no person's history."""


@dataclass(frozen=True)
class Conventions:
    """What is counted, and how.

    Attributes:
        end_of_data: Last day of which the sources know everything.
        gap: Most days without supply that are no stop.
        carry_over: Whether an early refill of an unchanged daily amount counts from the end of the supply before.
        days_from_refills: Whether days of supply that are missing or not believed are those up to the next fill.
        guidelines: Guidelines that judge; those of the country, or of no country, if none is named.
        tables: Equivalence tables by which drugs are compared; those of the guidelines if none is named.
        window: Days of the windows in which the dose is averaged for the measure of published opioid studies.
        small_cells: Counts up to this one are redacted in every shared table; zero is shown.
        round_to: Other counts of shared tables are rounded to this.
    """

    end_of_data: date
    gap: int = USUAL_GAP
    carry_over: bool = True
    days_from_refills: bool = False
    guidelines: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    window: int = 60
    small_cells: int = 7
    round_to: int = 5

    def __post_init__(self) -> None:
        for name, least, most in (("gap", 0, 3660), ("window", 7, 366), ("small_cells", 0, 100), ("round_to", 1, 100)):
            value = getattr(self, name)
            if not least <= value <= most:
                raise OrderError(f"{value} is not between {least} and {most}; write another number", field=name)

    @property
    def supplies(self) -> Supplies:
        """How supplies are read: the same as `taper check` with these options."""
        return Supplies(self.carry_over, self.gap, self.end_of_data, self.days_from_refills)

    def without_carry_over(self) -> Conventions:
        """Return the same conventions, but that every refill counts from its own day."""
        return replace(self, carry_over=False)

    def said(self) -> Iterator[tuple[str, str, str]]:
        """Yield each convention: its name, what holds here, and the option that changes it."""
        yield "meaning", "what was supplied (or prescribed); never what was taken", ""
        yield (
            "end of data",
            f"{self.end_of_data.isoformat()}; sooner for a person whose rows say so (known_until, death_date, left_on)",
            "--end-of-data",
        )
        yield (
            "stop",
            f"more than {self.gap} days without supply that the data show; up to that it is too early to say",
            "--gap",
        )
        yield (
            "carry-over",
            "an early refill of an unchanged daily amount counts from the end of the supply before; a changed one "
            "replaces it; what is handed out on one day is one regimen"
            if self.carry_over
            else "none: every refill counts from its own day (OMOP)",
            "--without-carry-over",
        )
        yield (
            "days of supply",
            "missing or not believed: those up to the next fill"
            if self.days_from_refills
            else "never assumed; a row without them, or with more than "
            f"{MOST_PIECES} pieces a day, or {MISTYPED} times shorter than the same quantity beside it, is set aside",
            "--days-from-refills",
        )
        yield (
            "guidelines",
            ", ".join(self.guidelines) or "those of taper check where no country is recorded",
            "--guideline",
        )
        yield (
            "equivalence tables",
            ", ".join(self.tables)
            or "for findings those of the guidelines, else all that have the drugs; for ranges all that have them",
            "--equivalence",
        )
        yield "window of published measures", f"{self.window} days", "--window"
        yield (
            "small cells",
            (
                f"counts from 1 to {self.small_cells} are redacted, with a second one where a sum would give them away"
                if self.small_cells
                else "none is redacted: not for sharing"
            )
            + f"; others are rounded to {self.round_to}; sums and percentages are of rounded counts",
            "--small-cells, --round-to",
        )
