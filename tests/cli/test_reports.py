"""The report on a screen: how much was found, then one line each, gravest first; --verbose shows the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taper.cli import main
from taper.cli.console import Console
from taper.cli.screens.plans import print_report
from taper.finding import Acknowledged, Finding, NotEvaluated, Report, Severity, folded
from taper.paper.report_told import words_of_report
from taper.schedule.schedule import Schedule
from taper.source import Source
from tests.tools.readme import README

DIAZEPAM = README.parent / "examples" / "diazepam.toml"
LIQUID = README.parent / "examples" / "diazepam_liquid.toml"
HINT = "--verbose shows reasons, sources and what could be done.\n"
SOURCE = Source("A guideline", "2025", "p. 3", "", "READ")
CUTS = folded(
    Finding("T101", Severity.WARNING, f"Cut {number}.", number, sources=(SOURCE,), advice="Cut less.", detail="Why.")
    for number in (1, 2, 3)
)
ENGLISH = words_of_report(Schedule(steps=(), stopped_on=None), None)
STOP = Finding("T105", Severity.ALERT, "The last dose is high.")
JUDGED = "Judged by ASAM 2025 and NHS Scotland, because the order's country is GB."
REPORT = Report(
    (CUTS, STOP),
    (
        NotEvaluated("T301", "not recorded in the order", "opioid"),
        NotEvaluated("T305", "not recorded in the order", "liver disease"),
        NotEvaluated("T306", "no value was read"),
    ),
    (Acknowledged("T101", "as agreed", "Dr. Ada"),),
    JUDGED,
)


def shown(capsys: pytest.CaptureFixture[str], report: Report, **other: Any) -> str:
    terminal = other.pop("terminal", False)
    with Console(terminal=terminal) as console:
        print_report(console, report, None, phrases=ENGLISH, **other)
    return capsys.readouterr().out


def test_a_report_is_a_summary_and_a_line_each_gravest_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, REPORT) == (
        f"1 alert, 1 warning\n{JUDGED}\n\n"
        "ALERT T105: The last dose is high.\n"
        "WARNING T101: Cut 1. (+2 more)\n"
        "    Acknowledged by Dr. Ada: as agreed\n\n"
        "Not checked: opioid, liver disease: not recorded in the order (T301, T305)\n"
        f"Not checked: no value was read (T306)\n{HINT}"
    )


def test_verbose_shows_every_run_the_detail_the_advice_and_the_sources(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, REPORT, verbose=True)
    assert (
        "WARNING T101: Cut 1. (+2 more)\n    Why.\n    - Cut 2.\n    - Cut 3.\n    What could be done: Cut less.\n"
        "    Source: A guideline (2025), p. 3\n    Acknowledged by Dr. Ada: as agreed\n"
    ) in text
    assert HINT not in text


def test_no_findings_is_said_with_what_the_plan_was_judged_by(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, Report(judged_by=JUDGED)) == f"No findings.\n{JUDGED}\n"
    assert shown(capsys, Report()) == "No findings.\n"
    assert "No findings" not in shown(capsys, REPORT)


def test_on_a_terminal_long_lines_hang_below_their_first_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No word is cut, and each line that begins at the edge begins something."""
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    long = Report(
        (Finding("T101", Severity.WARNING, "A cut " * 20),), (NotEvaluated("T305", "not recorded " * 9, "liver"),)
    )
    lines = [line.rstrip() for line in shown(capsys, long, terminal=True).splitlines() if line.strip()]
    assert max(map(len, lines)) <= 60
    edge = [line.split()[0] for line in lines if not line.startswith(" ")]
    assert edge == ["1", "WARNING", "Not", "--verbose"]


@pytest.mark.parametrize("flag", ["--verbose", "-v"])
@pytest.mark.parametrize(
    "command",
    [
        ("check", DIAZEPAM),
        ("plan", DIAZEPAM),
        ("revise", DIAZEPAM, "--on", "2026-03-10", "--hold", "2 weeks"),
        ("diff", DIAZEPAM, LIQUID),
    ],
)
def test_every_command_that_prints_findings_shows_them_whole_when_asked(
    command: tuple[str | Path, ...], flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(part) for part in command]) in (0, 1)
    short = capsys.readouterr().out
    assert main([*(str(part) for part in command), flag]) in (0, 1)
    whole = capsys.readouterr().out
    for part in ("What could be done:", "Source: "):
        assert part not in short
        assert part in whole
    assert short.count(HINT) == 1
    assert HINT not in whole
    assert len(whole) > len(short)


def test_a_difference_says_of_which_document_the_steps_were_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is compared, so that what was changed can be seen, and never as if it were the plan of its order."""
    assert main(["plan", str(DIAZEPAM), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    data["steps"][0]["intakes"][0]["time"] = "noon"
    changed, order = tmp_path / "changed.json", str(DIAZEPAM)
    changed.write_text(json.dumps(data), encoding="utf-8")
    assert main(["diff", order, str(changed)]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith(f"{changed}: From 5 January 2026 the steps are not those")
    assert main(["diff", order, order]) == 0
    assert "not those" not in capsys.readouterr().out


def test_json_says_the_same_with_and_without_verbose(capsys: pytest.CaptureFixture[str]) -> None:
    said = set()
    for flags in ((), ("-v",)):
        assert main(["check", str(DIAZEPAM), "--json", *flags]) == 0
        said.add(capsys.readouterr().out)
    assert len(said) == 1
