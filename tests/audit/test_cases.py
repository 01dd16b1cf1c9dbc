"""The handed cases, worked out day by day: what the audit says of each."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb", reason="taper audit needs DuckDB: pip install 'taper-planner[audit]'")
pytest.importorskip("pyarrow", reason="taper audit needs pyarrow: pip install 'taper-planner[audit]'")

from taper.audit.conventions import Conventions
from taper.audit.engine import audited
from taper.audit.small_cells import Rule, family, percent, table, total
from tests.support.audit import rows_of

CASES = Path(__file__).parents[1] / "data" / "audit"


def case(number: str, end: str, **more: Any) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    (file,) = CASES.glob(f"{number}-*.csv")
    found = audited(rows_of(file.read_bytes()), Conventions(date.fromisoformat(end), **more))
    parts = {name: part.to_pylist() for name, part in found.items()}
    (person,) = parts["persons"]
    return person, parts


def pace(person: dict[str, Any]) -> set[str]:
    return {code.split(":")[0] for code in person["codes"].split() if code.startswith("T1") and "note" not in code}


def test_every_case_is_here() -> None:
    with (CASES / "answers.csv").open(encoding="utf-8") as stream:
        named = {row["case"] for row in csv.DictReader(stream)}
    assert named == {file.stem for file in CASES.glob("[01]*.csv")}


def test_01_three_reductions_none_too_fast_and_still_on_treatment() -> None:
    person, _ = case("01", "2025-04-30")
    assert (person["cuts"], person["status"], pace(person)) == (3, "on treatment", set())
    assert (person["first_high"], person["last_high"], person["first_cut"]) == ("20", "43/3", date(2025, 1, 31))


def test_02_an_abrupt_stop() -> None:
    person, parts = case("02", "2025-12-31")
    assert (person["status"], person["last_day"], person["last_high"]) == ("stopped", date(2025, 6, 29), "20")
    assert pace(person) == {"T106"}
    (stop,) = (finding for finding in parts["findings"] if finding["code"] == "T106")
    assert stop["severity"] == "alert"
    assert "30 June 2025" in stop["message"]
    assert stop["rows"] == "line 7" or stop["rows"].endswith("line 7")


def test_03_too_early_to_say_is_no_stop_and_no_continuing() -> None:
    person, _ = case("03", "2025-07-09")
    assert (person["status"], pace(person)) == ("too early to say", set())


def test_04_early_refills_make_neither_cuts_nor_rises() -> None:
    person, _ = case("04", "2025-06-29")
    assert (person["covered"], person["cuts"], person["status"], pace(person)) == (180, 0, "on treatment", set())
    assert person["highest_day"] == "20"
    without, _ = case("04", "2025-06-29", carry_over=False)
    assert (without["last_day"], without["status"]) == (date(2025, 6, 4), "too early to say")
    assert without["other_30"] == person["status_30"]


def test_05_a_changed_amount_replaces_what_is_running() -> None:
    person, _ = case("05", "2025-02-14")
    assert (person["cuts"], person["first_cut"], person["largest_cut"]) == (1, date(2025, 1, 16), "up to 10 %")
    assert (person["covered"], person["highest_day"], pace(person)) == (45, "20", set())


def test_06_two_strengths_are_one_dose() -> None:
    person, _ = case("06", "2025-03-01")
    assert (person["first_high"], person["last_high"], person["cuts"]) == ("14", "12", 1)
    assert (person["largest_cut"], person["status"], pace(person)) == ("10 to 25 %", "on treatment", set())


def test_07_a_reversal_takes_its_fill_with_it() -> None:
    person, parts = case("07", "2025-03-03")
    assert (person["covered"], person["span"], person["last_day"]) == (60, 62, date(2025, 3, 3))
    (entry,) = parts["unread"]
    assert (entry["place"], "cancel each other out" in entry["message"]) == ("line 4", True)
    assert {row["reason"]: row["rows"] for row in parts["coverage"]} == {
        "": 3,
        "The quantity is negative: a reversal": 1,
    }


def test_08_days_that_cannot_be_meant_are_never_used_for_pace() -> None:
    person, parts = case("08", "2025-12-31")
    assert (person["status"], person["cuts"], person["monthly"]) == ("unknown", 0, "days are unknown")
    assert pace(person) == set()
    assert [entry["place"] for entry in parts["unread"]] == ["line 3", "line 5"]
    declared, parts = case("08", "2025-12-31", days_from_refills=True)
    assert (declared["covered"], declared["status"]) == (90, "unknown")
    assert [entry["place"] for entry in parts["unread"]] == ["line 5"]


def test_09_a_switch_is_no_stop_and_its_range_is_shown() -> None:
    person, parts = case("09", "2025-03-31")
    assert (person["drugs"], person["status"], pace(person)) == ("alprazolam+diazepam", "on treatment", set())
    ends = [person[name] for name in ("first_low", "first_high", "last_low", "last_high")]
    assert ends == ["10", "40", "40", "40"]  # alprazolam 2 mg by the lowest and the highest table, diazepam 40 mg
    assert "T113" in {finding["code"] for finding in parts["findings"]}


def test_10_a_gap_within_grace_is_no_stop() -> None:
    person, _ = case("10", "2025-03-13")
    assert (person["covered"], person["span"], person["breaks"], person["status"]) == (60, 72, 0, "on treatment")
    assert pace(person) == set()
    assert person["checked"] is False


def test_11_four_denominators() -> None:
    person, _ = case("11", "2025-03-31")
    assert person["by_days_supply"] == "328/37"
    assert person["by_days_covered"] == "164/15"
    assert person["by_window"] == "164/45"
    assert person["highest_day"] == "14"


def test_12_small_cells() -> None:
    with next(CASES.glob("12-*.csv")).open(encoding="utf-8") as stream:
        rows = [{"people": int(row["people"]), "abrupt": int(row["abrupt"])} for row in csv.DictReader(stream)]
    for rule in (Rule(10, 1), Rule(7, 5)):
        shown = table(rows, {"abrupt": "people"}, rule)
        assert [row["abrupt"] for row in shown] == [None, None, 0]
        assert total([row["abrupt"] for row in shown]) is None
        assert [percent(row["abrupt"], row["people"]) for row in shown] == [None, None, 0]
        assert total([row["people"] for row in shown]) == 85
    assert family([12, 3, 0], Rule(0, 1)) == [12, 3, 0]
