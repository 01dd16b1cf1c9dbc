"""Nothing that only one system has: a mark says what a test needs of its system, and files name their encoding."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import systems

ROOT = Path(__file__).parent.parent
ONLY = {
    "posix": re.compile(
        r"\bsignal\.SIGKILL|\bsend_signal\(|\bsymlink_to\(|\bos\.symlink|mkfifo|geteuid|getuid|\bfcntl\b|\bpty\b|"
        r"\"bash\"|\"sh\"|\bchmod\(|/bin/sh|\bos\.fork|\binterrupted\(|\bnpm\("
    ),
    "linux": re.compile(r"\"/dev/full|>/dev/full|\"/proc/"),
}
"""What of a test's text only some systems have; `linux` is stricter than `posix`."""


def _tests(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each test of a module: its name, its text, and its decorators with the marks of the module."""
    tree = ast.parse(text)
    whole = "".join(f"{ast.unparse(node)}\n" for node in tree.body if "pytestmark" in ast.unparse(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            marks = whole + "".join(f"{ast.unparse(one)}\n" for one in node.decorator_list)
            yield node.name, marks + (ast.get_source_segment(text, node) or ""), marks


def unmarked(text: str) -> list[str]:
    """Return the tests of a module that use what only some systems have, and do not say so."""
    return [
        f"{name} needs {mark}"
        for name, body, marks in _tests(text)
        for mark, only in ONLY.items()
        if only.search(body) and "mark.linux" not in marks and f"mark.{mark}" not in marks
    ]


def test_a_test_that_needs_one_system_says_so() -> None:
    assert unmarked("def test_x():\n    os.mkfifo('a')\n") == ["test_x needs posix"]
    assert unmarked('@pytest.mark.posix\ndef test_x():\n    Path("/proc/self")\n') == ["test_x needs linux"]
    found = {
        path.relative_to(ROOT).as_posix(): names
        for path in (ROOT / "tests").rglob("test_*.py")
        if path != Path(__file__) and (names := unmarked(path.read_text(encoding="utf-8")))
    }
    assert not found


def test_a_mark_skips_where_the_system_has_not_what_it_needs(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Marked:
        def __init__(self, *marks: str) -> None:
            self.marks, self.added = marks, list[str]()

        def get_closest_marker(self, mark: str) -> bool:
            return mark in self.marks

        def add_marker(self, mark: pytest.MarkDecorator) -> None:
            self.added.append(mark.kwargs["reason"])

    declared = {line.partition(":")[0] for line in pytestconfig.getini("markers")}
    assert systems.NEEDS.keys() <= declared
    monkeypatch.setattr(systems, "NEEDS", {mark: (False, reason) for mark, (_, reason) in systems.NEEDS.items()})
    items = [Marked("posix"), Marked(), Marked("browser")]
    systems.skip_elsewhere(items)  # type: ignore[arg-type]
    assert [len(item.added) for item in items] == [1, 0, 0]


@pytest.mark.parametrize("folder", ["taper", "tests", "examples"])
def test_every_text_file_is_opened_with_its_encoding(folder: str) -> None:
    """Else a file would be read or written in the code page of the machine."""
    loose = re.compile(r"\.(?:read_text|write_text)\((?![^\n]*encoding)|(?<![\w.])open\([^\n]*\"[rwax]t?\"\)")
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for path in (ROOT / folder).rglob("*.py")
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if loose.search(line) and not _goes_on(line)
    ]
    assert not found


def _goes_on(line: str) -> bool:
    """Return whether a call is written over several lines, where its encoding stands on one of the next."""
    return line.count("(") > line.count(")")


@pytest.mark.parametrize("folder", ["taper", "tests", "examples"])
def test_no_file_asks_for_a_module_of_posix_before_it_knows_its_system(folder: str) -> None:
    """Tests and tools are all imported, for their doctests: one import at the head of one file ends the whole run."""
    posix = {"fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"}
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        and posix & ({node.module or ""} if isinstance(node, ast.ImportFrom) else {one.name for one in node.names})
    ]
    assert not found


def test_the_package_loads_where_posix_is_missing() -> None:
    """Every module but those that run a command: none asks for a module that Windows does not have while it loads."""
    code = (
        "import sys\n"
        "for name in ('fcntl', 'termios', 'tty', 'pty', 'resource', 'pwd', 'grp'): sys.modules[name] = None\n"
        "import importlib, pkgutil, taper\n"
        "seen = 0\n"
        "for module in pkgutil.walk_packages(taper.__path__, 'taper.'):\n"
        "    if module.name.split('.')[1] in ('cli', 'web', 'audit') or module.name.endswith('__main__'): continue\n"
        "    importlib.import_module(module.name); seen += 1\n"
        "assert seen > 200, seen\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
