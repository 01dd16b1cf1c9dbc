"""T201 and T213: days without a drug are never silent, and said once, in one line, as what they are."""

from __future__ import annotations

from collections import Counter

import pytest

from taper import catalog
from taper.checker.checking import check
from taper.checker.days_without import HYPNOTICS, stances
from taper.checker.rules import RULES
from taper.finding import Finding, Severity
from taper.order.order import parse_order, read_order
from taper.planner.planning import plan
from tests.support.cases import table

RULES_OF_DAYS = [rule for rule in RULES if rule.code in ("T201", "T213")]
EMPOWER = (
    "100x14 50/100/100/100/50/100/100x14 50/100/50/50/100/50/50x14 50x14 50/25/50/50/25/50/50x14 "
    "50/25/50/25/50/25/50x14 25/25/50/25/25/50/25x14 25x14 0/25/0/0/25/0/25x14 0x14"
)
ALTERNATING = "10x1 0x1 10x1 0x1 10x1"
WEEKLY = "10x14 0/10/0/10/0/10/10x28 stop"


def found(drug: str, line: str, *guidelines: str) -> Finding:
    (finding,) = check(table({drug: line}), RULES_OF_DAYS, guidelines=guidelines).findings
    return finding


def hypnotic(drug: str) -> bool:
    return catalog.drug(drug).code("ATC").startswith(HYPNOTICS)


@pytest.mark.parametrize("line", [ALTERNATING, WEEKLY])
@pytest.mark.parametrize("chosen", [[], ["asam-2025"], *([name] for name in catalog.guidelines())], ids=str)
def test_days_without_any_drug_are_told_whatever_guideline_is_chosen(chosen: list[str], line: str) -> None:
    """A warning for each drug that is no sleeping pill, a note for those; who is against is always named."""
    for drug in ("alprazolam", "diazepam", "clonazepam", "zopiclone", "temazepam"):
        finding = found(drug, line, *chosen)
        assert finding.severity is (Severity.NOTE if hypnotic(drug) else Severity.WARNING)
        assert "ASAM 2025" in finding.message
        assert ("(not chosen)" in finding.message) == (not hypnotic(drug) and "asam-2025" not in chosen)
        assert f"ASAM 2025{'' if 'asam-2025' in chosen else ' (not chosen)'}" in finding.detail


@pytest.mark.parametrize("drug", sorted(catalog.drugs()))
@pytest.mark.parametrize("line", [ALTERNATING, WEEKLY, EMPOWER, "10x1 5x1 10x1 5x1"])
def test_each_line_fits(drug: str, line: str) -> None:
    """At most 140 characters, of the finding and of each of its runs, for every drug and every chosen guideline."""
    for chosen in (
        [],
        *([name] for name in catalog.guidelines() if catalog.guideline(name).limits_of("drug_free_days")),
    ):
        finding = found(drug, line, *chosen)
        assert all(len(text) <= 140 for text in (finding.message, *(run.message for run in finding.runs)))


def test_the_booklet_is_one_note_with_a_line_for_each_pattern() -> None:
    """Six of its nine steps differ by weekday; the last leaves four nights a week without a dose."""
    finding = found("zopiclone", EMPOWER, "asam-2025")
    assert finding.severity is Severity.NOTE
    assert finding.message == (
        "In 6 of 9 steps the doses differ by weekday; the last leaves nights without any. "
        "Accepted by EMPOWER; ASAM 2025 advises against."
    )
    assert [run.measured for run in finding.runs] == ["1/7", "0.25", "1/7", "1/12", "2/11", "4/7"]
    assert finding.runs[-1].message == (
        "27 April to 10 May 2026: no dose on 4 days, 25 mg on Tue, Fri and Sun; "
        "about 10.71 mg on average, about 57.1% lower than before."
    )
    assert all(run.severity is Severity.NOTE for run in finding.runs)


def test_the_preset_audits_with_one_finding_a_kind() -> None:
    """The example order: each code once, and T213 a note."""
    report = check(plan(read_order("examples/empower.toml")))
    assert set(Counter(finding.code for finding in report.findings).values()) == {1}
    assert [f.severity for f in report.findings if f.code == "T213"] == [Severity.NOTE]


def test_each_source_is_named_once() -> None:
    """In the detail by its short name, and among the sources with its page."""
    for finding in (found("zopiclone", EMPOWER, "hus"), found("alprazolam", ALTERNATING, "hus", "asam-2025")):
        assert len(finding.sources) == len(set(finding.sources)) == len(stances())
        for guideline, limit in stances():
            assert finding.detail.count(guideline.short) == 1
            assert limit.source in finding.sources


def test_days_that_are_an_interruption_are_left_to_the_rule_of_stops() -> None:
    """Two days or more without anything above the allowance: T201 speaks of single days, and counts no others."""
    assert check(table("20x14 0x2 20x14"), RULES_OF_DAYS).findings == ()
    assert found("diazepam", "20x14 0x2 20x2 0x1 20x2").measured == "1"
    assert found("diazepam", "0.5x14 0x2 0.5x14").measured == "2"


def test_days_off_in_the_pattern_of_today_are_a_warning_and_the_same_days_ordered_an_alert() -> None:
    """Whatever is ordered, they are taken so already: only what is ordered can be changed."""
    week = {day: {"bedtime": "2 mg"} for day in ("Monday", "Tuesday", "Wednesday", "Thursday")}
    data = {
        "drug": "clonazepam",
        "country": "US",
        "start": "2026-03-02",
        "current": {"weekly": {"usual": "0 mg"} | week},
        "product": [{"name": "clonazepam tablet 0.5 mg", "split": "halves"}],
    }
    ordered = {"usual": "0 mg"} | dict.fromkeys(week, "1.5 mg")
    for phase, severity in (
        ({"doses": ["1 mg", "0.5 mg", "0 mg"], "every": "2 weeks"}, Severity.WARNING),
        ({"weekly": [ordered], "every": "2 weeks", "until": "0 mg"}, Severity.ALERT),
    ):
        findings = [f for f in check(plan(parse_order(data | {"phase": [phase]}))).findings if f.code == "T106"]
        assert [f.severity for f in findings] == [severity]
        assert findings[0].measured == "3"
