"""The graph of regimens that an order spans: its nodes are (phase, regimen), its edges are cuts."""

from __future__ import annotations

import copy
import math
from bisect import bisect_left, bisect_right
from fractions import Fraction
from typing import NamedTuple

from taper.errors import NotMakeableError, OrderError
from taper.order.order import Order
from taper.order.parts import DailyDoses, TimeOfDay
from taper.order.phase import Phase
from taper.planner.spread import Merging, Places, Spread
from taper.quantity import Mg
from taper.schedule.makeable import Makeable

MOST_NODES = 125_000  # where times of day alternate, there can be more regimens than anyone can wait for
_FAR = 10**9
_NARROW = 40  # nodes of a layer, where only the place of a dead end is looked for


class Node(NamedTuple):
    """A place in the search: the phase that rules the next cut, how many of its typed doses are done, the doses.

    Where the times of day take turns, `turn` is the position of the one whose turn it is; else it is 0.
    """

    phase: int
    typed: int
    regimen: Places
    turn: int = 0


Edges = dict[Node, list[Node]]


class Graph:
    """The graph of regimens that an order spans.

    Args:
        order: The order.

    Attributes:
        order: The order.
        end: The phase after the last one searched.
        times: Times of day of the current regimen; the doses of a node stand in this order.
        takes_turns: Whether cuts fall on one time of day after the other.
        makeable: What the products can make.
        depth: After `layers`: the fewest cuts to each node that was reached.
    """

    depth: dict[Node, int]

    def __init__(self, order: Order) -> None:
        self.order = order
        self.times: tuple[TimeOfDay, ...] = tuple(order.current.by_time())
        self.takes_turns = order.spread == "alternate" and len(self.times) > 1
        highest = max(
            max(part.by_time().values())
            for part in (
                order.current,
                *(d for p in order.phase for d in p.doses or () if isinstance(d, DailyDoses)),
            )
        )
        typed = [d for p in order.phase for d in p.doses or () if isinstance(d, Mg)] if len(self.times) == 1 else []
        highest = max([highest, *typed])
        merged = self._merged_dose()
        self.makeable = Makeable(order.products, order.max_units, max(highest, merged))
        self._roof = max(dose for dose in self.makeable.doses if self.mg(dose) <= highest)
        self.spread = Spread(
            self.makeable.doses,
            tuple(self.times.index(time) for time in order.reduce_first or ()),
            order.spread or "even",
            Merging(math.floor(merged.value / self.makeable.unit), self.times.index(order.merge.into))
            if merged and order.merge is not None
            else None,
        )
        self.end = len(order.phase)
        self._ends = [phase.goal.value // self.makeable.unit for phase in order.phase]  # a dose above has not arrived
        self.root = self._settle(Node(0, 0, self._regimen(order.current, "current")))
        self._goals = [self._goal_place(index) for index in range(len(order.phase))]

    def within(self, first: int, end: int, regimen: Places, turn: int = 0) -> Graph:
        """Return the search of some phases only, from a regimen on.

        Args:
            first: The first phase.
            end: The phase after the last one.
            regimen: Doses with which the first phase begins.
            turn: The time of day whose turn it is then, as the node before has it.
        """
        part = copy.copy(self)
        part.end, part.depth = end, {}
        part.root = part._settle(Node(first, 0, regimen, turn))
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

    def goal(self, phase: int) -> int:
        """Return the goal of a phase on the grid; zero for one with typed doses."""
        return self._goals[phase]

    def arrived(self, node: Node) -> bool:
        """Return whether the daily dose of a node is at the goal of its phase, or below."""
        return sum(node.regimen) <= self._ends[node.phase]

    def done(self, node: Node) -> bool:
        """Return whether a node is the end of the phases searched."""
        return node.phase == self.end

    def successors(self, node: Node, lowest: int = 0) -> list[Node]:
        """Return every node that one cut leads to, highest total first.

        Args:
            node: Where the cut is made.
            lowest: With a finish date: no total below this; a stop that is allowed is still among them.
        """
        phase = self.order.phase[node.phase]
        if phase.doses is not None:
            return [self._settle(self._typed(node, phase))]
        target, goal = self.target(node), self._goals[node.phase]
        # With a finish date any cut is allowed, but the stop only from `stop_from`.
        within = max(goal, 1) if target is None else max(int(-(-target.value // self.makeable.unit)), goal)
        shown = lowest if target is None else 0
        reached = self.spread.successors(node.regimen, within, node.turn, shown)
        if self.takes_turns:
            turns = [self.spread.next_turn(node.turn, node.regimen, regimen) for _, regimen in reached]
            found = [self._settle(Node(node.phase, 0, r, turn)) for (_, r), turn in zip(reached, turns, strict=True)]
        else:
            found = [self._settle(Node(node.phase, 0, regimen)) for _, regimen in reached]
        if self.may_stop(node) and (not found or any(found[-1].regimen)):
            found.append(self._settle(Node(node.phase, 0, (0,) * len(self.times))))
        return found

    def may_stop(self, node: Node) -> bool:
        """Return whether `stop_from` lets the next cut go to zero."""
        ceiling = self.order.stop_from
        stops = not self.order.phase[node.phase].goal
        return stops and ceiling is not None and self.mg(sum(node.regimen)) <= ceiling

    def layers(self) -> list[Edges] | None:
        """Search breadth first.

        Returns:
            For each number of cuts the nodes first reached with it and their successors, up to the
            layer before the end; or None if the end cannot be reached. Where times of day take turns,
            nodes that are too far from the end to be on a path with the fewest cuts are left out.

        Raises:
            OrderError: The times of day take turns, and there are more regimens than can be tried.
        """
        if not self.takes_turns:
            return self._layers()[0]
        needed = self._cuts_needed()
        cuts = self._least(needed, self.root)
        if cuts >= _FAR:
            return self._layers(narrow=True)[0]
        more = 1
        while True:
            found, cut_off = self._layers(needed, cuts)
            if found is not None or not cut_off:
                return found
            cuts, more = cuts + more, more * 2

    def reaches(self) -> bool:
        """Return whether some path leads to the end; where times of day take turns, whether one is found quickly."""
        return (self._layers(narrow=True)[0] if self.takes_turns else self.layers()) is not None

    def _layers(
        self, needed: list[dict[int, int]] | None = None, cuts: int = _FAR, narrow: bool = False
    ) -> tuple[list[Edges] | None, bool]:
        """Search breadth first, and tell whether nodes were left out for being too far from the end."""
        layer = [] if self.done(self.root) else [self.root]
        found: list[Edges] = []
        self.depth = dict.fromkeys(layer, 0)
        cut_off = False
        while layer:
            edges = {node: self.successors(node) for node in layer}
            found.append(edges)
            if any(self.done(after) for afters in edges.values() for after in afters):
                return found, cut_off
            layer = list(dict.fromkeys(a for afters in edges.values() for a in afters if a not in self.depth))
            if needed is not None:
                near = [node for node in layer if len(found) + self._least(needed, node) <= cuts]
                cut_off = cut_off or len(near) < len(layer)
                layer = near
            if narrow:
                layer = sorted(layer, key=lambda node: (-node.phase, sum(node.regimen), node))[:_NARROW]
            self.depth.update(dict.fromkeys(layer, len(found)))
            if needed is not None:
                self.refuse_too_many(len(self.depth))
        return None, cut_off

    def refuse_too_many(self, nodes: int) -> None:
        """Raise if times of day take turns and there are too many regimens to search."""
        if self.takes_turns and nodes > MOST_NODES:
            raise OrderError(
                f'with {len(self.times)} times of day and doses as fine as these, "alternate" leaves more than '
                f'{MOST_NODES} regimens to choose from, too many to find the best plan; use spread = "even" or '
                "reduce_first, fewer times of day, or products with larger steps",
                field="spread",
            )

    def _cuts_needed(self) -> list[dict[int, int]]:
        """Return, for each phase with a rule, the least number of cuts from a total to its goal.

        Where a cut falls is not looked at, so no plan needs fewer.
        """
        totals = self.spread.totals((self._roof,) * len(self.times))
        found: list[dict[int, int]] = []
        start = sum(self.root.regimen)
        for index in range(self.end):
            phase, needed = self.order.phase[index], {}
            if index >= self.root.phase and phase.doses is None:
                known = totals[: bisect_right(totals, start)]
                merged = bisect_right(known, self.spread.merged_up_to)
                for place, total in enumerate(known):
                    one = Node(index, 0, (total,))
                    if self.arrived(one):
                        needed[total] = 0
                        continue
                    target = self.target(one)
                    lowest = 1 if target is None else int(-(-target.value // self.makeable.unit))
                    low = bisect_left(known, max(lowest, self._goals[index]))
                    apart = bisect_left(known, total - self._roof)  # no time of day gives more than that
                    afters = known[low : min(merged, place)] + known[max(low, merged, apart) : place]
                    stop = [0] if self.may_stop(one) else []
                    needed[total] = 1 + min([*(needed[after] for after in afters), *stop], default=_FAR)
            found.append(needed)
            if index >= self.root.phase:
                start = int(phase.goal.value / self.makeable.unit)
        return found

    def _least(self, needed: list[dict[int, int]], node: Node) -> int:
        """Return a lower bound on the cuts from a node to the end."""
        cuts, total = 0, sum(node.regimen)
        for index in range(node.phase, self.end):
            phase = self.order.phase[index]
            if phase.doses is not None:
                cuts += len(phase.doses) - (node.typed if index == node.phase else 1)
            else:
                cuts += needed[index].get(total, 0)
            total = int(phase.goal.value / self.makeable.unit)
        return cuts

    def _merged_dose(self) -> Mg:
        """Return the largest dose that the order may merge into one time of day; zero where it merges none."""
        if self.order.merge is None or len(self.times) == 1:
            return Mg(0)
        typed = [_total(dose) for phase in self.order.phase for dose in phase.doses or ()]
        return min(self.order.merge.at_most, max([self.order.current.total, *typed]))

    def _settle(self, node: Node) -> Node:
        """Pass on to the next phase where a node has reached the goal of its own."""
        while node.phase < self.end:
            phase = self.order.phase[node.phase]
            if phase.doses is not None:
                if node.typed == 0 and _same(phase.doses[0], node.regimen, self):
                    node = Node(node.phase, 1, node.regimen, node.turn)  # the list may begin with the dose of today
                if node.typed < len(phase.doses):
                    return node
            elif sum(node.regimen) > self._ends[node.phase]:
                return node
            node = Node(node.phase + 1, 0, node.regimen, node.turn)
        return node

    def _goal_place(self, index: int) -> int:
        """Return the goal of a phase on the grid, or, for typed doses, zero."""
        phase = self.order.phase[index]
        if phase.doses is not None or not phase.goal:
            return 0
        anything = (self._roof,) * len(self.times)
        return self._makeable_total(phase.goal, anything, "at these times of day", f"phase[{index}].until")

    def _makeable_total(self, wanted: Mg, ceiling: Places, how: str, field: str) -> int:
        """Return a daily dose on the grid, or raise with the nearest ones that can be made."""
        merge = self.order.merge
        if merge is not None and len(self.times) > 1 and wanted <= merge.at_most:
            return self.place(wanted, field)
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
        """Return a dose of one intake on the grid, or raise an error with what would make it possible."""
        found = self.makeable.on_grid(dose)
        if found is not None:
            return found
        roomy = Makeable(self.order.products, 60, dose)
        place = roomy.on_grid(dose)
        if place is not None:
            raise NotMakeableError(
                f"{dose} needs {roomy.handling(place).units} units at one time, and max_units is "
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

    def _regimen(self, regimen: DailyDoses, field: str) -> Places:
        doses = regimen.by_time()
        for time in doses:
            if time not in self.times:
                raise OrderError(f"nothing is taken at {time} today; name times that [current] has", field=field)
        return tuple(self.place(doses[t], f"{field}.{t}") if t in doses else 0 for t in self.times)

    def _typed(self, node: Node, phase: Phase) -> Node:
        """Return the node of the next typed dose, before it is settled."""
        assert phase.doses is not None
        wanted, field = phase.doses[node.typed], f"phase[{node.phase}].doses[{node.typed}]"
        if isinstance(wanted, DailyDoses):
            regimen = self._regimen(wanted, field)
            return Node(node.phase, node.typed + 1, regimen, self.spread.next_turn(node.turn, regimen, regimen))
        regimen = self._typed_total(node, wanted, field)
        turn = self.spread.next_turn(node.turn, node.regimen, regimen)
        return Node(node.phase, node.typed + 1, regimen, turn)

    def _typed_total(self, node: Node, wanted: Mg, field: str) -> Places:
        if not wanted:
            return (0,) * len(self.times)
        if len(self.times) == 1:
            return (self.place(wanted, field),)
        merge = self.order.merge
        if wanted.value > self.unit_total(node.regimen) and (merge is None or wanted > merge.at_most):
            raise OrderError(
                f"{wanted} is above the dose before it, and the day has several times; "
                'write where it rises, as {morning = "5 mg", bedtime = "5 mg"}',
                field=field,
            )
        total = self._makeable_total(wanted, node.regimen, "without raising a time of day", field)
        return self.spread.split(node.regimen, total, node.turn)

    def unit_total(self, regimen: Places) -> Fraction:
        """Return the daily dose of a regimen, in mg."""
        return self.makeable.unit * sum(regimen)


def _total(dose: Mg | DailyDoses) -> Mg:
    return dose.total if isinstance(dose, DailyDoses) else dose


def _same(dose: Mg | DailyDoses, regimen: Places, graph: Graph) -> bool:
    if isinstance(dose, Mg):
        return dose.value == graph.unit_total(regimen)
    doses = dose.by_time()
    return all(graph.mg(p) == doses.get(t, Mg(0)) for t, p in zip(graph.times, regimen, strict=True))


def _nearest(doses: list[Mg], what: str) -> str:
    if len(doses) == 1:
        return f"{what} that can is {doses[0]}"
    return f"{what}s that can are {' and '.join(str(dose) for dose in doses) or 'none at all'}"
