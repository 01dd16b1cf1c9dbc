"""How often a FHIR dosage is taken: by its fields, by its code, and whether the two agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from fractions import Fraction
from typing import Any, NamedTuple

from taper.checker.texts import say
from taper.checker.wording import as_written
from taper.exchange.fhir.bounds import length
from taper.exchange.fhir.said import said
from taper.exchange.fhir.shape import amount, many, one, text_of
from taper.order.parts import TimeOfDay

_SLOTS: dict[TimeOfDay, tuple[str, ...]] = {
    "morning": ("MORN", "MORN.early", "MORN.late", "CM", "ACM", "PCM", "WAKE"),
    "noon": ("NOON", "CD", "ACD", "PCD"),
    "evening": ("EVE", "EVE.early", "EVE.late", "CV", "ACV", "PCV"),
    "bedtime": ("NIGHT", "HS"),
}
WHEN: dict[str, TimeOfDay] = {code: time for time, codes in _SLOTS.items() for code in codes}
"""FHIR's event timings that are one of the four times of day; a meal is the time at which it is had."""
CLOCK: tuple[tuple[time, TimeOfDay], ...] = (
    (time(4), "morning"),
    (time(11), "noon"),
    (time(15), "evening"),
    (time(21), "bedtime"),
)
"""From which clock time on it is which time of day; before the first it is still the bedtime of the day before."""
_GTS = frozenset(
    (
        "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation",
        "http://hl7.org/fhir/v3/GTSAbbreviation",
        "http://hl7.org/fhir/timing-abbreviation",
        "http://hl7.org/fhir/ValueSet/timing-abbreviation",
    )
)
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
_MEALS = frozenset(("C", "AC", "PC"))  # a meal, of which a day has several
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_A_DAY = 24
Note = Callable[..., None]


class Pattern(NamedTuple):
    """How often a dose is taken: at which times (None if not given), every how many days, on which weekdays.

    `clocks` are the clock times, one for each of the times, where the record gives them.
    """

    times: tuple[TimeOfDay | None, ...]
    every: int = 1
    weekdays: tuple[int, ...] = ()
    clocks: tuple[time, ...] = ()


def time_of_day(clock: time) -> TimeOfDay:
    """Return which of the four times of day a clock time is.

    >>> [time_of_day(time(hour)) for hour in (8, 12, 20, 22, 1)]
    ['morning', 'noon', 'evening', 'bedtime', 'bedtime']
    """
    return next((name for start, name in reversed(CLOCK) if clock >= start), "bedtime")


def clocks_of(repeat: Any) -> tuple[time, ...] | None:
    """Return the clock times of a timing, in order; None if one of them is not a clock time."""
    found = []
    for text in many(repeat, "timeOfDay"):
        try:
            parts = [int(part) for part in text.split(":")] if isinstance(text, str) and text.isascii() else []
            found.append(time(parts[0], parts[1]))
        except (ValueError, IndexError):
            return None
    return tuple(sorted(found))


def pattern_of(timing: Any, note: Note) -> Pattern | None:
    """Return how often a dose is taken, or None if that is not clear, or is said in two ways that differ."""
    repeat, code = one(timing, "repeat"), one(timing, "code")
    if many(timing, "event"):
        return None
    coded = _coded(code)
    bare = not any(many(repeat, name) for name in ("when", "timeOfDay", "frequency", "period"))
    by_code = bare and (code is not None or not many(repeat, "dayOfWeek"))
    if by_code and many(repeat, "dayOfWeek"):
        return None
    pattern = coded if by_code else _repeated(repeat)
    if pattern is not None and (differs := _differs(pattern, coded, code)):
        said_so = as_written(differs)
        other = say("remark.code.codes" if by_code else "remark.code.fields", what=said_so)
        note("mismatch", other, quote=_words(code))
        return None
    return pattern


def _words(code: Any) -> str:
    """Return the words and codes of a timing's code."""
    texts = [text_of(code, "text"), *(text_of(c, "display") or text_of(c, "code") for c in many(code, "coding"))]
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _coded(code: Any) -> Pattern | None:
    """Return what the code of a timing says; None if it has none that is known, or two that differ."""
    known = {text_of(c, "code") for c in many(code, "coding") if text_of(c, "system") in _GTS} | {text_of(code, "text")}
    patterns = {_CODES[word] for word in known if word in _CODES}
    return Pattern(*patterns.pop()) if len(patterns) == 1 else None


def _differs(pattern: Pattern, coded: Pattern | None, code: Any) -> str:
    """Return what a timing's code says, in its own words, if the fields say something else; empty if they agree."""
    often = len(pattern.times)
    if coded is not None:
        named = {time for time in coded.times if time is not None}
        apart = bool(named) and None not in pattern.times and named != set(pattern.times)
        if (len(coded.times), coded.every) != (often, pattern.every) or pattern.weekdays or apart:
            return _words(code)[:80]
    every_day = pattern.every == 1 and not pattern.weekdays
    for text in (text_of(code, "text"), *(text_of(c, "display") for c in many(code, "coding"))):
        count = said(f"Take 1 tablet {text}").facts.often if text else None
        if count is not None and (count != often or not every_day):
            return text[:80]
    return ""


def _repeated(repeat: Any) -> Pattern | None:
    named = [WHEN.get(code) if isinstance(code, str) else None for code in many(repeat, "when")]
    clocks = clocks_of(repeat)
    if clocks is None:
        return None
    times: tuple[TimeOfDay | None, ...] = tuple(named) or tuple(time_of_day(clock) for clock in clocks)
    frequency, period = amount(repeat, "frequency"), amount(repeat, "period")
    if one(repeat, "frequencyMax") is not None or one(repeat, "periodMax") is not None or (named and clocks):
        return None
    days = [_WEEK.index(day) if day in _WEEK else -1 for day in many(repeat, "dayOfWeek")]
    if -1 in days or len(times) > MOST_A_DAY:
        return None
    weekdays = tuple(sorted(set(days)))
    if not times:
        if weekdays and frequency is None and period is None:
            return Pattern((None,), 1, weekdays)  # as in Germany: once on each of these days
        if frequency is None or frequency.denominator != 1 or not 1 <= frequency <= 7 * MOST_A_DAY:
            return None
        return _counted(int(frequency), period, text_of(repeat, "periodUnit"), weekdays)
    if period is None and frequency is None:
        meals = _MEALS.intersection(code for code in many(repeat, "when") if isinstance(code, str))
        return None if meals else Pattern(times, 1, weekdays, clocks)
    unit = text_of(repeat, "periodUnit")
    weekly = unit == "wk" and period == 1 and bool(days)
    per_day = len(days) if weekly else 1
    if (frequency if frequency is not None else len(times) * per_day) != len(times) * per_day:
        return None
    every = 1 if weekly else _every(period, unit)
    return None if every is None or (days and every != 1) else Pattern(times, every, weekdays, clocks)


def _counted(frequency: int, period: Fraction | None, unit: str, weekdays: tuple[int, ...]) -> Pattern | None:
    """Return a pattern that gives no time of day."""
    if not period:
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
    return length(period, unit)[0] if unit in ("d", "wk") else None
