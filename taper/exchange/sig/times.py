"""When and how often, in a label text: times of day, clock times, times a day, days from one to the next."""

from __future__ import annotations

import re
from typing import NamedTuple

from taper.exchange.sig.amounts import NUMBER
from taper.exchange.sig.words import value
from taper.order.parts import TimeOfDay

_CLOCK = (
    r"(?P<at>at )?(?:(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour24>\d\d):(?P<minute24>[0-5]\d)\b)"
)
_WHEN: tuple[tuple[str, TimeOfDay], ...] = (
    (r"in the morning|every morning|each morning|qam\b|mornings?\b", "morning"),
    (r"at noon|at midday|at lunchtime|noon\b|midday\b", "noon"),
    (r"in the evening|every evening|each evening|qpm\b|evenings?\b", "evening"),
    (r"at bedtime|before bed\b|nightly|every night|each night|at night|qhs\b|night\b|bedtime\b", "bedtime"),
)
_TIMES = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<t{index}>{pattern})" for index, (pattern, _) in enumerate(_WHEN)) + f"|{_CLOCK})",
    re.IGNORECASE,
)
CLOCK_TIMES: tuple[tuple[int, TimeOfDay], ...] = ((4, "morning"), (11, "noon"), (15, "evening"), (21, "bedtime"))
"""From which hour on a clock time is which time of day; before four o'clock it is still the night before."""
_NEAR: dict[TimeOfDay, tuple[int, ...]] = {
    "morning": (*range(4, 12),),
    "noon": (*range(11, 15),),
    "evening": (*range(15, 24),),
    "bedtime": (*range(18, 24), *range(4)),
}
"""The hours that may stand beside a time of day in words: "in the morning at 11:00"."""

_A_DAY = r"(?:daily|(?:a|per|each|every|in a) day)"
_OFTEN = re.compile(
    rf"(?<![\w-])(?:(?:(?P<word>once|twice|thrice)|(?P<number>{NUMBER}) times?) {_A_DAY}"
    r"|(?P<two>bid|b\.i\.d\.|bd|b\.d\.)|(?P<three>tid|t\.i\.d\.|tds|t\.d\.s\.)|(?P<four>qid|q\.i\.d\.|qds|q\.d\.s\.)"
    rf"|(?:every|q) ?(?P<hours>{NUMBER}) ?(?:hours?|hrs?|h)|(?P<hourly>\d+)[ -]?(?:hourly|hrly)"
    rf"|(?:once )?every (?:(?P<other>other|second|third)|(?P<days>{NUMBER})) days?|(?P<qod>qod|q\.o\.d\.)"
    rf"|(?P<weekly>(?:once )?(?:every|each) week|(?:once )?weekly|once (?:a|per) week)"
    rf"|(?P<daily>{_A_DAY}|qd|q\.d\.))(?!\w)",
    re.IGNORECASE,
)
_WORDS = {"once": 1, "twice": 2, "thrice": 3}
_OTHER = {"other": 2, "second": 2, "third": 3}
_MOST_A_DAY = 12


class Time(NamedTuple):
    """A time of day in a text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        time: The time of day.
        clock: The clock time, if it was one.
    """

    start: int
    end: int
    time: TimeOfDay
    clock: str


def times_in(text: str) -> list[Time] | None:
    """Return the times of day in a text, in its order; None if one of them is no time."""
    found: list[Time] = []
    for match in _TIMES.finditer(text):
        index = next((i for i in range(len(_WHEN)) if match[f"t{i}"]), None)
        if index is not None:
            found.append(Time(match.start(), match.end(), _WHEN[index][1], ""))
            continue
        clock = _clock(match)
        bare = not match["at"] and not match["minute"] and not match["hour24"]
        if clock is None or (bare and not (found and found[-1].clock)):
            return None  # "2 pm" can be two tablets in the evening
        found.append(Time(match.start(), match.end(), time_of_clock(int(clock[:2])), clock))
    return found


def _clock(match: re.Match[str]) -> str | None:
    if match["hour24"]:
        hour = int(match["hour24"])
        return f"{hour:02}:{match['minute24']}" if hour < 24 else None
    hour = int(match["hour"])
    if not 1 <= hour <= 11:  # 12 am and 12 pm are often mistaken for each other
        return None
    return f"{hour + 12 * (match['half'].lower() == 'p'):02}:{match['minute'] or '00'}"


def time_of_clock(hour: int) -> TimeOfDay:
    """Return the time of day of an hour.

    >>> time_of_clock(8), time_of_clock(22), time_of_clock(1)
    ('morning', 'bedtime', 'bedtime')
    """
    return next((time for begin, time in reversed(CLOCK_TIMES) if hour >= begin), "bedtime")


def together(first: Time, second: Time) -> Time | None:
    """Return two times that stand side by side as the one that they name, or None if they name two.

    >>> together(Time(0, 1, "evening", ""), Time(1, 2, "bedtime", "")).time
    'bedtime'
    """
    if first.clock and second.clock:
        return None
    clock = first.clock or second.clock
    if clock:
        time = second.time if first.clock else first.time
        return Time(first.start, second.end, time, clock) if int(clock[:2]) in _NEAR[time] else None
    late = {"evening", "bedtime"}
    if first.time == second.time or {first.time, second.time} <= late:
        return Time(first.start, second.end, second.time, "")
    return None


def how_often(text: str) -> tuple[int | None, int, str] | None:
    """Return how often a day, days from one to the next, and the text without these words.

    Returns:
        None if nothing is said, or no whole number of times a day.

    >>> how_often("1 tablet every 8 hours"), how_often("1 tablet every other day")
    ((3, 1, '1 tablet '), (None, 2, '1 tablet '))
    """
    match = _OFTEN.search(text)
    if match is None:
        return None
    per_day, every = _meant(match)
    if (per_day is None and every == 1) or every > 31 or (per_day or 1) > _MOST_A_DAY:
        return None
    return per_day, every, text[: match.start()] + text[match.end() :]


def _meant(match: re.Match[str]) -> tuple[int | None, int]:
    """Return how often a day, and every how many days."""
    if match["word"]:
        return _WORDS[match["word"].lower()], 1
    if match["number"]:
        return _whole(match["number"]), 1
    if match["hours"] or match["hourly"]:
        hours = _whole(match["hours"] or match["hourly"])
        return (24 // hours if hours and 24 % hours == 0 and hours > 1 else None), 1
    if match["other"] or match["days"]:
        every = _OTHER[match["other"].lower()] if match["other"] else _whole(match["days"])
        return (1, 1) if every == 1 else (None, every or 1)  # "every 1.5 days" is no whole number, and not every day
    if match["qod"] or match["weekly"]:
        return None, 2 if match["qod"] else 7
    return next((count for name, count in (("two", 2), ("three", 3), ("four", 4)) if match[name]), 1), 1


def _whole(text: str) -> int | None:
    number = value(text)
    return int(number) if number is not None and number.denominator == 1 and number > 0 else None
