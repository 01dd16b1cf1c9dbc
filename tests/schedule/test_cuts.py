"""One notion of a cut: average daily doses from step to step, and each drug's stop apart."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from taper.order.order import parse_order, read_order
from taper.planner.planning import plan
from taper.schedule.cuts import cuts, largest_cut
from taper.schedule.schedule import NO_CUT, Schedule

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))

WEEKLY = """
drug = "zopiclone"
country = "GB"
start = 2026-01-05
current = { bedtime = "7.5 mg" }
product = [{ name = "zopiclone tablet 7.5 mg", split = "halves" }]
phase = [{ weekly = [{ usual = "7.5 mg", Monday = "0 mg", Thursday = "0 mg" }], every = "2 weeks", until = "0 mg" }]
"""
STOP_ONLY = """
drug = "diazepam"
country = "US"
start = 2026-01-05
current = { bedtime = "5 mg" }
product = [{ name = "diazepam tablet 5 mg" }]
phase = [{ doses = ["0 mg"], every = "2 weeks" }]
"""
SWITCH = """
drug = "lorazepam"
country = "US"
start = 2026-01-05
current = { morning = "1 mg", bedtime = "1 mg" }
product = [
    { name = "lorazepam tablet 1 mg" },
    { name = "diazepam tablet 10 mg" },
    { name = "diazepam tablet 2 mg" },
]
phase = [
    { switch_to = "diazepam", equivalence = "1 mg = 10 mg", every = "1 week" },
    { doses = ["18 mg"], every = "2 weeks" },
]
"""


def planned(text: str) -> Schedule:
    return plan(parse_order(text))


def test_a_weekly_pattern_is_cut_by_what_its_average_falls() -> None:
    """7.5 mg on five of seven days is 2/7 less, although no dose on any day is smaller but for the free days."""
    assert [[cut.of_current for cut in step] for step in cuts(planned(WEEKLY))] == [[], [Fraction(2, 7)]]
    assert largest_cut(planned(WEEKLY)) == Fraction(2, 7)


def test_after_a_day_without_the_drug_the_dose_rises_again() -> None:
    """From run to run, as the plan document has it, a free night is a fall to nothing, and the next one a rise."""
    amounts = [str(cut.amount) for cut in planned(WEEKLY).cuts[1:6] if cut is not None]
    assert amounts == ["7.5 mg", "-7.5 mg", "7.5 mg", "-7.5 mg", "7.5 mg"]


def test_a_plan_whose_only_change_is_the_stop_has_no_largest_cut() -> None:
    """Nothing is "0%" about it: it is not gentle, it has nothing but a stop."""
    assert largest_cut(planned(STOP_ONLY)) is None


def test_the_stop_of_the_first_of_two_drugs_is_not_its_largest_cut() -> None:
    schedule = plan(read_order(next(path for path in EXAMPLES if path.stem == "two_drugs")))
    stops = [cut for step in cuts(schedule) for cut in step if cut.stops]
    assert [(cut.drug, cut.of_current) for cut in stops] == [("zopiclone", Fraction(1))]
    assert largest_cut(schedule) == Fraction(1, 2)


def test_a_step_in_which_one_drug_replaces_another_is_no_reduction() -> None:
    """While lorazepam gives way to diazepam its dose falls by half and more; nobody is reduced by that."""
    switch = plan(parse_order(SWITCH))
    swaps = [step for step in cuts(switch) if len(step) > 1]
    assert max(cut.of_current for step in swaps for cut in step if not cut.stops) == Fraction(1, 2)
    assert largest_cut(switch) == Fraction(1, 10)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_cuts_of_each_drug_add_up_to_what_it_lost(example: Path) -> None:
    """First dose less all cuts is the dose of the last step, exactly."""
    schedule = plan(read_order(example))
    for drug in schedule.drugs:
        own = [cut for step in cuts(schedule) for cut in step if cut.drug == drug]
        assert sum(cut.amount.value for cut in own) == own[0].before.value - own[-1].after.value
        assert all(before.after == after.before for before, after in pairwise(own))


EVEN = [path for path in EXAMPLES if not any(phase.weekly or phase.cycles for phase in read_order(path).phase)]
EVEN = [path for path in EVEN if read_order(path).current.weekly is None]


@pytest.mark.parametrize("example", EVEN, ids=lambda path: path.stem)
def test_without_weekly_patterns_the_cuts_by_step_are_those_of_the_plan_document(example: Path) -> None:
    schedule = plan(read_order(example))
    assert all(len(group) == 1 for group in schedule.groups)
    by_step = [None if len(step) > 1 else step[0] if step else NO_CUT for step in cuts(schedule)]
    assert tuple(by_step) == schedule.cuts
