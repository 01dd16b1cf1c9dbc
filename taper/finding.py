"""The result of a check: findings, rules that could not be evaluated, and the report of both.

Findings are values, never exceptions. A rule that cannot be evaluated says so: silence always
means that the rule looked and found nothing.

>>> Severity.NOTE < Severity.ALERT, str(Severity.WARNING)
(True, 'warning')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum

from taper.source import Source
from taper.values import Framed, dataclass


class Severity(StrEnum):
    """How much a finding matters, lowest first; severities compare in this order."""

    NOTE = "note"
    WARNING = "warning"
    ALERT = "alert"

    @property
    def rank(self) -> int:
        """0 for a note, 1 for a warning, 2 for an alert."""
        return _RANKS[self]

    # str compares by letters, in which an alert would come first.
    def __lt__(self, other: str) -> bool:
        return self.rank < Severity(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Severity(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Severity(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Severity(other).rank


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a clinician should know about a schedule.

    Attributes:
        code: Code of the rule.
        severity: How much it matters.
        message: One line in plain words: what, when, the measured value and the limit.
        step: Number of the step concerned; None if it is about no single step.
        on: First day concerned.
        until: Last day concerned.
        measured: The measured value, exact: a decimal, or numerator/denominator; empty if none.
        limit: The limit it was compared with, written the same way.
        sources: Where the limit is printed, to the page; empty if the rule needs none.
        advice: What could be done.
        detail: What the line leaves out: the basis of the limit, what else was measured; may be empty.
        runs: All that the rule found, each run of days with a line of its own, in the order of the days; empty if
            it found one thing. A report has one finding a rule, and that finding is the gravest of these.
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
    detail: str = ""
    runs: tuple[Finding, ...] = ()

    @property
    def others(self) -> int:
        """How many more things the rule found, beside that of the message; none where the message speaks of all."""
        own = any(run.message == self.message for run in self.runs)
        return len(self.runs) - 1 if own else 0


def folded(findings: Iterable[Finding]) -> Finding:
    """Put what one rule found into one finding: the gravest, then the first, with all of them as its runs.

    >>> one = folded([Finding("T101", Severity.NOTE, "a"), Finding("T101", Severity.ALERT, "b")])
    >>> one.message, one.others, [run.message for run in one.runs]
    ('b', 1, ['a', 'b'])
    """
    runs = tuple(sorted(findings, key=lambda finding: (finding.on or date.min, finding.step or 0)))
    gravest = max(runs, key=lambda finding: finding.severity.rank)
    if len(runs) == 1:
        return gravest
    sources = dict.fromkeys(source for finding in (gravest, *runs) for source in finding.sources)
    return replace(gravest, sources=tuple(sources), runs=runs)


def one_a_rule(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put the findings of each rule into one, the rules in the order in which they come."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    return tuple(folded(found) for found in by_code.values())


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """A rule, or a part of it, that could not be evaluated.

    Attributes:
        code: Code of the rule.
        reason: What was missing, in the same words for every rule that misses the same.
        about: What the rule would have looked at, such as "liver disease"; may be empty.
    """

    code: str
    reason: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """What could not be evaluated for one and the same reason.

    Attributes:
        reason: What was missing.
        about: What would have been looked at.
        codes: Codes of the rules.
    """

    reason: str
    about: tuple[str, ...]
    codes: tuple[str, ...]

    def __str__(self) -> str:
        about = f"{', '.join(self.about)}: " if self.about else ""
        return f"{about}{self.reason} ({', '.join(in_runs(self.codes))})"


def in_runs(codes: tuple[str, ...], run_of: str = "{low} to {high}") -> Iterator[str]:
    """Write codes with numbers that follow each other as one: T301 to T303.

    Args:
        codes: The codes, in order.
        run_of: How the first and the last of a run are written.
    """
    run: list[str] = []
    for code in (*codes, ""):
        if run and code[:1] == run[-1][:1] and code[1:].isdigit() and int(code[1:]) == int(run[-1][1:]) + 1:
            run.append(code)
            continue
        if run:
            yield from run if len(run) < 3 else (run_of.format(low=run[0], high=run[-1]),)
        run = [code]


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
class Report(Framed):
    """The complete result of a check, in the order of the days.

    Attributes:
        findings: Findings, one a rule, also those that were acknowledged.
        not_evaluated: Rules that could not be evaluated, with the reason.
        acknowledged: Acknowledgments of the order that match a finding.
        judged_by: One sentence: by which guidelines the pace was judged, and why by these; empty if none was.
    """

    findings: tuple[Finding, ...] = ()
    not_evaluated: tuple[NotEvaluated, ...] = ()
    acknowledged: tuple[Acknowledged, ...] = ()
    judged_by: str = ""

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

    @property
    def gravest_first(self) -> tuple[Finding, ...]:
        """The findings, those that matter most first; among these in the order of the days."""
        return tuple(sorted(self.findings, key=lambda finding: -finding.severity.rank))

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What could not be evaluated, once for each reason.

        >>> missing = [NotEvaluated(code, "not recorded in the order", what) for code, what in (("T304", "age"),)]
        >>> missing += [NotEvaluated("T305", "not recorded in the order", "liver disease")]
        >>> print(*Report(not_evaluated=tuple(missing)).skipped)
        age, liver disease: not recorded in the order (T304, T305)
        """
        by_reason: dict[str, list[NotEvaluated]] = {}
        for entry in self.not_evaluated:
            by_reason.setdefault(entry.reason, []).append(entry)
        return tuple(
            Skipped(
                reason,
                tuple(dict.fromkeys(entry.about for entry in entries if entry.about)),
                tuple(dict.fromkeys(entry.code for entry in entries)),
            )
            for reason, entries in by_reason.items()
        )

    def acknowledgments(self, code: str) -> tuple[Acknowledged, ...]:
        """Return what was acknowledged of a rule's findings, to be printed beside them."""
        return tuple(entry for entry in self.acknowledged if entry.code == code)


Outcome = Finding | NotEvaluated
