"""The path with the fewest cuts: "at this step, how soon?".

Among all sequences of regimens in which every time of day is makeable and never rises, every cut
stays within what its phase allows, and each phase ends at its goal, the one with

1. the fewest cuts; then
2. the fewest cuts that grow: whose daily dose falls by more mg than by the cut before it in the same phase,
   the stop among them (a new phase has a step of its own, so its first cut grows from none); then
3. the least handling: fewest quarters, then fewest measured volumes, fewest halves, fewest units, fewest
   products, each summed over the days that the steps last; then
4. the smallest worst cut (as fraction of the dose before it; the final stop is not counted); then
5. the lower dose first, where two sequences are equal in all of this.

Breadth first for 1, then backwards over the shortest paths only, with their dates, for the others. What the rest of a
path costs depends on the cut that leads to it, but only so: the cuts not larger than it grow from none, and of those
the best counts, or the best of all with one growing cut more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, partial
from itertools import accumulate
from typing import NamedTuple

from taper.planner.cost import Work, effort_of
from taper.planner.dates import Dated, Moment, Timeline, end_of_last, entering, latest, refuse_too_long
from taper.planner.graph import Edges, Graph, Node

_GROWTH = 1 << 300
"""One growing cut: more than any handling of ten years."""

_NOWHERE: Sequence[Node] = ()

Cost = tuple[Work, int]
"""Growing cuts and handling as one integer, and the worst cut; the lower, the better."""
Layer = dict[Moment, dict[Node, Sequence[Node]]]
"""The nodes that are reached with a number of cuts, by the day on which their step begins."""


class Rest(NamedTuple):
    """The cost of the rest of a path, from a node on.

    Attributes:
        total: The daily dose of the node.
        sizes: The cuts that can be made next, ascending.
        costs: For each of them the least cost with it or a smaller one.
        least: The least cost with any of them.
        growing: The least cost with any of them, where the next cut grows.
    """

    total: int
    sizes: list[int]
    costs: list[Cost]
    least: Cost
    growing: Cost

    def after(self, cut: int | None) -> Cost:
        """Return the least cost after a cut of the same phase; after none if it is None."""
        if cut is None or not self.sizes:
            return self.least
        place = bisect_right(self.sizes, cut)
        return min(self.costs[place - 1], self.growing) if place else self.growing


Rests = dict[Moment, dict[Node, Rest]]

_NO_RESTS: dict[Node, Rest] = {}


class DeadEndError(Exception):
    """No path leads to the goal; the planner turns it into a `StuckError` with the ways out."""

    def __init__(self, graph: Graph) -> None:
        super().__init__("no path leads to the goal")
        self.graph = graph


def fewest_cuts(graph: Graph, start: Moment, cut: int | None = None) -> list[Dated]:
    """Choose among the paths with the fewest cuts.

    Args:
        graph: The phases to plan.
        start: Beginning of their first step.
        cut: The last cut that the first phase made already, on the grid; None if it made none.

    Returns:
        The path with the fewest growing cuts, then the least handling, the smallest worst cut, lower doses first.

    Raises:
        DeadEndError: There is no path.
    """
    layers = graph.layers()
    if layers is None:
        raise DeadEndError(graph)
    search = _Search(graph)
    return search.path(search.dated(_prune(graph, layers), start), Dated(graph.root, start), cut)


class _Search:
    """The choice among the shortest paths, with their dates."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._timeline = Timeline(graph.order)
        # Two fractions of doses up to n are at least 1/n² apart, so times 2n² their whole parts tell them apart.
        self._scale = 2 * graph.highest_total**2
        self._next = cache(self._timeline.next)
        self._effort = cache(partial(effort_of, graph))
        self._latest = latest(graph.order.start)

    def dated(self, layers: list[Edges], start: Moment) -> list[Layer]:
        """Add dates to the nodes; those at the end lead nowhere."""
        found: list[Layer] = []
        layer: Layer = {start: {self._graph.root: _NOWHERE}}
        for edges in layers:
            following: Layer = {}
            for moment, nodes in layer.items():
                for here in nodes:
                    nodes[here] = edges[here]
                    next_one = self._next(moment, here.phase)
                    if next_one.day > self._latest:
                        refuse_too_long(self._graph.order, next_one.day, f"phase[{here.phase}].every", len(layers))
                    afters = edges[here]
                    if afters[0].phase == afters[-1].phase == here.phase:
                        following.setdefault(next_one, {}).update(dict.fromkeys(afters, _NOWHERE))
                        continue
                    for node in afters:
                        following.setdefault(entering(here, node, next_one), {})[node] = _NOWHERE
            found.append(layer)
            layer = following
        return [*found, layer]

    def path(self, layers: list[Layer], begin: Dated, cut: int | None) -> list[Dated]:
        """Walk the best path: at each node, the lowest dose among the best continuations."""
        rests: list[Rests] = [{}]
        for layer in reversed(layers):
            rests.append(self._rests(layer, rests[-1]))
        rests.reverse()
        path, (least, worst) = [begin], rests[0][begin.moment][begin.node].after(cut)
        for layer, following in zip(layers[:-1], rests[1:-1], strict=True):
            here, moment = path[-1]
            afters = layer[moment][here]
            sizes, costs = self._going(here, moment, afters, following)
            grows = [_GROWTH if cut is not None and size > cut else 0 for size in sizes]
            place = max(  # the last has the lowest dose
                place for place, (total, size) in enumerate(costs) if total + grows[place] == least and size <= worst
            )
            after, next_one = afters[place], self._next(moment, here.phase)
            least -= grows[place] + self._own(here, moment)
            cut = sizes[place] if after.phase == here.phase else None
            path.append(Dated(after, entering(here, after, next_one)))
        return path

    def _rests(self, layer: Layer, following: Rests) -> Rests:
        """Return the cost of the rest from each node of a layer, by those of the layer after it."""
        found: Rests = {}
        for moment, edges in layer.items():
            table = found[moment] = {}
            for here, afters in edges.items():
                if afters:
                    sizes, costs = self._going(here, moment, afters, following)
                    costs = list(accumulate(costs, min))
                else:
                    sizes, costs = [], [(self._own(here, moment), -1)]
                handling, worst = least = costs[-1]
                table[here] = Rest(sum(here.regimen), sizes, costs, least, (handling + _GROWTH, worst))
        return found

    def _going(
        self, here: Node, moment: Moment, afters: Sequence[Node], following: Rests
    ) -> tuple[list[int], list[Cost]]:
        """Return the cuts from a node, ascending, and the cost from it on with each."""
        next_one, phase = self._next(moment, here.phase), here.phase
        same = following.get(next_one, _NO_RESTS)
        other = same if afters[-1].phase == phase else following[entering(here, afters[-1], next_one)]
        own, now, scale = self._own(here, moment), sum(here.regimen), self._scale
        sizes, costs = list[int](), list[Cost]()
        for node in afters:  # the highest dose first
            known = same[node] if node.phase == phase else other[node]
            then = known.total
            size = now - then
            rest, worst = known.after(size) if node.phase == phase else known.least
            share = size * scale // now if then else -1
            sizes.append(size)
            costs.append((own + rest, share if share > worst else worst))
        return sizes, costs

    def _own(self, here: Node, moment: Moment) -> Work:
        """Return the handling of a node's own days."""
        if self._graph.done(here):
            end = end_of_last(self._graph, self._timeline, Dated(here, moment))
        else:
            end = self._next(moment, here.phase).day
        return self._effort(here.regimen) * (end - moment.day).days


def _prune(graph: Graph, layers: list[Edges]) -> list[Edges]:
    """Keep only the edges that lie on a path with the fewest cuts."""
    kept: list[Edges] = []
    useful: set[Node] | None = None
    for edges in reversed(layers):
        found = {}
        for node, afters in edges.items():
            good = [a for a in afters if (graph.done(a) if useful is None else a in useful)]
            if good:
                found[node] = list(dict.fromkeys(good))
        kept.append(found)
        useful = set(found)
    kept.reverse()
    return kept
