"""What is taken on a day: a regimen, its intakes, and the pieces that make each."""

from __future__ import annotations

from taper.order.parts import TimeOfDay
from taper.quantity import NO_MG, Mg, Ml, Pieces
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """Some of one product: pieces of a tablet or capsule, or a volume of a liquid.

    Attributes:
        product: Name of the product.
        count: Pieces, or None for a liquid.
        volume: Volume, or None for tablets and capsules.
    """

    product: str
    count: Pieces | None = None
    volume: Ml | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """One drug at one time of day.

    Attributes:
        time: Time of day.
        drug: The drug.
        dose: Its dose.
        items: The pieces and volumes that make the dose; empty where a foreign table names none.
    """

    time: TimeOfDay
    drug: str
    dose: Mg
    items: tuple[Item, ...] = ()


class Regimen(tuple[Intake, ...]):
    """All intakes of a day, in the order of the day; times at which nothing is taken are absent.

    >>> day = Regimen((Intake("morning", "diazepam", Mg(2)), Intake("bedtime", "diazepam", Mg(5))))
    >>> str(day.total), str(day.at("bedtime")), str(day.at("noon"))
    ('7 mg', '5 mg', '0 mg')
    """

    __slots__ = ()

    @property
    def totals(self) -> dict[str, Mg]:
        """Daily dose of each drug, by name."""
        totals: dict[str, Mg] = {}
        for intake in self:
            known = totals.get(intake.drug)
            totals[intake.drug] = intake.dose if known is None else known + intake.dose
        return totals

    @property
    def total(self) -> Mg:
        """Daily dose in mg, all drugs together: meaningful where a day has one drug."""
        return sum((intake.dose for intake in self), NO_MG)

    @property
    def taken(self) -> Regimen:
        """The same without intakes that say nothing: no dose and no pieces."""
        return Regimen(intake for intake in self if intake.dose or intake.items)

    def at(self, time: TimeOfDay) -> Mg:
        """Return the dose at a time of day, zero where nothing is taken."""
        return sum((intake.dose for intake in self if intake.time == time), NO_MG)

    def of(self, drug: str) -> Regimen:
        """Return the intakes of one drug, without those of 0 mg."""
        return Regimen(intake for intake in self if intake.drug == drug and intake.dose)
