"""What a path costs: the size of its cuts, and the handling of its days."""

from __future__ import annotations

from fractions import Fraction

from taper.planner.graph import Graph, Node

Work = tuple[int, int, int]
"""Days of split pieces, of units, of products: compared in this order."""


def cut_fraction(here: Node, after: Node) -> Fraction:
    """Return a cut as fraction of the dose before it; the final stop does not count and is -1."""
    now, then = sum(here.regimen), sum(after.regimen)
    return Fraction(now - then, now) if then else Fraction(-1)


def work(graph: Graph, node: Node, days: int) -> Work:
    """Return the handling of a regimen over a number of days."""
    works = [graph.makeable.handling[place] for place in node.regimen]
    return (
        days * sum(w.splits for w in works),
        days * sum(w.units for w in works),
        days * sum(w.products for w in works),
    )


def plus(first: Work, second: Work) -> Work:
    """Add two amounts of handling."""
    return first[0] + second[0], first[1] + second[1], first[2] + second[2]
