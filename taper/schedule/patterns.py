"""Patterns: days in a row whose doses repeat, by the day of the week or after a cycle of days, without being the same.

A plan says so itself: the runs of days of such a step share one number, however few they are (`taper.schedule.weekly`
puts their regimens together for those who show them). In any other table a weekly pattern is found by its content, at
least two weeks long; a cycle of other days is not looked for there. Where a pattern without numbers begins and ends
cannot always be told from the days (the dose before may be one of its own); then it is taken to last for whole weeks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property

from taper.order.phase import LONGEST_CYCLE
from taper.quantity import Mg
from taper.schedule.curve import Doses, Level
from taper.schedule.schedule import ONE_DAY, Schedule
from taper.schedule.weekly import WEEK, cycle_place
from taper.values import dataclass

SHORTEST = 2 * WEEK


@dataclass(frozen=True)
class Pattern:
    """A weekly pattern, or a cycle, on days in a row.

    Attributes:
        start: First day.
        end: Last day.
        step: Number of the step with which it begins.
        cycle: The doses from Monday to Sunday, or of each day of a cycle by its place (see
            `taper.schedule.weekly.cycle_place`); None for days that a pattern cut short does not reach.
    """

    start: date
    end: date
    step: int
    cycle: tuple[Doses | None, ...]

    @property
    def weekly(self) -> bool:
        """Whether the doses repeat by the day of the week."""
        return len(self.cycle) == WEEK

    @property
    def in_turn(self) -> tuple[Doses | None, ...]:
        """The doses of a cycle from its first day on; of a week from Monday on."""
        first = 0 if self.weekly else cycle_place(self.start, len(self.cycle))
        return (*self.cycle[first:], *self.cycle[:first])

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.end - self.start).days + 1

    @cached_property
    def level(self) -> Level:
        """The pattern as one level, with its exact average daily doses over a whole week."""
        days = [doses for doses in self.cycle if doses is not None]
        drugs = sorted({drug for doses in days for drug, _ in doses})
        sums = {drug: sum((dict(doses).get(drug, Mg(0)) for doses in days), Mg(0)) for drug in drugs}
        average = tuple((drug, total / len(days)) for drug, total in sums.items())
        return Level(self.start, self.end, self.step, average, average=True)

    def goes_on_as(self, other: Pattern) -> bool:
        """Return whether another pattern follows at once with the same doses on the same weekdays."""
        if self.end + ONE_DAY != other.start or len(self.cycle) != len(other.cycle):
            return False
        return all(a == b or b is None for a, b in zip(self.cycle, other.cycle, strict=True))


def patterns(schedule: Schedule, levels: tuple[Level, ...]) -> tuple[Pattern, ...]:
    """Return the weekly patterns of a schedule, in order.

    Args:
        schedule: The schedule.
        levels: Its dose curve.
    """
    declared = list(_declared(schedule, levels))
    found = list(_by_content(_outside(levels, declared) if declared else levels))
    return tuple(sorted((*declared, *found), key=lambda pattern: pattern.start))


def leveled(levels: tuple[Level, ...], found: tuple[Pattern, ...]) -> tuple[Level, ...]:
    """Return a dose curve in which each weekly pattern is one level with its average."""
    return tuple(sorted((*_outside(levels, found), *(pattern.level for pattern in found)), key=lambda each: each.start))


def _declared(schedule: Schedule, levels: tuple[Level, ...]) -> Iterator[Pattern]:
    """Yield the steps whose runs share a number and whose daily doses repeat, neighbors with the same week as one.

    Only the daily doses count, whatever else is taken over these days: a record may have moved a dose to another time.
    """
    groups = [group for group in schedule.groups if len(group) > 1]
    by_day = {day: level.doses for level in levels for day in _days(level)} if groups else {}
    held: Pattern | None = None
    for group in groups:
        start, end = group[0].start, group[-1].end
        length = max((end - start).days + 1, 0)
        days = [by_day[day] for place in range(length) if (day := start + timedelta(days=place)) in by_day]
        period = _period(days) if len(days) == length else None
        if period is None:
            continue
        pattern = Pattern(start, end, group[0].number, _by_place(start, days, period))
        if held is not None and held.goes_on_as(pattern):
            held = Pattern(held.start, end, held.step, held.cycle)
            continue
        if held is not None:
            yield held
        held = pattern
    if held is not None:
        yield held


def _days(level: Level) -> Iterator[date]:
    return (level.start + timedelta(days=place) for place in range(level.days))


def _period(days: list[Doses]) -> int | None:
    """Return after how many days doses repeat: after a week, or after the shortest cycle that fits twice; else None."""
    if all(doses == days[0] for doses in days):
        return None
    periods = (WEEK, *(length for length in range(2, LONGEST_CYCLE + 1) if length * 2 <= len(days)))
    return next((n for n in periods if all(a == b for a, b in zip(days, days[n:], strict=False))), None)


def _by_place(start: date, days: list[Doses], period: int = WEEK) -> tuple[Doses | None, ...]:
    places = [(place - cycle_place(start, period)) % period for place in range(period)]
    return tuple(days[place] if place < len(days) else None for place in places)


def _outside(levels: Iterable[Level], found: Iterable[Pattern]) -> tuple[Level, ...]:
    """Return the parts of the levels that lie in no pattern."""
    left = list(levels)
    for pattern in found:
        parts: list[Level] = []
        for level in left:
            if level.end < pattern.start or level.start > pattern.end:
                parts.append(level)
                continue
            if level.start < pattern.start:
                parts.append(Level(level.start, pattern.start - ONE_DAY, level.step, level.doses))
            if level.end > pattern.end:
                parts.append(Level(pattern.end + ONE_DAY, level.end, level.step, level.doses))
        left = parts
    return tuple(left)


def _by_content(levels: tuple[Level, ...]) -> Iterator[Pattern]:
    """Yield the patterns of days that carry no common number."""
    region: list[Level] = []
    for level in (*levels, None):
        adjoins = level is not None and (not region or region[-1].end + ONE_DAY == level.start)
        if level is not None and adjoins and (level.days < WEEK or not region):
            region.append(level)  # a pattern has no seven equal days in a row, so a long one only bounds it
            continue
        if level is not None and adjoins:
            region.append(level)
        if len(region) > 2:
            yield from _in_region(region)
        region = [level] if level is not None else []


def _in_region(region: list[Level]) -> Iterator[Pattern]:
    """Yield the patterns among neighboring levels of which only the first and the last may be long."""
    level_of_day = [level for level in region for _ in range(level.days)]
    skipped = max(region[0].days - WEEK + 1, 0)
    level_of_day = level_of_day[skipped : len(level_of_day) - max(region[-1].days - WEEK + 1, 0)]
    first_day = region[0].start + timedelta(days=skipped)
    days = [level.doses for level in level_of_day]
    runs = list(_maximal(days))
    not_before: int | None = None
    for number, (begin, last) in enumerate(runs):
        after = runs[number + 1][0] if number + 1 < len(runs) else len(days)
        first_change, last_change = begin, last
        while level_of_day[first_change].start < first_day + timedelta(days=first_change):
            first_change += 1
        while level_of_day[last_change].end > first_day + timedelta(days=last_change):
            last_change -= 1
        if after <= last:  # the next pattern begins somewhere in between
            last_change = after - 1
        starts = range(begin, first_change + 1) if not_before is None else range(not_before, not_before + 1)
        first, final = _whole_weeks(starts, range(last_change, last + 1), overlapped=after <= last)
        not_before = final + 1 if after <= last else None
        week = _by_place(first_day + timedelta(days=begin), days[begin : begin + WEEK])
        start, end = first_day + timedelta(days=first), first_day + timedelta(days=final)
        yield Pattern(start, end, level_of_day[first].step, week)


def _whole_weeks(starts: range, ends: range, *, overlapped: bool) -> tuple[int, int]:
    """Choose the first and last day of a pattern: whole weeks if they can be, else from change to change of dose."""
    for first in reversed(starts):
        for last in reversed(ends):
            if (last - first + 1) % WEEK == 0:
                return first, last
    return starts[-1], ends[-1] if overlapped else ends[0]


def _maximal(days: list[Doses]) -> Iterator[tuple[int, int]]:
    """Yield first and last place of the longest runs that repeat after a week for two weeks or more."""
    begin = 0
    for place in range(max(len(days) - WEEK, 0) + 1):
        if place < len(days) - WEEK and days[place] == days[place + WEEK]:
            continue
        last = place + WEEK - 1
        if last - begin + 1 >= SHORTEST and any(doses != days[begin] for doses in days[begin : begin + WEEK]):
            yield begin, last
        begin = place + 1
