"""Judge an order by what it adds: the findings of the checker with it that are not there without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from taper import catalog
from taper.checker.checking import check
from taper.finding import Finding, Report, Severity
from taper.schedule.schedule import Schedule

OF_THE_RECORD = frozenset(("T401",))
"""Rules about days of which nothing is recorded: true of the record, and nothing that an order does."""


class Found(NamedTuple):
    """What a rule found that an order adds.

    Attributes:
        finding: The finding, as the checker reports it.
        gravest: The gravest of its runs of days that are new.
        others: The others that are new.
    """

    finding: Finding
    gravest: Finding
    others: tuple[Finding, ...] = ()

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.gravest.severity

    @property
    def of_pace(self) -> bool:
        """Whether it is about how fast the dose changes."""
        return self.finding.code.startswith("T1")


class Judgment(NamedTuple):
    """What the checker says of an order.

    Attributes:
        report: Its report on what is taken before and with the order.
        found: What the order adds, the gravest first.
        before: What was so without the order, and still is.
    """

    report: Report
    found: tuple[Found, ...]
    before: tuple[Finding, ...]

    @property
    def is_worth_a_card(self) -> bool:
        """Whether anything of it is about pace, or more than a note: other notes would bury what matters."""
        return any(found.of_pace or found.severity > Severity.NOTE for found in self.found)

    @property
    def worst(self) -> Severity | None:
        """The highest severity of what the order adds; None if it adds nothing."""
        return max((found.severity for found in self.found), default=None)


def report_on(schedule: Schedule, guidelines: Sequence[str], country: str | None) -> Report:
    """Check a schedule by the guidelines of this service: those named, else those of its country.

    Args:
        schedule: The schedule.
        guidelines: Ids of guidelines; none for those of the country.
        country: Two-letter code; None for the checker's own choice.
    """
    if not guidelines and country is not None:
        guidelines, _ = catalog.default_guidelines(country, schedule.drugs)
    return check(schedule, guidelines=list(guidelines) or None)


def judged(before: Report, after: Report) -> Judgment:
    """Return what an order adds to what the checker says without it."""
    known = {(finding.code, run.message) for finding in before.findings for run in _runs(finding)}
    found, old = [], []
    for finding in after.findings:
        new = [run for run in _runs(finding) if (finding.code, run.message) not in known]
        if new and finding.code not in OF_THE_RECORD:
            gravest = max(new, key=lambda run: run.severity.rank)
            found.append(Found(finding, gravest, tuple(run for run in new if run is not gravest)))
        elif not new:
            old.append(finding)
    found.sort(key=lambda one: (-one.severity.rank, not one.of_pace))
    return Judgment(after, tuple(found), tuple(old))


def _runs(finding: Finding) -> tuple[Finding, ...]:
    return finding.runs or (finding,)


def shared(judgment: Judgment, drugs: Sequence[str]) -> dict[str, Judgment]:
    """Give each finding to the drug that it names, else to the first."""
    shares: dict[str, list[Found]] = {drug: [] for drug in drugs}
    for found in judgment.found:
        text = f"{found.gravest.message} {found.gravest.detail}".lower()
        shares[next((drug for drug in drugs if drug in text), drugs[0])].append(found)
    return {drug: Judgment(judgment.report, tuple(found), judgment.before) for drug, found in shares.items()}
