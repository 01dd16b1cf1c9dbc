"""The command line: what it prints and writes, its exit codes, and one clear error for bad input."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from taper.cli import main
from tests.tools.readme import README

EXAMPLES = README.parent / "examples"
DIAZEPAM = EXAMPLES / "diazepam.toml"


def changed(tmp_path: Path, *replacements: tuple[str, str]) -> Path:
    """Write the diazepam example with some text replaced."""
    text = DIAZEPAM.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "order.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_plan_writes_the_four_papers_and_prints_steps_and_findings(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(DIAZEPAM), "--out", str(out), "--printed-on", "2026-01-02"]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["clinician.pdf", "handout.html", "handout.pdf", "plan.json"]
    printed = capsys.readouterr().out
    assert "16.5" in printed
    assert "T101" in printed
    assert (out / "handout.pdf").read_bytes().startswith(b"%PDF")


def test_plan_document_has_exactly_the_keys_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(DIAZEPAM), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["schema", "plan_id", "revision", "order", "steps", "stopped_on", "report", "supply"]
    assert document["schema"] == "taper-plan/1"
    step = document["steps"][2]
    assert list(step) == [
        *("number", "start", "end", "days", "intakes", "total_mg", "target_mg"),
        *("cut_mg", "cut_of_current", "cut_of_start"),
    ]
    assert list(step["intakes"][0]) == ["time", "drug", "dose_mg", "items"]
    assert list(step["intakes"][0]["items"][0]) == ["product", "count"]
    assert document["stopped_on"] == "2026-09-14"
    finding = document["report"]["findings"][0]
    assert list(finding) == [
        *("code", "severity", "step", "on", "until", "message", "measured", "limit"),
        *("detail", "advice", "sources", "runs"),
    ]
    assert list(finding["sources"][0]) == ["title", "locator", "url"]
    assert list(document["report"]) == ["judged_by", "findings", "not_evaluated", "acknowledged"]


def test_supply_of_the_document_is_the_sum_over_its_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(DIAZEPAM), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    needed: dict[str, Fraction] = {}
    for step in document["steps"]:
        for intake in step["intakes"]:
            for item in intake["items"]:
                amount = Fraction(Decimal(item["count"])) * step["days"]
                needed[item["product"]] = needed.get(item["product"], Fraction(0)) + amount
    assert {line["product"]: Fraction(line["count"]) for line in document["supply"]} == needed


def test_a_written_plan_document_is_checked_rendered_and_gives_the_same_report(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(DIAZEPAM), "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["check", str(out / "plan.json"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    written = json.loads((out / "plan.json").read_text(encoding="utf-8"))["report"]
    assert report == {"schema": "taper-report/1", **written}
    target = tmp_path / "again.html"
    assert main(["render", str(out / "plan.json"), "--to", "html", "--out", str(target)]) == 0
    assert target.read_bytes() == (out / "handout.html").read_bytes()


def test_a_table_of_another_tool_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "other.csv"
    rows = ["start,end,time,drug,dose_mg"]
    rows += ["2026-01-01,2026-01-14,bedtime,diazepam,20", "2026-01-15,2026-01-28,bedtime,diazepam,10"]
    table.write_text("\n".join(rows), encoding="utf-8")
    assert main(["check", str(table), "--fail-on", "warning"]) == 1
    printed = capsys.readouterr().out
    assert "WARNING T101" in printed
    assert "50%" in printed


def test_a_table_is_held_against_an_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "other.csv"
    rows = ["start,end,time,drug,dose_mg"]
    rows += ["2026-01-05,2026-01-18,bedtime,diazepam,20", "2026-01-19,2026-02-01,bedtime,diazepam,17"]
    table.write_text("\n".join(rows), encoding="utf-8")
    assert main(["check", str(table), "--order", str(DIAZEPAM)]) == 1
    assert "ALERT T104" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("fail_on", "code"), [("note", 1), ("warning", 0), ("alert", 0), ("never", 0)], ids=lambda value: str(value)
)
def test_exit_code_follows_fail_on(fail_on: str, code: int) -> None:
    assert main(["plan", str(DIAZEPAM), "--fail-on", fail_on]) == code


def test_an_alert_makes_the_exit_code_1() -> None:
    assert main(["plan", str(EXAMPLES / "lorazepam.toml")]) == 1


BAD: dict[str, tuple[tuple[str, str], str]] = {
    "zero dose": (('morning = "10 mg"', 'morning = "0 mg"'), "current.morning"),
    "negative dose": (('morning = "10 mg"', 'morning = "-10 mg"'), "negative"),
    "no unit": (('morning = "10 mg"', 'morning = "10"'), "no unit"),
    "number without quotes": (('morning = "10 mg"', "morning = 10"), "quotes"),
    "absurd dose": (('morning = "10 mg"', 'morning = "100000 mg"'), "typing error"),
    "written fraction": (('morning = "10 mg"', 'morning = "1/2 mg"'), "write 0.5 mg"),
    "decimal comma": (('morning = "10 mg"', 'morning = "2,5 mg"'), "write 2.5 mg"),
    "dose that cannot be made": (('morning = "10 mg"', 'morning = "10.3 mg"'), "10 mg and 10.5 mg"),
    "unknown drug": (('"diazepam"\n', '"diazepan"\n'), "did you mean 'diazepam'"),
    "unknown product": (("tablet 5 mg", "tablet 6 mg"), "diazepam tablet 5 mg"),
    "product of another drug": (("diazepam tablet 5 mg", "lorazepam tablet 1 mg"), "the order is for diazepam"),
    "unknown key": (("review_every", "review_evry"), "review_every"),
    "unknown country": (('"US"', '"USA"'), "'US'"),
    "capsule split": (("diazepam tablet 5 mg", "temazepam capsule 15 mg"), "temazepam"),
    "interval of zero": (('"2 weeks"', '"0 weeks"'), "interval of zero"),
    "goal above the start": (('"0 mg"', '"30 mg"'), "nothing to reduce"),
    "no date": (("2026-01-05 ", '"soon" '), "start: 'soon' is not a date"),
    "impossible date": (("2026-01-05 ", "2026-02-30 "), "not TOML"),
    "longer than ten years": (('"2 weeks"', '"24 months"'), "ten years"),
    "unknown rule": (
        (
            'guidelines = ["asam-2025"]',
            'guidelines = ["asam-2025"]\n[[acknowledge]]\ncode = "T110O"\nreason = "x"\nby = "y"',
        ),
        "T101",
    ),
    "rule that does not exist": (
        (
            'guidelines = ["asam-2025"]',
            'guidelines = ["asam-2025"]\n[[acknowledge]]\ncode = "T199"\nreason = "x"\nby = "y"',
        ),
        "there is no rule T199; did you mean",
    ),
    "unknown guideline": (("asam-2025", "asam-2024"), "asam-2025"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_error_exit_2_and_nothing_written(
    name: str, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replacement, said = BAD[name]
    order = changed(tmp_path, replacement)
    assert main(["plan", str(order), "--out", str(out)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"taper: error: {order}")
    assert captured.err.count("taper: error:") == 1
    assert said in captured.err
    assert not out.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"\x00\x01\x02\xff\xfe", "UTF-8"),
        (b"drug = 'a'\x00", "binary"),
        ('drug = "é"'.encode("latin-1"), "UTF-8"),
        (b"a" * 5_000_001, "larger"),
        (b"{" * 100_000, "JSON"),
        (b'{"drug": "a", "drug": "b"}', "twice"),
        (b"[1, 2]", "not an order"),
    ],
    ids=["empty", "blank", "binary", "nul", "latin-1", "huge", "broken JSON", "key twice", "list"],
)
def test_a_file_that_is_no_order_is_one_error(
    content: bytes, said: str, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "order.json"
    path.write_bytes(content)
    assert main(["plan", str(path), "--out", str(out)]) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.linux
def test_out_that_is_a_file_or_not_writable_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "taken"
    taken.write_text("keep me", encoding="utf-8")
    for place in (taken, taken / "below", Path("/proc/none")):
        assert main(["plan", str(DIAZEPAM), "--out", str(place)]) == 2
        captured = capsys.readouterr()
        assert str(place) in captured.err
        assert captured.out == ""
    assert taken.read_text(encoding="utf-8") == "keep me"
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_failed_write_leaves_what_was_there(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", str(DIAZEPAM), "--out", str(out)]) == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["plan", str(EXAMPLES / "lorazepam.toml"), "--out", str(out)]) == 2
    assert "No space left" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize(
    "arguments",
    [["plan"], ["plna"], ["plan", "a", "b"], ["plan", "a", "--bad"], ["rule", "T999"], ["products", "--country", "XX"]],
    ids=lambda value: " ".join(value),
)
def test_wrong_usage_exits_2_with_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("taper: error: ")
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            "revise x",
            "--on is missing: the first day that may change, such as --on 2026-03-10. Run: taper revise --help",
        ),
        (
            "export x",
            "--to is missing: format, one of ics, fhir, csv, days, steps, markdown, sig, medtimer, emediplan. Run",
        ),
        ("products", "--country is missing: two-letter code, such as US. Run: taper products --help"),
        ("rule", "CODE is missing: code, such as T101. Run: taper rule --help"),
        ("revise x -on 2026-03-10", "Did you mean --on instead of -on? Run: taper revise --help"),
        ("revise x --on", "--on requires an argument. Run: taper revise --help"),
        ("plan a b", "Run: taper plan --help"),
    ],
)
def test_a_missing_or_misplaced_argument_is_named_with_what_it_is_for(
    arguments: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments.split()) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        *(("revise x --on 2026-03-10 " + option, option) for option in ("--since", "--finish", "--hold-until")),
        *(("revise x", "--on"), ("render x", "--on"), ("render x", "--printed-on"), ("plan x", "--printed-on")),
        *(("export x --to ics", "--written-on"), ("check x", "--first-day"), ("today x", "DAY")),
    ],
)
@pytest.mark.parametrize("day", ["2026-13-01", "tomorrow", "10.3.2026"])
def test_what_is_not_a_day_is_one_line_that_shows_one(
    arguments: str, name: str, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same for every option that is a day."""
    typed = [*arguments.removesuffix(name).split(), *([] if name == "DAY" else [name]), day]
    assert main(typed) == 2
    assert capsys.readouterr().err == f"taper: error: {name}: '{day}' is not a date; write 2026-03-10\n"


def test_a_plan_names_the_products_that_it_does_not_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A tablet of 2 mg that must stay whole is of no use from 1.5 mg down."""
    clonazepam = (EXAMPLES / "clonazepam.toml").read_text(encoding="utf-8")
    order = tmp_path / "order.toml"
    for text, unused in (
        (clonazepam, ""),
        (f'{clonazepam}\n[[product]]\nname = "clonazepam tablet 2 mg"\n', "clonazepam tablet 2 mg"),
    ):
        order.write_text(text, encoding="utf-8")
        assert main(["plan", str(order), "--fail-on", "never"]) == 0
        printed = capsys.readouterr().out
        assert ("Not used by this plan" in printed) == bool(unused)
        assert f"\n\nNot used by this plan: {unused}\n\n" in printed or not unused


def test_options_that_change_no_result_are_counted_and_not_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Every change that is listed differs from the order in a column; the others are said to gain nothing."""
    assert main(["options", str(DIAZEPAM)]) == 0
    printed = capsys.readouterr().out
    start = printed.index("end")
    ordered = next(line[start:] for line in printed.splitlines() if line.startswith("as ordered"))
    assert sum(line[start:] == ordered for line in printed.splitlines()) == 1
    assert "1 more change gains nothing: the same in every column as ordered." in printed
    assert "diazepam tablet 10 mg" not in printed


def commands() -> Iterator[list[str]]:
    yield from (["drugs"], ["drugs", "clonazepam"], ["products", "--country", "US"], ["rules"], ["rule", "T101"])
    yield from (["products", "zopiclone", "--country", "GB"], ["schema"], ["schema", "order"], ["guidelines"])
    yield from (["guidelines", "asam-2025"], ["convert", "lorazepam 2 mg", "--to", "diazepam"])
    yield from (["options", str(DIAZEPAM)], ["plan", str(DIAZEPAM)], ["check", str(DIAZEPAM)], ["--help"])


@pytest.mark.parametrize("arguments", list(commands()), ids=lambda value: " ".join(value[:2]))
def test_without_a_terminal_there_are_no_boxes_and_no_color(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert printed.strip()
    assert not re.search("[\u2500-\u257f\x1b]", printed)


def test_facts_are_shown_with_their_source_and_reading_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drugs", "lorazepam"]) == 0
    shown = capsys.readouterr().out
    assert "LORazepam" in shown
    assert "[READ]" in shown
    assert main(["drugs", "tetrazepam"]) == 0
    assert "half-life: no value was read" in capsys.readouterr().out
    assert main(["rule", "t101"]) == 0
    rule = capsys.readouterr().out
    for part in ("What", "Why", "What to do", "asam-2025", "25%", "[READ]"):
        assert part in rule


def test_a_terminal_shows_the_same_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["rules"]) == 0
    plain = capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert main(["rules"]) == 0
    rich = capsys.readouterr().out
    for line in plain.splitlines():
        for word in line.split():
            assert word in rich


def test_the_command_runs_as_a_process_in_any_time_zone(tmp_path: Path) -> None:
    printed = set()
    for zone in ("Pacific/Kiritimati", "America/Anchorage"):
        done = subprocess.run(
            [sys.executable, "-m", "taper.cli", "plan", str(DIAZEPAM), "--json"],
            env={**os.environ, "TZ": zone},
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        printed.add(done.stdout)
    assert len(printed) == 1
    assert b'"start": "2026-01-05"' in printed.pop()


@pytest.mark.parametrize(("package", "extra"), [("cyclopts", "cli"), ("typst", "pdf"), ("jinja2", "html")])
def test_a_missing_extra_is_one_line_that_names_what_to_install(package: str, extra: str, tmp_path: Path) -> None:
    """As on a machine with the core alone: exit 2, no traceback, nothing written."""
    code = f"import sys; sys.modules[{package!r}] = None; from taper.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "plan", str(DIAZEPAM), "--fail-on", "never", "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("taper: error: ")
    assert f"pip install 'taper-planner[{extra}]'" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()
