"""The sentences of the paper, one file per language; no code here knows a schedule.

>>> load("en").weekdays[0]
'Monday'
>>> from fractions import Fraction
>>> load("fr").count(Fraction(3, 2), "tablet")
'1 comprimé et demi'
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from taper.errors import TaperError
from taper.paper.words.language import Language

LANGUAGES: dict[str, str] = {
    "en": "ENGLISH",
    "fr": "FRENCH",
    "nl": "DUTCH",
    "de": "GERMAN",
    "es": "SPANISH",
    "ar": "ARABIC",
}
"""The languages that can be printed: code, and the name of its value in the module of that code."""


@cache
def load(language: str) -> Language:
    """Return the words of a language.

    Args:
        language: Code of the language, such as ``"en"``.

    Raises:
        TaperError: No such language; names those there are.
    """
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise TaperError(f"{language!r} is not a language that can be printed; known: {known}", field="language")
    words: Language = getattr(import_module(f"taper.paper.words.{language}"), LANGUAGES[language])
    return words
