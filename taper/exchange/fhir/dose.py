"""The one amount of a FHIR dosage at a time, wherever its version keeps it; none where two of them differ."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from taper.exchange.fhir.shape import amount, many, one, text_of
from taper.exchange.fhir.units import mg_of, pieces_of, unit_of
from taper.exchange.medicine import Medicine
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Item


class Dose(NamedTuple):
    """An amount at a time: in mg if that is known, and in the pieces or mL in which it is given."""

    mg: Mg | None
    pieces: Fraction | None
    items: tuple[Item, ...]


def quantities_of(dosage: dict[str, Any]) -> list[Any]:
    """Return the doses of a dosage, wherever its version of FHIR keeps them; None for a range."""
    quantities: list[Any] = []
    for rate in (*many(dosage, "doseAndRate"), dosage):
        quantities += many(rate, "doseQuantity") + many(rate, "doseSimpleQuantity")
        quantities += [None for _ in many(rate, "doseRange") + many(rate, "rateRatio") + many(rate, "rateQuantity")]
    return quantities


def dose_of(dosage: dict[str, Any], medicine: Medicine) -> Dose | None:
    """Return the one dose, or None if there is none, or several that differ, or a range.

    Several agree if they are the same mass: ordered, calculated and administered are often written side by side.
    Pieces of an unknown strength contradict no mass.
    """
    doses = [_one_dose(quantity, medicine) for quantity in quantities_of(dosage)]
    found = [dose for dose in doses if dose is not None]
    masses = {dose.mg for dose in found if dose.mg is not None}
    pieces = {dose.pieces for dose in found if dose.pieces is not None}
    unknown = [dose for dose in found if dose.mg is None and (dose.pieces is None or not masses)]
    if not found or len(found) < len(doses) or len(masses) > 1 or len(pieces) > 1 or (masses and unknown):
        return None
    if not masses and len({(dose.mg, dose.pieces) for dose in found}) > 1:
        return None
    if masses and pieces and {bool(mass) for mass in masses} != {bool(count) for count in pieces}:
        return None  # nothing, and something
    items = next((dose.items for dose in found if dose.items), ())
    ours = tuple(item for extension in many(dosage, "extension") if (item := _item(extension)) is not None)
    return Dose(next(iter(masses), None), next(iter(pieces), None), ours or items)


def _one_dose(quantity: Any, medicine: Medicine) -> Dose | None:
    if amount(quantity, "value") is None or (isinstance(quantity, dict) and quantity.get("comparator")):
        return None
    converted, pieces = mg_of(quantity, medicine), pieces_of(quantity)
    if converted is None:
        return Dose(None, pieces, ())  # no unit that leads to mg, or two that contradict each other
    mg, counted = converted
    items: tuple[Item, ...] = ()
    if isinstance(counted, Pieces):
        items = (Item(medicine.product, count=counted),)
    elif isinstance(counted, Ml):
        items = (Item(medicine.product, volume=counted),)
    return Dose(mg, pieces, items)


def _item(extension: Any) -> Item | None:
    """Read the pieces that our own files give beside the dose."""
    if not isinstance(extension, dict) or extension.get("url") != "urn:taper:item":
        return None
    product, quantity = "", None
    for nested in many(extension, "extension"):
        product = text_of(one(nested, "valueCodeableConcept"), "text") or product
        quantity = one(nested, "valueQuantity") or quantity
    value = amount(quantity, "value")
    if not product:
        return None
    if value is None:
        return Item(product)
    unit = unit_of(quantity)
    if unit == "mL":
        return Item(product, volume=Ml(value))
    return Item(product, count=Pieces(value) if unit == "piece" else None)  # a drop is neither
