"""The sentences of the paper, one file per language; no code here knows a schedule.

>>> load("en").weekdays[0]
'Monday'
>>> from fractions import Fraction
>>> load("fr").count(Fraction(3, 2), "tablet")
'1 comprimé et demi'
"""

from __future__ import annotations

from dataclasses import replace
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
GERMANS = ("de-AT", "de-CH")
"""German as a country writes it, chosen by the country of the order alone."""
AMERICAN_DATES = frozenset({"US", "CA"})
"""Countries whose weeks begin on a Sunday and whose dates begin with the month, by CLDR."""


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
    if language in GERMANS:
        base, made = import_module("taper.paper.words.by_country").MADE[language]
        country_words: Language = made(load(base))
        return country_words
    if language not in LANGUAGES:
        known = ", ".join((*LANGUAGES, *ENGLISHES))
        raise TaperError(f"{language!r} is not a language that can be printed; known: {known}", field="language")
    words: Language = getattr(import_module(f"taper.paper.words.{language}"), LANGUAGES[language])
    return words


def load_for(language: str, country: str | None) -> Language:
    """Return the words of a language as they are written in a country, whose week they have in any language.

    Args:
        language: Code of the language.
        country: The country of the order, if there is one.

    Raises:
        TaperError: No such language.

    >>> load_for("de", "AT").months[0], load_for("ar", "DE").locale.first_weekday
    ('Jänner', 0)
    """
    code = f"{language}-{country}"
    words = load(english_of(country) if language == "en" else code if code in GERMANS else language)
    if country is None or language in ENGLISHES:
        return words
    # the calendar on the patient's wall, not that of the language
    first = 6 if country in AMERICAN_DATES else 0
    return replace(words, locale=replace(words.locale, first_weekday=first))
