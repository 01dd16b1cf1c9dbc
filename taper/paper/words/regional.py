"""English as a country writes it: the same sentences, with its dates, its week and its spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from taper.paper.words.en import ENGLISH
from taper.paper.words.language import Language, Passage, Sentence
from taper.paper.words.locales import LOCALES

_BRITISH = {"color": "colour", "liter": "litre", "counselor": "counsellor", "behavior": "behaviour"}
_SPELLED = re.compile("|".join(_BRITISH), re.IGNORECASE)


def british(text: str) -> str:
    """Spell a text as in Britain.

    >>> british("Another color. 5 milliliters.")
    'Another colour. 5 millilitres.'
    """
    return _SPELLED.sub(lambda found: found[0][0] + _BRITISH[found[0].lower()][1:], text)


def _british_texts(texts: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({name: british(text) for name, text in texts.items()})


def _british_passage(passage: Passage) -> Passage:
    lead, points = (
        tuple(Sentence(british(one.text), one.sources) for one in part) for part in (passage.lead, passage.points)
    )
    return replace(passage, title=british(passage.title), lead=lead, points=points)


AMERICAN = replace(
    ENGLISH,
    code="en-US",
    locale=replace(LOCALES["en-US"], percent=ENGLISH.locale.percent),
    phrase=MappingProxyType({**ENGLISH.phrase, "axis_day": "{month} {day}"}),
)
"""The English of the United States, and of Canada."""

BRITISH = replace(
    ENGLISH,
    code="en-GB",
    locale=replace(LOCALES["en-GB"], percent=ENGLISH.locale.percent, long_date=ENGLISH.locale.long_date),
    phrase=_british_texts(ENGLISH.phrase),
    clinician=_british_texts(ENGLISH.clinician),
    what_to_do=tuple(map(_british_passage, ENGLISH.what_to_do)),
)
"""The English of Britain; its long dates without a comma."""

REGIONAL: dict[str, Language] = {language.code: language for language in (AMERICAN, BRITISH)}
"""By their codes."""
