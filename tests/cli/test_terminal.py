"""What a terminal shows, wide, narrow, or none at all: no dose is broken in two."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from taper.cli.console import TABLE_WIDTH, Console
from taper.cli.screens.plans import print_schedule
from taper.order.order import read_order
from taper.planner.planning import plan
from tests.tools.readme import README

EXAMPLES = README.parent / "examples"
NAMES = ("diazepam.toml", "crossover.toml", "weekly.toml", "diazepam_liquid.toml")
WIDTHS = (None, 40, 60, 80, 109, 110, 120, 200)
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
NUMBER = re.compile(r"(?<![0-9]{3})[0-9]\s*$")  # at the end of a line, and no year


def shown(name: str, width: int | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    if width is not None:
        monkeypatch.setenv("COLUMNS", str(width))
    schedule = plan(read_order(EXAMPLES / name))
    with Console(terminal=width is not None) as console:
        print_schedule(console, schedule)
    return capsys.readouterr().out


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_a_number_is_never_parted_from_what_it_counts(
    name: str, width: int | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No line, and no line of a cell, ends with a number when the next one begins with a unit or a noun."""
    text = ESCAPE.sub("", shown(name, width, monkeypatch, capsys))
    for line, after in pairwise(text.splitlines()):
        for cell, below in zip(line.split("│"), after.split("│"), strict=False):
            assert not (NUMBER.search(cell) and re.match(r"\s*[a-z%]", below)), (line, after)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_below_110_columns_and_without_a_terminal_each_step_is_a_block(
    name: str, width: int | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And no line is longer than the terminal."""
    text = ESCAPE.sub("", shown(name, width, monkeypatch, capsys))
    assert ("│" in text) == (width is not None and width >= TABLE_WIDTH)
    assert max(len(line) for line in text.splitlines()) <= (width or 100)
    if "│" not in text:
        assert "\nStart: " in text
        assert "\n1: " in text


@pytest.mark.parametrize("width", [None, 80, 120, 200])
def test_each_dose_of_each_step_is_shown(
    width: int | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As often as it is planned, whatever the width."""
    text = ESCAPE.sub("", shown("diazepam.toml", width, monkeypatch, capsys))
    intakes = [intake for step in plan(read_order(EXAMPLES / "diazepam.toml")).steps for intake in step.intakes]
    for time in ("morning", "bedtime"):
        assert text.count(time.capitalize()) == sum(intake.time == time for intake in intakes) > 10


@pytest.mark.parametrize("width", [80, 120])
def test_without_color_there_is_none(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """NO_COLOR, as https://no-color.org says: bold letters may stay."""
    monkeypatch.setenv("NO_COLOR", "1")
    text = shown("diazepam.toml", width, monkeypatch, capsys)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7][0-9;]*m", text)
    monkeypatch.setenv("COLUMNS", str(width))
    with Console(terminal=True) as console:
        console.line("ALERT T101", "alert")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7][0-9;]*m", capsys.readouterr().out)


def test_spaces_that_hold_a_dose_together_are_there_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    with Console(terminal=True) as console:
        console.table(["a", "b"], [["2\N{NO-BREAK SPACE}mg", "14 days and 3 tablets"]])
        console.block("one 2\N{NO-BREAK SPACE}mg")
    text = capsys.readouterr().out
    assert text.count("2\N{NO-BREAK SPACE}mg") == 2
    assert "14 days and 3 tablets" in text
    assert not re.search("[\ufdd0-\ufdef]", text)
