"""What the checker says, in the languages that have it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from taper.checker.checking import check
from taper.checker.texts import TEXTS
from taper.message import Message
from taper.paper.phrases import Phrases
from taper.paper.told import MOST_CHARACTERS, Told
from taper.paper.words import LANGUAGES, load
from taper.paper.words.findings import COUNTED, FINDINGS
from tests.support.cases import cases, schedule_of

BLANK = re.compile(r"\{(\w+)(?::(\w+))?\}")
ALL = list(cases())
PLURALS = {"ar": {"zero", "one", "two", "few", "many", "other"}}
OWN = {"every", "every.day", "every.week", "every.month", "span.from"}
"""Keys of values that only other languages have a text for."""


def blanks(text: str) -> set[str]:
    return {name for name, _ in BLANK.findall(text)}


@pytest.mark.parametrize("language", FINDINGS)
def test_a_text_has_the_blanks_of_the_english_one_and_no_key_of_its_own(language: str) -> None:
    """A dose, a date or a limit is never lost, and never asked for in a case that the language does not count in."""
    assert language in LANGUAGES
    for key, text in FINDINGS[language].items():
        if key in OWN or key.startswith(("guideline.", "note.", "gist.")):
            continue
        assert blanks(text) == blanks(TEXTS[key]), key
        for _, case in BLANK.findall(text):
            assert not case or any(noun.endswith(f" {case}") for noun in COUNTED[language]), key


@pytest.mark.parametrize("language", COUNTED)
def test_a_number_has_a_noun_in_every_plural_form(language: str) -> None:
    for noun, forms in COUNTED[language].items():
        assert set(forms) >= PLURALS.get(language, {"one", "other"}), noun
        assert all("{number}" in text or category in ("one", "two") for category, text in forms.items()), noun


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", [case for _, case in ALL], ids=[f"{code}: {case['name']}" for code, case in ALL])
def test_a_finding_is_told_whole_in_one_language_and_in_a_short_line(case: dict[str, Any], language: str) -> None:
    """It is all in the language, with its decimal sign, or all in English."""
    schedule = schedule_of(case)
    told = Told(Phrases(schedule, load(language)))
    for finding in check(schedule, guidelines=case.get("guidelines"), tables=case.get("tables")).findings:
        line = told.say(finding.message)
        assert isinstance(finding.message, Message)
        assert len(line) <= MOST_CHARACTERS, line
        if language == "en" or not told.is_told(finding.message):
            assert line == finding.message
        else:
            assert "{" not in line
            if load(language).locale.decimal == ",":
                assert not re.search(r"\d\.\d+\s?(mg|%)", line), line
