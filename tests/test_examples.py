"""The orders in examples/: each says what it shows, and together they use every key that an order knows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from taper.cli import main
from taper.errors import OrderError
from taper.loading import load_toml
from taper.order.keys import tables
from tests.tools.readme import README

ROOT = README.parent
ORDERS = sorted((ROOT / "examples").glob("*.toml"))
CHANGES = sorted((ROOT / "examples" / "changes").glob("*.toml"))
WRITTEN_BY_THE_PROGRAM = {"order.history", "order.brands"}
ALERTS = {"lorazepam"}  # its tablet has no score line, and the order halves it


def used(path: str, value: Any) -> set[str]:
    """Return the keys that a table of an order has, and those of the tables in it: "phase.reduce"."""
    if isinstance(value, list):
        return set().union(*(used(path, part) for part in value))
    if not isinstance(value, dict):
        return set()
    inner = (used(key if path == "order" else f"{path}.{key}", part) for key, part in value.items())
    return {f"{path}.{key}" for key in value}.union(*inner)


def test_every_key_of_an_order_stands_in_some_example() -> None:
    """But those that the program writes: a history by `taper revise`, brands when an order is read."""
    known = {f"{table.path}.{name}" for table in tables() for key in table.keys for name in key.names}
    known = {key for key in known if not key.startswith("history.")} - WRITTEN_BY_THE_PROGRAM
    data = [load_toml(path.read_text(encoding="utf-8"), OrderError) for path in ORDERS]
    missing = known.difference(*(used("order", order) for order in data))
    assert not missing, f"no order in examples/ has {', '.join(sorted(missing))}"


@pytest.mark.parametrize("path", [*ORDERS, *CHANGES], ids=lambda path: path.stem)
def test_an_example_begins_with_what_it_shows(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert re.match(r"# [A-Z].{20,138}$", lines[0])
    assert max(map(len, lines)) <= 140


@pytest.mark.parametrize("path", [*ORDERS, *CHANGES], ids=lambda path: path.stem)
def test_an_example_is_listed_in_the_readme_of_the_folder(path: Path) -> None:
    """With its first line."""
    listed = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert f"({path.relative_to(ROOT / 'examples').as_posix()})" in listed


@pytest.mark.parametrize("path", CHANGES, ids=lambda path: path.stem)
def test_the_command_in_a_file_of_changes_runs(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    command = path.read_text(encoding="utf-8").splitlines()[0].partition("taper revise ")[2]
    assert path.name in command
    assert main(["revise", *shlex.split(command)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("path", ORDERS, ids=lambda path: path.stem)
def test_no_example_is_an_alert_but_the_one_that_shows_an_alert(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is copied most must not be dangerous."""
    code = main(["plan", str(path)])
    capsys.readouterr()
    assert code == (1 if path.stem in ALERTS else 0)
