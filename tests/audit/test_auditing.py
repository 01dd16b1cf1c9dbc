"""The whole audit: files all or none, taken up again after a kill, the same bytes on every run, and its truth."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="taper audit needs DuckDB: pip install 'taper-planner[audit]'")
pytest.importorskip("pyarrow", reason="taper audit needs pyarrow: pip install 'taper-planner[audit]'")

import pyarrow.parquet as pq

from taper.audit import Conventions, Settings, audit
from taper.audit.auditing import PERSON_LEVEL
from taper.audit.local import UNFINISHED
from taper.cli import main
from taper.errors import OrderError
from tests.support.synthetic import ALL, END_OF_DATA, HEAD, MUST, STOPPED, practice

CONVENTIONS = Conventions(END_OF_DATA)
PEOPLE, SEED = 900, 11


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("practice") / "practice.csv"
    file.write_text(HEAD + "".join(person.text() for person in practice(PEOPLE, SEED, ALL)), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def result(source: Path) -> Path:
    out = source.parent / "audit"
    audit([source], out, CONVENTIONS, Settings(1, 700, 3), person_level=True)
    return out


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_who_are_reduced_too_fast_or_stopped_are_found_and_nobody_else(result: Path) -> None:
    """Recall and precision of pace and stop are both whole on the synthetic practice."""
    found: dict[str, set[str]] = {}
    for row in pq.read_table(result / "findings.parquet").to_pylist():
        if row["severity"] != "note" and row["code"].startswith("T1"):
            found.setdefault(row["person"], set()).add(row["code"])
    kinds = {person.name: person.kind for person in practice(PEOPLE, SEED, ALL)}
    assert set(kinds.values()) == set(ALL)
    for name, kind in kinds.items():
        must = set(MUST.get(kind, ()))
        assert must <= found.get(name, set()) if must else name not in found, (name, kind, found.get(name))


def test_the_statuses_are_those_of_the_truth(result: Path) -> None:
    statuses = {row["person"]: row["status"] for row in pq.read_table(result / "persons.parquet").to_pylist()}
    for person in practice(PEOPLE, SEED, ALL):
        expected = {"stopped"} if person.kind in STOPPED else {"on treatment", "too early to say"}
        if person.kind == "wrong days":
            expected |= {"unknown"}
        assert statuses[person.name] in expected, person


def test_the_same_audit_has_the_same_bytes_however_it_is_parted(source: Path, result: Path, tmp_path: Path) -> None:
    audit([source], tmp_path, CONVENTIONS, Settings(2, 900, 5), person_level=True)
    assert content(tmp_path) == content(result)


def test_nothing_about_persons_is_written_unless_asked_for(source: Path, tmp_path: Path) -> None:
    audit([source], tmp_path, CONVENTIONS, Settings(1, 700))
    files = content(tmp_path)
    assert files.keys().isdisjoint(PERSON_LEVEL)
    assert {"summary.html", "conventions.csv", "tables/all.csv"} <= files.keys()
    for name, text in files.items():
        assert b"p0000" not in text, name


def test_shared_tables_show_no_small_count(result: Path) -> None:
    with (result / "tables" / "all.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["table"] for row in rows} >= {
        "flow",
        "status",
        "sensitivity",
        "stops",
        "prescriber",
        "unread",
        "coverage",
    }
    for row in rows:
        if row["estimate_name"].startswith("percent"):
            continue
        assert row["estimate_value"] == "redacted" or (int(row["estimate_value"]) % 5 == 0), row
    assert all(row["convention"] for row in rows if row["table"] in ("status", "stops", "time_to_zero"))


def test_the_page_holds_its_conventions_and_loads_nothing(result: Path) -> None:
    page = (result / "summary.html").read_text(encoding="utf-8")
    assert "more than 30 days without supply" in page
    assert "Supplied is not taken" in page
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page


def test_a_run_that_was_killed_goes_on_and_gives_the_same(source: Path, result: Path, tmp_path: Path) -> None:
    """Killed at some moment of its work; earlier results stay until the new ones are whole."""
    (tmp_path / "summary.html").write_text("of before", encoding="utf-8")
    code = (
        "from pathlib import Path; from datetime import date; from taper.audit import *\n"
        f"audit([Path({str(source)!r})], Path({str(tmp_path)!r}), Conventions(date.fromisoformat('{END_OF_DATA}')), "
        "Settings(1, 700, 12), person_level=True)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": os.getcwd()})
    results = tmp_path / UNFINISHED / "results"
    until = time.monotonic() + 120
    while not list(results.glob("part-*")) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    process.kill()
    process.wait()
    done = {path: path.stat().st_mtime_ns for path in results.glob("part-*/persons.parquet")}
    assert done, "the run ended before it could be killed"
    assert (tmp_path / "summary.html").read_text(encoding="utf-8") == "of before"
    again: list[int] = []
    audit(
        [source],
        tmp_path,
        CONVENTIONS,
        Settings(1, 700, 12),
        person_level=True,
        progress=lambda doing, count, _: again.append(count) if doing == "checking" else None,
    )
    assert again[0] == len(done)  # what was done was kept
    assert content(tmp_path) == content(result)


def test_another_audit_does_not_take_up_what_is_not_its_own(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / UNFINISHED
    folder.mkdir()
    (folder / "plan.json").write_text('{"identity": "of another", "broken": []}', encoding="utf-8")
    (folder / "results" / "part-00000").mkdir(parents=True)
    audit([source], tmp_path, CONVENTIONS, Settings(1, 700, 1))
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_one_clear_error(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(OrderError, match="cannot be written"):
        audit([source], tmp_path / "file" / "out", CONVENTIONS, Settings(1, 700))


def test_a_full_disk_is_one_clear_error_and_keeps_what_was(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "summary.html").write_text("of before", encoding="utf-8")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pyarrow.parquet.write_table", full)
    with pytest.raises(OrderError, match=r"No space left on device.*what is done is kept"):
        audit([source], tmp_path, CONVENTIONS, Settings(1, 700, 1))
    assert (tmp_path / "summary.html").read_text(encoding="utf-8") == "of before"


def test_two_audits_do_not_write_into_one_folder(source: Path, tmp_path: Path) -> None:
    from taper.audit.local import alone

    with alone(tmp_path), pytest.raises(OrderError, match="another audit is writing here"):
        audit([source], tmp_path, CONVENTIONS, Settings(1, 700))


def test_the_command_and_its_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = Path(__file__).parents[1] / "data" / "audit"
    out = str(tmp_path / "out")
    stopped, plain = str(cases / "02-abrupt-stop.csv"), str(cases / "04-early-refills.csv")
    assert main(["audit", stopped, "--end-of-data", "2025-12-31", "--out", out, "--person-level"]) == 1
    said = capsys.readouterr().out
    assert "Flow of persons" in said
    assert "redacted" in said
    assert (tmp_path / "out" / "findings.csv").exists()
    assert main(["audit", stopped, "--end-of-data", "2025-12-31", "--out", out, "--fail-on", "never"]) == 0
    assert not (tmp_path / "out" / "findings.csv").exists()
    assert main(["audit", plain, "--end-of-data", "2025-06-29", "--out", out]) == 0
    assert main(["audit", str(tmp_path / "none.csv"), "--end-of-data", "2025-06-29", "--out", out]) == 2
    assert "check the name" in capsys.readouterr().err
    assert main(["audit", plain, "--out", out]) == 2
    assert main(["audit", plain, "--end-of-data", "2025-06-29", "--out", out, "--guideline", "asam"]) == 2
    assert main(["audit", plain, "--end-of-data", "2025-06-29", "--out", out, "--gap", "-1"]) == 2
    assert "gap" in capsys.readouterr().err
    for option, value in (("--memory", "0"), ("--memory", "-5"), ("--processes", "0"), ("--processes", "-1")):
        assert main(["audit", plain, "--end-of-data", "2025-06-29", "--out", out, option, value]) == 2
        assert f"{value} is not a positive number" in capsys.readouterr().err
    assert main(["audit", plain, "--end-of-data", "2025-06-29", "--out", out, "--memory", "1", "--processes", "1"]) == 0


def test_the_least_memory_that_is_taken_is_said_where_less_can_be_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """However little is given, the database gets what it needs; the help says how much that is."""
    from taper.audit import local

    given: list[str] = []
    connect, check = local.connect, local.check_part
    monkeypatch.setattr(local, "connect", lambda *a: given.append(a[1]) or connect(*a))  # type: ignore[func-returns-value]
    monkeypatch.setattr(local, "check_part", lambda *a: given.append(a[3]) or check(*a))  # type: ignore[func-returns-value]
    plain = Path(__file__).parents[1] / "data" / "audit" / "04-early-refills.csv"
    audit([plain], tmp_path, CONVENTIONS, Settings(1, 1, 1))
    assert given == ["400MB", "200MB"]
    main(["audit", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    reading, process = local._LEAST_READING, local._LEAST_CHECKING + local._OF_PYTHON
    assert f"up to {reading} and each process {process}, however little" in re.sub(r"[│╭╰╮╯─]|\s+", " ", said)


def test_every_convention_is_printed_with_its_option() -> None:
    said = {name: (value, option) for name, value, option in Conventions(date(2025, 12, 31), gap=60).said()}
    assert said["stop"][0].startswith("more than 60 days")
    assert {option for _, option in said.values()} >= {"--end-of-data", "--gap", "--without-carry-over", "--window"}


def test_what_is_found_of_a_person_is_what_taper_check_finds(
    source: Path, result: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same findings, run by run, as ``taper check --person`` with the same conventions."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in pq.read_table(result / "findings.parquet").to_pylist():
        found.setdefault(row["person"], []).append((row["code"], row["message"]))
    first = {person.kind: person.name for person in reversed(list(practice(PEOPLE, SEED, ALL))) if person.name in found}
    assert {"fast taper", "abrupt stop", "wrong days", "reversal", "switch"} <= first.keys()
    for kind in ("fast taper", "abrupt stop", "wrong days", "reversal", "switch"):
        arguments = ["--person", first[kind], "--end-of-data", END_OF_DATA.isoformat(), "--json", "--fail-on", "never"]
        assert main(["check", str(source), *arguments]) == 0
        report = json.loads(capsys.readouterr().out)
        said = [
            (run.get("code", finding["code"]), run["message"])
            for finding in report["findings"]
            for run in finding.get("runs") or [finding]
        ]
        assert sorted(said) == sorted(found[first[kind]]), kind
