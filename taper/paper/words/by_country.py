"""A language as a country writes it: German of Austria and of Switzerland, and the week of the wall calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from taper.paper.words.language import Language, Noun, Passage, Sentence

JANUARY = {"Januar": "Jänner", "Jan": "Jän"}
"""The one month that Austria calls otherwise, whole and short, by CLDR."""


def austrian(text: str) -> str:
    """Call the prescriber's office as in Austria; both words are feminine.

    >>> austrian("in Ihrer Arztpraxis")
    'in Ihrer Ordination'
    """
    return text.replace("Arztpraxis", "Ordination").replace("in der Praxis", "in der Ordination")


def swiss(text: str) -> str:
    """Spell as in Switzerland.

    >>> swiss("große")
    'grosse'
    """
    return text.replace("ß", "ss")


def _texts(texts: Mapping[str, str], spelled: Callable[[str], str]) -> Mapping[str, str]:
    return MappingProxyType({name: spelled(text) for name, text in texts.items()})


def _sentence(one: Sentence, spelled: Callable[[str], str]) -> Sentence:
    return replace(one, text=spelled(one.text))


def _passage(passage: Passage, spelled: Callable[[str], str]) -> Passage:
    lead, points = (tuple(_sentence(one, spelled) for one in part) for part in (passage.lead, passage.points))
    return replace(passage, title=spelled(passage.title), lead=lead, points=points)


def spelled_as(words: Language, code: str, spelled: Callable[[str], str]) -> Language:
    """Return a language with all its sentences spelled as a country does.

    Args:
        words: The language.
        code: Code of what is returned.
        spelled: Spells one text.
    """
    return replace(
        words,
        code=code,
        phrase=_texts(words.phrase, spelled),
        what_to_do=tuple(_passage(one, spelled) for one in words.what_to_do),
        no_dose_days=_sentence(words.no_dose_days, spelled),
        asleep=_sentence(words.asleep, spelled),
    )


def _austrian_german(german: Language) -> Language:
    def january(names: tuple[str, ...]) -> tuple[str, ...]:
        return (JANUARY[names[0]], *names[1:])

    locale = german.locale
    months, in_date, short = map(january, (locale.months, locale.months_in_date, locale.months_short))
    locale = replace(locale, region="de_AT", months=months, months_in_date=in_date, months_short=short)
    return replace(spelled_as(german, "de-AT", austrian), locale=locale)


def _swiss_german(german: Language) -> Language:
    # CLDR and the names on Swiss boxes have the point: 7.5 mg
    locale = replace(german.locale, region="de_CH", decimal=".", percent="{number}%")

    def count(pieces: Fraction, noun: Noun) -> str:
        return german.count(pieces, noun).replace(german.locale.decimal, locale.decimal)

    return replace(spelled_as(german, "de-CH", swiss), locale=locale, count=count)


MADE: Mapping[str, tuple[str, Callable[[Language], Language]]] = MappingProxyType(
    {"de-AT": ("de", _austrian_german), "de-CH": ("de", _swiss_german)}
)
"""By code: the language that it is made of, and how."""
