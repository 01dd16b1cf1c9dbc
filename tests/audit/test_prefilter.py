"""The prefilter may look at too many persons, and never at too few."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

pytest.importorskip("duckdb", reason="taper audit needs DuckDB: pip install 'taper-planner[audit]'")
pytest.importorskip("pyarrow", reason="taper audit needs pyarrow: pip install 'taper-planner[audit]'")

from taper.audit.conventions import Conventions
from taper.audit.engine import audited
from taper.audit.person import findings_of, judge, of_person
from taper.checker import checking
from taper.exchange.people import read_people
from taper.exchange.plan_document import report_data
from taper.exchange.reading import Reading
from tests.strategies.practices import START, practices
from tests.support.audit import by_person, rows_of
from tests.support.proofs import proof

CONVENTIONS = st.builds(
    Conventions,
    st.integers(0, 700).map(lambda days: START + timedelta(days=days)),
    gap=st.sampled_from([30, 30, 60, 0]),
    carry_over=st.booleans(),
    days_from_refills=st.booleans(),
    guidelines=st.sampled_from([(), (), ("asam-2025", "bnf"), ("ashton-2002",)]),
)


def both_ways(rows: list[dict[str, Any]], conventions: Conventions) -> dict[str, str]:
    """Read a person a second time, by the other convention on early refills, whether or not anything overlaps."""
    other = replace(conventions, carry_over=not conventions.carry_over)
    whole = of_person("", rows, judge(rows, other), other)
    return {f"other_{gap}": whole[f"status_{gap}"] for gap in (30, 60, 90) if f"status_{gap}" in whole}


@given(practices(), CONVENTIONS)
@proof(120)
def test_whoever_is_left_out_is_what_the_checker_would_have_said(text: str, conventions: Conventions) -> None:
    """For every person whom the prefilter leaves out, all columns are those of the person read and checked."""
    rows = rows_of(text)
    persons = audited(rows, conventions)["persons"].to_pylist()
    given_rows = by_person(rows)
    assert [row["person"] for row in persons] == sorted(given_rows)
    for row in persons:
        own = given_rows[row["person"]]
        judged = judge(own, conventions)
        whole = of_person(row["person"], own, judged, conventions)
        whole |= both_ways(own, conventions)
        same = {name: whole.get(name) for name in row if name != "checked"}
        assert {name: value for name, value in row.items() if name != "checked"} == same


@given(practices(), CONVENTIONS)
@proof(120)
def test_no_rule_of_pace_or_stop_finds_anything_of_those_left_out(text: str, conventions: Conventions) -> None:
    rows = rows_of(text)
    given_rows = by_person(rows)
    for row in audited(rows, conventions)["persons"].to_pylist():
        if not row["checked"]:
            report = judge(given_rows[row["person"]], conventions).report
            assert report is not None
            assert {finding.code for finding in report.findings if finding.code.startswith("T1")} <= {"T117"}
            assert row["status"] in ("on treatment", "too early to say")


@given(practices(), CONVENTIONS)
@proof(80)
def test_the_report_of_a_person_is_that_of_taper_check(text: str, conventions: Conventions) -> None:
    """Person by person, finding by finding: the rows of the table are those of the file."""
    rows, given_rows = rows_of(text), by_person(rows_of(text))
    audited_findings: dict[str, list[dict[str, Any]]] = {}
    for finding in audited(rows, conventions)["findings"].to_pylist():
        audited_findings.setdefault(finding["person"], []).append(finding)
    for person, reading in read_people(text, supplied=conventions.supplies):
        judged = judge(given_rows[person], conventions)
        if not isinstance(reading, Reading) or judged.report is None:
            assert judged.error
            continue
        report = checking.check(reading.schedule(), guidelines=conventions.guidelines or None)
        own, other = report_data(judged.report), report_data(report)
        for name in ("findings", "judged_by"):  # rules that need an order are left out, and would say only so
            assert json.dumps(own[name]) == json.dumps(other[name])
        if person in audited_findings:
            assert audited_findings[person] == list(findings_of(person, judged))


def test_most_of_a_practice_is_left_out() -> None:
    """People on a constant dose with early refills and short gaps, and slow tapers within every limit."""
    text = "person,date,drug,strength,quantity,days_supply\n"
    for person in range(20):
        day, tablets = date(2024, 1, 1), 120
        for _ in range(8):
            text += f"{person},{day},diazepam,5 mg,{tablets},30\n"
            day += timedelta(days=26 + person % 9)
            tablets -= 3 if person % 9 == 4 else 0
    persons = audited(rows_of(text), Conventions(date(2024, 8, 1)))["persons"].to_pylist()
    assert [row["person"] for row in persons if row["checked"]] == []
