"""Small plausible faults, written down in `tests/data/faults.toml`: what is changed, and who has to notice it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "tests" / "data" / "faults"
TABLE = ROOT / "tests" / "data" / "faults.md"
KINDS = ("dose", "day", "drug", "unit", "safety", "other")
DANGEROUS = frozenset(KINDS) - {"other"}
"""What no paper or file may leave the house with."""


@dataclass(frozen=True)
class Edit:
    """One change of a file.

    Attributes:
        file: The file, from the root of the tree.
        old: What stands there.
        new: What it becomes.
        count: How often the old text stands there; each is changed.
    """

    file: str
    old: str
    new: str
    count: int = 1

    def applied(self, text: str) -> str:
        """Return the text of the file with the change.

        Raises:
            ValueError: The old text does not stand there as often as is said.
        """
        found = text.count(self.old)
        if found != self.count or self.old == self.new:
            raise ValueError(f"{self.file} has the old text {found} times, not {self.count}: write the fault anew")
        return text.replace(self.old, self.new)


@dataclass(frozen=True)
class Fault:
    """A fault.

    Attributes:
        id: Its short name.
        room: The room of the house in which it is.
        what: What it does harm to.
        harm: What is then wrong.
        edits: What is changed.
        tests: Test files, or single tests, that must fail.
        probe: Name of the commands by which it is looked for at run time; empty if none shows it.
        reason: Why the program itself cannot see it, if it cannot.
    """

    id: str
    room: str
    what: str
    harm: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]
    probe: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Probe:
    """Commands whose output shows a fault, or which refuse to give it out.

    Attributes:
        name: Its name.
        runs: The arguments of each command; `{root}` stands for the tree. One that begins with "edit" changes a file.
        refused: Whether the program refuses without any fault.
    """

    name: str
    runs: tuple[tuple[str, ...], ...]
    refused: bool = False


def _tables(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in sorted(DATA.glob("*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8")).get(name, [])
    return found


def _fault(row: dict[str, Any]) -> Fault:
    also = row.pop("also", [])
    first = {key: row.pop(key) for key in ("file", "old", "new", "count") if key in row}
    edits = (Edit(**first), *(Edit(**{"file": first["file"], **edit}) for edit in also))
    return Fault(**{**row, "edits": edits, "tests": tuple(row["tests"])})


@cache
def faults() -> tuple[Fault, ...]:
    """Return every fault, file by file."""
    return tuple(_fault(dict(row)) for row in _tables("fault"))


@cache
def probes() -> dict[str, Probe]:
    """Return the probes by their names."""
    return {row["name"]: Probe(**row | {"runs": tuple(map(tuple, row["runs"]))}) for row in _tables("probe")}


@cache
def orders() -> dict[str, str]:
    """Return the files that the commands of probes read, by their names."""
    return {row["name"]: row["text"].lstrip() for row in _tables("order")}


@cache
def wider() -> dict[str, tuple[str, ...]]:
    """Return the further tests of each room, which are run where a fault passes its own."""
    return {row["room"]: tuple(row["tests"]) for row in _tables("wider")}


def changed(fault: Fault, root: Path = ROOT) -> dict[str, str]:
    """Return the text of each file that a fault changes.

    Raises:
        ValueError: An old text does not stand there as often as is said.
    """
    texts: dict[str, str] = {}
    for edit in fault.edits:
        text = texts.get(edit.file) or (root / edit.file).read_text(encoding="utf-8")
        texts[edit.file] = edit.applied(text)
    return texts
