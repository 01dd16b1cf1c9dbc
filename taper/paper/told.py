"""What the checker says, in the language of a paper: the same keys and values, each value as the language writes it.

Where the language has not the text of a key, at any depth, the whole message stays English: half a sentence in each of
two languages would be read less surely than one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from taper.checker.headline import MOST_CHARACTERS as MOST_IN_ENGLISH
from taper.checker.texts import TEXTS
from taper.checker.wording import KINDS
from taper.interval import Interval
from taper.message import Message
from taper.paper.numbers import NBSP, capitalized
from taper.paper.phrases import Phrases
from taper.paper.words.findings import COUNTED, FINDINGS
from taper.paper.words.locale import part_plural, plural
from taper.paper.words.product_names import FORM_KEYS
from taper.quantity import exact_text, percent_text, plain_text, short_text

SMALL_AFTER_COLON = ("es", "fr", "nl")
"""Languages in which a sentence after a colon begins with a small letter."""
_CAPITALS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_TWO_PERIODS = re.compile(r"(?<!\.)\.\.(?!\.)")
MOST_CHARACTERS = 160
"""Longest headline in a language other than English, which takes about an eighth more room for the same."""


class _Counted:
    """A number with its noun, or another text, in the case that a blank asks for: ``{days:dat}``, ``{basis:nom}``."""

    def __init__(self, write: Callable[[str], str]) -> None:
        self._write = write

    def __format__(self, case: str) -> str:
        return self._write(case)

    def __str__(self) -> str:
        return self._write("")


def _whatever_case(written: str) -> _Counted:
    return _Counted(lambda _: written)


_DATED = frozenset({"day", "span", "list", "capitalized", "lowered", "joined", "headline", "left out", "quoted"})
"""The kinds of values that American English writes anew: dates, and what may hold one."""


class Told:
    """The messages of the checker in one language; American English has its dates.

    Args:
        phrases: The words of a schedule in that language.
    """

    def __init__(self, phrases: Phrases) -> None:
        self._phrases, self._language = phrases, phrases.words.code.partition("-")[0]
        self.as_it_is = phrases.words.code in ("en", "en-GB")  # the days of a finding are written as in Britain
        self._texts = TEXTS if self._language == "en" else FINDINGS.get(self._language, {})
        self._counted = COUNTED.get(self._language, {})
        self._cased = {key.partition(":")[0] for key in self._texts if ":" in key}

    def say(self, text: str) -> str:
        """Return a message in the language; in English where it has no text of a key, or is no message."""
        if self.as_it_is or not isinstance(text, Message):
            return text
        try:
            # a name may end in a period, as "EE. UU."
            return _TWO_PERIODS.sub(".", str(self._written(text)))
        except KeyError:
            return str(text)

    def is_told(self, text: str) -> bool:
        """Return whether the language has all that a message is made of."""
        try:
            return isinstance(text, Message) and bool(self._written(text)) | (not text)
        except KeyError:
            return False

    def _written(self, message: object) -> Any:
        if not isinstance(message, Message):
            if isinstance(message, int) and self._language != "en":
                return self._numbered(Fraction(message), str(message))
            return message
        if self._language == "en" and message.key not in _DATED and message.key not in self._texts:
            return str(message)
        if message.key in KINDS:  # "every" is a kind that has texts of its own
            return getattr(self, f"_{message.key.replace(' ', '_')}")(**message.values)
        values = {name: self._written(value) for name, value in message.values.items()}
        written = self._texts[message.key].format(**values)
        if message.key not in self._cased:
            return written

        def write(case: str) -> str:
            return self._texts[f"{message.key}:{case}"].format(**values) if case else written

        return _Counted(write)

    def _day(self, day: date) -> str:
        return self._phrases.dated(day)

    def _span(self, start: date, end: date) -> str:
        """Write days from the first to the last; with "from" in front, where the language has a text of its own for it.

        A single day is a day, without it.
        """
        span = self._phrases.span(start, end)
        return self._texts.get("span.from", "{span}").format(span=span)

    def _number_of(self, noun: str, number: int) -> _Counted:
        def write(case: str) -> str:
            forms = self._counted[f"{noun} {case}" if f"{noun} {case}" in self._counted else noun]
            return forms[plural(self._language, number)].format(number=number)

        return _Counted(write)

    def _numbered(self, value: Fraction, written: str) -> _Counted:
        """Write a number that English leaves to its template, with a noun where a blank asks for it: ``{weeks:weeks}``.

        The noun is a key of the counted ones behind "number", in the case that its sentences ask for.
        """

        def write(noun: str) -> str:
            if not noun:
                return written
            whole = value.denominator == 1
            form = plural(self._language, value.numerator) if whole else part_plural(self._language, value)
            return self._counted[f"number {noun}"][form].format(number=written)

        return _Counted(write)

    def _days(self, count: int) -> _Counted:
        return self._number_of("day", count)

    def _count(self, count: int, noun: str) -> _Counted:
        return self._number_of(noun, count)

    def _interval(self, span: Interval) -> _Counted:
        if span.months:
            return self._number_of("month", span.months)
        return self._number_of("week", span.days // 7) if span.days % 7 == 0 else self._number_of("day", span.days)

    def _every(self, span: Interval) -> str:
        once = (span.months or span.days // 7 if span.months or span.days % 7 == 0 else span.days) == 1
        unit = "month" if span.months else "week" if span.days % 7 == 0 else "day"
        if once:
            return self._texts[f"every.{unit}"]
        return self._texts["every"].format(span=self._interval(span))

    def _weekday(self, name: str) -> str:
        locale, day = self._phrases.words.locale, _WEEKDAYS.index(name)
        short = locale.weekdays_short[day]
        return short if len(short) > 2 else locale.weekdays[day]  # "me" and "sa" are words of French, "zo" of Dutch

    def _time(self, name: str) -> str:
        text = self._phrases.words.times[name]  # type: ignore[index]
        return text[:1].lower() + text[1:]

    def _place(self, name: str) -> str:
        return self._phrases.apart(name, name=True)  # else a number behind it would be shown in front of it

    def _local(self, text: str, unit: str = "") -> str:
        """Write a number with the decimal sign of the locale, and say so where it was rounded."""
        number = text.removeprefix("~").removeprefix("about ").replace(".", self._phrases.words.locale.decimal)
        written = self._phrases.apart(f"{number}{NBSP}{unit}" if unit else number)
        return self._phrases.say("about", percent=written) if text[:1] in ("~", "a") else written

    def _number(self, value: Fraction) -> _Counted:
        return self._numbered(value, self._local(exact_text(value)))

    def _plain_number(self, value: Fraction) -> _Counted:
        return self._numbered(value, self._local(plain_text(value)))

    def _percent(self, value: Fraction, places: int, unlike: Fraction | None) -> _Counted:
        text = percent_text(value, places) if unlike is None else percent_text(value, places, unlike=unlike)
        number = text.removeprefix("~").removesuffix("%").replace(".", self._phrases.words.locale.decimal)
        written = self._phrases.apart(self._phrases.words.locale.percent.format(number=number))

        def write(case: str) -> str:  # Spanish falls "un 10 %", and 2 mg
            part = self._counted[f"percent {case}"]["other"].format(number=written) if case else written
            return self._phrases.say("about", percent=part) if text.startswith("~") else part

        return _Counted(write)

    def _mg(self, value: Fraction, places: int, unlike: Fraction | None, unit: bool = True) -> _Counted:
        text = short_text(value, places) if unlike is None else short_text(value, places, unlike=unlike)
        return _whatever_case(self._local(text, "mg" if unit else ""))

    def _dose(self, value: Fraction, unit: bool = True) -> _Counted:
        return _whatever_case(self._local(plain_text(value), "mg" if unit else ""))

    def _exact_mg(self, value: Fraction) -> _Counted:
        return _whatever_case(self._local(exact_text(value), "mg"))

    def _mL(self, value: Fraction) -> str:  # noqa: N802 (the kind is named by its unit)
        return self._local(plain_text(value), "mL")

    def _drug(self, name: str) -> str:
        return self._phrases.apart(self._phrases.plain_name(name), name=True)

    def _product(self, name: str) -> str:
        return self._phrases.of_catalog(name)

    def _device(self, name: str) -> str:
        return self._phrases.instrument(name)

    def _form(self, name: str) -> str:
        return self._phrases.say(FORM_KEYS[name])  # type: ignore[index]

    def _guideline(self, id: str, short: str) -> str:  # noqa: A002 (named as the value)
        return self._phrases.apart(self._texts.get(f"guideline.{id}", short), name=True)

    def _title(self, text: str) -> str:
        return self._phrases.apart(text, name=True)

    _as_written = _title

    def _remark(self, text: str) -> str:
        """Write what a reader remarked; an error of a file has no key, so that only an empty one is told."""
        return self._texts[f"remark.{text}"] if text else ""

    def _code(self, text: str) -> str:
        """Write code as it is, from left to right in every script."""
        return self._phrases.apart(text, name=True)

    def _note(self, key: str, end: bool) -> str:
        """Write what the catalog says, if the language has it; else the message that it is part of stays English."""
        return self._texts[key] if end else self._texts[key].removesuffix(".")

    def _gist(self, key: str) -> str:
        """Write the first sentence of a note, to follow a colon."""
        first = self._texts[key].partition(". ")[0].removesuffix(".")
        small = self._language in SMALL_AFTER_COLON and first[1:2] not in _CAPITALS
        return first[:1].lower() + first[1:] if small else first

    def _list(self, parts: tuple[Message, ...], mark: str) -> str:
        written = [str(self._written(part)) for part in parts]
        if self._language == "en" and mark != ", and":
            return mark.join(written)
        if len(parts) > 1 and all(part.key == "product" for part in parts):
            comma = self._phrases.say("comma")  # of some languages within a name: "zopiclone 7,5 mg, comprimé"
            mark = "; " if any(comma in name for name in written) else mark
        if "and" in mark:
            return self._phrases.listed(written)
        between = {", ": "comma", "; ": "semicolon"}.get(mark)
        return (self._phrases.say(between) if between else mark).join(written)

    def _capitalized(self, of: Message) -> str:
        return capitalized(str(self._written(of)))

    def _lowered(self, of: Message) -> str:
        written = str(self._written(of))
        small = self._language == "en"  # a German noun keeps its capital
        return written[:1].lower() + written[1:] if small else written

    def _joined(self, parts: tuple[Message, ...]) -> _Counted:
        first, *others = [self._written(part) for part in parts] or [""]

        def write(case: str) -> str:  # what is counted, or a part, stands first: "25% of the starting dose"
            begin = format(first, case) if isinstance(first, _Counted) else str(first)
            return " ".join(filter(None, (begin, *map(str, others))))

        return _Counted(write)

    def _headline(self, ways: tuple[Message, ...]) -> str:
        written = [str(self._written(way)) for way in ways]
        most = MOST_IN_ENGLISH if self._language == "en" else MOST_CHARACTERS
        return next((way for way in written if len(way) <= most), written[-1])

    def _left_out(self, line: Message, names: tuple[Message, ...]) -> str:
        """Write the names that the line has no room for in this language, which may be others than in English."""
        own, written = str(self._written(line)), [str(self._written(name)) for name in names if name]
        return " ".join(f"{capitalized(name)}." for name in written if name.lower() not in own.lower())

    def _quoted(self, of: Message) -> str:
        return self._phrases.say("quoted", text=str(self._written(of)))


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
