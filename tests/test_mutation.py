"""The tool that puts mutants in: what it changes, what it leaves alone, and that its verdicts are sound."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.tools.mutation import DATA, reasons
from tests.tools.mutation_groups import GROUPS, ROOT, files_of

HALF = '''
"""Halves."""
from functools import lru_cache

PER_TABLET = 2


@lru_cache(maxsize=8)
def halves(count: int) -> int:
    """Return how many halves are in some tablets."""
    if count < 0:
        raise ValueError("fewer than none")
    assert count >= 0
    found = 0
    while count > 0:
        count -= 1
        found += PER_TABLET
    return found
'''
TESTS = """
import pytest
from small.half import halves

def test_halves():
    assert [halves(number) for number in (1, 3)] == [2, 6]

def test_no_tablet_has_no_half():
    with pytest.raises(ValueError):
        halves(-1)
"""
RUN = """
import json, sys
from pathlib import Path
from tests.tools import mutation, mutation_runs
mutation_runs._SPARE_SECONDS = 0.3
group, choices = mutation.Group(("small/half.py",), ("test_small.py",)), mutation.Choices()
lab = mutation.Lab(group, choices, Path.cwd())
lab.learn()
lab.control()
found = mutation.judged(lab.run(mutation.chosen(group, choices, Path.cwd())), {}, said=False)
print(json.dumps([[one.mutant.line, one.mutant.becomes, one.verdict.outcome] for one in found]))
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A package of one file, with its tests."""
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "__init__.py").touch()
    (tmp_path / "small" / "half.py").write_text(HALF.lstrip(), encoding="utf-8")
    (tmp_path / "test_small.py").write_text(TESTS, encoding="utf-8")
    return tmp_path


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    paths = [str(ROOT), *(path for path in sys.path if path)]
    place = {"PYTHONPATH": ":".join(paths), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-c", RUN], cwd=folder, env=place, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the tool forks")
def test_a_change_that_tests_notice_is_killed_and_any_other_survives(small: Path) -> None:
    """At import as in a function; one that never ends is stopped."""
    pytest.importorskip("mutmut")
    done = run(small)
    assert done.returncode == 0, done.stderr
    became = {(line, anew): outcome for line, anew, outcome in json.loads(done.stdout)}
    assert became["PER_TABLET = 2", "PER_TABLET = 3"] == "killed"
    assert became["found += PER_TABLET", "found -= PER_TABLET"] == "killed"
    assert became["found = 0", "found = 1"] == "killed"
    assert became["count -= 1", "count += 1"] == "timeout"
    assert became["if count < 0:", "if count <= 0:"] == "survived"
    assert became["while count > 0:", "while count >= 0:"] == "killed"
    (line, anew) = next(name for name in became if name[1] == "raise ValueError(None)")
    assert became[line, anew] == "survived"


@pytest.mark.skipif(sys.platform == "win32", reason="the tool forks")
def test_nothing_is_said_where_a_test_fails_without_any_change(small: Path) -> None:
    pytest.importorskip("mutmut")
    (small / "test_small.py").write_text(TESTS + "\ndef test_wrong():\n    assert halves(1) == 3\n", encoding="utf-8")
    done = run(small)
    assert done.returncode != 0
    assert "test_small.py::test_wrong fails without any change" in done.stderr


LEFT_OUT = [
    "count: int = None",
    "if TYPE_CHECKING:\n    found = 1",
    '"""A text."""',
    "assert count == 1",
    "__all__ = ['a']",
    "Exact = int | Decimal",
    "@lru_cache(maxsize=8)\ndef f(): ...",
    "@overload\ndef f(a: int = 1): ...",
    "found = len(isinstance(1, 2))",
    'raise QuantityError("no such number")',
    "a: int",
]


@pytest.mark.parametrize("text", LEFT_OUT)
def test_what_no_test_can_notice_is_not_changed(text: str, tmp_path: Path) -> None:
    pytest.importorskip("mutmut")
    from tests.tools.mutation_source import mutants_of

    (tmp_path / "a.py").write_text(f"{text}\n", encoding="utf-8")
    become = {mutant.becomes for mutant in mutants_of(tmp_path, "a.py")}
    nothing_but_none = {'count: int = ""', "found = None", "raise QuantityError(None)"}
    assert become <= nothing_but_none


def test_an_expression_inside_an_error_is_changed(tmp_path: Path) -> None:
    """A message that names a wrong dose is a wrong dose."""
    pytest.importorskip("mutmut")
    from tests.tools.mutation_source import mutants_of

    text = dedent("""
        class Dose:
            def read(self, text):
                raise QuantityError(f"write {value / 2} mg")
        """).lstrip()
    (tmp_path / "a.py").write_text(text, encoding="utf-8")
    found = [mutant for mutant in mutants_of(tmp_path, "a.py") if "value * 2" in mutant.becomes]
    assert [(one.within, one.at, one.span, one.at_import) for one in found] == [("Dose.read", 3, (3, 3), False)]


def test_each_group_names_files_and_tests_that_exist() -> None:
    for name, group in GROUPS.items():
        if name != "proof":
            assert files_of(group), name
            assert all((ROOT / place).exists() for place in group.tests), name


def test_no_file_is_in_two_groups() -> None:
    files = [file for group in GROUPS.values() for file in files_of(group)]
    assert len(files) == len(set(files))


def test_each_survivor_names_a_line_that_exists_and_a_reason() -> None:
    """A reason stands only as long as the line that it was given for."""
    known = reasons()
    assert known
    gone = [
        name
        for name in known
        if not any(line.strip() == name[2] for line in (ROOT / name[0]).read_text(encoding="utf-8").splitlines())
    ]
    assert not gone
    assert all(len(reason.split()) > 3 for reason in known.values())


def test_each_group_has_a_row_among_the_results() -> None:
    rows = (DATA / "results.md").read_text(encoding="utf-8").splitlines()
    recorded = {row.split("|")[1].strip() for row in rows if row.startswith("| ")} - {"group"}
    assert recorded == {name for name, group in GROUPS.items() if files_of(group)}
