"""What is in force after a revision: each drug's steps are counted from its own starting dose."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

import taper
from taper.order.terms import stops, terms_of
from taper.planner.leg_order import LEG_TERMS
from taper.quantity import Mg
from tests.support.orders import GOLDEN

TWO: dict[str, Any] = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-03-02",
    "max_units": 24,
    "other": [{"drug": "zopiclone", "current": {"bedtime": "7.5 mg"}}],
    "product": [
        {"name": "diazepam tablet 2 mg", "split": "halves"},
        {"name": "zopiclone tablet 3.75 mg", "split": "halves"},
        {"name": "zopiclone oral solution 1 mg/mL", "graduation": "0.1 mL", "device": "oral syringe"},
    ],
    "phase": [
        {"drug": "zopiclone", "reduce": "20% of current", "every": "1 week", "until": "3.5 mg"},
        {"drug": "zopiclone", "reduce": "1 mg", "every": "1 week", "until": "0 mg"},
    ],
}


def later_step(diazepam: str, reduce: str) -> tuple[str, Mg]:
    """Return the rule of the later zopiclone phase after a revision of its steps, and the largest cut there."""
    plan = taper.plan(taper.parse_order(TWO | {"current": {"bedtime": diazepam}}))
    revised = taper.revise(plan, on="2026-03-12", reduce=reduce)
    assert revised.order is not None
    doses = [step.totals.get("zopiclone", Mg(0)) for step in revised.steps]
    cuts = [before - after for before, after in pairwise(doses) if Mg("3.5") >= before > after > Mg(0)]
    return str(terms_of(revised.order)[-1].phase[1].reduce), max(cuts)


@pytest.mark.parametrize("diazepam", ["4 mg", "40 mg"])
def test_a_larger_step_of_start_leaves_a_later_phase_its_own(diazepam: str) -> None:
    """15 % of 7.5 mg of zopiclone is 1.125 mg, whatever is taken of diazepam: the later phase keeps its 1 mg."""
    rule, largest = later_step(diazepam, "15% of start")
    assert rule == "1 mg"
    assert largest <= Mg(1)


@pytest.mark.parametrize("diazepam", ["4 mg", "40 mg"])
def test_a_smaller_step_of_start_holds_for_a_later_phase_too(diazepam: str) -> None:
    """10 % of 7.5 mg is 0.75 mg, less than the 1 mg of the later phase."""
    rule, largest = later_step(diazepam, "10% of start")
    assert rule == "10% of start"
    assert largest <= Mg("0.75")


def switch() -> dict[str, Any]:
    """An order that switches to diazepam and then reduces it in two phases."""
    return {
        "drug": "lorazepam",
        "country": "US",
        "start": "2026-01-05",
        "current": {"morning": "1 mg", "bedtime": "1 mg"},
        "product": [
            {"name": "lorazepam tablet 1 mg"},
            {"name": "diazepam tablet 10 mg", "split": "halves"},
            {"name": "diazepam tablet 2 mg", "split": "halves"},
        ],
        "phase": [
            {"switch_to": "diazepam", "equivalence": "1 mg = 10 mg", "every": "1 week"},
            {"reduce": "3 mg", "every": "2 weeks", "until": "10 mg"},
            {"reduce": "2 mg", "every": "2 weeks", "until": "0 mg"},
        ],
        "stop_from": "2 mg",
    }


def test_a_step_that_depends_on_the_dose_after_a_switch_asks_for_the_phases() -> None:
    """Whether 8 % of the start is less than 2 mg depends on the dose that the switch leads to: nothing is guessed."""
    plan = taper.plan(taper.parse_order(switch()))
    with pytest.raises(taper.OrderError, match="name the phases from now on"):
        taper.revise(plan, on="2026-02-16", reduce="8% of start")


def test_a_step_that_does_not_depend_on_it_is_compared() -> None:
    plan = taper.plan(taper.parse_order(switch()))
    revised = taper.revise(plan, on="2026-02-16", reduce="1 mg")
    assert revised.order is not None
    assert [str(phase.reduce) for phase in terms_of(revised.order)[-1].phase[1:]] == ["1 mg", "1 mg"]


def test_every_term_reaches_the_order_of_a_leg() -> None:
    """A term that were missing there would be in force before a revision and lost after it."""
    terms = terms_of(taper.parse_order(GOLDEN))[0]
    known = {name for name in type(terms).__slots__ if name not in ("on", "event")}
    assert set(LEG_TERMS) | {"review_every"} == known


def test_a_drug_that_stopped_before_a_revision_left_out_its_phases_is_not_stayed_on() -> None:
    """Zopiclone stopped on 30 March; new phases for diazepam alone lead to the stop of all, and are read back so."""
    zopiclone = {"drug": "zopiclone", "doses": ["3.75 mg", "0 mg"], "every": "2 weeks", "together": True}
    diazepam = {"drug": "diazepam", "reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}
    plan = taper.plan(taper.parse_order({**TWO, "current": {"bedtime": "10 mg"}, "phase": [diazepam, zopiclone]}))
    revised = taper.revise(plan, on="2026-04-10", phase=[{**diazepam, "reduce": "2 mg"}])
    assert revised.order is not None
    assert stops(revised.order, revised.last_drugs)
    assert taper.read_document(taper.write_document(revised, taper.check(revised))).stopped_on == revised.stopped_on


def test_a_drug_that_nothing_reduces_is_stayed_on() -> None:
    plan = taper.plan(taper.parse_order({**TWO, "current": {"bedtime": "10 mg"}}))
    assert plan.order is not None
    assert not stops(plan.order, plan.last_drugs)
