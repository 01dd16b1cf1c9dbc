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
_WORDS = {
    "check off its box": "tick its box",
    "Check off each box": "Tick each box",
    "Check it off": "Tick it",
    "nausea or throwing up": "feeling sick or being sick",
    "your next refill": "your next prescription",
    "a seizure (fit)": "a fit (seizure)",
    "a seizure (a fit)": "a fit (a seizure)",
    "A seizure can be": "A fit can be",
}
_SPELLED = re.compile("|".join(_BRITISH), re.IGNORECASE)


def british(text: str) -> str:
    """Write a text as in Britain.

    >>> british("Another color. 5 milliliters.")
    'Another colour. 5 millilitres.'
    >>> british("Check off each box after you take the dose.")
    'Tick each box after you take the dose.'
    """
    for american, words in _WORDS.items():
        text = text.replace(american, words)
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
    times=MappingProxyType({**ENGLISH.times, "noon": "Midday"}),
    phrase=MappingProxyType({**_british_texts(ENGLISH.phrase), "label_noon": "at midday"}),
    clinician=_british_texts(ENGLISH.clinician),
    what_to_do=tuple(map(_british_passage, ENGLISH.what_to_do)),
)
"""The English of Britain; its long dates without a comma."""

REGIONAL: dict[str, Language] = {language.code: language for language in (AMERICAN, BRITISH)}
"""By their codes."""
