"""The tests stand where the code stands, and no test module leans on another."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import taper

TESTS = Path(__file__).parent
MODULES = sorted(path for path in TESTS.rglob("*.py") if path.name not in ("__init__.py", "conftest.py"))


def imported(text: str, package: str) -> set[str]:
    """Return every module that a source text imports, also inside functions, and what it takes out of a package."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join((*parents, *([node.module] if node.module else [])))
            names |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return names


def leaning_on_tests(text: str, package: str) -> list[str]:
    return sorted(name for name in imported(text, package) if name.startswith("tests.") and ".test_" in name)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(TESTS)))
def test_no_module_imports_a_test_module(path: Path) -> None:
    """What two test modules need is an oracle, a strategy or support."""
    package = ".".join(path.relative_to(TESTS.parent).parent.parts)
    assert leaning_on_tests(path.read_text(encoding="utf-8"), package) == []


@pytest.mark.parametrize(
    "line",
    [
        "from tests.exchange.test_fhir import LINT",
        "def deed():\n    from tests.exchange.test_fhir import LINT",
        "from tests.exchange import test_fhir",
        "import tests.exchange.test_fhir",
        "from .test_fhir import LINT",
        "from ..exchange.test_fhir import LINT",
    ],
)
def test_every_way_to_import_a_test_module_is_noticed(line: str) -> None:
    assert leaning_on_tests(line, "tests.paper")


def test_each_room_of_the_code_has_one_of_the_tests() -> None:
    rooms = {door.parent.name for door in Path(taper.__file__).parent.glob("*/__init__.py")}
    assert rooms <= {door.parent.name for door in TESTS.glob("*/__init__.py")}


def test_helpers_stand_out_of_the_way_of_tests() -> None:
    """In a room there are test modules and nothing else, and no test stands among the helpers."""
    rooms = {door.parent.name for door in Path(taper.__file__).parent.glob("*/__init__.py")} | {"laws", "outside"}
    helpers = {"oracles", "strategies", "support", "tools", "bench"}
    for path in MODULES:
        folder = path.relative_to(TESTS).parts[0]
        assert path.name.startswith("test_") is (folder in rooms or folder == path.name), path
        assert folder in rooms | helpers or folder == path.name, path


ROOT = Path(taper.__file__).parent
ASKS_THE_ROOT = {"schedule/schedule.py", "values.py"}
"""A schedule asks the root for its drawing when a notebook wants one, and a value for its table: both lie above."""
ASKS_BY_NAME = {"paper/words/__init__.py"}
"""Languages are loaded by their code."""


IMPORT_NOTHING = (
    "from importlib import metadata",
    "from importlib.abc import FileLoader",
    "from importlib.util import MAGIC_NUMBER, source_hash",
)
"""What of importlib asks, and imports no module."""


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_walks_around_the_contract(path: Path) -> None:
    """Import-linter does not see imports from the root, or by name: `from taper import plan` would pass there."""
    name = path.relative_to(ROOT).as_posix()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    of_root = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    public = set(taper.__all__) - {"__version__"}
    taken = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "taper" and not node.level
        for alias in node.names
    }
    if name not in ASKS_THE_ROOT:
        assert "taper" not in of_root
    assert not taken & public
    by_name = "importlib" in re.sub("|".join(IMPORT_NOTHING), "", path.read_text(encoding="utf-8"))
    assert not by_name or name in ASKS_BY_NAME


def test_every_format_is_in_the_contract_of_formats() -> None:
    """A new folder of a format is to be added there: it may know no other."""
    contracts = tomllib.loads((ROOT.parent / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    formats = next(c for c in contracts["contracts"] if c["name"] == "Formats know nothing of each other")
    named = {name.strip() for layer in formats["layers"] for name in layer.split("|")}
    folders = {path.name for path in (ROOT / "exchange").iterdir() if (path / "__init__.py").exists()}
    assert folders <= named
