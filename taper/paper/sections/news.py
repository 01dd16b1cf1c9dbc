"""What is new for the patient of a revised plan, told by its own steps: what stays longer, what is taken, what is gone.

A dose that is only kept for longer is told as one that stays, never as one "instead of" a lower one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile

from taper.order.parts import TIMES, TimeOfDay
from taper.paper.parts import Notice
from taper.paper.phrases import Phrases
from taper.paper.request import PrintRequest
from taper.quantity import Mg
from taper.schedule.calendar import from_day
from taper.schedule.regimen import Regimen
from taper.schedule.schedule import ONE_DAY, Schedule
from taper.schedule.weekly import OrderedStep, WeekRegimen, shown_steps
from taper.values import dataclass

MOST_CHANGES = 3  # steps that the patient's first page names; the table of steps has them all
_MOST_OLD = 2  # doses of the old plan that one new step is held against
_WEEK = 7
Doses = tuple[tuple[TimeOfDay, Mg], ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A run of days on which one drug is taken alike.

    Attributes:
        start: First day.
        end: Last day.
        step: What is taken: of one drug, on every day or by a pattern.
    """

    start: date
    end: date
    step: OrderedStep

    @property
    def taken(self) -> tuple[object, ...]:
        """What tells it from another one: doses, pieces, and their days of the week, or of a cycle from its start."""
        return tuple((days, part.regimen.taken) for days, part in self._parts)

    @property
    def doses(self) -> tuple[object, ...]:
        """The same without the pieces."""
        return tuple((days, _doses(part.regimen)) for days, part in self._parts)

    @property
    def _parts(self) -> list[tuple[tuple[int, ...], WeekRegimen]]:
        step = self.step
        if not step.varies:
            return [((), step.parts[0])]
        if step.weekly:
            return [(part.weekdays, part) for part in step.parts]
        counted = (tuple((day - step.start).days for day in step.first_days(part.weekdays)) for part in step.parts)
        return sorted(((step.cycle, *days), part) for days, part in zip(counted, step.parts, strict=True))


@dataclass(frozen=True, slots=True)
class _Course:
    """What a plan says of one drug from a day on.

    Attributes:
        stretches: The runs of days, up to the last with a dose.
        stop: First day from which it is not taken any more; None where the plan does not say.
        days: What is taken on each day that the plan names.
    """

    stretches: tuple[_Stretch, ...]
    stop: date | None
    days: dict[date, Regimen]

    def on(self, day: date) -> Regimen | None:
        """Return what is taken on a day; nothing from the stop on, None where the plan does not say."""
        return Regimen() if self.stop is not None and day >= self.stop else self.days.get(day)

    def during(self, start: date, end: date) -> tuple[_Stretch | None, ...]:
        """Return what holds between two days, in order; None for the days after a stop or outside the plan."""
        found = [one for one in self.stretches if one.start <= end and one.end >= start]
        covered = sum((min(one.end, end) - max(one.start, start)).days + 1 for one in found)
        return (*found, *[None] * (covered <= (end - start).days))


def _doses(regimen: Regimen) -> Doses:
    return tuple((intake.time, intake.dose) for intake in regimen.taken)


def _course(schedule: Schedule, drug: str, since: date) -> _Course:
    """Return what a plan says of a drug from a day on; neighbors that are alike are one."""
    found: list[_Stretch] = []
    left = from_day(schedule, since)
    for step in (step.of_drug(drug) for step in shown_steps(left.steps)):
        stretch = _Stretch(step.start, step.end, step)
        last = found[-1] if found and (step.weekly or not step.varies) else None  # a cycle begins anew
        if last is not None and last.taken == stretch.taken and last.end + ONE_DAY == stretch.start:
            found[-1] = replace(last, end=stretch.end)
        else:
            found.append(stretch)
    stop = schedule.stopped_on
    while found and not found[-1].step.drugs:
        stop = found.pop().start
    days = {day: step.regimen.of(drug) for day, step in left.days()}
    return _Course(tuple(found), stop, days)


def changed_notice(request: PrintRequest) -> Notice | None:
    """Say in a few lines what the plan before did not say; None if nothing, and once the step that is new is over.

    Args:
        request: What is printed; it names the plan before.
    """
    previous, first = request.replaced, request.days[0]
    left = request.left_on(first)
    if previous is None or request.first > max(shown_steps(left.steps)[0].end, first):
        return None
    both = replace(left, steps=(*left.steps, *from_day(previous, first).steps))
    phrases, lines = request.phrases_of(both), list[str]()
    for drug in both.drugs:
        since = _since(request.schedule, first)
        courses = _course(request.schedule, drug, since), _course(previous, drug, since)
        said = _News(*courses, drug, first, phrases).lines()
        lines += said if len(both.drugs) == 1 else [_of(drug, text, phrases) for text in said]
    if not lines and request.revised_on is not None:
        lines.append(phrases.say("changed_nothing"))
    return Notice("changed", phrases.say("changed_title"), tuple(lines)) if lines else None


def _of(drug: str, text: str, phrases: Phrases) -> str:
    return phrases.say("event", medicine=phrases.medicine(drug), text=text)


def _since(schedule: Schedule, first: date) -> date:
    """Return the first day of the step of the day before, which both plans have in common."""
    before = (step.start for step in shown_steps(schedule.steps) if step.start < first <= step.end + ONE_DAY)
    return next(before, first)


@dataclass(frozen=True, slots=True)
class _Moved:
    """A stretch that both plans have, and by how many days it moved.

    Attributes:
        new: As it is now.
        old: As it was.
    """

    new: _Stretch
    old: _Stretch

    @property
    def start(self) -> int:
        """Days by which its first day moved."""
        return (self.new.start - self.old.start).days

    @property
    def end(self) -> int:
        """Days by which its last day moved."""
        return (self.new.end - self.old.end).days


@dataclass(frozen=True)
class _News:
    """What is new of one drug.

    Attributes:
        new: What is taken now.
        old: What the plan before said.
        drug: The drug.
        first: First day of the revision.
        phrases: Words that name what both plans take.
    """

    new: _Course
    old: _Course
    drug: str
    first: date
    phrases: Phrases

    def lines(self) -> list[str]:
        """Write the news: step by step, then what only moved, how doses are made up, and the end."""
        if not self.new.stretches:
            return [self.phrases.say("changed_absent")] if self.old.stretches else []
        moved = [one for one in self._moved() if one.new.step.drugs]  # days before a drug begins are no dose
        stays = next((one for one in moved if one.end and (one.new.start < self.first or not one.start)), None)
        later = [one for one in moved if one.start and one.new.start > self.first and one.old.start >= self.first]
        told = {one.new.start for one in (*later, stays) if one is not None}
        stretches = [one for one in self.new.stretches if one.step.drugs]
        named = [one for one in stretches if one.end >= self.first and one.start not in told]
        steps = [line for one in named if (line := self._step(one))]
        lines = steps[:MOST_CHANGES]
        lines[1:1] = self._gone(named)
        if stays is not None:
            lines.append(self._stays(stays.new))
        lines += self._later(later)
        if len(steps) > MOST_CHANGES:
            lines.append(self.phrases.say("changed_more"))
        return [*self._pieces(moved), *dict.fromkeys(lines), *self._end()]

    def _moved(self) -> list[_Moved]:
        """Return the last stretches, as far as both plans have the same ones, all moved to the same side."""
        if (self.new.stop is None) != (self.old.stop is None):
            return []
        pairs = zip(reversed(self.new.stretches), reversed(self.old.stretches), strict=False)
        same = [_Moved(*pair) for pair in takewhile(lambda pair: pair[0].doses == pair[1].doses, pairs)]
        found: list[_Moved] = []
        for one in (one for one in same if one.new.end >= self.first):
            if any(one.end * other.end < 0 for other in found):
                break
            found.insert(0, one)
        return found

    def _step(self, one: _Stretch) -> str:
        """Write a step that the old plan did not have on its days; empty where it had."""
        begin, say = max(one.start, self.first), self.phrases.say
        days = [begin + timedelta(days=offset) for offset in range((one.end - begin).days + 1)]
        if all(_same_doses(self.new.on(day), self.old.on(day)) for day in days):
            return ""
        if one.start < self.first:
            return self._stays(one)
        olds = self.old.during(begin, one.end)
        after, before = self._compared(one.step, [old.step if old is not None else None for old in olds], begin)
        if not after:
            return ""
        dates = self.phrases.span(begin, one.end)
        known = all(self.old.on(day) is not None for day in days)
        varies = [old.step for old in olds if old is not None and old.step.varies]
        most = _MOST_OLD if not varies else all(step.weekly for step in varies)  # a cycle would name a day of the past
        if not known or len(before) > most:
            return say("event", medicine=dates, text=after)
        return say("changed_line", dates=dates, after=after, before=_then(before, self.phrases))

    def _compared(self, step: OrderedStep, olds: list[OrderedStep | None], begin: date) -> tuple[str, list[str]]:
        """Write what is taken, by the times of day that differ, and what the old plan said of them."""
        if step.varies or any(old is not None and old.varies for old in olds):
            daily = [self._daily(old) for old in olds]
            return self._daily(step), list(dict.fromkeys(daily))
        new, before = step.usual, [Regimen() if old is None else old.usual for old in olds]
        gone = [time for time, day in self._gone_times().items() if day <= begin]
        differ = [time for time in TIMES if any(new.at(time) != old.at(time) for old in before) and time not in gone]
        if len(differ) == 1 and new.at(differ[0]):
            written = [self._dose(old, differ[0]) for old in before]
        else:
            written = [self._doses(old, [*gone, *differ]) for old in before]
            if len(set(written)) > 1:
                written = [self._daily(old) for old in olds]
        return self._doses(new, differ) if differ else "", list(dict.fromkeys(written))

    def _daily(self, step: OrderedStep | None) -> str:
        say = self.phrases.say
        if step is None or not step.drugs:
            return say("none")
        if step.varies:
            return self.phrases.daily(step)
        return say("a_day", dose=self.phrases.measured_dose(self.drug, step.usual))

    def _dose(self, regimen: Regimen, time: TimeOfDay) -> str:
        at_time = Regimen(intake for intake in regimen if intake.time == time)
        doses = [dose.amount for dose in self.phrases.day(at_time).doses]
        return self.phrases.listed(doses) or self.phrases.say("none")

    def _doses(self, regimen: Regimen, times: list[TimeOfDay]) -> str:
        """Write the doses of some times of day."""
        phrases, taken = self.phrases, [time for time in TIMES if time in times]
        lines = [phrases.say("line", time=phrases.words.times[t], dose=self._dose(regimen, t)) for t in taken]
        return phrases.say("comma").join(lines) if any(map(regimen.at, taken)) else phrases.say("none")

    def _gone_times(self) -> dict[TimeOfDay, date]:
        """Return the times of day at which nothing more is taken, while the drug goes on, and since when."""
        found: dict[TimeOfDay, date] = {}
        for time in TIMES:
            last, old = (max((d for d, r in c.days.items() if r.at(time)), default=None) for c in (self.new, self.old))
            day = max(self.first, last + ONE_DAY) if last is not None else self.first
            if old is not None and old >= day and any(r and d >= day for d, r in self.new.days.items()):
                found[time] = day
        return found

    def _gone(self, named: list[_Stretch]) -> Iterator[str]:
        """Say which times of day are gone, where that is not only a later or sooner step."""
        begins = {max(one.start, self.first) for one in named}
        for time, day in self._gone_times().items():
            if day in begins:
                when, medicine = self.phrases.say(f"label_{time}"), self.phrases.medicine(self.drug)
                yield self.phrases.say("changed_gone", date=self.phrases.dated(day), medicine=medicine, time=when)

    def _stays(self, one: _Stretch) -> str:
        """Say that the dose of the day before goes on, or how long a later one is taken now."""
        date_, say = self.phrases.dated(one.end), self.phrases.say
        if one.start >= self.first:
            return say("event", medicine=self.phrases.span(one.start, one.end), text=self._daily(one.step))
        if one.step.varies:
            return say("changed_hold_week", date=date_)
        dose = self.phrases.measured_dose(self.drug, one.step.usual)
        return say("changed_hold", dose=say("a_day", dose=dose), date=date_)

    def _later(self, later: list[_Moved]) -> Iterator[str]:
        """Say by how much the steps moved that are the same but for their days."""
        if not later:
            return
        shifts = {one.start for one in later} | {one.end for one in later if one.new.end < self.new.stretches[-1].end}
        if self.new.stop is not None and self.old.stop is not None:
            shifts.add((self.new.stop - self.old.stop).days)
        if min(shifts) < 0 < max(shifts):
            yield self.phrases.say("changed_more")
            return
        side = "later" if max(shifts) > 0 else "sooner"
        if len(shifts) > 1:
            yield self.phrases.say(f"changed_all_{side}")
            return
        days = abs(shifts.pop())
        words = self.phrases.words
        time = words.days(days) if days % _WEEK else words.counted("week", days // _WEEK)
        yield self.phrases.say(f"changed_{side}", time=time)

    def _pieces(self, moved: list[_Moved]) -> Iterator[str]:
        """Say from when the same doses are made up of other pieces or volumes."""
        days = [max(one.new.start, self.first) for one in moved if one.new.taken != one.old.taken]
        for day, now in self.new.days.items():
            before = self.old.days.get(day)
            if day >= self.first and before is not None and now != before and _same_doses(now, before):
                days.append(day)
        if days:
            yield self.phrases.say("changed_pieces", date=self.phrases.dated(min(days)))

    def _end(self) -> Iterator[str]:
        """Say where the end of the drug moved."""
        before, after, phrases = self.old.stop, self.new.stop, self.phrases
        if before == after or not self.old.stretches:
            return
        medicine = phrases.medicine(self.drug)
        if before is not None and after is not None:
            yield phrases.say(
                "changed_stop", before=phrases.dated(before), after=phrases.dated(after), medicine=medicine
            )
        elif after is not None:
            yield phrases.say("changed_to_stop", after=phrases.dated(after), medicine=medicine)
        elif before is not None:
            yield phrases.say("changed_to_stay", before=phrases.dated(before), medicine=medicine)


def _same_doses(one: Regimen | None, other: Regimen | None) -> bool:
    if one is None or other is None:
        return one is other
    return sorted(_doses(one)) == sorted(_doses(other))


def _then(doses: list[str], phrases: Phrases) -> str:
    """Write doses that follow each other."""
    first, *others = doses
    for dose in others:
        first = phrases.say("label_then", first=first, next=dose)
    return first
