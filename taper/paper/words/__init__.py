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

ENGLISHES = ("en-US", "en-GB")
"""English as a country writes it, by code."""
AMERICAN_DATES = frozenset({"US", "CA"})
"""Countries whose weeks begin on a Sunday and whose dates begin with the month, by CLDR."""


ABROAD = {
    ("es", "US"): "es-US",
    ("es", "MX"): "es-MX",
    ("fr", "CA"): "fr-CA",
    ("fr", "CH"): "fr-CH",
    ("nl", "BE"): "nl-BE",
}
"""Language and country where it is written in another way than by itself, with the code of that way."""


def language_of(code: str, country: str | None) -> str:
    """Return the code of a language as a country writes it.

    >>> language_of("es", "US"), language_of("es", "ES"), language_of("en", "GB"), language_of("fr", None)
    ('es-US', 'es', 'en-GB', 'fr')
    """
    if code == "en":
        return english_of(country)
    return ABROAD.get((code, country or ""), code)


def english_of(country: str | None) -> str:
    """Return the code of the English of a country; of no country, that of the whole world.

    >>> english_of("US"), english_of("NZ"), english_of(None)
    ('en-US', 'en-GB', 'en')
    """
    if country is None:
        return "en"
    return "en-US" if country in AMERICAN_DATES else "en-GB"


@cache
def load(language: str) -> Language:
    """Return the words of a language.

    Args:
        language: Code of the language, such as ``"en"``.

    Raises:
        TaperError: No such language; names those there are.
    """
    if language in ENGLISHES:
        regional: dict[str, Language] = import_module("taper.paper.words.regional").REGIONAL
        return regional[language]
    if language in ABROAD.values():
        abroad: dict[str, Language] = import_module("taper.paper.words.abroad").ABROAD
        return abroad[language]
    if language not in LANGUAGES:
        known = ", ".join((*LANGUAGES, *ENGLISHES))
        raise TaperError(f"{language!r} is not a language that can be printed; known: {known}", field="language")
    words: Language = getattr(import_module(f"taper.paper.words.{language}"), LANGUAGES[language])
    return words
