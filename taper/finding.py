"""The result of a check: findings, rules that could not be evaluated, and the report of both.

Findings are values, never exceptions. A rule that cannot be evaluated says so: silence always
means that the rule looked and found nothing.

>>> Severity.NOTE < Severity.ALERT, str(Severity.WARNING)
(True, 'warning')
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from taper.source import Source


class Severity(StrEnum):
    """How much a finding matters, lowest first; severities compare in this order."""

    NOTE = "note"
    WARNING = "warning"
    ALERT = "alert"

    @property
    def rank(self) -> int:
        """0 for a note, 1 for a warning, 2 for an alert."""
        return list(Severity).index(self)

    # str compares by letters, in which an alert would come first.
    def __lt__(self, other: str) -> bool:
        return self.rank < Severity(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Severity(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Severity(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Severity(other).rank


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a clinician should know about a schedule.

    Attributes:
        code: Code of the rule.
        severity: How much it matters.
        message: What was found, in plain sentences, with numbers and the basis of the limit.
        step: Number of the step concerned; None if it is about no single step.
        on: First day concerned.
        until: Last day concerned.
        measured: The measured value, exact: a decimal, or numerator/denominator; empty if none.
        limit: The limit it was compared with, written the same way.
        sources: Where the limit is printed, to the page; empty if the rule needs none.
        advice: What could be done.
    """

    code: str
    severity: Severity
    message: str
    step: int | None = None
    on: date | None = None
    until: date | None = None
    measured: str = ""
    limit: str = ""
    sources: tuple[Source, ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """A rule, or a part of it, that could not be evaluated.

    Attributes:
        code: Code of the rule.
        reason: What was missing.
    """

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A finding that the clinician has seen and goes against; the finding stays in the report.

    Attributes:
        code: Code of the rule.
        reason: Why.
        by: Who.
    """

    code: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Report:
    """The complete result of a check, in the order of the days.

    Attributes:
        findings: Findings, also those that were acknowledged.
        not_evaluated: Rules that could not be evaluated, with the reason.
        acknowledged: Acknowledgments of the order that match a finding.
    """

    findings: tuple[Finding, ...] = ()
    not_evaluated: tuple[NotEvaluated, ...] = ()
    acknowledged: tuple[Acknowledged, ...] = ()

    @property
    def worst(self) -> Severity | None:
        """The highest severity of all findings, or None if there is none."""
        return max((finding.severity for finding in self.findings), default=None)

    def count(self, severity: Severity | str) -> int:
        """Return how many findings have exactly this severity."""
        wanted = Severity(severity)
        return sum(finding.severity is wanted for finding in self.findings)

    def at_or_above(self, severity: Severity | str) -> tuple[Finding, ...]:
        """Return the findings of this severity or a higher one."""
        wanted = Severity(severity)
        return tuple(finding for finding in self.findings if finding.severity >= wanted)

    def acknowledgments(self, code: str) -> tuple[Acknowledged, ...]:
        """Return what was acknowledged of a rule's findings, to be printed beside them."""
        return tuple(entry for entry in self.acknowledged if entry.code == code)


Outcome = Finding | NotEvaluated
