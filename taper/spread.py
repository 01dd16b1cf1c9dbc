"""Where a cut falls when a day has several times of day.

A policy answers one question: the daily dose falls to a total; which dose does each time of day get?
Each must be makeable and none may rise. There is one answer, always the same.

- even: the largest doses come down first, so that the day levels out (smallest largest dose, then
  smallest second largest, and so on); what is left uneven goes to the later time of day, as the
  Maudsley regimens do ("larger share at night when uneven").
- reduce_first: the first named time of day gives up as much as it can, then the next; the times
  that are not named follow in the order of the day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

Places = tuple[int, ...]
"""Doses on the grid of `Makeable`, one for each time of day, in the order of the day."""
Policy = Callable[[Places, int], Places]


class Spread:
    """Regimens that a cut can lead to.

    Args:
        doses: Makeable doses on the grid, ascending, zero among them.
        first: Positions of the times of day to reduce first; empty for an even spread.
    """

    def __init__(self, doses: Sequence[int], first: Sequence[int] = ()) -> None:
        self._doses = tuple(doses)
        self._known = frozenset(doses)
        self._first = tuple(first)
        self._sums: dict[Places, int] = {}
        self._levels: dict[tuple[Places, int], Places | None] = {}

    def successors(self, regimen: Places, lowest: int) -> list[tuple[int, Places]]:
        """Return every (total, regimen) that one cut can lead to, highest total first.

        Args:
            regimen: The doses now.
            lowest: No total below this.
        """
        now = sum(regimen)
        if len(regimen) == 1:
            low, high = bisect_left(self._doses, max(lowest, 0)), bisect_left(self._doses, now)
            return [(dose, (dose,)) for dose in reversed(self._doses[low:high])]
        reachable = self._reachable(regimen)
        return [
            (total, self.split(regimen, total))
            for total in range(now - 1, max(lowest, 0) - 1, -1)
            if reachable >> total & 1
        ]

    def totals(self, ceiling: Places) -> list[int]:
        """Return every total that doses not above `ceiling` can add up to, ascending."""
        bits = self._reachable(ceiling)
        return [total for total in range(bits.bit_length()) if bits >> total & 1]

    def split(self, regimen: Places, total: int) -> Places:
        """Return the policy's regimen for a total that `regimen` can come down to."""
        if len(regimen) == 1:
            return (total,)
        if not self._first:
            found = self._level(regimen, total)
            assert found is not None, "only reachable totals are asked for"
            return found
        order = (*self._first, *(i for i in range(len(regimen)) if i not in self._first))
        left, doses = total, dict(enumerate(regimen))
        for position, index in enumerate(order):
            others = self._reachable(tuple(regimen[i] for i in order[position + 1 :]))
            least = bisect_left(self._doses, left - others.bit_length() + 1)  # the others cannot add up to more
            doses[index] = next(d for d in self._doses[least:] if d <= left and others >> (left - d) & 1)
            left -= doses[index]
        return tuple(doses[index] for index in range(len(regimen)))

    def _reachable(self, ceiling: Places) -> int:
        """Return, as bits, every total that doses not above `ceiling` can add up to."""
        return self._sums_under(tuple(sorted(ceiling)))

    def _sums_under(self, ceiling: Places) -> int:
        if not ceiling:
            return 1
        found = self._sums.get(ceiling)
        if found is None:
            rest = self._sums_under(ceiling[1:])
            found = 0
            for dose in self._doses[: bisect_right(self._doses, ceiling[0])]:
                found |= rest << dose
            self._sums[ceiling] = found
        return found

    def _level(self, ceiling: Places, total: int) -> Places | None:
        """Find the most level doses, at most `ceiling` each, that add up to `total`."""
        if len(ceiling) == 1:
            return (total,) if total <= ceiling[0] and total in self._known else None
        asked = (ceiling, total)
        if asked not in self._levels:
            self._levels[asked] = self._most_level(ceiling, total)
        return self._levels[asked]

    def _most_level(self, ceiling: Places, total: int) -> Places | None:
        start = bisect_left(self._doses, -(-total // len(ceiling)))
        tops = self._doses[start : bisect_right(self._doses, min(total, max(ceiling)))]
        # What can be reached under a top can be reached under a larger one, so the smallest is found by bisection.
        place = bisect_left(
            tops, True, key=lambda top: bool(self._reachable(tuple(min(most, top) for most in ceiling)) >> total & 1)
        )
        if place == len(tops):
            return None
        top, found = tops[place], []
        lower = tuple(min(most, top) for most in ceiling)
        for index, most in enumerate(ceiling):
            rest = self._level(lower[:index] + lower[index + 1 :], total - top) if most >= top else None
            if rest is not None:
                found.append((*rest[:index], top, *rest[index:]))
        return min(found, key=_levelness, default=None)


def _levelness(doses: Places) -> tuple[list[int], list[int]]:
    """Order regimens: level ones first, then those whose later times of day have the larger doses."""
    return sorted(doses, reverse=True), [-dose for dose in reversed(doses)]
