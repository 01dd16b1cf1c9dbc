"""What comes next, what a revision put in force, and where it all ends: a paper or file that says otherwise stops."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from fractions import Fraction
from functools import cache
from typing import Any
from unittest.mock import patch

import pytest

from taper.checker.checking import check
from taper.errors import ProofError
from taper.exchange.formats import export
from taper.exchange.today_document import today_data
from taper.interval import Interval
from taper.order.history import Event
from taper.order.order import Order, parse_order
from taper.order.terms import Terms, terms_of
from taper.paper.claims import proved_sheet
from taper.paper.renderers import Sheet, page_of
from taper.paper.request import PrintRequest
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.proof import prove, prove_supply
from taper.proof.days import Track
from taper.proof.files import prove_today
from taper.proof.files.prove import prove_file
from taper.proof.history import hold_history, hold_step_back
from taper.proof.named import Differs
from taper.schedule.day import today
from taper.schedule.schedule import Schedule
from taper.schedule.supply import dispense

DAY = timedelta(days=1)
ORDER: dict[str, Any] = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "current": {"bedtime": "10 mg"},
    "product": [
        {"name": "diazepam tablet 5 mg", "split": "halves"},
        {"name": "diazepam tablet 2 mg", "split": "halves"},
    ],
    "phase": [
        {"reduce": "2 mg", "every": "2 weeks", "until": "4 mg"},
        {"reduce": "2 mg", "every": "6 weeks", "until": "0 mg"},
    ],
}
TWO = ORDER | {
    "other": [{"drug": "lorazepam", "current": {"morning": "1 mg"}}],
    "product": [*ORDER["product"], {"name": "lorazepam tablet 1 mg"}],
    "phase": [*ORDER["phase"], {"drug": "lorazepam", "doses": ["0 mg"], "every": "2 weeks"}],
}
STAYS = ORDER | {"phase": [{"reduce": "2 mg", "every": "2 weeks", "until": "6 mg"}]}


@cache
def made(name: str) -> tuple[Schedule, Schedule | None]:
    """A plan, and the one before it."""
    first = plan(parse_order({"one": ORDER, "two": TWO, "stays": STAYS, "held": ORDER}[name]))
    return (revise(first, on="2026-01-21", hold="2 weeks"), first) if name == "held" else (first, None)


def ordered(*revisions: dict[str, Any]) -> tuple[Order, list[Terms]]:
    """An order after some revisions, and what is in force."""
    schedule = plan(parse_order(ORDER))
    for said in revisions:
        schedule = revise(schedule, **said)
    assert schedule.order is not None
    return schedule.order, list(terms_of(schedule.order))


# ---- the history ---------------------------------------------------------------------------------


@pytest.mark.parametrize("hashed", ["", "0" * 64])
def test_a_plan_whose_revision_has_another_hash_is_refused(hashed: str) -> None:
    schedule, _ = made("held")
    assert schedule.order is not None
    prove(replace(schedule), "the test")
    with patch("taper.order.order.verify"):  # a fault of what reads a history
        order = schedule.order.changed(history=(schedule.order.history[0].changed(hash=hashed),))
    with pytest.raises(ProofError, match="does not carry the hash"):
        prove(replace(schedule, order=order), "the test")


def test_what_an_undo_brings_back_is_what_was_before() -> None:
    order, terms = ordered({"on": "2026-01-21", "every": "4 weeks"}, {"on": "2026-01-22", "undo": True})
    hold_history(order, terms)
    with pytest.raises(Differs, match="takes the one before back, and phase is another"):
        hold_history(order, [*terms[:2], replace(terms[2], phase=terms[1].phase)])


@pytest.mark.parametrize(
    ("said", "wrong"), [({"every": "4 weeks"}, {"every": "4 weeks"}), ({"reduce": "1 mg"}, {"reduce": "2 mg"})]
)
def test_a_slower_revision_holds_for_later_phases_and_never_makes_them_faster(
    said: dict[str, str], wrong: dict[str, str]
) -> None:
    """The later phase keeps its six weeks where four are named, and takes 1 mg where it had 2."""
    order, terms = ordered({"on": "2026-01-21", **said})
    hold_history(order, terms)
    first, later = terms[1].phase
    changed = plan(parse_order(ORDER | {"phase": [ORDER["phase"][0], {**ORDER["phase"][1], **wrong}]})).order
    assert changed is not None
    with pytest.raises(Differs):
        hold_history(order, [terms[0], replace(terms[1], phase=(first, changed.phase[1]))])
    assert later != changed.phase[1]


@pytest.mark.parametrize(("dose", "right"), [(8, True), (10, False), (6, False)])
def test_a_step_back_goes_to_the_last_higher_dose(dose: int, right: bool) -> None:
    track, event = Track("diazepam"), Event.model_validate({"on": date(2026, 2, 5), "back": True})
    for day, mg in ((date(2026, 1, 5), 10), (date(2026, 1, 19), 8), (date(2026, 2, 2), 6), (date(2026, 2, 5), dose)):
        track.add(day, {"bedtime": Fraction(mg)})
    if right:
        hold_step_back(event, "diazepam", track)
        return
    with pytest.raises(Differs, match="the dose before was 8 mg"):
        hold_step_back(event, "diazepam", track)


def test_a_dose_to_stay_on_is_shown_for_one_interval() -> None:
    schedule, _ = made("stays")
    prove(replace(schedule), "the test")
    *steps, last = schedule.steps
    with pytest.raises(ProofError, match="its last dose is shown until"):
        prove(replace(schedule, steps=(*steps, replace(last, end=last.end + 14 * DAY))), "the test")


# ---- papers --------------------------------------------------------------------------------------


def notice(kind: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Callable[[Any], Any]:
    """What changes the lines of one notice."""
    return lambda page: replace(
        page,
        notices=tuple(replace(one, lines=change(one.lines)) if one.kind == kind else one for one in page.notices),
    )


PAPERS: dict[str, tuple[str, Sheet, Callable[[Any], Any]]] = {
    "one of two medicines is never to be stopped suddenly": (
        "two",
        "patient",
        lambda page: replace(page, never=page.never.replace("these medicines", "this medicine")),
    ),
    "the one medicine is called several": (
        "one",
        "plan",
        lambda page: replace(page, never=page.never.replace("this medicine", "these medicines")),
    ),
    "the step after the next is called the next": ("one", "card", lambda page: replace(page, next=page.later)),
    "the plan stops on the first day of its last step": (
        "one",
        "record",
        lambda page: replace(page, text=page.text.replace(*stops(page.text))),
    ),
    "a product of one drug has the name of another": (
        "two",
        "patient",
        lambda page: replace(
            page,
            products=tuple(
                replace(one, name=re.sub("lorazepam", "diazepam", one.name, flags=re.IGNORECASE))
                for one in page.products
            ),
        ),
    ),
    "the old calendar is not thrown away": (
        "held",
        "patient",
        notice("revised", lambda lines: (lines[0], lines[2], lines[2])),
    ),
    "that the stop moved is not told": (
        "held",
        "patient",
        notice("changed", lambda lines: lines[:-1]),
    ),
}


def stops(text: str) -> tuple[str, str]:
    """The first naming of the stop in a record, and that of the last step in its place."""
    schedule, _ = made("one")
    assert schedule.stopped_on is not None
    both = (schedule.stopped_on, schedule.steps[-1].start)
    said = [f"{day.day}\N{NO-BREAK SPACE}{day:%B} {day.year}" for day in both]
    assert said[0] in text
    return said[0], said[1]


@pytest.mark.parametrize("fault", PAPERS)
def test_no_such_fault_of_a_paper_is_believed(fault: str) -> None:
    name, sheet, change = PAPERS[fault]
    schedule, previous = made(name)
    printed_on = date(2026, 1, 21) if previous is not None else schedule.steps[0].start
    request = PrintRequest(schedule, check(schedule), printed_on=printed_on, language="en-GB", previous=previous)
    page = page_of(request, sheet)
    assert proved_sheet(page, request, sheet) is page
    wrong = change(page)
    assert wrong != page
    with pytest.raises(ProofError):
        proved_sheet(wrong, request, sheet)


# ---- files and answers -----------------------------------------------------------------------------


def test_reminders_of_a_dose_to_stay_on_have_no_last_day() -> None:
    schedule, _ = made("stays")
    start = schedule.steps[0].start
    times: dict[Any, time] = {"bedtime": time(22)}
    content = export(schedule, "medtimer", written_on=start, times=times)
    data = json.loads(content)
    reminder = data["medicines"]["list"][0]["reminders"][-1]
    assert not reminder["periodEnd"]
    reminder["periodEnd"] = (schedule.steps[-1].end - date(1970, 1, 1)).days
    with pytest.raises(ProofError, match="the plan stays on its dose"):
        prove_file(schedule, "medtimer", json.dumps(data).encode(), {"times": times}, start)


@pytest.mark.parametrize(
    ("on", "key", "wrong"),
    [
        ("stop", "state", "gap"),
        ("first", "change", None),
        ("first", "change", "last"),
        ("last", "change", None),
    ],
)
def test_no_answer_of_a_day_leaves_a_change_or_the_stop_out(on: str, key: str, wrong: Any) -> None:
    """The first day says the next dose, the last the stop, and the day of the stop that the drug is stopped."""
    schedule, _ = made("one")
    steps, stop = schedule.steps, schedule.stopped_on
    assert stop is not None
    day = {"stop": stop, "first": steps[0].start, "last": steps[-1].end}[on]
    data = today_data(today(schedule, day))
    prove_today(schedule, data)
    if wrong == "last":
        wrong = today_data(today(schedule, steps[-2].end))["change"]
    with pytest.raises(ProofError):
        prove_today(schedule, {**data, key: wrong})


def test_fills_of_a_month_begin_on_the_same_day_of_each() -> None:
    """From 31 January on: 28 February, then again 31 March."""
    data = ORDER | {"start": "2026-01-31", "supply": {"every": "1 month"}}
    schedule = plan(parse_order(data))
    supply = dispense(schedule)
    prove_supply(schedule, supply, "the test")

    def after(_: Interval, day: date, times: int = 1) -> date:
        return day + 30 * times * DAY

    with patch.object(Interval, "after", after):
        drifting = dispense(schedule)
    assert [fill.start for fill in drifting.fills] != [fill.start for fill in supply.fills]
    with pytest.raises(ProofError, match="is not one of those every 1 month"):
        prove_supply(schedule, drifting, "the test")
