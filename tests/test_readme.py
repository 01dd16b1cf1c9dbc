"""The README: its library example runs, its counts are those of the data, its lines exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest

from tests.tools.readme import README, counts

ROOT = README.parent


def test_library_example_runs_and_prints_what_the_readme_says() -> None:
    text = README.read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert code is not None
    done = subprocess.run([sys.executable, "-c", code[1]], cwd=ROOT, capture_output=True, text=True, check=True)
    said = re.search(r"It prints `(.*?)`", text)
    assert said is not None
    assert done.stdout.strip() == said[1]


def test_calls_in_the_text_after_the_library_example_give_what_it_says() -> None:
    from taper import export, plan, read_order, render

    schedule = plan(read_order(ROOT / "examples/diazepam.toml"))
    calls = re.findall(r"`((?:render|export)\(schedule[^`]*\))`", README.read_text(encoding="utf-8"))
    made = [eval(call, {"render": render, "export": export, "schedule": schedule}) for call in calls]
    assert [data[:5] for data in made] == [b"%PDF-", b'{"res']


def test_counts_are_those_of_the_data() -> None:
    """Each number in "What it knows" is the number of rows that are packaged."""
    section = README.read_text(encoding="utf-8").partition("## What it knows")[2].partition("## ")[0]
    said = {
        noun: int(number) for number, noun in re.findall(r"(\d+) (drugs|products|countries|guidelines|rules)", section)
    }
    assert said == counts()


def test_every_command_in_a_sentence_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """One that can be typed as it is; what asks, serves, downloads or needs a file has a page of help."""
    from taper.cli import main

    prose = re.sub(r"```.*?```", "", README.read_text(encoding="utf-8"), flags=re.DOTALL)
    commands = set(re.findall(r"`taper ([a-z][^`]*)`", prose))
    need_more = {"new my_order.toml", "desk", "desk --static DIR", "check", "render", "export", "serve", "audit"}
    assert {"drugs", "guidelines", "rules", "rule T101", "keys", "products --country US"} == commands - need_more
    assert need_more <= commands
    for command in sorted(commands):
        typed = [*shlex.split(command)[:1], "--help"] if command in need_more else shlex.split(command)
        assert main(typed) == 0, command
        assert capsys.readouterr().out, command


def test_order_in_the_readme_is_the_example_order() -> None:
    from taper import parse_order, read_order

    text = README.read_text(encoding="utf-8")
    order = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert order is not None
    shown, example = parse_order(order[1]).as_data(), read_order(ROOT / "examples/diazepam.toml").as_data()
    example.pop("review_every")
    assert shown == example


def test_every_linked_file_exists() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "SAFETY.md"):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8")):
            assert (ROOT / link).exists(), f"{name} links to {link}"


def test_every_command_that_the_readme_names_is_a_command() -> None:
    from taper.cli.app import app

    known = {name for name in app if not name.startswith("-")}
    named = re.findall(r"(?:^|`|/)taper ([a-z]+)", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(named) > 15
    assert set(named) <= known


def test_examples_print_their_committed_output() -> None:
    for script in sorted((ROOT / "examples").glob("*.py")):
        done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
        assert done.stdout == script.with_suffix(".txt").read_text(encoding="utf-8"), script.name


def test_every_example_order_plans() -> None:
    from taper import plan, read_order

    orders = sorted((ROOT / "examples").glob("*.toml"))
    assert len(orders) >= 4
    for path in orders:
        assert plan(read_order(path)).steps, path.name


def test_every_test_named_in_safety_exists() -> None:
    safety = (ROOT / "SAFETY.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", safety)
    assert named
    for file, name in named:
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{name}"
