"""The products of an order: looked up or described, and what may be done with each.

A tablet is counted in whole, half or quarter pieces as the clinician decides, or its powder is weighed; a liquid is
measured with a device that the order names. What cannot be done (half a capsule) is rejected here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from taper import catalog
from taper.errors import OrderError, located
from taper.order.described import describe, written_volume
from taper.order.device import measured, weighed
from taper.order.product_line import SPLITS as SPLITS, OrderedProduct as OrderedProduct, ProductLine as ProductLine


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
        for other in resolved:
            if ordered.name == other.name:
                raise OrderError(
                    f"'{ordered.name}' is listed twice; {_one_of(ordered, other)}", field=f"product[{index}].name"
                )
        resolved.append(ordered)
    return tuple(resolved)


def _one_of(one: OrderedProduct, other: OrderedProduct) -> str:
    """Say what to do with two lines of one product."""
    if (one.weight is None) == (other.weight is None):
        return "keep one"
    return (
        "keep one, or give the powder a name of its own and describe it "
        f'(source = "clinician", form = "{one.product.form}", strength = "{one.product.strength_text}")'
    )


def _resolve(line: ProductLine, drugs: tuple[str, ...], country: str) -> OrderedProduct:
    described = ("form", "strength", "drug", "score", "label_claim", "drops_per_ml")
    if line.source is None:
        for key in described:
            if getattr(line, key) is not None:
                raise OrderError(
                    f'{key} describes a product, but this one is looked up; add source = "clinician" to describe it',
                    field=key,
                )
        product, brand = _looked_up(line.name, line.maker, country)
    else:
        product, brand = describe(line, drugs[0], country), ""
    name = product.name if line.source is None else line.name
    if product.drug not in drugs:
        of = " or ".join(drugs)
        raise OrderError(
            f"'{line.name}' is {product.drug}, but the order is for {' and '.join(drugs)}; name a product of {of}",
            field="name",
        )
    own, maker = line.source is not None, line.maker or ""
    return replace(_handled(line, product, name), brand=brand, maker="" if own else maker, described=own)


def _handled(line: ProductLine, product: catalog.Product, name: str) -> OrderedProduct:
    """Return a product with how it is taken: measured, weighed or counted."""
    if product.is_liquid:
        product = replace(product, per=written_volume(line.name) or product.per)
        return measured(line, product, name)
    for key in ("capacity", "shake"):
        if getattr(line, key) is not None:
            raise OrderError(f"{key} is for liquids, and '{product.name}' is counted; leave it out", field=key)
    if line.weight is not None:
        return weighed(line, product, name)
    for key in ("device", "graduation"):
        if getattr(line, key) is not None:
            raise OrderError(
                f"{key} is for liquids, and '{product.name}' is counted; leave it out, "
                "or add weight if its powder is weighed",
                field=key,
            )
    return _split(line, product, name)


@lru_cache(maxsize=1024)
def _looked_up(name: str, maker: str | None, country: str) -> tuple[catalog.Product, str]:
    """Return the product that a name means, and the brand that it was named by, if it was."""
    with located("name"):
        brand, matches = catalog.find_branded(country, name)
    if maker is not None:
        with located("maker"):
            matches = catalog.find_products(country, matches[0].name, maker)
    return catalog.agree(matches), brand


def _split(line: ProductLine, product: catalog.Product, name: str) -> OrderedProduct:
    """Return a tablet or capsule with the parts that it may be split into."""
    split = SPLITS[line.split or "whole"]
    if split != 1 and product.splittable == "never":
        article = "an" if product.form[0] in "EOSe" else "a"
        raise OrderError(
            f'{article} {product.form} must not be split; write split = "whole" or name a tablet{_scored(product)}',
            field="split",
        )
    if line.discard is not None and split == 1:
        raise OrderError(
            "discard is for the other part of split pieces, and split is whole; leave it out", field="discard"
        )
    if line.discard is False and product.discard:
        raise OrderError(
            f"the label of '{product.name}' says that unused parts are thrown away; leave discard out", field="discard"
        )
    return OrderedProduct(name, product, split=split, discard=split != 1 and (product.discard or bool(line.discard)))


def _scored(product: catalog.Product) -> str:
    """Name the makers whose product of this form has a line."""
    rows = [row for row in catalog.products(product.country, product.drug) if row.name == product.name]
    makers = [f'maker = "{row.maker}"' for row in rows if row.splittable != "never" and row.maker]
    return f"; the sources call that of one maker scored: {' or '.join(makers)}" if makers else ""
