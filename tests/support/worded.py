"""Orders and revisions of every kind, each with other words under which its plan is no longer right.

``CASES`` and ``REVISED`` have what is planned, the words under which its plan is refused, and what is said of it;
``PROVED`` what is planned alone. All of them begin with `BASE` and change a part of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.schedule.schedule import Schedule
from tests.support.histories import with_history

Data = dict[str, Any]

TWO, FIVE = "diazepam tablet 2 mg", "diazepam tablet 5 mg"
HALVES: list[Data] = [{"name": FIVE, "split": "halves"}, {"name": TWO, "split": "halves"}]
STEP: Data = {"reduce": "2 mg", "every": "2 weeks", "until": "0 mg"}
BASE: Data = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "current": {"bedtime": "10 mg"},
    "product": HALVES,
    "phase": [STEP],
}
TWICE: Data = {"current": {"morning": "5 mg", "bedtime": "5 mg"}}
LORAZEPAM: Data = {
    "drug": "lorazepam",
    "current": {"morning": "1 mg", "bedtime": "2 mg"},
    "product": [{"name": "lorazepam tablet 1 mg", "split": "halves"}, *HALVES],
}
SWITCH: Data = {"switch_to": "diazepam", "equivalence": "1 mg = 10 mg", "every": "1 week"}
SWITCH_TO_A_BRAND: Data = SWITCH | {"switch_to": "Valium"}
BOTH: Data = {
    "other": [{"drug": "zopiclone", "current": {"bedtime": "7.5 mg"}}],
    "product": [*HALVES, {"name": "zopiclone tablet 3.75 mg", "split": "whole"}],
}
SLEEP: Data = {"drug": "zopiclone", "reduce": "3.75 mg", "every": "3 weeks", "until": "0 mg"}
MODEL: Data = {"occupancy": {"model": "maudsley-2024", "table": "ashton-2002"}}
OXAZEPAM: Data = {
    "other": [{"drug": "oxazepam", "current": {"bedtime": "10 mg"}}],
    "product": [*HALVES, {"name": "oxazepam tablet 10 mg", "split": "halves"}],
}
WEEKLY: Data = {"weekly": [{"usual": "8 mg", "Monday": "10 mg"}, {"usual": "8 mg"}], "every": "2 weeks"}
CYCLES: Data = {"cycles": [["10 mg", "8 mg", "8 mg"], ["8 mg", "6 mg"]], "every": "12 days"}


def phase(*phases: Data, **changes: Any) -> Data:
    """An order with these phases, or with the usual one and these changes."""
    return {"phase": [*phases] or [STEP | changes]}


# what is planned; the words under which it is refused; what is said
CASES: dict[str, tuple[Data, Data, str]] = {
    "a smaller step": (
        {},
        phase(reduce="1 mg"),
        "diazepam goes from 10 mg to 8 mg on 2026-01-19, and '1 mg' allows no less than 9 mg",
    ),
    "a smaller part": (
        phase(reduce="20% of current, at least 1 mg"),
        phase(reduce="10% of current, at least 1 mg"),
        "diazepam goes from 10 mg to 8 mg on 2026-01-19, and '10% of current, at least 1 mg' allows no less than 9 mg",
    ),
    "a smaller least": (
        phase(reduce="10% of current, at least 2 mg"),
        phase(reduce="10% of current, at least 1 mg"),
        "diazepam goes from 10 mg to 8 mg on 2026-01-19, and '10% of current, at least 1 mg' allows no less than 9 mg",
    ),
    "of current, not of the start": (
        phase(reduce="20% of start"),
        phase(reduce="20% of current"),
        "diazepam goes from 8 mg to 6 mg on 2026-02-02, and '20% of current' allows no less than 32/5 mg",
    ),
    "a longer interval": (
        {},
        phase(every="3 weeks"),
        "8 mg of diazepam is taken on 2026-01-19, where the order leads to 10 mg",
    ),
    "a shorter interval": (
        {},
        phase(every="1 week"),
        "diazepam goes from 10 mg to 10 mg on 2026-01-12, which is no reduction, where one is due",
    ),
    "months": (
        phase(every="1 month"),
        phase(every="4 weeks"),
        "diazepam goes from 10 mg to 10 mg on 2026-02-02, which is no reduction, where one is due",
    ),
    "months from the end of one": (
        {"start": "2026-01-31"} | phase(every="1 month"),
        {"start": "2026-01-31"} | phase(every="28 days"),
        "diazepam goes from 8 mg to 8 mg on 2026-03-28, which is no reduction, where one is due",
    ),
    "a first cut": (
        {"first_cut": "2026-01-12"},
        {},
        "8 mg of diazepam is taken on 2026-01-12, where the order leads to 10 mg",
    ),
    "no first cut": (
        {},
        {"first_cut": "2026-01-12"},
        "diazepam goes from 10 mg to 10 mg on 2026-01-12, which is no reduction, where one is due",
    ),
    "a first cut of the first phase alone": (
        {"first_cut": "2026-01-12"} | phase({"doses": ["10 mg"], "every": "2 weeks"}, STEP),
        {"first_cut": "2026-01-19"} | phase({"doses": ["10 mg"], "every": "2 weeks"}, STEP),
        "8 mg of diazepam is taken on 2026-01-12, where the order leads to 10 mg",
    ),
    "a day of the week": (
        {"change_on": "Wednesday"},
        {},
        "diazepam goes from 10 mg to 10 mg on 2026-01-19, which is no reduction, where one is due",
    ),
    "another day of the week": (
        {"change_on": "Wednesday"},
        {"change_on": "Thursday"},
        "8 mg of diazepam is taken on 2026-01-21, where the order leads to 10 mg",
    ),
    "a pause": (
        {"hold": [{"on": "2026-01-25", "for": "10 days"}]},
        {},
        "diazepam goes from 8 mg to 8 mg on 2026-02-02, which is no reduction, where one is due",
    ),
    "no pause": (
        {},
        {"hold": [{"on": "2026-01-25", "for": "10 days"}]},
        "6 mg of diazepam is taken on 2026-02-02, where the order leads to 8 mg",
    ),
    "a shorter pause": (
        {"hold": [{"on": "2026-01-25", "for": "10 days"}]},
        {"hold": [{"on": "2026-01-25", "for": "9 days"}]},
        "diazepam goes from 8 mg to 8 mg on 2026-02-11, which is no reduction, where one is due",
    ),
    "a pause to a day of the week": (
        {"hold": [{"on": "2026-01-25", "for": "10 days"}], "change_on": "Friday"},
        {"hold": [{"on": "2026-01-25", "for": "3 weeks"}], "change_on": "Friday"},
        "6 mg of diazepam is taken on 2026-02-20, where the order leads to 8 mg",
    ),
    "two pauses in any order": (
        {"hold": [{"on": "2026-02-10", "for": "1 week"}, {"on": "2026-01-25", "for": "1 week"}]},
        {"hold": [{"on": "2026-02-10", "for": "1 week"}]},
        "diazepam goes from 8 mg to 8 mg on 2026-02-02, which is no reduction, where one is due",
    ),
    "a goal": (
        phase(until="4 mg"),
        phase(until="6 mg"),
        "4 mg of diazepam is taken on 2026-02-16, where the order leads to 6 mg",
    ),
    "no end": (
        phase(until="4 mg"),
        {},
        "diazepam goes from 4 mg to 4 mg on 2026-03-02, which is no reduction, where one is due",
    ),
    "a goal that a step passes": (
        phase(until="5 mg"),
        phase(until="6 mg"),
        "5 mg of diazepam is taken on 2026-02-16, where the order leads to 6 mg",
    ),
    "a last step": (
        {"stop_from": "3 mg"} | phase(reduce="1 mg"),
        phase(reduce="1 mg"),
        "diazepam goes from 3 mg to 0 mg on 2026-04-27, and '1 mg' allows no less than 2 mg",
    ),
    "a last step from less": (
        {"stop_from": "3 mg"} | phase(reduce="1 mg"),
        {"stop_from": "2 mg"} | phase(reduce="1 mg"),
        "diazepam goes from 3 mg to 0 mg on 2026-04-27, and '1 mg' allows no less than 2 mg",
    ),
    "a finish date": (
        phase({"finish": "2026-04-01", "every": "2 weeks", "until": "2 mg"}),
        phase({"finish": "2026-03-01", "every": "2 weeks", "until": "2 mg"}),
        "diazepam goes from 4 mg to 3 mg on 2026-03-02, after the finish date 2026-03-01",
    ),
    "a finish date and a last step": (
        {"stop_from": "2.5 mg"} | phase({"finish": "2026-04-01", "every": "2 weeks", "until": "0 mg"}),
        {"stop_from": "1 mg"} | phase({"finish": "2026-04-01", "every": "2 weeks", "until": "0 mg"}),
        "diazepam goes from 5/2 mg to 0 mg on 2026-03-30, and no such stop is ordered",
    ),
    "another typed dose": (
        phase({"doses": ["10 mg", "8 mg", "5 mg", "0 mg"], "every": "1 week"}),
        phase({"doses": ["8 mg", "4 mg", "0 mg"], "every": "1 week"}),
        "5 mg of diazepam is taken from 2026-01-19 on, where the order says 4 mg",
    ),
    "a typed dose more": (
        phase({"doses": ["8 mg", "5 mg", "0 mg"], "every": "1 week"}),
        phase({"doses": ["8 mg", "5 mg", "2 mg", "0 mg"], "every": "1 week"}),
        "0 mg of diazepam is taken from 2026-01-26 on, where the order says 2 mg",
    ),
    "a typed dose fewer": (
        phase({"doses": ["8 mg", "5 mg", "2 mg", "0 mg"], "every": "1 week"}),
        phase({"doses": ["8 mg", "5 mg", "2 mg"], "every": "1 week"}),
        "the first day without the drug is said to be 2026-02-02, and the order leads to None",
    ),
    "typed doses at times": (
        TWICE | phase({"doses": [{"morning": "2 mg", "bedtime": "5 mg"}, "5 mg"], "every": "1 week"}),
        TWICE | phase({"doses": [{"morning": "5 mg", "bedtime": "2 mg"}, "5 mg"], "every": "1 week"}),
        "7 mg of diazepam is taken from 2026-01-12 on, where the order says 7 mg",
    ),
    "a rise at a time without a name": (
        TWICE | phase({"doses": [{"bedtime": "8 mg"}, "5 mg"], "every": "1 week"}),
        TWICE | phase({"doses": ["8 mg", "5 mg"], "every": "1 week"}),
        "diazepam rises at one time of day on 2026-01-12, and the order names no time",
    ),
    "another time": (TWICE, {}, "diazepam is taken at morning on 2026-01-05, which nobody ordered"),
    "a typed dose after patterns": (
        phase(WEEKLY, {"doses": ["5 mg"], "every": "2 weeks"}),
        phase(WEEKLY, {"doses": ["4 mg"], "every": "2 weeks"}),
        "5 mg of diazepam is taken from 2026-02-16 on, where the order says 4 mg",
    ),
    "all at one time": (
        TWICE | {"merge": {"from": "6 mg", "into": "bedtime"}},
        TWICE,
        "diazepam goes from 8 mg to 6 mg on 2026-02-02, and rises at one time of day",
    ),
    "all at one time from less": (
        TWICE | {"merge": {"from": "6 mg", "into": "bedtime"}},
        TWICE | {"merge": {"from": "4 mg", "into": "bedtime"}},
        "diazepam goes from 8 mg to 6 mg on 2026-02-02, and rises at one time of day",
    ),
    "all at another time": (
        TWICE | {"merge": {"from": "6 mg", "into": "bedtime"}},
        TWICE | {"merge": {"from": "6 mg", "into": "morning"}},
        "diazepam goes from 8 mg to 6 mg on 2026-02-02, and rises at one time of day",
    ),
    "another weekly pattern": (
        phase(WEEKLY),
        phase({"weekly": [{"usual": "8 mg", "Tuesday": "10 mg"}, {"usual": "8 mg"}], "every": "2 weeks"}),
        "10 mg of diazepam is taken on 2026-01-19, where the order leads to 8 mg",
    ),
    "a weekly pattern longer": (
        phase(WEEKLY),
        phase(WEEKLY | {"every": "4 weeks"}),
        "8 mg of diazepam is taken on 2026-01-20, where the order leads to 10 mg",
    ),
    "a weekly pattern and a stop": (
        phase(WEEKLY | {"until": "0 mg"}),
        phase(WEEKLY),
        "the first day without the drug is said to be 2026-02-16, and the order leads to None",
    ),
    "a weekly pattern and no stop": (
        phase(WEEKLY),
        phase(WEEKLY | {"until": "0 mg"}),
        "the first day without the drug is said to be None, and the order leads to 2026-02-16",
    ),
    "a day without a dose": (
        phase({"weekly": [{"usual": "8 mg", "Sunday": "0 mg"}], "every": "2 weeks"}),
        phase({"weekly": [{"usual": "8 mg"}], "every": "2 weeks"}),
        "0 mg of diazepam is taken on 2026-01-25, where the order leads to 8 mg",
    ),
    "a weekly pattern that is taken now": (
        {"current": {"weekly": {"usual": {"bedtime": "8 mg"}, "Monday": {"bedtime": "10 mg"}}}} | phase(WEEKLY),
        {"current": {"weekly": {"usual": {"bedtime": "8 mg"}, "Friday": {"bedtime": "10 mg"}}}} | phase(WEEKLY),
        "10 mg of diazepam is taken on 2026-01-05, where the order leads to 8 mg",
    ),
    "another cycle": (
        phase(CYCLES),
        phase(CYCLES | {"cycles": [["10 mg", "8 mg", "10 mg"], ["8 mg", "6 mg"]]}),
        "8 mg of diazepam is taken on 2026-01-19, where the order leads to 10 mg",
    ),
    "a cycle longer": (
        phase(CYCLES),
        phase(CYCLES | {"every": "18 days"}),
        "8 mg of diazepam is taken on 2026-01-18, where the order leads to 10 mg",
    ),
    "a cycle and a stop": (
        phase(CYCLES | {"until": "0 mg"}),
        phase(CYCLES),
        "the first day without the drug is said to be 2026-02-10, and the order leads to None",
    ),
    "a step after a cycle of today": (
        phase({"doses": ["8 mg"], "every": "2 weeks"}, STEP),
        phase({"doses": ["8 mg"], "every": "3 weeks"}, STEP),
        "8 mg of diazepam is taken on 2026-01-19, where the order leads to 10 mg",
    ),
    "another equivalence": (
        LORAZEPAM | phase(SWITCH),
        LORAZEPAM | phase(SWITCH | {"equivalence": "1 mg = 20 mg"}),
        "10 mg of diazepam is taken on 2026-01-12, where the order leads to 20 mg",
    ),
    "an equivalence of a table": (
        LORAZEPAM | phase(SWITCH | {"equivalence": "nhs-scotland"}),
        LORAZEPAM | phase(SWITCH | {"equivalence": "1 mg = 5 mg"}),
        "10 mg of diazepam is taken on 2026-01-12, where the order leads to 5 mg",
    ),
    "doses to switch to": (
        LORAZEPAM | phase(SWITCH | {"to": {"morning": "10 mg", "bedtime": "15 mg"}}),
        LORAZEPAM | phase(SWITCH | {"to": {"morning": "10 mg", "bedtime": "20 mg"}}),
        "25 mg of diazepam is taken on 2026-01-19, where the order leads to 30 mg",
    ),
    "doses to switch to at other times": (
        LORAZEPAM | phase(SWITCH | {"to": {"morning": "10 mg", "bedtime": "20 mg"}}),
        LORAZEPAM | phase(SWITCH | {"to": {"morning": "10 mg", "noon": "20 mg"}}),
        "the switch to diazepam names doses at other times than those of lorazepam",
    ),
    "bedtime first": (
        LORAZEPAM | phase(SWITCH | {"switch_first": ["bedtime"]}),
        LORAZEPAM | phase(SWITCH),
        "1 mg of lorazepam is left at morning on 2026-01-12, of 1 mg",
    ),
    "a portion": (
        LORAZEPAM | phase(SWITCH | {"portion": "0.5 mg"}),
        LORAZEPAM | phase(SWITCH),
        "1/2 mg of lorazepam is left at morning on 2026-01-12, of 1 mg",
    ),
    "no portion": (
        LORAZEPAM | phase(SWITCH),
        LORAZEPAM | phase(SWITCH | {"portion": "0.5 mg"}),
        "0 mg of lorazepam is left at morning on 2026-01-12, of 1 mg",
    ),
    "a step of the start after a switch": (
        LORAZEPAM | phase(SWITCH, {"reduce": "20% of start", "every": "2 weeks", "until": "0 mg"}),
        LORAZEPAM | phase(SWITCH, {"reduce": "20% of current", "every": "2 weeks", "until": "0 mg"}),
        "diazepam goes from 24 mg to 18 mg on 2026-02-16, and '20% of current' allows no less than 96/5 mg",
    ),
    "another drug": (
        BOTH | phase(STEP, SLEEP),
        BOTH | phase(STEP, SLEEP | {"every": "4 weeks"}),
        "15/4 mg of zopiclone is taken on 2026-04-06, where the order leads to 15/2 mg",
    ),
    "another drug first": (
        BOTH | phase(SLEEP, STEP | {"drug": "diazepam"}),
        BOTH | phase(STEP, SLEEP),
        "diazepam goes from 10 mg to 10 mg on 2026-01-19, which is no reduction, where one is due",
    ),
    "another drug after a pause at its start": (
        BOTH | {"hold": [{"on": "2026-03-25", "for": "2 weeks"}]} | phase(STEP, SLEEP),
        BOTH | {"hold": [{"on": "2026-03-25", "for": "1 week"}]} | phase(STEP, SLEEP),
        "zopiclone goes from 15/2 mg to 15/2 mg on 2026-04-13, which is no reduction, where one is due",
    ),
    "two drugs together": (
        BOTH | phase(STEP, SLEEP | {"together": True}),
        BOTH | phase(STEP, SLEEP),
        "15/4 mg of zopiclone is taken on 2026-01-26, where the order leads to 15/2 mg",
    ),
    "another drug that stays": (
        BOTH | phase(STEP),
        BOTH | phase(STEP, SLEEP),
        "zopiclone goes from 15/2 mg to 15/2 mg on 2026-04-06, which is no reduction, where one is due",
    ),
    "points of occupancy": (
        {"occupancy": {"model": "maudsley-2024"}} | phase(reduce="5 points of occupancy, at least 1 mg"),
        {"occupancy": {"model": "maudsley-2024"}} | phase(reduce="2 points of occupancy, at least 1 mg"),
        "diazepam goes from 10 mg to 8 mg on 2026-01-19, and '2 points of occupancy, at least 1 mg' allows no less "
        "than 9 mg",
    ),
}


# what is planned, and its revisions; the words and revisions under which it is refused; what is said
REVISED: dict[str, tuple[Data, list[Data], Data, list[Data], str]] = {
    "a pause": (
        {},
        [{"hold": "2 weeks"}],
        {},
        [{"hold": "3 weeks"}],
        "diazepam goes from 6 mg to 4 mg on 2026-03-02, and the revision of 2026-02-10 holds it until 2026-03-03",
    ),
    "a pause until a day": (
        {},
        [{"hold_until": "2026-03-01"}],
        {},
        [{"hold_until": "2026-03-05"}],
        "diazepam goes from 6 mg to 4 mg on 2026-03-01, and the revision of 2026-02-10 holds it until 2026-03-05",
    ),
    "a pause of months": (
        {},
        [{"hold": "1 month"}],
        {},
        [{"hold": "5 weeks"}],
        "diazepam goes from 6 mg to 4 mg on 2026-03-16, and the revision of 2026-02-10 holds it until 2026-03-17",
    ),
    "a dose": (
        {},
        [{"dose": "5 mg"}],
        {},
        [{"dose": "4 mg"}],
        "5 mg of diazepam is taken on 2026-02-10, and the revision of that day says 4 mg",
    ),
    "a dose by time": (
        TWICE,
        [{"dose": {"morning": "2.5 mg", "bedtime": "5 mg"}}],
        TWICE,
        [{"dose": {"morning": "5 mg", "bedtime": "2.5 mg"}}],
        "15/2 mg of diazepam is taken on 2026-02-10, and the revision of that day says 15/2 mg",
    ),
    "the last dose of a day": (
        {},
        [{"dose": "5 mg"}, {"dose": "4 mg"}],
        {},
        [{"dose": "4 mg"}, {"dose": "5 mg"}],
        "4 mg of diazepam is taken on 2026-02-10, and the revision of that day says 5 mg",
    ),
    "a step back": (
        {},
        [{"back": True}],
        {},
        [{"hold": "2 weeks"}],
        "diazepam goes from 6 mg to 8 mg on 2026-02-10, and no revision of that day raises or moves it",
    ),
    "a smaller step": (
        {},
        [{"reduce": "2 mg", "every": "3 weeks"}],
        {},
        [{"reduce": "1 mg", "every": "3 weeks"}],
        "diazepam goes from 6 mg to 4 mg on 2026-02-23, which none of the phases in force allows",
    ),
    "a longer interval": (
        {},
        [{"every": "3 weeks"}],
        {},
        [{"every": "4 weeks"}],
        "diazepam goes from 6 mg to 4 mg on 2026-02-23, and the revision of 2026-02-10 moves it to 2026-03-02 or later",
    ),
    "a longer pause": (
        {},
        [{"hold": "1 week"}],
        {},
        [{"hold": "10 days"}],
        "diazepam goes from 6 mg to 4 mg on 2026-02-23, and the revision of 2026-02-10 moves it to 2026-02-26 or later",
    ),
    "a goal": (
        {},
        [{"until": "2 mg"}],
        {},
        [{"until": "3 mg"}],
        "diazepam goes from 4 mg to 2 mg on 2026-03-02, which none of the phases in force allows",
    ),
    "a goal and no stop": (
        {},
        [{"until": "2 mg"}],
        {},
        [{"every": "2 weeks"}],
        "it does not stop, and its order says otherwise",
    ),
    "a stop and no goal": (
        {},
        [{"every": "2 weeks"}],
        {},
        [{"until": "2 mg"}],
        "diazepam goes from 2 mg to 0 mg on 2026-03-16, which none of the phases in force allows",
    ),
    "a last step": (
        phase(reduce="1 mg"),
        [{"stop_from": "3 mg"}],
        phase(reduce="1 mg"),
        [{"every": "2 weeks"}],
        "diazepam goes from 3 mg to 0 mg on 2026-04-27, which none of the phases in force allows",
    ),
    "points of occupancy": (
        MODEL | phase(reduce="5 points of occupancy, at least 1 mg"),
        [{"reduce": "6 points of occupancy, at least 1 mg"}],
        MODEL | phase(reduce="5 points of occupancy, at least 1 mg"),
        [{"reduce": "2 points of occupancy, at least 1 mg"}],
        "diazepam goes from 6 mg to 4 mg on 2026-02-16, which none of the phases in force allows",
    ),
    "new phases": (
        {},
        [{"phase": [{"reduce": "2 mg", "every": "2 weeks", "until": "0 mg"}]}],
        {},
        [{"phase": [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}]}],
        "diazepam goes from 6 mg to 4 mg on 2026-02-16, which none of the phases in force allows",
    ),
    "new typed doses": (
        {},
        [{"phase": [{"doses": ["5 mg", "2 mg"], "every": "2 weeks"}]}],
        {},
        [{"phase": [{"doses": ["5 mg", "4 mg"], "every": "2 weeks"}]}],
        "diazepam goes from 5 mg to 2 mg on 2026-03-02, which none of the phases in force allows",
    ),
    "the past": (
        {},
        [{"hold": "2 weeks"}],
        phase(every="1 week"),
        [{"hold": "2 weeks"}],
        "diazepam goes from 10 mg to 10 mg on 2026-01-12, which is no reduction, where one is due",
    ),
    "the past of a step": (
        {},
        [{"hold": "2 weeks"}],
        phase(reduce="1 mg"),
        [{"hold": "2 weeks"}],
        "diazepam goes from 10 mg to 8 mg on 2026-01-19, and '1 mg' allows no less than 9 mg",
    ),
    "the drug of a pause": (
        BOTH | phase(STEP, SLEEP | {"together": True}),
        [{"drug": "zopiclone", "hold": "4 weeks"}],
        BOTH | phase(STEP, SLEEP | {"together": True}),
        [{"drug": "diazepam", "hold": "4 weeks"}],
        "diazepam goes from 6 mg to 4 mg on 2026-02-16, and the revision of 2026-02-10 holds it until 2026-03-10",
    ),
    "the drug of a dose": (
        BOTH | phase(STEP, SLEEP | {"together": True}),
        [{"drug": "diazepam", "dose": "3.5 mg"}],
        BOTH | phase(STEP, SLEEP | {"together": True}),
        [{"drug": "zopiclone", "dose": "3.75 mg"}],
        "diazepam goes from 6 mg to 7/2 mg on 2026-02-10, which none of the phases in force allows",
    ),
    "a second revision": (
        {},
        [{"hold": "2 weeks"}, {"on": "2026-03-05", "every": "1 week"}],
        {},
        [{"hold": "2 weeks"}, {"on": "2026-03-05", "every": "4 weeks"}],
        "diazepam goes from 4 mg to 2 mg on 2026-03-09, sooner after 2026-03-02 than 2026-03-16",
    ),
}
# what is planned, and its revisions
PROVED: dict[str, tuple[Data, list[Data]]] = {
    "a revision names a new time of day": ({}, [{"dose": {"morning": "3 mg", "bedtime": "2 mg"}}]),
    "what was taken was taken at a new time of day": (
        {},
        [{"taken": {"morning": "3 mg", "bedtime": "2 mg"}, "since": "2026-02-05"}],
    ),
    "a weekly pattern names a new time of day": (
        phase({"weekly": [{"usual": "8 mg", "Monday": {"morning": "10 mg"}}], "every": "2 weeks"}),
        [],
    ),
    "a cycle names a new time of day": (phase({"cycles": [[{"morning": "8 mg"}, "5 mg"]], "every": "2 weeks"}), []),
    "a step after a weekly pattern": (phase(WEEKLY, STEP), []),
    "a brand to switch to": (LORAZEPAM | {"country": "US"} | phase(SWITCH_TO_A_BRAND), []),
    "points of occupancy of another drug, whose model is not known here": (
        MODEL
        | OXAZEPAM
        | phase(
            STEP,
            {"drug": "oxazepam", "every": "6 weeks", "until": "5 mg", "together": True}
            | {"reduce": "10 points of occupancy"},
        ),
        [{"hold": "1 week", "drug": "diazepam"}],
    ),
    "a revision before the second of two drugs": (BOTH | phase(STEP, SLEEP), [{"hold": "1 week"}]),
    "a revision before a step that follows a switch": (
        LORAZEPAM | phase(SWITCH, {"reduce": "20% of start", "every": "2 weeks", "until": "0 mg"}),
        [{"on": "2026-01-13", "hold": "1 week"}],
    ),
}
ON: Data = {"on": "2026-02-10"}


def planned(changes: Data) -> Schedule:
    """Return the plan of the usual order with some changes."""
    return plan(parse_order(BASE | changes))


def revised(changes: Data, revisions: list[Data]) -> Schedule:
    """Return the plan of an order, revised on the usual day or another."""
    schedule = planned(changes)
    for revision in revisions:
        schedule = revise(schedule, **(ON | revision))
    return schedule


def under(schedule: Schedule, changes: Data, revisions: list[Data]) -> Schedule:
    """Return the same days under the words of another order and other revisions, of the same phase."""
    assert schedule.order is not None
    entries = []
    for event, revision in zip(schedule.order.history, revisions, strict=True):
        place = {} if event.at_phase is None else {"at_phase": event.at_phase}
        entries.append(ON | revision | place)
    return replace(schedule, order=with_history(BASE | changes, *entries))
