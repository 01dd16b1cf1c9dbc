"""SAFETY.md: its estimates fit its matrix, its evidence exists, its tables are those of the data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from taper.checker.rules import RULES
from tests.support.danger import entries
from tests.tools import danger, data_age

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "SAFETY.md").read_text(encoding="utf-8")
ESTIMATE = re.compile(r"\d")
CHANGE = re.compile(r"(\d) → (\d)")


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the rows of all tables under a heading of the second rank."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line.strip("|") for line in section.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.split(" | ")] for line in lines]
    return [row for row in cells if not set(row[0]) <= set("-| ")]


LOG = [row for row in rows("Hazard log") if row[0] != "id"]
EVIDENCE = {row[0]: row[1] for row in rows("Evidence") if row[0] != "id"}


def matrix() -> dict[tuple[int, int], int]:
    """Return the risk by likelihood and severity, as the page prints it."""
    found: dict[tuple[int, int], int] = {}
    for row in rows("Scales"):
        if named := re.fullmatch(r"likelihood (\d)", row[0]):
            found |= {(int(named[1]), severity): int(cell) for severity, cell in enumerate(row[1:], start=1)}
    return found


def test_hazards_are_numbered_and_each_row_is_whole() -> None:
    assert [row[0] for row in LOG] == [f"H{number:02d}" for number in range(1, len(LOG) + 1)]
    assert len(LOG) > 70
    for row in LOG:
        assert len(row) == 7, row
        assert all(row), row


def test_the_matrix_is_full_and_never_falls() -> None:
    """25 fields; more likely or graver is never a smaller risk."""
    risk = matrix()
    assert len(risk) == 25
    for (likelihood, severity), value in risk.items():
        assert value <= risk.get((likelihood + 1, severity), value)
        assert value <= risk.get((likelihood, severity + 1), value)


@pytest.mark.parametrize("row", LOG, ids=[row[0] for row in LOG])
def test_the_risk_of_a_hazard_is_that_of_the_matrix(row: list[str]) -> None:
    """Before and after its control, which never makes it likelier; without one nothing changes."""
    _, _, severity, likelihood, risk, control, _ = row
    before, after = map(int, CHANGE.fullmatch(likelihood).groups())  # type: ignore[union-attr]
    assert ESTIMATE.fullmatch(severity)
    assert after <= before
    assert risk == f"{matrix()[before, int(severity)]} → {matrix()[after, int(severity)]}"
    if control.startswith("**Not controlled**"):
        assert after == before


def test_what_is_not_acceptable_as_shipped_is_named() -> None:
    """Whoever reads the scales alone sees which hazards need a control of the organization."""
    named = re.search(r"At 4 today: ([^.]*)\.", TEXT)
    assert named is not None
    assert re.findall(r"H\d\d", named[1]) == [row[0] for row in LOG if int(row[4][-1]) >= 4]


def test_every_hazard_has_evidence_or_says_that_it_has_none() -> None:
    """What names no control names no test, and the other way round."""
    assert list(EVIDENCE) == [row[0] for row in LOG]
    for row in LOG:
        evidence = EVIDENCE[row[0]]
        assert evidence.startswith("none: ") or "`" in evidence, row[0]
        if row[5].startswith("**Not controlled**"):
            assert evidence.startswith("none: "), row[0]


def test_every_rule_and_every_danger_named_exists() -> None:
    known = {rule.code for rule in RULES}
    for code in re.findall(r"\bT\d{3}\b", TEXT):
        assert code in known, code
    for code in re.findall(r"`(T\d{3})`", "".join(EVIDENCE.values())):
        assert (ROOT / f"tests/data/rules/{code}.toml").exists()
    names = {entry["name"] for entry in entries()}
    named = re.findall(r"`danger: ([^`]+)`", "".join(EVIDENCE.values()))
    assert named
    assert set(named) <= names, set(named) - names


def test_every_rule_about_the_person_is_in_the_log() -> None:
    """A new fact of the order is a hazard that somebody has thought about."""
    said = "".join(EVIDENCE.values())
    assert not [rule.code for rule in RULES if rule.code.startswith("T3") and f"`{rule.code}`" not in said]


def test_every_condition_named_exists() -> None:
    conditions = {row[0] for row in rows("Conditions of use")}
    for row in LOG:
        assert set(re.findall(r"\bC\d+\b", row[6])) <= conditions, row[0]


def test_every_link_inside_the_page_leads_to_a_heading() -> None:
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([\w-]+)\)", TEXT)) <= headings


def test_the_tables_of_ages_are_those_of_the_data() -> None:
    """Else: ``python -m tests.tools.data_age``."""
    for name, table in data_age.tables().items():
        found = data_age.between(name).search(TEXT)
        assert found is not None, name
        assert found[0] == table


def test_the_summary_of_the_danger_corpus_is_what_is_measured_today(capsys: pytest.CaptureFixture[str]) -> None:
    danger.main()
    summary = capsys.readouterr().out.strip().splitlines()[-3:]
    assert "\n".join(summary) in TEXT


def test_nothing_is_claimed_that_nobody_did() -> None:
    """While the fields of sign-off are empty, the page says that nobody has signed."""
    status = TEXT.partition("\n## Status\n")[2].partition("\n## ")[0]
    assert ("*empty*" in status) == ("Nobody has signed it" in status)
    assert "**No approval anywhere.**" in TEXT
