"""The one line of a finding: short, plain, and nothing left out that the detail does not have."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper import catalog, plan
from taper.checker.checking import check
from taper.checker.headline import MOST_CHARACTERS
from taper.checker.rules import RULES
from taper.finding import Finding, Report
from taper.order.order import read_order
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Remark, Schedule, Step
from tests.strategies import foreign_schedules
from tests.support.cases import ORDER, cases, order_of, schedule_of, table

EVERYTHING = tuple(catalog.guidelines())
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))
KEY = re.compile(r"review_every|max_units|stop_from|=")
WRITTEN_FRACTION = re.compile(r"\d+/\d+ (mg|mL)")
LONG = "wide " * 24
ALL = list(cases())


def every_run(report: Report) -> list[Finding]:
    """Return the findings of a report and each of their runs."""
    return [one for finding in report.findings for one in (finding, *finding.runs)]


def hold_the_law(report: Report) -> None:
    """Check each line: short, one sentence in plain words, no key of a file, no written fraction of mg or mL."""
    for finding in every_run(report):
        assert len(finding.message) <= MOST_CHARACTERS, finding
        assert finding.message.endswith("."), finding
        assert "\n" not in finding.message, finding
        assert not KEY.search(finding.message + finding.advice), finding
        assert not WRITTEN_FRACTION.search(f"{finding.message} {finding.detail} {finding.advice}"), finding


@pytest.mark.parametrize("case", [case for _, case in ALL], ids=[f"{code}: {case['name']}" for code, case in ALL])
def test_the_cases_of_all_rules_are_told_in_short_lines(case: dict[str, Any]) -> None:
    schedule = schedule_of(case)
    for guidelines in (case.get("guidelines"), EVERYTHING):
        hold_the_law(check(schedule, guidelines=guidelines, tables=case.get("tables")))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_told_in_short_lines(path: Path) -> None:
    schedule = plan(read_order(path))
    for guidelines in (None, EVERYTHING):
        hold_the_law(check(schedule, guidelines=guidelines))


@given(foreign_schedules())
def test_any_schedule_is_told_in_short_lines(schedule: Schedule) -> None:
    for guidelines in (None, EVERYTHING):
        hold_the_law(check(schedule, guidelines=guidelines))


def wide(name: str, form: str = "tablet", **more: Any) -> dict[str, Any]:
    """Describe a product with the longest name, or the longest device, that an order may have."""
    line = {"name": f"{name} {LONG}"[:120].strip(), "source": "clinician", "form": form, "strength": "2 mg"}
    if form in ("oral solution", "oral drops"):
        line |= {"strength": "1 mg/mL", "device": LONG[:120].strip(), "graduation": "0.1 mL"}
    return line | more


def test_names_of_any_length_leave_the_line_short_and_are_whole_in_the_detail() -> None:
    """A finding about a product names it, if not in its line then in its detail."""
    lines = [
        wide("unscored", score="none"),
        wide("halved", score="halves"),
        wide("forbidden", score="line", label_claim="not_for_dosing"),
        wide("unknown"),
        wide("unknown too"),
        wide("extended", "ER tablet"),
        wide("capsule", "capsule"),
        wide("solution", "oral solution"),
        wide("strong", "oral solution", strength="7 mg/mL"),
        wide("drops", "oral drops", drops_per_ml=30),
    ]
    items = [
        Item(line["name"], volume=Ml("0.33")) if "device" in line else Item(line["name"], Pieces("0.25"))
        for line in lines
    ]
    intakes = tuple(Intake("bedtime", "diazepam", Mg(Fraction(600, 7)), (item,)) for item in items)
    step = Step(0, date(2026, 1, 5), date(2026, 1, 18), intakes)
    report = check(Schedule((step,), order=order_of(ORDER | {"product": lines}), origin="csv"))
    hold_the_law(report)
    about = {"T202": "unscored", "T203": "forbidden", "T204": "unknown too", "T205": "extended", "T206": "capsule"}
    about |= {"T209": "halved", "T210": "strong", "T211": "drops", "T212": "drops", "T403": "unscored"}
    for code, name in about.items():
        whole = next(line["name"] for line in lines if line["name"].startswith(f"{name} wide"))
        told = [f"{run.message} {run.detail}".lower() for run in every_run(report) if run.code == code]
        assert any(whole in text for text in told), (code, told)


@given(st.text(max_size=300), st.text(max_size=200), st.text(max_size=400), st.integers(1, 3))
def test_remarks_of_any_length_leave_the_line_short(text: str, place: str, quote: str, count: int) -> None:
    """What a record says of itself goes whole into the detail where the line has no room for it."""
    clean = " ".join(text.replace("=", "").split()) or "Something is wrong"
    remarks = tuple(Remark("unread", clean, place.replace("=", ""), quote=quote) for _ in range(count))
    (found,) = check(Schedule((), remarks=remarks), [rule for rule in RULES if rule.code == "T412"]).findings
    assert len(found.message) <= MOST_CHARACTERS
    assert "\n" not in found.message
    assert clean in found.message or clean in found.detail
    assert " ".join(quote.split())[:300] in found.detail


def test_what_needs_an_order_is_skipped_in_one_line() -> None:
    """Rules that miss the same say so in the same words."""
    own = [rule for rule in RULES if rule.code in ("T104", "T112", "T115") or "T202" <= rule.code <= "T212"]
    report = check(table("20x14 18x14"), own)
    (skipped,) = report.skipped
    assert skipped.reason == "the schedule has no order"
    assert set(skipped.codes) == {rule.code for rule in own}
    assert str(skipped).count("splitting") == 1


def test_without_pieces_all_rules_about_them_are_skipped_in_one_line() -> None:
    schedule = replace(table("20x14 18x14"), order=order_of(ORDER))
    (skipped,) = check(
        schedule, [rule for rule in RULES if "T202" <= rule.code <= "T212" and rule.code != "T207"]
    ).skipped
    assert skipped.reason == "the plan does not say how its doses are made up"
    assert len(skipped.codes) == 10
