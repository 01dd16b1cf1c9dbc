"""CONTRIBUTING.md: every file and every name of the package that it mentions exists."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SPOKEN = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL))
PLACES = ("taper/", "tests/", "examples/", ".ci/", ".github/")
PLACEHOLDER = re.compile(r"\b(?:ID|CODE)\b")


def files() -> set[str]:
    """Paths in backquotes; a word in capitals, such as ID, stands for any name."""
    return {text for text in SPOKEN if text.startswith(PLACES) or re.fullmatch(r"[\w-]+\.(?:md|toml)", text)}


def names() -> set[str]:
    """Dotted names in backquotes that begin with `taper.`."""
    return {text for text in SPOKEN if re.fullmatch(r"taper(?:\.\w+)+", text)}


def exists(name: str) -> bool:
    """Whether a dotted name is a module, or an attribute of the longest module that it begins with."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            value = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[length:]:
            if not hasattr(value, attribute):
                return False
            value = getattr(value, attribute)
        return True
    return False


def test_every_file_exists() -> None:
    mentioned = files()
    assert len(mentioned) > 80
    made_while_working = {"diazepam.toml"}
    missing = {text for text in mentioned - made_while_working if not any(ROOT.glob(PLACEHOLDER.sub("*", text)))}
    assert not missing, f"CONTRIBUTING.md names what is not there: {sorted(missing)}"


def test_every_name_exists() -> None:
    mentioned = names()
    assert len(mentioned) > 60
    missing = {name for name in mentioned if not exists(name)}
    assert not missing, f"CONTRIBUTING.md names what is not there: {sorted(missing)}"


def test_every_room_is_in_the_table() -> None:
    """Whoever adds a room or a module at the top of the package says here what it is for."""
    top = {path for path in (ROOT / "taper").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    unsaid = {
        path.name
        for path in top
        if path.name != "__init__.py" and f"`taper/{path.name}{'/' if path.is_dir() else ''}`" not in TEXT
    }
    assert not unsaid


def test_every_link_inside_the_page_leads_to_a_heading() -> None:
    headings = {
        re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    }
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    safety = (ROOT / "SAFETY.md").read_text(encoding="utf-8")
    here = re.findall(r"\]\(#([\w-]+)\)", TEXT)
    from_outside = re.findall(r"\]\(CONTRIBUTING\.md#([\w-]+)\)", readme + safety)
    assert here
    assert from_outside
    assert set(here) | set(from_outside) <= headings
