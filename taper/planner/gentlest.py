"""The gentlest path to a date: "by this date, how gentle?".

Cuts are made every interval, and as many as fit before the date may be used. Among all sequences of
makeable regimens that reach the goal so, the one whose largest cut (as fraction of the dose before it)
is smallest; then whose second largest is smallest, and so on; then the least handling; then the lower
dose first. The final stop does not count as a cut, but happens only from `stop_from` or less.

First the smallest possible largest cut is found, in a graph that holds only small cuts and grows until
they reach; with it most of that graph falls away. Then, backwards from the end, each node's best rest:
the same further cut leaves the order of two lists of sizes as it was, so the best of the whole is made
of best parts.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import neg

from taper.errors import OrderError
from taper.planner.cost import Work, work
from taper.planner.dates import LONGEST, Dated, Moment, Timeline, entering
from taper.planner.graph import Graph, Node

Onward = dict[Node, list[tuple[int, Node]]]
"""Nodes, lowest daily dose first, with their cuts: the final stop, of size -1, then by ascending size."""

Cost = tuple[tuple[int, ...], int]
"""Sizes of cuts, largest first, and the work of the days; the lower, the better."""

_FAR = 10**9
_SMALL_GROWTH = 16  # part by which the limit grows where its first value is nearly right already
_FIRST_LIMIT = 64  # the search for the largest cut begins at 1/64 of the dose before it


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
            f"add stop_from at the top of the order (the lowest makeable daily dose is {lowest})",
            field=field,
        )
    timeline = Timeline(graph.order)
    moments = [start]
    while len(moments) < 2 or moments[-1].day <= finish:
        moments.append(timeline.next(moments[-1], index))
    cuts = len(moments) - 2
    scale = _scale(graph)
    limit = _first_limit(graph, scale, cuts)
    onward = _graph(graph, scale, limit, cuts)
    while not _reaches(onward, graph, limit, cuts):
        if limit >= scale:
            raise _too_near(graph, timeline, moments, _fewest(onward, graph, scale), field)
        limit = min(limit + limit // _SMALL_GROWTH + 1 if graph.takes_turns else 2 * limit, scale)
        onward = _graph(graph, scale, limit, cuts)
    sizes = sorted({size for edges in onward.values() for size, _ in edges})
    worst = sizes[bisect_left(sizes, True, key=lambda size: _reaches(onward, graph, size, cuts))]
    kept = {here: [edge for edge in edges if edge[0] <= worst] for here, edges in onward.items()}
    return _best(graph, timeline, moments, kept, cuts)


def _too_near(graph: Graph, timeline: Timeline, moments: list[Moment], fewest: int | None, field: str) -> OrderError:
    """Return the error for a goal that cannot be reached in time, or not at all."""
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


def _graph(graph: Graph, scale: int, limit: int, cuts: int) -> Onward:
    """Return every node that cuts of at most `limit` can reach, and those cuts.

    Where times of day take turns, there are far more nodes; those from which more cuts are needed than are left
    by then are left out.
    """
    found: Onward = {}
    least = _least_hops(graph, scale, limit) if graph.takes_turns else None
    layer, number = {graph.root: None}, 0
    while layer:
        following: dict[Node, None] = {}
        for here in layer:
            now = sum(here.regimen)
            if here in found or graph.done(here) or (least is not None and number + least[now] > cuts):
                continue
            edges = []
            for after in graph.successors(here, now - ((limit + 1) * now - 1) // scale):
                then = sum(after.regimen)
                edges.append(((now - then) * scale // now if then else -1, after))
            found[here] = sorted(edges, key=lambda edge: edge[0])
            graph.refuse_too_many(len(found))
            following.update(dict.fromkeys(after for _, after in edges))
        layer, number = following, number + 1
    return dict(sorted(found.items(), key=lambda item: sum(item[0].regimen)))


def _first_limit(graph: Graph, scale: int, cuts: int) -> int:
    """Return a limit to begin with: where times of day take turns, the smallest by which the totals can get there."""
    if not graph.takes_turns:
        return scale // _FIRST_LIMIT + 1
    now = sum(graph.root.regimen)
    limits = range(1, scale)
    return 1 + bisect_left(limits, True, key=lambda limit: _least_hops(graph, scale, limit)[now] <= cuts)


def _least_hops(graph: Graph, scale: int, limit: int) -> dict[int, int]:
    """Return the fewest cuts of at most `limit` that each daily dose needs, wherever the cuts fall."""
    phase = graph.root.phase
    totals = graph.spread.totals(graph.root.regimen)
    found: dict[int, int] = {}
    for total in totals:
        here = Node(phase, 0, (total,))
        if graph.arrived(here):
            found[total] = 0
        elif graph.may_stop(here):
            found[total] = 1
        else:
            # Fewer cuts from lower doses; a dead end also blocks every dose above it.
            lowest = max(total - ((limit + 1) * total - 1) // scale, graph.goal(phase), 1)
            after = totals[bisect_left(totals, lowest)]
            found[total] = _FAR if after >= total else 1 + found[after]
    return found


def _fewest(onward: Onward, graph: Graph, scale: int) -> int | None:
    """Return the fewest cuts of any size that reach the end, or None if none do."""
    if not graph.takes_turns:
        return _hops(onward, graph, scale).get(graph.root)
    layers = graph.layers()
    return None if layers is None else len(layers)


def _hops(onward: Onward, graph: Graph, limit: int) -> dict[Node, int]:
    """Return the fewest cuts of at most `limit` from each node to the end."""
    hops: dict[Node, int] = {}
    for here, edges in onward.items():  # a cut always leads to a lower daily dose, and those come first
        best = _FAR
        for size, after in edges:
            if size > limit or not best:
                break
            best = min(best, 0 if graph.done(after) else hops.get(after, _FAR))
        if best < _FAR:
            hops[here] = best + 1
    return hops


def _reaches(onward: Onward, graph: Graph, limit: int, cuts: int) -> bool:
    return _hops(onward, graph, limit).get(graph.root, _FAR) <= cuts


def _best(graph: Graph, timeline: Timeline, moments: list[Moment], kept: Onward, cuts: int) -> list[Dated]:
    """Choose the best path of at most `cuts` cuts."""
    layers = _layers(graph, kept, cuts)
    handling = {here: work(graph, here, 1) for here in kept}
    values: list[dict[Node, Cost]] = [{} for _ in layers]
    for number in range(cuts, -1, -1):
        value = values[number]
        days = (moments[number + 1].day - moments[number].day).days
        for here in layers[number]:
            if graph.done(here):
                value[here] = (), _last_work(graph, timeline, here, moments[number])
            elif number < cuts:
                rest = min((cost for cost, _ in _rest(kept[here], values[number + 1])), default=None)
                if rest is not None:
                    value[here] = rest[0], rest[1] + days * handling[here]
    path = [Dated(graph.root, moments[0])]
    while not graph.done(here := path[-1].node):
        number = len(path)
        _, _, after = min((cost, sum(after.regimen), after) for cost, after in _rest(kept[here], values[number]))
        path.append(Dated(after, entering(here, after, moments[number])))
    return path


def _layers(graph: Graph, kept: Onward, cuts: int) -> list[list[Node]]:
    """Return for each number of cuts the nodes that are reached with it and can still reach the end."""
    left = _hops(kept, graph, _scale(graph))
    layers: list[list[Node]] = [[graph.root]]
    for number in range(1, cuts + 1):
        following = {
            after: None
            for here in layers[-1]
            for _, after in kept.get(here, ())
            if graph.done(after) or left.get(after, _FAR) <= cuts - number
        }
        layers.append(list(following))
    return layers


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
