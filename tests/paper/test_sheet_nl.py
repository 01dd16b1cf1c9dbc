"""The clinician's sheet in Dutch."""

from __future__ import annotations

from string import Formatter

from taper.paper.words.clinician import CLINICIAN
from taper.paper.words.pharmacy import PHARMACY
from taper.paper.words.sheets.nl import CLINICIAN as DUTCH


def blanks(text: str) -> list[str]:
    """Return the names of the blanks of a template."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_the_sheet_has_every_phrase_of_the_english_one_that_the_pharmacy_order_has_not() -> None:
    """No phrase is missing, and none has two texts."""
    assert DUTCH.keys() == CLINICIAN.keys() - PHARMACY["nl"].keys()


def test_a_phrase_has_the_blanks_of_the_english_one() -> None:
    """A dose, a date or a name is never lost."""
    assert {key: blanks(text) for key, text in DUTCH.items()} == {key: blanks(CLINICIAN[key]) for key in DUTCH}


def test_a_phrase_is_empty_only_where_the_english_one_is_and_keeps_its_edges() -> None:
    """What follows another text begins with the same blank or comma, or two words run into each other."""
    for key, text in DUTCH.items():
        english = CLINICIAN[key]
        assert bool(text) == bool(english), key
        assert text[:1].isspace() == english[:1].isspace(), key
        assert text.startswith(", ") == english.startswith(", "), key
        assert text.endswith(".") == english.endswith("."), key
