"""The days on which two schedules differ: compared one by one, then joined for people.

Days are compared by what is taken on them, however the steps are divided or numbered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import Literal

from taper.errors import ScheduleError
from taper.schedule.regimen import Regimen
from taper.schedule.schedule import ONE_DAY, Schedule
from taper.values import dataclass

Kind = Literal["dose", "pieces"]


@dataclass(frozen=True, slots=True)
class ChangedDays:
    """Days that follow each other, all of which change from one regimen to one other.

    Attributes:
        first: First day.
        last: Last day.
        before: What was to be taken on each of them; empty for a recorded day without a dose, None where the
            schedule has no such day, because it begins later, has a gap, or is over.
        after: What is to be taken now, likewise.
    """

    first: date
    last: date
    before: Regimen | None
    after: Regimen | None

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.last - self.first).days + 1

    @property
    def kind(self) -> Kind:
        """``pieces`` where the same doses are made of other pieces or products, else ``dose``."""
        return _kind(self.before, self.after)


@dataclass(frozen=True, slots=True)
class ChangedWeekdays:
    """Days of the week on which a stretch changes from one regimen to one other.

    Attributes:
        days: Days of the week, 0 for Monday.
        before: What was to be taken, as in `Change`.
        after: What is to be taken now.
    """

    days: tuple[int, ...]
    before: Regimen | None
    after: Regimen | None

    @property
    def kind(self) -> Kind:
        """As in `Change`."""
        return _kind(self.before, self.after)


@dataclass(frozen=True, slots=True)
class ChangedStep:
    """The changes of the days on which one step of the first schedule meets one step of the second.

    Without a weekly pattern that is one change. With one, the days between `first` and `last` that no change
    names stay as they were.

    Attributes:
        changes: The changes, day by day exact.
    """

    changes: tuple[ChangedDays, ...]

    @property
    def first(self) -> date:
        """First day that changes."""
        return self.changes[0].first

    @property
    def last(self) -> date:
        """Last day that changes."""
        return self.changes[-1].last

    @property
    def pattern(self) -> tuple[ChangedWeekdays, ...]:
        """The same by the day of the week, where that says it all and there is more than one change to be said."""
        length = (self.last - self.first).days + 1
        if len(self.changes) == 1 or length < 7:
            return ()
        pairs = {day: (one.before, one.after) for one in self.changes for day in _span(one.first, one.last)}
        week: dict[int, tuple[Regimen | None, Regimen | None] | None] = {}
        for day in _span(self.first, self.last):
            if week.setdefault(day.weekday(), pairs.get(day)) != pairs.get(day):
                return ()
        alike = dict.fromkeys(pair for _, pair in sorted(week.items()) if pair is not None)
        return tuple(ChangedWeekdays(tuple(day for day in range(7) if week[day] == pair), *pair) for pair in alike)


def changed_steps(old: Schedule, new: Schedule) -> tuple[ChangedStep, ...]:
    """Return the days that change, grouped by the two steps that meet on them.

    Raises:
        ScheduleError: A day has two regimens; names the step.
    """
    before, after = _by_day(old, "old"), _by_day(new, "new")
    both = ((day, before.get(day, _NO_DAY), after.get(day, _NO_DAY)) for day in sorted({*before, *after}))
    differing = [(day, one, other) for day, one, other in both if not _same(one[1], other[1])]
    return tuple(
        ChangedStep(joined(ChangedDays(day, day, one[1], other[1]) for day, one, other in met))
        for _, met in groupby(differing, key=lambda found: (found[1][0], found[2][0]))
    )


_NO_DAY: tuple[int, Regimen | None] = (-1, None)


def _by_day(schedule: Schedule, which: str) -> dict[date, tuple[int, Regimen | None]]:
    """Return for each day its place among the steps as ordered, and its regimen."""
    found: dict[date, tuple[int, Regimen | None]] = {}
    for place, runs in enumerate(schedule.groups):
        for step in runs:
            for day in _span(step.start, step.end):
                if day in found:
                    raise ScheduleError(
                        f"{day} lies in two steps, so it has two regimens and nothing says which one holds; "
                        "correct the dates, so that each step ends before the next begins",
                        field=f"{which}.steps[{schedule.steps.index(step)}]",
                    )
                found[day] = place, step.regimen
    return found


def joined(changes: Iterable[ChangedDays]) -> tuple[ChangedDays, ...]:
    """Join neighboring changes that are alike."""
    found: list[ChangedDays] = []
    for change in changes:
        last = found[-1] if found else None
        if last and last.last + ONE_DAY == change.first and (last.before, last.after) == (change.before, change.after):
            found[-1] = replace(last, last=change.last)
        else:
            found.append(change)
    return tuple(found)


def _span(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _same(one: Regimen | None, other: Regimen | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == other or (_doses(one) == _doses(other) and _pieces(one) == _pieces(other))


def _kind(before: Regimen | None, after: Regimen | None) -> Kind:
    if before is None or after is None or _doses(before) != _doses(after):
        return "dose"
    return "pieces"


def _doses(regimen: Regimen) -> dict[tuple[str, str], Fraction]:
    found: dict[tuple[str, str], Fraction] = {}
    for intake in regimen:
        key = intake.time, intake.drug
        found[key] = found.get(key, Fraction(0)) + intake.dose.value
    return {key: dose for key, dose in found.items() if dose}


def _pieces(regimen: Regimen) -> Counter[tuple[object, ...]]:
    return Counter((i.time, i.drug, item.product, item.count, item.volume) for i in regimen for item in i.items)
