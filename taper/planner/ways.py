"""Changes to an order that make it work, or work better: each one searched and found to reach the goal.

A way is one change a clinician could make: a product of the catalog, a further split, the smallest "at least"
amount, the dose to stop from, another usual step size, a longer interval. It is offered as lines to paste into the
order; the clinician chooses. Tablets that an order takes whole are not split but where their label says how, and
never into quarters: a person who cannot split them would have to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal

from taper import catalog
from taper.errors import TaperError
from taper.interval import Interval
from taper.order.order import Order, parse_order
from taper.order.product import SPLITS
from taper.order.reduction import Reduction
from taper.planner import usual
from taper.planner.dates import LONGEST, Dated, Timeline, end_of_last, entering
from taper.planner.graph import Graph, Node
from taper.quantity import Mg, ended
from taper.schedule.makeable import Makeable
from taper.values import dataclass

Kind = Literal["step", "at least", "last dose", "split", "product", "interval"]
Change = Callable[[dict[str, Any]], object]

_SYRINGE = {"device": "oral syringe with a line every 0.1 mL", "graduation": "0.1 mL"}


@dataclass(frozen=True, slots=True)
class Way:
    """A change to an order.

    Attributes:
        kind: What is changed.
        lines: TOML to paste: keys, each with the place where it belongs as comment, or a product of several lines.
        order: The changed order.
        unlabeled: Whether tablets are split of which the label does not say how.
    """

    kind: Kind
    lines: tuple[str, ...]
    order: Order
    unlabeled: bool = False

    @property
    def text(self) -> str:
        """The lines in one sentence, for messages."""
        return " together with ".join(map(_sentence, self.lines))

    @property
    def rank(self) -> int:
        """Its place among the ways out of a dead end; the lower, the sooner it is offered.

        0 keeps the ordered step by a product or by a split that the label allows, and changes nothing else; 1 allows
        a smallest cut, or a stop; 2 makes two changes, or splits what no label speaks of; 3 takes larger steps.
        """
        if self.kind == "step":
            return 3
        if len(self.lines) > 1 or self.unlabeled:
            return 2
        return 1 if self.kind in ("at least", "last dose") else 0


def ways(order: Order, *, stuck: bool | None = None) -> Iterator[Way]:
    """Yield the changes with which an order reaches its goal.

    Args:
        order: An order, whether it works as it stands or not; with several drugs, a switch, weekly patterns or a
            history there is none, because each leg of such a plan is an order of its own: `taper.planner.leg_ways`
            makes changes of the whole of what leads out of its dead end.
        stuck: Whether it does not work; searched if it is not known.
    """
    if order.compound:
        return
    stuck = not reaches(order) if stuck is None else stuck
    ending = _last_dose(order) if stuck else None
    if ending is not None and reaches(ending.order):
        yield ending
    makeable = _makeable(order)
    for index, phase in enumerate(order.phase):
        if phase.reduce is not None and makeable is not None:
            if stuck:
                yield from _steps_out(order, index, phase.reduce, makeable, ending)
            else:
                yield from _smaller_steps(order, index, phase.reduce, makeable)
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
    """Return whether some sequence of makeable doses carries an order out, within the years that a plan may last."""
    try:
        graph = Graph(order)
        end = None if _never_arrives(graph) else graph.fall()
        if end is None or not graph.done(end):
            return end is not None and len(graph.times) > 1 and graph.reaches()
        return not _lasts_too_long(graph, end)
    except TaperError:
        return False


def _lasts_too_long(graph: Graph, end: Node) -> bool:
    """Return whether the path that falls the fastest lasts longer than a plan may."""
    timeline = Timeline(graph.order)
    here = Dated(graph.root, timeline.start)
    for after in [*graph.depth, end][1:]:
        here = Dated(after, entering(here.node, after, timeline.next(here.moment, here.node.phase)))
    return end_of_last(graph, timeline, here) > LONGEST.after(graph.order.start)


def _never_arrives(graph: Graph) -> bool:
    """Return whether even the makeable dose just above some goal is too far from it, so that no search is needed.

    From any higher dose more would be missing, because no step grows faster than the dose.
    """
    order, unit = graph.order, graph.makeable.unit
    totals = graph.spread.totals(graph.root.regimen)
    for index, phase in enumerate(order.phase):
        rule, opening = phase.reduce, order.phase[index - 1].goal if index else order.current.total
        if rule is None or rule.points is not None or opening <= phase.goal:
            continue
        if not phase.goal and order.stop_from is not None:
            continue
        above = graph.mg(totals[bisect_right(totals, phase.goal.value / unit)])
        if order.allowed(phase, above) < above - phase.goal:
            return True
    return False


def changed(order: Order, change: Change) -> Order:
    """Return an order with its data changed.

    Raises:
        OrderError: The changed data is not an order.
    """
    data = order.as_data() | {"current": order.current}  # exact: within a plan it need not end as a decimal
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
    if not usual.within(order, 0, lowest):
        return None  # stopping from so much of the starting dose is not a taper
    lowest = Mg(ended(lowest.value, graph.makeable.unit))  # what is typed ends as a decimal
    made = changed(order, lambda data: data.update(stop_from=str(lowest)))
    return Way("last dose", (f'stop_from = "{lowest}"',), made)


def _makeable(order: Order) -> Makeable | None:
    """Return what the products make; None where a dose of the order cannot be made, and no step helps."""
    try:
        return Graph(order).makeable
    except TaperError:
        return None


def _smaller_steps(order: Order, index: int, rule: Reduction, makeable: Makeable) -> Iterator[Way]:
    """Yield the usual smaller steps with which a phase works."""
    for step in usual.smaller_steps(rule, makeable):
        way = _with_step("step", order, index, step)
        if way is not None:
            yield way


def _steps_out(order: Order, index: int, rule: Reduction, makeable: Makeable, ending: Way | None) -> Iterator[Way]:
    """Yield the smallest "at least" and the smallest usual larger step with which a phase of a stuck order works."""
    floor = _smallest_floor(order, index, rule, makeable)
    if floor is not None:
        yield floor
    larger = usual.larger_steps(order, index, rule, makeable)
    step = _least("step", larger, order, index)
    if step is None and ending is not None:
        step = _least("step", larger, ending.order, index)
        step = None if step is None else _with(step, ending)
    if step is not None:
        yield step


def _smallest_floor(order: Order, index: int, rule: Reduction, makeable: Makeable) -> Way | None:
    if rule.amount is not None:
        return None  # an amount in mg is its own smallest cut
    return _least("at least", usual.floors(order, index, rule, makeable), order, index)


def _with_step(kind: Kind, order: Order, index: int, rule: Reduction) -> Way | None:
    """Return the order with another step, if it works."""
    text = str(rule)
    line = _in_phase(f'reduce = "{text}"', order, index)
    return _try(kind, order, lambda data: data["phase"][index].update(reduce=text), line)


def _least(kind: Kind, rules: Sequence[Reduction], order: Order, index: int) -> Way | None:
    """Find the first step that works, looking further and further, then between: a larger one never allows less."""
    low, high, best = 0, 0, None
    while best is None and low < len(rules):
        high = min(high, len(rules) - 1)
        best = _with_step(kind, order, index, rules[high])
        if best is None:
            low, high = high + 1, 2 * high + 1
    while best is not None and low < high:
        middle = (low + high) // 2
        found = _with_step(kind, order, index, rules[middle])
        if found is not None:
            best, high = found, middle
        else:
            low = middle + 1
    return best


def _splits(order: Order, number: int, stuck: bool, ending: Way | None) -> Iterator[Way]:
    """Yield the next finer split of a tablet that works: alone, with a last dose, or with a floor."""
    ordered = order.products[number]
    if ordered.weight is not None:
        return
    for split in _possible_splits(order, ordered.product):
        if SPLITS[split] >= (ordered.split or 0):
            continue

        def finer(data: dict[str, Any], split: str = split) -> None:
            data["product"][number]["split"] = split

        line = f'split = "{split}"  # {ordered.name}'
        way = _helped("split", order, finer, line, stuck, ending)
        if way is None and stuck:
            way = _floored("split", order, finer, line)
        if way is not None:
            yield replace(way, unlabeled=not _labeled(ordered.product, split))
            return


def _possible_splits(order: Order, product: catalog.Product) -> tuple[str, ...]:
    """Return how a product may be offered to be split, coarsest first.

    What the label or the form speaks against is not offered. Where the order takes all its tablets whole, only halves
    that the label allows are.
    """
    by_label = product.splittable == "label"
    if not by_label and product.splittable != "unknown":
        return ()
    counted = [ordered for ordered in order.products if ordered.product.splittable not in ("never", "measured")]
    splits = any((ordered.split or 1) < 1 for ordered in counted)
    if splits:
        return ("halves", "quarters")
    return ("halves",) if by_label or not counted else ()


def _labeled(product: catalog.Product, split: str) -> bool:
    """Return whether the label says that these parts can be taken."""
    return product.splittable == "label" and (split == "halves" or product.score == "quarters")


def _helped(kind: Kind, order: Order, change: Change, line: str, stuck: bool, ending: Way | None) -> Way | None:
    """Return a change alone, or for a stuck order with the lowest dose to stop from, its own before the order's."""
    if not stuck:
        return _try(kind, order, change, line)
    try:
        made = changed(order, change)
    except TaperError:
        return None
    if _makes_the_same(order, made):
        return None
    if reaches(made):
        return Way(kind, (line,), made)
    own = _last_dose(made)
    if own is not None and reaches(own.order):
        return Way(kind, (line, *own.lines), own.order)
    if ending is not None and usual.is_published_stop(ending.order):
        way = _try(kind, ending.order, change, line)
        return None if way is None else _with(way, ending)
    return None


def _makes_the_same(order: Order, made: Order) -> bool:
    """Return whether other products make no other dose, so that a dead end stays one."""
    coarse, fine = _makeable(order), _makeable(made)
    return coarse is not None and fine is not None and (coarse.unit, coarse.doses) == (fine.unit, fine.doses)


def _floored(kind: Kind, order: Order, change: Change, line: str) -> Way | None:
    """Return a change with the smallest "at least" that it needs, if that is at most half of what the order needs."""
    try:
        made = changed(order, change)
    except TaperError:
        return None
    fine, coarse = _makeable(made), _makeable(order)
    if fine is None or _makes_the_same(order, made):
        return None
    for index, phase in enumerate(order.phase):
        if phase.reduce is None or phase.reduce.amount is not None:
            continue
        own = None if coarse is None else _smallest_floor(order, index, phase.reduce, coarse)
        rules = usual.floors(made, index, phase.reduce, fine)
        if own is not None:
            rules = [rule for rule in rules if (rule.at_least or Mg(0)) * 2 <= _floor(own, index)]
        floor = _least("at least", rules, made, index)
        if floor is not None:
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
        offers: list[dict[str, str]] = [{}, *({"split": split} for split in _possible_splits(order, product))]
        if product.is_liquid:
            offers = [_SYRINGE]
        yield from _first_offer(order, product, offers, stuck, ending)


def _first_offer(
    order: Order, product: catalog.Product, offers: list[dict[str, str]], stuck: bool, ending: Way | None
) -> Iterator[Way]:
    def added(offer: dict[str, str]) -> tuple[Change, str]:
        keys = {"name": product.name, **offer}
        block = "\n".join(["[[product]]", *(f'{key} = "{value}"' for key, value in keys.items())])
        return lambda data: data["product"].append(keys), block

    def unlabeled(offer: dict[str, str]) -> bool:
        return "split" in offer and not _labeled(product, offer["split"])

    changes = [(*added(offer), unlabeled(offer)) for offer in offers]
    found = ((_helped("product", order, change, line, stuck, ending), against) for change, line, against in changes)
    way = next((replace(way, unlabeled=against) for way, against in found if way is not None), None)
    if way is None and stuck:
        floored = ((_floored("product", order, change, line), against) for change, line, against in changes)
        way = next((replace(way, unlabeled=against) for way, against in floored if way is not None), None)
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
