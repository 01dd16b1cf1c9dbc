"""A plan is held against the words of its order: that of one order is refused under the words of any other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from taper.errors import ProofError
from taper.order.order import parse_order
from taper.order.terms import Terms
from taper.proof import prove, revised as proof_of_revisions
from taper.schedule.schedule import Schedule
from tests.support.worded import BASE, CASES, PROVED, REVISED, Data, planned, revised, under


def refused(schedule: Schedule, problem: str) -> None:
    """Ask that a plan is refused with these words."""
    with pytest.raises(ProofError) as refusal:
        prove(schedule, "the test")
    assert f"does not add up: {problem}" in str(refusal.value)


@pytest.mark.parametrize("name", CASES)
def test_a_plan_is_refused_under_the_words_of_another_order(name: str) -> None:
    """And is proved under those of its own."""
    own, other, problem = CASES[name]
    schedule = planned(own)
    prove(schedule, "the test")
    refused(replace(schedule, order=parse_order(BASE | other)), problem)


@pytest.mark.parametrize("name", REVISED)
def test_a_revised_plan_is_refused_under_the_words_of_another_revision(name: str) -> None:
    """And is proved under those of its own."""
    own, revisions, other, others, problem = REVISED[name]
    schedule = revised(own, revisions)
    prove(schedule, "the test")
    refused(under(schedule, other, others), problem)


@pytest.mark.parametrize("name", PROVED)
def test_a_right_plan_is_proved(name: str) -> None:
    prove(revised(*PROVED[name]), "the test")


def test_what_a_revision_names_is_in_force_from_its_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were it lost on the way from the order to the terms, each of its words would be missed."""
    changes: list[tuple[Data, str]] = [
        ({"every": "3 weeks"}, "every 3 weeks, and in force is 2 weeks"),
        ({"reduce": "1 mg"}, "reduce 1 mg, and in force is 2 mg"),
        ({"stop_from": "2 mg"}, "stop_from 2 mg, and in force is None"),
        ({"max_units": 3}, "max_units 3, and in force is 8"),
        ({"change_on": "Friday"}, "change_on Friday, and in force is None"),
        ({"review_every": "4 weeks"}, "review_every 4 weeks, and in force is None"),
        ({"spread": "even"}, "spread even, and in force is None"),
    ]
    plans = [(revised({}, [change]), problem) for change, problem in changes]
    monkeypatch.setattr(proof_of_revisions, "terms_of", lambda order: (first := Terms.of(order), first))
    for schedule, problem in plans:
        refused(schedule, f"the revision of 2026-02-10 names {problem}")


def test_what_the_proof_cannot_compute_it_does_not_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    """An equivalence that it cannot read refuses no plan."""
    schedule = planned(CASES["an equivalence of a table"][0])
    monkeypatch.setattr("taper.proof.walk.by_table", lambda *_: None)
    prove(schedule, "the test")
