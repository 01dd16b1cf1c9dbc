"""Every rule has its cases, and says in each exactly what the case expects."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from taper import catalog
from taper.checker import UNMATCHED, check
from taper.errors import TaperError
from taper.finding import Finding, NotEvaluated, Rule, rule
from taper.rules import RULES
from taper.rules.case import Case
from tests.cases_of_rules import cases, schedule_of, table

ALL = list(cases())
BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
WITH_AMOUNT = {"window_ceiling", "first_cut", "interval", "step", "last_dose", "crossover"}


@pytest.mark.parametrize(("code", "case"), ALL, ids=[f"{code}: {case['name']}" for code, case in ALL])
def test_a_rule_says_exactly_what_its_case_expects(code: str, case: dict[str, Any]) -> None:
    """Severity, step, measured value and limit as written; nothing more, nothing less."""
    report = check(schedule_of(case), [BY_CODE[code]], guidelines=case.get("guidelines"), tables=case.get("tables"))
    expected = case.get("expect", [])
    assert len(report.findings) == len(expected), report.findings
    for finding in report.findings:
        assert finding.code == code
    left = list(report.findings)
    for wanted in expected:
        found = next((f for f in left if _matches(f, wanted)), None)
        assert found is not None, (wanted, left)
        left.remove(found)
    reasons = [entry.reason for entry in report.not_evaluated]
    if "not_evaluated" in case:
        assert any(case["not_evaluated"] in reason for reason in reasons), reasons
    else:
        assert reasons == []


def _matches(finding: Finding, wanted: dict[str, Any]) -> bool:
    return (
        finding.severity == wanted["severity"]
        and finding.step == wanted.get("step", finding.step)
        and finding.measured == wanted.get("measured", finding.measured)
        and finding.limit == wanted.get("limit", finding.limit)
        and wanted.get("says", "") in finding.message
        and len(finding.sources) == wanted.get("sources", len(finding.sources))
    )


def test_every_rule_has_all_kinds_of_cases() -> None:
    """A finding, a near miss that stays silent, one not evaluated; where there is a number also below and at it."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for code, case in ALL:
        kinds[code].add(case["kind"])
        assert case["kind"] != "near miss" or "expect" not in case, case["name"]
        assert (case["kind"] == "not evaluated") == ("not_evaluated" in case), case["name"]
        assert case["kind"] != "above" or case["expect"], case["name"]
    assert kinds.keys() == BY_CODE.keys()
    for code, entry in BY_CODE.items():
        assert {"above", "near miss", "not evaluated"} <= kinds[code] | (
            {"near miss"} if "below" in kinds[code] else set()
        )
        if WITH_AMOUNT & set(entry.kinds):
            assert {"below", "at"} <= kinds[code], code


def test_codes_are_unique_and_sorted() -> None:
    """A code names one rule, and RULES shows them in order."""
    codes = [entry.code for entry in RULES]
    assert codes == sorted(set(codes))
    assert UNMATCHED not in codes


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.code)
def test_every_rule_explains_itself(entry: Rule) -> None:
    """Name, version, and the three parts of the docstring."""
    assert entry.name
    assert entry.since
    for heading in ("What", "Why", "What to do"):
        assert len(entry.section(heading)) > 20, heading


def test_every_kind_of_limit_in_the_data_is_read_by_a_rule() -> None:
    """No limit ships that nothing looks at, and no rule reads a kind that no guideline has."""
    shipped = {limit.kind for name in catalog.guidelines() for limit in catalog.guideline(name).limits}
    assert {kind for entry in RULES for kind in entry.kinds} == shipped


@pytest.mark.parametrize("name", catalog.guidelines())
@pytest.mark.parametrize("kind", sorted(WITH_AMOUNT))
def test_every_limit_of_every_guideline_can_speak(name: str, kind: Any) -> None:
    """A reckless schedule breaks each limit of a number, so that none is left out by a slip in a rule."""
    limits = catalog.guideline(name).limits_of(kind)
    reckless = table({"lorazepam": "16x2 0x1 0x1 0x1", "diazepam": "0x2 25x1 5x1 0x1"})
    single = table("80x2 45x1 19x1 8x1 stop")
    found = {
        (finding.limit, finding.sources)
        for schedule in (reckless, single)
        for finding in check(schedule, guidelines=[name], tables=["asam-2025-ashton"]).findings
    }
    sources = {source for _, cited in found for source in cited}
    mildest = [limit for limit in limits if kind != "last_dose" or limit == max(limits, key=lambda x: x.diazepam_mg)]
    assert {limit.source for limit in mildest} <= sources


def test_findings_cite_the_page() -> None:
    """Each finding of pace and person names a source with a locator."""
    for code, case in ALL:
        if code[1] in "13" and code not in ("T104", "T107"):
            for finding in check(schedule_of(case), [BY_CODE[code]], guidelines=case.get("guidelines")).findings:
                assert finding.sources
                assert all(source.locator for source in finding.sources)
                assert finding.advice


def test_a_rule_of_ones_own_is_applied_beside_the_others() -> None:
    """Users add rules without touching the library."""

    @rule("X101", "any day at all", since="1.0")
    def my_rule(case: Case) -> list[Finding | NotEvaluated]:
        """Says something about every schedule.

        What: Anything at all, for the sake of the example.
        Why: Because a house may have rules of its own.
        What to do: Nothing in particular, it is an example.
        """
        return [NotEvaluated("X101", f"{len(case.stretches)} stretches")]

    report = check(table("20x14 18x14"), (*RULES, my_rule))
    assert NotEvaluated("X101", "2 stretches") in report.not_evaluated


def test_a_rule_that_does_not_explain_itself_is_refused() -> None:
    """The docstring's sections are part of a rule."""

    def silent(_: Case) -> list[Finding | NotEvaluated]:
        """Says nothing."""
        return []

    with pytest.raises(TaperError, match="What:"):
        rule("X101", "silent", since="1.0")(silent)
    with pytest.raises(TaperError, match="three digits"):
        rule("X1", "silent", since="1.0")
