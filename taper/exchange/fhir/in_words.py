"""Doses that a FHIR dosage gives in words alone: read only where all of the words are understood.

English directions are read by the reader of label texts, their steps one after the other at "then"; the German
scheme 1-0-1-0 is morning, noon, evening and night.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from taper.exchange.fhir.bounds import Span
from taper.exchange.fhir.units import word_unit
from taper.exchange.medicine import Medicine
from taper.exchange.record_lines import UNTIMED
from taper.exchange.sig.read import SigAmount, SigDose, SigPart, read_sig
from taper.order.parts import TIMES
from taper.quantity import Mg, Pieces
from taper.schedule.regimen import Intake, Item
from taper.values import dataclass

_PARTS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_NUMBER = r"(?:\d?[½¼¾]|(?:\d )?(?:1/[24]|3/4)|\d(?:[.,]\d{1,2})?)"
_SCHEME = re.compile(
    rf"(?P<counts>{_NUMBER}(?:\s?[-\N{{EN DASH}}]\s?{_NUMBER}){{2,3}})(?:\s(?P<unit>[^\W\d]+\.?))?\.?\Z"
)
_SPLIT = re.compile(r"\s?[-\N{EN DASH}]\s?")
_NOUNS = frozenset({"tablet", "capsule", "film", "piece"})


@dataclass(frozen=True, slots=True)
class Scheme:
    """What is taken in the morning, at noon, in the evening and at night, in one unit; the unit may be left open."""

    counts: tuple[Fraction, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step that words give: its days, its intakes, how they repeat, and whether a time of day is missing."""

    span: Span
    intakes: tuple[Intake, ...]
    every: int
    weekdays: tuple[int, ...]
    untimed: bool


def scheme_of(text: str) -> Scheme | None:
    """Return the scheme that is all of a text; None if the text is anything else.

    >>> scheme_of("1-0-½-0 Tabletten").counts, scheme_of("2-0-1").unit, scheme_of("1-2 tablets")
    ((Fraction(1, 1), Fraction(0, 1), Fraction(1, 2), Fraction(0, 1)), '', None)
    """
    match = _SCHEME.match(" ".join(text.split()))
    if match is None:
        return None
    counts = tuple(_count(part) for part in _SPLIT.split(match["counts"]))
    return Scheme(counts, match["unit"] or "") if any(counts) else None


def _count(text: str) -> Fraction:
    if text[-1] in _PARTS:
        return Fraction(text[:-1] or 0) + _PARTS[text[-1]]
    if "/" in text:
        whole = re.fullmatch(r"(?:(\d{1,2}) ?)?(\d)/(\d)", text)
        assert whole is not None
        return Fraction(whole[1] or 0) + Fraction(int(whole[2]), int(whole[3]))
    return Fraction(text.replace(",", "."))


def in_words(text: str, medicine: Medicine, span: Span, *, alone: bool) -> list[Step] | None:
    """Return the steps that a text gives, or None if any of it is not understood.

    Args:
        text: The words.
        medicine: The medicine that they are about.
        span: The days that the fields give.
        alone: Whether the text speaks of all that is taken; a text with several steps is read only then.
    """
    if not medicine.drug:
        return None
    if (scheme := scheme_of(text)) is not None:
        intakes = _of_scheme(scheme, medicine)
        return None if intakes is None else [Step(span, intakes, 1, (), untimed=False)]
    reading = read_sig(text)
    if not reading.complete or (len(reading.parts) > 1 and not alone):
        return None
    spans = _spans(reading.parts, span)
    steps = [_step(part, medicine) for part in reading.parts]
    if spans is None or any(step is None for step in steps):
        return None
    return [replace(step, span=each) for step, each in zip(steps, spans, strict=True) if step is not None]


def _of_scheme(scheme: Scheme, medicine: Medicine) -> tuple[Intake, ...] | None:
    unit = word_unit(scheme.unit) if scheme.unit else "piece"
    pieces = unit == "piece" and medicine.strength is not None and not medicine.liquid
    each = medicine.strength if pieces else Mg(unit) if isinstance(unit, Fraction) else None
    if each is None:
        return None
    return tuple(
        Intake(at, medicine.drug, each * count, (Item(medicine.product, Pieces(count)),) if pieces else ())
        for at, count in zip(TIMES, _four(scheme), strict=True)
        if count
    )


def _four(scheme: Scheme) -> tuple[Fraction, ...]:
    return (*scheme.counts, Fraction(0))[:4]


def _spans(parts: tuple[SigPart, ...], span: Span) -> list[Span] | None:
    """Return the days of each part, as far as words and fields give them; None if they contradict each other."""
    if len(parts) == 1:
        (part,) = parts
        said = Span(part.start, part.end, part.days, part.months)
        for mine, theirs in (
            (said.start, span.start),
            (said.end, span.end),
            (said.days, span.days),
            (said.months, span.months),
        ):
            if mine is not None and theirs is not None and mine != theirs:
                return None
        whole = replace(
            span,
            start=span.start or said.start,
            end=span.end or said.end,
            days=span.days or said.days,
            months=span.months or said.months,
        )
        if whole.months is not None and (whole.days is not None or whole.end is not None):
            return None  # a length in two ways
        return [whole]
    if any(part.days is None for part in parts[:-1]):
        return None
    if span.months is not None or any(part.months is not None for part in parts):
        return None  # the days of a month depend on its first, so on all steps before
    lengths = [part.days for part in parts]
    known = sum(days for days in lengths if days is not None)
    if lengths[-1] is None and span.days is not None:
        lengths[-1] = span.days - known if span.days > known else None
        if lengths[-1] is None:
            return None
    elif span.days is not None and span.days != known:
        return None
    spans = [Span(part.start, part.end, days) for part, days in zip(parts, lengths, strict=True)]
    first = spans[0]
    if span.start is not None:
        if first.start not in (None, span.start):
            return None
        spans[0] = replace(first, start=span.start)
    return spans


def _step(part: SigPart, medicine: Medicine) -> Step | None:
    """Return what is taken in one part; None if a dose does not lead to mg, or its days are not one pattern."""
    if not part.doses:
        return Step(Span(), (), 1, (), untimed=False)
    patterns = {(dose.every_days, dose.weekdays) for dose in part.doses}
    if len(patterns) != 1:
        return None
    ((every, weekdays),) = patterns
    intakes: list[Intake] = []
    untimed = False
    for dose in part.doses:
        often = dose.per_day if dose.per_day is not None else 1 if every > 1 or weekdays else None
        found = _amount(dose, medicine)
        if dose.as_needed or often is None or found is None or (every > 1 and often != 1):
            return None
        mg, item = found
        if dose.times:
            if len(dose.times) != often or len(set(dose.times)) != often:
                return None
            intakes += [Intake(at, medicine.drug, mg, (item,) if item else ()) for at in dose.times]
            continue
        untimed = True
        items = (_times(item, often),) if item else ()
        intakes.append(Intake(UNTIMED, medicine.drug, mg * often, items))
    if untimed and len(intakes) > 1:
        return None
    return Step(Span(), tuple(intakes), every, weekdays, untimed=untimed)


def _times(item: Item, often: int) -> Item:
    return Item(item.product, item.count and item.count * often, item.volume and item.volume * often)


def _amount(dose: SigDose, medicine: Medicine) -> tuple[Mg, Item | None] | None:
    """Return what a dose is in mg, with its pieces or volume; None if that is not known, or is said in two ways."""
    if len(dose.amounts) > 1:
        return None
    if not dose.amounts:
        return None if dose.dose is None else (dose.dose, None)
    (amount,) = dose.amounts
    found = _item(amount, medicine)
    if found is None or (dose.dose is not None and dose.dose != found[0]):
        return None
    return found


def _item(amount: SigAmount, medicine: Medicine) -> tuple[Mg, Item | None] | None:
    strength = amount.strength or medicine.strength
    if strength is None or strength != (medicine.strength or strength) or amount.name:
        return None
    if amount.volume is not None:
        liquid = medicine.liquid or (amount.strength is not None and medicine.strength is None)
        return (strength * amount.volume.value, Item(medicine.product, volume=amount.volume)) if liquid else None
    if amount.count is None or amount.noun not in _NOUNS or medicine.liquid:
        return None
    mg = strength * amount.count.value
    return None if amount.dose not in (None, mg) else (mg, Item(medicine.product, amount.count))
