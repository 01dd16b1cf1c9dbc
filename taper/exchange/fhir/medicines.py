"""Which medicine a FHIR resource means: by all of its codes, all of its words, and the strength of its ingredient.

Where two of them name different drugs or different strengths, none of them is taken: nothing says which is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from taper.catalog.brands import drugs_of_brand
from taper.checker.texts import say
from taper.checker.wording import drug_text, listed
from taper.exchange.fhir.codes import drugs_by_code, products_by_code
from taper.exchange.fhir.shape import amount, many, one, text_of
from taper.exchange.fhir.units import unit_of
from taper.exchange.medicine import Medicine, medicine
from taper.quantity import Mg

Resource = dict[str, Any]
Note = Callable[..., None]
_STRENGTH = re.compile(r"\d\s*(?:mg|mcg|ug|µg|μg|micrograms?|milligrams?|g|gr)\b", re.IGNORECASE)
"""What looks like a strength, so that a name of which none was read is known to be unclear."""


class Found(NamedTuple):
    """A medicine, and the resources on which the answer rests, for their modifiers."""

    medicine: Medicine
    sources: tuple[Resource, ...]


def medicine_of(resource: Resource, medicines: dict[str, Resource], note: Note) -> Found:
    """Find the medicine of a resource.

    Args:
        resource: A MedicationRequest, MedicationDispense or MedicationStatement.
        medicines: The Medication resources of the file by every name that a reference can use.
        note: Takes remarks.
    """
    both = one(resource, "medication")
    both = both if isinstance(both, dict) else {}  # R5
    links = [link for link in (one(resource, "medicationReference"), one(both, "reference")) if isinstance(link, dict)]
    referred = [found for link in links if (found := _referred(resource, medicines, text_of(link, "reference")))]
    written = [
        one(resource, "medicationCodeableConcept"),
        one(both, "concept"),
        *(one(each, "code") for each in referred),
    ]
    concepts = [concept for concept in written if isinstance(concept, dict)]
    codings = [coding for each in concepts for coding in many(each, "coding") if isinstance(coding, dict)]
    names = [text_of(coding, "display") for coding in codings] + [text_of(each, "text") for each in concepts]
    known, products = drugs_by_code(), products_by_code()
    keys = [(text_of(coding, "system"), text_of(coding, "code")) for coding in codings]
    of_codes = [products[key] for key in keys if key in products]  # a code of the catalog is as good as a name
    shown = [text_of(link, "display") for link in links]
    names = list(dict.fromkeys(name for name in (*names, *shown, *of_codes) if name))
    coded = {known[key] for key in keys if key in known}
    return Found(_agreed(names, coded, referred, note), tuple(referred))


def _referred(resource: Resource, medicines: dict[str, Resource], name: str) -> Resource:
    if name.startswith("#"):
        for inner in many(resource, "contained"):
            if isinstance(inner, dict) and text_of(inner, "id") == name[1:]:
                return inner
    return medicines.get(name, {})


def _agreed(names: list[str], coded: set[str], referred: list[Resource], note: Note) -> Medicine:
    """Return what all names, codes and ingredients say together."""
    read = {name: _with_brand(medicine(name)) for name in names}
    written = [each for source in referred for each in many(source, "ingredient") if isinstance(each, dict)]
    ingredients = [each for each in written if one(each, "isActive") not in (False, "false")]
    inside = [named for each in ingredients if (named := _ingredient(each)).known]
    drugs = {found.drug for found in (*read.values(), *inside) if found.known} | coded
    mixed = any(not found.known and not found.drug and found.product for found in read.values())
    product = _shown(read) or next(iter(sorted(drugs)), "")
    if len(drugs) > 1 or mixed:
        if len(drugs) > 1:
            note(
                "unread",
                say("remark.different drugs", drugs=listed([drug_text(one) for one in sorted(drugs)], ", ")),
                quote=product,
            )
        return Medicine("", product, False)
    if not drugs:
        return next((found for found in read.values() if found.drug), Medicine("", product, False))
    (drug,) = drugs
    for name, found in read.items():
        if not found.known and found.strength is not None:
            note("unread", say("remark.other name", drug=drug_text(drug)), quote=name)
    return _strengthened(drug, product, read, ingredients, note)


def _with_brand(found: Medicine) -> Medicine:
    """Return a medicine by the drug of its brand, if that is one drug in every country."""
    drugs = () if found.known else drugs_of_brand(found.drug)
    return Medicine(drugs[0], found.product, True, found.strength, found.liquid) if len(drugs) == 1 else found


def _shown(read: dict[str, Medicine]) -> str:
    """Return the name to show: the first with a strength, else the first of a known drug, else the first."""
    order = sorted(read.values(), key=lambda found: (found.strength is None, not found.known))
    return order[0].product if order else ""


def _ingredient(written: Resource) -> Medicine:
    item = one(written, "itemCodeableConcept") or one(one(written, "item"), "concept")
    known = drugs_by_code()
    for coding in many(item, "coding"):
        if (key := (text_of(coding, "system"), text_of(coding, "code"))) in known:
            return Medicine(known[key], text_of(item, "text"), True)
    names = [text_of(item, "text"), *(text_of(coding, "display") for coding in many(item, "coding"))]
    return next((found for name in names if name and (found := medicine(name)).known), Medicine("", "", False))


def _strengthened(
    drug: str, product: str, read: dict[str, Medicine], ingredients: list[Resource], note: Note
) -> Medicine:
    """Return the medicine with the one strength that its names and its ingredient give."""
    strengths = {(found.strength, found.liquid) for found in read.values() if found.strength is not None}
    unclear = any(found.strength is None and _STRENGTH.search(name) for name, found in read.items())
    if len(ingredients) == 1 or any(_ingredient(each).drug == drug for each in ingredients):
        mine = [each for each in ingredients if len(ingredients) == 1 or _ingredient(each).drug == drug]
        strengths |= {found for each in mine if (found := _ratio(each)) is not None}
    if len(strengths) == 1 and not unclear:
        ((strength, liquid),) = strengths
        return Medicine(drug, product, True, strength, liquid)
    if len(strengths) > 1 or (strengths and unclear):
        said = "; ".join(dict.fromkeys(found.product for found in read.values()))
        note("unit", say("remark.strengths"), quote=said)
    return Medicine(drug, product, True)


def _ratio(ingredient: Resource) -> tuple[Mg, bool] | None:
    """Return the strength of an ingredient in mg in one piece, or in 1 mL."""
    ratio = one(ingredient, "strengthRatio") or one(ingredient, "strength")
    over, under = one(ratio, "numerator"), one(ratio, "denominator")
    if under is None:
        over = one(ingredient, "strengthQuantity")
        under = {"value": 1} if over is not None else None
    mass, each = amount(over, "value"), amount(under, "value")
    unit = unit_of(over)
    bare = not text_of(under, "unit") and not text_of(under, "code")
    of = "piece" if bare and each == 1 else unit_of(under)
    unsure = text_of(over, "comparator") or text_of(under, "comparator")
    if unsure or not mass or not each or isinstance(unit, str) or unit is None or of not in ("piece", "mL"):
        return None
    return Mg(mass * unit / each), of == "mL"
