"""The products of an order: looked up or described, and what may be done with each.

A tablet is counted in whole, half or quarter pieces as the clinician decides; a liquid is measured
with a device that the order names. What cannot be done (half a capsule) is rejected here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal, get_args

from pydantic import Field

from taper import catalog
from taper.catalog import formulary
from taper.errors import OrderError, located, nearest
from taper.order.parts import Part, Words
from taper.quantity import Mg, Ml, exact_text, parse_ml, parse_strength
from taper.source import Source
from taper.values import dataclass

SPLITS: dict[str, Fraction] = {"whole": Fraction(1), "halves": Fraction(1, 2), "quarters": Fraction(1, 4)}


class ProductLine(Part):
    """A product as the order names it: one of the catalog, or one described by the clinician.

    Attributes:
        name: Name as in the catalog, such as "diazepam tablet 5 mg".
        maker: Maker or brand, if its score matters.
        split: How tablets may be split, as the clinician decides: whole, halves or quarters; whole if not given.
        device: Syringe or dropper for a liquid, in the clinician's words.
        graduation: Its smallest line, such as "0.1 mL", or "1 drop" for drops.
        source: "clinician" for a product that is described here because no catalog has it.
        form: Form of a described product, such as "tablet" or "oral solution".
        strength: Strength of a described product, such as "0.5 mg" or "1 mg/mL".
        drug: Drug of a described product; the order's drug if not given.
        score: Score of a described product, if known: none, halves, quarters or line.
        label_claim: What its label says of the score, if known.
        drops_per_ml: Drops in 1 mL of a described liquid, from its label.
    """

    name: Words
    maker: Words | None = None
    split: Literal["whole", "halves", "quarters"] | None = None
    device: Words | None = None
    graduation: Words | None = None
    source: Literal["clinician"] | None = None
    form: Words | None = None
    strength: Words | None = None
    drug: Words | None = None
    score: Literal["none", "halves", "quarters", "line", "unknown"] | None = None
    label_claim: Literal["equal_doses", "not_for_dosing", "label_doses_part", "unstated"] | None = None
    drops_per_ml: Annotated[int, Field(gt=0, le=100)] | None = None


@dataclass(frozen=True, slots=True)
class OrderedProduct:
    """A product and what the order allows to be done with it.

    Attributes:
        name: The name by which the plan calls it.
        product: The product, from the catalog or the clinician.
        split: Smallest part of a tablet or capsule, as a fraction; None for a liquid.
        graduation: Smallest measurable volume of a liquid; None for tablets.
        device: What a liquid is measured with, as the clinician named it.
        in_drops: Whether the device counts drops.
    """

    name: str
    product: catalog.Product
    split: Fraction | None = None
    graduation: Ml | None = None
    device: str = ""
    in_drops: bool = False

    @property
    def portions(self) -> str:
        """How it is taken, for messages: "halves", "in drops", "in steps of 0.1 mL"."""
        if self.graduation is not None:
            return "in drops" if self.in_drops else f"in steps of {self.graduation}"
        return next(word for word, part in SPLITS.items() if part == self.split)

    @property
    def smallest(self) -> Mg:
        """The amount of drug in the smallest part that can be taken."""
        part = self.graduation.value if self.graduation is not None else self.split
        assert part is not None
        return self.product.strength * part


def resolve_products(
    lines: tuple[ProductLine, ...], drugs: tuple[str, ...], country: str
) -> tuple[OrderedProduct, ...]:
    """Look up the ordered products, and reject what cannot be done with them.

    Args:
        lines: The products as the order names them.
        drugs: The drugs of the order, its own first.
        country: Two-letter code.

    Raises:
        OrderError: Unknown product, another drug's, a form that must not be split, a liquid without
            a device, a tablet with one, or the same product twice.
    """
    resolved: list[OrderedProduct] = []
    for index, line in enumerate(lines):
        with located(f"product[{index}]"):
            ordered = _resolve(line, drugs, country)
        if any(ordered.name == other.name for other in resolved):
            raise OrderError(f"'{ordered.name}' is listed twice; keep one", field=f"product[{index}].name")
        resolved.append(ordered)
    return tuple(resolved)


def _resolve(line: ProductLine, drugs: tuple[str, ...], country: str) -> OrderedProduct:
    described = ("form", "strength", "drug", "score", "label_claim", "drops_per_ml")
    if line.source is None:
        for key in described:
            if getattr(line, key) is not None:
                raise OrderError(
                    f'{key} describes a product, but this one is looked up; add source = "clinician" to describe it',
                    field=key,
                )
        with located("name"):
            matches = catalog.find_products(country, line.name)
        if line.maker is not None:
            with located("maker"):
                matches = catalog.find_products(country, line.name, line.maker)
        product = catalog.agree(matches)
    else:
        product = _describe(line, drugs[0], country)
    name = product.name if line.source is None else line.name
    if product.drug not in drugs:
        of = " or ".join(drugs)
        raise OrderError(
            f"'{line.name}' is {product.drug}, but the order is for {' and '.join(drugs)}; name a product of {of}",
            field="name",
        )
    if product.is_liquid:
        return _measured(line, product, name)
    for key in ("device", "graduation"):
        if getattr(line, key) is not None:
            raise OrderError(f"{key} is for liquids, and '{product.name}' is counted; leave it out", field=key)
    split = SPLITS[line.split or "whole"]
    if split != 1 and product.splittable == "never":
        article = "an" if product.form[0] in "EOSe" else "a"
        raise OrderError(
            f'{article} {product.form} must not be split; write split = "whole" or name a tablet', field="split"
        )
    return OrderedProduct(name, product, split=split)


def _measured(line: ProductLine, product: catalog.Product, name: str) -> OrderedProduct:
    if line.split is not None:
        raise OrderError(f"'{product.name}' is a liquid and cannot be split; name device and graduation", field="split")
    if line.device is None or line.graduation is None:
        key = "device" if line.device is None else "graduation"
        raise OrderError(
            f"'{product.name}' is measured, so the order must name what with: "
            'device = "1 mL oral syringe" and graduation = "0.1 mL" (or "1 drop")',
            field=key,
        )
    if "drop" not in line.graduation.lower():
        with located("graduation"):
            graduation = parse_ml(line.graduation)
        if not graduation:
            raise OrderError("a graduation of zero; name the distance between two lines", field="graduation")
        return OrderedProduct(name, product, graduation=graduation, device=line.device)
    if line.graduation.lower() not in ("1 drop", "drop", "drops"):
        raise OrderError(f'{line.graduation!r} is not a graduation; write "1 drop" or "0.1 mL"', field="graduation")
    if product.drops_per_ml is None:
        raise OrderError(
            f"no number of drops per mL was read for '{product.name}'; measure in mL, "
            "or describe the product with drops_per_ml from its label",
            field="graduation",
        )
    drop = Ml(Fraction(1, product.drops_per_ml))
    if "/" in exact_text(product.strength.value * drop.value):
        raise OrderError("one drop of this product is not an exact number of mg; measure in mL", field="graduation")
    return OrderedProduct(name, product, graduation=drop, device=line.device, in_drops=True)


def _describe(line: ProductLine, drug: str, country: str) -> catalog.Product:
    if line.form is None or line.strength is None:
        missing = "form" if line.form is None else "strength"
        raise OrderError(f"a described product needs its {missing}", field=missing)
    with located("strength"):
        strength, per = parse_strength(line.strength)
    forms = get_args(formulary.Form)
    form = next((form for form in forms if form.lower() == line.form.lower()), None)
    if form is None:
        raise OrderError(f"{line.form!r} is not a form; {nearest(line.form, forms)}", field="form")
    liquid = form in formulary.LIQUIDS
    if liquid != (per is not None):
        raise OrderError(
            f"the strength of {form} is written as {'1 mg/mL' if liquid else '5 mg'}, not {line.strength}",
            field="strength",
        )
    if "/" in exact_text(strength.value):
        raise OrderError(
            f"{line.strength} is not an exact number of mg in 1 mL; write the strength per mL", field="strength"
        )
    return catalog.Product(
        drug=catalog.drug(line.drug).name if line.drug else drug,
        form=form,
        strength=strength,
        country=country,
        maker=line.maker,
        score="not applicable" if liquid else line.score or "unknown",
        label_claim=line.label_claim or "unstated",
        drops_per_ml=line.drops_per_ml,
        note="described in the order by the clinician",
        source=Source("The order", "", "product described by the clinician", "", "READ"),
    )
