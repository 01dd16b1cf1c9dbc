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
"""English as a country writes it, by code; an order or a caller may name it."""
BY_COUNTRY = (*ENGLISHES, "de-AT", "de-CH", "es-US", "es-MX", "fr-CA", "fr-CH", "nl-BE")
"""Languages as a country writes them, by code; all but English are chosen by the country of the order alone."""
_AMERICAN_DATES = frozenset({"US", "CA"})  # dates that begin with the month, by CLDR
_FIRST_WEEKDAY = dict.fromkeys(("US", "CA", "MX"), 6) | dict.fromkeys(
    ("AT", "AU", "BE", "CH", "DE", "DK", "ES", "FR", "GB", "IE", "NL", "NZ"), 0
)


def code_for(language: str, country: str | None) -> str:
    """Return the code of a language as a country writes it; the language itself, if it has no way of its own.

    Args:
        language: Code of the language.
        country: The country of the order, if there is one.

    >>> code_for("es", "US"), code_for("es", "ES"), code_for("en", "NZ"), code_for("en", None)
    ('es-US', 'es', 'en-GB', 'en')
    """
    if country is None:
        return language
    if language == "en":
        return "en-US" if country in _AMERICAN_DATES else "en-GB"
    return code if (code := f"{language}-{country}") in BY_COUNTRY else language


@cache
def load(language: str) -> Language:
    """Return the words of a language.

    Args:
        language: Code of the language, such as ``"en"``, or of one as a country writes it, such as ``"en-GB"``.

    Raises:
        TaperError: No such language; names those there are.
    """
    if language in BY_COUNTRY:
        own: Language = import_module("taper.paper.words.by_country").written(language, load(language[:2]))
        return own
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
    words = load(code_for(language, country))
    first = _FIRST_WEEKDAY.get(country or "", words.locale.first_weekday)
    if language in ENGLISHES or first == words.locale.first_weekday:
        return words
    # the calendar on the patient's wall, not that of the language
    return replace(words, locale=replace(words.locale, first_weekday=first))
