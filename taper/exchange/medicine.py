"""Which drug a record means, and how many mg its units are. What the text does not say stays unknown."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from taper.errors import TaperError
from taper.exchange.product_name import drugs_in, leading_words, other_route, strength_in
from taper.quantity import Mg, Ml, Pieces, as_fraction
from taper.schedule.regimen import Item
from taper.values import dataclass

MG_UNITS = {
    "mg": Fraction(1),
    "milligram": Fraction(1),
    "milligrams": Fraction(1),
    "ug": Fraction(1, 1000),
    "mcg": Fraction(1, 1000),
    "microgram": Fraction(1, 1000),
    "micrograms": Fraction(1, 1000),
    "g": Fraction(1000),
    "gram": Fraction(1000),
    "grams": Fraction(1000),
}
ML_UNITS = frozenset({"ml", "milliliter", "milliliters", "millilitre", "millilitres"})
PIECE_UNITS = frozenset(
    word + ending
    for word in ("tab", "tablet", "cap", "capsule", "{tbl}", "{tablet}", "{capsule}", "{film}", "{piece}", "piece")
    for ending in ("", "s")
) | {"1", "pill", "pills", "unit", "units", "each", "ea", "428673006", "385055001", "385049006"}
"""Words and codes for one tablet or capsule: UCUM annotations, HL7's TAB and CAP, SNOMED CT dose forms."""


@dataclass(frozen=True, slots=True)
class Medicine:
    """What a record calls a medicine.

    Attributes:
        drug: Name in the catalog, or the first words of the record if it has none; empty if unclear.
        product: The record's words.
        known: Whether the drug is in the catalog.
        strength: mg in one piece, or in 1 mL; None if the words do not say.
        liquid: Whether the strength is per mL.
    """

    drug: str
    product: str
    known: bool
    strength: Mg | None = None
    liquid: bool = False

    @property
    def by_mouth(self) -> bool:
        """Whether it may be taken by mouth by its name: a rectal gel or an injection is no part of a taper."""
        return not other_route(self.product)

    def mg_of(self, value: Fraction, unit: str) -> tuple[Mg, Pieces | Ml | None] | None:
        """Return an amount in mg, with pieces or mL if it is given in them; None if it cannot be converted.

        >>> medicine("diazepam 5mg tablets").mg_of(Fraction(1, 2), "TAB")
        (Mg('2.5'), Pieces('0.5'))
        >>> medicine("diazepam tablets").mg_of(Fraction(1, 2), "TAB") is None
        True
        """
        word = unit.strip().lower()
        if not self.by_mouth:
            return None
        if word in MG_UNITS:
            return Mg(value * MG_UNITS[word]), None
        if self.strength is None:
            return None
        if word in ML_UNITS and self.liquid:
            return self.strength * value, Ml(value)
        if word in PIECE_UNITS and not self.liquid:
            return self.strength * value, Pieces(value)
        return None


@lru_cache(maxsize=4096)
def medicine(text: str) -> Medicine:
    """Read drug and strength from the name of a product.

    >>> medicine("Prednisone 5mg tablet (Product)").drug, medicine("diazePAM 2 MG Oral Tablet").strength
    ('prednisone', Mg('2'))
    >>> medicine("diazepam oral solution 2mg/5ml").strength
    Mg('0.4')
    >>> medicine("Diazépam 5 mg comprimé").drug, medicine("chlordiazepoxide-clidinium 5-2.5 mg capsule").strength
    ('diazepam', None)
    """
    product = " ".join(text.split())[:200]
    named = drugs_in(product)
    strength, liquid, before = strength_in(product)
    if len(named) == 1:
        return Medicine(named[0], product, True, strength, liquid)
    if named:
        return Medicine("", product, False)  # two drugs in one product: nothing says which of them is meant
    return Medicine(leading_words(product, before), product, False, strength, liquid)


def mg_of_items(items: Iterable[Item]) -> Mg | None:
    """Return what some items are together by the strengths in their names; None if one of them does not say.

    >>> mg_of_items([Item("diazepam tablet 5 mg", Pieces("0.5"))]), mg_of_items([Item("drops", None)])
    (Mg('2.5'), None)
    """
    total = Mg(0)
    for item in items:
        made = medicine(item.product)
        amount = item.volume if made.liquid else item.count
        if made.strength is None or amount is None:
            return None
        total += made.strength * amount.value
    return total


def exact(value: object) -> Fraction | None:
    """Return a number from a record as an exact fraction of zero or more, or None.

    >>> exact(Decimal("2.5")), exact("2,5"), exact(-1)
    (Fraction(5, 2), None, None)
    """
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        return None
    if isinstance(value, int):
        return Fraction(value) if 0 <= value < 10**12 else None
    try:
        number = as_fraction(value)
    except TaperError:
        return None
    return number if 0 <= number < 10**12 else None
