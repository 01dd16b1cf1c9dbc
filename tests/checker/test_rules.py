"""Every rule has its cases, and says in each exactly what the case expects."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper import catalog
from taper.catalog import Limit
from taper.checker.case import Case
from taper.checker.checking import check
from taper.checker.definition import Rule, rule
from taper.checker.rules import RULES
from taper.errors import TaperError
from taper.finding import Finding, NotEvaluated
from taper.order.order import parse_order
from taper.quantity import Mg, exact_text, percent_text
from taper.schedule.schedule import Schedule
from tests.support.cases import BY_CODE, ORDER, cases, recorded, report_of, said, schedule_of, table

ALL = list(cases())
SAID = recorded()
"""All sentences of each case; `python -m tests.tools.golden` writes them anew."""
WITH_AMOUNT = {"window_ceiling", "first_cut", "interval", "step", "last_dose", "crossover", "total_time"}
WITH_AMOUNT |= {"review", "specialist", "switch_dose"}
WITH_NUMBER = {"T118", "T208", "T214", "T215", "T218", "T304", "T306", "T308"}
"""Rules that hold a number of the order or of a drug, not of a guideline's kind, against a limit."""

LIMITS = [(name, limit) for name in catalog.guidelines() for limit in catalog.guideline(name).limits]


@pytest.mark.parametrize(("code", "case"), ALL, ids=[f"{code}: {case['name']}" for code, case in ALL])
def test_a_rule_says_exactly_what_its_case_expects(code: str, case: dict[str, Any]) -> None:
    """Severity, step, days, measured value, limit and every sentence as written; nothing more, nothing less."""
    report = report_of(code, case)
    expected = case.get("expect", [])
    left = [finding for finding in report.findings if finding.code == code]
    assert len(left) == len(expected), report.findings
    assert case.get("beside") or len(left) == len(report.findings)
    for wanted in expected:
        found = next((f for f in left if _matches(f, wanted)), None)
        assert found is not None, (wanted, left)
        left.remove(found)
    reasons = [f"{entry.about}: {entry.reason}" for entry in report.not_evaluated if entry.code == code]
    if "not_evaluated" in case:
        assert any(case["not_evaluated"] in reason for reason in reasons), reasons
    else:
        assert reasons == []
    assert said(code, case, report) == SAID[f"{code}: {case['name']}"]


def _matches(finding: Finding, wanted: dict[str, Any]) -> bool:
    return (
        finding.severity == wanted["severity"]
        and finding.step == wanted.get("step", finding.step)
        and finding.measured == wanted.get("measured", finding.measured)
        and finding.limit == wanted.get("limit", finding.limit)
        and str(finding.on or "") == wanted.get("on", "")
        and str(finding.until or "") == wanted.get("until", "")
        and wanted.get("says", "") in f"{finding.message} {finding.detail}"
        and wanted.get("advises", "") in finding.advice
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
        if WITH_AMOUNT & set(entry.kinds) or code in WITH_NUMBER:
            assert {"below", "at"} <= kinds[code], code


def test_codes_are_unique_and_sorted() -> None:
    """A code names one rule, and RULES shows them in order."""
    codes = [entry.code for entry in RULES]
    assert codes == sorted(set(codes))


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


FACTS: dict[str, Any] = {
    "age": 90,
    "days_per_week": 7,
    "pregnant": True,
    "opioid": True,
    "alcohol": True,
    "seizures": True,
    "liver": True,
    "kidney": True,
    "lung": True,
    "sedative": True,
    "breastfeeding": True,
    "complicated_withdrawal": True,
    "epilepsy": True,
    "suicidal": True,
}
RECKLESS: list[str | dict[str, str]] = [
    "80x2 45x1 16x1 8x1 4x1 stop",
    "20x14 stop",
    "20x14 18x14 20x14 0x1 18x14",
    {"lorazepam": "16x2 0x1 0x1 0x1", "diazepam": "0x2 25x1 5x1 0x1"},
    {"lorazepam": "16x2 0x1", "diazepam": "0x2 80x1"},
    *({drug: "20x2 8x2 stop"} for drug in ("alprazolam", "clonazepam", "clobazam", "nitrazepam", "zopiclone")),
    *({drug: "20x14 stop"} for drug in ("zolpidem", "zaleplon")),
]


def reckless() -> list[Schedule]:
    """Schedules that break every limit there is, for people of whom every guideline has something to say."""
    people = [FACTS | {"weeks_of_use": weeks} for weeks in (3, 40, 600)]
    people.append({"weeks_of_use": 2, "days_per_week": 7})
    orders = [parse_order(ORDER | {"patient": facts}) for facts in people]
    return [replace(table(line), order=order) for line in RECKLESS for order in orders]


@pytest.mark.parametrize(
    ("name", "limit"), LIMITS, ids=[f"{name} {limit.kind} {n}" for n, (name, limit) in enumerate(LIMITS)]
)
def test_every_limit_can_speak(name: str, limit: Limit) -> None:
    """Each row alone, not only each kind: a rule that reads it cites it, with its number."""
    alone = replace(catalog.guideline(name), limits=(limit,))
    readers = [entry for entry in RULES if entry.reads(limit)]
    assert readers, f"no rule reads {limit.kind} {limit.topic}"
    tables = (catalog.table("asam-2025-ashton"),)
    found = [
        finding
        for schedule in reckless()
        for entry in readers
        for finding in entry(Case(schedule, (alone,), tables, Mg(1)))
        if isinstance(finding, Finding) and limit.source in finding.sources
    ]
    assert found
    amount = next((x for x in (limit.fraction, limit.diazepam_mg, limit.mg, limit.days) if x is not None), None)
    if amount is not None:
        value = amount.value if isinstance(amount, Mg) else Fraction(amount)
        of_the_row = any(f"{limit.diazepam_mg} or less" in finding.detail for finding in found)  # T105 names it beside
        assert exact_text(value) in {finding.limit for finding in found} or (limit.kind == "last_dose" and of_the_row)


@pytest.mark.parametrize(
    ("code", "guideline", "doses"),
    [
        ("T101", "asam-2025", "40x14 {30}x14"),
        ("T101", "canada-casn", "40x14 {35}x14"),
        ("T102", "asam-2025", "40x14 {36}x14"),
        ("T105", "maudsley-2024", "4x14 {1.25+}x14 stop"),
        ("T108", "nhs-scotland", "40x14 {39}x14"),
        ("T108", "novadic", "40x14 {30}x14"),
        ("T110", "asam-2025", "40x14 {10+}x14 stop"),
        ("T309", "wa", "{40+}x14 30x14"),
    ],
)
@given(places=st.integers(1, 12))
def test_a_message_shows_enough_digits_to_see_the_difference(
    code: str, guideline: str, doses: str, places: int
) -> None:
    """Whatever little a value lies above the limit, the two are not written alike."""
    epsilon = Fraction(1, 10**places)
    line = re.sub(r"\{(\d+)\}", lambda found: exact_text(Fraction(found[1]) - epsilon), doses)
    line = re.sub(r"\{([\d.]+)\+\}", lambda found: exact_text(Fraction(found[1]) + epsilon), line)
    order = parse_order(ORDER | {"check": {"tail_allowance": "0 mg"}})
    (finding,) = check(replace(table(line), order=order), [BY_CODE[code]], guidelines=[guideline]).findings
    measured, limit = Fraction(finding.measured), Fraction(finding.limit)
    assert measured > limit
    texts = [percent_text(measured, 1, unlike=limit), percent_text(measured / 100, 2, unlike=limit / 100)]
    texts[1] = texts[1].replace("%", " mg")
    texts = [text.replace("~", "about ") for text in texts]
    (text,) = [text for text in texts if text in finding.message]
    number = text.removeprefix("about ").removesuffix("%").removesuffix(" mg")
    assert Fraction(number) != limit * (100 if text.endswith("%") else 1)


def test_findings_cite_the_page() -> None:
    """Each finding of pace and person names a source with a locator."""
    for code, case in ALL:
        # no limit of a source is what these compare with
        own = ("T104", "T107", "T112", "T115", "T116", "T117", "T118")
        no_value = code == "T114" and "not_evaluated" in case  # no table that could be cited
        if code[1] in "13" and code not in own and not no_value:
            for finding in check(schedule_of(case), [BY_CODE[code]], guidelines=case.get("guidelines")).findings:
                assert finding.sources or "no guidance" in finding.message
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
        return [NotEvaluated("X101", f"{len(case.daily_levels)} levels")]

    report = check(table("20x14 18x14"), (*RULES, my_rule))
    assert NotEvaluated("X101", "2 levels") in report.not_evaluated


def test_a_rule_that_does_not_explain_itself_is_refused() -> None:
    """The docstring's sections are part of a rule."""

    def silent(_: Case) -> list[Finding | NotEvaluated]:
        """Says nothing."""
        return []

    with pytest.raises(TaperError, match="What:"):
        rule("X101", "silent", since="1.0")(silent)
    with pytest.raises(TaperError, match="three digits"):
        rule("X1", "silent", since="1.0")


def test_each_rule_says_the_version_that_brought_it() -> None:
    """The changelog of a version names its new rules; those of the first one are all others."""
    named = "T117 T118 T215 T216 T218 T310 T311 T312 T313 T314 T315 T316 T415"
    assert {rule.code for rule in RULES if rule.since == "0.2.0"} == set(named.split())
    assert {rule.since for rule in RULES} == {"0.1.0", "0.2.0"}
