"""Read one FHIR dosage: the dose, how often, on which days, and whether its text agrees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from taper.exchange.collector import day_of
from taper.exchange.dosage_text import DosageFacts, plain_facts
from taper.exchange.fhir.shape import amount, many, one, text_of, true
from taper.exchange.medicine import ML_UNITS, PIECE_UNITS, Medicine
from taper.exchange.record_lines import UNTIMED, total
from taper.interval import MAX_DAYS
from taper.order.parts import TimeOfDay
from taper.quantity import Mg, Ml, Pieces, exact_text, plain_text
from taper.schedule.regimen import Intake, Item
from taper.values import dataclass

THEN_STOP = "422327006"
_SLOTS: dict[TimeOfDay, tuple[str, ...]] = {
    "morning": ("MORN", "MORN.early", "MORN.late", "CM", "ACM", "PCM", "WAKE"),
    "noon": ("NOON", "CD", "ACD", "PCD"),
    "evening": ("EVE", "EVE.early", "EVE.late", "CV", "ACV", "PCV"),
    "bedtime": ("NIGHT", "HS"),
}
WHEN: dict[str, TimeOfDay] = {code: time for time, codes in _SLOTS.items() for code in codes}
"""FHIR's event timings that are one of the four times of day; a meal is the time at which it is had."""
_CODES: dict[str, tuple[tuple[TimeOfDay | None, ...], int]] = {
    "QD": ((None,), 1),
    "BID": ((None,) * 2, 1),
    "TID": ((None,) * 3, 1),
    "QID": ((None,) * 4, 1),
    "QOD": ((None,), 2),
    "AM": (("morning",), 1),
    "PM": ((None,), 1),
    "BED": (("bedtime",), 1),
    "Q4H": ((None,) * 6, 1),
    "Q6H": ((None,) * 4, 1),
    "Q8H": ((None,) * 3, 1),
}
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS_IN = {"d": 1, "day": 1, "days": 1, "wk": 7, "week": 7, "weeks": 7}
MOST_A_DAY = 24

Note = Callable[..., None]


class Pattern(NamedTuple):
    """How often a dose is taken: at which times (None if not given), every how many days, on which weekdays."""

    times: tuple[TimeOfDay | None, ...]
    every: int = 1
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Dosage:
    """A dosage as far as it was understood; `intakes` is None if it was not.

    The other fields are those of a `taper.exchange.record_lines.Line`.
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

    @property
    def daily(self) -> Mg | None:
        """The daily dose, on a day on which it is taken."""
        return None if self.intakes is None else total(self.intakes)


class _Dose(NamedTuple):
    """An amount at a time: in mg if that is known, and in the pieces or mL in which it is given."""

    mg: Mg | None
    pieces: Fraction | None
    items: tuple[Item, ...]


def read_dosage(written: dict[str, Any], medicine: Medicine, note: Note) -> Dosage:
    """Read one dosage.

    Args:
        written: The dosage, in the shape of STU3, R4 or R5.
        medicine: The medicine that it is about.
        note: Takes remarks: kind and text, and more of their fields by name.
    """
    text = text_of(written, "text") or text_of(written, "patientInstruction")
    repeat = one(one(written, "timing"), "repeat")
    start, end, days, rule = _bounds(repeat, note)
    dose, pattern = _dose(written, medicine), _pattern(one(written, "timing"))
    intakes = None
    if _if_needed(written, text):
        note("text", "The dose is to be taken only when needed, so no daily dose follows from it", quote=text)
    elif dose is None and pattern is None and (text or not written):
        note("text", "The dosage is in words only, so no dose was read", quote=text)
    elif dose is None:
        note("text", "The fields of the dosage give no single dose", quote=text)
    elif pattern is None:
        note("text", "The fields of the dosage do not say plainly how often it is taken", quote=text)
    elif dose.mg is None:
        unit = _unit(written)
        note("unit", "The unit of the dose does not lead to mg", quote=f"{unit} of {medicine.product}"[:200])
    else:
        intakes = _intakes(dose, pattern, medicine, note)
    if start and end and end < start:
        note("unread", f"The last day, {end}, is before the first, {start}", quote=text)
        start = end = days = intakes = None
    if dose is not None and pattern is not None:
        differs = _differences(plain_facts(text), dose, pattern, medicine, days)
        if not text:
            note("mismatch", "a dosage has no text to compare", unknown=True)
        elif differs:
            what, (_, says, fields) = "; ".join(difference for difference, _, _ in differs), differs[0]
            note("mismatch", f"The words say: {what}", quote=text, on=start, measured=says, limit=fields)
    sequence = amount(written, "sequence")
    every, weekdays = (pattern.every, pattern.weekdays) if pattern else (1, ())
    coded = [code for more in many(written, "additionalInstruction") for code in many(more, "coding")]
    stops = any(text_of(code, "code") == THEN_STOP for code in coded) or plain_facts(text).stops
    number = int(sequence) if sequence is not None and sequence.denominator == 1 and sequence < 10**6 else None
    return Dosage(number, start, end, days, intakes, every, weekdays, text, stops, rule)


def _if_needed(dosage: dict[str, Any], text: str) -> bool:
    return (
        true(dosage, "asNeededBoolean")
        or true(dosage, "asNeeded")
        or bool(many(dosage, "asNeededCodeableConcept") or many(dosage, "asNeededFor"))
        or plain_facts(text).if_needed
    )


def _bounds(repeat: Any, note: Note) -> tuple[date | None, date | None, int | None, str]:
    """Return first and last day, the number of days, and how they are known if not by bounds."""
    period = one(repeat, "boundsPeriod")
    if isinstance(period, dict):
        start, end = day_of(period.get("start")), day_of(period.get("end"))
        for name, day in (("start", start), ("end", end)):
            if day is None and name in period:
                note("period", f"The {name} of the bounds is not a full date", quote=str(period[name])[:40])
        return start, end, (end - start).days + 1 if start and end and start <= end else None, ""
    length = one(repeat, "boundsDuration")
    if length is not None:
        days = _days(amount(length, "value"), text_of(length, "code") or text_of(length, "unit"))
        if days is None:
            note("period", "The length of the step is not a whole number of days or weeks")
        return None, None, days, ""
    if one(repeat, "boundsRange") is not None:
        note("period", "The length of the step is a range, so its last day is not known")
        return None, None, None, ""
    days = _days(amount(repeat, "duration"), text_of(repeat, "durationUnit"))
    if days is not None:
        note(
            "duration",
            f"The length of the step, {days} days, stands in the field for the length of one intake",
            measured=str(days),
        )
        return None, None, days, "repeat.duration"
    return None, None, None, ""


def _days(value: Fraction | None, unit: str) -> int | None:
    each = _DAYS_IN.get(unit.lower())
    if value is None or each is None:
        return None
    days = value * each
    return int(days) if days.denominator == 1 and 1 <= days <= MAX_DAYS else None


def _quantities(dosage: dict[str, Any]) -> list[Any]:
    """Return the doses of a dosage, wherever its version of FHIR keeps them; None for a range."""
    rates = [rate for rate in many(dosage, "doseAndRate") if isinstance(rate, dict)] or [dosage]
    quantities: list[Any] = []
    for rate in rates:
        quantities += many(rate, "doseQuantity") + many(rate, "doseSimpleQuantity")
        quantities += [None for _ in many(rate, "doseRange") + many(rate, "rateRatio") + many(rate, "rateQuantity")]
    return quantities


def _unit(dosage: dict[str, Any]) -> str:
    quantities = [q for q in _quantities(dosage) if isinstance(q, dict)]
    value = amount(quantities[0], "value") if quantities else None
    unit = text_of(quantities[0], "unit") or text_of(quantities[0], "code") if quantities else ""
    return f"{'' if value is None else exact_text(value)} {unit or 'no unit'}".strip()


def _dose(dosage: dict[str, Any], medicine: Medicine) -> _Dose | None:
    """Return the one dose, or None if there is none, or more than one, or a range."""
    doses = {_one_dose(quantity, medicine) for quantity in _quantities(dosage)}
    if len(doses) != 1:
        return None
    (dose,) = doses
    if dose is None:
        return None
    items = tuple(item for extension in many(dosage, "extension") if (item := _item(extension)) is not None)
    return dose._replace(items=items) if items else dose


def _one_dose(quantity: Any, medicine: Medicine) -> _Dose | None:
    value = amount(quantity, "value")
    if value is None or (isinstance(quantity, dict) and quantity.get("comparator")):
        return None
    code, unit = text_of(quantity, "code"), text_of(quantity, "unit")
    readings = {reading for word in (code, unit) if word and (reading := medicine.mg_of(value, word)) is not None}
    masses = {mg for mg, _ in readings}
    pieces = value if {code.lower(), unit.lower()} & PIECE_UNITS and code != "mg" else None
    if len(masses) != 1:
        return _Dose(None, pieces, ())  # no unit that leads to mg, or two that contradict each other
    counted = next((count for _, count in readings if count is not None), None)
    items: tuple[Item, ...] = ()
    if isinstance(counted, Pieces):
        items = (Item(medicine.product, count=counted),)
    elif isinstance(counted, Ml):
        items = (Item(medicine.product, volume=counted),)
    return _Dose(masses.pop(), pieces, items)


def _item(extension: Any) -> Item | None:
    """Read the pieces that our own files give beside the dose."""
    if not isinstance(extension, dict) or extension.get("url") != "urn:taper:item":
        return None
    product, quantity = "", None
    for nested in many(extension, "extension"):
        product = text_of(one(nested, "valueCodeableConcept"), "text") or product
        quantity = one(nested, "valueQuantity") or quantity
    value = amount(quantity, "value")
    if not product:
        return None
    if value is None:
        return Item(product)
    unit = text_of(quantity, "code").lower()
    if unit in ML_UNITS:
        return Item(product, volume=Ml(value))
    return Item(product, count=Pieces(value) if unit in PIECE_UNITS else None)  # a drop is neither


def _pattern(timing: Any) -> Pattern | None:
    """Return how often a dose is taken, or None if that is not clear."""
    repeat = one(timing, "repeat")
    named = [WHEN.get(code) if isinstance(code, str) else None for code in many(repeat, "when")]
    clock = many(repeat, "timeOfDay")
    times: tuple[TimeOfDay | None, ...] = tuple(named) or (None,) * len(clock)
    frequency, period = amount(repeat, "frequency"), amount(repeat, "period")
    if frequency is None and period is None and not times:
        codes = {text_of(code, "code") for code in many(one(timing, "code"), "coding")} | {
            text_of(one(timing, "code"), "text")
        }
        known = {_CODES[code] for code in codes if code in _CODES}
        return Pattern(*known.pop()) if len(known) == 1 and not many(repeat, "dayOfWeek") else None
    if one(repeat, "frequencyMax") is not None or one(repeat, "periodMax") is not None or (named and clock):
        return None
    days = [_WEEK.index(day) if day in _WEEK else -1 for day in many(repeat, "dayOfWeek")]
    if -1 in days or len(times) > MOST_A_DAY:
        return None
    if not times:
        if frequency is None or frequency.denominator != 1 or not 1 <= frequency <= 7 * MOST_A_DAY:
            return None
        return _counted(int(frequency), period, text_of(repeat, "periodUnit"), tuple(sorted(set(days))))
    if period is None and frequency is None:
        return Pattern(times, 1, tuple(sorted(set(days))))
    unit = text_of(repeat, "periodUnit")
    weekly = unit == "wk" and period == 1 and bool(days)
    per_day = len(days) if weekly else 1
    if (frequency if frequency is not None else len(times) * per_day) != len(times) * per_day:
        return None
    every = 1 if weekly else _every(period, unit)
    return None if every is None or (days and every != 1) else Pattern(times, every, tuple(sorted(set(days))))


def _counted(frequency: int, period: Fraction | None, unit: str, weekdays: tuple[int, ...]) -> Pattern | None:
    """Return the pattern of so many times in a period, without times of day."""
    if period is None or period == 0:
        return None
    if unit == "h":
        times = frequency * 24 / period
        whole = times.denominator == 1 and 1 <= times <= MOST_A_DAY and not weekdays
        return Pattern((None,) * int(times)) if whole else None
    if weekdays and unit == "wk" and period == 1:
        share, rest = divmod(frequency, len(weekdays))
        return None if rest or share > MOST_A_DAY else Pattern((None,) * share, 1, weekdays)
    every = _every(period, unit)
    if unit == "wk" and period == 1 and frequency == 7:
        return Pattern((None,))
    if every is None or frequency > MOST_A_DAY or (every > 1 and (frequency > 1 or weekdays)):
        return None
    return Pattern((None,) * frequency, every, weekdays)


def _every(period: Fraction | None, unit: str) -> int | None:
    return _days(period, unit) if unit in ("d", "wk") else None


def _intakes(dose: _Dose, pattern: Pattern, medicine: Medicine, note: Note) -> tuple[Intake, ...]:
    """Return the intakes of a day; those without a time of day are recorded together, with a remark."""
    assert dose.mg is not None
    intakes = [Intake(time, medicine.drug, dose.mg, dose.items) for time in pattern.times if time is not None]
    untimed = len(pattern.times) - len(intakes)
    if untimed:
        items = tuple(
            Item(item.product, item.count and item.count * untimed, item.volume and item.volume * untimed)
            for item in dose.items
        )
        intakes.append(Intake(UNTIMED, medicine.drug, dose.mg * untimed, items))
        note("time", f"The time of day is not recorded; the dose of the day was put down in the {UNTIMED}")
    return tuple(intakes)


def _differences(
    words: DosageFacts, dose: _Dose, pattern: Pattern, medicine: Medicine, days: int | None
) -> list[tuple[str, str, str]]:
    """Compare the facts in the words with the fields: what differs, what the words say, what the fields say."""
    differs: list[tuple[str, str, str]] = []

    def hold(what: str, said_value: Fraction | int | None, field_value: Fraction | int | None) -> None:
        if said_value is not None and field_value is not None and said_value != field_value:
            said, held = Fraction(said_value), Fraction(field_value)
            text = f"{what} {plain_text(said)}, the fields {plain_text(held)}"
            differs.append((text, exact_text(said), exact_text(held)))

    hold("number of days", words.days, days)
    if pattern.every == 1 and not pattern.weekdays:
        hold("times a day", words.often, len(pattern.times))
    hold("tablets or capsules at a time", words.count, _pieces(dose, medicine))
    if words.count is None and dose.mg is not None and words.dose is not None:
        hold("mg", words.dose.value, None if words.dose == dose.mg * len(pattern.times) else dose.mg.value)
    return differs


def _pieces(dose: _Dose, medicine: Medicine) -> Fraction | None:
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
