"""The sentences of findings in other languages than English, by the keys of `taper.checker.texts`.

A language that has not a key yet has not the sentence: `taper.paper.told` then gives the whole of it in English.

>>> FINDINGS["de"]["T109.advice"]
'Eine Gabe nach der anderen ersetzen, über ein bis zwei Wochen.'
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from taper.paper.words.findings import ar, de, es, fr, nl

_TEXTS = {"de": de.TEXTS, "fr": fr.TEXTS, "es": es.TEXTS, "nl": nl.TEXTS, "ar": ar.TEXTS}
_COUNTED = {"de": de.COUNTED, "fr": fr.COUNTED, "es": es.COUNTED, "nl": nl.COUNTED, "ar": ar.COUNTED}
FINDINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {code: MappingProxyType(texts) for code, texts in _TEXTS.items()}
)
"""Texts by language, then by key."""
COUNTED: Mapping[str, Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {code: MappingProxyType(counted) for code, counted in _COUNTED.items()}
)
"""What is counted, with its number, by language, noun (and the case that a blank asks for) and plural category."""
