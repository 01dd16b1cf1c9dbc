"""The clinician's sheet, the record and the pharmacy order in each language; those in English are in `clinician.py`.

A language that has not every phrase of the sheet has none: it keeps the pharmacy order alone, and its clinicians get
the sheet in English, whole.

>>> words_of("de")["findings"], "findings" in words_of("xx")
('Prüfergebnisse', False)
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from taper.paper.words.pharmacy import PHARMACY
from taper.paper.words.sheets import ar, de, es, fr, nl
from taper.paper.words.sheets.terms import TERMS

SHEETS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"de": de.CLINICIAN, "fr": fr.CLINICIAN, "es": es.CLINICIAN, "nl": nl.CLINICIAN, "ar": ar.CLINICIAN}
)
"""The phrases of the sheet by language, with the keys and blanks of the English ones."""


def words_of(code: str) -> Mapping[str, str]:
    """Return the phrases of a language for clinicians and pharmacies; of a language without a sheet, pharmacies alone.

    Args:
        code: Code of the language, without a country.
    """
    pharmacy = PHARMACY.get(code, {})
    return MappingProxyType({**SHEETS[code], **pharmacy, **TERMS[code]} if code in SHEETS else dict(pharmacy))
