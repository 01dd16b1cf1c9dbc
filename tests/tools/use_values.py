"""Take `dataclass` from `taper.values`: ``python -m tests.tools.use_values && ruff check --fix taper``."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "taper"
KEPT = {"values.py"}  # and the command line, whose library reads the standard library's classes
_IMPORT = re.compile(r"^from dataclasses import (.+)$", re.MULTILINE)


def taken(text: str) -> str:
    """Return the text of a module with `dataclass` imported from the house."""

    def line(match: re.Match[str]) -> str:
        names = match[1].split(", ")
        if "dataclass" not in names:
            return match[0]
        others = ", ".join(name for name in names if name != "dataclass")
        return (f"from dataclasses import {others}\n" if others else "") + "from taper.values import dataclass"

    return _IMPORT.sub(line, text)


def modules() -> list[Path]:
    """Return the modules of the package that take it from there."""
    return [path for path in PACKAGE.rglob("*.py") if path.name not in KEPT and "cli" not in path.parts]


if __name__ == "__main__":
    for path in modules():
        text = path.read_text(encoding="utf-8")
        if taken(text) != text:
            path.write_text(taken(text), encoding="utf-8")
