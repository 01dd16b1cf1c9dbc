"""Where a cut falls: the policy's answer is the best of all regimens, found by listing them."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, settings, strategies as st

from taper.planner.spread import Merging, Shown, Spread

DOSES = st.sets(st.integers(1, 14), min_size=1, max_size=8).map(lambda found: [0, *sorted(found)])
SHOWN = st.builds(Shown, st.integers(0, 40), st.none() | st.integers(-1, 40))

Case = tuple[list[int], tuple[int, ...], tuple[int, ...], str, Merging | None]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Makeable doses, a regimen of them, times of day to be emptied first (none: a policy by name), and a merge."""
    doses = draw(DOSES)
    regimen = tuple(draw(st.lists(st.sampled_from(doses), min_size=1, max_size=4)))
    first = draw(st.lists(st.integers(0, len(regimen) - 1), unique=True)) if draw(st.booleans()) else []
    policy = "even" if first else draw(st.sampled_from(["even", "night"]))
    merge = None
    if len(regimen) > 1 and draw(st.booleans()):
        merge = Merging(draw(st.integers(0, 20)), draw(st.integers(0, len(regimen) - 1)))
    return doses, regimen, tuple(first), policy, merge


def listed(
    doses: list[int], regimen: tuple[int, ...], first: tuple[int, ...], policy: str, merge: Merging | None
) -> dict[int, tuple[int, ...]]:
    last = max((i for i, dose in enumerate(regimen) if dose), default=0)

    def rank(choice: tuple[int, ...]) -> Any:
        if first:
            return [choice[i] for i in first] + [choice[i] for i in range(len(choice)) if i not in first]
        if policy == "night":
            rest = [dose for i, dose in enumerate(choice) if i != last]
            return -choice[last], sorted(rest, reverse=True), [-dose for dose in reversed(rest)]
        return sorted(choice, reverse=True), [-dose for dose in reversed(choice)]

    best: dict[int, tuple[int, ...]] = {}
    for choice in itertools.product(*([d for d in doses if d <= most] for most in regimen)):
        total = sum(choice)
        if total not in best or rank(choice) < rank(best[total]):
            best[total] = choice
    if merge is None:
        return best
    best = {total: choice for total, choice in best.items() if total > merge.highest}
    for dose in doses:
        if dose <= min(merge.highest, sum(regimen)):
            best[dose] = tuple(dose if i == merge.into else 0 for i in range(len(regimen)))
    return best


@settings(max_examples=400)
@given(cases())
def test_every_total_and_its_regimen_equal_the_full_list(case: Case) -> None:
    doses, regimen, first, policy, merge = case
    best = listed(*case)
    spread = Spread(doses, first, policy, merge)  # type: ignore[arg-type]
    assert spread.totals(regimen) == sorted(best)
    assert {total: spread.split(regimen, total) for total in best} == best
    assert spread.successors(regimen, 0) == sorted(
        ((total, choice) for total, choice in best.items() if total < sum(regimen)), reverse=True
    )


@given(cases(), st.integers(-2, 60), st.integers(-1, 60))
def test_no_successor_lies_below_the_lowest_or_above_the_highest(case: Case, lowest: int, highest: int) -> None:
    doses, regimen, *rest = case
    spread = Spread(doses, *rest)  # type: ignore[arg-type]
    every = spread.successors(regimen, 0)
    within = spread.successors(regimen, lowest)
    assert within == [entry for entry in every if entry[0] >= lowest]
    assert spread.successors(regimen, lowest, 0, Shown(0, highest)) == [e for e in within if e[0] <= highest]
    assert spread.lowest(regimen, lowest) == (within[-1][0] if within else None)


@settings(max_examples=300)
@given(cases(), st.integers(0, 3), st.integers(0, 40), SHOWN)
def test_the_first_time_in_turn_that_can_give_gives_all_that_is_allowed(
    case: Case, turn: int, lowest: int, shown: Shown
) -> None:
    """Every regimen with one dose lowered, within the allowed cut; those of the first time in turn that has one."""
    doses, regimen, _, _, merge = case
    if len(regimen) == 1:
        return
    turn %= len(regimen)
    spread = Spread(doses, (), "alternate", merge)
    floor = max(lowest, merge.highest + 1 if merge else 0)
    expected: list[tuple[int, ...]] = []
    for index in [*range(turn, len(regimen)), *range(turn)]:
        expected = [(*regimen[:index], dose, *regimen[index + 1 :]) for dose in doses if dose < regimen[index]]
        expected = [choice for choice in expected if sum(choice) >= floor]
        if expected:
            break
    given = dict(listed(doses, regimen, (), "even", merge)) if merge else {}
    merged = [(t, c) for t, c in given.items() if lowest <= t < sum(regimen) and t <= (merge.highest if merge else -1)]
    found = spread.successors(regimen, lowest, turn)
    assert found == sorted([*((sum(choice), choice) for choice in expected), *merged], reverse=True)
    highest = sum(regimen) if shown.highest is None else shown.highest
    within = [entry for entry in found if shown.lowest <= entry[0] <= highest]
    assert spread.successors(regimen, lowest, turn, shown) == within
    assert spread.lowest(regimen, lowest, turn) == (found[-1][0] if found else None)


def test_the_turn_goes_round_and_passes_over_what_is_at_zero() -> None:
    spread = Spread(range(20), (), "alternate")
    assert [spread.next_turn(0, (9, 9, 9), (8, 9, 9)), spread.next_turn(2, (8, 8, 9), (8, 8, 8))] == [1, 0]
    assert spread.next_turn(0, (1, 0, 9), (0, 0, 9)) == 2
    assert spread.next_turn(1, (0, 0, 9), (0, 0, 8)) == 2
    assert Spread(range(20)).next_turn(0, (9, 9), (8, 9)) == 0


def test_a_typed_total_falls_on_the_first_that_can_give_it_or_on_all_in_turn() -> None:
    spread = Spread([0, 4, 6, 9], (), "alternate")
    assert spread.split((9, 9, 9), 24, 1) == (9, 6, 9)
    assert spread.split((4, 9, 9), 19, 0) == (4, 6, 9)
    assert spread.split((9, 9, 9), 15, 2) == (6, 9, 0)


def test_the_night_is_kept_and_the_day_is_level() -> None:
    spread = Spread(range(20), (), "night")
    assert spread.split((9, 9, 9), 20) == (5, 6, 9)
    assert spread.split((9, 9, 9), 8) == (0, 0, 8)
    assert spread.split((9, 6, 0), 12) == (6, 6, 0)


def test_what_is_uneven_goes_to_the_later_time_of_day() -> None:
    assert Spread(range(20)).split((9, 9), 17) == (8, 9)
    assert Spread(range(20)).split((9, 9, 9), 25) == (8, 8, 9)
    assert Spread(range(20)).split((9, 3, 9), 19) == (8, 3, 8)


def test_the_first_named_time_gives_all_it_can() -> None:
    assert Spread(range(20), [1]).split((9, 9), 11) == (9, 2)
    assert Spread(range(20), [1, 0]).split((9, 9), 7) == (7, 0)
    assert Spread([0, 4, 6, 9], [0]).split((9, 9), 13) == (4, 9)


def test_four_times_of_day_on_a_fine_grid_stay_quick() -> None:
    """A total of each of 400 tenths, four times a day: seconds would mean that regimens are listed one by one."""
    spread = Spread(range(101))
    found = spread.successors((100, 100, 100, 100), 0)
    assert len(found) == 400
    assert found[0] == (399, (99, 100, 100, 100))


def test_over_multiples_the_policy_stays_and_other_doses_are_left_out() -> None:
    """In fours, 12 of 8 and 8: the later time gives first where it is named; merged, both are one dose."""
    every = range(0, 9, 2)
    assert Spread(every, [1]).over_multiples(4).successors((8, 8), 8) == [(12, (8, 4)), (8, (8, 0))]
    assert Spread(every, (), "night").over_multiples(4).split((8, 8), 12) == (4, 8)
    assert Spread(every, (), "even", Merging(8, 0)).over_multiples(4).split((8, 8), 8) == (8, 0)
