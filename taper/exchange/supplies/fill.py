"""What a row of a pharmacy says was handed out, or taken back."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple

from taper.exchange.medicine import Medicine
from taper.exchange.record_lines import UNTIMED, Meaning
from taper.message import Message
from taper.quantity import Mg, Ml, Pieces, ratio
from taper.schedule.regimen import Intake, Item
from taper.values import dataclass

Whose = tuple[Meaning, str]


@dataclass(frozen=True, slots=True)
class Fill:
    """Something that a pharmacy handed out.

    Attributes:
        place: Where in the file.
        person: To whom.
        day: When.
        medicine: What.
        amount: How much, in pieces or mL.
        days: The number of days it is meant for.
        rule: How the days were found.
        text: The words on its label.
        meaning: Whether it was handed out, or is only known as prescribed or taken.
        intakes: What is taken on each of its days, where more is known than the average.
        every: Days from one day on which it is taken to the next.
        end: Its last day, where it is recorded; then it counts from its own day.
        stops: Whether the drug is stopped after it.
    """

    place: str
    person: str
    day: date
    medicine: Medicine
    amount: Pieces | Ml
    days: int
    rule: str
    text: str = ""
    meaning: Meaning = "supplied"
    intakes: tuple[Intake, ...] | None = None
    every: int = 1
    end: date | None = None
    stops: bool = False

    @property
    def daily(self) -> Fraction:
        """Pieces or mL on an average day."""
        part, whole = self.amount.value.as_integer_ratio()
        return ratio(part, whole * self.days)


class Product(NamedTuple):
    """What counts as the same product: a drug in one strength, of any maker.

    Attributes:
        drug: The drug.
        strength: Mg in one piece or mL.
        liquid: Whether it is that of 1 mL.
    """

    drug: str
    strength: Mg | None
    liquid: bool


def product_of(medicine: Medicine) -> Product:
    """Return what counts as the same product."""
    return Product(medicine.drug, medicine.strength, medicine.liquid)


@dataclass(frozen=True, slots=True)
class Open:
    """Something that was handed out, for days that are not known.

    Attributes:
        place: Where in the file.
        person: To whom.
        meaning: Whether it was handed out, prescribed or taken.
        day: When.
        medicine: What.
        amount: How much.
        text: The words on its label.
        problem: Why its days are not known.
        quote: What the row says instead.
        days: The days that it says and that are not believed.
    """

    place: str
    person: str
    meaning: Meaning
    day: date
    medicine: Medicine
    amount: Pieces | Ml
    text: str
    problem: Message
    quote: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Reversal:
    """A row that takes a fill back.

    Attributes:
        place: Where in the file.
        person: Whose.
        meaning: Whether what it takes back was handed out, prescribed or taken.
        day: The day of the fill.
        medicine: What.
        amount: How much it takes back, in pieces or mL, above zero.
    """

    place: str
    person: str
    meaning: Meaning
    day: date
    medicine: Medicine
    amount: Fraction


class Row:
    """The fills of one row: several where its directions change on the way.

    Attributes:
        fills: The fills.
        first: The first of them, on its own day.
        line: The product.
        amount: Pieces or mL of all of them.
        days: Days of all of them.
        daily: Pieces or mL on an average day of the first.
        most: The most of a day.
        last: Pieces or mL on an average day of the last.
    """

    __slots__ = ("amount", "daily", "days", "fills", "first", "last", "line", "most")

    def __init__(self, fills: tuple[Fill, ...]) -> None:
        self.fills, self.first, self.line = fills, fills[0], product_of(fills[0].medicine)
        self.daily = self.most = self.last = fills[0].daily
        self.amount, self.days = fills[0].amount.value, fills[0].days
        for fill in fills[1:]:
            self.amount, self.days, self.last = self.amount + fill.amount.value, self.days + fill.days, fill.daily
            self.most = max(self.most, self.last)

    @property
    def said(self) -> tuple[object, ...]:
        """What it says, wherever it stands."""
        return tuple(_BUT_FOR_ITS_PLACE(fill) for fill in self.fills)


_BUT_FOR_ITS_PLACE = attrgetter(*(field.name for field in fields(Fill) if field.name != "place"))


def average(medicine: Medicine, amount: Pieces | Ml, days: int) -> tuple[Intake, ...]:
    """Return the average of a day: an amount over the days it is meant for."""
    assert medicine.strength is not None
    daily = amount.value / days
    item = Item(medicine.product, volume=Ml(daily)) if isinstance(amount, Ml) else Item(medicine.product, Pieces(daily))
    return (Intake(UNTIMED, medicine.drug, Mg(medicine.strength.value * daily), (item,)),)
