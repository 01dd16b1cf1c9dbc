"""The words that a whole FHIR request carries for people, held against its fields: the German scheme 1-0-2-0."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from taper.checker.texts import say
from taper.checker.wording import code_text
from taper.exchange.fhir.dosage import Dosage
from taper.exchange.fhir.in_words import Scheme, scheme_of
from taper.exchange.fhir.shape import many, text_of
from taper.exchange.fhir.units import word_unit
from taper.message import Message
from taper.order.parts import TIMES
from taper.quantity import exact_text

_URL = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Medication"
Note = Callable[..., None]


def rendered_text(resource: dict[str, Any]) -> str:
    """Return the words of a whole request: the element of R5, or its extension for R4."""
    for extension in many(resource, "extension"):
        url = text_of(extension, "url")
        if url.startswith(_URL) and url.endswith(".renderedDosageInstruction"):
            return text_of(extension, "valueMarkdown") or text_of(extension, "valueString")
    return text_of(resource, "renderedDosageInstruction")


def scheme_in(text: str) -> Scheme | None:
    """Return the scheme in the words of a whole request, after the name of its medicine; None if there is none."""
    return scheme_of(text.rpartition(": ")[2].partition(". ")[0])


def hold_against(resource: dict[str, Any], dosages: Sequence[Dosage], note: Note) -> None:
    """Report where the scheme in the words of a request is not that of its fields.

    Args:
        resource: The request.
        dosages: Its dosages, as read.
        note: Takes remarks.
    """
    text = rendered_text(resource)
    scheme = scheme_in(text)
    if scheme is None or any(dosage.every != 1 or dosage.weekdays or dosage.intakes is None for dosage in dosages):
        return
    if len({(dosage.start, dosage.end, dosage.days, dosage.months) for dosage in dosages}) != 1:
        return
    counts = _counts(dosages, scheme)
    said = (*scheme.counts, Fraction(0))[: len(TIMES)]
    if counts is not None and counts != said:
        shown, fields = ("-".join(exact_text(count) for count in each) for each in (said, counts))
        note("mismatch", _differs(shown, fields), quote=text, measured=shown, limit=fields)


def _counts(dosages: Sequence[Dosage], scheme: Scheme) -> tuple[Fraction, ...] | None:
    """Return how much the fields give at each time of day, in the unit of a scheme; None if that is not known."""
    unit = word_unit(scheme.unit) if scheme.unit else "piece"
    taken = dict.fromkeys(TIMES, Fraction(0))
    for intake in (intake for dosage in dosages for intake in dosage.intakes or ()):
        if isinstance(unit, Fraction):
            taken[intake.time] += intake.dose.value / unit
            continue
        amounts = [item.volume if unit == "mL" else item.count for item in intake.items]
        if unit not in ("piece", "mL") or len(amounts) != 1 or amounts[0] is None:
            return None
        taken[intake.time] += amounts[0].value
    return tuple(taken[at] for at in TIMES)


def _differs(shown: str, fields: str) -> Message:
    return say("remark.words say", what=say("remark.differs", said=code_text(shown), held=code_text(fields)))
