"""Importing the package costs nothing, and its public names are what they say."""

from __future__ import annotations

import ast
import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

import taper

HEAVY = {"pydantic", "pydantic_core", "cyclopts", "rich", "jinja2", "typst", "dateutil", "typer", "numpy"}


def loaded(code: str) -> set[str]:
    """Names of all modules in a fresh interpreter after some code."""
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(ran.stdout))


def test_import_loads_no_dependency_and_none_of_our_own_modules() -> None:
    bare, after = loaded(""), loaded("import taper")
    assert not HEAVY & (after - bare)
    assert {name for name in after if name.startswith("taper.")} == set()


def test_planning_needs_no_extra() -> None:
    modules = loaded("import taper; taper.parse_order, taper.plan, taper.dispense, taper.check, taper.write_document")
    assert not {"cyclopts", "rich", "jinja2", "typst"} & modules


@pytest.mark.parametrize("name", taper.__all__)
def test_each_public_name_resolves(name: str) -> None:
    assert getattr(taper, name) is not None
    assert name in {*dir(taper), "__version__"}


def test_unknown_names_are_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        taper.nothing  # noqa: B018 - reading it is the test


def listed() -> dict[str, str]:
    """Public names and the modules in which the one list of them says that they live."""
    tree = ast.parse(Path(taper.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    return {
        alias.asname or alias.name: f"taper.{node.module}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_each_name_lives_in_its_home() -> None:
    """The home is where a class or function is defined, so that pickles and documentation point there."""
    for name, home in listed().items():
        value = getattr(importlib.import_module(home), name)
        assert getattr(taper, name) is value
        if isinstance(value, type):
            assert value.__module__ == home


def test_the_package_says_that_it_is_typed_and_which_version_it_is() -> None:
    from importlib.metadata import version

    assert (Path(taper.__file__).parent / "py.typed").is_file()
    assert taper.__version__ == version("taper-planner")


def test_no_module_bears_the_name_of_a_function_that_its_door_or_the_package_hands_on() -> None:
    """A door that hands on `products` would hide a module `products` from everyone who imports or patches it."""
    public = {name for name in taper.__all__ if not isinstance(getattr(taper, name), type)}
    for door in Path(taper.__file__).parent.rglob("__init__.py"):
        room = ".".join(("taper", *door.parent.relative_to(Path(taper.__file__).parent).parts))
        handed_on = set(getattr(importlib.import_module(room), "__all__", ()))
        modules = {path.stem for path in door.parent.iterdir() if path.suffix == ".py" or path.is_dir()}
        assert not modules & (handed_on | public), room
