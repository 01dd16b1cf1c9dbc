"""Steps with a weekly pattern or a cycle: the runs of days of one step, seen as a regimen for each of its days.

A schedule keeps a weekly step as its runs of days, so whoever goes by days needs none of this. Whoever shows a
step as one thing asks for its ordered steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, pairwise

from taper.order.phase import LONGEST_CYCLE
from taper.quantity import Mg
from taper.schedule.regimen import Regimen
from taper.schedule.schedule import ONE_DAY, Step
from taper.values import dataclass

WEEK = 7


def cycle_place(day: date, days: int) -> int:
    """Return the place of a day in a cycle of so many days, counted so that a week begins on Monday.

    >>> cycle_place(date(2026, 1, 5), 7), cycle_place(date(2026, 1, 5), 2), cycle_place(date(2026, 1, 6), 2)
    (0, 0, 1)
    """
    return (day.toordinal() - 1) % days


@dataclass(frozen=True, slots=True)
class WeekRegimen:
    """A regimen of a weekly pattern or of a cycle.

    Attributes:
        weekdays: The days on which it holds, Monday is 0; all seven for a step without a pattern. Of a cycle their
            places in it (see `cycle_place`).
        regimen: What is taken; empty for days without the drug.
    """

    weekdays: tuple[int, ...]
    regimen: Regimen


@dataclass(frozen=True, slots=True)
class OrderedStep:
    """A step as it is ordered and shown: a run of days with one regimen, or with one for each day of a week or cycle.

    Attributes:
        runs: Its runs of days, in order and without a gap.
        parts: Its regimens: the usual one, which holds on the most days of the week, first; then by day of the week.
        cycle: After how many days it repeats: seven but for a cycle of other days.
    """

    runs: tuple[Step, ...]
    parts: tuple[WeekRegimen, ...]
    cycle: int = WEEK

    @property
    def varies(self) -> bool:
        """Whether the regimen depends on the day: of the week, or of a cycle."""
        return len(self.parts) > 1

    @property
    def weekly(self) -> bool:
        """Whether the regimen depends on the day of the week."""
        return self.varies and self.cycle == WEEK

    def first_days(self, places: Iterable[int]) -> tuple[date, ...]:
        """Return the first day that each of some places of its week or cycle stands for."""
        offsets = ((place - cycle_place(self.start, self.cycle)) % self.cycle for place in places)
        return tuple(self.start + timedelta(days=offset) for offset in sorted(offsets))

    @property
    def number(self) -> int:
        """Number of the step."""
        return self.runs[0].number

    @property
    def start(self) -> date:
        """First day."""
        return self.runs[0].start

    @property
    def end(self) -> date:
        """Last day."""
        return self.runs[-1].end

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.end - self.start).days + 1

    @property
    def usual(self) -> Regimen:
        """The usual regimen: that of every day, or of the most days of the week or cycle."""
        return self.parts[0].regimen

    @property
    def usual_last(self) -> tuple[WeekRegimen, ...]:
        """The regimens with the usual one, that of "the other days", last."""
        return (*self.parts[1:], self.parts[0])

    @property
    def drugs(self) -> tuple[str, ...]:
        """The drugs that are taken in it, the order of the usual day first."""
        return tuple(dict.fromkeys(i.drug for part in self.parts for i in part.regimen if i.dose))

    @property
    def weekly_totals(self) -> dict[str, Mg] | None:
        """The exact weekly total of each drug; None for a cycle, or a step shorter than a week of its pattern."""
        if self.cycle != WEEK or sum(len(part.weekdays) for part in self.parts) < WEEK:
            return None
        found: dict[str, Mg] = {}
        for part in self.parts:
            for drug, dose in part.regimen.totals.items():
                found[drug] = found.get(drug, Mg(0)) + dose * len(part.weekdays)
        return found

    @property
    def averages(self) -> dict[str, Mg]:
        """The average daily dose of each drug: of a week or cycle, or of the days there are. It may be no decimal."""
        if not self.varies:
            return self.usual.totals
        if self.cycle != WEEK:
            return self._cycle_averages
        week = self.weekly_totals
        if week is not None:
            return {drug: Mg(dose.value / WEEK) for drug, dose in week.items()}
        found: dict[str, Mg] = {}
        for run in self.runs:
            for drug, dose in run.totals.items():
                found[drug] = found.get(drug, Mg(0)) + Mg(dose.value * Fraction(run.days, self.days))
        return found

    @property
    def _cycle_averages(self) -> dict[str, Mg]:
        found: dict[str, Mg] = {}
        for part in self.parts:
            for drug, dose in part.regimen.totals.items():
                found[drug] = found.get(drug, Mg(0)) + Mg(dose.value * Fraction(len(part.weekdays), self.cycle))
        return found

    def of_drug(self, drug: str) -> OrderedStep:
        """Return it with the intakes of one drug, without those of 0 mg; regimens that are then alike are one."""
        runs = tuple(replace(run, intakes=run.regimen.of(drug)) for run in self.runs)
        parts = _parts(runs, self.cycle) or (WeekRegimen(tuple(range(self.cycle)), runs[0].regimen),)
        return OrderedStep(runs, parts, self.cycle)

    def on_days(self, part: WeekRegimen) -> tuple[Step, ...]:
        """Return its days with one of its regimens, in runs."""
        return tuple(run for run in self.runs if run.regimen.taken == part.regimen.taken)


def ordered_steps(steps: Iterable[Step]) -> tuple[OrderedStep, ...]:
    """Group the runs of each weekly pattern into one step.

    A group of one run is not a pattern. Neither is one that contradicts itself (other regimens on the same day of the
    week) or has gaps, as records from outside may: there each run stands for itself.

    Args:
        steps: The steps of a schedule, or some of them.

    >>> from taper.schedule.regimen import Intake
    >>> half, one = (Intake("bedtime", "zopiclone", Mg(dose)) for dose in ("3.75", "7.5"))
    >>> monday, tuesday = date(2026, 1, 5), date(2026, 1, 6)
    >>> runs = [Step(1, monday, monday, (half,)), Step(1, tuesday, date(2026, 1, 11), (one,))]
    >>> [(part.weekdays, str(part.regimen.total)) for part in ordered_steps(runs)[0].parts]
    [((1, 2, 3, 4, 5, 6), '7.5 mg'), ((0,), '3.75 mg')]
    """
    return tuple(stretch for _, group in groupby(steps, lambda step: step.number) for stretch in _split(tuple(group)))


def shown_steps(steps: Iterable[Step]) -> tuple[OrderedStep, ...]:
    """Group the runs of each weekly pattern and of each cycle into one step, for people.

    A cycle is one that fits twice into its days or more; the runs of a shorter one stand for themselves.

    >>> from taper.schedule.regimen import Intake
    >>> dose = (Intake("bedtime", "zopiclone", Mg("3.75")),)
    >>> days = [date(2026, 1, day) for day in range(5, 15)]
    >>> nights = [Step(1, day, day, dose if number % 2 else ()) for number, day in enumerate(days)]
    >>> [(step.cycle, step.days, str(step.averages["zopiclone"])) for step in shown_steps(nights)]
    [(2, 10, '1.875 mg')]
    """
    groups = (tuple(group) for _, group in groupby(steps, lambda step: step.number))
    return tuple(step for runs in groups for step in _split(runs, cycles=True))


def _split(runs: tuple[Step, ...], *, cycles: bool = False) -> Iterator[OrderedStep]:
    whole = len(runs) > 1 and all(after.start == before.end + ONE_DAY for before, after in pairwise(runs))
    days = (runs[-1].end - runs[0].start).days + 1
    lengths = [WEEK, *(range(2, min(LONGEST_CYCLE, days // 2) + 1) if cycles else ())] if whole else []
    for length in lengths:
        parts = _parts(runs, length)
        if len(parts) > 1:
            yield OrderedStep(runs, parts, length)
            return
    for run in runs:
        yield OrderedStep((run,), (WeekRegimen(tuple(range(WEEK)), run.regimen),))


def _parts(runs: tuple[Step, ...], cycle: int) -> tuple[WeekRegimen, ...]:
    """Return the regimens with their days of the week or cycle; none where there is no pattern or a day has two."""
    days: dict[Regimen, set[int]] = {}
    for run in runs:
        for offset in range(min(run.days, cycle)):
            place = cycle_place(run.start + timedelta(days=offset), cycle)
            days.setdefault(run.regimen.taken, set()).add(place)
    if len(days) < 2 or sum(map(len, days.values())) > len(set().union(*days.values())):
        return ()
    regimens = [WeekRegimen(tuple(sorted(weekdays)), regimen) for regimen, weekdays in days.items()]
    # of two regimens on as many days of a cycle, the day with a dose is the one to be named
    usual = min(regimens, key=lambda p: (-len(p.weekdays), cycle != WEEK and bool(p.regimen), p.weekdays))
    return usual, *sorted((part for part in regimens if part is not usual), key=lambda part: part.weekdays)
