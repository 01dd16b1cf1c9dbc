"""The findings in Dutch; what holds in every language is in `test_told.py`."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from taper.checker.texts import TEXTS
from taper.checker.texts.notes import notes
from taper.paper.words.findings.nl import TEXTS as DUTCH

ENGLISH: Mapping[str, str] = {**TEXTS, **notes()}


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_a_sentence_begins_and_ends_as_the_english_one(key: str) -> None:
    """A text that follows another keeps its blank or its comma; a whole sentence keeps its period."""
    text, english = DUTCH[key], ENGLISH[key]
    assert text[:1].isspace() == english[:1].isspace()
    assert text.startswith((",", ";")) == english.startswith((",", ";"))
    assert text.endswith((".", "?", ":")) == english.endswith((".", "?", ":"))
