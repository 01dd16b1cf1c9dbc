"""Through which daily doses a plan of few cuts can go, wherever in the day its cuts fall.

Fewer cuts are never needed from a higher dose, so each number of cuts that is left has a highest dose, and no node
above it need be looked at. With one time of day the bound is what is really needed; with several a plan may need more.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from taper.values import dataclass

FAR = 10**9
"""More cuts than any plan has: the end cannot be reached."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase, on the grid.

    Attributes:
        end: The phase is over at this total or below.
        lowest: The total below which a cut from a total may not go; None for typed doses.
        stop: From this total or less the drug may be stopped.
        typed: Number of typed doses.
        done: How many of them are the dose with which the phase before it ends.
    """

    end: int
    lowest: Callable[[int], int] | None = None
    stop: int = -1
    typed: int = 0
    done: int = 0


class Corridor:
    """The least number of cuts from each daily dose to the end.

    Args:
        totals: Every total that the times of day can be taken at, ascending.
        stretches: The phases, up to the last one searched.
        begin: The phase and the total of the beginning.
        most: The most that one cut can take, if it is bounded: what one time of day has.
        merged: A cut to this total or below may take more.
    """

    def __init__(
        self,
        totals: Sequence[int],
        stretches: Sequence[Stretch],
        begin: tuple[int, int],
        most: int | None,
        merged: int,
    ) -> None:
        self._stretches = stretches
        self._totals = totals
        self._needed: list[list[int]] = [[] for _ in stretches]
        phase, start = begin
        self._highest: dict[tuple[int, int], int] = {}
        for index in range(phase, len(stretches)):
            stretch = stretches[index]
            if stretch.lowest is not None:
                known = totals[: bisect_right(totals, start)]
                self._needed[index] = _needed(known, stretch, most, bisect_right(known, merged))
            start = stretch.end
        self._later = [0]  # cuts of all later phases, from the goal of the phase before them
        for index in range(len(stretches) - 1, phase, -1):
            own = self._own(index, stretches[index].done, stretches[index - 1].end)
            self._later.append(own + self._later[-1])
        self._later += [0] * phase
        self._later.reverse()
        reached = [bisect_left(needed, FAR) for needed in self._needed]
        self._top = [totals[place - 1] if place else -1 for place in reached]

    def least(self, phase: int, typed: int, total: int) -> int:
        """Return a lower bound on the cuts that are needed to the end; `FAR` or more where it is never reached.

        Args:
            phase: The phase that rules the next cut; the one after the last where all are over.
            typed: How many of its typed doses are done.
            total: The daily dose.
        """
        if phase == len(self._stretches):
            return 0
        return self._own(phase, typed, total) + self._later[phase]

    def highest(self, phase: int, cuts: int) -> int | None:
        """Return the highest total from which so many cuts may do, -1 where none is low enough; None if all are."""
        if self._stretches[phase].typed:
            return None
        found = self._highest.get((phase, cuts))
        if found is None:
            place = bisect_right(self._needed[phase], cuts - self._later[phase])
            found = self._highest[phase, cuts] = self._totals[place - 1] if place else -1
        return found

    def top(self, phase: int) -> int:
        """Return the highest total from which the end of a phase can be reached at all."""
        return self._top[phase]

    def _own(self, phase: int, typed: int, total: int) -> int:
        """Return the least cuts that a phase itself needs from a total."""
        if self._stretches[phase].typed:
            return self._stretches[phase].typed - typed
        place, needed = bisect_left(self._totals, total), self._needed[phase]
        return needed[place] if place < len(needed) and self._totals[place] == total else 0


def _needed(known: Sequence[int], stretch: Stretch, most: int | None, merged: int) -> list[int]:
    """Return the least cuts from each total to the end of a phase: those of the lowest total that one cut leads to."""
    assert stretch.lowest is not None
    needed: list[int] = []
    for place, total in enumerate(known):
        if total <= stretch.end:
            needed.append(0)
        elif total <= stretch.stop:
            needed.append(1)
        else:
            low = bisect_left(known, stretch.lowest(total))
            if most is not None and low >= merged:
                low = max(low, bisect_left(known, total - most))
            needed.append(1 + needed[low] if low < place else FAR)
    return needed
