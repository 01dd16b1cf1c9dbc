"""An amount in packs or bottles, where a source prints how much one holds; of others nothing is assumed."""

from __future__ import annotations

from collections.abc import Mapping

from taper.order.product import OrderedProduct
from taper.paper.numbers import NBSP
from taper.quantity import Ml, Pieces, exact_text


def packed(ordered: OrderedProduct | None, some: Pieces | Ml, amount: str, say: Mapping[str, str]) -> str:
    """Write an amount with the packs that make it, and what is dispensed beside whole packs.

    Args:
        ordered: The product; None if the order does not have it.
        some: How much of it.
        amount: The same in words.
        say: The phrases.
    """
    size = ordered.product.pack if ordered is not None else None
    if size is None or some.value < size:
        return amount
    number, rest = divmod(some.value, size)
    unit = f"{NBSP}mL" if isinstance(some, Ml) else ""
    name = ("bottle" if isinstance(some, Ml) else "pack") + ("" if number == 1 else "s")
    packs = say[name].format(number=str(number), size=f"{exact_text(size)}{unit}").replace(" ", NBSP)
    phrase = say["packs_and" if rest else "packs_hold"]
    return phrase.format(amount=amount, packs=packs, rest=f"{exact_text(rest)}{unit}")
