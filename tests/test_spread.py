"""Where a cut falls: the policy's answer is the best of all regimens, found by listing them."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from taper.spread import Spread

DOSES = st.sets(st.integers(1, 14), min_size=1, max_size=8).map(lambda found: [0, *sorted(found)])


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[int], tuple[int, ...], tuple[int, ...]]:
    """Makeable doses, a regimen of them, and times of day to be emptied first (none: even)."""
    doses = draw(DOSES)
    regimen = tuple(draw(st.lists(st.sampled_from(doses), min_size=1, max_size=4)))
    first = draw(st.lists(st.integers(0, len(regimen) - 1), unique=True)) if draw(st.booleans()) else []
    return doses, regimen, tuple(first)


def listed(doses: list[int], regimen: tuple[int, ...], first: tuple[int, ...]) -> dict[int, tuple[int, ...]]:
    def rank(choice: tuple[int, ...]) -> Any:
        if first:
            return [choice[i] for i in first] + [choice[i] for i in range(len(choice)) if i not in first]
        return sorted(choice, reverse=True), [-dose for dose in reversed(choice)]

    best: dict[int, tuple[int, ...]] = {}
    for choice in itertools.product(*([d for d in doses if d <= most] for most in regimen)):
        total = sum(choice)
        if total not in best or rank(choice) < rank(best[total]):
            best[total] = choice
    return best


@settings(max_examples=300)
@given(cases())
def test_every_total_and_its_regimen_equal_the_full_list(
    case: tuple[list[int], tuple[int, ...], tuple[int, ...]],
) -> None:
    doses, regimen, first = case
    best = listed(doses, regimen, first)
    spread = Spread(doses, first)
    assert spread.totals(regimen) == sorted(best)
    assert {total: spread.split(regimen, total) for total in best} == best
    assert spread.successors(regimen, 0) == sorted(
        ((total, choice) for total, choice in best.items() if total < sum(regimen)), reverse=True
    )


@given(cases(), st.integers(-2, 60))
def test_no_successor_lies_below_the_lowest(
    case: tuple[list[int], tuple[int, ...], tuple[int, ...]], lowest: int
) -> None:
    doses, regimen, first = case
    every = Spread(doses, first).successors(regimen, 0)
    assert Spread(doses, first).successors(regimen, lowest) == [entry for entry in every if entry[0] >= lowest]


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
