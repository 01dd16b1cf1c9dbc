"""What the rules look at: alternating days, parts of the first dose, what may always go near zero."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from taper import catalog
from taper.catalog.last_doses import most_cautious
from taper.checker.case import Case
from taper.checker.checking import check
from taper.checker.definition import Rule
from taper.checker.near_zero import allowance
from taper.checker.rules import RULES
from taper.quantity import Mg
from tests.support.cases import BY_CODE, table


@pytest.mark.parametrize(
    ("doses", "runs"),
    [
        ("20x1 18x1 20x1 18x1", [[20, 18, 20, 18]]),
        ("20x1 18x1 20x1", []),
        ("22x1 20x1 18x1 20x1 18x1", [[20, 18, 20, 18]]),  # a run begins with the last day of what went before
        ("20x1 18x1 20x1 18x1 16x1 18x1 16x1", [[20, 18, 20, 18], [18, 16, 18, 16]]),
        ("20x3 18x1 20x1 18x1", [[20, 18, 20, 18]]),
        ("20x1 18x2 20x1 18x1 20x1", [[18, 20, 18, 20]]),
        ("20x1 18x1 20x2 18x1 20x1", []),
        ("20x1 18x1 20x1 18x1 -x1 20x1 18x1 20x1", [[20, 18, 20, 18]]),
        ("20x1 0x1 20x1 0x1 20x1", []),
        ("20x1 18x1 20x1 0x1 18x1 20x1 18x1 20x1", [[18, 20, 18, 20]]),
    ],
)
def test_days_that_alternate_are_found(doses: str, runs: list[list[int]]) -> None:
    """Two doses by turns for four levels or more, each of one day but the first and the last; none of them zero."""
    case = Case(table(doses), (), (), Mg(1))
    assert [[int(level.doses[0][1].value) for level in run] for run in case.alternating] == runs


def test_a_dose_that_no_table_compares_is_no_part_of_the_first() -> None:
    """With a table that has both drugs it is."""
    schedule = table({"diazepam": "10x14 0x14", "lorazepam": "0x14 0.5x14"})
    blind = Case(schedule, (), (), Mg(1))
    assert blind.part_of_start(blind.levels[1]) is None
    case = Case(schedule, (), (catalog.table("ashton-2002"),), Mg(1))
    assert case.part_of_start(case.levels[1]) == pytest.approx(0.5)
    assert case.part_of_start(case.levels[0]) == 1


def test_of_a_record_half_of_the_smallest_tablet_may_always_go() -> None:
    """At least 1 mg of diazepam equivalent, and never more than 2.5 mg; of several drugs, the least."""
    amounts = {
        drug: allowance(None, None, Case(table({drug: "5x14"}), (), (), Mg(1)).levels[0])
        for drug in ("diazepam", "lorazepam", "oxazepam", "clonazepam", "zopiclone")
    }
    halves = {
        drug: min(
            product.strength.value / 2
            for country in catalog.countries()
            for product in catalog.products(country, drug)
            if product.form == "tablet"
        )
        for drug in amounts
    }
    for drug, amount in amounts.items():
        factor = most_cautious(drug)
        assert factor is not None
        assert amount.value == min(max(Fraction(1), halves[drug] * factor.value), Fraction(5, 2))
    assert {drug: str(amount) for drug, amount in amounts.items()} == {
        "diazepam": "1 mg",
        "lorazepam": "2.5 mg",
        "oxazepam": "1.25 mg",
        "clonazepam": "2.5 mg",
        "zopiclone": "1.25 mg",
    }


def test_what_the_order_lets_go_counts_instead() -> None:
    """Up to the most, and below the least too."""
    level = Case(table("5x14"), (), (), Mg(1)).levels[0]
    assert allowance(None, Mg("0.5"), level) == Mg("0.5")
    assert allowance(None, Mg(5), level) == Mg("2.5")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_since_which_version_there_is_one(rule: Rule) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", rule.since)


def test_more_than_four_guidelines_are_counted_and_not_named() -> None:
    """Where none of them prints a limit of pace."""
    silent = ["empower", "fda-class-label", "has", "mhra-module", "ni-formulary"]
    (four,) = check(table("20x14 5x14"), [BY_CODE["T117"]], guidelines=silent[:4]).findings
    assert all(catalog.guideline(name).short in four.message for name in silent[:4])
    (five,) = check(table("20x14 5x14"), [BY_CODE["T117"]], guidelines=silent).findings
    assert "5 chosen guidelines" in five.message
