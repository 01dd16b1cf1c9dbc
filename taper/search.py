"""The graph of regimens that an order spans: its nodes are (phase, regimen), its edges are cuts."""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import NamedTuple

from taper.errors import NotMakeableError, OrderError
from taper.makeable import Makeable
from taper.order import Order
from taper.order_parts import Phase, Regimen, TimeOfDay
from taper.quantity import Mg
from taper.spread import Places, Spread


class Node(NamedTuple):
    """A place in the search: the phase that rules the next cut, how many of its typed doses are done, the doses."""

    phase: int
    typed: int
    regimen: Places


class Search:
    """The graph of regimens that an order spans.

    Args:
        order: The order.

    Attributes:
        order: The order.
        end: The phase after the last one searched.
        times: Times of day of the current regimen; the doses of a node stand in this order.
        makeable: What the products can make.
        depth: After `layers`: the fewest cuts to each node that was reached.
    """

    depth: dict[Node, int]

    def __init__(self, order: Order) -> None:
        self.order = order
        self.times: tuple[TimeOfDay, ...] = tuple(order.current.by_time())
        highest = max(
            max(part.by_time().values())
            for part in (
                order.current,
                *(d for p in order.phase for d in p.doses or () if isinstance(d, Regimen)),
            )
        )
        typed = [d for p in order.phase for d in p.doses or () if isinstance(d, Mg)] if len(self.times) == 1 else []
        self.makeable = Makeable(order.products, order.max_units, max([highest, *typed]))
        first = tuple(self.times.index(time) for time in order.reduce_first or ())
        self.spread = Spread(self.makeable.doses, first)
        self.end = len(order.phase)
        self._ends = [phase.goal.value // self.makeable.unit for phase in order.phase]  # a dose above has not arrived
        self.root = self._settle(Node(0, 0, self._regimen(order.current, "current")))
        self._goals = [self._goal(index) for index in range(len(order.phase))]

    def within(self, first: int, end: int, regimen: Places) -> Search:
        """Return the search of some phases only, from a regimen on.

        Args:
            first: The first phase.
            end: The phase after the last one.
            regimen: Doses with which the first phase begins.
        """
        part = copy.copy(self)
        part.end, part.depth = end, {}
        part.root = part._settle(Node(first, 0, regimen))
        return part

    def mg(self, place: int) -> Mg:
        """Return a dose of the grid in mg."""
        return self.makeable.mg(place)

    def target(self, node: Node) -> Mg | None:
        """Return the daily dose that the next cut aims at, before it is made makeable; None with a finish date."""
        phase = self.order.phase[node.phase]
        if phase.doses is not None:
            return _total(phase.doses[node.typed])
        if phase.finish is not None:
            return None
        now = self.mg(sum(node.regimen))
        return max(now - self.order.allowed(phase, now), phase.goal)

    def done(self, node: Node) -> bool:
        """Tell whether a node is the end of the phases searched."""
        return node.phase == self.end

    def successors(self, node: Node, lowest: int = 0) -> list[Node]:
        """Return every node that one cut leads to, highest total first.

        Args:
            node: Where the cut is made.
            lowest: With a finish date: no total below this; a stop that is allowed is still among them.
        """
        phase = self.order.phase[node.phase]
        if phase.doses is not None:
            return [self._settle(Node(node.phase, node.typed + 1, self._typed(node, phase)))]
        target, goal = self.target(node), self._goals[node.phase]
        # With a finish date any cut is allowed, but the stop only from `stop_from`.
        lowest = max(goal, 1, lowest) if target is None else max(int(-(-target.value // self.makeable.unit)), goal)
        found = [
            self._settle(Node(node.phase, 0, regimen)) for _, regimen in self.spread.successors(node.regimen, lowest)
        ]
        if self.may_stop(node) and lowest > 0:
            found.append(self._settle(Node(node.phase, 0, (0,) * len(self.times))))
        return found

    def may_stop(self, node: Node) -> bool:
        """Tell whether `stop_from` lets the next cut go to zero."""
        ceiling = self.order.stop_from
        stops = not self.order.phase[node.phase].goal
        return stops and ceiling is not None and self.mg(sum(node.regimen)) <= ceiling

    def layers(self) -> list[dict[Node, list[Node]]] | None:
        """Search breadth first.

        Returns:
            For each number of cuts the nodes first reached with it and their successors, up to the
            layer before the end; or None if the end cannot be reached.
        """
        layer = [] if self.done(self.root) else [self.root]
        found: list[dict[Node, list[Node]]] = []
        self.depth = dict.fromkeys(layer, 0)
        while layer:
            edges = {node: self.successors(node) for node in layer}
            found.append(edges)
            if any(self.done(after) for afters in edges.values() for after in afters):
                return found
            layer = list(dict.fromkeys(a for afters in edges.values() for a in afters if a not in self.depth))
            self.depth.update(dict.fromkeys(layer, len(found)))
        return None

    def _settle(self, node: Node) -> Node:
        """Pass on to the next phase where a node has reached the goal of its own."""
        while node.phase < self.end:
            phase = self.order.phase[node.phase]
            if phase.doses is not None:
                if node.typed == 0 and _same(phase.doses[0], node.regimen, self):
                    node = Node(node.phase, 1, node.regimen)  # the list may begin with the dose of today
                if node.typed < len(phase.doses):
                    return node
            elif sum(node.regimen) > self._ends[node.phase]:
                return node
            node = Node(node.phase + 1, 0, node.regimen)
        return node

    def _goal(self, index: int) -> int:
        """Return the goal of a phase on the grid, or, for typed doses, zero."""
        phase = self.order.phase[index]
        if phase.doses is not None or not phase.goal:
            return 0
        anything = (self.makeable.doses[-1],) * len(self.times)
        return self._makeable_total(phase.goal, anything, "at these times of day", f"phase[{index}].until")

    def _makeable_total(self, wanted: Mg, ceiling: Places, how: str, field: str) -> int:
        """Return a daily dose on the grid, or raise with the nearest ones that can be made."""
        totals = self.spread.totals(ceiling)
        place = wanted.value / self.makeable.unit
        if place.denominator == 1 and place.numerator in totals:
            return place.numerator
        nearby = [t for t in totals if t < place][-1:] + [t for t in totals if t > place][:1]
        raise NotMakeableError(
            f"{wanted} a day cannot be made from {self.product_names} {how}; the nearest "
            f"{_nearest([self.mg(t) for t in nearby if t], 'daily dose')}; "
            "change the dose, add a product, or allow a further split",
            field=field,
        )

    @property
    def product_names(self) -> str:
        """The products and how they may be split, for messages."""
        return " and ".join(f"{product.name} ({product.portions})" for product in self.order.products)

    def place(self, dose: Mg, field: str) -> int:
        """Return a dose of one intake on the grid, or raise what would make it possible."""
        found = self.makeable.on_grid(dose)
        if found is not None:
            return found
        roomy = Makeable(self.order.products, 60, dose)
        place = roomy.on_grid(dose)
        if place is not None:
            raise NotMakeableError(
                f"{dose} needs {roomy.handling[place].units} units at one time, and max_units is "
                f"{self.order.max_units}; raise max_units, or add a stronger product",
                field=field,
            )
        ceiling = dose * 2 + max(product.smallest for product in self.order.products)  # one of them is above the dose
        below, above = Makeable(self.order.products, self.order.max_units, ceiling).around(dose)
        raise NotMakeableError(
            f"{dose} cannot be made from {self.product_names}; the nearest "
            f"{_nearest([d for d in (below, above) if d is not None], 'dose')}; "
            "change the dose, add a product, or allow a further split",
            field=field,
        )

    def _regimen(self, regimen: Regimen, field: str) -> Places:
        doses = regimen.by_time()
        for time in doses:
            if time not in self.times:
                raise OrderError(f"nothing is taken at {time} today; name times that [current] has", field=field)
        return tuple(self.place(doses[t], f"{field}.{t}") if t in doses else 0 for t in self.times)

    def _typed(self, node: Node, phase: Phase) -> Places:
        """Return the regimen of the next typed dose."""
        assert phase.doses is not None
        wanted, field = phase.doses[node.typed], f"phase[{node.phase}].doses[{node.typed}]"
        if isinstance(wanted, Regimen):
            return self._regimen(wanted, field)
        if not wanted:
            return (0,) * len(self.times)
        if len(self.times) == 1:
            return (self.place(wanted, field),)
        if wanted.value > self.unit_total(node.regimen):
            raise OrderError(
                f"{wanted} is above the dose before it, and the day has several times; "
                'write where it rises, as {morning = "5 mg", bedtime = "5 mg"}',
                field=field,
            )
        total = self._makeable_total(wanted, node.regimen, "without raising a time of day", field)
        return self.spread.split(node.regimen, total)

    def unit_total(self, regimen: Places) -> Fraction:
        """Return the daily dose of a regimen, in mg."""
        return self.makeable.unit * sum(regimen)


def _total(dose: Mg | Regimen) -> Mg:
    return dose.total if isinstance(dose, Regimen) else dose


def _same(dose: Mg | Regimen, regimen: Places, search: Search) -> bool:
    if isinstance(dose, Mg):
        return dose.value == search.unit_total(regimen)
    doses = dose.by_time()
    return all(search.mg(p) == doses.get(t, Mg(0)) for t, p in zip(search.times, regimen, strict=True))


def _nearest(doses: list[Mg], what: str) -> str:
    if len(doses) == 1:
        return f"{what} that can is {doses[0]}"
    return f"{what}s that can are {' and '.join(str(dose) for dose in doses) or 'none at all'}"
