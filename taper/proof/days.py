"""What is taken of each drug from day to day, and how it changes: a schedule as one track a drug."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taper.schedule.schedule import Schedule, Step

DAY = timedelta(days=1)
Doses = Mapping[str, Fraction]
"""Doses by time of day; times at which nothing is taken are absent."""
NOTHING: Doses = {}
_NO_DOSE = Fraction(0)


class Track:
    """One drug from the first day to the end.

    Args:
        drug: The drug.

    Attributes:
        days: The first day of each run of days with the same doses.
        doses: The doses of each run.
    """

    def __init__(self, drug: str) -> None:
        self.drug = drug
        self.days: list[date] = []
        self.doses: list[Doses] = []

    def add(self, day: date, doses: Doses) -> None:
        """Add what is taken from a day on."""
        if not self.doses or self.doses[-1] != doses:
            self.days.append(day)
            self.doses.append(doses)

    def at(self, day: date) -> Doses:
        """Return what is taken on a day."""
        place = bisect_right(self.days, day)
        return self.doses[place - 1] if place else NOTHING

    def changes(self, first: date, last: date) -> list[date]:
        """Return the days on which it changes, from a day to another."""
        return self.days[bisect_right(self.days, first - DAY) : bisect_right(self.days, last)]

    def falls(self) -> Iterator[tuple[date, date, Doses, Doses]]:
        """Yield each change: its day, the first day of what was taken before, and the doses before and after."""
        for place in range(1, len(self.days)):
            yield self.days[place], self.days[place - 1], self.doses[place - 1], self.doses[place]


def total(doses: Doses) -> Fraction:
    """Return a daily dose."""
    first, *others = doses.values() or (_NO_DOSE,)
    return sum(others, first)


def dates_of(step: Step) -> Iterator[date]:
    """Yield the days of a step, by its first and its last one."""
    day = step.start
    while day <= step.end:
        yield day
        day += DAY


def tracks_of(schedule: Schedule) -> dict[str, Track]:
    """Return what is taken of each drug that the order names, with the end where the plan stops."""
    assert schedule.order is not None
    tracks = {drug: Track(drug) for drug in schedule.order.drugs}
    for step in schedule.steps:
        taken: dict[str, dict[str, Fraction]] = {}
        for intake in step.intakes:
            taken.setdefault(intake.drug, {})[intake.time] = intake.dose.value
        for drug, track in tracks.items():
            track.add(step.start, taken.get(drug, NOTHING))
    if schedule.stopped_on is not None:
        for track in tracks.values():
            track.add(schedule.stopped_on, NOTHING)
    return tracks
