"""Changes to an order that make it work, or work better: each one searched and found to reach the goal.

A way is one change a clinician could make: the smallest step size that works, an "at least" amount, the
dose to stop from, a further split, a product of the catalog, a longer interval. It is offered as lines
to paste into the order; the clinician chooses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any, Literal

from taper import catalog
from taper.errors import TaperError
from taper.interval import Interval
from taper.order.order import Order, parse_order
from taper.order.product import SPLITS
from taper.order.reduction import Reduction
from taper.planner.graph import Graph
from taper.quantity import Mg, ended
from taper.values import dataclass

Kind = Literal["step", "at least", "last dose", "split", "product", "interval"]
Change = Callable[[dict[str, Any]], object]

_FINER = {"whole": "halves", "halves": "quarters"}
_SYRINGE = {"device": "oral syringe with a line every 0.1 mL", "graduation": "0.1 mL"}


@dataclass(frozen=True, slots=True)
class Way:
    """A change to an order.

    Attributes:
        kind: What is changed.
        lines: TOML to paste: keys, each with the place where it belongs as comment, or a product of several lines.
        order: The changed order.
    """

    kind: Kind
    lines: tuple[str, ...]
    order: Order

    @property
    def text(self) -> str:
        """The lines in one sentence, for messages."""
        return " together with ".join(map(_sentence, self.lines))


def ways(order: Order) -> Iterator[Way]:
    """Yield the changes with which an order reaches its goal.

    Args:
        order: An order, whether it works as it stands or not; with several drugs, a switch, weekly patterns or a
            history there is none, because each leg of such a plan is an order of its own.
    """
    if order.compound:
        return
    stuck = not reaches(order)
    ending = _last_dose(order) if stuck else None
    if ending is not None and reaches(ending.order):
        yield ending
    for index, phase in enumerate(order.phase):
        if phase.reduce is not None:
            yield from _smaller_steps(order, index, phase.reduce, stuck, ending)
    for number in range(len(order.product)):
        yield from _splits(order, number, stuck, ending)
    yield from _products(order, stuck, ending)
    if not stuck:
        yield from _intervals(order)


def _sentence(block: str) -> str:
    r"""Write a block of lines as part of a sentence.

    >>> _sentence('split = "halves"  # diazepam tablet 5 mg'), _sentence('[[product]]\nname = "a"\nsplit = "halves"')
    ('split = "halves" for diazepam tablet 5 mg', '[[product]] name = "a", split = "halves"')
    """
    head, *keys = block.split("\n")
    line, _, place = head.partition("  # ")
    where = f" {'in' if place.startswith('phase ') else 'for'} {place}" if place else ""
    return f"{line}{where} {', '.join(keys)}".rstrip()


def _in_phase(line: str, order: Order, index: int) -> str:
    """Add the phase to a line, where there are several."""
    return f"{line}  # phase {index + 1}" if len(order.phase) > 1 else line


def reaches(order: Order) -> bool:
    """Return whether some sequence of makeable doses carries an order out."""
    try:
        return Graph(order).reaches()
    except TaperError:
        return False


def changed(order: Order, change: Change) -> Order:
    """Return an order with its data changed.

    Raises:
        OrderError: The changed data is not an order.
    """
    data = order.as_data()
    change(data)
    return parse_order(data)


def _try(kind: Kind, order: Order, change: Change, *lines: str) -> Way | None:
    """Return the way if the changed order works."""
    try:
        made = changed(order, change)
    except TaperError:
        return None
    return Way(kind, lines, made) if reaches(made) else None


def _with(way: Way, ending: Way | None) -> Way:
    """Add the line of the last dose to a way that was found together with it."""
    return way if ending is None else replace(way, lines=(*way.lines, *ending.lines))


def _last_dose(order: Order) -> Way | None:
    """Return the order with a stop from its lowest makeable dose, where it says nothing of the stop."""
    if order.goal or order.stop_from is not None:
        return None
    try:
        graph = Graph(order)
    except TaperError:
        return None
    lowest = graph.mg(next(total for total in graph.spread.totals(graph.root.regimen) if total))
    if lowest >= order.current.total:
        return None  # stopping from the starting dose is not a taper
    lowest = Mg(ended(lowest.value, graph.makeable.unit))  # what is typed ends as a decimal
    made = changed(order, lambda data: data.update(stop_from=str(lowest)))
    return Way("last dose", (f'stop_from = "{lowest}"',), made)


def _smaller_steps(order: Order, index: int, rule: Reduction, stuck: bool, ending: Way | None) -> Iterator[Way]:
    """Yield the smallest step and, for a stuck order, the smallest "at least" with which a phase works."""
    step = _smallest_step(order, index, rule, stuck)
    if step is not None:
        yield step
    elif stuck and ending is not None:
        step = _smallest_step(ending.order, index, rule, stuck)
        if step is not None:
            yield _with(step, ending)
    if stuck and rule.amount is None:
        floor = _smallest_floor(order, index, rule)
        if floor is not None:
            yield floor


def _smallest_step(order: Order, index: int, rule: Reduction, stuck: bool) -> Way | None:
    """Find the smallest step of the ordered kind that works, short of all at once: to 0.1 %, or to the grid."""
    if rule.amount is not None:
        unit = _unit(order)
        if unit is None:
            return None
        ordered, whole = rule.amount.value / unit, order.current.total.value / unit

        def made(n: int) -> Reduction:
            return replace(rule, amount=Mg(ended(unit * n, unit)))

    else:
        ordered, whole = (rule.fraction or rule.points or Fraction(0)) * 1000, Fraction(1000)

        def made(n: int) -> Reduction:
            part = Fraction(n, 1000)
            return replace(rule, fraction=part) if rule.points is None else replace(rule, points=part)

    low, high = (math.floor(ordered) + 1, math.ceil(whole) - 1) if stuck else (1, math.ceil(ordered) - 1)
    return _least("step", made, low, high, order, index)


def _unit(order: Order) -> Fraction | None:
    """Return the grid of the doses in mg; None where a dose of the order cannot be made, and no step helps."""
    try:
        return Graph(order).makeable.unit
    except TaperError:
        return None


def _smallest_floor(order: Order, index: int, rule: Reduction) -> Way | None:
    unit = _unit(order)
    if unit is None:
        return None
    low = math.floor(rule.at_least.value / unit) + 1 if rule.at_least else 1
    high = math.ceil(order.current.total.value / unit) - 1  # all at once is not a taper
    return _least("at least", lambda n: replace(rule, at_least=Mg(ended(unit * n, unit))), low, high, order, index)


def _least(kind: Kind, make: Callable[[int], Reduction], low: int, high: int, order: Order, index: int) -> Way | None:
    """Bisect for the first number whose reduction works: a larger step never allows less."""

    def attempt(n: int) -> Way | None:
        text = str(make(n))
        line = _in_phase(f'reduce = "{text}"', order, index)
        return _try(kind, order, lambda data: data["phase"][index].update(reduce=text), line)

    best = attempt(high) if low <= high else None
    while best is not None and low < high:
        middle = (low + high) // 2
        found = attempt(middle)
        if found is not None:
            best, high = found, middle
        else:
            low = middle + 1
    return best


def _splits(order: Order, number: int, stuck: bool, ending: Way | None) -> Iterator[Way]:
    """Yield the next finer split of a tablet that works: alone, with a last dose, or with a floor."""
    ordered = order.products[number]
    if ordered.split is None or ordered.weight is not None or ordered.product.splittable == "never":
        return
    split: str | None = next(word for word, part in SPLITS.items() if part == ordered.split)
    while (split := _FINER.get(split or "")) is not None:

        def finer(data: dict[str, Any], split: str = split) -> None:
            data["product"][number]["split"] = split

        line = f'split = "{split}"  # {ordered.name}'
        way = _helped("split", order, finer, line, stuck, ending)
        if way is None and stuck:
            way = _floored("split", order, finer, line)
        if way is not None:
            yield way
            return


def _helped(kind: Kind, order: Order, change: Change, line: str, stuck: bool, ending: Way | None) -> Way | None:
    """Return a change alone, or for a stuck order with the lowest dose to stop from, its own before the order's."""
    way = _try(kind, order, change, line)
    if way is not None or not stuck:
        return way
    try:
        own = _last_dose(changed(order, change))
    except TaperError:
        return None
    for last in (own, ending):
        if last is not None:
            way = _try(kind, last.order, change, line)
            if way is not None:
                return _with(way, last)
    return None


def _floored(kind: Kind, order: Order, change: Change, line: str) -> Way | None:
    """Return a change with the smallest "at least" that it needs, if the order alone needs a larger one."""
    try:
        made = changed(order, change)
    except TaperError:
        return None
    for index, phase in enumerate(order.phase):
        if phase.reduce is None or phase.reduce.amount is not None:
            continue
        floor, coarse = _smallest_floor(made, index, phase.reduce), _smallest_floor(order, index, phase.reduce)
        if floor is not None and (coarse is None or _floor(floor, index) < _floor(coarse, index)):
            return Way(kind, (line, *floor.lines), floor.order)
    return None


def _floor(way: Way, index: int) -> Mg:
    rule = way.order.phase[index].reduce
    assert rule is not None
    assert rule.at_least is not None
    return rule.at_least


def _products(order: Order, stuck: bool, ending: Way | None) -> Iterator[Way]:
    """Yield each product of the catalog, for this drug and country, whose addition works, split least."""
    known = {ordered.name for ordered in order.products}
    for name in dict.fromkeys(p.name for p in catalog.products(order.country, order.products[0].product.drug)):
        if name in known:
            continue
        product = catalog.agree(catalog.find_products(order.country, name))
        if product.is_liquid:
            offers: list[dict[str, str]] = [_SYRINGE]
        elif product.splittable == "never":
            offers = [{}]
        else:
            offers = [{}, {"split": "halves"}, {"split": "quarters"}]
        yield from _first_offer(order, name, offers, stuck, ending)


def _first_offer(
    order: Order, name: str, offers: list[dict[str, str]], stuck: bool, ending: Way | None
) -> Iterator[Way]:
    def added(keys: dict[str, str]) -> tuple[Change, str]:
        block = "\n".join(["[[product]]", *(f'{key} = "{value}"' for key, value in keys.items())])
        return lambda data: data["product"].append(keys), block

    changes = [added({"name": name, **offer}) for offer in offers]
    found = (_helped("product", order, change, line, stuck, ending) for change, line in changes)
    way = next(filter(None, found), None)
    if way is None and _unit(order) is None:
        found = (_floored("product", order, change, line) for change, line in changes)
        way = next(filter(None, found), None)
    if way is not None:
        yield way


def _intervals(order: Order) -> Iterator[Way]:
    """Yield twice the interval of each phase."""
    for index, phase in enumerate(order.phase):
        longer = str(Interval(phase.every.days * 2, phase.every.months * 2))

        def slower(data: dict[str, Any], index: int = index, longer: str = longer) -> None:
            data["phase"][index]["every"] = longer

        way = _try("interval", order, slower, _in_phase(f'every = "{longer}"', order, index))
        if way is not None:
            yield way
