"""Words of label texts: numbers, and days of the week."""

from __future__ import annotations

import re
from fractions import Fraction

from taper.paper.words.en import ENGLISH

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ONES += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: value for value, word in enumerate(_ONES)} | {
    f"{ten}{f'-{one}' if one != 'zero' else ''}": (index + 2) * 10 + value
    for index, ten in enumerate(_TENS)
    for value, one in enumerate(_ONES[:10])
}
PARTS = {
    "a quarter": Fraction(1, 4),
    "a half": Fraction(1, 2),
    "half": Fraction(1, 2),
    "three quarters": Fraction(3, 4),
}
_WEEKDAYS = [day.lower() for day in ENGLISH.weekdays]
_NAMES = "|".join(_WEEKDAYS)


def _week_patterns(others: str, plural: str, between: str, take: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what one part of a week looks like, and what stands between two of them."""
    day = rf"(?:{_NAMES}){plural}\b"
    days = rf"(?:{others}|{day}(?:(?:, | and ){day})*)"
    return (
        re.compile(rf"on (?P<days>{days}){take} (?P<taken>.+)", re.IGNORECASE),
        re.compile(rf"{between} (?=on {days}{take} )", re.IGNORECASE),
    )


_WEEKS = (
    _week_patterns("all other days", "s", ";", ", take"),
    _week_patterns("the other days", "", ", and", ""),  # labels of before; the two are never mixed
)


def split_week(text: str) -> list[tuple[tuple[int, ...], str]] | None:
    """Split the weekday directions of a label, written the way our own labels write them.

    Returns:
        Days of the week, Monday is 0, each with its directions; "the other days" are those that were not
        named. None where the text does not begin with days, names a day twice, or leaves no other days.

    >>> split_week("on Monday and Friday none, and on the other days 1 tablet")
    [((0, 4), 'none'), ((1, 2, 3, 5, 6), '1 tablet')]
    >>> split_week("on Mondays and Fridays, take no dose; on all other days, take 1 tablet")
    [((0, 4), 'no dose'), ((1, 2, 3, 5, 6), '1 tablet')]
    """
    return next(filter(None, (_split(text, *patterns) for patterns in _WEEKS)), None)


def _split(text: str, on_days: re.Pattern[str], between: re.Pattern[str]) -> list[tuple[tuple[int, ...], str]] | None:
    week: list[tuple[tuple[int, ...], str]] = []
    named: set[int] = set()
    for part in between.split(text):
        match = on_days.fullmatch(part)
        if match is None:
            return None
        days = [_WEEKDAYS.index(day) for day in re.findall(_NAMES, match["days"].lower())]
        if not days:
            days = [day for day in range(7) if named and day not in named]
        if not days or len({*days, *named}) < len(days) + len(named):
            return None
        named |= {*days}
        week.append((tuple(sorted(days)), match["taken"]))
    return week


def value(text: str) -> Fraction | None:
    """Return the number that a label gives, or None if its word and its digits contradict each other."""
    words = text.strip().lower()
    if match := re.fullmatch(r"(?:([a-z-]+) )?\((\d+)\)", words):
        return Fraction(match[2]) if match[1] is None or WORDS.get(match[1]) == int(match[2]) else None
    whole, _, part = words.partition(" and ")
    if part:
        return _whole(whole) + PARTS[part]
    words = re.sub(r"(?: of)? an?\Z", "", words)
    return PARTS[words] if words in PARTS else _whole(words)


def _whole(words: str) -> Fraction:
    if words in ("a", "an"):
        return Fraction(1)
    return Fraction(WORDS[words]) if words in WORDS else Fraction(words)


_PLACE = r"(?:\d(?:[.,]\d{1,2})?|\d? ?[½¼¾]|\d/\d)"
_SCHEME = re.compile(
    rf"({_PLACE}) ?[-–] ?({_PLACE}) ?[-–] ?({_PLACE})(?: ?[-–] ?({_PLACE}))?"
    r"(?: (?:tablet(?:te)?[sn]?|tabl\.?|tbl\.?|stück|stk\.?|kapseln?|capsules?|comprim(?:é|ido)s?|compresse?))?",
    re.IGNORECASE,
)
_SIGNS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}


def read_scheme(text: str) -> tuple[Fraction, ...] | None:
    """Read pieces in the morning, at noon, in the evening and at bedtime, as written in German and elsewhere.

    >>> read_scheme("1-0-0,5-0"), read_scheme("5-10 mg")
    ((Fraction(1, 1), Fraction(0, 1), Fraction(1, 2), Fraction(0, 1)), None)
    """
    match = _SCHEME.fullmatch(text)
    if match is None:
        return None
    counts = [_of_scheme(part or "0") for part in match.groups()]
    if any(count is None for count in counts) or not any(counts) or (match[4] is None and all(counts[:3])):
        return None  # three numbers without a zero can be a range, or a date
    return tuple(count for count in counts if count is not None)


def _of_scheme(text: str) -> Fraction | None:
    if text[-1] in _SIGNS:
        return Fraction(text[:-1].strip() or 0) + _SIGNS[text[-1]]
    if "/" in text:
        return {"1/2": Fraction(1, 2), "1/4": Fraction(1, 4), "3/4": Fraction(3, 4)}.get(text)
    return Fraction(text.replace(",", "."))
