"""Which drug replaces which, and on which days."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from taper.schedule.curve import Level
from taper.schedule.schedule import ONE_DAY


class Replacement(NamedTuple):
    """A drug that ends while another, started later, takes its place.

    Attributes:
        old: The drug that ends.
        new: The drug that replaces it.
        first: First day with the new drug.
        after: First day without the old one.
    """

    old: str
    new: str
    first: date
    after: date

    def exchanges(self, before: Level, after: Level) -> bool:
        """Return whether the old drug goes down and the new one up from one level to the next."""
        return (
            self.first <= after.start <= self.after
            and before.dose(self.old) > after.dose(self.old)
            and before.dose(self.new) < after.dose(self.new)
        )


def replacements(taken: tuple[Level, ...]) -> tuple[Replacement, ...]:
    """Return the replacements of a dose curve, in the order in which the old drugs begin.

    Args:
        taken: The levels on which something is taken.
    """
    spans: dict[str, tuple[date, date]] = {}
    for level in taken:
        for drug in level.drugs:
            first = spans.get(drug, (level.start, level.end))[0]
            spans[drug] = first, level.end
    return tuple(
        Replacement(old, new, new_first, old_last + ONE_DAY)
        for old, (old_first, old_last) in spans.items()
        for new, (new_first, new_last) in spans.items()
        if old_first < new_first <= old_last + ONE_DAY and new_last > old_last
    )
