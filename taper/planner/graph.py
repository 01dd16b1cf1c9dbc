"""The graph of regimens that an order spans: its nodes are (phase, regimen), its edges are cuts."""

from __future__ import annotations

import copy
import math
from bisect import bisect_right
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from taper.errors import NotMakeableError, OrderError
from taper.order.order import Order
from taper.order.parts import DailyDoses, TimeOfDay, blank_by_time
from taper.order.phase import Phase, dose_total
from taper.planner.corridor import FAR, Corridor, Stretch
from taper.planner.grid import largest_cut, nearest_text, product_names, too_many, unmakeable
from taper.planner.rounding import Rounding
from taper.planner.spread import Merging, Places, Shown, Spread
from taper.quantity import Mg
from taper.schedule.makeable import Makeable

MOST_CUTS = 600_000  # more than anyone can wait for
MOST_CUTS_IN_TURN = 125_000  # each takes longer where times of day alternate
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
    _tried = 0

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
        doses = self.makeable.doses
        self._roof = doses[bisect_right(doses, highest.value / self.makeable.unit) - 1]
        self.spread = Spread(
            self.makeable.doses,
            tuple(self.times.index(time) for time in order.reduce_first or ()),
            order.spread or "even",
            Merging(math.floor(merged.value / self.makeable.unit), self.times.index(order.merge.into))
            if merged and order.merge is not None
            else None,
        )
        self.end = len(order.phase)
        self._start, self._half = order.current.total, order.half_saturation
        self._least = [phase.goal for phase in order.phase]  # no cut aims lower
        self._ends = [goal.value // self.makeable.unit for goal in self._least]  # a dose above has not arrived
        self._cuts = [largest_cut(order, phase, self.makeable.unit) for phase in order.phase]
        self._rounding = [p.round_to and Rounding(p, self.makeable.unit, self.spread) for p in order.phase]
        stop = -1 if order.stop_from is None else math.floor(order.stop_from.value / self.makeable.unit)
        self._nodes: list[dict[Places, Node]] = [{} for _ in order.phase]
        self._stops = [-1 if phase.goal else stop for phase in order.phase]
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
        part.end, part.depth, part._tried = end, {}, 0
        part.root = part._settle(Node(first, 0, regimen, turn))
        return part

    @property
    def highest_total(self) -> int:
        """A daily dose that no node is above."""
        return self._roof * len(self.times)

    def mg(self, place: int) -> Mg:
        """Return a dose of the grid in mg."""
        return self.makeable.mg(place)

    def target(self, node: Node) -> Mg | None:
        """Return the daily dose that the next cut aims at, before it is made makeable; None with a finish date."""
        phase = self.order.phase[node.phase]
        if phase.doses is not None:
            return dose_total(phase.doses[node.typed])
        if phase.finish is not None:
            return None
        now = self.mg(sum(node.regimen))
        assert phase.reduce is not None
        return max(now - phase.reduce.allowed(now, self._start, self._half), self._least[node.phase])

    def goal(self, phase: int) -> int:
        """Return the goal of a phase on the grid; zero for one with typed doses."""
        return self._goals[phase]

    def arrived(self, node: Node) -> bool:
        """Return whether the daily dose of a node is at the goal of its phase, or below."""
        return sum(node.regimen) <= self._ends[node.phase]

    def done(self, node: Node) -> bool:
        """Return whether a node is the end of the phases searched."""
        return node.phase == self.end

    def lowest(self, phase: int, total: int) -> int:
        """Return the total below which no cut of a phase may go; with a finish date, all but the stop."""
        if self.order.phase[phase].finish is not None:
            return max(self._goals[phase], 1)
        return max(total - self._cuts[phase](total), self._goals[phase])

    def successors(self, node: Node, lowest: int = 0, highest: int | None = None) -> list[Node]:
        """Return every node that one cut leads to, highest total first.

        Args:
            node: Where the cut is made.
            lowest: With a finish date: no total below this; a stop that is allowed is still among them.
            highest: No total above this, if given.
        """
        phase = self.order.phase[node.phase]
        if phase.doses is not None:
            return [self._settle(self._typed(node, phase))]
        total = sum(node.regimen)
        within = self.lowest(node.phase, total)  # with a finish date any cut, but the stop only from `stop_from`
        if rounding := self._rounding[node.phase]:
            preferred = rounding.successors(node.regimen, within, node.turn)
            reached = [entry for entry in preferred if highest is None or entry[0] <= highest]
        else:
            shown = Shown(lowest if phase.finish is not None else 0, highest)
            reached = self.spread.successors(node.regimen, within, node.turn, shown)
        if self.takes_turns:
            turns = [self.spread.next_turn(node.turn, node.regimen, regimen) for _, regimen in reached]
            found = [self._settle(Node(node.phase, 0, r, turn)) for (_, r), turn in zip(reached, turns, strict=True)]
        else:
            known = self._nodes[node.phase]  # many cuts lead to the same few nodes
            found = [known.get(r) or known.setdefault(r, Node(node.phase, 0, r)) for _, r in reached]
            if reached and reached[-1][0] <= self._ends[node.phase]:  # only the lowest can be at the goal
                found[-1] = self._settle(found[-1])
        if total <= self._stops[node.phase] and (not found or any(found[-1].regimen)):
            found.append(self._settle(Node(node.phase, 0, (0,) * len(self.times))))
        return found

    def may_stop(self, node: Node) -> bool:
        """Return whether `stop_from` lets the next cut go to zero."""
        return sum(node.regimen) <= self._stops[node.phase]

    def layers(self) -> list[Edges] | None:
        """Search breadth first.

        Returns:
            For each number of cuts the nodes first reached with it and their successors, up to the
            layer before the end; or None if the end cannot be reached. Where times of day take turns,
            nodes that are too far from the end to be on a path with the fewest cuts are left out.

        Raises:
            OrderError: The times of day take turns, and there are more regimens than can be tried.
        """
        self._tried = 0
        corridor = self.corridor()
        cuts = corridor.least(self.root.phase, self.root.typed, sum(self.root.regimen))
        if cuts >= FAR:
            return self._dead_end()
        more = 1
        while True:
            found, cut_off = self._layers(corridor, cuts)
            if found is not None or not cut_off:
                return found
            cuts, more = cuts + more, more * 2

    def reaches(self) -> bool:
        """Return whether some path leads to the end; where times of day take turns, whether one is found quickly."""
        if self.done(self.fall()):
            return True
        if len(self.times) == 1:
            return False  # no other path leads lower
        corridor = self.corridor()
        if corridor.least(self.root.phase, self.root.typed, sum(self.root.regimen)) >= FAR:
            return False
        return (self._layers(narrow=True)[0] if self.takes_turns else self.layers()) is not None

    def _dead_end(self) -> list[Edges] | None:
        """Look for the place of a dead end, where the daily doses alone show that there is one."""
        if self.takes_turns:
            return self._layers(narrow=True)[0]
        self.fall()
        return None

    def fall(self) -> Node:
        """Make the largest cut that can be made, each time, and return where that ends."""
        here, self.depth = self.root, {}
        while not self.done(here):
            self.depth[here] = len(self.depth)
            after = self._lowest_successor(here)
            if after is None:
                return here
            here = after
        return here

    def _lowest_successor(self, here: Node) -> Node | None:
        """Return the node with the lowest total that one cut leads to."""
        if self.order.phase[here.phase].doses is not None or self._rounding[here.phase]:
            return next(reversed(self.successors(here)), None)
        lowest = self.spread.lowest(here.regimen, self.lowest(here.phase, sum(here.regimen)), here.turn)
        found = self.successors(here, highest=-1 if lowest is None else lowest)
        return found[-1] if found else None

    def corridor(self, lowest: Callable[[int], int] | None = None) -> Corridor:
        """Return through which totals a path of few cuts can go, wherever the cuts fall.

        Args:
            lowest: The total below which a cut may not go, instead of what the phases say.
        """
        totals = self.spread.totals((self._roof,) * len(self.times))
        stretches = []
        for index in range(self.end):
            typed = self.order.phase[index].doses
            if typed is not None:
                done = int(index > 0 and dose_total(typed[0]) == self.order.phase[index - 1].goal)
                stretches.append(Stretch(self._ends[index], typed=len(typed), done=done))
            else:
                stretches.append(Stretch(self._ends[index], lowest or partial(self.lowest, index), self._stops[index]))
        # where times of day take turns, a cut takes no more than one of them has
        most = self._roof if self.takes_turns else None
        return Corridor(totals, stretches, (self.root.phase, sum(self.root.regimen)), most, self.spread.merged_up_to)

    def _layers(
        self, corridor: Corridor | None = None, cuts: int = FAR, narrow: bool = False
    ) -> tuple[list[Edges] | None, bool]:
        """Search breadth first, and tell whether nodes were left out for being too far from the end."""
        layer = [] if self.done(self.root) else [self.root]
        found: list[Edges] = []
        self.depth = dict.fromkeys(layer, 0)
        cut_off = False
        while layer:
            left, over, edges = cuts - len(found) - 1, False, dict[Node, list[Node]]()
            for node in layer:
                highest = None if corridor is None else corridor.highest(node.phase, left)
                afters = edges[node] = self.successors(node, highest=highest)
                self.count(1 + len(afters))
                over = over or (bool(afters) and afters[-1].phase == self.end)  # the lowest stands last
                if corridor is not None and highest is not None and not cut_off:
                    cut_off = highest < min(corridor.top(node.phase), sum(node.regimen) - 1)
            found.append(edges)
            if over:
                return found, cut_off
            layer = list(dict.fromkeys(a for afters in edges.values() for a in afters if a not in self.depth))
            if corridor is not None:
                far = {node: corridor.least(node.phase, node.typed, sum(node.regimen)) for node in layer}
                layer = [node for node in layer if far[node] <= left]
                cut_off = cut_off or any(left < needed < FAR for needed in far.values())
            if narrow:
                layer = sorted(layer, key=lambda node: (-node.phase, sum(node.regimen), node))[:_NARROW]
            self.depth.update(dict.fromkeys(layer, len(found)))
        return None, cut_off

    def count(self, cuts: int) -> None:
        """Count cuts that are looked at, and raise if they are more than can be tried within a second or so."""
        self._tried += cuts
        if self._tried > (MOST_CUTS_IN_TURN if self.takes_turns else MOST_CUTS):
            raise too_many(len(self.times) if self.takes_turns else 0, self._tried)

    def count_anew(self) -> None:
        """Forget what was counted, where a further try may be made: where times of day take turns it adds up."""
        if not self.takes_turns:
            self._tried = 0

    def _merged_dose(self) -> Mg:
        """Return the largest dose that the order may merge into one time of day; zero where it merges none."""
        if self.order.merge is None or len(self.times) == 1:
            return Mg(0)
        typed = [dose_total(dose) for phase in self.order.phase for dose in phase.doses or ()]
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
        raise NotMakeableError(
            f"{wanted} a day cannot be made from {product_names(self.order)} {how}; the nearest "
            f"{nearest_text(totals, self.makeable.unit, 'daily dose', wanted)}; "
            "change the dose, add a product, or allow a further split",
            field=field,
        )

    def place(self, dose: Mg, field: str) -> int:
        """Return a dose of one intake on the grid, or raise an error with what would make it possible."""
        found = self.makeable.on_grid(dose)
        if found is None:
            raise unmakeable(self.order, dose, field)
        return found

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
                f"write where it rises: {blank_by_time(self.times)}",
                field=field,
            )
        total = self._makeable_total(wanted, node.regimen, "without raising a time of day", field)
        return self.spread.split(node.regimen, total, node.turn)

    def unit_total(self, regimen: Places) -> Fraction:
        """Return the daily dose of a regimen, in mg."""
        return self.makeable.unit * sum(regimen)


def _same(dose: Mg | DailyDoses, regimen: Places, graph: Graph) -> bool:
    if isinstance(dose, Mg):
        return dose.value == graph.unit_total(regimen)
    doses = dose.by_time()
    return all(graph.mg(p) == doses.get(t, Mg(0)) for t, p in zip(graph.times, regimen, strict=True))
