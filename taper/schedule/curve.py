"""The dose curve of a schedule: the longest runs of days with the same doses.

A level may be longer than a step (two equal steps follow each other), and days that no step
covers belong to no level: nothing is known about them, and nothing is assumed.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from taper.quantity import NO_MG, Mg
from taper.schedule.schedule import ONE_DAY, Schedule, Step
from taper.values import dataclass

Doses = tuple[tuple[str, Mg], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """Days in a row with the same daily dose of every drug.

    Attributes:
        start: First day.
        end: Last day.
        step: Number of the step with which it begins.
        doses: Drugs and their daily doses, by name; a drug that is not taken is absent.
        average: Whether the doses are the averages of a weekly pattern (see `taper.schedule.patterns`).
    """

    start: date
    end: date
    step: int
    doses: Doses
    average: bool = False

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.end - self.start).days + 1

    @property
    def drugs(self) -> tuple[str, ...]:
        """Names of the drugs that are taken."""
        return tuple([drug for drug, _ in self.doses])

    def dose(self, drug: str) -> Mg:
        """Return the daily dose of a drug, zero if it is not taken."""
        for name, dose in self.doses:
            if name == drug:
                return dose
        return NO_MG


def curve(schedule: Schedule) -> tuple[Level, ...]:
    """Return the levels of a schedule, in order; steps that overlap add up."""
    found: list[Level] = []
    for start, end, covering in sweep(schedule.steps):
        totals = covering[0].totals
        for step in covering[1:]:
            for drug, dose in step.totals.items():
                totals[drug] = totals.get(drug, NO_MG) + dose
        doses = daily_doses(totals)
        if found and found[-1].doses == doses and found[-1].end + ONE_DAY == start:
            found[-1] = Level(found[-1].start, end, found[-1].step, doses)
        else:
            found.append(Level(start, end, covering[0].number, doses))
    return tuple(found)


def daily_doses(totals: Mapping[str, Mg]) -> Doses:
    """Return the daily dose of each drug that is taken, by name."""
    return tuple(sorted((drug, dose) for drug, dose in totals.items() if dose))


def sweep(steps: tuple[Step, ...]) -> list[tuple[date, date, list[Step]]]:
    """Split the days at every start and end of a step, and list the steps that cover each run."""
    steps = tuple(step for step in steps if step.start <= step.end)
    if all(step.end < after.start for step, after in pairwise(steps)):  # as in every plan
        return [(step.start, step.end, [step]) for step in steps]
    bounds = sorted({step.start for step in steps} | {step.end + ONE_DAY for step in steps})
    waiting = sorted(enumerate(steps), key=lambda entry: (entry[1].start, entry[0]))
    active: list[tuple[date, int, Step]] = []
    pieces: list[tuple[date, date, list[Step]]] = []
    place = 0
    for start, after in pairwise(bounds):
        while place < len(waiting) and waiting[place][1].start <= start:
            index, step = waiting[place]
            heapq.heappush(active, (step.end, index, step))
            place += 1
        while active and active[0][0] < start:
            heapq.heappop(active)
        if active:
            covering = [step for _, index, step in sorted(active, key=lambda entry: entry[1])]
            pieces.append((start, after - ONE_DAY, covering))
    return pieces
