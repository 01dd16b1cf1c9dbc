"""A language as a country writes it: its numbers, dates and week, and its words for medicines and offices.

Each is made of the language itself: the same sentences and blanks, with some other words and signs.
Numbers and names are those of CLDR, which the tests compare through Babel.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from taper.paper.words.language import Language, Noun, Passage, Sentence
from taper.paper.words.locales import LOCALES

_BRITISH_SPELLING = {"color": "colour", "liter": "litre", "counselor": "counsellor", "behavior": "behaviour"}
_SPELLED = re.compile("|".join(_BRITISH_SPELLING), re.IGNORECASE)
_BRITISH = {
    "check off its box": "tick its box",
    "Check off each box": "Tick each box",
    "Check it off": "Tick it",
    "nausea or throwing up": "feeling sick or being sick",
    "your next refill": "your next prescription",
    "a seizure (fit)": "a fit (seizure)",
    "a seizure (a fit)": "a fit (a seizure)",
    "A seizure can be": "A fit can be",
}
_JANUARY = {"Januar": "Jänner", "Jan": "Jän"}  # the one month that Austria calls otherwise, whole and short
_TABLETA = {
    "un comprimido entero": "una tableta entera",
    "comprimidos": "tabletas",
    "comprimido": "tableta",
    "«": "\N{LEFT DOUBLE QUOTATION MARK}",
    "»": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "profesional sanitario": "profesional de la salud",
    "comprimidos bucodispersables": "tabletas de desintegración oral",
    "conduzca ni maneje máquinas": "maneje vehículos ni use máquinas",
}
_BELGIAN = {"medicijn": "geneesmiddel", "medicijnen": "geneesmiddelen", "alarmnummer": "noodnummer"}
# in Canada only the colon and quotation marks keep their space
_CANADIAN = {f"\N{NO-BREAK SPACE}{sign}": sign for sign in (";", "?", "!")} | {
    " ; ": "; ",
    "gélule": "capsule",
    "solution buvable en gouttes": "gouttes orales",
    "solution buvable": "solution orale",
    "suspension buvable": "suspension orale",
}


def british(text: str) -> str:
    """Write a text as in Britain.

    >>> british("Another color. 5 milliliters.")
    'Another colour. 5 millilitres.'
    >>> british("Check off each box after you take the dose.")
    'Tick each box after you take the dose.'
    """
    for american, words in _BRITISH.items():
        text = text.replace(american, words)
    return _SPELLED.sub(lambda found: found[0][0] + _BRITISH_SPELLING[found[0].lower()][1:], text)


def austrian(text: str) -> str:
    """Call the prescriber's office as in Austria; both words are feminine.

    >>> austrian("in Ihrer Arztpraxis")
    'in Ihrer Ordination'
    """
    return text.replace("Arztpraxis", "Ordination").replace("in der Praxis", "in der Ordination")


def swiss(text: str) -> str:
    """Spell German as in Switzerland.

    >>> swiss("große")
    'grosse'
    """
    return text.replace("ß", "ss")


def respelled(words: Mapping[str, str]) -> Callable[[str], str]:
    """Return what puts some words in the place of others, with their capital; the longest first.

    >>> respelled(_BELGIAN)("Slapen zonder medicijn. Medicijnen.")
    'Slapen zonder geneesmiddel. Geneesmiddelen.'
    """
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))), re.IGNORECASE)

    def put(found: re.Match[str]) -> str:
        new = words[found[0].lower()]
        return new[:1].upper() + new[1:] if found[0][:1].isupper() else new

    return lambda text: pattern.sub(put, text)


def spelled_as(language: Language, code: str, spelled: Callable[[str], str]) -> Language:
    """Return a language with all its sentences as a country writes them.

    Args:
        language: The language.
        code: Code of what is returned.
        spelled: Writes one text.
    """

    def texts(given: Mapping[str, str]) -> Mapping[str, str]:
        return MappingProxyType({name: spelled(text) for name, text in given.items()})

    def sentence(one: Sentence) -> Sentence:
        return replace(one, text=spelled(one.text))

    def passage(one: Passage) -> Passage:
        lead, points = (tuple(map(sentence, part)) for part in (one.lead, one.points))
        return replace(one, title=spelled(one.title), lead=lead, points=points)

    return replace(
        language,
        code=code,
        nouns=MappingProxyType({noun: spelled(name) for noun, name in language.nouns.items()}),
        phrase=texts(language.phrase),
        clinician=texts(language.clinician),
        what_to_do=tuple(map(passage, language.what_to_do)),
        no_dose_days=sentence(language.no_dose_days),
        asleep=sentence(language.asleep),
    )


def _named(language: Language, pattern: str) -> Language:
    """Return a language whose products are named by a pattern of their own, that of the country's labels."""
    return replace(language, phrase=MappingProxyType({**language.phrase, "product_name": pattern}))


def _american(english: Language) -> Language:
    """The English of the United States, and of Canada."""
    return replace(
        english,
        code="en-US",
        locale=LOCALES["en-US"],
        phrase=MappingProxyType({**english.phrase, "axis_day": "{month} {day}"}),
    )


def _british(english: Language) -> Language:
    """The English of Britain and of the rest of the world; its long dates without a comma."""
    spelled = spelled_as(english, "en-GB", british)
    return replace(
        spelled,
        locale=replace(LOCALES["en-GB"], long_date=english.locale.long_date),
        times=MappingProxyType({**english.times, "noon": "Midday"}),
        phrase=MappingProxyType({**spelled.phrase, "label_noon": "at midday"}),
    )


def _austrian(german: Language) -> Language:
    def january(names: tuple[str, ...]) -> tuple[str, ...]:
        return (_JANUARY[names[0]], *names[1:])

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


def _american_spanish(spanish: Language) -> Language:
    from taper.paper.words.counting import counter
    from taper.paper.words.es import NOUNS, forms_of

    locale = replace(
        spanish.locale,
        region="es_US",
        months_short=tuple(name[:3] for name in spanish.locale.months_short),
        first_weekday=6,
        decimal=".",
        percent="{number}%",
    )
    count = counter("es", ".", {**NOUNS, "tablet": forms_of("tableta", "tabletas", feminine=True)})
    american = replace(spelled_as(spanish, "es-US", respelled(_TABLETA)), locale=locale, count=count)
    return _named(american, "{drug}, {form} de {strength}")


def _mexican(spanish: Language) -> Language:
    american = _american_spanish(spanish)
    return replace(american, code="es-MX", locale=replace(american.locale, region="es_MX"))


def _canadian_french(french: Language) -> Language:
    from taper.paper.words.counting import counter
    from taper.paper.words.fr import NOUNS, forms_of

    months_short = tuple("juill." if name == "juil." else name for name in french.locale.months_short)
    locale = replace(french.locale, region="fr_CA", months_short=months_short, first_weekday=6)
    capsule = forms_of("capsule", "capsules", of="de capsule", feminine=True)
    count = counter("fr", locale.decimal, {**NOUNS, "capsule": capsule})
    canadian = replace(spelled_as(french, "fr-CA", respelled(_CANADIAN)), locale=locale, count=count)
    return _named(canadian, "{drug}, {form} de {strength}")


def _swiss_french(french: Language) -> Language:
    return replace(french, code="fr-CH", locale=replace(french.locale, region="fr_CH", percent="{number}%"))


def _belgian_dutch(dutch: Language) -> Language:
    belgian = replace(spelled_as(dutch, "nl-BE", respelled(_BELGIAN)), locale=replace(dutch.locale, region="nl_BE"))
    return _named(belgian, "{drug} {strength} {form}")  # as in SAM v2


_WAYS: Mapping[str, Callable[[Language], Language]] = MappingProxyType(
    {
        "en-US": _american,
        "en-GB": _british,
        "de-AT": _austrian,
        "de-CH": _swiss_german,
        "es-US": _american_spanish,
        "es-MX": _mexican,
        "fr-CA": _canadian_french,
        "fr-CH": _swiss_french,
        "nl-BE": _belgian_dutch,
    }
)


def written(code: str, language: Language) -> Language:
    """Return a language as a country writes it.

    Args:
        code: Its code, one of `taper.paper.words.BY_COUNTRY`.
        language: The language itself.
    """
    return _WAYS[code](language)
