"""The findings in Dutch."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from taper import catalog
from taper.checker.texts import TEXTS
from taper.checker.texts.notes import notes
from taper.paper.words.findings.nl import COUNTED, TEXTS as DUTCH

ENGLISH: Mapping[str, str] = {**TEXTS, **notes()}
EVERY = {"every", "every.day", "every.week", "every.month"}
NUMBER = re.compile(r"\d+")


def names(texts: Mapping[str, str]) -> set[str]:
    """Return the keys that are names of guidelines."""
    return {key for key in texts if key.startswith("guideline.")}


def test_every_sentence_has_a_dutch_one() -> None:
    """No finding stays English for want of a key, and no key is one of nothing."""
    assert DUTCH.keys() - names(DUTCH) == ENGLISH.keys() | EVERY
    assert names(DUTCH) <= {f"guideline.{name}" for name in catalog.guidelines()}


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_a_sentence_has_the_numbers_of_the_english_one(key: str) -> None:
    """No limit, length or age is changed on the way; the order of a sentence may be another one."""
    assert sorted(NUMBER.findall(DUTCH[key])) == sorted(NUMBER.findall(ENGLISH[key]))


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_a_sentence_ends_and_begins_as_the_english_one(key: str) -> None:
    """A text that follows another keeps its blank or its comma; a whole sentence keeps its period."""
    text, english = DUTCH[key], ENGLISH[key]
    assert text[:1].isspace() == english[:1].isspace()
    assert text.startswith((",", ";")) == english.startswith((",", ";"))
    assert text.endswith((".", "?", ":")) == english.endswith((".", "?", ":"))


def test_what_is_counted_has_a_noun() -> None:
    """Every noun that the rules and the readers count; in one and in many it is not the same word."""
    counted = {"day", "night", "week", "month", "step", "cut", "table", "tablet", "product", "row", "more place"}
    assert COUNTED.keys() == counted
    assert all(forms["one"] != forms["other"] for forms in COUNTED.values())
