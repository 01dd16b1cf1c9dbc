"""Every command and every snippet in README.md and CONTRIBUTING.md runs; a block that a test leaves out says why."""

from __future__ import annotations

import ast
import importlib.util
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

from taper.cli import main
from tests.support.pages import MARKS, ROOT, blocks, words

PAGES = ("README.md", "CONTRIBUTING.md")
LANGUAGES = {
    "python": "tests/test_readme.py runs it and compares what it prints",
    "toml": "tests/test_readme.py reads it and compares it with the example",
    "text": "a drawing, nothing to run",
}
PROGRAMS = {"bash", "ruff", "mypy", "lint-imports", "pytest", "python"}
FINDINGS = 1


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which somebody types the commands of a page, with the examples in it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(line: str) -> None:
    """Run a line that begins with `taper`; findings are no failure."""
    assert main(shlex.split(line)[1:]) in (0, FINDINGS), line


@pytest.mark.parametrize("page", PAGES)
def test_every_block_runs_or_says_why_not(page: str, clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the order of the page, each with the files that those before it have made."""
    found = blocks(page)
    assert len(found) >= 4
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for block in found:
        if block.mark or block.language:
            assert (block.mark in MARKS) != (block.language in LANGUAGES), block
            continue
        for line in block.commands:
            if line.startswith("pip install"):
                assert set(re.findall(r"\w+", line.partition("[")[2].partition("]")[0])) <= set(extras), line
            else:
                assert line.startswith("taper "), f"{page}: nothing runs {line!r}"
                run(line)
                assert capsys.readouterr().out, line
    if page == "README.md":
        made = {path.name for path in (clone / "out").iterdir()} | {path.name for path in (clone / "audited").iterdir()}
        assert {"handout.pdf", "handout.html", "clinician.pdf", "plan.json", "summary.html"} <= made


def test_every_taper_command_in_the_text_of_contributing_runs(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The order and the revision that are walked through can be typed."""
    text = re.sub(r"```.*?```", "", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    commands = [line for line in re.findall(r"`(taper [a-z][^`\n]*)`", text) if " -" in line or " examples/" in line]
    assert len(commands) >= 2
    for line in commands:
        run(line)
        assert capsys.readouterr().out, line
    assert (clone / "revised" / "plan.json").exists()


def test_every_other_command_in_contributing_names_what_is_there() -> None:
    """Programs, modules and files of the commands that run tests and tools, and the options that tools declare."""
    text = re.sub(r"```.*?```", "", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    spoken = re.findall(rf"`((?:[A-Z_]+=\w+ )?(?:{'|'.join(PROGRAMS)}) [^`\n]*)`", text)
    assert len(spoken) > 20
    for command in (part for line in spoken for part in line.split(" && ")):
        typed = [word for word in shlex.split(command) if not re.fullmatch(r"[A-Z_]+=\w+", word)]
        program, arguments = typed[0], typed[1:]
        assert program in PROGRAMS, command
        if arguments[:1] == ["-m"]:
            assert importlib.util.find_spec(arguments[1]) is not None, command
            spec = importlib.util.find_spec(arguments[1])
            assert spec is not None
            place = Path(spec.origin or "")
            source = (place.with_name("__main__.py") if place.name == "__init__.py" else place).read_text(
                encoding="utf-8"
            )
            ast.parse(source)
            for option in (word for word in arguments[2:] if word.startswith("--")):
                assert option in source, command
        for place_named in (word for word in arguments if word.startswith(("tests/", "taper/", ".ci/"))):
            assert (ROOT / place_named).exists(), command


def test_every_mark_says_what_runs_the_block_instead() -> None:
    text = {page: {block.mark for block in blocks(page)} - {""} for page in PAGES}
    assert set().union(*text.values()) == set(MARKS)
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "line 'run'" in script
    assert "line 'test'" in script
    assert "bash .ci/release" in script


def test_the_readme_is_read_in_three_minutes() -> None:
    """At 300 words a minute."""
    assert words("README.md") <= 900
