"""The gentlest path to a date: "by this date, how gentle?".

Cuts are made every interval, and as many as fit before the date may be used. Among all sequences of
makeable regimens that reach the goal so, the one whose largest cut (as fraction of the dose before it)
is smallest; then whose second largest is smallest, and so on; then the least handling; then the lower
dose first. The final stop does not count as a cut, but happens only from `stop_from` or less.

Comparing the largest, the second largest, and so on is comparing how often each size of cut occurs,
largest size first. So a path has an exact additive cost: one long integer with a digit for each size.
First the smallest possible largest cut is found, and with it most of the graph falls away.
"""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction

from taper.errors import OrderError
from taper.path import LONGEST, Dated, Work, cut_fraction, entering, plus, refuse_too_long, work
from taper.search import Node, Search
from taper.timeline import Moment, Timeline

Graph = dict[Node, list[tuple[int, Node]]]
"""Every node that can be reached, with its cuts: the rank of their size, and where they lead."""


def gentlest_cuts(search: Search, start: Moment) -> list[Dated]:
    """Choose the gentlest path to the finish date of the searched phase.

    Args:
        search: The phase to plan.
        start: Beginning of its first step.

    Raises:
        OrderError: No stop is allowed, or the date is too near; names the nearest date that works.
    """
    index = search.root.phase
    phase = search.order.phase[index]
    finish, field = phase.finish, f"phase[{index}].finish"
    assert finish is not None
    if not phase.goal and search.order.stop_from is None:
        lowest = search.mg(next(t for t in search.spread.totals(search.root.regimen) if t))
        raise OrderError(
            "a finish date says nothing of the dose from which the drug may be stopped; "
            f"add stop_from at the top of the order (the lowest makeable daily dose is {lowest})",
            field=field,
        )
    graph, sizes = _graph(search)
    timeline = Timeline(search.order)
    fewest = _hops(graph, search, len(sizes)).get(search.root)
    if fewest is None:
        raise OrderError(
            f"no makeable daily dose of {search.order.stop_from} or less leads to the stop; "
            "raise stop_from, or add a product or a further split",
            field="stop_from",
        )
    moments = _moments(search, timeline, start, fewest)
    refuse_too_long(search, finish, index, len(moments) - 1)
    cuts = sum(moment.day <= finish for moment in moments[1:])
    if cuts < fewest:
        raise OrderError(
            f"{finish} is too near: {fewest} cuts are needed and {cuts} fit before it; "
            f"the nearest date that works is {moments[fewest].day}",
            field=field,
        )
    ceiling = bisect_left(range(len(sizes)), True, key=lambda rank: _reaches(graph, search, rank + 1, cuts))
    return _best(search, timeline, moments, graph, ceiling + 1, cuts)


def _graph(search: Search) -> tuple[Graph, list[Fraction]]:
    """Return every cut from every node that can be reached, and the sizes of cuts, ascending."""
    found: dict[Node, list[tuple[Fraction, Node]]] = {}
    waiting = [search.root]
    while waiting:
        here = waiting.pop()
        if here in found or search.done(here):
            continue
        found[here] = [(cut_fraction(here, after), after) for after in search.successors(here)]
        waiting.extend(after for _, after in found[here])
    sizes = sorted({size for edges in found.values() for size, _ in edges})
    rank = {size: place for place, size in enumerate(sizes)}
    return {here: [(rank[size], after) for size, after in edges] for here, edges in found.items()}, sizes


def _hops(graph: Graph, search: Search, ranks: int) -> dict[Node, int]:
    """Return the fewest cuts from each node to the end, using only the `ranks` smallest sizes."""
    hops: dict[Node, int] = {}
    for here in sorted(graph, key=lambda node: sum(node.regimen)):  # a cut always leads to a lower total
        best = min(
            (0 if search.done(after) else hops.get(after, _FAR) for rank, after in graph[here] if rank < ranks),
            default=_FAR,
        )
        if best < _FAR:
            hops[here] = best + 1
    return hops


_FAR = 10**9


def _reaches(graph: Graph, search: Search, ranks: int, cuts: int) -> bool:
    return _hops(graph, search, ranks).get(search.root, _FAR) <= cuts


def _moments(search: Search, timeline: Timeline, start: Moment, at_least: int) -> list[Moment]:
    """Return the beginnings of the steps: one a cut, through the finish date, and at least so many."""
    index = search.root.phase
    finish = search.order.phase[index].finish
    assert finish is not None
    latest = LONGEST.after(search.order.start)
    moments = [start]
    while len(moments) <= at_least or (moments[-1].day <= finish and moments[-1].day <= latest):
        moments.append(timeline.next(moments[-1], index))
    return moments


def _best(
    search: Search, timeline: Timeline, moments: list[Moment], graph: Graph, ranks: int, cuts: int
) -> list[Dated]:
    """Choose the best path of at most `cuts` cuts whose sizes are among the `ranks` smallest."""
    kept = {here: [edge for edge in edges if edge[0] < ranks] for here, edges in graph.items()}
    left = _hops(kept, search, ranks)
    layers: list[list[Node]] = [[search.root]]
    for number in range(1, cuts + 1):
        following = {
            after: None
            for here in layers[-1]
            if not search.done(here)
            for _, after in kept[here]
            if search.done(after) or left.get(after, _FAR) <= cuts - number
        }
        layers.append(list(following))
    used = sorted({rank for layer in layers for here in layer if not search.done(here) for rank, _ in kept[here]})
    bits = cuts.bit_length() + 1
    digit = {rank: 1 << bits * place for place, rank in enumerate(used)}
    values: list[dict[Node, tuple[int, Work]]] = [{} for _ in layers]
    for number in range(cuts, -1, -1):
        here_values = values[number]
        days = (moments[number + 1].day - moments[number].day).days if number < cuts else 0
        for here in layers[number]:
            if search.done(here):
                here_values[here] = (0, _last_work(search, timeline, here, moments[number]))
                continue
            if number == cuts:
                continue
            rest = _best_rest(kept[here], values[number + 1], digit)
            if rest is not None:
                here_values[here] = (rest[0], plus(work(search, here, days), rest[1]))
    return _follow(search, moments, kept, values, digit)


def _best_rest(
    edges: list[tuple[int, Node]], following: dict[Node, tuple[int, Work]], digit: dict[int, int]
) -> tuple[int, Work] | None:
    """Return the smallest cost of going on, or None if no cut leads to the end in time."""
    best: tuple[int, Work] | None = None
    for rank, after in edges:
        rest = following.get(after)
        if rest is None:
            continue
        cost = rest[0] + (digit[rank] if sum(after.regimen) else 0)
        if best is None or cost < best[0] or (cost == best[0] and rest[1] < best[1]):
            best = (cost, rest[1])
    return best


def _follow(
    search: Search,
    moments: list[Moment],
    kept: Graph,
    values: list[dict[Node, tuple[int, Work]]],
    digit: dict[int, int],
) -> list[Dated]:
    """Walk the best path; among equals the lower dose first."""
    here, number = search.root, 0
    path = [Dated(here, moments[0])]
    while not search.done(here):
        following = values[number + 1]
        best = _best_rest(kept[here], following, digit)
        equal = [
            after
            for rank, after in kept[here]
            if after in following
            and (following[after][0] + (digit[rank] if sum(after.regimen) else 0), following[after][1]) == best
        ]
        after = min(equal, key=lambda node: sum(node.regimen))
        number += 1
        path.append(Dated(after, entering(here, after, moments[number])))
        here = after
    return path


def _last_work(search: Search, timeline: Timeline, here: Node, moment: Moment) -> Work:
    """Return the handling of a maintenance dose over one interval; other ends have no days of their own."""
    if not sum(here.regimen) or search.end < len(search.order.phase):
        return (0, 0, 0)
    end = timeline.next(Moment(moment.day, moment.day), search.end - 1).day
    return work(search, here, (end - moment.day).days)
