"""The words of the page: all of them stand in `words.toml`, ready for another language."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

Pairs = tuple[tuple[str, str], ...]


def _pairs(listed: list[list[str]]) -> Pairs:
    return tuple((value, word) for value, word in listed)


_WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
SAY: dict[str, str] = _WORDS["say"]
"""Headings, buttons and sentences."""
LABELS: dict[str, str] = _WORDS["label"]
"""The name of each field, by its place without the number of its row."""
HINTS: dict[str, str] = _WORDS["hint"]
"""How what stands in a field is written."""
CHOICES: dict[str, Pairs] = {name: _pairs(listed) for name, listed in _WORDS["choice"].items()}
"""For a field that is chosen from a list, each value and the word for it."""
LANGUAGE_NAMES: dict[str, str] = _WORDS["language"]
COUNTRY_NAMES: dict[str, str] = _WORDS["country"]
RULE_NAMES, VIEWS, SHEETS = (_pairs(_WORDS["list"][name]) for name in ("rules", "views", "sheets"))
TAKE: tuple[tuple[str, Pairs], ...] = tuple((column["title"], _pairs(column["files"])) for column in _WORDS["take"])
"""The files to take away, in columns."""
