"""French, Spanish and Dutch as another country writes them: its numbers, its week and its words for medicines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from taper.paper.words.counting import counter
from taper.paper.words.es import NOUNS as SPANISH_NOUNS, SPANISH, forms_of as spanish_forms
from taper.paper.words.fr import FRENCH, NOUNS as FRENCH_NOUNS, forms_of as french_forms
from taper.paper.words.language import Language, Passage, Sentence
from taper.paper.words.nl import DUTCH

_TABLETA = {
    "un comprimido entero": "una tableta entera",
    "comprimidos": "tabletas",
    "comprimido": "tableta",
    "«": "\N{LEFT DOUBLE QUOTATION MARK}",
    "»": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "profesional sanitario": "profesional de la salud",
    "conduzca ni maneje máquinas": "maneje vehículos ni use máquinas",
}
_BELGIAN = {"medicijn": "geneesmiddel", "medicijnen": "geneesmiddelen", "alarmnummer": "noodnummer"}
# in Canada only the colon and quotation marks keep their space
_CANADIAN = {f"\N{NO-BREAK SPACE}{sign}": sign for sign in (";", "?", "!")} | {" ; ": "; ", "gélule": "capsule"}


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


def abroad(language: Language, code: str, words: Mapping[str, str]) -> Language:
    """Return a language with the words of another country in all its sentences."""
    spell = respelled(words)

    def sentence(one: Sentence) -> Sentence:
        return replace(one, text=spell(one.text))

    def passage(one: Passage) -> Passage:
        lead, points = (tuple(map(sentence, part)) for part in (one.lead, one.points))
        return replace(one, title=spell(one.title), lead=lead, points=points)

    return replace(
        language,
        code=code,
        nouns=MappingProxyType({noun: spell(name) for noun, name in language.nouns.items()}),
        phrase=MappingProxyType({name: spell(text) for name, text in language.phrase.items()}),
        what_to_do=tuple(map(passage, language.what_to_do)),
        no_dose_days=sentence(language.no_dose_days),
        asleep=sentence(language.asleep),
    )


_AMERICAN = replace(
    SPANISH.locale,
    region="es_US",
    months_short=tuple(name[:3] for name in SPANISH.locale.months_short),
    first_weekday=6,
    decimal=".",
    percent="{number}%",
)
AMERICAN_SPANISH = replace(
    abroad(SPANISH, "es-US", _TABLETA),
    locale=_AMERICAN,
    count=counter("es", ".", {**SPANISH_NOUNS, "tablet": spanish_forms("tableta", "tabletas", feminine=True)}),
)
"""The Spanish of the United States."""

MEXICAN_SPANISH = replace(AMERICAN_SPANISH, code="es-MX", locale=replace(_AMERICAN, region="es_MX"))
"""That of Mexico: as that of the United States."""

_QUEBEC = replace(
    FRENCH.locale,
    region="fr_CA",
    months_short=tuple("juill." if name == "juil." else name for name in FRENCH.locale.months_short),
    first_weekday=6,
)
CANADIAN_FRENCH = replace(
    abroad(FRENCH, "fr-CA", _CANADIAN),
    locale=_QUEBEC,
    count=counter(
        "fr", ",", {**FRENCH_NOUNS, "capsule": french_forms("capsule", "capsules", of="de capsule", feminine=True)}
    ),
)
"""The French of Canada."""

SWISS_FRENCH = replace(FRENCH, code="fr-CH", locale=replace(FRENCH.locale, region="fr_CH", percent="{number}%"))
"""The French of Switzerland."""

BELGIAN_DUTCH = replace(abroad(DUTCH, "nl-BE", _BELGIAN), locale=replace(DUTCH.locale, region="nl_BE"))
"""The Dutch of Belgium."""

ABROAD: dict[str, Language] = {
    language.code: language
    for language in (AMERICAN_SPANISH, MEXICAN_SPANISH, CANADIAN_FRENCH, SWISS_FRENCH, BELGIAN_DUTCH)
}
"""By their codes."""
