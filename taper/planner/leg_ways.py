"""Ways out of the dead end of one leg, as changes of the whole order that it is a part of, or of a revision.

A leg is searched as an order of its own, so its ways out are lines for that order. Here the same lines are put where
they belong in what the clinician wrote. Whether the whole can then be carried out is another question: only planning
all of it answers that.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from taper.errors import StuckError, TaperError
from taper.order.order import Order, parse_order
from taper.order.terms import terms_of
from taper.planner.ways import Way


def ways_of_order(order: Order, stuck: StuckError) -> Iterator[Way]:
    """Yield the ways out of a leg as changes of the order, with the lines to paste into it.

    Args:
        order: An order of several legs, without revisions.
        stuck: What its planning came to.
    """
    for way in stuck.ways:
        if not isinstance(way, Way) or order.history:
            continue
        data, lines = order.as_data(), list[str]()
        names = [product.name for product in order.products]
        for block in way.lines:
            lines += _put(data, block, names, stuck.first or 0)
        try:
            changed = parse_order(data)
        except TaperError:  # such as a product that another phase may not name
            continue
        yield replace(way, lines=tuple(lines), order=changed)


def ways_of_revision(order: Order, changes: Mapping[str, Any], stuck: StuckError) -> Iterator[dict[str, Any]]:
    """Yield the ways out of a leg as the changes of a revision, that were asked for and one more.

    Args:
        order: The order that is revised.
        changes: What the revision changes, as `taper.planner.reviser.revise` takes it.
        stuck: What its planning came to.
    """
    lines = changes.get("product") or products_in_force(order)
    for way in stuck.ways:
        if not isinstance(way, Way):
            continue
        data: dict[str, Any] = {"product": deepcopy(list(lines)), "phase": deepcopy(list(changes.get("phase", ())))}
        names = [str(line.get("name")) for line in data["product"]]
        step = "phase" if len(data["phase"]) == 1 else "reduce"  # of several new phases, which one is not said
        if any(_keys(block) == {"reduce"} for block in way.lines) and (step == "reduce") == bool(data["phase"]):
            continue
        if step == "reduce":
            data["phase"] = [{}]
        for block in way.lines:
            _put(data, block, names, 0, only=True)
        found = dict(changes)
        if step == "reduce":
            found |= data["phase"][0]
        else:
            found["phase"] = data["phase"]
        found |= {"stop_from": data["stop_from"]} if "stop_from" in data else {}
        found |= {"product": data["product"]} if data["product"] != lines else {}
        if found != changes:
            yield found


def products_in_force(order: Order) -> list[dict[str, Any]]:
    """Return the data of the products of an order after its last revision."""
    given = terms_of(order)[-1].product
    return [line.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True) for line in given]


def _keys(block: str) -> set[str]:
    return set(tomllib.loads(block))


def _put(data: dict[str, Any], block: str, names: list[str], first: int, *, only: bool = False) -> list[str]:
    """Put a block of lines where it belongs, and return the lines to paste.

    Args:
        data: Data of an order.
        block: Lines of a way out of a leg.
        names: The names of its products, in their order.
        first: Place of the first phase of the leg.
        only: Whether there is but one phase, whatever the leg calls it.
    """
    head, _, place = block.partition("\n")[0].partition("  # ")
    keys = tomllib.loads(block)
    if "product" in keys:
        data["product"] += keys["product"]
        return [block, *_let_in(data["phase"], keys["product"][0]["name"], first)]
    if "split" in keys:
        if place in names:
            data["product"][names.index(place)] |= keys
        return [block]
    if "reduce" in keys:
        number = 0 if only else first + (int(place.removeprefix("phase ")) - 1 if place else 0)
        data["phase"][number] |= keys
        return [f"{head}  # phase {number + 1}" if len(data["phase"]) > 1 else head]
    data |= keys
    return [block]


def _let_in(phases: list[dict[str, Any]], name: str, first: int) -> Iterator[str]:
    """Name a new product in the phases of a leg that take only the products that they name."""
    own = phases[first].get("products") if first < len(phases) else None
    for number in range(first, len(phases)):
        if own is None or phases[number].get("products") != own:
            return
        phases[number]["products"] = [*own, name]
        quoted = ", ".join(f'"{one}"' for one in phases[number]["products"])
        yield f"products = [{quoted}]  # phase {number + 1}"
