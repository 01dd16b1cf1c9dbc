"""Which drug replaces which, and on which days."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from taper.schedule.curve import Level
from taper.schedule.schedule import ONE_DAY


class Replacement(NamedTuple):
    """A drug that ends while another takes its place: one that is started later, or more of one that is taken.

    Attributes:
        old: The drug that ends.
        new: The drug that replaces it.
        first: First day with the new drug, or with more of it.
        after: First day without the old one.
    """

    old: str
    new: str
    first: date
    after: date

    def exchanges(self, before: Level, after: Level) -> bool:
        """Return whether the old drug goes down and the new one up from one level to the next."""
        return self.first <= after.start <= self.after and _exchanges(self.old, self.new, before, after)


def replacements(taken: tuple[Level, ...]) -> tuple[Replacement, ...]:
    """Return the replacements of a dose curve, in the order in which the old drugs begin.

    Args:
        taken: The levels on which something is taken.
    """
    spans: dict[str, tuple[date, date]] = {}
    for level in taken:
        for drug in level.drugs:
            spans[drug] = spans.get(drug, (level.start, level.end))[0], level.end
    found = []
    for old, (old_first, old_last) in spans.items():
        for new, (new_first, new_last) in spans.items():
            if new == old or new_last <= old_last or new_first > old_last + ONE_DAY:
                continue
            first = _first_added(taken, old, new)
            if new_first > old_first and (first is None or not _for_another(taken, old, new_first)):
                first = new_first
            if first is not None:
                found.append(Replacement(old, new, first, old_last + ONE_DAY))
    return tuple(found)


def _exchanges(old: str, new: str, before: Level, after: Level) -> bool:
    return before.dose(old) > after.dose(old) and before.dose(new) < after.dose(new)


def _first_added(taken: tuple[Level, ...], old: str, new: str) -> date | None:
    """Return the first of the days on which a drug goes down to its end, each time with more of another; else None."""
    first: date | None = None
    stopped = False
    for before, after in pairwise(taken):
        if before.dose(old) > after.dose(old):
            added = before.end + ONE_DAY == after.start and _exchanges(old, new, before, after)
            first = (first or after.start) if added else None
            stopped = not after.dose(old)
    return first if stopped else None


def _for_another(taken: tuple[Level, ...], old: str, day: date) -> bool:
    """Return whether on a day another drug goes down while this one stays: what is new then replaces that."""
    return any(
        after.start == day
        and before.dose(old) <= after.dose(old)
        and any(before.dose(drug) > after.dose(drug) for drug in before.drugs)
        for before, after in pairwise(taken)
    )
