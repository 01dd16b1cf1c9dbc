"""What is recorded of the person is always spoken of, in one line, whatever guideline was chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from taper import catalog
from taper.checker import statements
from taper.checker.case import Case
from taper.checker.checking import check
from taper.checker.rules import RULES
from taper.finding import Finding, Report, Severity
from taper.order.order import parse_order
from taper.order.patient import Patient
from taper.quantity import Mg
from taper.schedule.schedule import Schedule
from tests.support.cases import ORDER, table

FACTS = {
    "opioid": "T301",
    "pregnant": "T302",
    "seizures": "T303",
    "liver": "T305",
    "alcohol": "T307",
    "sedative": "T310",
    "lung": "T311",
    "kidney": "T312",
    "breastfeeding": "T313",
    "complicated_withdrawal": "T314",
    "epilepsy": "T315",
    "suicidal": "T316",
}
"""The facts that are true or false, with the rule of each."""

PERSON = [rule for rule in RULES if rule.code.startswith("T3")]
LINE = 140


def person(doses: str | dict[str, str] = "20x14 18x14", **facts: Any) -> Schedule:
    """Return a schedule whose order records these facts and nothing else about the person."""
    return replace(table(doses), order=parse_order(ORDER | {"review_every": "2 weeks", "patient": facts}))


def of(report: Report, code: str) -> list[Finding]:
    """Return the findings of one rule."""
    return [finding for finding in report.findings if finding.code == code]


def test_every_fact_has_a_rule() -> None:
    """No fact can be recorded that nothing speaks of."""
    assert {*FACTS, "age", "weeks_of_use", "days_per_week"} == set(Patient.model_fields)


@pytest.mark.parametrize("chosen", [None, *catalog.guidelines()])
@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_recorded_true_is_spoken_of_whatever_guideline_is_chosen(fact: str, chosen: str | None) -> None:
    """One finding of its rule, as grave as under any other choice, with a source; the choice only marks it."""
    guidelines = None if chosen is None else [chosen]
    (finding,) = of(check(person(**{fact: True}), PERSON, guidelines=guidelines), FACTS[fact])
    (asam,) = of(check(person(**{fact: True}), PERSON, guidelines=["asam-2025"]), FACTS[fact])
    assert finding.severity == asam.severity
    assert finding.sources
    spoke = any(limit.source in finding.sources for limit in catalog.guideline(chosen or "asam-2025").limits)
    assert spoke or "(not chosen)" in finding.detail


@pytest.mark.parametrize(("every", "late"), [("92 days", 0), ("93 days", 1), ("3 months", 0), ("4 months", 1)])
def test_with_an_opioid_three_months_are_the_longest_time_between_reviews(every: str, late: int) -> None:
    """92 days are the longest three months; reviews further apart are found beside the opioid itself."""
    order = parse_order(ORDER | {"review_every": every, "patient": {"opioid": True}})
    (finding,) = of(check(replace(table("20x14 18x14"), order=order)), "T301")
    assert len(finding.runs or (finding,)) == 1 + late


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_recorded_false_is_silent(fact: str) -> None:
    """Neither a finding nor a line that it is not recorded."""
    report = check(person(**{fact: False}), PERSON)
    assert not report.findings
    assert FACTS[fact] not in {entry.code for entry in report.not_evaluated}


@pytest.mark.parametrize("drug", sorted(catalog.drugs()))
def test_each_line_fits_and_is_plain_for_every_drug(drug: str) -> None:
    """At most 140 characters, no key of the order, an end of a sentence; whatever is recorded and chosen."""
    facts: dict[str, Any] = dict.fromkeys(FACTS, True) | {"age": 85, "weeks_of_use": 3}
    for doses in ({drug: "400.125x14 20x14"}, {drug: "400.125x14 0x14", "diazepam": "0x14 90.125x14"}):
        for chosen in catalog.guidelines():
            report = check(person(doses, **facts), PERSON, guidelines=[chosen])
            for run in (run for finding in report.findings for run in (finding, *finding.runs)):
                assert len(run.message) <= LINE, run.message
                assert run.message.endswith("."), run.message
                assert not any(key in f"{run.message} {run.advice}" for key in ("review_every", "_", "[", "None"))


def test_what_is_not_recorded_is_one_line() -> None:
    """Every rule that misses a fact says so in the same words."""
    report = check(person(), PERSON)
    (line,) = [skipped for skipped in report.skipped if skipped.reason == "not recorded in the order"]
    assert len(line.about) == len(FACTS) + 2  # the age and the weeks of use
    assert line.codes == tuple(rule.code for rule in PERSON if rule.code != "T309")


def test_a_fact_of_which_nothing_was_read_is_a_note_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recorded, no source: it is not passed over."""
    monkeypatch.setattr(statements, "packaged", lambda *_: ())
    schedule = person(kidney=True)
    case = Case(schedule, (catalog.guideline("wa"),), (), Mg(1))
    (finding,) = next(rule for rule in PERSON if rule.code == "T312")(case)
    assert isinstance(finding, Finding)
    assert (finding.severity, finding.message) == (Severity.NOTE, "Kidney disease. No advice on it was read.")
    assert not finding.sources


def test_sources_of_low_standing_say_nothing_of_the_person() -> None:
    """A forum decides nothing, chosen or not."""
    assert not any(limit.source.standing for _, limit in statements.packaged("person"))


SHORT = {
    "drug": "zolpidem",
    "product": [{"name": "zolpidem tablet 10 mg"}],
    "phase": [{"doses": ["0 mg"], "every": "2 weeks"}],
}
AGAINST = (None, "seizures", "alcohol", "opioid", "sedative", "complicated_withdrawal", "epilepsy", "a high dose")


@pytest.mark.parametrize("against", AGAINST)
def test_a_short_use_is_no_reason_to_stop_at_once_where_something_speaks_against_it(against: str | None) -> None:
    """Two weeks of a Z-drug may end at once by a source, and that is a note; each of these makes it an alert."""
    dose, facts = ("100", {}) if against == "a high dose" else ("10", {against: True} if against else {})
    order = ORDER | SHORT | {"current": {"bedtime": f"{dose} mg"}, "patient": {"weeks_of_use": 2, **facts}}
    schedule = replace(table({"zolpidem": f"{dose}x14 stop"}), order=parse_order(order))
    (stop,) = of(check(schedule), "T106")
    assert stop.severity == (Severity.NOTE if against is None else Severity.ALERT)


@pytest.mark.parametrize(
    "facts", [{"age": 65}, *({name: True} for name in ("opioid", "alcohol", "sedative", "liver", "lung"))], ids=str
)
def test_a_high_dose_is_an_alert_with_what_makes_it_more_dangerous(facts: dict[str, Any]) -> None:
    """Without any of these it is a warning."""
    found = [of(check(person("41x14 38x14", **given)), "T309")[0] for given in ({}, facts)]
    assert [finding.severity for finding in found] == [Severity.WARNING, Severity.ALERT]
