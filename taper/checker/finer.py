"""A product of the catalog that makes smaller steps than the products of an order do."""

from __future__ import annotations

from functools import lru_cache

from taper import catalog
from taper.checker.texts import say
from taper.checker.wording import product_text
from taper.message import Message
from taper.quantity import Mg


@lru_cache(maxsize=256)
def finer_product(country: str, drug: str, smallest: Mg) -> Message | None:
    """Return the name of a product that makes a smaller dose than the tablets of an order: a liquid, else a tablet.

    Tablets count whole, and in halves where a label says that these are equal doses.

    Args:
        country: Two-letter code of the market.
        drug: Its drug.
        smallest: The smallest dose that the tablets of the order make.

    >>> finer_product("GB", "diazepam", Mg(1)), finer_product("NL", "lormetazepam", Mg("0.25"))
    ('diazepam oral solution 0.2 mg/mL', None)
    """
    if country not in catalog.countries():
        return None
    found = [each for each in catalog.products(country, drug) if not each.form.startswith("ER ")]
    liquids = sorted((each for each in found if each.is_liquid), key=lambda each: (each.strength, each.name))
    if liquids:
        return product_text(liquids[0].name)
    halves = [
        (Mg(each.strength.value / 2), say("halves of", product=product_text(each.name)))
        for each in found
        if each.splittable == "label"
    ]
    wholes = [(each.strength, product_text(each.name)) for each in found]
    finer = [entry for entry in (*wholes, *halves) if entry[0] < smallest]
    return max(finer)[1] if finer else None
