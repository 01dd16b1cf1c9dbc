"""What to say when no plan exists: where it is stuck, and which changes to the order would work.

Every way out named here was planned and found to reach the goal; each is a line to paste into the order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from taper.errors import StuckError, TaperError
from taper.order import Order, parse_order
from taper.ordered_product import SPLITS
from taper.quantity import Mg, percent_text
from taper.reduction import Reduction
from taper.search import Node, Search

_FINER = {"whole": "halves", "halves": "quarters"}


def explain(search: Search) -> TaperError:
    """Return the error for an order that cannot reach its goal.

    Args:
        search: The search, after it found no way.
    """
    if not search.depth:
        return TaperError(
            "the plan has no cut: its only dose is today's; add the doses that follow", field="phase[0].doses"
        )
    node = max(search.depth, key=lambda n: (n.phase, n.typed, -sum(n.regimen)))
    step = search.depth[node] + 1
    now, target = search.mg(sum(node.regimen)), search.target(node)
    lower = [search.mg(total) for total in search.spread.totals(node.regimen) if search.mg(total) < target]
    below = lower[-1] if lower else Mg(0)
    limit = (now - target) / now
    cut = f"{percent_text((now - below) / now, unlike=limit)} of {now}" if below else "the stop, a cut of 100 %"
    ways = tuple(_ways_out(search, node))
    rule = search.order.phase[node.phase].reduce
    listed = "".join(f"\n  - {way}" for way in ways)
    return StuckError(
        f"step {step} is stuck at {now} a day: {rule} allows a cut to {target}, but of the doses that "
        f"{search.product_names} make, the one just above that is {now} itself (no cut) and the one just below is "
        f"{below} ({cut})."
        + (f" Each of these changes was planned and reaches {search.order.goal}:{listed}" if ways else _NO_WAY),
        step=step,
        ways_out=ways,
    ).at(field=f"phase[{node.phase}].reduce")


_NO_WAY = " No single change of step size, split or last dose helps; add a product with a smaller strength."


def _ways_out(search: Search, node: Node) -> Iterator[str]:
    """Yield the changes that work, each as lines to paste."""
    order, index = search.order, node.phase
    rule = order.phase[index].reduce
    assert rule is not None
    lowest = search.mg(next((t for t in search.spread.totals(search.root.regimen) if t), 0))
    ending = {} if order.goal or order.stop_from is not None else {"stop_from": str(lowest)}
    if ending and _works(order, lambda data: data.update(ending)):
        yield f'stop_from = "{lowest}"'  # only the stop itself was in the way
    step = _smallest_step(order, index, rule)
    if step is not None and step.fraction != 1:
        yield f'reduce = "{step}" (the smallest step size that works)'
    elif ending:
        step = _smallest_step(_changed(order, lambda data: data.update(ending)), index, rule)
        if step is not None and step != rule:
            yield f'reduce = "{step}" together with stop_from = "{lowest}" (the smallest step size that works so)'
    floor = _smallest_floor(order, index, rule, search)
    if floor is not None:
        yield f'reduce = "{floor}"'
    yield from _finer_splits(order, index, rule, ending, floor)


def _finer_splits(
    order: Order, index: int, rule: Reduction, ending: dict[str, str], coarse: Reduction | None
) -> Iterator[str]:
    """Yield the next finer split of each tablet that works: alone, with a last dose, or with a smaller floor."""
    for number, (line, ordered) in enumerate(zip(order.product, order.products, strict=True)):
        if ordered.split is None or ordered.product.splittable == "never":
            continue
        split: str | None = next(word for word, part in SPLITS.items() if part == ordered.split)
        while (split := _FINER.get(split or "")) is not None:

            def finer(data: dict[str, Any], number: int = number, split: str = split) -> None:
                data["product"][number]["split"] = split

            here = f'split = "{split}" for {line.name}'
            if _works(order, finer):
                yield here
                break

            def both(data: dict[str, Any], finer: Callable[[dict[str, Any]], None] = finer) -> None:
                finer(data)
                data.update(ending)

            if ending and _works(order, both):
                yield f'{here} together with stop_from = "{ending["stop_from"]}"'
                break
            changed = _changed(order, finer)
            floor = _smallest_floor(changed, index, rule, Search(changed))
            if floor is not None and coarse is not None and floor.at_least < coarse.at_least:  # type: ignore[operator]
                yield f'{here} together with reduce = "{floor}"'
                break


def _smallest_step(order: Order, index: int, rule: Reduction) -> Reduction | None:
    """Return the smallest step of the ordered kind that works: to 0.1 %, or to the grid of the doses."""
    if rule.fraction is not None:
        tenths = (rule.fraction * 1000).__floor__()

        def percent(n: int) -> Reduction:
            return Reduction(fraction=Fraction(n, 1000), basis=rule.basis, at_least=rule.at_least)

        return _least(percent, tenths + 1, 1000, order, index)
    assert rule.amount is not None
    unit = Search(order).makeable.unit
    first = (rule.amount.value / unit).__floor__() + 1
    last = (order.current.total.value / unit).__ceil__()
    return _least(lambda n: Reduction(amount=Mg(unit * n), at_least=rule.at_least), first, last, order, index)


def _smallest_floor(order: Order, index: int, rule: Reduction, search: Search) -> Reduction | None:
    """Return the order's step with the smallest "at least" that works."""
    if rule.fraction is None:
        return None
    unit = search.makeable.unit
    first = (rule.at_least.value / unit).__floor__() + 1 if rule.at_least else 1
    last = (order.current.total.value / unit).__ceil__()

    def floored(n: int) -> Reduction:
        return Reduction(fraction=rule.fraction, basis=rule.basis, at_least=Mg(unit * n))

    return _least(floored, first, last, order, index)


def _least(make: Callable[[int], Reduction], low: int, high: int, order: Order, index: int) -> Reduction | None:
    """Bisect for the first number whose reduction works: a larger step never allows less."""

    def works(n: int) -> bool:
        return _works(order, lambda data: data["phase"][index].update(reduce=str(make(n))))

    if low > high or not works(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle + 1, high)
    return make(low)


def _changed(order: Order, change: Callable[[dict[str, Any]], object]) -> Order:
    data = order.as_data()
    change(data)
    return parse_order(data)


def _works(order: Order, change: Callable[[dict[str, Any]], object]) -> bool:
    try:
        return Search(_changed(order, change)).layers() is not None
    except TaperError:
        return False
