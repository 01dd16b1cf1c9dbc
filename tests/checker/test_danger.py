"""Danger is never quiet, and the rest is short: the danger corpus, entry by entry and as a whole."""

from __future__ import annotations

from statistics import median
from typing import Any

import pytest

from taper.finding import Severity
from tests.support.danger import FOLDER, SPLITTING, corpus, entries, judge


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["name"])
def test_danger_is_flagged_and_conformity_left_in_peace(entry: dict[str, Any]) -> None:
    """Dangerous: at least a warning, an alert where it says so. Conform: no warning, at most three notes."""
    judged = judge(entry)
    told = [(f.code, str(f.severity), f.message) for f in judged.report.findings] if judged.report else "refused"
    assert judged.is_right, (judged.expect, judged.reason, told)


def test_a_conform_schedule_has_few_findings() -> None:
    """Half of them have two findings or fewer, those on splitting aside."""
    reports = [judged.report for judged in corpus() if not judged.is_dangerous]
    counts = [sum(f.code not in SPLITTING for f in report.findings) for report in reports if report is not None]
    assert len(counts) == len(reports) > 15
    assert median(counts) <= 2


def test_every_entry_says_why_and_every_file_is_an_entry() -> None:
    """Each name is there once, with a reason of one line; no order lies beside the corpus unused."""
    names = [entry["name"] for entry in entries()]
    assert len(names) == len(set(names))
    assert all(entry["reason"].strip() and "\n" not in entry["reason"] for entry in entries())
    files = {path.stem for path in FOLDER.glob("*.toml")} - {"corpus"}
    assert files == {entry["name"] for entry in entries() if "doses" not in entry}


def test_the_corpus_holds_both_sides() -> None:
    """Neither always warning nor always silence would pass it."""
    expected = [entry["expect"] for entry in entries()]
    assert min(expected.count("alert"), expected.count("warning"), expected.count("conform")) > 15
    assert Severity.ALERT > Severity.WARNING
