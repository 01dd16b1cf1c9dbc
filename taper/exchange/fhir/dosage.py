"""Read one FHIR dosage: the dose, how often, on which days, and whether its text agrees."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from taper.checker.texts import say
from taper.checker.wording import code_text, days_number, file_day, listed, plain_number, time_text
from taper.exchange.dosage_text import DosageFacts
from taper.exchange.fhir.bounds import NO_CHAIN, Chain, Span, length_of, span_of
from taper.exchange.fhir.dose import Dose, dose_of, quantities_of
from taper.exchange.fhir.in_words import in_words, scheme_of
from taper.exchange.fhir.route import by_mouth
from taper.exchange.fhir.said import said, without_extra
from taper.exchange.fhir.shape import amount, many, modifiers, one, text_of, true
from taper.exchange.fhir.timing import Pattern, clocks_of, pattern_of
from taper.exchange.fhir.units import SNOMED, mg_of, shown
from taper.exchange.medicine import Medicine
from taper.exchange.record_lines import UNTIMED, total
from taper.message import Message
from taper.order.parts import TimeOfDay
from taper.quantity import Mg, exact_text
from taper.schedule.regimen import Intake, Item
from taper.values import dataclass

THEN_STOP = "422327006"
_ADDITIONAL = "additionalInstruction"
WHOLE_ENTRY = "_renderedDosageInstruction"
"""Where the words of an entry with one dosage are put before it is read."""
_AS_NEEDED_FOR = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Dosage.asNeededFor"
Note = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Dosage:
    """A dosage as far as it was understood; `intakes` is None if it was not.

    The other fields are those of a `taper.exchange.record_lines.Line`; `months` is a length in calendar months.
    """

    sequence: int | None
    start: date | None
    end: date | None
    days: int | None
    intakes: tuple[Intake, ...] | None
    every: int
    weekdays: tuple[int, ...]
    text: str
    stops: bool
    rule: str = ""
    months: int | None = None
    clocks: tuple[str, ...] = ()

    @property
    def daily(self) -> Mg | None:
        """The daily dose, on a day on which it is taken."""
        return None if self.intakes is None else total(self.intakes)


def read_dosage(
    written: dict[str, Any], medicine: Medicine, note: Note, chain: Chain = NO_CHAIN, *, alone: bool = True
) -> list[Dosage]:
    """Read one dosage: one step, or the steps that its words give one after the other.

    Args:
        written: The dosage, in the shape of STU3, R4 or R5.
        medicine: The medicine that it is about.
        note: Takes remarks: kind and text, and more of their fields by name.
        chain: What the moments of the whole record tell about an end at midnight.
        alone: Whether it is the only dosage of its entry, so that its words speak of all of it.
    """
    text = text_of(written, "text") or text_of(written, "patientInstruction")
    timing = one(written, "timing")
    repeat = one(timing, "repeat")
    dose, pattern = dose_of(written, medicine), pattern_of(timing, note)
    span = _counted(repeat, pattern, span_of(repeat, note, chain, clocks_of(repeat) or ()))
    if (why := _no_dose(written, text, span)) is not None:
        note(*why, quote=text)
        return [_plain(written, text, span, None, None)]
    assert isinstance(span, Span)
    if span.start and span.end and span.end < span.start:
        note("unread", say("remark.last before first", end=file_day(span.end), start=file_day(span.start)), quote=text)
        return [_plain(written, text, Span(), None, pattern)]
    if dose is None and not quantities_of(written) and not _says_when(timing) and (text or not written):
        return _from_words(written, text, span, medicine, note, alone=alone)
    intakes = _understood(written, text, dose, pattern, medicine, note)
    if dose is not None and pattern is not None and not _agrees(text, dose, pattern, medicine, span, note, alone=alone):
        intakes = None
    if dose is not None and pattern is not None and intakes is not None:
        _hold_beside(written, text, partial(_differences, dose=dose, pattern=pattern, medicine=medicine), span, note)
    if dose is not None and intakes is not None and (limit := _beyond(written, dose, total(intakes), medicine)):
        note("text", limit, quote=text)
        intakes = None
    return [_plain(written, text, span, intakes, pattern)]


def _beyond(written: dict[str, Any], dose: Dose, daily: Mg, medicine: Medicine) -> Message | None:
    """Say which limit of the record its own dose is beyond; None if there is none."""
    for most in many(written, "maxDosePerAdministration"):
        if (limit := mg_of(most, medicine)) is not None and dose.mg is not None and dose.mg > limit[0]:
            return say("remark.largest.at a time")
    for ratio in many(written, "maxDosePerPeriod"):
        under = one(ratio, "denominator")
        hours = amount(under, "value") if "h" in (text_of(under, "code"), text_of(under, "unit")) else None
        days = Fraction(length_of(under)[0] or 0) if hours is None else hours / 24
        limit = mg_of(one(ratio, "numerator"), medicine)
        if limit is not None and days >= 1 and daily * days > limit[0]:
            return say("remark.largest.day") if days == 1 else say("remark.largest.days", days=days_number(days))
    return None


def _no_dose(written: dict[str, Any], text: str, span: Span | Message) -> tuple[str, Message] | None:
    """Return the kind of remark and the reason for which no daily dose can follow from a dosage; None if one can."""
    timing = one(written, "timing")
    if (changed := modifiers(written, timing, one(timing, "repeat"), *many(written, "doseAndRate"))) is not None:
        return "unread", say("remark.modifier", address=code_text(changed))
    if not by_mouth(written):
        return "text", say("remark.other route")
    if _if_needed(written, text):
        return "text", say("remark.as needed")
    return ("text", span) if isinstance(span, Message) else None


def _says_when(timing: Any) -> bool:
    """Return whether the fields say, or try to say, how often or at which times."""
    repeat = one(timing, "repeat")
    names = ("frequency", "period", "when", "timeOfDay", "dayOfWeek", "count", "frequencyMax", "periodMax")
    return any(many(repeat, name) for name in names) or bool(many(timing, "event") or many(timing, "code"))


def _plain(
    written: dict[str, Any],
    text: str,
    span: Span | Message,
    intakes: tuple[Intake, ...] | None,
    pattern: Pattern | None,
) -> Dosage:
    """Return a dosage with what its fields give beside the dose."""
    sequence = amount(written, "sequence")
    number = int(sequence) if sequence is not None and sequence.denominator == 1 and sequence < 10**6 else None
    days = span if isinstance(span, Span) else Span()
    coded = [code for more in many(written, "additionalInstruction") for code in many(more, "coding")]
    stops = any(text_of(code, "code") == THEN_STOP and text_of(code, "system") == SNOMED for code in coded)
    every, weekdays, clocks = (pattern.every, pattern.weekdays, pattern.clocks) if pattern else (1, (), ())
    return Dosage(
        number,
        days.start,
        days.end,
        days.days,
        intakes,
        every,
        weekdays,
        text,
        stops or said(text).stops,
        days.rule,
        days.months,
        tuple(clock.strftime("%H:%M") for clock in clocks) if intakes is not None else (),
    )


def _understood(
    written: dict[str, Any], text: str, dose: Dose | None, pattern: Pattern | None, medicine: Medicine, note: Note
) -> tuple[Intake, ...] | None:
    """Return the intakes of a day by the fields, or None with a remark."""
    if dose is None:
        note("text", say("remark.no single dose"), quote=text)
    elif pattern is None:
        note("text", say("remark.how often"), quote=text)
    elif dose.mg is None:
        quantities = [quantity for quantity in quantities_of(written) if quantity is not None]
        unit = shown(quantities[0]) if quantities else "no unit"
        note("unit", say("remark.no unit"), quote=f"{unit} of {medicine.product}"[:200])
    else:
        return _intakes(dose, pattern, medicine, note)
    return None


def _from_words(
    written: dict[str, Any], text: str, span: Span, medicine: Medicine, note: Note, *, alone: bool
) -> list[Dosage]:
    """Return the steps of a dosage in words alone, if all of its words are understood."""
    steps = in_words(text, medicine, span, alone=alone)
    if steps is None:
        note("text", say("remark.words only"), quote=text)
        return [_plain(written, text, span, None, None)]
    note(
        "text",
        say("remark.words understood"),
        quote=text,
    )
    if any(step.untimed for step in steps):
        note("time", say("remark.untimed", time=time_text(UNTIMED)))
    dosages = []
    for index, step in enumerate(steps):
        given = _plain(written, text, step.span, step.intakes, Pattern((), step.every, step.weekdays))
        last = index == len(steps) - 1
        number = given.sequence if len(steps) == 1 else index + 1
        dosages.append(replace(given, sequence=number, stops=given.stops and last))
    return dosages


def _if_needed(dosage: dict[str, Any], text: str) -> bool:
    """Return whether a dose is only for when it is needed: by the fields, or by words that may mean all of it."""
    backport = any(text_of(one, "url") == _AS_NEEDED_FOR for one in many(dosage, "extension"))
    return (
        true(dosage, "asNeededBoolean")
        or true(dosage, "asNeeded")
        or bool(many(dosage, "asNeededCodeableConcept") or many(dosage, "asNeededFor") or backport)
        or (without_extra(text) is None and said(text).if_needed)
    )


def _counted(repeat: Any, pattern: Pattern | None, span: Span) -> Span | Message:
    """Return the days of a step that is limited to a number of intakes, or why they are not clear."""
    count, most = amount(repeat, "count"), one(repeat, "countMax")
    if most is None and one(repeat, "count") is None:
        return span
    often = len(pattern.times) if pattern is not None and pattern.every == 1 and not pattern.weekdays else 0
    days = count / often if count and often and most is None else None
    if days is None or days.denominator != 1:
        return say("remark.intakes.no days")
    if span.months is not None or span.days not in (None, int(days)) or (span.end and not span.start):
        return say("remark.intakes.other days", count=plain_number(count or Fraction(0)))
    return replace(span, days=int(days))


def _intakes(dose: Dose, pattern: Pattern, medicine: Medicine, note: Note) -> tuple[Intake, ...]:
    """Return the intakes of a day; those without a time of day are recorded together, with a remark."""
    assert dose.mg is not None
    intakes = [Intake(at, medicine.drug, dose.mg, dose.items) for at in pattern.times if at is not None]
    untimed = len(pattern.times) - len(intakes)
    if untimed:
        items = tuple(
            Item(item.product, item.count and item.count * untimed, item.volume and item.volume * untimed)
            for item in dose.items
        )
        intakes.append(Intake(UNTIMED, medicine.drug, dose.mg * untimed, items))
        note("time", say("remark.untimed", time=time_text(UNTIMED)))
    return tuple(intakes)


def _agrees(
    text: str, dose: Dose, pattern: Pattern, medicine: Medicine, span: Span, note: Note, *, alone: bool
) -> bool:
    """Hold the words against the fields, report what differs, and return whether the fields can be read at all."""
    words = said(without_extra(text) or text)
    if not text:
        note("mismatch", say("remark.no text"), unknown=True)
        return True
    if alone and words.parts > 1:
        what = say("remark.one after the other", count=words.parts)
        note("mismatch", what, quote=text, on=span.start, measured=str(words.parts), limit="1")
        return False
    if without_extra(text) is not None:
        note("text", say("remark.extra"), quote=text)
    differs = _differences(words.facts, dose, pattern, medicine, span.days)
    if (not words.parts or words.facts.uneven) and scheme_of(text) is None:
        note("mismatch", say("remark.not understood"), unknown=True)
    if words.start is not None and span.start not in (None, words.start):
        what = say("remark.differs.start", said=file_day(words.start), held=file_day(span.start))
        differs.append((what, str(words.start), str(span.start)))
    if alone and (scheme := scheme_of(text)) is not None and (one_time := _pieces(dose, medicine)) is not None:
        said_day, held = sum(scheme.counts, Fraction(0)), one_time * len(pattern.times)
        if said_day != held:
            what = say("remark.differs.in a day", said=plain_number(said_day), held=plain_number(held))
            differs.append((what, exact_text(said_day), exact_text(held)))
    if differs:
        what, (_, says, fields) = listed([difference for difference, _, _ in differs], "; "), differs[0]
        note("mismatch", say("remark.words say", what=what), quote=text, on=span.start, measured=says, limit=fields)
    return True


def _hold_beside(
    written: dict[str, Any], text: str, held: Callable[..., list[tuple[Message, str, str]]], span: Span, note: Note
) -> None:
    """Hold the words beside the text against the fields: for the patient, additional ones, those of the whole entry."""
    more = [text_of(each, "text") or text_of(one(each, "coding"), "display") for each in many(written, _ADDITIONAL)]
    for words in dict.fromkeys((text_of(written, "patientInstruction"), *more, text_of(written, WHOLE_ENTRY))):
        if words in ("", text):
            continue
        found = said(words)
        if not found.parts and not found.stops:
            what = say("remark.beside not understood")
            note("mismatch", what, quote=words, unknown=True)
        for what, says, fields in held(found.facts, days=span.days)[:1]:
            note(
                "mismatch",
                say("remark.other words say", what=what),
                quote=words,
                on=span.start,
                measured=says,
                limit=fields,
            )


def _differences(
    words: DosageFacts, dose: Dose, pattern: Pattern, medicine: Medicine, days: int | None
) -> list[tuple[Message, str, str]]:
    """Compare the facts in the words with the fields: what differs, what the words say, what the fields say."""
    differs: list[tuple[Message, str, str]] = []

    def hold(what: str, said_value: Fraction | int | None, field_value: Fraction | int | None) -> None:
        if said_value is not None and field_value is not None and said_value != field_value:
            said, held = Fraction(said_value), Fraction(field_value)
            text = say(f"remark.differs.{what}", said=plain_number(said), held=plain_number(held))
            differs.append((text, exact_text(said), exact_text(held)))

    hold("days", words.days, days)
    if pattern.every == 1 and not pattern.weekdays:
        hold("often", words.often, len(pattern.times))
    if (
        words.times is not None
        and None not in pattern.times
        and _parts_of_day(words.times) != _parts_of_day(pattern.times)
    ):
        told_at, fields_at = (
            listed([time_text(at) for at in sorted(map(str, times))], " and ")
            for times in (words.times, set(pattern.times))
        )
        differs.append((say("remark.differs", said=told_at, held=fields_at), told_at, fields_at))
    hold("count", words.count, _pieces(dose, medicine))
    told, known = (None if mass is None else mass.value for mass in (words.strength, medicine.strength))
    hold("strength", told, known)
    if dose.mg is not None and words.dose is not None:
        hold("mg", words.dose.value, None if words.dose == dose.mg * len(pattern.times) else dose.mg.value)
    return differs


def _parts_of_day(times: Collection[TimeOfDay | None]) -> set[TimeOfDay | None]:
    """Return times of day with evening and bedtime as one: "at night" is either."""
    return {"bedtime" if at == "evening" else at for at in times}


def _pieces(dose: Dose, medicine: Medicine) -> Fraction | None:
    """Return the pieces at a time that the fields give."""
    if len(dose.items) == 1:
        return dose.items[0].count.value if dose.items[0].count is not None else None
    if dose.items:
        return None
    if dose.pieces is not None:
        return dose.pieces
    if dose.mg is None or medicine.strength is None or medicine.liquid:
        return None
    return dose.mg / medicine.strength
