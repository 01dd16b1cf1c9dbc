"""Volumes and weights: how they are written, where they come from, and how a syringe is filled that holds less."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from taper.proof.papers.case import Case
from taper.proof.papers.reading import amounts, low, plain, strengths


def measures(case: Case, item: Any) -> tuple[str, ...]:
    """Return how a volume, a number of drops or a weight of powder may be written, in small letters."""
    ordered = case.products.get(item.product)
    if item.volume is None:
        grams = ordered.weight.value * item.count.value / 1000  # type: ignore[union-attr]
        return (f"{case.read.number(grams)} g {case.tongue.powder}",)
    if ordered is None or not ordered.in_drops or ordered.graduation is None:
        return (f"{case.read.number(item.volume.value)} ml",)
    return case.read.drops(item.volume.value / ordered.graduation.value)


def prove_source(case: Case, text: str, items: Sequence[Any], where: str) -> None:
    """Beside a volume stand no amounts but its strength, and the mL of the device and its fillings."""
    if not text or not items:
        if text:
            case.fail(f"{where} says {plain(text)!r}, and the plan names no product")
        return
    item, ordered = items[0], case.products.get(items[0].product)
    if ordered is None or item.volume is None:
        return
    key = text, item.product
    if key not in case.sources:
        case.sources[key] = _beside(case, text, ordered, item, where)
    filled = _fillings(ordered, item)
    if any(one not in filled for one in case.sources[key]):
        case.fail(f"{where} says {plain(text)!r} beside a volume")


def _beside(case: Case, text: str, ordered: Any, item: Any, where: str) -> tuple[Fraction, ...]:
    """Return the mL of a text beside a volume that are not of a name or a device: those of its fillings."""
    strength = ordered.product.strength.value
    names = (item.product, ordered.product.name, ordered.device)
    of_name = {one.value for name in names for one in amounts(name)}
    if any(one.value != strength and one.value not in of_name for one in case.read.mg(text)):
        case.fail(f"{where} says {plain(text)!r} beside a volume")
    if ordered.product.is_liquid and any(one != strength for one in strengths(text)):
        case.fail(f"{where} says {plain(text)!r} of a liquid of {strength} mg in 1 mL")
    known = of_name | {holds.value for _, holds in ordered.devices}
    known |= {ordered.capacity.value} if ordered.capacity is not None else set()
    return tuple(one.value for one in amounts(text) if one.unit == "mL" and one.value not in known)


def _fillings(ordered: Any, item: Any) -> tuple[Fraction, ...]:
    """Return what a syringe is filled to that holds less than the volume: its highest line, and the rest."""
    if ordered.capacity is None or ordered.graduation is None or item.volume <= ordered.capacity:
        return ()
    graduation = ordered.graduation.value
    full = graduation * (ordered.capacity.value // graduation)
    rest = item.volume.value % full
    return (full, rest) if rest else (full,)


def prove_filled(case: Case, text: str, intake: Any, where: str) -> None:
    """A volume that a syringe does not hold is said as its fillings, and how many."""
    item, ordered = intake.items[0], case.products.get(intake.items[0].product)
    if ordered is None or item.volume is None:
        return
    if ordered.device and not text:
        case.fail(f"{where} does not say how {item.volume} are measured")
    filled = _fillings(ordered, item)
    if not filled:
        return
    said, times = {one.value for one in amounts(text)}, item.volume.value // filled[0]
    words = case.tongue.fillings[times - 1 : times] if times <= len(case.tongue.fillings) else (str(times),)
    if not set(filled) <= said or not any(word in low(text) for word in words):
        case.fail(f"{where} says {plain(text)!r} for fillings of {item.volume}")
