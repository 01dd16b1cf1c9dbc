"""What the cells of a row mean, whoever it is about and whenever it begins: most rows say the same few things."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from taper.checker.texts import say
from taper.checker.wording import drug_text, exact_strength, listed
from taper.exchange.medicine import Medicine, medicine
from taper.exchange.product_name import drugs_in, strength_in
from taper.exchange.supplies import average
from taper.exchange.tables.directions import Directions, Stretch, directions
from taper.exchange.tables.supply import Problem, Supply, supply_of
from taper.quantity import Ml, Pieces
from taper.schedule.regimen import Intake

_CONTAINERS = re.compile(r"tube|syringe|unit dose|sachet", re.IGNORECASE)


class Meant(NamedTuple):
    """What a row means, whoever it is about and whenever it begins.

    Attributes:
        medicine: The medicine.
        supply: How much a day, and for how long.
        by_months: Whether its days depend on the first of them.
        intakes: What is taken on a day of each stretch.
        handed: What is handed out for each stretch whose days are known; None for another.
    """

    medicine: Medicine
    supply: Supply
    by_months: bool
    intakes: tuple[tuple[Intake, ...], ...]
    handed: tuple[Pieces | Ml | None, ...]


@lru_cache(maxsize=16384)
def meant_by(
    product: str, strength: str, quantity: str, days: str, sig: str, recorded: int | None, start: date | None
) -> Meant:
    """Return what a row means.

    Args:
        product: Its product, as written, like all of these.
        strength: The strength in a column of its own.
        quantity: How much was handed out.
        days: Days of supply.
        sig: The directions.
        recorded: Days up to the recorded last day, if one is recorded.
        start: Its first day, where the directions are for months.
    """
    of = _medicine(product, strength)
    said = directions(sig, of) if sig else Directions()
    if start is not None:
        said = said.dated(start)
    unclear = _unclear(of, strength)
    supply = (
        supply_of(of, quantity, days, sig, said, recorded) if unclear is None else Supply((), None, "", False, unclear)
    )
    return Meant(
        of,
        supply,
        said.by_months,
        tuple(_intakes(of, stretch) for stretch in supply.stretches),
        tuple(None if stretch.days is None else _amount(of, stretch.amount) for stretch in supply.stretches),
    )


def meaning_of(product: str, strength: str, quantity: str, days: str, sig: str) -> tuple[Medicine, Supply, bool]:
    """Return what the cells of a row mean, and whether its days depend on the first of them, for whoever reads many."""
    meant = meant_by(product, strength, quantity, days, sig, None, None)
    return meant.medicine, meant.supply, meant.by_months


def _unclear(of: Medicine, strength: str) -> Problem | None:
    """Say why a number of a product does not lead to mg, though its name does."""
    others = {drug for drug in drugs_in(strength) if of.known and drug != of.drug}
    if others:
        names = listed([drug_text(drug) for drug in (of.drug, *sorted(others))], ", ")
        return Problem("mismatch", say("remark.names of different drugs", drugs=names), "product")
    column, liquid, _ = strength_in(strength)
    if of.strength is not None and column is not None and (column, liquid) != (of.strength, of.liquid):
        text = say("remark.strength differs", name=exact_strength(of.strength), column=exact_strength(column))
        return Problem("mismatch", text, "product", of.strength.number, column.number)
    if not of.by_mouth:
        return Problem("unit", say("remark.other route"), "product")
    if of.liquid and _CONTAINERS.search(of.product):
        return Problem("unit", say("remark.containers"), "product")
    return None


def _intakes(of: Medicine, stretch: Stretch) -> tuple[Intake, ...]:
    return average(of, _amount(of, stretch.daily), 1)


def _amount(of: Medicine, value: Fraction) -> Pieces | Ml:
    return Ml(value) if of.liquid else Pieces(value)


@lru_cache(maxsize=4096)
def _medicine(product: str, strength: str) -> Medicine:
    by_name = medicine(product)
    return by_name if by_name.strength is not None or not strength else medicine(f"{product} {strength}")
