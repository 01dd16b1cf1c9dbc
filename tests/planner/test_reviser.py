"""Revisions: the past never changes, the rest is exact, and the history says what was done."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, reject, strategies as st

from taper.checker.checking import check
from taper.errors import OrderError, ScheduleError, TaperError
from taper.exchange.plan_document import read_document, write_document
from taper.order.order import parse_order, read_order
from taper.order.terms import terms_of
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.quantity import Mg
from taper.schedule.calendar import review_days
from taper.schedule.schedule import Schedule
from tests.support.days import days, doses
from tests.support.proofs import proof
from tests.tools.readme import README

ORDER: dict[str, Any] = {
    "drug": "diazepam",
    "country": "US",
    "start": "2026-01-05",
    "review_every": "4 weeks",
    "stop_from": "0.5 mg",
    "current": {"bedtime": "10 mg"},
    "product": [
        {"name": "diazepam tablet 5 mg", "split": "halves"},
        {"name": "diazepam tablet 2 mg", "split": "quarters"},
    ],
    "phase": [
        {"reduce": "10% of current, at least 1 mg", "every": "2 weeks", "until": "5 mg"},
        {"reduce": "0.5 mg", "every": "2 weeks", "until": "0 mg"},
    ],
}


def made(**changes: Any) -> Schedule:
    """The plan above, changed: 10 mg, then 9, 8, 7, 6, 5 mg every two weeks, then half a milligram at a time."""
    return plan(parse_order({**ORDER, **changes}))


# ---- what each change does -----------------------------------------------------------------------


def test_a_hold_keeps_the_dose_and_moves_all_that_follows() -> None:
    """Held for two weeks within a step: the step lasts two weeks longer, the end comes two weeks later."""
    before = made()
    after = revise(before, on="2026-02-10", hold="2 weeks", reason="sleep is worse", by="Dr A")
    assert after.stopped_on == (before.stopped_on or date.max) + timedelta(days=14)
    assert [(s.total, s.start, s.days) for s in after.steps[:4]] == [
        (Mg(10), date(2026, 1, 5), 14),
        (Mg(9), date(2026, 1, 19), 14),
        (Mg(8), date(2026, 2, 2), 28),
        (Mg(7), date(2026, 3, 2), 14),
    ]
    assert (after.revision, after.plan_id) == (1, before.plan_id)
    assert after.order is not None
    event = after.order.history[0]
    assert (event.on, event.reason, event.by, event.changes) == (date(2026, 2, 10), "sleep is worse", "Dr A", ("hold",))


def test_after_a_hold_no_cut_is_larger_than_the_last_one_of_its_phase() -> None:
    """By hand: 10 mg before 9 is without a half, but 2 mg is more than the 1.5 mg of the cut before it."""
    tablet = {"source": "clinician", "form": "tablet"}
    strengths = {"13.5 mg": "whole", "12 mg": "whole", "10 mg": "whole", "9 mg": "whole", "21 mg": "halves"}
    before = made(
        max_units=1,
        current={"bedtime": "13.5 mg"},
        product=[tablet | {"name": f"t {mg}", "strength": mg, "split": split} for mg, split in strengths.items()],
        phase=[{"reduce": "2 mg", "every": "2 weeks", "until": "9 mg"}],
    )
    assert [str(step.total) for step in before.steps] == ["13.5 mg", "12 mg", "10.5 mg", "9 mg"]
    after = revise(before, on="2026-01-26", hold="1 week")
    assert [step.total for step in after.steps] == [step.total for step in before.steps]
    again = revise(after, on="2026-01-27", hold="1 week")
    assert [step.total for step in again.steps] == [step.total for step in before.steps], "nor after a second hold"
    stepped = revise(before, on="2026-01-26", reduce="2.5 mg")
    assert [str(step.total) for step in stepped.steps] == ["13.5 mg", "12 mg", "10 mg", "9 mg"], (
        "a new step begins anew"
    )


def test_a_hold_on_the_day_of_a_change_delays_that_change() -> None:
    after = revise(made(), on="2026-02-02", hold="1 week")
    assert [(s.total, s.start) for s in after.steps[1:3]] == [(Mg(9), date(2026, 1, 19)), (Mg(8), date(2026, 2, 9))]


def test_a_hold_until_the_review_lasts_to_the_next_day_of_review() -> None:
    """Reviews every four weeks from 5 January: after 10 February the next one is on 2 March."""
    after = revise(made(), on="2026-02-10", hold="review")
    assert after.steps[3].start == date(2026, 3, 2)
    without = plan(parse_order({key: value for key, value in ORDER.items() if key != "review_every"}))
    with pytest.raises(OrderError, match="no reviews"):
        revise(without, on="2026-02-10", hold="review")


@pytest.mark.parametrize("on", ["2026-03-09", "2026-03-10", "2026-03-30"])
def test_a_hold_until_the_review_ends_on_a_day_that_the_calendar_prints(on: str) -> None:
    """Also where the time between reviews was changed before: both count from the same day at the same interval."""
    changed = revise(made(), on="2026-02-10", review_every="3 weeks")
    held = revise(changed, on=on, hold="review")
    assert held.order is not None
    until = held.order.history[-1].hold_until
    assert until == next(day for day in review_days(changed) if day > date.fromisoformat(on))


def test_a_hold_until_a_day_before_the_next_change_changes_no_dose() -> None:
    before = made()
    assert days(revise(before, on="2026-02-03", hold_until="2026-02-10")) == days(before)


def test_a_longer_interval_counts_from_the_beginning_of_the_step_and_holds_for_the_later_phases() -> None:
    """Slower from now on: the present step lasts the new interval, and so does every one behind it."""
    after = revise(made(), on="2026-02-10", every="4 weeks")
    assert [(s.total, s.days) for s in after.steps[2:6]] == [(Mg(8), 28), (Mg(7), 28), (Mg(6), 28), (Mg(5), 28)]
    assert {step.days for step in after.steps[2:]} == {28}


def test_a_new_interval_shortens_no_later_phase() -> None:
    """Every four weeks from now on; where the order waits longer still near zero, it goes on to."""
    phases = [ORDER["phase"][0], {"reduce": "0.5 mg", "every": "6 weeks", "until": "0 mg"}]
    after = revise(made(phase=phases), on="2026-02-10", every="4 weeks")
    assert after.order is not None
    assert [str(phase.every) for phase in terms_of(after.order)[-1].phase] == ["4 weeks", "6 weeks"]


def test_a_smaller_step_goes_on_from_the_dose_of_the_day() -> None:
    after = revise(made(), on="2026-02-10", reduce="0.5 mg")
    assert [str(s.total) for s in after.steps[2:6]] == ["8 mg", "7.5 mg", "7 mg", "6.5 mg"]


def test_a_larger_step_does_not_speed_up_the_phases_behind() -> None:
    """The phase in force takes the new step; a later one keeps its own where that is smaller."""
    after = revise(made(), on="2026-01-06", reduce="2.5 mg")
    assert [str(s.total) for s in after.steps[:5]] == ["10 mg", "7.5 mg", "5 mg", "4.5 mg", "4 mg"]


def test_a_step_back_returns_to_the_dose_before_and_waits_one_interval() -> None:
    after = revise(made(), on="2026-02-05", back=True)
    assert [(s.total, s.start) for s in after.steps[1:5]] == [
        (Mg(9), date(2026, 1, 19)),
        (Mg(8), date(2026, 2, 2)),
        (Mg(9), date(2026, 2, 5)),
        (Mg(8), date(2026, 2, 19)),
    ]


def test_a_step_back_before_any_cut_is_refused() -> None:
    with pytest.raises(OrderError, match="no step to go back to"):
        revise(made(), on="2026-01-06", back=True)


def test_what_was_really_taken_is_recorded_and_the_rest_begins_with_it() -> None:
    """The plan said 8 mg, 7 mg was taken: the days before stay; then it is 7 mg, two weeks in all."""
    after = revise(made(), on="2026-02-10", taken="7 mg", since="2026-02-08")
    assert [(s.total, s.start) for s in after.steps[2:5]] == [
        (Mg(8), date(2026, 2, 2)),
        (Mg(7), date(2026, 2, 10)),
        (Mg(6), date(2026, 2, 22)),
    ]


def test_a_taken_dose_that_no_product_makes_is_recorded_and_not_refused() -> None:
    """7.3 mg cannot be made: it stands in the history, and the plan goes on with 7 mg, within the ordered step."""
    after = revise(made(), on="2026-02-10", taken="7.3 mg")
    assert after.order is not None
    assert after.order.history[0].as_data()["taken"] == "7.3 mg"
    assert after.steps[3].total == Mg(7)
    assert after.steps[3].start == date(2026, 2, 10)


def test_a_taken_dose_far_below_what_can_be_made_goes_on_with_the_dose_of_the_plan() -> None:
    """Half of the only tablet: no makeable dose lies within a step below it, so the ordered dose stays."""
    whole = made(
        product=[{"name": "diazepam tablet 5 mg"}], phase=[{"reduce": "5 mg", "every": "2 weeks", "until": "0 mg"}]
    )
    after = revise(whole, on="2026-01-08", taken="3 mg")
    assert doses(after)[date(2026, 1, 8)] == Mg(10)


def test_what_can_be_made_of_a_taken_dose_is_no_cut_beyond_the_ordered_one() -> None:
    """4 mg twice a day cannot be made; 2.5 mg twice is 3 mg less, and a cut of 2.5 mg is ordered: so 10 mg goes on."""
    halves = made(
        current={"morning": "5 mg", "bedtime": "5 mg"},
        product=[{"name": "diazepam tablet 5 mg", "split": "halves"}],
        phase=[{"reduce": "2.5 mg", "every": "2 weeks", "until": "0 mg"}],
    )
    after = revise(halves, on="2026-01-08", taken={"morning": "4 mg", "bedtime": "4 mg"})
    assert doses(after)[date(2026, 1, 8)] == Mg(10)


def test_taking_nothing_needs_a_dose_to_go_on_with() -> None:
    with pytest.raises(OrderError, match="nothing was taken"):
        revise(made(), on="2026-02-10", taken="0 mg")
    after = revise(made(), on="2026-02-10", taken="0 mg", dose="6 mg")
    assert doses(after)[date(2026, 2, 10)] == Mg(6)


def test_other_products_make_the_same_doses_from_the_day_on() -> None:
    """The dose stays, the pieces change: a new step with a cut of zero."""
    after = revise(made(), on="2026-01-25", product=[{"name": "diazepam tablet 2 mg", "split": "quarters"}])
    assert [item.product for item in after.steps[1].intakes[0].items] == [
        "diazepam tablet 5 mg",
        "diazepam tablet 2 mg",
    ]
    assert {item.product for step in after.steps[2:] for i in step.intakes for item in i.items} == {
        "diazepam tablet 2 mg"
    }
    cut = after.cuts[2]
    assert cut is not None
    assert not cut.amount


def test_products_that_cannot_make_the_dose_of_the_day_are_refused_with_the_nearest() -> None:
    with pytest.raises(TaperError, match=r"7 mg.*nearest"):
        revise(made(), on="2026-02-17", product=[{"name": "diazepam tablet 5 mg"}])


def test_other_times_of_day_keep_the_total_and_the_next_cut() -> None:
    after = revise(made(), on="2026-02-10", dose={"morning": "4 mg", "bedtime": "4 mg"})
    assert [(s.total, s.start) for s in after.steps[3:5]] == [(Mg(8), date(2026, 2, 10)), (Mg(7), date(2026, 2, 16))]
    assert after.times == ("morning", "bedtime")


def test_a_new_goal_ends_the_taper_there() -> None:
    after = revise(made(), on="2026-02-10", until="6 mg")
    assert after.stopped_on is None
    assert after.steps[-1].total == Mg(6)


def test_a_goal_that_is_reached_keeps_the_dose() -> None:
    after = revise(made(), on="2026-02-10", until="8 mg")
    assert (after.stopped_on, after.steps[-1].total) == (None, Mg(8))


def test_a_kept_dose_can_be_taken_up_again() -> None:
    """A taper that stays on a dose goes on when a lower goal is ordered."""
    kept = revise(made(), on="2026-02-10", until="8 mg")
    after = revise(kept, on=kept.steps[-1].end, until="0 mg")
    assert after.stopped_on is not None


def test_a_new_finish_date_is_met() -> None:
    after = revise(made(), on="2026-02-10", finish="2026-06-01")
    assert after.stopped_on is not None
    assert after.stopped_on <= date(2026, 6, 1)


DATED: dict[str, Any] = {
    **ORDER,
    "stop_from": "1 mg",
    "current": {"bedtime": "15 mg"},
    "product": [{"name": "diazepam tablet 5 mg"}, {"name": "diazepam tablet 2 mg", "split": "halves"}],
    "phase": [{"finish": "2026-08-01", "every": "2 weeks", "until": "0 mg"}],
}
"""15 mg, then 13, 12, and a milligram at a time down to 1 mg, stopped by 1 August; 8 mg on 6 April."""
DILUTION = {
    "name": "diazepam 2 mg in 300 mL",
    "source": "clinician",
    "form": "oral solution",
    "strength": "2 mg/300 mL",
    "device": "measuring cylinder",
    "graduation": "5 mL",
}
SLOWER: dict[str, dict[str, Any]] = {
    "hold": {"hold": "4 weeks"},
    "hold until a day": {"hold_until": "2026-06-01"},
    "hold until the review": {"hold": "review", "every": "3 weeks"},
    "back": {"back": True},
    "every": {"every": "4 weeks"},
    "back, hold and every": {"back": True, "hold": "4 weeks", "every": "4 weeks"},
    "more was taken": {"taken": "15 mg"},
    "a higher dose": {"dose": "10 mg"},
}


@pytest.mark.parametrize("case", SLOWER)
def test_slower_before_a_finish_date_is_refused_with_the_choices(case: str) -> None:
    """The message names the date, the cut that would grow, how it was before, and lines that work when added."""
    before = plan(parse_order(DATED))
    with pytest.raises(OrderError) as caught:
        revise(before, on="2026-04-06", **SLOWER[case])
    assert caught.value.field == "finish"
    message = caught.value.message
    assert "finish date 2026-08-01 stays in force" in message
    assert re.search(r"\d mg a day would fall to \d mg at once, by ~?[\d.]+%, where .* at most ~?[\d.]+% at a", message)
    largest = max(cut.of_current for cut in before.cuts if not cut.stops)
    for key, value in re.findall(r'(finish|reduce) = "([^"]+)"', message):
        assert f"--{key} {value if key == 'finish' else f'{chr(34)}{value}{chr(34)}'}" in message
        after = revise(before, on="2026-04-06", **SLOWER[case], **{key: value})
        if value != "2026-08-01":
            later = [
                cut for step, cut in zip(after.steps[1:], after.cuts, strict=False) if step.start > date(2026, 4, 6)
            ]
            assert all(cut.of_current <= largest for cut in later if not cut.stops)
    assert len(re.findall(r'(finish|reduce) = "', message)) == 3


@pytest.mark.parametrize("change", [{"hold": "4 weeks"}, {"every": "4 weeks"}, {"back": True}])
def test_the_choices_of_a_dilution_are_decimals_that_can_be_typed(change: dict[str, Any]) -> None:
    """Its doses are fractions such as 49/15 mg, which no order accepts and nobody reads."""
    data = DATED | {
        "stop_from": "1 mg",
        "current": {"bedtime": "6 mg"},
        "product": [DILUTION],
        "phase": [{"finish": "2026-05-01", "every": "2 weeks", "until": "3 mg"}],
    }
    before = plan(parse_order(data))
    with pytest.raises(OrderError) as caught:
        revise(before, on="2026-03-01", **change)
    message = caught.value.message
    assert "/" not in message
    steps = re.findall(r'reduce = "([^"]+)"', message)
    assert steps
    for step in steps:
        revise(before, on="2026-03-01", **change, reduce=step)


def test_a_finish_date_that_is_named_is_what_was_ordered() -> None:
    """Also the date in force, after the message that says what becomes of the cuts."""
    before = plan(parse_order(DATED))
    after = revise(before, on="2026-04-06", back=True, hold="4 weeks", every="4 weeks", finish="2026-08-01")
    assert max(cut.of_current for cut in after.cuts if not cut.stops) == Fraction(2, 3)
    assert any(found.code == "T101" for found in check(after).findings)


def test_a_pause_that_lets_no_cut_grow_keeps_the_finish_date() -> None:
    """The plan ends twelve days before the date, so three days more change no dose."""
    before = plan(parse_order(DATED))
    after = revise(before, on="2026-04-06", hold="3 days")
    assert [step.total for step in after.steps] == [step.total for step in before.steps]
    assert after.stopped_on == (before.stopped_on or date.max) + timedelta(days=3)


def test_a_pause_before_a_phase_with_a_finish_date_is_refused_too() -> None:
    """The phase in force has a step; the one behind it loses the time."""
    phases = [{"reduce": "1 mg", "every": "2 weeks", "until": "10 mg"}, DATED["phase"][0]]
    before = plan(parse_order(DATED | {"phase": phases}))
    with pytest.raises(OrderError, match="the finish date 2026-08-01 stays in force"):
        revise(before, on="2026-01-20", hold="8 weeks")
    with pytest.raises(OrderError, match="name the phases from now on with phase"):
        revise(before, on="2026-01-20", reduce="0.5 mg", product=ORDER["product"])


def test_taking_a_later_date_back_late_is_refused_where_cuts_would_grow() -> None:
    """Undone on its own day the plan is as before; two months later there is less time than before."""
    before = plan(parse_order(DATED))
    later = revise(before, on="2026-04-06", hold="8 weeks", finish="2026-10-31")
    assert days(revise(later, on="2026-04-06", undo=True)) == days(before)
    with pytest.raises(OrderError, match="instead of undo write one of these"):
        revise(later, on="2026-06-01", undo=True)


def test_percentages_of_the_start_still_mean_the_dose_of_the_first_day() -> None:
    """10% of start is 1 mg of 10 mg, also when the rest is planned from 8 mg."""
    before = made(phase=[{"reduce": "10% of start", "every": "2 weeks", "until": "0 mg"}])
    after = revise(before, on="2026-02-10", hold="1 week")
    assert [str(step.total) for step in after.steps] == [str(step.total) for step in before.steps]


def test_typed_doses_go_on_where_they_were() -> None:
    before = made(phase=[{"doses": ["9 mg", "9 mg", "7 mg", "5 mg", "0 mg"], "every": "2 weeks"}])
    after = revise(before, on="2026-01-25", hold="1 week")
    assert [(s.total, s.days) for s in after.steps] == [
        (Mg(10), 14), (Mg(9), 21), (Mg(9), 14), (Mg(7), 14), (Mg(5), 14)
    ]  # fmt: skip


def test_undo_is_a_revision_of_its_own_and_reaches_back_through_all() -> None:
    first = made()
    second = revise(first, on="2026-02-10", hold="2 weeks")
    third = revise(second, on="2026-02-10", every="6 weeks")
    undone = revise(revise(third, on="2026-02-11", undo=True), on="2026-02-11", undo=True)
    assert undone.revision == 4
    assert days(undone) == days(first)
    with pytest.raises(OrderError, match="no revision is left"):
        revise(undone, on="2026-02-12", undo=True)


def test_undo_after_days_were_taken_otherwise_goes_on_from_the_dose_taken() -> None:
    """A hold is taken back after the planned day of the cut: the days stay as held, the cut follows at once."""
    held = revise(made(), on="2026-02-10", hold="4 weeks")
    undone = revise(held, on="2026-02-20", undo=True)
    assert doses(undone)[date(2026, 2, 19)] == Mg(8)
    assert doses(undone)[date(2026, 2, 20)] == Mg(7)


# ---- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"on": "2026-01-04", "hold": "1 week"}, r"on: 2026-01-04 is before the plan begins, 2026-01-05"),
        ({"on": "2030-01-01", "hold": "1 week"}, r"on: 2030-01-01 is after its end"),
        ({"on": "2026-02-10"}, r"nothing is changed"),
        ({"on": "2026-02-10", "holdd": "1 week"}, r"holdd.*did you mean 'hold'"),
        ({"on": "2026-02-10", "hold": "soon"}, r"hold: 'soon' is not an interval"),
        ({"on": "2026-02-10", "undo": True, "hold": "1 week"}, r"undo takes the last revision back"),
        ({"on": "2026-02-10", "undo": True}, r"no revision is left"),
        ({"on": "2026-02-10", "until": "0 mg", "finish": "2026-09-01"}, r"until and finish contradict"),
        ({"on": "2026-02-10", "since": "2026-02-01", "hold": "1 week"}, r"since is the first day"),
        (
            {"on": "2026-02-10", "drug": "alprazolam", "hold": "1 week"},
            r"drug: 'alprazolam' is not a drug of this plan",
        ),
        ({"on": "2026-02-10", "dose": "0 mg"}, r"dose: a dose of zero is a stop"),
        ({"on": "2026-02-10", "dose": "7.3 mg"}, r"7.3 mg cannot be made.*nearest"),
        ({"on": "2026-02-10", "hold_until": "2026-02-01"}, r"hold_until: 2026-02-01 is not after"),
        ({"on": "2026-02-10", "hash": "x", "hold": "1 week"}, r"filled in here"),
        ({"on": "yesterday", "hold": "1 week"}, r"on: 'yesterday' is not a date"),
        ({"on": "yesterday", "hold": "review"}, r"on: 'yesterday' is not a date"),
        ({"on": "2026-02-10", "dose": {"bedtime": "7.3 mg"}}, r"dose\.bedtime: 7.3 mg cannot be made"),
    ],
)
def test_a_revision_that_cannot_be_is_refused_with_its_field(said: dict[str, Any], message: str) -> None:
    with pytest.raises(TaperError, match=message):
        revise(made(), **said)


def test_a_revision_before_the_last_one_is_refused() -> None:
    after = revise(made(), on="2026-02-10", hold="1 week")
    with pytest.raises(OrderError, match="before the last revision, 2026-02-10"):
        revise(after, on="2026-02-09", hold="1 week")


def test_a_schedule_without_an_order_cannot_be_revised() -> None:
    before = made()
    with pytest.raises(ScheduleError, match="made from an order"):
        revise(Schedule(before.steps, before.stopped_on), on="2026-02-10", hold="1 week")


@pytest.mark.parametrize(
    ("path", "value", "revision"),
    [
        (("history", 0, "hold"), "3 weeks", 1),
        (("history", 0, "reason"), "nothing", 1),
        (("history", 1, "by"), "Dr B", 2),
        (("history", 1, "on"), "2026-03-04", 2),
        (("current", "bedtime"), "9 mg", 1),
        (("phase", 0, "every"), "1 week", 1),
        (("patient",), {"age": 70}, 1),
        (("history", 0, "hash"), "", 1),
        (("history", 1, "hash"), "", 2),
    ],
)
def test_a_history_that_was_changed_afterwards_is_refused_and_its_revision_named(
    path: tuple[Any, ...], value: object, revision: int
) -> None:
    """Each entry is bound to all before it: whatever is changed, the first entry that no longer fits is named."""
    last = revise(
        revise(made(), on="2026-02-10", hold="2 weeks", reason="sleep", by="Dr A"),
        on="2026-03-03",
        back=True,
        by="Dr A",
    )
    data = json.loads(write_document(last, check(last)))
    here = data["order"]
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = value
    with pytest.raises(OrderError, match=f"revision {revision} of "):
        read_document(json.dumps(data))


def test_an_entry_that_was_taken_out_is_noticed() -> None:
    last = revise(revise(made(), on="2026-02-10", hold="2 weeks"), on="2026-03-03", back=True)
    for gone in (0, 1):
        data = json.loads(write_document(last, check(last)))
        del data["order"]["history"][gone]
        with pytest.raises(TaperError, match="revision"):
            read_document(json.dumps(data))


def test_steps_that_were_changed_by_hand_are_not_revised() -> None:
    """A day longer at 10 mg and a day shorter at 9 mg: it adds up, but is not what order and history lead to."""
    before = made()
    first, second, *others = before.steps
    later = first.end + timedelta(days=1)
    steps = (replace(first, end=later), replace(second, start=later + timedelta(days=1)), *others)
    with pytest.raises(ScheduleError, match="not those that the order"):
        revise(replace(before, steps=steps), on="2026-02-10", hold="1 week")


def test_a_rest_that_cannot_be_planned_says_from_when_and_what_would_work() -> None:
    """Half a milligram at a time cannot be made from whole 2 mg tablets: the ways out are those of the rest."""
    only = [{"name": "diazepam tablet 2 mg"}]
    before = made(product=only, phase=[{"reduce": "2 mg", "every": "2 weeks", "until": "0 mg"}])
    with pytest.raises(
        TaperError, match=r"(?s)planned from 2026-01-24 on, diazepam comes to a dead end: .*oral solution"
    ) as raised:
        revise(before, on="2026-01-25", reduce="0.5 mg")
    assert raised.value.field == "phase[0].reduce"


# ---- several drugs -------------------------------------------------------------------------------

SWITCH: dict[str, Any] = {
    "drug": "lorazepam",
    "country": "GB",
    "start": "2026-01-05",
    "current": {"morning": "1 mg", "bedtime": "1 mg"},
    "product": [{"name": "lorazepam tablet 1 mg"}, {"name": "diazepam tablet 2 mg", "split": "halves"}],
    "phase": [
        {"switch_to": "diazepam", "equivalence": "1 mg = 10 mg", "switch_first": ["bedtime"], "every": "1 week"},
        {"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"},
    ],
}
TWO: dict[str, Any] = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "current": {"bedtime": "10 mg"},
    "other": [{"drug": "zopiclone", "current": {"bedtime": "7.5 mg"}}],
    "product": [{"name": "diazepam tablet 2 mg", "split": "halves"}, {"name": "zopiclone tablet 3.75 mg"}],
    "phase": [
        {"drug": "zopiclone", "reduce": "3.75 mg", "every": "2 weeks", "until": "0 mg"},
        {"drug": "diazepam", "reduce": "1 mg", "every": "2 weeks", "until": "0 mg"},
    ],
}


def totals(schedule: Schedule) -> list[tuple[str, dict[str, str]]]:
    """First day and daily doses of the steps."""
    return [(str(s.start), {drug: dose.number for drug, dose in s.totals.items()}) for s in schedule.steps]


def test_a_step_back_within_a_switch_takes_both_drugs_back() -> None:
    """The stage before: the old drug whole again, and none of the new one; never both."""
    after = revise(plan(parse_order(SWITCH)), on="2026-01-14", back=True)
    assert totals(after)[:5] == [
        ("2026-01-05", {"lorazepam": "2"}),
        ("2026-01-12", {"lorazepam": "1", "diazepam": "10"}),
        ("2026-01-14", {"lorazepam": "2"}),
        ("2026-01-21", {"lorazepam": "1", "diazepam": "10"}),
        ("2026-01-28", {"diazepam": "20"}),
    ]
    second = revise(plan(parse_order(SWITCH)), on="2026-01-21", back=True)
    assert totals(second)[2:4] == [
        ("2026-01-19", {"diazepam": "20"}),
        ("2026-01-21", {"lorazepam": "1", "diazepam": "10"}),
    ]


@proof()
@given(st.integers(0, 20), st.sampled_from([{"back": True}, {"hold": "5 days"}, {"every": "3 weeks"}]))
def test_no_revision_within_a_switch_changes_the_equivalent(day: int, change: dict[str, Any]) -> None:
    """By the order's own number, both drugs together stay at 20 mg of diazepam until the switch is over."""
    before = plan(parse_order(SWITCH))
    try:
        after = revise(before, on=date(2026, 1, 5) + timedelta(days=day), **change)
    except OrderError:
        reject()
    switched = [step for step in after.steps if "lorazepam" in step.totals]
    for step in after.steps[: after.steps.index(switched[-1]) + 2]:
        equivalent = step.totals.get("lorazepam", Mg(0)) * Fraction(10) + step.totals.get("diazepam", Mg(0))
        assert equivalent == Mg(20)


@pytest.mark.parametrize(
    ("said", "began"),
    [
        ({"drug": "zopiclone", "back": True}, "2026-03-03"),
        ({"drug": "diazepam", "dose": "9 mg"}, "2026-02-16"),
        ({"drug": "zopiclone", "every": "4 weeks"}, "2026-03-02"),
        ({"hold": "1 week"}, "2026-02-23"),
    ],
)
def test_the_second_drug_waits_until_the_first_has_ended(said: dict[str, Any], began: str) -> None:
    """Whatever is revised while zopiclone goes, diazepam begins to fall two weeks after its end."""
    after = revise(plan(parse_order(TWO)), on="2026-01-20", **said)
    ended = next(step.start for step in after.steps if "zopiclone" not in step.totals)
    held = next(s.totals["diazepam"] for s in after.steps if s.start == ended)
    fell = next(step.start for step in after.steps if step.start > ended and step.totals["diazepam"] < held)
    assert (fell - ended).days == 14
    assert str(fell) == began


def test_a_drug_that_has_ended_cannot_be_revised() -> None:
    with pytest.raises(OrderError, match="zopiclone is not taken on this day"):
        revise(plan(parse_order(TWO)), on="2026-03-20", drug="zopiclone", hold="1 week")


def test_a_new_interval_of_reviews_counts_from_the_revision_on() -> None:
    """Days of review before it stay; those behind it follow the new interval."""
    before = made()
    after = revise(before, on="2026-03-10", review_every="2 weeks")
    past = [day for day in review_days(before) if day < date(2026, 3, 10)]
    assert list(review_days(after))[: len(past) + 2] == [*past, date(2026, 3, 16), date(2026, 3, 30)]


def test_a_drug_whose_turn_has_not_come_has_nothing_to_hold() -> None:
    with pytest.raises(OrderError, match="no change of diazepam is due next"):
        revise(plan(parse_order(TWO)), on="2026-01-20", drug="diazepam", hold="1 week")


def test_before_a_switch_begins_another_dose_is_what_is_switched() -> None:
    """Half of the morning dose was taken: that, and no more, is converted."""
    halves = {**SWITCH, "product": [{"name": "lorazepam tablet 1 mg", "split": "halves"}, SWITCH["product"][1]]}
    after = revise(plan(parse_order(halves)), on="2026-01-08", dose={"morning": "0.5 mg", "bedtime": "1 mg"})
    assert totals(after)[1:4] == [
        ("2026-01-08", {"lorazepam": "1.5"}),
        ("2026-01-15", {"lorazepam": "0.5", "diazepam": "10"}),
        ("2026-01-22", {"diazepam": "15"}),
    ]
    with pytest.raises(OrderError, match="one drug replaces another"):
        revise(after, on="2026-01-16", drug="diazepam", dose="8 mg")


@pytest.mark.parametrize("said", [{"dose": "15 mg"}, {"taken": "15 mg"}])
def test_a_list_of_doses_goes_on_below_the_dose_taken(said: dict[str, str]) -> None:
    """From 15 mg the list 18, 16, 14, 12 goes on with 14: nothing rises that was not ordered to rise."""
    typed = [{"doses": ["18 mg", "16 mg", "14 mg", "12 mg"], "every": "2 weeks"}]
    before = made(current={"bedtime": "20 mg"}, phase=typed)
    after = revise(before, on="2026-01-25", **said)
    assert [step.total for step in after.steps] == [Mg(20), Mg(18), Mg(15), Mg(14), Mg(12)]


def test_weekly_patterns_go_on_below_the_dose_taken() -> None:
    """Patterns whose week is not below the dose now are left out."""
    weeks = [
        {"usual": "4 mg", "Monday": "2 mg"},
        {"usual": "2 mg", "Monday": "4 mg"},
        {"usual": "2 mg", "Monday": "0 mg"},
    ]
    before = made(current={"bedtime": "4 mg"}, phase=[{"weekly": weeks, "every": "1 week", "until": "0 mg"}])
    after = revise(before, on="2026-01-13", dose="2 mg")
    assert len(after.groups) == 4
    assert max(step.total for step in after.steps if step.start >= date(2026, 1, 13)) == Mg(2)


# ---- found by trying ------------------------------------------------------------------------------

FALL = {"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}
TYPED = [{"doses": ["9 mg", "8 mg", "7 mg", "6 mg", "5 mg", "0 mg"], "every": "2 weeks"}]


def chain(schedule: Schedule, *revisions: dict[str, Any]) -> Schedule:
    for said in revisions:
        schedule = revise(schedule, **said)
    return schedule


def test_new_phases_for_the_new_drug_of_a_switch_wait_until_it_is_over() -> None:
    said = {"on": "2026-01-14", "drug": "diazepam", "phase": [FALL]}
    assert totals(revise(plan(parse_order(SWITCH)), **said))[1:4] == [
        ("2026-01-12", {"lorazepam": "1", "diazepam": "10"}),
        ("2026-01-19", {"diazepam": "20"}),
        ("2026-02-02", {"diazepam": "19"}),
    ]
    with pytest.raises(OrderError, match="each of the new phases must name its drug") as refused:
        revise(plan(parse_order(SWITCH)), on="2026-01-14", phase=[FALL])
    assert refused.value.field == "phase"


def test_new_phases_for_one_drug_leave_the_other_as_it_is() -> None:
    """New phases for the drug whose turn has not come wait; those for the drug that goes do not touch the other."""
    waiting = revise(plan(parse_order(TWO)), on="2026-01-20", drug="diazepam", phase=[FALL])
    assert totals(waiting)[2:4] == [("2026-02-02", {"diazepam": "10"}), ("2026-02-16", {"diazepam": "9"})]
    slower = {"reduce": "3.75 mg", "every": "4 weeks", "until": "0 mg"}
    going = revise(plan(parse_order(TWO)), on="2026-01-20", drug="zopiclone", phase=[slower])
    assert totals(going)[2:4] == [("2026-02-02", {"diazepam": "10"}), ("2026-02-16", {"diazepam": "9"})]
    with pytest.raises(OrderError, match="the first phase is of diazepam"):
        revise(plan(parse_order(TWO)), on="2026-01-20", drug="zopiclone", phase=[{"drug": "diazepam", **FALL}])


def test_other_products_within_a_switch_never_change_what_was_replaced() -> None:
    """With halves the portions would be other ones: refused, where going on would give more than the equivalent."""
    portion = {"switch_to": "diazepam", "equivalence": "1 mg = 10 mg", "portion": "1.5 mg", "every": "1 week"}
    data = {**SWITCH, "current": {"bedtime": "2 mg"}, "phase": [portion, FALL], "max_units": 20}
    halves = [{"name": "lorazepam tablet 1 mg", "split": "halves"}, SWITCH["product"][1]]
    with pytest.raises(OrderError, match="product: with these products the switch would go in other portions"):
        revise(plan(parse_order(data)), on="2026-01-14", product=halves)


def test_a_drug_that_has_come_to_its_dose_is_not_begun_again_by_a_hold_of_the_other() -> None:
    together = {"drug": "zopiclone", "doses": ["11.25 mg", "3.75 mg"], "every": "2 weeks", "together": True}
    data = {**TWO, "other": [{"drug": "zopiclone", "current": {"bedtime": "15 mg"}}], "phase": [FALL, together]}
    after = revise(plan(parse_order(data)), on="2026-02-20", hold="1 week")
    assert {s.totals["zopiclone"] for s in after.steps if s.start >= date(2026, 2, 2)} == {Mg("3.75")}
    stopped = {**together, "doses": ["7.5 mg", "0 mg"]}
    gone = revise(plan(parse_order({**data, "phase": [FALL, stopped]})), on="2026-02-20", hold="1 week")
    assert all("zopiclone" not in s.totals for s in gone.steps if s.start >= date(2026, 2, 2))


@pytest.mark.parametrize("said", [{"every": "4 weeks"}, {"dose": "6 mg"}, {"taken": "6 mg"}])
def test_a_list_that_is_over_is_not_begun_again(said: dict[str, str]) -> None:
    kept = made(phase=[{"doses": ["9 mg", "8 mg", "7 mg"], "every": "2 weeks"}])
    after = revise(kept, on="2026-02-20", **said)
    assert max(step.total for step in after.steps if step.start >= date(2026, 2, 16)) == Mg(7)
    assert after.steps[-1].total == Mg(str(said.get("dose") or said.get("taken") or "7 mg").removesuffix(" mg"))


@pytest.mark.parametrize(
    ("revisions", "falls"),
    [
        ([{"on": "2026-03-05", "back": True, "every": "4 weeks"}], ["6", "7", "6", "5"]),
        ([{"on": "2026-01-25", "every": "3 weeks"}, {"on": "2026-03-10", "undo": True}], ["8", "7", "6", "5"]),
        (
            [
                {"on": "2026-02-20", "phase": [{"doses": ["6.5 mg", "6 mg", "5 mg"], "every": "2 weeks"}]},
                {"on": "2026-02-22", "back": True},
            ],
            ["8", "6.5", "6", "5"],
        ),
    ],
)
def test_a_list_of_doses_goes_on_where_it_was(revisions: list[dict[str, Any]], falls: list[str]) -> None:
    """After a step back, an undone interval or a new list: no entry is taken twice, none is skipped."""
    after = chain(made(phase=TYPED), *revisions)
    assert [step.total.number for step in after.steps[-4:]] == falls


def test_two_steps_back_go_back_two_steps() -> None:
    after = chain(made(), {"on": "2026-02-05", "back": True}, {"on": "2026-02-06", "back": True})
    assert [(s.total, str(s.start)) for s in after.steps[2:6]] == [
        (Mg(8), "2026-02-02"),
        (Mg(9), "2026-02-05"),
        (Mg(10), "2026-02-06"),
        (Mg(9), "2026-02-20"),
    ]
    once = chain(made(), {"on": "2026-02-05", "back": True}, {"on": "2026-02-05", "back": True})
    assert doses(once)[date(2026, 2, 5)] == Mg(10)


def test_a_second_revision_of_a_day_goes_on_from_the_first() -> None:
    """Another dose, then on the same day another interval: both hold."""
    after = chain(made(), {"on": "2026-02-10", "dose": "7 mg"}, {"on": "2026-02-10", "every": "4 weeks"})
    assert [(s.total, str(s.start)) for s in after.steps[3:5]] == [(Mg(7), "2026-02-10"), (Mg(6), "2026-03-10")]


@pytest.mark.parametrize(
    ("changes", "revisions", "first_cut"),
    [
        ({}, [{"on": "2026-02-05", "hold": "8 weeks"}, {"on": "2026-02-06", "every": "3 weeks"}], "2026-04-13"),
        ({"first_cut": "2026-03-02"}, [{"on": "2026-01-06", "every": "4 weeks"}], "2026-03-02"),
        (
            {"hold": [{"on": "2026-02-05", "for": "6 weeks"}]},
            [{"on": "2026-02-10", "every": "3 weeks"}],
            "2026-03-30",
        ),
        ({}, [{"on": "2026-02-05", "hold": "8 weeks"}, {"on": "2026-02-06", "every": "1 week"}], "2026-04-06"),
        ({}, [{"on": "2026-02-15", "dose": "7 mg", "every": "3 weeks"}], "2026-03-08"),
    ],
)
def test_another_interval_loses_no_pause(
    changes: dict[str, Any], revisions: list[dict[str, Any]], first_cut: str
) -> None:
    """A pause that was ordered stays; a shorter interval only takes off what it is shorter by."""
    after = chain(made(**changes), *revisions)
    last = date.fromisoformat(revisions[-1]["on"])
    assert str(next(step.start for step in after.steps if step.start > last)) == first_cut


def test_a_revision_that_moves_nothing_keeps_months_at_their_end() -> None:
    """From the 31st on, cuts stay at the end of each month, also after a revision."""
    before = made(start="2026-01-31", phase=[{"reduce": "1 mg", "every": "1 month", "until": "0 mg"}])
    after = revise(before, on="2026-02-10", review_every="4 weeks")
    assert days(after) == days(before)


def test_a_shorter_interval_is_not_counted_from_where_the_old_one_was() -> None:
    """The dose of the day, ordered again with a shorter interval, was cut on days before the revision."""
    before = made(current={"bedtime": "12 mg"}, phase=[{"reduce": "2 mg", "every": "1 month", "until": "0 mg"}])
    on = before.steps[3].start - timedelta(days=4)
    after = revise(before, on=on, dose={"bedtime": str(before.steps[2].total)}, every="3 days")
    past = [(day, step.total) for day, step in before.days() if day < on]
    assert [(day, step.total) for day, step in after.days()][: len(past)] == past


@pytest.mark.parametrize("day", ["9999-12-31", "2036-06-01"])
def test_a_hold_until_a_day_that_no_plan_reaches_is_refused(day: str) -> None:
    """Also where doses change on one day of the week, which then would be looked for behind the last date there is."""
    order = read_order(README.parent / "examples" / "empower.toml")
    with pytest.raises(OrderError, match="more than ten years") as refused:
        revise(plan(order), on="2026-04-01", hold_until=day)
    assert refused.value.field == "hold_until"


@pytest.mark.parametrize(
    ("phases", "field", "why"),
    [
        ([{"switch_to": "diazepam", "equivalence": "1 mg = 1 mg", "every": "1 week"}], "switch_to", "is replaced"),
        ([{**FALL, "until": "8 mg"}], "until", "8 mg is not below the current daily dose, 8 mg"),
        ([{**FALL, "together": True}], "together", "the phase before must be of another drug"),
    ],
)
def test_new_phases_are_refused_as_those_of_an_order(phases: list[dict[str, Any]], field: str, why: str) -> None:
    """On 10 February 8 mg is taken: what an order from 8 mg on may not say, a revision may not either."""
    with pytest.raises(OrderError, match=why) as ordered:
        made(current={"bedtime": "8 mg"}, phase=phases)
    with pytest.raises(OrderError, match=why) as revised:
        revise(made(), on="2026-02-10", phase=phases)
    assert ordered.value.field == revised.value.field == f"phase[0].{field}"
    assert ordered.value.message == revised.value.message


def test_on_the_day_of_the_stop_the_last_dose_can_go_on_and_after_it_nothing_can_be_changed() -> None:
    """A revision says what is taken from its day on: on the day of the stop it is made before that."""
    before = made()
    stop = before.stopped_on or date.max
    assert revise(before, on=stop, hold="1 week").stopped_on == stop + timedelta(days=7)
    with pytest.raises(OrderError, match="nothing is left to change"):
        revise(before, on=stop + timedelta(days=1), phase=[FALL])


@pytest.mark.parametrize(
    "said",
    [
        {"until": "8 mg", "dose": "8 mg"},
        {"phase": [{"weekly": [{"usual": "9 mg", "Monday": "8 mg"}], "every": "4 weeks"}]},
    ],
)
def test_undo_never_leaves_a_dose_to_stay_on_where_the_plan_goes_on_to_a_stop(said: dict[str, Any]) -> None:
    """Where no phase is under way, nothing says what comes next: refused, and the phases that are named instead go."""
    kept = revise(made(), on="2026-01-25", **said)
    with pytest.raises(OrderError, match="name what comes from 2026-02-05 on with phase") as raised:
        revise(kept, on="2026-02-05", undo=True)
    assert raised.value.field == "undo"
    named = revise(kept, on="2026-02-05", phase=[{"doses": ["7 mg", "0 mg"], "every": "2 weeks"}])
    assert read_document(write_document(named, check(named))).steps == named.steps
