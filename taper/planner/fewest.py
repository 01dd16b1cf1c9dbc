"""The path with the fewest cuts: "at this step, how soon?".

Among all sequences of regimens in which every time of day is makeable and never rises, every cut
stays within what its phase allows, and each phase ends at its goal, the one with

1. the fewest cuts; then
2. the least handling: fewest quarters, then least volume of liquid, fewest halves, fewest units, fewest
   products, each summed over the days that the steps last; then
3. the smallest worst cut (as fraction of the dose before it; the final stop is not counted); then
4. the lower dose first, where two sequences are equal in all of this.

Breadth first for 1, then backwards over the shortest paths only, with their dates, for 2 and 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from taper.planner.cost import Work, cut_fraction, work
from taper.planner.dates import Dated, Moment, Timeline, end_of_last, entering, refuse_too_long
from taper.planner.graph import Graph, Node


@dataclass(frozen=True, slots=True)
class _Value:
    """The cost of the rest of a plan, from a node on."""

    work: Work
    worst: Fraction


class DeadEndError(Exception):
    """No path leads to the goal; the planner turns it into a `StuckError` with the ways out."""

    def __init__(self, graph: Graph) -> None:
        super().__init__("no path leads to the goal")
        self.graph = graph


def fewest_cuts(graph: Graph, start: Moment) -> list[Dated]:
    """Choose among the paths with the fewest cuts.

    Args:
        graph: The phases to plan.
        start: Beginning of their first step.

    Returns:
        The path with the least handling, then the smallest worst cut, then lower doses first.

    Raises:
        DeadEndError: There is no path.
    """
    layers = graph.layers()
    if layers is None:
        raise DeadEndError(graph)
    timeline = Timeline(graph.order)
    dated = _dated_graph(graph, timeline, _prune(graph, layers), start)
    value: dict[Dated, _Value] = {}
    choice: dict[Dated, Dated | None] = {}
    for here in reversed(dated):  # every edge leads from an earlier to a later entry
        afters = dated[here]
        end = afters[0].moment.day if afters else end_of_last(graph, timeline, here)
        own = work(graph, here.node, (end - here.moment.day).days)
        rest = min((value[after].work for after in afters), default=0)
        tight = [after for after in afters if value[after].work == rest]
        ranked = sorted(
            (
                (max(cut_fraction(here.node, after.node), value[after].worst), sum(after.node.regimen), after)
                for after in tight
            ),
            key=lambda entry: entry[:2],
        )
        value[here] = _Value(own + rest, ranked[0][0] if ranked else Fraction(-1))
        choice[here] = ranked[0][2] if ranked else None
    return _follow(next(iter(dated)), choice, value, dated)


def _follow(
    here: Dated,
    choice: dict[Dated, Dated | None],
    value: dict[Dated, _Value],
    dated: dict[Dated, list[Dated]],
) -> list[Dated]:
    """Walk the best path: at each node, the lowest dose among the best continuations."""
    path, worst = [here], value[here].worst
    while choice[here] is not None:
        rest = min(value[after].work for after in dated[here])
        here = min(
            (
                after
                for after in dated[here]
                if value[after].work == rest and max(cut_fraction(here.node, after.node), value[after].worst) <= worst
            ),
            key=lambda after: sum(after.node.regimen),
        )
        path.append(here)
    return path


def _prune(graph: Graph, layers: list[dict[Node, list[Node]]]) -> list[dict[Node, list[Node]]]:
    """Keep only the edges that lie on a path with the fewest cuts."""
    kept: list[dict[Node, list[Node]]] = []
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


def _dated_graph(
    graph: Graph, timeline: Timeline, layers: list[dict[Node, list[Node]]], start: Moment
) -> dict[Dated, list[Dated]]:
    """Add dates to the nodes, in the order of the layers."""
    dated: dict[Dated, list[Dated]] = {}
    layer = [Dated(graph.root, start)]
    for edges in layers:
        following: dict[Dated, None] = {}
        for here in layer:
            moment = timeline.next(here.moment, here.node.phase)
            refuse_too_long(graph.order, moment.day, f"phase[{here.node.phase}].every", len(layers))
            dated[here] = [Dated(after, entering(here.node, after, moment)) for after in edges[here.node]]
            following.update(dict.fromkeys(dated[here]))
        layer = list(following)
    dated.update({here: [] for here in layer})
    return dated
