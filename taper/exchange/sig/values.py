"""What a reading of a label text holds."""

from __future__ import annotations

from datetime import date

from taper.order.parts import TimeOfDay
from taper.quantity import Mg, Ml, Pieces
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class SigAmount:
    """Some of one product, as a label names it.

    Attributes:
        noun: What is counted: tablet, capsule, film, piece, drop; empty for a volume or a bare dose.
        count: How many.
        volume: Volume of a liquid.
        strength: Strength of one piece, or of 1 mL, where the text names it.
        dose: Dose of this amount, where the text names it.
        name: Name of the product, where the text names it.
        device: What it is measured with, where the text names it.
    """

    noun: str = ""
    count: Pieces | None = None
    volume: Ml | None = None
    strength: Mg | None = None
    dose: Mg | None = None
    name: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class SigDose:
    """What is taken at some times of a day.

    Attributes:
        amounts: The amounts that are taken together.
        dose: The dose, where the text names one.
        times: Times of day; empty where the text names none.
        per_day: How often a day; None where the text does not say.
        every_days: 1 for every day, 2 for every other day.
        as_needed: Whether it is taken only when needed.
        weekdays: Days of the week on which it is taken, Monday is 0; empty for all.
        clock: The clock times behind `times`, where the text gives them ("20:00").
        reason: What it is taken for, where the text says so.
    """

    amounts: tuple[SigAmount, ...] = ()
    dose: Mg | None = None
    times: tuple[TimeOfDay, ...] = ()
    per_day: int | None = None
    every_days: int = 1
    as_needed: bool = False
    weekdays: tuple[int, ...] = ()
    clock: tuple[str, ...] = ()
    reason: str = ""

    @property
    def per_intake_day(self) -> int | None:
        """How often it is taken on a day on which it is taken; None where the text does not say."""
        return 1 if self.per_day is None and self.every_days > 1 else self.per_day


@dataclass(frozen=True, slots=True)
class SigPart:
    """What is taken over some days.

    Attributes:
        doses: The doses of a day; empty for none.
        start: First day, where the text names it.
        end: Last day, where the text names it.
        days: Number of days, where the text names it.
        not_understood: What the text says beyond this, word for word.
        months: Number of calendar months, where the text names it; how many days these are depends on the first.
    """

    doses: tuple[SigDose, ...] = ()
    start: date | None = None
    end: date | None = None
    days: int | None = None
    not_understood: tuple[str, ...] = ()
    months: int | None = None


@dataclass(frozen=True, slots=True)
class SigReading:
    """The parts of a text that were understood.

    Attributes:
        parts: The parts, in the order of the text.
        stops: Whether the text says that the drug is stopped afterwards.
        not_understood: What was not understood, word for word.
    """

    parts: tuple[SigPart, ...] = ()
    stops: bool = False
    not_understood: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether all of the text was understood."""
        return not self.not_understood and bool(self.parts)
