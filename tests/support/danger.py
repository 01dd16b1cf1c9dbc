"""The danger corpus: orders and records that must be flagged, and those that must not, each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taper.checker.checking import check
from taper.errors import OrderError
from taper.finding import Report, Severity
from taper.order.order import read_order
from taper.planner.planning import plan
from tests.support.cases import table

FOLDER = Path(__file__).parent.parent / "data" / "danger"
SPLITTING = frozenset({"T202", "T203", "T204", "T205", "T206", "T209"})
"""Codes of the findings on splitting, which depend on the maker's tablet and not on the taper."""
MOST_NOTES = 3


@dataclass(frozen=True)
class Judged:
    """One entry of the corpus, checked.

    Attributes:
        name: Its name.
        expect: ``alert``, ``warning``, ``error`` or ``conform``.
        reason: Why.
        report: What the checker says; None if the order was refused.
    """

    name: str
    expect: str
    reason: str
    report: Report | None

    @property
    def is_dangerous(self) -> bool:
        return self.expect != "conform"

    @property
    def is_right(self) -> bool:
        """Whether a dangerous entry is flagged as it must be, or a conform one left in peace."""
        if self.report is None or self.expect == "error":
            return self.report is None and self.expect == "error"
        if self.is_dangerous:
            return self.report.worst is not None and self.report.worst >= self.expect
        return not self.count(Severity.ALERT) + self.count(Severity.WARNING) and self.count(Severity.NOTE) <= MOST_NOTES

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity, those on splitting aside."""
        found = self.report.findings if self.report is not None else ()
        return sum(finding.severity is severity and finding.code not in SPLITTING for finding in found)


def entries() -> list[dict[str, Any]]:
    """Return the corpus as it is written down."""
    data: dict[str, list[dict[str, Any]]] = tomllib.loads((FOLDER / "corpus.toml").read_text(encoding="utf-8"))
    return data["case"]


def judge(entry: dict[str, Any]) -> Judged:
    """Plan and check one entry."""
    try:
        schedule = table(entry["doses"]) if "doses" in entry else plan(read_order(FOLDER / f"{entry['name']}.toml"))
        report = check(schedule, guidelines=entry.get("guidelines"))
    except OrderError:
        report = None
    return Judged(entry["name"], entry["expect"], entry["reason"], report)


def corpus() -> Iterator[Judged]:
    """Yield every entry, checked."""
    return map(judge, entries())
