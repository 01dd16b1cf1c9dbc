"""Published schedules: audited as they are printed, counted day by day, and planned again from their rule.

Every one of them passes 25% of the current dose somewhere near zero. The audit must still tell the slow from the
fast: with 1 mg of diazepam allowed, the slow ones give one note and the fast ones warnings.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from taper import catalog
from taper.checker.checking import check
from taper.checker.rules import RULES
from taper.finding import Finding, Report
from taper.order.order import Order, parse_order
from taper.planner.planning import plan
from taper.quantity import exact_text
from taper.source import Source
from tests.oracles.published_schedules import LEFT_OUT, Published, paces, published
from tests.support.cases import ORDER

NAMES = sorted(published())
PACE = ("fastest", "slowest")
SLOW = {"nhs_scot_lorazepam2", "cks_diazepam40_slow", "ashton_ch2_text_40"}
"""Those that pass at their slowest printed pace when 1 mg of diazepam within 14 days is always allowed."""
WINDOW_RULE = [rule for rule in RULES if rule.code == "T101"]
each_pace = pytest.mark.parametrize(("name", "pace"), list(paces()))


def audit(name: str, pace: int, guideline: str = "asam-2025") -> Report:
    entry = published()[name]
    return check(entry.schedule(pace), guidelines=[guideline], tables=entry.data.get("tables"))


def runs(report: Report) -> list[Finding]:
    """Return everything that the rules found, each run of days on its own."""
    return [run for finding in report.findings for run in finding.runs or (finding,)]


def told(report: Report) -> list[str]:
    return [f"{f.code} {f.severity} {'-' if f.step is None else f.step} {f.measured}".rstrip() for f in runs(report)]


def expected(section: dict[str, Any], entry: Published, pace: int) -> list[str]:
    """Return the findings of a pace; a schedule with one pace has them under "fastest"."""
    assert set(section) - {"guideline"} == {PACE[p] for p in entry.paces}
    return list(section[PACE[pace]])


@pytest.mark.parametrize("name", NAMES)
def test_every_schedule_names_a_source_that_was_read(name: str) -> None:
    """Title, place and reading status, as for the packaged data, and a reason for what the audit finds."""
    data = published()[name].data
    Source(edition="", **data["source"])
    assert data["reading"]
    assert data["note"]
    assert data["unit"] in ("mg", "% of start")


def test_what_is_left_out_is_not_audited() -> None:
    """A schedule is either restated or left out with a reason."""
    assert not LEFT_OUT.keys() & published().keys()
    assert all(LEFT_OUT.values())
    assert len(NAMES) == 21


@each_pace
def test_a_count_of_the_days_gives_the_figures_of_the_earlier_audit(name: str, pace: int) -> None:
    """Two programs that know nothing of each other: worst cut, worst window and where it begins, floor, last dose."""
    entry = published()[name]
    recorded, counted = dict(entry.data["dossier"]), entry.figures(pace).dossier()
    if pace:
        del recorded["shortest_step"], recorded["of_start"]  # recorded of the shortest pace only
    for key in ("days", "window", "floor"):
        if key in recorded:
            recorded[key] = recorded[key][min(pace, len(recorded[key]) - 1)]
    assert {key: counted[key] for key in recorded} == recorded


@each_pace
def test_the_check_finds_what_is_written_beside_the_schedule(name: str, pace: int) -> None:
    """Code, severity, step and measured value of everything that ASAM 2025 has to say, and nothing else."""
    entry = published()[name]
    assert told(audit(name, pace)) == expected(entry.data["findings"], entry, pace)


@pytest.mark.parametrize(("name", "pace"), list(paces()))
def test_every_published_schedule_breaks_a_quarter_near_zero(name: str, pace: int) -> None:
    """What T101 says of the schedules audited here, at their slowest pace too: the fall to the last dose is beyond."""
    figures = published()[name].figures(pace)
    assert len(figures.doses) - 1 in {stage for _, _, stage in figures.beyond}


def test_no_text_counts_published_schedules() -> None:
    """How many were audited is for the tests to count; a number in a message cannot be repeated from here."""
    root = Path(__file__).parents[2]
    files = [*(root / "taper").rglob("*.py"), *root.glob("*.md"), *(root / "examples").glob("*.txt")]
    counted = [
        str(f) for f in files if re.search(r"\b\d+ (complete |published )+schedules", f.read_text(encoding="utf-8"))
    ]
    assert (len(files) > 100, counted) == (True, [])


@pytest.mark.parametrize(("name", "pace"), [(n, p) for n, p in paces() if "own" in published()[n].data])
def test_a_schedule_is_held_against_its_own_guideline(name: str, pace: int) -> None:
    """Where a source prints both limits and a schedule, what it says of itself is written beside it too."""
    entry = published()[name]
    own = entry.data["own"]
    assert told(audit(name, pace, own["guideline"])) == expected(own, entry, pace)


@each_pace
def test_the_window_rule_warns_exactly_where_a_count_of_the_days_does(name: str, pace: int) -> None:
    """T101 against every day and the 14 days after it: the same steps, the same falls."""
    entry = published()[name]
    named = entry.data["drug"] in catalog.drugs()
    counted = entry.figures(pace).warned(Fraction(1 if named else 0))  # no equivalent, no allowance
    warned = {f.step: (f.measured, str(f.severity)) for f in runs(audit(name, pace)) if f.code == "T101"}
    beyond = {step: found for step, found in warned.items() if found[1] != "note"}
    assert beyond == {
        step: (exact_text(fall), "alert" if fall > Fraction(1, 2) else "warning") for step, fall in counted.items()
    }


@lru_cache
def without_allowance() -> Order:
    return parse_order(ORDER | {"check": {"tail_allowance": "0 mg"}})


@each_pace
def test_every_schedule_breaks_a_bare_quarter_of_the_current_dose(name: str, pace: int) -> None:
    """Without the allowance the rule warns of all of them, and so would tell nothing apart."""
    entry = published()[name]
    assert entry.figures(pace).beyond
    schedule = replace(entry.schedule(pace), order=without_allowance())
    assert check(schedule, WINDOW_RULE, tables=entry.data.get("tables")).at_or_above("warning")


@pytest.mark.parametrize("name", NAMES)
def test_the_allowance_tells_the_slow_from_the_fast(name: str) -> None:
    """At its slowest pace a slow schedule has one note of the window rule and no warning; a fast one has warnings."""
    report = audit(name, published()[name].paces[-1])
    window = [f.severity for f in report.findings if f.code == "T101"]
    if name in SLOW:
        assert report.at_or_above("warning") == ()
        assert window == ["note"]
    else:
        assert max(window) > "note"


@pytest.mark.parametrize(("name", "pace"), [(n, p) for n, p in paces() if "phase" in published()[n].data["order"]])
def test_the_rule_of_a_schedule_plans_the_schedule(name: str, pace: int) -> None:
    """Stage by stage: the doses at each time of day and, where the source prints them, the days."""
    entry = published()[name]
    order = entry.data["order"]
    found = plan(parse_order(entry.order(pace)))
    stages = entry.stages
    assert len(found.steps) == len(stages)
    for number, (step, stage) in enumerate(zip(found.steps, stages, strict=True)):
        doses = {(intake.time, intake.drug): intake.dose.value for intake in step.intakes}
        if "totals_only" in order:
            assert sum(doses.values()) == sum(stage.doses.values())
        else:
            assert doses == stage.doses
        days = None if stage.days is None else stage.days[pace]
        longer = order.get("kept_longer", {})
        if number == longer.get("stage"):
            days = longer["days"][pace]
        if days is not None:
            assert step.days == days, f"step {number}"
    assert (found.stopped_on is not None) == entry.stops


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_planned_says_why(name: str) -> None:
    """An order, or the reason why no order can say it."""
    order = published()[name].data["order"]
    assert ("phase" in order) != bool(order.get("not_planned"))


def test_by_another_table_a_level_change_of_drug_is_a_rise() -> None:
    """Lorazepam 2 mg is 20 mg of diazepam for NHS Scotland and less for others: T113 says so, and T107 never does."""
    schedule = published()["nhs_scot_lorazepam2"].schedule(1)
    for table in ("nhs-scotland", "asam-2025-ashton", "asam-2025-va-dod"):
        found = check(schedule, tables=[table]).findings
        assert [f for f in found if f.code == "T107"] == []
        (change,) = [f for f in found if f.code == "T113"]
        assert change.measured == "4"
        assert change.message.startswith("lorazepam 2 mg → diazepam 20 mg on ")
        assert change.message.endswith("tables put it at 5 to 20 mg of diazepam.")
        assert "lowest by ASAM 2025, Ashton Manual column, the same as before" in change.detail
