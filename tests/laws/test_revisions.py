"""Laws of revisions: the past never changes, the rest is exact, no tablet is lost, however often a plan is revised."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, strategies as st

from taper.checker.checking import check
from taper.exchange.plan_document import document, read_document, write_document
from taper.order.order import parse_order
from taper.order.terms import terms_of
from taper.planner import planning as planner
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.quantity import Mg
from taper.schedule.schedule import Schedule
from taper.schedule.supply import dispense
from tests.strategies import revised_plans
from tests.support.days import days, doses
from tests.support.proofs import proof


def _pairs(plans: list[Schedule]) -> Iterator[tuple[Schedule, Schedule, date]]:
    for before, after in itertools.pairwise(plans):
        assert after.order is not None
        yield before, after, after.order.history[-1].on


@proof()
@given(revised_plans())
def test_no_revision_changes_a_day_before_it(plans: list[Schedule]) -> None:
    """Every day before a revision keeps its step, its doses and its pieces, through all later revisions too."""
    for place, (_, after, on) in enumerate(_pairs(plans)):
        for earlier in plans[: place + 1]:
            bound = min(one.order.history[-1].on for one in plans[1 : place + 2] if one.order) if place else on
            past = {day: entry for day, entry in days(earlier).items() if day < bound}
            assert {day: entry for day, entry in days(after).items() if day < bound} == past


@proof()
@given(revised_plans())
def test_a_revised_plan_is_contiguous_and_every_dose_is_made_of_its_pieces(plans: list[Schedule]) -> None:
    """No gap, no overlap, numbers count up, and the pieces of each intake add up to its dose exactly."""
    for schedule in plans:
        assert schedule.order is not None
        products = {one.name: one for one in schedule.order.products}
        assert [group[0].number for group in schedule.groups] == list(range(len(schedule.groups)))
        for step, after in zip(schedule.steps, (*schedule.steps[1:], None), strict=True):
            assert step.start <= step.end
            assert after is None or after.start == step.end + timedelta(days=1)
            for intake in step.intakes:
                parts = [
                    products[item.product].product.strength * (item.count or item.volume).value  # type: ignore[union-attr]
                    for item in intake.items
                ]
                assert sum(parts, Mg(0)) == intake.dose
        last = schedule.steps[-1]
        assert any(run.total for run in schedule.groups[-1])
        assert schedule.stopped_on in (None, last.end + timedelta(days=1))


@proof()
@given(revised_plans())
def test_replaying_the_history_from_the_order_gives_the_same_document(plans: list[Schedule]) -> None:
    """The order with its history, planned afresh, is the plan; and every revision can be found in the last one."""
    last = plans[-1]
    assert last.order is not None
    data = json.loads(json.dumps(last.order.as_data()))
    for number, schedule in enumerate(plans):
        planner._after.cache_clear()
        history = {"history": data["history"][:number]} if number else {}
        again = plan(parse_order({**{k: v for k, v in data.items() if k != "history"}, **history}))
        assert again == schedule
        assert document(again, check(again)) == document(schedule, check(schedule))
        assert again.revision == number
        assert again.plan_id == plans[0].plan_id


@proof()
@given(revised_plans(most=3))
def test_a_plan_read_back_from_its_document_is_revised_as_if_it_had_never_been_written(plans: list[Schedule]) -> None:
    """Writing and reading between two revisions changes nothing."""
    schedule = plans[0]
    for after in plans[1:]:
        assert after.order is not None
        said = after.order.history[-1].as_data()
        for key in ("hash", "at_phase", "handed"):
            said.pop(key, None)
        planner._after.cache_clear()
        schedule = revise(read_document(write_document(schedule, check(schedule))), **said)
        assert schedule == after


@proof()
@given(revised_plans(joint=False))
def test_the_dose_rises_only_on_the_day_of_a_revision_that_orders_it(plans: list[Schedule]) -> None:
    """Behind the day of a revision each time of day only falls; on it only a step back or a dose may rise.

    A second revision of one day does not take back what the first of them raised.
    """
    for before, after, on in _pairs(plans):
        assert after.order is not None
        event = after.order.history[-1]
        steps = [step for step in after.steps if step.end >= on]
        for one, other in itertools.pairwise(steps):
            assert other.total <= one.total
            assert after.order.merge or all(other.at(time) <= one.at(time) for time in after.times)
        planned = doses(before)
        yesterday, today = planned.get(on - timedelta(days=1)), doses(after).get(on, Mg(0))
        if yesterday is not None and today > max(yesterday, planned.get(on, Mg(0))):
            assert set(event.changes) & {"back", "dose", "taken", "undo"}


@proof()
@given(revised_plans(joint=False))
def test_no_cut_after_a_revision_is_larger_or_sooner_than_what_is_in_force(plans: list[Schedule]) -> None:
    """Every cut behind the day of a revision keeps within a phase in force, and no step is shorter than ordered."""
    for _, after, on in _pairs(plans):
        assert after.order is not None
        terms = terms_of(after.order)[-1]
        steps = [step for step in after.steps if step.end >= on]
        for one, other in itertools.pairwise(steps):
            if terms.stop_from is None or one.total > terms.stop_from:
                reduces = [phase.reduce for phase in terms.phase if phase.reduce is not None]
                start = after.order.current.total
                assert one.total - other.total <= max(rule.allowed(one.total, start) for rule in reduces)
            if one.start > on:
                assert any(phase.every.after(one.start) <= other.start for phase in terms.phase)


def _largest_cut(schedule: Schedule, behind: date = date.min) -> Fraction:
    """The largest cut of a plan on a day behind another, as a fraction of the dose before it, the stop left aside."""
    falls = [(one.total, other.total) for one, other in itertools.pairwise(schedule.steps) if other.start > behind]
    return max(((before - after) / before for before, after in falls if after < before), default=Fraction(0))


@proof()
@given(revised_plans(dated=True))
def test_no_cut_grows_by_a_finish_date_that_a_revision_does_not_name(plans: list[Schedule]) -> None:
    """Whatever is held, slowed down, taken back, taken otherwise: no later cut is larger than the plan before had.

    A step, phases or a date that the revision names are what was ordered; what is undone had been planned before.
    """
    for number, (before, after, on) in enumerate(_pairs(plans)):
        assert after.order is not None
        event = after.order.history[-1]
        if {"finish", "phase", "reduce"} & set(event.changes):
            continue
        if not any(phase.finish for phase in terms_of(after.order)[-1].phase):
            continue
        known = plans[: number + 1] if event.undo else [before]
        if most := max(map(_largest_cut, known)):
            assert _largest_cut(after, on) <= most


@proof()
@given(revised_plans())
def test_supply_is_what_the_days_need_under_every_revision(plans: list[Schedule]) -> None:
    for schedule in plans:
        needed: dict[str, Any] = {}
        for _, step in schedule.days():
            for intake in step.intakes:
                for item in intake.items:
                    amount = (item.count or item.volume).value  # type: ignore[union-attr]
                    needed[item.product] = needed.get(item.product, 0) + amount
        found = {line.product: (line.count or line.volume).value for line in dispense(schedule).lines}  # type: ignore[union-attr]
        assert found == needed


@proof()
@given(revised_plans())
def test_no_tablet_is_lost_or_handed_out_twice_through_all_revisions(plans: list[Schedule]) -> None:
    """At hand and handed out is needed and left, product by product, counting what each revision found handed out."""
    last = plans[-1]
    supply = dispense(last, every="4 weeks")
    wrong = {one.product: one.amount.value for one in supply.differences}
    for line in (*supply.lines, *supply.unneeded):
        handed = sum(
            one.handed.value
            for fill in (*([supply.past] if supply.past else []), *supply.fills)
            for one in (*fill.lines, *fill.unneeded)
            if one.product == line.product
        )
        assert line.carried.value + handed + wrong.get(line.product, 0) == line.needed.value + line.left.value
        assert line.handed.value == handed


@proof(50)
@given(revised_plans(times=4, most=6))
def test_an_undone_revision_leaves_the_plan_as_it_was(plans: list[Schedule]) -> None:
    """A revision taken back on its own day gives back every day of the plan before it."""
    for before, after, on in _pairs(plans):
        assert after.order is not None
        if "undo" in after.order.history[-1].changes:
            continue
        undone = revise(after, on=on, undo=True)
        assert days(undone) == days(before)
        assert undone.stopped_on == before.stopped_on
        assert undone.revision == after.revision + 1


@proof()
@given(revised_plans())
def test_the_check_never_says_that_a_planned_revision_cuts_more_than_ordered(plans: list[Schedule]) -> None:
    """Planner and checker agree on what is in force, without knowing of each other."""
    for schedule in plans:
        assert not [found for found in check(schedule).findings if found.code == "T104"]


@proof()
@given(revised_plans(most=2), st.data())
def test_a_revision_that_changes_no_dose_changes_no_day(plans: list[Schedule], data: st.DataObject) -> None:
    """On any day of any plan, whatever was revised before."""
    last = plans[-1]
    assert last.order is not None
    first = last.order.history[-1].on if last.order.history else last.order.start
    end = last.stopped_on or last.steps[-1].end
    on = first + timedelta(days=data.draw(st.integers(0, (end - first).days)))
    assert days(revise(last, on=on, review_every="5 weeks")) == days(last)
