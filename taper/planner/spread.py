"""Where a cut falls when a day has several times of day.

A policy answers one question: the daily dose falls to a total; which dose does each time of day get?
Each must be makeable and none may rise. There is one answer, always the same.

- even: the largest doses come down first, so that the day levels out (smallest largest dose, then
  smallest second largest, and so on); what is left uneven goes to the later time of day, as the
  Maudsley regimens do ("larger share at night when uneven").
- night: the last time of day that has a dose keeps the largest dose that the total allows; the others
  share the rest as in "even". So the daytime comes down first, and a last dose that is at least as large
  as each other one stays so: were another larger, the two could change places.
- reduce_first: the first named time of day gives up as much as it can, then the next; the times
  that are not named follow in the order of the day.
- alternate: each cut falls on one time of day, and the times take turns in the order of the day, the
  earliest first. A time gives if a lower makeable dose of it keeps within the allowed cut, else it is
  passed over; it comes down by no more than it has, even if more is allowed. After a cut the turn is with
  the next time that has a dose. A total typed by hand falls on the first time in turn that can give just
  that cut; if none can, they give in turn as much as they can, and the turn goes on after the last of
  them. A regimen typed by hand, and the stop that `stop_from` allows, are nobody's turn.

With a merge, the whole dose of a total at or below the ordered one is taken at one time of day, which
may rise by it; all policies keep to totals above. So any cut to such a total merges, and none is anybody's
turn.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from operator import le
from typing import NamedTuple

from taper.order.parts import SpreadPolicy

Places = tuple[int, ...]
"""Doses on the grid of `Makeable`, one for each time of day, in the order of the day."""


class Merging(NamedTuple):
    """The totals that are taken at one time of day: those up to `highest`, at the position `into`."""

    highest: int
    into: int


class Shown(NamedTuple):
    """Which totals of a cut are asked for; unlike what is allowed, it does not change who gives."""

    lowest: int = 0
    highest: int | None = None


_ALL = Shown()


class Spread:
    """Regimens that a cut can lead to.

    Args:
        doses: Makeable doses on the grid, ascending, zero among them.
        first: Positions of the times of day to reduce first; empty for a policy by name.
        policy: The policy, where no times are named.
        merge: What is taken at one time of day, if anything.
    """

    def __init__(
        self,
        doses: Sequence[int],
        first: Sequence[int] = (),
        policy: SpreadPolicy = "even",
        merge: Merging | None = None,
    ) -> None:
        self._doses = tuple(doses)
        self._known = frozenset(doses)
        self._runs = _runs(self._doses)
        self._first = tuple(first)
        self._policy = policy
        self._merge = merge
        self._free: dict[int, Places | None] = {}
        self._sums: dict[Places, int] = {}
        self._levels: dict[tuple[Places, int], Places | None] = {}

    def successors(self, regimen: Places, lowest: int, turn: int = 0, shown: Shown = _ALL) -> list[tuple[int, Places]]:
        """Return every (total, regimen) that one cut can lead to, highest total first.

        Args:
            regimen: The doses now.
            lowest: No cut goes to a total below this.
            turn: Position of the time of day whose turn it is, where they alternate.
            shown: Leave out other totals.
        """
        now, lowest = sum(regimen), max(lowest, 0)
        above = now if shown.highest is None else min(now, shown.highest + 1)
        if len(regimen) == 1:
            low, high = bisect_left(self._doses, max(lowest, shown.lowest)), bisect_left(self._doses, above)
            return [(dose, (dose,)) for dose in reversed(self._doses[low:high])]
        merged: list[tuple[int, Places]] = []
        if self._merge is not None:
            low = bisect_left(self._doses, max(lowest, shown.lowest))
            high = bisect_left(self._doses, min(above, self._merge.highest + 1))
            merged = [(dose, self._at_one(regimen, dose)) for dose in reversed(self._doses[low:high])]
            lowest = max(lowest, self._merge.highest + 1)
        if self._policy == "alternate":
            return self._given_in_turn(regimen, lowest, turn, shown) + merged
        reachable = self._reachable(regimen)
        return [
            (total, self.split(regimen, total))
            for total in range(above - 1, max(lowest, shown.lowest) - 1, -1)
            if reachable >> total & 1
        ] + merged

    def over_multiples(self, every: int) -> Spread:
        """Return the same policy over the doses that are multiples of one."""
        return Spread([dose for dose in self._doses if dose % every == 0], self._first, self._policy, self._merge)

    def lowest(self, regimen: Places, lowest: int, turn: int = 0) -> int | None:
        """Return the lowest total, not below another, that one cut can lead to; None if there is none."""
        now = sum(regimen)
        if len(regimen) == 1 or (self._merge is not None and lowest <= self._merge.highest):
            place = bisect_left(self._doses, lowest)
            if place < len(self._doses) and self._doses[place] < now:
                dose = self._doses[place]
                if len(regimen) == 1 or (self._merge is not None and dose <= self._merge.highest):
                    return dose
            lowest = lowest if self._merge is None else self._merge.highest + 1
        if self._policy == "alternate":
            given = self._given_in_turn(regimen, lowest, turn, _ALL)
            return given[-1][0] if given else None
        bits = self._reachable(regimen) >> max(lowest, 0)
        found = max(lowest, 0) + (bits & -bits).bit_length() - 1
        return found if bits and found < now else None

    @property
    def merged_up_to(self) -> int:
        """The highest total that is taken at one time of day; -1 where none is."""
        return -1 if self._merge is None else self._merge.highest

    def totals(self, ceiling: Places) -> list[int]:
        """Return every total that doses not above `ceiling` can add up to, or can be merged into, ascending."""
        bits = self._reachable(ceiling)
        found = [total for total in range(bits.bit_length()) if bits >> total & 1]
        if self._merge is None:
            return found
        top = min(self._merge.highest, sum(ceiling))
        return [*self._doses[: bisect_right(self._doses, top)], *(t for t in found if t > self._merge.highest)]

    def split(self, regimen: Places, total: int, turn: int = 0) -> Places:
        """Return the policy's regimen for a total that `regimen` can come down to."""
        if len(regimen) == 1:
            return (total,)
        if self._merge is not None and total <= self._merge.highest:
            return self._at_one(regimen, total)
        if self._policy == "alternate":
            return self._taken_in_turn(regimen, total, turn)
        if self._policy == "night":
            return self._latest_kept(regimen, total)
        if self._first:
            return self._emptied(
                regimen, total, (*self._first, *(i for i in range(len(regimen)) if i not in self._first))
            )
        free = self._free_level(len(regimen), total)
        if free is not None and all(map(le, free, regimen)):
            return free  # as level as can be, and nothing rises
        found = self._level(regimen, total)
        assert found is not None, "only reachable totals are asked for"
        return found

    def _free_level(self, count: int, total: int) -> Places | None:
        """Return the most level regimen of a total, whatever was taken before, if it is found at once."""
        if total not in self._free:
            filled = _filled((total,) * count, total)
            self._free[total] = filled if self._known.issuperset(filled) else None
        return self._free[total]

    def next_turn(self, turn: int, before: Places, after: Places) -> int:
        """Return whose turn it is after a change of regimen; always 0 where the times do not alternate."""
        if self._policy != "alternate" or len(after) == 1:
            return 0
        given = [index for index in _from(turn, len(before)) if after[index] < before[index]]
        start = given[-1] + 1 if given else turn
        return next((index for index in _from(start, len(after)) if after[index]), 0)

    def _at_one(self, regimen: Places, total: int) -> Places:
        assert self._merge is not None
        return tuple(total if index == self._merge.into else 0 for index in range(len(regimen)))

    def _given_in_turn(self, regimen: Places, lowest: int, turn: int, shown: Shown) -> list[tuple[int, Places]]:
        """Lower the first time of day in turn that can give something, to each dose that it can give."""
        now = sum(regimen)
        for index in _from(turn, len(regimen)):
            others = now - regimen[index]
            high = bisect_left(self._doses, regimen[index])
            if bisect_left(self._doses, lowest - others) < high:
                low = bisect_left(self._doses, max(lowest, shown.lowest) - others)
                if shown.highest is not None:
                    high = min(high, bisect_right(self._doses, shown.highest - others))
                given = reversed(self._doses[low:high])
                return [(others + dose, (*regimen[:index], dose, *regimen[index + 1 :])) for dose in given]
        return []

    def _taken_in_turn(self, regimen: Places, total: int, turn: int) -> Places:
        cut = sum(regimen) - total
        for index in _from(turn, len(regimen)):
            if regimen[index] - cut in self._known:
                return (*regimen[:index], regimen[index] - cut, *regimen[index + 1 :])
        return self._emptied(regimen, total, _from(turn, len(regimen)))

    def _latest_kept(self, regimen: Places, total: int) -> Places:
        """Keep as much as possible at the last time of day that has a dose, and level the others."""
        last = max(index for index, dose in enumerate(regimen) if dose)
        others = (*regimen[:last], *regimen[last + 1 :])
        rests = self._reachable(others)
        most = bisect_right(self._doses, min(regimen[last], total))
        dose = next(d for d in reversed(self._doses[:most]) if rests >> (total - d) & 1)
        found = self._level(others, total - dose)
        assert found is not None, "only reachable totals are asked for"
        return (*found[:last], dose, *found[last:])

    def _emptied(self, regimen: Places, total: int, order: Sequence[int]) -> Places:
        """Let the times of day give as much as they can, in an order."""
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
            for first, last in self._runs:
                if first <= ceiling[0]:
                    found |= _smeared(rest, min(last, ceiling[0]) - first + 1) << first
            self._sums[ceiling] = found
        return found

    def _level(self, ceiling: Places, total: int) -> Places | None:
        """Find the most level doses, at most `ceiling` each, that add up to `total`."""
        if len(ceiling) == 1:
            return (total,) if total <= ceiling[0] and total in self._known else None
        if total > sum(ceiling):
            return None
        asked = (ceiling, total)
        if asked not in self._levels:
            filled = _filled(ceiling, total)
            # nothing is more level than that, so if it can be made, it is the answer
            self._levels[asked] = filled if self._known.issuperset(filled) else self._most_level(ceiling, total)
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


def _runs(doses: Places) -> list[tuple[int, int]]:
    """Return the first and the last of each run of doses without a gap."""
    ends = [dose for dose, above in pairwise(doses) if above > dose + 1]
    starts = [above for dose, above in pairwise(doses) if above > dose + 1]
    return list(zip([*doses[:1], *starts], [*ends, *doses[-1:]], strict=True))


def _smeared(bits: int, count: int) -> int:
    """Return bits shifted by 0, by 1 and so on, so many in all."""
    made = 1
    while made < count:
        more = min(made, count - made)
        bits |= bits << more
        made += more
    return bits


def _filled(ceiling: Places, total: int) -> Places:
    """Return the most level whole numbers, at most `ceiling` each, that add up to `total`, makeable or not."""
    left, level = total, 0
    waiting = len(ceiling)
    for most in sorted(ceiling):
        if most * waiting >= left:
            level = left // waiting
            break
        left -= most
        waiting -= 1
    doses = [min(most, level) for most in ceiling]
    more = total - sum(doses)
    for index in range(len(ceiling) - 1, -1, -1):
        if more and ceiling[index] > level:
            doses[index] += 1
            more -= 1
    return tuple(doses)


def _levelness(doses: Places) -> tuple[list[int], list[int]]:
    """Order regimens: level ones first, then those whose later times of day have the larger doses."""
    return sorted(doses, reverse=True), [-dose for dose in reversed(doses)]


@cache
def _from(turn: int, count: int) -> tuple[int, ...]:
    """Return all positions, beginning with one and going round."""
    return tuple((turn + step) % count for step in range(count))
