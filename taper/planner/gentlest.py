"""The gentlest path to a date: "by this date, how gentle?".

Cuts are made every interval, and as many as fit before the date may be used. Among all sequences of
makeable regimens that reach the goal so, the one whose largest cut (as fraction of the dose before it)
is smallest; then whose second largest is smallest, and so on; then the least handling; then the lower
dose first. The final stop does not count as a cut, but happens only from `stop_from` or less.

A gap between two neighboring daily doses must be crossed by every path, and the best one crosses each of the large
gaps alone: it is as large as the gap then, and larger otherwise. So first the smallest limit is found by which the
daily doses get there in time, with cuts within the limit or from one dose to the next lower one; and then the graph of
just these cuts, in the corridor of the doses from which the end is near enough. With several times of day more may be
needed, and the limit grows until the graph reaches the end. Then, backwards from the end, each node's best rest: the
same further cut leaves the order of two lists of sizes as it was, so the best of the whole is made of best parts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from operator import itemgetter, neg

from taper.errors import OrderError
from taper.planner.cost import Work, work
from taper.planner.dates import LONGEST, Dated, Moment, Timeline, entering
from taper.planner.graph import Graph, Node
from taper.quantity import shown

Edges = dict[Node, list[tuple[int, Node]]]
"""Nodes of one layer with their cuts, the lowest dose first; none at the end. The final stop has the size -1."""

Cost = tuple[tuple[int, ...], Work]
"""Sizes of cuts, largest first, and the work of the days; the lower, the better."""

_GROWTH = 4  # part by which the limit grows where the daily doses alone would get there with less


def gentlest_cuts(graph: Graph, start: Moment) -> list[Dated]:
    """Choose the gentlest path to the finish date of the searched phase.

    Args:
        graph: The phase to plan.
        start: Beginning of its first step.

    Raises:
        OrderError: No stop is allowed, or the date is too near; names the nearest date that works.
    """
    index = graph.root.phase
    phase = graph.order.phase[index]
    finish, field = phase.finish, f"phase[{index}].finish"
    assert finish is not None
    latest = LONGEST.after(graph.order.start)
    if finish > latest:
        raise OrderError(
            f"{finish} is more than ten years after the start; name a date until {latest}, "
            "or a higher goal as a maintenance dose",
            field=field,
        )
    if not phase.goal and graph.order.stop_from is None:
        lowest = graph.mg(next(t for t in graph.spread.totals(graph.root.regimen) if t))
        raise OrderError(
            "a finish date says nothing of the dose from which the drug may be stopped; "
            f"add stop_from at the top of the order (the lowest makeable daily dose is {shown(lowest)})",
            field=field,
        )
    timeline = Timeline(graph.order)
    moments = [start]
    while len(moments) < 2 or moments[-1].day <= finish:
        moments.append(timeline.next(moments[-1], index))
    cuts = len(moments) - 2
    scale = _scale(graph)
    limit = _first_limit(graph, scale, cuts)
    layers = _layers(graph, scale, limit, cuts)
    while not layers:
        if limit >= scale:
            raise _too_near(graph, timeline, moments, field)
        limit = min(limit + limit // _GROWTH + 1, scale)
        graph.count_anew()
        layers = _layers(graph, scale, limit, cuts)
    return _best(graph, timeline, moments, layers)


def _too_near(graph: Graph, timeline: Timeline, moments: list[Moment], field: str) -> OrderError:
    """Return the error for a goal that cannot be reached in time, or not at all."""
    found = graph.layers()
    fewest = None if found is None else len(found)
    if fewest is None:
        return OrderError(
            f"no makeable daily dose of {graph.order.stop_from} or less leads to the stop; "
            "raise stop_from, or add a product or a further split",
            field="stop_from",
        )
    fit = len(moments) - 2
    while len(moments) <= fewest:
        moments.append(timeline.next(moments[-1], graph.root.phase))
    return OrderError(
        f"{graph.order.phase[graph.root.phase].finish} is too near: {fewest} "
        f"{'cut is' if fewest == 1 else 'cuts are'} needed and {fit or 'none'} can be made by then; "
        f"the nearest date that works is {moments[fewest].day}",
        field=field,
    )


def _scale(graph: Graph) -> int:
    """Return the factor that makes the whole part of a cut's fraction order all cuts exactly.

    Two different fractions of doses up to n are at least 1/n² apart, so times 2n² their whole parts differ.
    """
    return 2 * sum(graph.root.regimen) ** 2


def _lowest(graph: Graph, totals: list[int], scale: int, limit: int) -> Callable[[int], int]:
    """Return the lowest total that a cut may lead to, the stop aside: within the limit, or the next lower one."""
    goal = max(graph.goal(graph.root.phase), 1)

    def lowest(total: int) -> int:
        below = totals[max(bisect_left(totals, total) - 1, 0)]
        return max(min(total - ((limit + 1) * total - 1) // scale, below), goal)

    return lowest


def _first_limit(graph: Graph, scale: int, cuts: int) -> int:
    """Return the smallest limit by which the daily doses alone can get to the end in time; the scale if none can."""
    totals, phase, begin = graph.spread.totals(graph.root.regimen), graph.root.phase, sum(graph.root.regimen)

    def reaches(limit: int) -> bool:
        """Whether the largest cut within the limit, each time, leads there: no other needs fewer."""
        lowest, total = _lowest(graph, totals, scale, limit), begin
        for left in range(cuts, -1, -1):
            here = Node(phase, 0, (total,))
            if graph.arrived(here):
                return True
            if graph.may_stop(here):
                return left > 0
            place = bisect_left(totals, lowest(total))
            if place == len(totals) or totals[place] >= total:
                return False
            total = totals[place]
        return False

    return 1 + bisect_left(range(1, scale), True, key=reaches)


def _layers(graph: Graph, scale: int, limit: int, cuts: int) -> list[Edges]:
    """Return for each number of cuts the nodes on the ways to the end whose cuts are small enough; none if none is.

    The graph is built with cuts up to the limit; those that are larger than the best way needs are left out again.
    """
    phase, lowest = graph.root.phase, _lowest(graph, graph.spread.totals(graph.root.regimen), scale, limit)
    corridor = graph.corridor(lowest)
    if corridor.least(phase, 0, sum(graph.root.regimen)) > cuts:
        return []
    layers: list[Edges] = []
    layer: dict[Node, None] = {graph.root: None}
    for left in range(cuts - 1, -2, -1):
        highest, edges = corridor.highest(phase, left), Edges()
        for here in layer:
            now, found = sum(here.regimen), list[tuple[int, Node]]()
            if left >= 0 and not graph.done(here):
                for after in reversed(graph.successors(here, lowest(now), highest)):
                    then = sum(after.regimen)
                    found.append(((now - then) * scale // now if then else -1, after))
            edges[here] = found
            graph.count(1 + len(found))
        layers.append(edges)
        layer = {after: None for found in edges.values() for _, after in found}
    return _small_enough(graph, layers)


def _small_enough(graph: Graph, layers: list[Edges]) -> list[Edges]:
    """Keep the ways to the end whose largest cut is smallest."""
    worst: list[dict[Node, int]] = [{}]
    for edges in reversed(layers):
        following, found = worst[-1], dict[Node, int]()
        for here, cuts in edges.items():
            if graph.done(here):
                found[here] = -1
            elif ways := [max(size, following[after]) for size, after in cuts if after in following]:
                found[here] = min(ways)
        worst.append(found)
    worst.reverse()
    if graph.root not in worst[0]:
        return []
    limit, kept = worst[0][graph.root], list[Edges]()
    for edges, here_on, following in zip(layers, worst[:-1], worst[1:], strict=True):
        kept.append(
            {
                here: [
                    (size, after) for size, after in cuts if size <= limit and following.get(after, limit + 1) <= limit
                ]
                for here, cuts in edges.items()
                if here_on.get(here, limit + 1) <= limit
            }
        )
    return kept


def _best(graph: Graph, timeline: Timeline, moments: list[Moment], layers: list[Edges]) -> list[Dated]:
    """Choose the best path."""
    values: dict[Node, Cost] = {}
    choices: list[dict[Node, Node]] = []
    for number in range(len(layers) - 1, -1, -1):
        days = (moments[number + 1].day - moments[number].day).days
        value, choice = dict[Node, Cost](), dict[Node, Node]()
        for here, cuts in layers[number].items():
            if graph.done(here):
                value[here] = (), _last_work(graph, timeline, here, moments[number])
            elif ways := _rest(cuts, values):
                least, choice[here] = min(ways, key=itemgetter(0))  # the first has the lowest dose
                value[here] = least[0], least[1] + work(graph, here, days)
        values = value
        choices.append(choice)
    choices.reverse()
    path = [Dated(graph.root, moments[0])]
    while not graph.done(here := path[-1].node):
        number = len(path)
        after = choices[number - 1][here]
        path.append(Dated(after, entering(here, after, moments[number])))
    return path


def _rest(edges: list[tuple[int, Node]], values: dict[Node, Cost]) -> list[tuple[Cost, Node]]:
    """Return the cost of each way of going on that leads to the end in time and whose largest cut is smallest."""
    going = [(max((size, *values[after][0][:1])), size, after) for size, after in edges if after in values]
    least = min((largest for largest, _, _ in going), default=0)
    return [
        ((_with(values[after][0], size), values[after][1]), after) for largest, size, after in going if largest == least
    ]


def _with(sizes: tuple[int, ...], size: int) -> tuple[int, ...]:
    """Put a size in its place; the final stop has none."""
    if size < 0:
        return sizes
    place = bisect_left(sizes, -size, key=neg)
    return (*sizes[:place], size, *sizes[place:])


def _last_work(graph: Graph, timeline: Timeline, here: Node, moment: Moment) -> Work:
    """Return the handling of a maintenance dose over one interval; other ends have no days of their own."""
    if not sum(here.regimen) or graph.end < len(graph.order.phase):
        return 0
    end = timeline.next(Moment(moment.day, moment.day), graph.end - 1).day
    return work(graph, here, (end - moment.day).days)
