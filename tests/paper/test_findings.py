"""What the checker found is shown first in one line each; the rest, and many sources, in few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from taper import catalog
from taper.checker.checking import check
from taper.exchange.plan_document import report_data
from taper.finding import Acknowledged, Finding, NotEvaluated, Report, Severity, folded
from taper.order.order import parse_order
from taper.paper.phrases import Phrases
from taper.paper.renderers import render
from taper.paper.request import PrintRequest
from taper.paper.sections.figures import model_facts
from taper.paper.sections.findings import MOST_PRODUCT_ROWS, other_runs, rules_not_evaluated, source_lines, summary
from taper.paper.sheets.clinician import build_clinician_sheet
from taper.paper.words import load
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from taper.source import Source

PRINTED = date(2026, 1, 2)
GUIDELINE = Source("A guideline", "2025", "p. 3", "https://example.org", "READ_SECONDARY")
CUTS = folded(
    Finding("T101", severity, f"{dose} mg is cut by half.", step, date(2026, 1, 5 + step), advice="Cut less.")
    for step, dose, severity in (
        (1, 20, Severity.NOTE),
        (2, 10, Severity.WARNING),
        (3, 5, Severity.WARNING),
    )
)
REPORT = Report(
    (
        replace(CUTS, detail="The basis is the current dose.", sources=(GUIDELINE,)),
        Finding("T304", Severity.NOTE, "Old."),
    ),
    (
        NotEvaluated("T301", "not recorded in the order", "opioid"),
        NotEvaluated("T306", "not recorded in the order", "liver disease"),
        NotEvaluated("T306", "no value was read"),
    ),
    (Acknowledged("T101", "as agreed", "Dr. Ada"),),
    "Judged by ASAM 2025 and NHS Scotland, because the order's country is GB.",
)


@pytest.fixture
def schedule(golden: dict[str, Any]) -> Schedule:
    return plan(parse_order(golden))


def rows(country: str, drug: str, number: int) -> tuple[Source, ...]:
    """The sources of so many rows of the catalog, each once."""
    found = dict.fromkeys(source for product in catalog.products(country, drug) for source in product.sources)
    return tuple(found)[:number]


def test_a_summary_counts_gravest_first_and_leaves_out_what_there_is_none_of() -> None:
    kinds = (Severity.NOTE, Severity.ALERT, Severity.NOTE, Severity.WARNING)
    found = tuple(Finding(f"T{number}", severity, "") for number, severity in enumerate(kinds))
    assert summary(Report(found)) == "1 alert, 1 warning, 2 notes"
    assert summary(Report(found[:1])) == "1 note"
    assert summary(Report()) == "No findings."


def test_the_other_runs_are_those_that_the_line_does_not_tell() -> None:
    """Each once, in the order of the days; a run of another severity says so. All, if the line tells none of them."""
    assert (CUTS.message, CUTS.others) == ("10 mg is cut by half.", 2)
    assert other_runs(CUTS) == ("Note: 20 mg is cut by half.", "5 mg is cut by half.")
    assert len(other_runs(replace(CUTS, message="3 cuts by half."))) == 3
    assert other_runs(REPORT.findings[1]) == ()


def test_many_product_rows_are_one_line_and_the_other_sources_stay(golden: dict[str, Any]) -> None:
    """Up to three are listed; the line says how to list the rest. Data keeps all."""
    order = parse_order(golden)
    many = rows("US", "diazepam", 9)
    assert len(many) == 9
    few = Finding("T204", Severity.NOTE, "Split.", sources=(GUIDELINE, *many[:MOST_PRODUCT_ROWS]))
    found = replace(few, sources=(many[0], GUIDELINE, *many[1:]))
    listed = source_lines(few, order)
    assert len(listed) == 1 + MOST_PRODUCT_ROWS
    assert listed[0] == "A guideline (2025), p. 3, https://example.org, cited from a secondary source"
    assert source_lines(found, order) == (listed[0], "9 product rows, see `taper products --country US diazepam`")
    assert len(source_lines(found, None)) == 10, "without an order nothing says of which country the rows are"
    assert len(report_data(Report((found,)))["findings"][0]["sources"]) == 10


def test_product_rows_of_two_drugs_are_a_line_each(golden: dict[str, Any]) -> None:
    switch = {"switch_to": "diazepam", "equivalence": "1 mg = 10 mg", "portion": "1 mg", "every": "1 week"}
    golden |= {"drug": "lorazepam", "current": {"bedtime": "1 mg"}, "phase": [switch, *golden["phase"]]}
    golden["product"] = [*golden["product"], {"name": "lorazepam tablet 1 mg", "split": "halves"}]
    order = parse_order(golden)
    sources = rows("US", "lorazepam", 3) + rows("US", "diazepam", 2)
    assert source_lines(Finding("T210", Severity.NOTE, "", sources=sources), order) == (
        "3 product rows, see `taper products --country US lorazepam`",
        "2 product rows, see `taper products --country US diazepam`",
    )


def test_the_clinicians_sheet_says_the_line_first_and_then_the_rest(schedule: Schedule) -> None:
    sheet = build_clinician_sheet(PrintRequest(schedule, REPORT, printed_on=PRINTED))
    assert (sheet.summary, sheet.judged_by) == ("1 warning, 1 note", REPORT.judged_by)
    first, last = sheet.findings
    assert (first.label, first.message) == ("Warning T101", CUTS.message)
    assert first.runs == ("Note: 20 mg is cut by half.", "5 mg is cut by half.")
    assert (first.advice, first.acknowledged) == (
        "Consider: Cut less.",
        ("Acknowledged by Dr. Ada: as agreed",),
    )
    assert (last.detail, last.runs_title, last.advice, last.sources) == ("", "", "", "")
    assert sheet.not_evaluated == (
        "opioid, liver disease: not recorded in the order (T301, T306)",
        "no value was read (T306)",
    )
    text = render(schedule, REPORT, "text", printed_on=PRINTED, sheet="clinician").decode()
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    line = f"{CUTS.message} (+2 more) Acknowledged by Dr. Ada."
    head = ("1 warning, 1 note", REPORT.judged_by, line, "Rules not applied: ", "Dose and modeled level", "Steps\n")
    rest = (
        "Signature: ",
        "Findings in detail",
        "step 2, ",
        "The basis",
        "    - Note: 20 mg",
        "Consider: ",
        "Source: 1",
    )
    places = [text.index(part) for part in (*head, *rest, "Order\n", "1. A guideline", "Sources for the patient")]
    assert places == sorted(places)


@pytest.mark.parametrize("kind", ["text", "html"])
def test_a_sheet_without_findings_says_so_and_by_what_it_was_judged(schedule: Schedule, kind: Any) -> None:
    clean = replace(REPORT, findings=())
    text = render(schedule, clean, kind, printed_on=PRINTED, sheet="clinician").decode().replace("&#39;", "'")
    assert "No findings from the rules that could be applied." in text
    assert "Judged by ASAM 2025" in text
    assert "Also found" not in text


def test_the_record_counts_each_rule_once_and_says_by_what_the_plan_was_judged(schedule: Schedule) -> None:
    text = render(schedule, REPORT, "text", printed_on=PRINTED, sheet="record").decode()
    assert f"Checked: 1 warning, 1 note (T101, T304); 2 rules not applied. {REPORT.judged_by} T101 ack" in text
    assert rules_not_evaluated(REPORT) == 2
    clean = render(schedule, Report((), REPORT.not_evaluated[:1]), "text", printed_on=PRINTED, sheet="record").decode()
    assert "Checked: no findings; 1 rule not applied. The patient" in clean


def test_the_sheet_has_one_box_a_rule_and_each_line_once(golden: dict[str, Any]) -> None:
    """A plan that halves every week: its fast cuts stand in one box, a line each, and their source once."""
    golden["phase"] = [{"reduce": "50% of current", "every": "1 week", "until": "0 mg"}]
    golden["stop_from"] = "2.5 mg"
    made = plan(parse_order(golden))
    report = check(made)
    sheet = build_clinician_sheet(PrintRequest(made, report, printed_on=PRINTED))
    assert len({finding.label for finding in sheet.findings}) == len(sheet.findings) == len(report.findings)
    for finding, text in zip(report.gravest_first, sheet.findings, strict=True):
        assert len(text.runs) == finding.others
        assert len(set(text.sources.split("; "))) == len(text.sources.split("; "))


def test_guidelines_that_an_order_leaves_to_its_country_are_named(schedule: Schedule) -> None:
    """Among the models each guideline that judged it stands with its id; the order's own line says who chose."""
    assert schedule.order is not None
    free = parse_order({**schedule.order.as_data(), "check": {}, "country": "US"})
    made = replace(schedule, order=free)
    named = [fact.text for fact in model_facts(made, Phrases(made, load("en")))]
    assert "ASAM Joint Clinical Practice Guideline on Benzodiazepine Tapering" in named
    sheet = build_clinician_sheet(PrintRequest(made, check(made), printed_on=PRINTED))
    assert sheet.judged_by == "Judged by ASAM 2025, because the country of the order is US."
