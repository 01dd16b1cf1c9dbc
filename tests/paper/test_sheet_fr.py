"""The words of the clinician's sheet in French have the keys and blanks of the English ones."""

from __future__ import annotations

import re

import pytest

from taper.paper.words.clinician import CLINICIAN as ENGLISH
from taper.paper.words.pharmacy import PHARMACY
from taper.paper.words.sheets.fr import CLINICIAN

BLANK = re.compile(r"\{(\w+)(?::\w+)?\}")


def test_every_phrase_of_the_sheet_is_there_once() -> None:
    """Those of the pharmacy order are in `pharmacy.py`."""
    assert set(CLINICIAN) | set(PHARMACY["fr"]) == set(ENGLISH)
    assert not set(CLINICIAN) & set(PHARMACY["fr"])


@pytest.mark.parametrize("key", CLINICIAN)
def test_a_phrase_has_the_blanks_of_the_english_one(key: str) -> None:
    assert sorted(BLANK.findall(CLINICIAN[key])) == sorted(BLANK.findall(ENGLISH[key]))


@pytest.mark.parametrize("key", CLINICIAN)
def test_no_line_breaks_before_a_double_sign(key: str) -> None:
    assert not re.search(" [:;?!»]|« ", CLINICIAN[key])
