"""Which doses a phase prefers, where it has `round_to`.

A cut goes to a regimen each dose of which is a multiple, if the step leads to one; else to a daily dose that is a
multiple, divided as the policy does; else to any. The end of the phase, and what is not above the dose up to which
nothing is preferred, are as good as multiples. No cut is ever larger than the step by it.
"""

from __future__ import annotations

from fractions import Fraction

from taper.order.phase import Phase
from taper.planner.spread import Places, Spread

Reached = list[tuple[int, Places]]
"""Totals with their regimens, highest total first."""


class Rounding:
    """What a phase with `round_to` prefers, on the grid.

    Args:
        phase: The phase.
        unit: Drug in one step of the grid, in mg.
        spread: The policy over all makeable doses.
    """

    def __init__(self, phase: Phase, unit: Fraction, spread: Spread) -> None:
        assert phase.round_to is not None
        self._every = (phase.round_to.to.value / unit).numerator  # the grid meets no other multiples
        self._free = phase.round_to.above.value // unit
        self._end = phase.goal.value / unit
        self._all = spread
        self._round = spread.over_multiples(self._every)

    def successors(self, regimen: Places, lowest: int, turn: int) -> Reached:
        """Return the preferred ones among all that one cut can lead to, highest total first.

        Args:
            regimen: The doses now.
            lowest: No cut goes to a total below this.
            turn: Position of the time of day whose turn it is, where they alternate.
        """
        every = self._all.successors(regimen, lowest, turn)
        found = dict(self._round.successors(regimen, lowest, turn))
        found |= {total: doses for total, doses in every if total <= self._free or total == self._end}
        if found:
            return sorted(found.items(), reverse=True)
        return [entry for entry in every if entry[0] % self._every == 0] or every
