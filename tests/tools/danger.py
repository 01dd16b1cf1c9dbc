"""Print how the checker does on the danger corpus: ``python -m tests.tools.danger``."""

from __future__ import annotations

from statistics import mean, median

from taper.finding import Severity
from tests.support.danger import SPLITTING, Judged, corpus


def _row(judged: Judged) -> str:
    counts = [judged.count(severity) for severity in (Severity.ALERT, Severity.WARNING, Severity.NOTE)]
    found = "refused" if judged.report is None else " ".join(f"{n:2d}" for n in counts)
    return f"{'ok  ' if judged.is_right else 'FAIL'} {judged.expect:8} {found:9} {judged.name}: {judged.reason}"


def main() -> None:
    """Print a row an entry, then sensitivity, and warnings, notes and findings per conform schedule."""
    judged = list(corpus())
    print("           alerts, warnings, notes (findings on splitting aside)")
    print(*map(_row, judged), sep="\n")
    dangerous = [entry for entry in judged if entry.is_dangerous]
    conform = [entry for entry in judged if not entry.is_dangerous]
    flagged = sum(entry.is_right for entry in dangerous)
    warnings = [entry.count(Severity.ALERT) + entry.count(Severity.WARNING) for entry in conform]
    notes = [entry.count(Severity.NOTE) for entry in conform]
    findings = [sum(f.code not in SPLITTING for f in entry.report.findings) for entry in conform if entry.report]
    print(f"\nDangerous: {flagged} of {len(dangerous)} flagged as they must be ({flagged / len(dangerous):.1%})")
    print(f"Conform: {len(conform)}; warnings per schedule {mean(warnings):.2f}; notes per schedule {mean(notes):.2f}")
    print(f"Findings per conform schedule: median {median(findings):g}, most {max(findings)}")


if __name__ == "__main__":
    main()
