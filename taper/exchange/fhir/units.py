"""What the unit of a FHIR quantity is, by its code and the system of that code, and by its words.

The same code is another unit in another system: ``g`` is a gram in UCUM and a single dose in the German list.
So a code counts only in its own system, and words count where they say the same.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, Literal

from taper.checker.texts import say
from taper.checker.wording import as_written, dose_text, plain_number
from taper.exchange.fhir.shape import amount, text_of
from taper.exchange.medicine import Medicine
from taper.message import Message
from taper.quantity import Mg, Ml, Pieces, exact_text

Unit = Fraction | Literal["mL", "piece", "other"]
"""mg in one of a unit of mass; or milliliters, pieces of a product, or something that has no fixed meaning."""

UCUM = "http://unitsofmeasure.org"
SNOMED = "http://snomed.info/sct"
EDQM = "http://standardterms.edqm.eu"
KBV = "https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_BMP_DOSIEREINHEIT"
_MG, _UG, _G = Fraction(1), Fraction(1, 1000), Fraction(1000)
_EDQM_CODES: dict[str, Unit] = {"15054000": "piece", "15012000": "piece", "15023000": "piece"}
_ORDERABLE: dict[str, Unit] = dict.fromkeys(
    (
        *("TAB", "ORTAB", "CAPLET", "CHEWTAB", "DISINTAB", "DRTAB", "ECTAB", "ERTAB", "ERTAB24", "SLTAB"),
        *("CAP", "ORCAP", "ERCAP", "ERCAP12", "ERCAP24"),
    ),
    "piece",
)
_UCUM_CODES: dict[str, Unit] = {
    **dict.fromkeys(("mg", "MG"), _MG),
    **dict.fromkeys(("ug", "mcg"), _UG),
    **dict.fromkeys(("mL", "ml", "ML"), "mL"),
    "g": _G,
    "1": "piece",
}
_SYSTEMS: dict[str, dict[str, Unit]] = {
    **dict.fromkeys((UCUM, "https://unitsofmeasure.org", "urn:oid:2.16.840.1.113883.6.8"), _UCUM_CODES),
    SNOMED: {
        "258684004": _MG,
        "258685003": _UG,
        "258682000": _G,
        "258773002": "mL",
        **dict.fromkeys(
            (
                *("428673006", "732936001", "385055001", "385061003", "447079001"),  # tablets
                *("428641000", "732937005", "385049006", "385054002", "420692007"),  # capsules
            ),
            "piece",
        ),
    },
    EDQM: _EDQM_CODES,
    "https://standardterms.edqm.eu": _EDQM_CODES,
    "urn:oid:0.4.0.127.0.16.1.1.2.1": _EDQM_CODES,
    KBV: {"1": "piece", "s": "mL", "t": _G, "v": _MG},
    "http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm": _ORDERABLE,
    "http://hl7.org/fhir/v3/orderableDrugForm": _ORDERABLE,
    "http://hl7.org/fhir/v3/vs/orderableDrugForm": _ORDERABLE,
}
"""Codes of units, by system. A code that is not here may be anything."""

_STEMS = (
    (_MG, "mg milligram milligrams milligramme milligrammes milligramm milligrammo milligrammi miligramo miligramos"),
    (_UG, "ug mcg µg μg microgram micrograms microgramme microgrammes mikrogramm microgrammo microgrammi microgramo"),
    (_UG, "microgramos"),
    (_G, "g gram grams gramme grammes gramm grammo grammi gramo gramos"),
    ("mL", "ml milliliter milliliters millilitre millilitres mililitro mililitros millilitro millilitri"),
    ("piece", "tab tabs tablet tablets tbl tabl cap caps capsule capsules caplet caplets pill pills film films"),
    ("piece", "piece pieces unit units each ea"),
    ("piece", "tablette tabletten filmtablette filmtabletten retardtablette retardtabletten schmelztablette"),
    ("piece", "schmelztabletten kapsel kapseln retardkapsel retardkapseln stück stueck stk"),
    ("piece", "comprimé comprimés comprime comprimes cp cpr gélule gélules gelule gelules"),
    ("piece", "tabletje tabletjes stuk stuks"),
    ("piece", "comprimido comprimidos tableta tabletas cápsula cápsulas capsula capsulas pastilla pastillas"),
    ("piece", "compressa compresse capsula capsule"),
    ("other", "drop drops gtt tropfen gouttes goutte druppel druppels gota gotas goccia gocce dose doses einzeldosis"),
)
_WORDS: dict[str, Unit] = {word: unit for unit, words in _STEMS for word in words.split()}  # type: ignore[misc]
_TAGS = re.compile(
    r"\s*(?:\((?:unit of presentation|basic dose form|dose form|qualifier value|product|s|n|e|es)\)|"
    r" - unit of product usage| dose form)",
    re.IGNORECASE,
)
_PLAIN = frozenset(word for word, unit in _WORDS.items() if len(word) > 1 and unit != "other")


def unit_of(quantity: Any) -> Unit | None:
    """Return the unit of a quantity; None if it is not known, or its code and its words contradict each other.

    >>> unit_of({"code": "g", "unit": "Einzeldosis", "system": KBV}), unit_of({"code": "g", "system": UCUM})
    (None, Fraction(1000, 1))
    >>> unit_of({"unit": "Comprimé", "code": "15054000", "system": EDQM})
    'piece'
    """
    system, code, unit = text_of(quantity, "system").rstrip("/"), text_of(quantity, "code"), text_of(quantity, "unit")
    worded = word_unit(unit)
    if not code:
        return worded if worded != "other" else None
    coded = _coded(system, code)
    if coded is None and (not unit or (unit == code and (system in _SYSTEMS or unit.lower() not in _PLAIN))):
        return None  # words that only repeat a code say no more than the code
    known = {found for found in (coded, worded) if found is not None}
    if len(known) != 1 or (code == "1" and unit not in ("", "1") and worded is None):
        return None
    (found,) = known
    return None if found == "other" else found


def word_unit(text: str) -> Unit | None:
    """Return the unit that some words name, in one of the languages of these files; None if they name none.

    >>> word_unit("Tablet (unit of presentation)"), word_unit("Stück"), word_unit("Beutel")
    ('piece', 'piece', None)
    """
    return _WORDS.get(_TAGS.sub("", text).strip(" .{}[]").lower())


def _coded(system: str, code: str) -> Unit | None:
    """Return what a code means in its system; without a system only one that is a plain word."""
    if not system:
        word = code.strip("{}").lower()
        return _WORDS[word] if word in _PLAIN else None
    known = _SYSTEMS.get(system)
    if known is not None and code in known:
        return known[code]
    if known is _UCUM_CODES and code.startswith("{") and code.endswith("}"):
        return _WORDS.get(code.strip("{}").lower())  # an annotation is words, and counts as one of these
    return None


def mg_of(quantity: Any, medicine: Medicine) -> tuple[Mg, Pieces | Ml | None] | None:
    """Return a quantity in mg, with pieces or mL if it is given in them; None if it cannot be converted."""
    value, unit = amount(quantity, "value"), unit_of(quantity)
    if value is None or unit is None or (isinstance(quantity, dict) and quantity.get("comparator")):
        return None
    if isinstance(unit, Fraction):
        return Mg(value * unit), None
    if medicine.strength is None or medicine.liquid != (unit == "mL"):
        return None
    return medicine.strength * value, Ml(value) if unit == "mL" else Pieces(value)


def pieces_of(quantity: Any) -> Fraction | None:
    """Return how many pieces a quantity is, whatever their strength."""
    return amount(quantity, "value") if unit_of(quantity) == "piece" else None


def shown(quantity: Any) -> str:
    """Return a quantity in the words of the record."""
    value, unit = amount(quantity, "value"), text_of(quantity, "unit") or text_of(quantity, "code")
    return f"{'' if value is None else exact_text(value)} {unit or 'no unit'}".strip()


_NOUNS = {name: f"remark.{name}s" for name in ("tablet", "capsule")} | {
    "tab": "remark.tablets",
    "cap": "remark.capsules",
}


def quantity_text(value: Fraction, noun: str) -> Message:
    """Write an amount in mg, in tablets or capsules, or in another unit as a record names it.

    >>> quantity_text(Fraction(30), "tab"), quantity_text(Fraction(5, 2), "mg")
    ('30 tablets', '2.5 mg')
    """
    if noun == "mg":
        return dose_text(Mg(value))
    if noun in _NOUNS:
        return say(_NOUNS[noun], number=plain_number(value))
    return say("remark.units", number=plain_number(value), unit=as_written(f"{noun}s"))
