"""What a path costs: the size of its cuts, and the handling of its days."""

from __future__ import annotations

from fractions import Fraction

from taper.planner.graph import Graph, Node
from taper.planner.spread import Places

Work = int
"""Effort of some days as one integer: quarters, then measured volumes, halves, units, products, each times its days."""


def cut_fraction(here: Node, after: Node) -> Fraction:
    """Return a cut as fraction of the dose before it; the final stop does not count and is -1."""
    now, then = sum(here.regimen), sum(after.regimen)
    return Fraction(now - then, now) if then else Fraction(-1)


def effort_of(graph: Graph, regimen: Places) -> Work:
    """Return the handling of a regimen on one day."""
    return sum([graph.makeable.effort[place] for place in regimen])


def work(graph: Graph, node: Node, days: int) -> Work:
    """Return the handling of a regimen over a number of days."""
    return days * effort_of(graph, node.regimen)
