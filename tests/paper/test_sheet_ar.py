"""The clinician's sheet in Arabic has all that the English one has."""

from __future__ import annotations

import re

from taper.paper.words.clinician import CLINICIAN
from taper.paper.words.sheets import ar

BLANK = re.compile(r"\{(\w+)(?::\w+)?\}")
LETTER = re.compile("[\N{ARABIC LETTER ALEF WITH MADDA ABOVE}-\N{ARABIC LETTER YEH}]")


def test_the_arabic_sheet_has_every_phrase_of_the_english_one_with_the_same_blanks() -> None:
    """A dose, a date or a name that the sheet fills in is lost nowhere."""
    assert ar.CLINICIAN.keys() == CLINICIAN.keys()
    for key, text in ar.CLINICIAN.items():
        assert sorted(BLANK.findall(text)) == sorted(BLANK.findall(CLINICIAN[key])), key


def test_no_phrase_of_the_arabic_sheet_is_left_in_english() -> None:
    for key, text in CLINICIAN.items():
        words = re.sub(r"\{\w+\}|`[^`]*`", "", text)
        if re.search("[A-Za-z]", words):
            assert LETTER.search(ar.CLINICIAN[key]), key


def test_each_isolate_of_the_arabic_sheet_is_closed() -> None:
    """An open one would turn the order of all that follows."""
    for key, text in ar.CLINICIAN.items():
        assert text.count("\N{LEFT-TO-RIGHT ISOLATE}") == text.count("\N{POP DIRECTIONAL ISOLATE}"), key
