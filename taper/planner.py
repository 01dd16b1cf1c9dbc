"""From an order to an exact schedule. The question answered: "at this step, how soon?".

Among all sequences of regimens in which every time of day is makeable and never rises, every cut
stays within what its phase allows, and each phase ends at its goal, the planner takes the one with

1. the fewest cuts; then
2. the least handling: fewest split pieces, then fewest units, then fewest products, each summed
   over the days that the steps last; then
3. the smallest worst cut (as fraction of the dose before it; the final stop is not counted); then
4. the lower dose first, where two sequences are equal in all of this.

It searches the graph whose nodes are (phase, regimen): breadth first for 1, then backwards over the
shortest paths only, with their dates, for 2 and 3. Where a cut falls within the day is the order's
policy (`taper.spread`), so from a regimen each total leads to one regimen.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from taper.errors import OrderError
from taper.interval import Interval
from taper.order import Order
from taper.schedule import Intake, Schedule, Step
from taper.search import Node, Search
from taper.stuck import explain
from taper.timeline import Moment, Timeline

LONGEST = Interval(months=120)
_NAMESPACE = uuid.UUID("6f9d7c0e-4f5b-5c0f-9d53-1f0c2f1b7a11")
_NO_CUT = Fraction(-1)


class Dated(NamedTuple):
    """A node and the moment at which its step begins."""

    node: Node
    moment: Moment


def plan(order: Order) -> Schedule:
    """Turn an order into the schedule that carries it out exactly.

    Args:
        order: What the clinician decided.

    Returns:
        The schedule: step 0 is today's regimen, kept until the first cut.

    Raises:
        NotMakeableError: A dose that the order names cannot be made from its products.
        StuckError: No sequence of makeable doses keeps within the ordered step; names the ways out.
        OrderError: The plan would last more than ten years, or a hold lies after its end.
    """
    search = Search(order)
    layers = search.layers()
    if layers is None:
        raise explain(search)
    return _schedule(search, _best_path(search, layers))


@dataclass(frozen=True, slots=True)
class _Value:
    """What the rest of a plan costs from a node on: days of splits, of units, of products."""

    work: tuple[int, int, int]
    worst: Fraction


def _best_path(search: Search, layers: list[dict[Node, list[Node]]]) -> list[Dated]:
    """Choose among the shortest paths: least handling, then smallest worst cut, then lower doses first."""
    timeline = Timeline(search.order)
    graph = _dated_graph(search, timeline, _prune(search, layers))
    value: dict[Dated, _Value] = {}
    choice: dict[Dated, Dated | None] = {}
    handling = search.makeable.handling
    for here in reversed(graph):  # every edge leads from an earlier to a later entry
        afters = graph[here]
        works = [handling[place] for place in here.node.regimen]
        days = _days(search, timeline, here, afters)
        rest = min((value[after].work for after in afters), default=(0, 0, 0))
        work = (
            rest[0] + days * sum(w.splits for w in works),
            rest[1] + days * sum(w.units for w in works),
            rest[2] + days * sum(w.products for w in works),
        )
        tight = [after for after in afters if value[after].work == rest]
        ranked = sorted(
            ((max(_fraction(here, after), value[after].worst), sum(after.node.regimen), after) for after in tight),
            key=lambda entry: entry[:2],
        )
        value[here] = _Value(work, ranked[0][0] if ranked else _NO_CUT)
        choice[here] = ranked[0][2] if ranked else None
    return _follow(next(iter(graph)), choice, value, graph)


def _follow(
    here: Dated,
    choice: dict[Dated, Dated | None],
    value: dict[Dated, _Value],
    graph: dict[Dated, list[Dated]],
) -> list[Dated]:
    """Walk the best path: at each node the lowest dose that keeps the whole as good as it can be."""
    path, worst = [here], value[here].worst
    while choice[here] is not None:
        rest = min(value[after].work for after in graph[here])
        here = min(
            (
                after
                for after in graph[here]
                if value[after].work == rest and max(_fraction(here, after), value[after].worst) <= worst
            ),
            key=lambda after: sum(after.node.regimen),
        )
        path.append(here)
    return path


def _fraction(here: Dated, after: Dated) -> Fraction:
    """Return a cut as fraction of the dose before it; the final stop does not count."""
    now, then = sum(here.node.regimen), sum(after.node.regimen)
    return Fraction(now - then, now) if then else _NO_CUT


def _prune(search: Search, layers: list[dict[Node, list[Node]]]) -> list[dict[Node, list[Node]]]:
    """Keep only the edges that lie on a path with the fewest cuts."""
    kept: list[dict[Node, list[Node]]] = []
    useful: set[Node] | None = None
    for edges in reversed(layers):
        found = {}
        for node, afters in edges.items():
            good = [a for a in afters if (search.done(a) if useful is None else a in useful)]
            if good:
                found[node] = list(dict.fromkeys(good))
        kept.append(found)
        useful = set(found)
    kept.reverse()
    return kept


def _dated_graph(search: Search, timeline: Timeline, layers: list[dict[Node, list[Node]]]) -> dict[Dated, list[Dated]]:
    """Put dates to the nodes, in order of layers."""
    graph: dict[Dated, list[Dated]] = {}
    latest = LONGEST.after(search.order.start)
    layer = [Dated(search.root, timeline.start)]
    for edges in layers:
        following: dict[Dated, None] = {}
        for here in layer:
            moment = timeline.next(here.moment, here.node.phase)
            if moment.day > latest:
                cuts = len(layers)
                raise OrderError(
                    f"the plan needs {cuts} cuts and lasts beyond {latest}, more than ten years; "
                    "order a larger step, a shorter interval, or a higher goal",
                    field=f"phase[{here.node.phase}].every",
                )
            graph[here] = [Dated(after, _entering(here, after, moment)) for after in edges[here.node]]
            following.update(dict.fromkeys(graph[here]))
        layer = list(following)
    graph.update({here: [] for here in layer})
    return graph


def _entering(here: Dated, after: Node, moment: Moment) -> Moment:
    """Start counting anew where a cut ends one phase and the next begins."""
    return moment if after.phase == here.node.phase else Moment(moment.day, moment.day)


def _days(search: Search, timeline: Timeline, here: Dated, afters: list[Dated]) -> int:
    end = afters[0].moment.day if afters else _end(search, timeline, here)
    return (end - here.moment.day).days


def _end(search: Search, timeline: Timeline, here: Dated) -> date:
    """Return the day after the last step: the stop itself, or one interval of a maintenance dose."""
    if not sum(here.node.regimen):
        return here.moment.day
    return timeline.next(here.moment, len(search.order.phase) - 1).day


def _schedule(search: Search, path: list[Dated]) -> Schedule:
    """Write a path out as steps with pieces and dates."""
    order, timeline = search.order, Timeline(search.order)
    drug = order.products[0].product.drug
    steps: list[Step] = []
    target = order.current.total
    for number, here in enumerate(path):
        if number:
            target = search.target(path[number - 1].node)
        end = path[number + 1].moment.day if number + 1 < len(path) else _end(search, timeline, here)
        if end == here.moment.day:
            break  # the stop: no step of its own
        intakes = tuple(
            Intake(time, drug, search.mg(place), search.makeable.items(place))
            for time, place in zip(search.times, here.node.regimen, strict=True)
            if place
        )
        steps.append(Step(number, here.moment.day, end - timedelta(days=1), intakes, target))
    for index, hold in enumerate(order.hold):
        if hold.on > steps[-1].end:
            raise OrderError(
                f"{hold.on} is after the last day of the plan, {steps[-1].end}; nothing is left to hold",
                field=f"hold[{index}].on",
            )
    stopped = None if order.goal else steps[-1].end + timedelta(days=1)
    return Schedule(tuple(steps), stopped, order, plan_id=plan_id(order))


def plan_id(order: Order) -> str:
    """Return the identifier of an order's plan: the same order, the same identifier."""
    return str(uuid.uuid5(_NAMESPACE, json.dumps(order.as_data(), sort_keys=True, ensure_ascii=True)))
