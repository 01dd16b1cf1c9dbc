"""The dose curve and its patterns are those of the days, one by one: what repeats by the week or after a cycle."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

from taper.quantity import Mg
from taper.schedule.curve import Level, curve, daily_doses
from taper.schedule.patterns import Pattern, leveled, patterns
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule, Step
from taper.schedule.weekly import cycle_place

MONDAY = date(2026, 1, 5)
Day = dict[str, Mg]


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def intakes(dose: Day) -> tuple[Intake, ...]:
    return tuple(Intake("bedtime", drug, mg) for drug, mg in dose.items())


def schedule(*steps: tuple[int, int, int, Day], **more: Any) -> Schedule:
    """Return a schedule of steps: number, first and last day from the Monday on, what is taken."""
    return Schedule(
        tuple(Step(number, day(first), day(last), intakes(dose)) for number, first, last, dose in steps),
        **{"origin": "csv", **more},
    )


DOSES = st.fixed_dictionaries({}, optional={name: st.integers(0, 3).map(Mg) for name in ("diazepam", "zopiclone")})
OVERLAPPING = st.lists(st.tuples(st.integers(0, 20), st.integers(-1, 8), DOSES), max_size=6)


@given(OVERLAPPING)
def test_the_curve_is_the_sum_of_all_steps_on_each_day_in_the_longest_runs(
    written: list[tuple[int, int, Day]],
) -> None:
    """Also where steps overlap, leave days out, or end before they begin. Without a record nothing is assumed."""
    found = curve(schedule(*((number, a, a + length, dose) for number, (a, length, dose) in enumerate(written))))
    sums: dict[date, dict[str, Mg]] = {}
    first: dict[date, int] = {}
    for number, (begin, length, dose) in enumerate(written):
        for place in range(begin, begin + length + 1):
            of_day = sums.setdefault(day(place), defaultdict(lambda: Mg(0)))
            first.setdefault(day(place), number)
            for drug, mg in dose.items():
                of_day[drug] += mg
    by_day = {level.start + timedelta(days=place): level for level in found for place in range(level.days)}
    assert {one: dict(level.doses) for one, level in by_day.items()} == {
        one: {drug: mg for drug, mg in of_day.items() if mg} for one, of_day in sums.items()
    }
    for before, after in pairwise(found):
        assert before.end < after.start
        assert before.doses != after.doses or before.end + timedelta(days=1) < after.start
    for level in found:
        assert level.step == first[level.start]
        assert level.drugs == tuple(sorted(level.drugs))
        assert not level.average
        assert level.dose("none of them") == Mg(0)
        assert all(level.dose(drug) == mg for drug, mg in level.doses)


def test_a_drug_that_is_not_taken_is_absent_from_the_daily_doses() -> None:
    assert daily_doses({"zopiclone": Mg(1), "diazepam": Mg(2), "oxazepam": Mg(0)}) == (
        ("diazepam", Mg(2)),
        ("zopiclone", Mg(1)),
    )


WEEKS = st.lists(st.integers(1, 3), min_size=7, max_size=7).filter(lambda week: len(set(week)) > 1)


def days_of(doses: list[int], numbers: list[int] | None = None) -> Schedule:
    """Return a schedule of one dose of diazepam a day; runs of equal days with one number are one step."""
    keys = [*zip(doses, numbers or range(len(doses)), strict=True)]
    steps, at = [], 0
    for (dose, number), run in groupby(keys):
        length = len(list(run))
        steps.append((number, at, at + length - 1, {"diazepam": Mg(dose)} if dose else {}))
        at += length
    return schedule(*steps)


def found_in(one: Schedule) -> tuple[Pattern, ...]:
    return patterns(one, curve(one))


def of_week(week: list[int], first_day: int) -> tuple[Any, ...]:
    """Return the doses from Monday to Sunday of a week that is written from some day on."""
    by_weekday = {day(first_day + place).weekday(): dose for place, dose in enumerate(week)}
    return tuple((("diazepam", Mg(by_weekday[weekday])),) for weekday in range(7))


@given(WEEKS, st.integers(2, 5), st.integers(0, 9), st.integers(0, 9))
def test_a_weekly_pattern_without_numbers_is_found_from_its_first_to_its_last_day(
    week: list[int], weeks: int, before: int, after: int
) -> None:
    """Between other doses, at least two weeks long, whatever the day of the week on which it begins."""
    (pattern,) = found_in(days_of([9] * before + week * weeks + [8] * after))
    assert (pattern.start, pattern.end) == (day(before), day(before + 7 * weeks - 1))
    assert (pattern.days, pattern.weekly, pattern.step) == (7 * weeks, True, before)
    assert pattern.cycle == pattern.in_turn == of_week(week, before)
    assert pattern.level == Level(
        pattern.start, pattern.end, pattern.step, (("diazepam", Mg(sum(week)) / 7),), average=True
    )


@given(WEEKS, st.integers(0, 9), st.integers(0, 9))
def test_one_week_alone_is_no_pattern_without_a_number(week: list[int], before: int, after: int) -> None:
    assert found_in(days_of([9] * before + week + [8] * after)) == ()


@given(st.integers(1, 30), st.integers(0, 20))
def test_equal_days_are_no_pattern(length: int, after: int) -> None:
    assert found_in(days_of([2] * length + [1] * after)) == ()


@given(WEEKS, WEEKS, st.integers(2, 3), st.integers(2, 3))
def test_two_patterns_with_another_dose_between_are_two(
    one: list[int], other: list[int], weeks: int, more: int
) -> None:
    doses = one * weeks + [9, 9, 9] + [dose + 4 for dose in other] * more
    first, second = found_in(days_of(doses))
    assert (first.start, first.end) == (day(0), day(7 * weeks - 1))
    assert (second.start, second.end) == (day(7 * weeks + 3), day(7 * weeks + 2 + 7 * more))


@given(WEEKS, WEEKS, st.integers(2, 3), st.integers(2, 3))
def test_a_pattern_that_follows_another_at_once_takes_its_place(
    one: list[int], other: list[int], weeks: int, more: int
) -> None:
    """With doses of its own it begins on its first day."""
    first, second = found_in(days_of(one * weeks + [dose + 4 for dose in other] * more))
    assert (first.start, first.end) == (day(0), day(7 * weeks - 1))
    assert (second.start, second.end) == (day(7 * weeks), day(7 * (weeks + more) - 1))


@given(WEEKS, st.integers(1, 4), st.integers(0, 6))
def test_days_that_share_a_number_are_a_pattern_however_few_weeks(week: list[int], weeks: int, begin: int) -> None:
    numbers = [0] * begin + [1] * 7 * weeks + [2]
    (pattern,) = found_in(days_of([9] * begin + week * weeks + [8], numbers))
    assert (pattern.start, pattern.end, pattern.step) == (day(begin), day(begin + 7 * weeks - 1), 1)
    assert pattern.cycle == of_week(week, begin)


@given(st.lists(st.integers(0, 2), min_size=2, max_size=9), st.integers(2, 4), st.integers(0, 9))
def test_a_cycle_of_days_that_share_a_number_is_found_with_its_shortest_length(
    cycle: list[int], times: int, begin: int
) -> None:
    doses = cycle * times
    lengths = [n for n in range(2, len(cycle) + 1) if all(a == b for a, b in zip(doses, doses[n:], strict=False))]
    weekly = all(a == b for a, b in zip(doses, doses[7:], strict=False))
    assume(len(set(doses)) > 1 and not weekly)
    (pattern,) = found_in(days_of([9] * begin + doses, [0] * begin + [1] * len(doses)))
    assert (pattern.start, pattern.end) == (day(begin), day(begin + len(doses) - 1))
    assert not pattern.weekly
    assert len(pattern.cycle) == lengths[0]
    for place, dose in enumerate(doses):
        of_day = pattern.cycle[cycle_place(day(begin + place), len(pattern.cycle))]
        assert of_day == ((("diazepam", Mg(dose)),) if dose else ())
    shown = [sum(int(mg.value) for _, mg in turn or ()) for turn in pattern.in_turn]
    assert shown == doses[: len(shown)]


def test_a_step_that_begins_as_the_one_before_goes_on_is_the_same_pattern() -> None:
    """Two steps of the same week; the second may be cut short."""
    week = [1, 2, 2, 1, 2, 2, 2]
    (pattern,) = found_in(days_of(week * 2, [0] * 7 + [1] * 7))
    assert (pattern.start, pattern.end, pattern.step) == (day(0), day(13), 0)
    (short,) = found_in(days_of([*week, 1, 2], [0] * 7 + [1] * 2))
    assert (short.start, short.end) == (day(0), day(8))
    first, second = found_in(days_of([*week, 1, 3], [0] * 7 + [1] * 2))
    assert (first.end, second.start) == (day(6), day(7))
    one, other = found_in(days_of([*week, 9, *week], [0] * 7 + [1] + [2] * 7))
    assert not one.goes_on_as(other)
    assert one.goes_on_as(Pattern(day(7), day(13), 1, one.cycle))
    assert not one.goes_on_as(Pattern(day(8), day(14), 1, one.cycle))
    assert not one.goes_on_as(Pattern(day(7), day(13), 1, one.cycle[:6]))


def test_days_of_a_week_that_a_short_pattern_does_not_reach_are_open() -> None:
    (pattern,) = found_in(days_of([1, 2, 2], [0, 0, 0]))
    assert [None if dose is None else str(dose[0][1]) for dose in pattern.cycle] == [
        *("1 mg", "2 mg", "2 mg", None, None, None, None),
    ]
    assert pattern.level.doses == (("diazepam", Mg("5") / 3),)


@given(WEEKS, st.integers(2, 3), st.integers(1, 9), st.integers(1, 9))
def test_a_curve_is_leveled_by_its_patterns_and_keeps_every_day_and_mg(
    week: list[int], weeks: int, before: int, after: int
) -> None:
    one = days_of([9] * before + week * weeks + [8] * after)
    levels = leveled(curve(one), found_in(one))
    assert [(level.start, level.days, level.average) for level in levels] == [
        (day(0), before, False),
        (day(before), 7 * weeks, True),
        (day(before + 7 * weeks), after, False),
    ]
    total = sum((level.dose("diazepam") * level.days for level in levels), Mg(0))
    assert total == Mg(9 * before + sum(week) * weeks + 8 * after)
    assert [level.step for level in levels] == [0, before, before + 7 * weeks]


def test_a_pattern_inside_a_longer_level_leaves_what_is_before_and_after_it() -> None:
    inside = Pattern(day(3), day(5), 0, ((("diazepam", Mg(1)),),) * 7)
    level = Level(day(0), day(9), 4, (("diazepam", Mg(2)),))
    assert leveled((level,), (inside,)) == (
        Level(day(0), day(2), 4, level.doses),
        inside.level,
        Level(day(6), day(9), 4, level.doses),
    )
    assert leveled((level,), ()) == (level,)


@pytest.mark.parametrize("missing", [3, 9])
def test_days_without_a_record_end_a_pattern(missing: int) -> None:
    week = [1, 2, 2, 1, 2, 2, 2]
    runs = [(at, dose) for at, dose in enumerate(week * 2) if at != missing]
    steps = [(at, at, at, {"diazepam": Mg(dose)}) for at, dose in runs]
    assert found_in(schedule(*steps)) == ()
    shared = [(1, at, at, {"diazepam": Mg(dose)}) for at, dose in runs]
    assert found_in(schedule(*shared)) == ()


@given(WEEKS, st.integers(0, 6), st.integers(1, 3), st.integers(2, 4), st.integers(2, 4))
def test_patterns_that_share_doses_do_not_share_days(
    week: list[int], weekday: int, dose: int, weeks: int, more: int
) -> None:
    """Where one week becomes another that differs on one day, a day belongs to one of them, and has its dose."""
    other = [*week[:weekday], dose, *week[weekday + 1 :]]
    assume(other != week and len(set(other)) > 1)
    doses = week * weeks + other * more
    found = found_in(days_of(doses))
    for before, after in pairwise(found):
        assert before.end < after.start
    for pattern in found:
        for place in range(pattern.days):
            on = pattern.start + timedelta(days=place)
            of_day = pattern.cycle[on.weekday()]
            assert of_day == (("diazepam", Mg(doses[(on - MONDAY).days])),)
