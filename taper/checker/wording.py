"""Write the numbers and dates of a finding so that they cannot be misread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from taper.quantity import Mg, percent_text, plain_text, short_text
from taper.schedule.curve import Level

NO_STEPS = "the schedule has no steps"
# As in taper/paper/words/locales.py, which the checker may not import; a test holds them equal.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_text(day: date) -> str:
    """Write a date with the name of its month.

    >>> day_text(date(2026, 1, 5))
    '5 January 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def span_text(start: date, end: date) -> str:
    """Write days from the first to the last, each part once.

    >>> span_text(date(2026, 1, 5), date(2026, 1, 9)), span_text(date(2026, 1, 5), date(2026, 2, 1))
    ('5 to 9 January 2026', '5 January to 1 February 2026')
    """
    if start == end:
        return day_text(end)
    first = f"{start.day} {MONTHS[start.month - 1]} {start.year}".split()
    if start.year == end.year:
        first = first[:1] if start.month == end.month else first[:2]
    return f"{' '.join(first)} to {day_text(end)}"


def days_text(days: int) -> str:
    """Write a number of days: "1 day", "14 days"."""
    return "1 day" if days == 1 else f"{days} days"


def _said(text: str) -> str:
    """Say in words that a number was rounded: a sentence is also read aloud."""
    return text.replace("~", "about ")


def percent_of(value: Fraction, places: int = 1) -> str:
    """Write a fraction as a percentage in a sentence.

    >>> percent_of(Fraction(1, 4)), percent_of(Fraction(1, 3))
    ('25%', 'about 33.3%')
    """
    return _said(percent_text(value, places))


def percent_beside(value: Fraction, limit: Fraction) -> str:
    """Write a fraction with enough digits to tell it from the limit.

    >>> percent_beside(Fraction(2504, 10000), Fraction(1, 4)), percent_beside(Fraction(1, 3), Fraction(1, 4))
    ('25.04%', 'about 33.3%')
    """
    return _said(percent_text(value, 1, unlike=limit))


def mg_text(value: Fraction, places: int = 2) -> str:
    """Write an equivalent in mg, with "about" in front if it was rounded.

    >>> mg_text(Fraction(5, 2)), mg_text(Fraction(10, 3))
    ('2.5 mg', 'about 3.33 mg')
    """
    return _said(f"{short_text(value, places)} mg")


def mg_beside(value: Fraction, limit: Fraction) -> str:
    """Write an equivalent in mg with enough digits to tell it from the limit.

    >>> mg_beside(Fraction("5.001"), Fraction(5)), mg_beside(Fraction("5.25"), Fraction(5))
    ('5.001 mg', '5.25 mg')
    """
    return _said(f"{short_text(value, 2, unlike=limit)} mg")


def dose_text(dose: Mg) -> str:
    """Write a dose for a sentence: never as a written fraction.

    >>> dose_text(Mg("2.5")), dose_text(Mg(Fraction(600, 7)))
    ('2.5 mg', 'about 85.71 mg')
    """
    return f"{plain_text(dose.value)} mg"


def doses_text(level: Level) -> str:
    """Write the daily dose of each drug; for a weekly pattern, its average.

    >>> from taper.quantity import Mg
    >>> day = date(2026, 1, 5)
    >>> doses_text(Level(day, day, 0, (("diazepam", Mg(2)), ("lorazepam", Mg("0.5")))))
    'diazepam 2 mg and lorazepam 0.5 mg'
    >>> doses_text(Level(day, day, 0, (("diazepam", Mg(45) / 7),), average=True))
    'about 6.43 mg on average'
    """
    if not level.doses:
        return "no dose"
    texts = [(drug, mg_text(dose.value) if level.average else dose_text(dose)) for drug, dose in level.doses]
    text = texts[0][1] if len(texts) == 1 else " and ".join(f"{drug} {dose}" for drug, dose in texts)
    return f"{text} on average" if level.average else text


def count_text(count: int, noun: str) -> str:
    """Write "1 step" or "3 steps"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def names_text(names: Sequence[str]) -> str:
    """Write names as a list: "a", "a and b", "a, b and c".

    >>> names_text(["Monday", "Tuesday", "Friday"])
    'Monday, Tuesday and Friday'
    """
    return " and ".join((", ".join(names[:-1]), names[-1]) if len(names) > 1 else names)


def change_text(change: Fraction) -> str:
    """Write the change relative to the previous dose, which the caller appends.

    >>> change_text(Fraction(1, 2)), change_text(Fraction(-1, 3)), change_text(Fraction(0))
    ('50% higher than', 'about 33.3% lower than', 'the same as')
    """
    if not change:
        return "the same as"
    return f"{percent_of(abs(change))} {'higher' if change > 0 else 'lower'} than"


MOST_SUBJECT = 46
UNNAMED = "The change"


def from_to(before: Level, after: Level) -> str:
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
        first = first.removesuffix(" mg")
    text = f"{first} → {second}"
    return text if len(text) <= MOST_SUBJECT else UNNAMED
