"""A product that no catalog has, as the clinician describes it; its name may not say something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import get_args

from taper import catalog
from taper.catalog import formulary
from taper.errors import OrderError, QuantityError, located, nearest
from taper.order.product_line import ProductLine
from taper.quantity import Mg, Ml, parse_strength, parse_written_strength
from taper.source import Source

_UNIT = r" ?(?:mg|mcg|µg|μg|micrograms?|g)\b"
_NUMBER = r"(?<![0-9.,])[0-9]+(?:[.,][0-9]+)*"
_STRENGTH = re.compile(
    rf"(?P<mass>{_NUMBER}{_UNIT})(?: ?(?:/|per|in) ?(?P<volume>(?:{_NUMBER} ?)?mL\b))?", re.IGNORECASE
)
_FRACTION = re.compile(rf"(?:[0-9]+ ?)?(?:[0-9]+ ?[/⁄] ?[0-9]+|[¼½¾⅐-⅞]){_UNIT}", re.IGNORECASE)
_COMMAS = ((re.compile(","), "."), (re.compile(r",(?=[0-9]{3}(?![0-9]))"), ""))
"""What a comma may stand for: the point, and before three digits nothing."""


def describe(line: ProductLine, drug: str, country: str) -> catalog.Product:
    """Return a described product.

    Raises:
        OrderError: Its form or strength is missing or not one, or its name says another drug or strength.
    """
    if line.form is None or line.strength is None:
        missing = "form" if line.form is None else "strength"
        raise OrderError(f"a described product needs its {missing}", field=missing)
    with located("strength"):
        strength, per = parse_written_strength(line.strength)
    forms = get_args(formulary.Form)
    form = next((form for form in forms if form.lower() == line.form.lower()), None)
    if form is None:
        raise OrderError(f"{line.form!r} is not a form; {nearest(line.form, forms)}", field="form")
    liquid = form in formulary.LIQUIDS
    if liquid != (per is not None):
        raise OrderError(
            f"the strength of {form} is written in {'mg/mL' if liquid else 'mg'}, not as {line.strength}",
            field="strength",
        )
    product = catalog.Product(
        drug=_drug(line.drug, country) if line.drug else drug,
        form=form,
        strength=strength if per is None else Mg(strength.value / per.value),
        per=per or Ml(1),
        country=country,
        maker=line.maker,
        score="not applicable" if liquid else line.score or "unknown",
        label_claim=line.label_claim or "unstated",
        drops_per_ml=line.drops_per_ml,
        note="described in the order by the clinician",
        source=Source("The order", "", "product described by the clinician", "", "READ"),
    )
    _refuse_other_drug(line, product, country)
    _refuse_other_strength(line.name, product)
    return product


def _drug(name: str, country: str) -> str:
    with located("drug"):
        return catalog.drug_of(name, country).name


def _refuse_other_drug(line: ProductLine, product: catalog.Product, country: str) -> None:
    """Refuse a name that names another drug of the catalog, or its brand, and not this one."""
    named = catalog.drugs_named(line.name, country)
    if named and product.drug not in named.values():
        word, drug = next(iter(named.items()))
        said = f"'{word}'" if word == drug else f"'{word}', which is {drug}"
        raise OrderError(
            f"the name says {said}, but the product is described as {product.drug}; correct the name or the drug",
            field="name",
        )


def _refuse_other_strength(name: str, product: catalog.Product) -> None:
    """Refuse a name with strengths none of which is the strength of the product, or with a written fraction."""
    fraction = _FRACTION.search(name)
    if fraction is not None:
        problem = f"the name says {fraction[0]}, a fraction that is easily misread; write it as a decimal"
        raise OrderError(problem, field="name")
    written = list(_written(name))
    comparable = [(text, mg) for text, mg, liquid in written if liquid == product.is_liquid]
    if product.is_liquid and not comparable:  # "lorazepam 2 mg in water" does not say in how much
        return
    if written and all(mg != product.strength for _, mg in comparable):
        text = (comparable or [entry[:2] for entry in written])[0][0]
        raise OrderError(
            f"the name says {text}, but the strength is given as {product.strength_text}; correct one of the two",
            field="name",
        )


def written_volume(name: str) -> Ml | None:
    """Return the volume that the strength in a name is written in; None where the name says none.

    >>> written_volume("diazepam oral solution 2 mg/5 mL"), written_volume("diazepam tablet 5 mg")
    (Ml('5'), None)
    """
    match = _STRENGTH.search(name)
    if match is None or not match["volume"]:
        return None
    return parse_written_strength(f"{match['mass']}/{match['volume']}")[1]


def _written(name: str) -> Iterator[tuple[str, Mg, bool]]:
    """Yield each strength in a name: as written, in mg or mg per mL, and whether it is per mL.

    A name is copied from a box, where a comma may stand for the point or part the thousands: either is what it says.
    """
    for match in _STRENGTH.finditer(name):
        volume = match["volume"]
        written = f"{match['mass']}/{volume}" if volume else match["mass"]
        for readable in dict.fromkeys(pattern.sub(mark, written) for pattern, mark in _COMMAS):
            with suppress(QuantityError):
                amount, per = parse_strength(readable)
                yield match[0], amount, per is not None
