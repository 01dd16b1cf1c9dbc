"""Weekly patterns: the runs of a step seen as days of the week, exactly, or not at all."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given

from taper.quantity import Mg
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule, Step
from taper.schedule.weekly import ordered_steps
from tests.strategies import foreign_schedules, real_plans, weekly_schedules

MONDAY = date(2026, 1, 5)
HALF, ONE, NONE = (Intake("bedtime", "zopiclone", Mg("3.75")),), (Intake("bedtime", "zopiclone", Mg("7.5")),), ()
Regimen = tuple[Intake, ...]


def week_of(*regimens: Regimen, weeks: int = 2, start: date = MONDAY) -> tuple[Step, ...]:
    """One step of runs, from Monday to Sunday."""
    steps: list[Step] = []
    for offset in range(7 * weeks):
        day = start + timedelta(days=offset)
        taken = regimens[day.weekday()]
        if steps and steps[-1].intakes == taken:
            steps[-1] = Step(1, steps[-1].start, day, taken)
        else:
            steps.append(Step(1, day, day, taken))
    return tuple(steps)


@given(weekly_schedules() | foreign_schedules() | real_plans())
def test_every_day_of_a_step_has_the_regimen_of_its_day_of_the_week(schedule: Schedule) -> None:
    """No day is lost, none is doubled, and each has the doses that the schedule names."""
    found = ordered_steps(schedule.steps)
    assert tuple(run for step in found for run in step.runs) == schedule.steps
    for step in found:
        if not step.weekly:
            assert len(step.runs) == 1
        regimens = {day: part.regimen for part in step.parts for day in part.weekdays}
        assert sum(len(part.weekdays) for part in step.parts) == len(regimens)
        for run in step.runs:
            for offset in range(run.days):
                taken = regimens[(run.start + timedelta(days=offset)).weekday()]
                assert [i for i in run.intakes if i.dose or i.items] == [i for i in taken if i.dose or i.items]


@given(weekly_schedules())
def test_the_usual_regimen_is_that_of_the_most_days_of_the_week(schedule: Schedule) -> None:
    for step in ordered_steps(schedule.steps):
        assert len(step.parts[0].weekdays) == max(len(part.weekdays) for part in step.parts)
        assert [part.weekdays for part in step.parts[1:]] == sorted(part.weekdays for part in step.parts[1:])
        assert step.usual_last == step.parts[1:] + step.parts[:1]


@given(weekly_schedules())
def test_sums_and_averages_are_those_of_the_days(schedule: Schedule) -> None:
    """Over whole weeks the average is that of the days; the sum of a week is seven times as much."""
    for step in ordered_steps(schedule.steps):
        total: Counter[str] = Counter()
        for run in step.runs:
            for drug, dose in run.totals.items():
                total[drug] += dose.value * run.days  # type: ignore[assignment]
        if step.days % 7 == 0 or step.days < 7:
            assert {drug: dose.value * step.days for drug, dose in step.averages.items() if dose} == dict(total)
        week = step.weekly_totals
        assert (week is None) == (step.weekly and step.days < 7)
        if week is not None:
            assert {drug: dose.value / 7 for drug, dose in week.items()} == {
                drug: dose.value for drug, dose in step.averages.items()
            }


def test_an_average_need_not_end_as_a_decimal() -> None:
    (step,) = ordered_steps(week_of(HALF, ONE, ONE, ONE, HALF, ONE, ONE))
    assert [part.weekdays for part in step.parts] == [(1, 2, 3, 5, 6), (0, 4)]
    assert step.weekly_totals == {"zopiclone": Mg(45)}
    assert step.averages == {"zopiclone": Mg(Fraction(45, 7))}


def test_days_without_the_drug_are_a_part_of_the_pattern() -> None:
    (step,) = ordered_steps(week_of(NONE, HALF, NONE, HALF, NONE, HALF, NONE, start=MONDAY + timedelta(days=2)))
    assert [(part.weekdays, part.regimen) for part in step.parts] == [((0, 2, 4, 6), NONE), ((1, 3, 5), HALF)]
    assert step.drugs == ("zopiclone",)
    assert [run.days for run in step.on_days(step.parts[1])] == [1] * 6


RUN = timedelta(days=1)


@pytest.mark.parametrize(
    "runs",
    [
        (Step(1, MONDAY, MONDAY + 13 * RUN, ONE),),
        (Step(1, MONDAY, MONDAY + 6 * RUN, ONE), Step(1, MONDAY + 7 * RUN, MONDAY + 13 * RUN, HALF)),
        (Step(1, MONDAY, MONDAY, ONE), Step(1, MONDAY + 2 * RUN, MONDAY + 2 * RUN, HALF)),
        (Step(1, MONDAY, MONDAY + RUN, ONE), Step(1, MONDAY + RUN, MONDAY + RUN, HALF)),
        (Step(1, MONDAY, MONDAY, ONE), Step(1, MONDAY + RUN, MONDAY + RUN, ONE)),
        (Step(1, MONDAY, MONDAY, ONE), Step(2, MONDAY + RUN, MONDAY + RUN, HALF)),
    ],
    ids=["one run", "a day of the week twice", "a gap", "an overlap", "no difference", "two steps"],
)
def test_what_is_no_pattern_is_told_run_by_run(runs: tuple[Step, ...]) -> None:
    """A record from outside may use one number for anything."""
    assert [step.runs for step in ordered_steps(runs)] == [(run,) for run in runs]
    assert not any(step.weekly for step in ordered_steps(runs))


def test_of_one_drug_that_does_not_change_there_is_no_pattern() -> None:
    """Diazepam is the same every day, only the zopiclone is not."""
    base = Intake("morning", "diazepam", Mg(5))
    (step,) = ordered_steps(week_of(*[(base, *taken) for taken in (HALF, ONE, ONE, ONE, HALF, ONE, ONE)]))
    alone = step.of_drug("diazepam")
    assert not alone.weekly
    assert (alone.start, alone.end, alone.parts[0].regimen) == (step.start, step.end, (base,))
    assert [part.regimen for part in step.of_drug("zopiclone").parts] == [ONE, HALF]
