"""What the shortcut reads, the library of the command line reads the same; everything else is left to it."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.cli import app, choices, main, page, planned, planning
from taper.cli.shortcut import shortcut
from tests.tools.readme import README

DIAZEPAM = str(README.parent / "examples" / "diazepam.toml")
WORDS = ("a.toml", "b c.toml", "--json", "--verbose", "-v", "--out", "out", "out/", "-", "--", "", "--no-json", "-vv")
MORE = ("--out=x", "--json=true", "--fail-on", "never", "--paper", "a4", "--printed-on", "2026-01-05", "--help", "plan")
GROUPS = (choices.Output, choices.Printing, choices.Judgment)


def asked(run: Any) -> list[Any]:
    """Return what a run would have carried out: the file, and the plain values of the groups."""
    seen: list[Any] = []

    def carry_out(*given: Any) -> int:
        values = [{f.name: getattr(value, f.name) for f in dataclasses.fields(value)} for value in given[1:]]
        seen.append((given[0], *values))
        return 0

    before = planned.carry_out
    planned.carry_out = planning.carry_out = carry_out
    try:
        run()
    finally:
        planned.carry_out = planning.carry_out = before
    return seen


@given(st.lists(st.sampled_from(WORDS) | st.sampled_from(MORE), max_size=5))
def test_what_the_shortcut_takes_means_the_same_to_the_library(words: list[str]) -> None:
    quick = shortcut(["plan", *words])
    if quick is not None:
        assert asked(quick) == asked(lambda: app.run(["plan", *words]))


@pytest.mark.parametrize(
    "words",
    [
        ["a.toml"],
        ["a.toml", "--json"],
        ["--json", "a.toml", "-v"],
        ["a.toml", "--out", "out"],
        ["--out", "out", "--verbose", "a.toml", "--json"],
    ],
)
def test_the_usual_calls_are_shortcuts(words: list[str]) -> None:
    assert shortcut(["plan", *words]) is not None


@pytest.mark.parametrize("words", [[], ["--no-open"]])
def test_the_page_is_a_shortcut_that_means_the_same_to_the_library(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(page, "show", lambda port, opened: seen.append((port, opened)))
    quick = shortcut(["desk", *words])
    assert quick is not None
    quick()
    app.run(["desk", *words])
    assert seen == [(0, not words)] * 2


@pytest.mark.parametrize(
    "arguments",
    [
        *(["desk", "--port", "8000"], ["desk", "--help"], ["desk", "--no-open", "--no-open"], ["desk", "x"]),
        *([], ["plan"], ["--help"], ["plan", "--help"], ["check", "a.toml"], ["plan", "a", "b"], ["plan", ""]),
        *(["plan", "a", "--json", "--json"], ["plan", "a", "-v", "--verbose"], ["plan", "a", "--out"]),
        *(["plan", "a", "--out", "--json"], ["plan", "a", "--out", ""], ["plan", "-", "--json"], ["plan", "--", "a"]),
        *(["plan", "a", "--paper", "a4"], ["plan", "a", "--out=x"], ["plan", "a", "--jso"], ["plan", "-x"]),
    ],
    ids=" ".join,
)
def test_everything_else_is_left_to_the_library(arguments: list[str]) -> None:
    assert shortcut(arguments) is None


def loaded(*arguments: str) -> set[str]:
    """Return the modules that a run has loaded."""
    code = f"from taper.cli import main; main({list(arguments)!r}); import json, sys; print(json.dumps([*sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_a_plan_as_text_loads_nothing_that_only_other_commands_need() -> None:
    modules = loaded("plan", DIAZEPAM)
    assert not {"cyclopts", "rich", "jinja2", "typst", "icalendar"} & modules
    assert not {"taper.exchange.reading", "taper.paper.renderers", "taper.planner.reviser", "taper.cli.app"} & modules


def test_errors_are_those_of_the_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """By the shortcut and by the library."""
    missing = str(tmp_path / "missing.toml")
    for words in ([missing], [missing, "--fail-on", "alert"]):
        assert main(["plan", *words]) == 2
        assert capsys.readouterr().err == f"taper: error: {missing}: there is no such file; check the name\n"
