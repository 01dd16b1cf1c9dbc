"""Write the numbers, dates and names of a finding so that they cannot be misread.

Each is a `taper.message.Message`: English, with the value that it was written from and the kind of value as its key
(`KINDS`), so that another language writes the value and not the English.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from taper.catalog import Guideline
from taper.checker.texts import say
from taper.checker.texts.notes import key_of
from taper.interval import Interval
from taper.message import Message
from taper.quantity import Mg, Ml, exact_text, percent_text, plain_text, short_text
from taper.schedule.curve import Level

NO_STEPS = say("no steps")
KINDS = frozenset(
    {
        *("day", "span", "days", "interval", "every", "weekday", "time", "place"),
        *("count", "number", "plain number", "percent", "mg", "dose", "exact mg", "mL"),
        *("drug", "product", "device", "form", "guideline", "title", "as written", "code", "remark", "note", "gist"),
        *("list", "capitalized", "lowered", "joined", "headline", "left out", "quoted"),
    }
)
"""The kinds of values that stand in the blanks of a sentence."""
# As in taper/paper/words/locales.py, which the checker may not import; a test holds them equal.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_text(day: date) -> Message:
    """Write a date with the name of its month.

    >>> day_text(date(2026, 1, 5))
    '5 January 2026'
    """
    return Message(f"{day.day} {MONTHS[day.month - 1]} {day.year}", "day", {"day": day})


def file_day(day: date) -> Message:
    """Write a date as the records have it.

    >>> file_day(date(2026, 1, 5))
    '2026-01-05'
    """
    return Message(str(day), "day", {"day": day})


def span_text(start: date, end: date) -> Message:
    """Write days from the first to the last, each part once.

    >>> span_text(date(2026, 1, 5), date(2026, 1, 9)), span_text(date(2026, 1, 5), date(2026, 2, 1))
    ('5 to 9 January 2026', '5 January to 1 February 2026')
    """
    if start == end:
        return day_text(end)
    first = f"{start.day} {MONTHS[start.month - 1]} {start.year}".split()
    if start.year == end.year:
        first = first[:1] if start.month == end.month else first[:2]
    return Message(f"{' '.join(first)} to {day_text(end)}", "span", {"start": start, "end": end})


def days_text(days: int) -> Message:
    """Write a number of days: "1 day", "14 days"."""
    return Message("1 day" if days == 1 else f"{days} days", "days", {"count": days})


def days_number(days: Fraction | int) -> Message:
    """Write a number of days that may be no whole one, or 1: "14 days", "2.5 days"."""
    if Fraction(days).denominator == 1:
        return Message(f"{int(days)} days", "days", {"count": int(days)})
    return say("days.part", number=plain_number(Fraction(days)))


def _said(text: str) -> str:
    """Say in words that a number was rounded: a sentence is also read aloud."""
    return text.replace("~", "about ")


def percent_of(value: Fraction, places: int = 1) -> Message:
    """Write a fraction as a percentage in a sentence.

    >>> percent_of(Fraction(1, 4)), percent_of(Fraction(1, 3))
    ('25%', 'about 33.3%')
    """
    return Message(_said(percent_text(value, places)), "percent", {"value": value, "places": places, "unlike": None})


def percent_beside(value: Fraction, limit: Fraction) -> Message:
    """Write a fraction with enough digits to tell it from the limit.

    >>> percent_beside(Fraction(2504, 10000), Fraction(1, 4)), percent_beside(Fraction(1, 3), Fraction(1, 4))
    ('25.04%', 'about 33.3%')
    """
    text = _said(percent_text(value, 1, unlike=limit))
    return Message(text, "percent", {"value": value, "places": 1, "unlike": limit})


def mg_text(value: Fraction, places: int = 2) -> Message:
    """Write an equivalent in mg, with "about" in front if it was rounded.

    >>> mg_text(Fraction(5, 2)), mg_text(Fraction(10, 3))
    ('2.5 mg', 'about 3.33 mg')
    """
    text = _said(f"{short_text(value, places)} mg")
    return Message(text, "mg", {"value": value, "places": places, "unlike": None})


def mg_beside(value: Fraction, limit: Fraction) -> Message:
    """Write an equivalent in mg with enough digits to tell it from the limit.

    >>> mg_beside(Fraction("5.001"), Fraction(5)), mg_beside(Fraction("5.25"), Fraction(5))
    ('5.001 mg', '5.25 mg')
    """
    text = _said(f"{short_text(value, 2, unlike=limit)} mg")
    return Message(text, "mg", {"value": value, "places": 2, "unlike": limit})


def dose_text(dose: Mg) -> Message:
    """Write a dose for a sentence: never as a written fraction.

    >>> dose_text(Mg("2.5")), dose_text(Mg(Fraction(600, 7)))
    ('2.5 mg', 'about 85.71 mg')
    """
    return Message(f"{plain_text(dose.value)} mg", "dose", {"value": dose.value})


def exact_dose(dose: Mg) -> Message:
    """Write a dose of a table or a guideline as it is.

    >>> exact_dose(Mg("2.50"))
    '2.5 mg'
    """
    return Message(str(dose), "exact mg", {"value": dose.value})


def exact_ml(volume: Ml) -> Message:
    """Write a volume as it is in the order."""
    return Message(str(volume), "mL", {"value": volume.value})


def ml_text(value: Fraction) -> Message:
    """Write a volume.

    >>> ml_text(Fraction(1, 4))
    '0.25 mL'
    """
    return Message(f"{plain_text(value)} mL", "mL", {"value": value})


def exact_strength(strength: Mg | None) -> Message:
    """Write a strength as it is in the record, where it is known."""
    return as_written(str(strength)) if strength is None else exact_dose(strength)


def number_text(value: Fraction) -> Message:
    """Write a number without a unit, exactly.

    >>> number_text(Fraction(5, 2))
    '2.5'
    """
    return Message(exact_text(value), "number", {"value": value})


def plain_number(value: Fraction) -> Message:
    """Write a number without a unit, with "about" in front if it was rounded."""
    return Message(plain_text(value), "plain number", {"value": value})


def drug_text(name: str) -> Message:
    """Write the name of a drug, which has another in another language."""
    return Message(name, "drug", {"name": name})


def device_text(name: str) -> Message:
    """Write what a dose is measured with, which has another name in another language if it is a usual one."""
    return Message(name, "device", {"name": name})


def form_text(form: str) -> Message:
    """Write a form of a product, which has another name in another language."""
    return Message(form, "form", {"name": form})


def made_by(name: str, maker: str | None) -> Message:
    """Write a product with its maker, where one is known."""
    product = product_text(name)
    return say("made by", product=product, maker=as_written(maker)) if maker else product


def time_text(time: str) -> Message:
    """Write a time of day: "morning", "bedtime"."""
    return Message(time, "time", {"name": time})


def weekday_text(name: str) -> Message:
    """Write a day of the week in short.

    >>> weekday_text("Monday")
    'Mon'
    """
    return Message(name[:3], "weekday", {"name": name})


def place_text(name: str) -> Message:
    """Write a country, by its two letters, or a part of it."""
    return Message(name, "place", {"name": name})


def interval_text(span: Interval) -> Message:
    """Write a length of time as a clinician orders it: "14 days", "4 weeks"."""
    return Message(str(span), "interval", {"span": span})


def product_text(name: str) -> Message:
    """Write the name of a product, which has another in another language unless it is a brand."""
    return Message(name, "product", {"name": name})


def guideline_text(guideline: Guideline) -> Message:
    """Write the short name of a guideline."""
    return Message(guideline.short, "guideline", {"id": guideline.id, "short": guideline.short})


def title_text(title: str) -> Message:
    """Write a title, which stays as it was published in every language."""
    return Message(title, "title", {"text": title})


def note_text(note: str, text: str | None = None) -> Message:
    """Write what the catalog says in words of its own.

    Args:
        note: The words, by which another language knows them.
        text: As they stand in a sentence; the words without their period if not given.
    """
    return Message(note.removesuffix(".") if text is None else text, "note", {"key": key_of(note), "end": text == note})


def gist_text(note: str, text: str) -> Message:
    """Write the first sentence of what the catalog says, without its period, to follow a colon."""
    return Message(text, "gist", {"key": key_of(note)})


def remark_text(text: str) -> Message:
    """Write what a reader remarked on a record; one that is no message is an error of a file, which is English."""
    return text if isinstance(text, Message) else Message(text, "remark", {"text": text})


def as_written(text: str) -> Message:
    """Write what stays as it is in every language: the words of a record, of an order or of a source.

    A message stays the message it is.
    """
    return text if isinstance(text, Message) else Message(text, "as written", {"text": text})


def code_text(text: str) -> Message:
    """Write what is code and not language, such as how the order says a step, a code or a field of a record."""
    return text if isinstance(text, Message) else Message(text, "code", {"text": text})


def address_text(place: str) -> Message:
    """Write where in a file something stands: the address that its reader gave.

    >>> address_text("line 7").key, address_text("MedicationRequest 2, dosage 1").key, address_text("Pos[1]").key
    ('place.line', 'place.dosage', 'code')
    """
    entry, mark, dosage = place.rpartition(", dosage ")
    if mark and dosage.isascii() and dosage.isdigit():
        return say("place.dosage", entry=code_text(entry), number=int(dosage))
    what, _, number = place.partition(" ")
    if what in ("line", "event", "step") and number.isascii() and number.isdigit():
        return say(f"place.{what}", number=int(number))
    return code_text(place)


def capitalized(text: Message) -> Message:
    """Write the same at the beginning of a sentence."""
    return Message(text.capitalize(), "capitalized", {"of": text})


def quoted(text: Message) -> Message:
    """Write a name in quotation marks."""
    return Message(f"'{text}'", "quoted", {"of": text})


def lowered(text: Message) -> Message:
    """Write the same in the middle of a sentence."""
    return Message(text[0].lower() + text[1:], "lowered", {"of": text})


def joined(*parts: str) -> Message:
    """Write whole sentences after each other; those without words are left out, unless another language has some.

    >>> joined(as_written("One."), as_written(""), as_written("Two."))
    'One. Two.'
    """
    told = tuple(part for part in parts if part or getattr(part, "key", "") == "left out")
    return Message(" ".join(part for part in told if part), "joined", {"parts": told})


NOTHING = joined()


def doses_text(level: Level) -> Message:
    """Write the daily dose of each drug; for a weekly pattern, its average.

    >>> from taper.quantity import Mg
    >>> day = date(2026, 1, 5)
    >>> doses_text(Level(day, day, 0, (("diazepam", Mg(2)), ("lorazepam", Mg("0.5")))))
    'diazepam 2 mg and lorazepam 0.5 mg'
    >>> doses_text(Level(day, day, 0, (("diazepam", Mg(45) / 7),), average=True))
    'about 6.43 mg on average'
    """
    if not level.doses:
        return say("no dose")
    texts = [(drug, mg_text(dose.value) if level.average else dose_text(dose)) for drug, dose in level.doses]
    parts = [drug_dose(drug, dose) for drug, dose in texts]
    text = texts[0][1] if len(texts) == 1 else listed(parts, " and ")
    return say("on average", doses=text) if level.average else text


def drug_dose(drug: str, dose: Message) -> Message:
    """Write a dose with the name of its drug in front."""
    return joined(drug_text(drug), dose)


def count_text(count: int, noun: str) -> Message:
    """Write "1 step" or "3 steps"."""
    return Message(f"{count} {noun}" if count == 1 else f"{count} {noun}s", "count", {"count": count, "noun": noun})


def listed(parts: Sequence[Message], mark: str) -> Message:
    """Write parts with a mark between them: ", ", "; " or " and ", which another language writes as its own."""
    return Message(mark.join(parts), "list", {"parts": tuple(parts), "mark": mark})


def names_text(names: Sequence[Message]) -> Message:
    """Write names as a list: "a", "a and b", "a, b and c".

    >>> names_text([drug_text(name) for name in ("diazepam", "lorazepam", "oxazepam")])
    'diazepam, lorazepam and oxazepam'
    """
    text = " and ".join((", ".join(names[:-1]), names[-1]) if len(names) > 1 else names)
    return Message(text, "list", {"parts": tuple(names), "mark": ", and"})


def drugs_text(drugs: Sequence[str]) -> Message:
    """Write the names of drugs as a list: "a", "a and b", "a, b and c"."""
    return names_text([drug_text(drug) for drug in drugs])


def change_text(change: Fraction, other: Message | None = None) -> Message:
    """Write a change relative to another dose, or to what was before.

    >>> change_text(Fraction(1, 2)), change_text(Fraction(-1, 3)), change_text(Fraction(0))
    ('50% higher than before', 'about 33.3% lower than before', 'the same as before')
    """
    than = say("before") if other is None else other
    if not change:
        return say("change.same", other=than)
    percent = percent_of(abs(change))
    return say("change.higher" if change > 0 else "change.lower", percent=percent, other=than)


MOST_SUBJECT = 46
UNNAMED = say("the change")


def from_to(before: Level, after: Level) -> Message:
    """Write a change of dose as the beginning of a line; where names make it long, only that it is one.

    >>> from taper.quantity import Mg
    >>> one, two = (Level(date(2026, 1, 5), date(2026, 1, 5), 0, (("diazepam", Mg(x)),)) for x in ("20", "18"))
    >>> from_to(one, two)
    '20 → 18 mg'
    """
    if before.drugs != after.drugs:
        return UNNAMED
    first, second = doses_text(before), doses_text(after)
    if len(before.doses) == 1 and not (before.average or after.average):
        first = without_unit(first)
    text = say("dose.from to", before=first, after=second)
    return text if len(text) <= MOST_SUBJECT else UNNAMED


def without_unit(dose: Message) -> Message:
    """Write a dose without its unit, which another dose after it has."""
    return Message(dose.removesuffix(" mg"), dose.key, {**dose.values, "unit": False})
