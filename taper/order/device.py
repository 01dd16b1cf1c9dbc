"""What a dose is measured with: the syringe or dropper of a liquid, the scale of a powder."""

from __future__ import annotations

import re
from fractions import Fraction

from taper import catalog
from taper.errors import OrderError, located
from taper.order.product_line import OrderedProduct, ProductLine
from taper.quantity import Ml, Powder, exact_text, parse_ml, parse_powder

_SYRINGE = re.compile(r"(?P<volume>[0-9.]+ ?mL) (?:oral )?syringe\Z", re.IGNORECASE)
"""A device that says its capacity and nothing else; "10 mL oral syringe, then 1 mL oral syringe" says two."""
_BETWEEN = re.compile(r", (?:then |and |or )?| (?:then|and|or) ")


def measured(line: ProductLine, product: catalog.Product, name: str) -> OrderedProduct:
    """Return a liquid with the device that the order names.

    Raises:
        OrderError: No device or graduation, a key of tablets, or a device that contradicts itself.
    """
    if line.split is not None:
        raise OrderError(f"'{product.name}' is a liquid and cannot be split; name device and graduation", field="split")
    for key, what in (("discard", "split pieces"), ("weight", "tablets")):
        if getattr(line, key) is not None:
            raise OrderError(f"{key} is for {what}, and '{product.name}' is a liquid; leave it out", field=key)
    if line.device is None or line.graduation is None:
        key = "device" if line.device is None else "graduation"
        raise OrderError(
            f"'{product.name}' is measured, so the order must name what with: "
            'device = "1 mL oral syringe" and graduation = "0.1 mL" (or "1 drop")',
            field=key,
        )
    shake = product.is_suspension if line.shake is None else line.shake
    if "drop" in line.graduation.lower():
        if line.capacity is not None:
            raise OrderError("drops are counted, so a capacity says nothing; leave it out", field="capacity")
        drop = _drop(line.graduation, product)
        return OrderedProduct(name, product, graduation=drop, device=line.device, in_drops=True, shake=shake)
    with located("graduation"):
        graduation = parse_ml(line.graduation)
    if not graduation:
        raise OrderError("a graduation of zero; name the distance between two lines", field="graduation")
    capacity = _capacity(line, graduation)
    devices = () if capacity is not None else _syringes(line.device, graduation)
    return OrderedProduct(
        name,
        product,
        graduation=graduation,
        device=line.device,
        capacity=devices[-1][1] if devices else capacity,
        shake=shake,
        devices=devices,
    )


def _syringes(device: str, graduation: Ml) -> tuple[tuple[str, Ml], ...]:
    """Return the syringes that a device lists, each with what it holds, the smallest first; else nothing."""
    found = [(part, _SYRINGE.match(part)) for part in _BETWEEN.split(device)]
    if len(found) < 2:
        return ()
    with located("device"):
        holds = [(part, parse_ml(named["volume"])) for part, named in found if named is not None]
    if len(holds) < len(found) or len({volume for _, volume in holds}) < len(holds):
        return ()
    if min(volume for _, volume in holds) < graduation:
        return ()
    return tuple(sorted(holds, key=lambda pair: pair[1]))


def _capacity(line: ProductLine, graduation: Ml) -> Ml | None:
    """Return what the device holds: what the order says, else what its name says; None if neither does."""
    named = _SYRINGE.match(line.device or "")
    by_name = by_key = None
    if named is not None:
        with located("device"):
            by_name = parse_ml(named["volume"])
    if line.capacity is not None:
        with located("capacity"):
            by_key = parse_ml(line.capacity)
    field = "capacity" if by_key is not None else "device"
    if by_key is not None and by_name is not None and by_key != by_name:
        raise OrderError(f"{by_key}, but the device is a '{line.device}'; correct one of the two", field=field)
    capacity = by_name if by_key is None else by_key
    if capacity is not None and capacity < graduation:
        raise OrderError(
            f"a device that holds {capacity} has no line every {graduation}; correct capacity or graduation",
            field=field,
        )
    return capacity


def _drop(graduation: str, product: catalog.Product) -> Ml:
    """Return the volume of a drop, if one was read."""
    if graduation.lower() not in ("1 drop", "drop", "drops"):
        raise OrderError(f'{graduation!r} is not a graduation; write "1 drop" or "0.1 mL"', field="graduation")
    if product.drops_per_ml is None:
        raise OrderError(
            f"no number of drops per mL was read for '{product.name}'; measure in mL, "
            "or describe the product with drops_per_ml from its label",
            field="graduation",
        )
    drop = Ml(Fraction(1, product.drops_per_ml))
    if "/" in exact_text(product.strength.value * drop.value):
        raise OrderError("one drop of this product is not an exact number of mg; measure in mL", field="graduation")
    return drop


def weighed(line: ProductLine, product: catalog.Product, name: str) -> OrderedProduct:
    """Return a tablet whose powder is weighed with a scale.

    Raises:
        OrderError: No graduation of the scale, a weight or graduation that cannot be, or no ordinary tablet.
    """
    assert line.weight is not None
    if product.form != "tablet":
        raise OrderError(
            f"only the powder of an ordinary tablet can be weighed, and '{product.name}' is none; leave weight out",
            field="weight",
        )
    if line.split is not None:
        raise OrderError("a tablet is either split or weighed; leave out split or weight", field="split")
    if line.graduation is None or line.device is None:
        raise OrderError(
            'a weight is for a scale, so the order must name it and its smallest step: device = "pocket scale" and '
            'graduation = "1 mg"',
            field="graduation" if line.graduation is None else "device",
        )
    with located("weight"):
        weight = parse_powder(line.weight)
    with located("graduation"):
        step = parse_powder(line.graduation)
    for key, amount in (("weight", weight), ("graduation", step)):
        if not amount:
            raise OrderError(f"a {key} of zero; write what the scale shows", field=key)
    if step > weight:
        raise OrderError(
            f"the scale shows steps of {step}, more than one tablet weighs, {weight}; use a finer scale",
            field="graduation",
        )
    if weight < Powder(product.strength.value):
        raise OrderError(
            f"a tablet with {product.strength} of {product.drug} cannot weigh {weight}; weigh a whole tablet",
            field="weight",
        )
    return OrderedProduct(
        name, product, split=step / weight, device=line.device, weight=weight, discard=bool(line.discard)
    )
