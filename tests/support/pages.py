"""The blocks of code in a page of Markdown, and the marks that say how a block is run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
MARKS = {
    "run": "the main job, in an environment of its own: `.ci/run`",
    "test": "the tests, in an environment of its own: `.ci/run`",
    "set up": "sets up an environment and runs all tests: `.ci/run` does the same with more extras",
    "release": "tags and publishes; its build, its check of the wheel and its main job: `.ci/release`",
}
"""Why a block of shell is not run by the tests: the mark before it, as ``<!-- run -->``, and what runs it instead."""


class Block(NamedTuple):
    """A fenced block: its mark and language, both may be empty, and its text without indentation."""

    mark: str
    language: str
    text: str

    @property
    def commands(self) -> list[str]:
        """Its lines, each a command of the shell."""
        return [line for line in self.text.splitlines() if line.strip()]


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of a page of this repository."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.findall(r"(?:^ *<!-- ([a-z ]+) -->\n)?^( *)```(\w*)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    assert len(found) * 2 == len(re.findall(r"^ *```", text, re.MULTILINE)), f"{page}: a fence is not closed"
    return [
        Block(mark, language, re.sub(rf"^{indent}", "", body, flags=re.MULTILINE))
        for mark, indent, language, body in found
    ]


def words(page: str) -> int:
    """Return how many words somebody reads: all but comments and pictures, code included."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return len(re.sub(r"<!--.*?-->|<img[^>]*>", "", text, flags=re.DOTALL).split())
