"""The clinician's sheet in Spanish."""

from __future__ import annotations

import re
from string import Formatter

from taper.paper.words import load
from taper.paper.words.by_country import respelled
from taper.paper.words.clinician import CLINICIAN
from taper.paper.words.pharmacy import PHARMACY
from taper.paper.words.sheets.es import CLINICIAN as SPANISH

MASCULINE = re.compile(
    r"\b(un|el|del|al|otro|ningún) tabletas?\b|\btabletas? \w+os?\b|\btableta\b.*\botro\b", re.IGNORECASE
)


def blanks(text: str) -> list[str]:
    """Return the names of the blanks of a template."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_the_sheet_has_every_phrase_of_the_english_one_that_the_pharmacy_order_has_not() -> None:
    """No phrase is missing, and none has two texts."""
    assert SPANISH.keys() == CLINICIAN.keys() - PHARMACY["es"].keys()


def test_a_phrase_has_the_blanks_of_the_english_one() -> None:
    """A dose, a date or a name is never lost."""
    assert {key: blanks(text) for key, text in SPANISH.items()} == {key: blanks(CLINICIAN[key]) for key in SPANISH}


def test_no_word_agrees_with_a_noun_whose_gender_changes_in_the_americas() -> None:
    """A tablet is masculine in Spain, feminine in the Americas, where one noun alone is put in place of the other."""
    american = [*load("es-MX").clinician.values(), *map(respelled({"comprimido": "tableta"}), SPANISH.values())]
    assert any("tabletas" in text for text in american)
    for text in american:
        assert not MASCULINE.search(text), text
