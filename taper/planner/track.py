"""What is taken of one drug from which day on, and which phase rules what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from taper.order.parts import TimeOfDay
from taper.order.phase import Phase
from taper.quantity import Mg
from taper.schedule.schedule import Intake

Doses = Mapping[TimeOfDay, Mg]
"""Doses of one drug by time of day; times at which nothing is taken are absent."""
Pattern = tuple[Doses, ...]
"""Doses of every day, or of each of the seven days from Monday on."""
Taken = tuple[tuple[Intake, ...], ...]
"""Intakes of one drug: of every day, or of the seven days from Monday on."""


@dataclass(frozen=True, slots=True)
class Point:
    """From a day on, so much of one drug.

    Attributes:
        day: First day.
        taken: The intakes, of every day or of each day of the week; empty from the stop on.
        phase: Place of the phase that rules what comes next, among all phases in force.
        done: How many entries of its list of doses, patterns or stages are done.
        next: Day of the next change, or None if the phases leave this drug as it is.
        target: Daily dose that the ordered step leads to, before it is made makeable.
        origin: In a switch: the doses of the old drug before it began.
        turn: Where times of day take turns: the one that is cut next.
        ruled: First day on which the phase rules, where the dose was held before; its first day if None.
        rule: The phase itself, by which its place is known again after a revision.
        anchor: Day from which the next change was counted, and how many intervals; None where nothing comes.
        ordered: Whether a revision ordered this dose on this very day.
    """

    day: date
    taken: Taken
    phase: int = 0
    done: int = 0
    next: date | None = None
    target: Mg | None = None
    origin: tuple[tuple[TimeOfDay, Mg], ...] = ()
    turn: TimeOfDay | None = None
    ruled: date | None = None
    rule: Phase | None = None
    anchor: tuple[date, int] | None = None
    ordered: bool = False

    @property
    def pattern(self) -> Pattern:
        """The doses by time of day, of every day or of each day of the week."""
        return tuple({intake.time: intake.dose for intake in day} for day in self.taken)

    @property
    def average(self) -> Mg:
        """The daily dose; of a weekly pattern the average."""
        return sum((intake.dose for day in self.taken for intake in day), Mg(0)) / len(self.taken)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a phase is taken up.

    Attributes:
        phase: Its place.
        done: How many entries of its list are done.
        next: Day of the next change; one interval after the first day if None.
        origin: In a switch: the doses of the old drug before it began.
        held: Pauses of the order before this day are over, or counted already.
        turn: Where times of day take turns: the one that is cut next.
        anchor: Day from which the next change was counted, and how many intervals; from that change itself if None.
    """

    phase: int
    done: int = 0
    next: date | None = None
    origin: tuple[tuple[TimeOfDay, Mg], ...] = ()
    held: date = date.min
    turn: TimeOfDay | None = None
    anchor: tuple[date, int] | None = None
