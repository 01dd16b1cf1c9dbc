"""Reading what stands in print: amounts with their units, dates, days of the week, and numbers of pieces in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from taper.proof.papers.tongues import POINTS, Tongue, tongue

_UNSEEN = "\u2060\u2066\u2067\u2069"
_SIGNS = str.maketrans({"\u2066": None, "\u2067": None, "\u2069": None, "\u060c": None})
_AMOUNT = re.compile(r"(?<![0-9.,/])([0-9]+)(?:[.,]([0-9]+))? ?(mg|mL|g)(?![\w/])")
# made when they are first needed: few papers name the strength of a liquid, and few have numbered days
_STRENGTH = r"(?<![0-9.,/])([0-9]+(?:[.,][0-9]+)?) ?mg/(?:([0-9]+(?:[.,][0-9]+)?) ?)?mL"
_WHOLE = r"(?<![0-9.,])[0-9]+(?![.,]?[0-9])"
_PARTS = {Fraction(1, 4): 0, Fraction(1, 2): 1, Fraction(3, 4): 2}
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Return a text with plain spaces, without marks that nobody sees."""
    text = text.replace("\u00a0", " ").replace("\n", " ")
    if not text.isascii():
        for sign in _UNSEEN:
            text = text.replace(sign, "")
    return text


@lru_cache(maxsize=1024)
def low(text: str) -> str:
    """Return a plain text in small letters."""
    return plain(text).lower()


class Amount(NamedTuple):
    """A number with its unit, as it stands in a text.

    Attributes:
        digits: The number without its sign for decimals.
        places: How many of its digits are decimals.
        unit: ``mg``, ``mL`` or ``g``.
        start: Where it begins.
    """

    digits: int
    places: int
    unit: str
    start: int

    @property
    def value(self) -> Fraction:
        """The number."""
        return Fraction(self.digits, 10**self.places)


@lru_cache(maxsize=1024)
def amounts(text: str) -> tuple[Amount, ...]:
    """Read each number with its unit; strengths in a volume, such as 1 mg/mL, are none."""
    return tuple(
        Amount(int(whole + decimals), len(decimals), one[3], one.start())
        for one in _AMOUNT.finditer(plain(text))
        for whole, decimals in ((one[1], one[2] or ""),)
    )


@lru_cache(maxsize=1024)
def _in_mg(text: str) -> tuple[Amount, ...]:
    return tuple(one for one in amounts(text) if one.unit == "mg")


def strengths(text: str) -> tuple[Fraction, ...]:
    """Read the strengths of liquids in a text, as mg in 1 mL: 2 mg/5 mL is 0.4."""
    numbers = (
        [(number or "1").replace(",", ".") for number in one.groups()] for one in re.finditer(_STRENGTH, plain(text))
    )
    return tuple(Fraction(mg) / Fraction(volume) for mg, volume in numbers)


def is_exact(value: Fraction) -> bool:
    """Return whether the decimal of a number ends."""
    return _places(value.denominator) >= 0


def _places(denominator: int) -> int:
    """Return how many decimals a number has; below zero if they never end."""
    for places in range(64):
        if 10**places % denominator == 0:
            return places
        if denominator % 2 and denominator % 5:
            break
    return -1


def same(read: Amount, value: Fraction) -> bool:
    """Return whether a number that was read is the one that is meant: exactly, or rounded if its decimal never ends."""
    difference = abs(read.digits * value.denominator - value.numerator * 10**read.places)
    if not difference:
        return True
    return 2 * difference <= value.denominator and not is_exact(value)


class Reader:
    """A reader of one language.

    Args:
        code: Its code, with or without a country.
        first: First day of a plan whose days are numbered instead of dated; None for one with dates.
    """

    def __init__(self, code: str, first: date | None = None) -> None:
        self.code, self.base = code, code.partition("-")[0]
        self.tongue: Tongue = tongue(self.base)
        self.sign = "." if code in POINTS or self.base in ("en", "ar") else ","
        self.first = first
        self._american = code == "en-US"

    def number(self, value: Fraction) -> str:
        """Write a number as a decimal; one that does not end as a fraction."""
        places = _places(value.denominator)
        if places <= 0:
            return str(value)
        digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
        return f"{digits[:-places]}{self.sign}{digits[-places:]}"

    def mg(self, text: str) -> tuple[Amount, ...]:
        """Read the mg of a text, in their order."""
        return _in_mg(text)

    def dates(self, text: str) -> tuple[date, ...]:
        """Read the days of a text, by date or, of a plan without dates, by number, in their order."""
        return tuple(day for day, _ in self.placed_dates(text))

    def placed_dates(self, text: str) -> tuple[tuple[date, int], ...]:
        """Read the same, each with the place behind it."""
        clear = low(text)
        if self.first is not None:
            numbers = re.finditer(_WHOLE, _AMOUNT.sub(lambda found: " " * len(found[0]), clear))
            return tuple((self.first + timedelta(days=int(one[0]) - 1), one.end()) for one in numbers if int(one[0]))
        return _dates(clear, self.base)

    def long_dates(self, day: date) -> tuple[str, ...]:
        """Return how a date with its weekday may be written, without commas and points."""
        week, number = self.tongue.weekdays[day.weekday()], "1er" if self.base == "fr" and day.day == 1 else day.day
        months = self.tongue.months[day.month - 1]
        if self._american:
            return tuple(f"{week} {month} {number} {day.year}" for month in months)
        if self.base == "es":
            return tuple(f"{week} {number} de {month} de {day.year}" for month in months)
        return tuple(f"{week} {number} {month} {day.year}" for month in months)

    def is_long_date(self, text: str, day: date) -> bool:
        """Whether a text is a date with its weekday, whatever its commas and points."""
        name = text.replace("\u00a0", " ").replace(",", "").replace(".", "")
        return (name if name.isascii() else name.translate(_SIGNS)).lower() in self.long_dates(day)

    def starts_with_count(self, text: str, value: Fraction, kind: str) -> int:
        """Return where a number of pieces ends that a text in small letters begins with; 0 if it does not.

        Args:
            text: The text.
            value: The number that is meant.
            kind: What is counted: tablets, capsules, films, or pieces.
        """
        for phrase in self.counts(value, kind):
            end = len(phrase)
            if text.startswith(phrase) and not text[end : end + 1].isalnum():
                return end
        return 0

    def counts(self, value: Fraction, kind: str) -> tuple[str, ...]:
        """Return how a number of pieces may be said."""
        return _counts(self.base, self.sign, value, kind)

    def drops(self, number: Fraction) -> tuple[str, ...]:
        """Return how a number of drops may be said."""
        forms = self.tongue.drops
        written = tuple(f"{self.number(number)} {form}" for form in forms[:3])
        if self.base == "ar" and number in (1, 2):
            return (forms[2] if number == 1 else forms[3], *written)
        return written


@lru_cache(maxsize=1024)
def _counts(base: str, sign: str, value: Fraction, kind: str) -> tuple[str, ...]:
    forms, (whole, part) = tongue(base).nouns[kind], divmod(value, 1)
    if part and part not in _PARTS:
        reader = Reader(base)
        number = reader.number(value).replace(reader.sign, sign) if is_exact(value) else "?"
        return tuple(f"{number} {of}{form}" for of in ("", "of a ") for form in forms[:4])
    if part:
        return tuple(_parted(base, int(whole), _PARTS[part], forms))
    if base == "ar" and whole in (1, 2):
        return (forms[3] if whole == 1 else forms[4],)
    return tuple(f"{whole} {of}{form}" for of in ("", "de ") for form in forms)


def _parted(base: str, whole: int, part: int, forms: tuple[str, ...]) -> Iterator[str]:
    """Yield how a whole number and a quarter, a half or three quarters may be said."""
    for at in range(0, len(forms) if base in ("fr", "es") else 1, 2):
        one, many = forms[at], forms[at + 1]
        if base == "en":
            alone = ("a quarter of", "half", "three quarters of")[part]
            behind = ("a quarter", "a half", "three quarters")[part]
            yield from (f"{_words(whole)} and {behind} {many}",) if whole else (f"{alone} a {one}", f"{alone} of one")
            yield from () if whole else (f"{alone} one",)
        elif base == "de":
            a, ending = ("ein", "er" if "film" in one else "es") if "stück" in one or "film" in one else ("eine", "e")
            piece = (f"{a} viertel {one}", f"{a} halb{ending} {one}", f"{a} dreiviertel {one}")[part]
            yield f"{whole} und {piece}" if whole else piece
        elif base == "nl":
            half = "half" if one == "stuk" else "halve"
            piece = (f"een kwart {one}", f"een {half} {one}", f"driekwart {one}")[part]
            yield f"{whole} en {piece}" if whole else piece
        elif base == "fr":
            of = "d’unité" if one == "unité" else f"de {one}"
            her = "" if one in ("comprimé", "film") else "e"
            alone = (f"un quart {of}", f"la moitié d’un{her} {one}", f"trois quarts {of}")[part]
            behind = (f"un quart {of}", f"demi{her}", f"trois quarts {of}")[part]
            yield f"{whole} {one if whole == 1 else many} et {behind}" if whole else alone
        elif base == "es":
            half = "medio" if one == "comprimido" else "media"
            alone = (f"un cuarto de {one}", f"{half} {one}", f"tres cuartos de {one}")[part]
            behind = (f"un cuarto de {one}", half, f"tres cuartos de {one}")[part]
            yield f"{whole} {one if whole == 1 else many} y {behind}" if whole else alone
        else:
            piece = (f"ربع {one}", f"نصف {one}", f"ثلاثة أرباع {one}")[part]
            wholes = (forms[3],) if whole == 1 else (forms[4],) if whole == 2 else ()
            yield from (f"{number} و{piece}" for number in (*wholes, *(f"{whole} {form}" for form in forms[:3])))
            yield from () if whole else (piece,)


def _words(number: int) -> str:
    if number < len(_SMALL):
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return str(number) if number > 99 else _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")


@lru_cache(maxsize=8)
def _pattern(base: str) -> tuple[re.Pattern[str], dict[str, int]]:
    names = {name: at for at, each in enumerate(tongue(base).months, 1) for name in each}
    names |= {name.removesuffix("."): at for at, each in enumerate(tongue(base).months_short, 1) for name in each}
    month = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    of = r"(?: de|\.)? "
    pattern = (
        rf"(?<![0-9.,])(?P<day>[0-9]{{1,2}})(?:er)?{of}(?P<month>{month})\.?(?:(?:,| de)? (?P<year>[0-9]{{4}}))?(?!\w)"
        rf"|(?<!\w)(?P<name>{month})\.? (?P<number>[0-9]{{1,2}})(?![0-9])(?:,? (?P<era>[0-9]{{4}})(?!\w))?"
    )
    return re.compile(pattern), names


@lru_cache(maxsize=1024)
def _dates(text: str, base: str) -> tuple[tuple[date, int], ...]:
    """Return the dates of a text; one without a year has that of the next."""
    pattern, names = _pattern(base)
    found: list[tuple[int, int, int, int]] = []
    for one in pattern.finditer(text):
        day, month, year = one["day"] or one["number"], one["month"] or one["name"], one["year"] or one["era"]
        found.append((int(year or 0), names[month], int(day), one.end()))
    year = 0
    dated: list[tuple[date, int]] = []
    for own, month, day, end in reversed(found):
        year = own or year
        try:
            dated.append((date(year, month, day), end))
        except ValueError:
            continue
    return tuple(reversed(dated))
