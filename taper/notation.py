"""How a number and its unit are written: the safe way is read and written, every other is refused with the safe one.

>>> split_amount("0.5 mg", "a dose", "2.5 mg")
(Fraction(1, 2), 'mg')
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import lru_cache

from taper.errors import QuantityError, brief

PLAIN = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?\Z")
_AMOUNT = re.compile(r"(?P<number>.*?)\s*(?P<unit>[A-Za-zµμ%]*)\Z")
_GLYPHS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8"}
_GLYPH = f"[{''.join(_GLYPHS)}]"
_FRACTION = re.compile(
    rf"(?:(?P<whole>[0-9]{{1,6}})(?: |(?={_GLYPH})))?(?P<part>[0-9]{{1,6}}[/⁄][0-9]{{1,6}}|{_GLYPH})\Z"
)
MG_PER_UNIT: dict[str, Fraction] = {
    "mg": Fraction(1),
    "milligram": Fraction(1),
    "milligrams": Fraction(1),
    "mcg": Fraction(1, 1000),
    "ug": Fraction(1, 1000),
    "µg": Fraction(1, 1000),
    "μg": Fraction(1, 1000),
    "microgram": Fraction(1, 1000),
    "micrograms": Fraction(1, 1000),
    "g": Fraction(1000),
    "gram": Fraction(1000),
    "grams": Fraction(1000),
}
ML_UNITS = {"ml", "milliliter", "milliliters", "millilitre", "millilitres"}


def exact_text(value: Fraction) -> str:
    """Write a fraction without loss: as a decimal if it ends, else as numerator/denominator.

    >>> exact_text(Fraction(5, 2)), exact_text(Fraction(1, 9)), exact_text(Fraction(20))
    ('2.5', '1/9', '20')
    """
    denominator = value.denominator
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    if denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    if places == 0:
        return str(value.numerator)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


@lru_cache(maxsize=4096)
def decimal(text: str) -> Fraction:
    """Return the value of a plain decimal, remembered: catalog and histories write the same few again and again.

    >>> decimal("2.50"), decimal("-0.5")
    (Fraction(5, 2), Fraction(-1, 2))
    """
    whole, _, places = text.partition(".")
    return Fraction(int(whole + places), 10 ** len(places))


def ends(value: Fraction) -> bool:
    """Return whether the decimal of a number ends.

    >>> ends(Fraction(3, 8)), ends(Fraction(1, 3))
    (True, False)
    """
    return "/" not in exact_text(value)


def ended(value: Fraction, room: Fraction) -> Fraction:
    """Return a number whose decimal ends: itself, or the next above it, by less than some room.

    >>> ended(Fraction(1, 150), Fraction(1, 150)), ended(Fraction(5, 2), Fraction(1))
    (Fraction(7, 1000), Fraction(5, 2))
    """
    if ends(value):
        return value
    places = next(places for places in range(100) if Fraction(1, 10**places) <= room)
    return Fraction(math.ceil(value * 10**places), 10**places)


def rounded(value: Fraction, places: int = 0) -> Fraction:
    """Round to decimal places, half away from zero: the only rounding there is.

    >>> rounded(Fraction(5, 2)), rounded(Fraction(-1, 3), 2), rounded(Fraction(1, 8), 2)
    (Fraction(3, 1), Fraction(-33, 100), Fraction(13, 100))
    """
    whole = math.floor(abs(value) * 10**places + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**places)


def short_text(value: Fraction, places: int = 2, unlike: Fraction | None = None) -> str:
    """Write a number for people, with `~` in front where it was shortened.

    Args:
        value: The number.
        places: Decimal places kept when it does not end sooner.
        unlike: A limit: as many places are kept as it takes to tell the value from it.

    >>> short_text(Fraction(5, 2)), short_text(Fraction(10, 3)), short_text(Fraction("5.0001"), unlike=Fraction(5))
    ('2.5', '~3.33', '5.0001')
    """
    shortened = rounded(value, places)
    if unlike is not None and value != unlike and shortened == unlike and places < 20:
        return short_text(value, places + 1, unlike)
    return f"{'~' if shortened != value else ''}{exact_text(shortened)}"


def plain_text(value: Fraction) -> str:
    """Write a number for a sentence: exact if its decimal ends, else rounded, with "about" in front.

    >>> plain_text(Fraction(5, 2)), plain_text(Fraction(600, 7)), plain_text(Fraction(1, 900))
    ('2.5', 'about 85.71', 'about 0.001')
    """
    text = exact_text(value)
    return text if "/" not in text else short_text(value, unlike=Fraction(0)).replace("~", "about ")


def percent_text(value: Fraction, places: int = 1, unlike: Fraction | None = None) -> str:
    """Write a fraction as a percentage, with `~` in front if it was rounded.

    Args:
        value: A fraction; ``1/8`` is 12.5%.
        places: Decimal places kept when the percentage does not end sooner.
        unlike: A limit: as many places are kept as it takes to tell the value from it.

    >>> percent_text(Fraction(1, 8)), percent_text(Fraction(1, 9)), percent_text(Fraction(1, 4))
    ('12.5%', '~11.1%', '25%')
    >>> percent_text(Fraction(1, 33), unlike=Fraction(3, 100))
    '~3.03%'
    """
    return f"{short_text(value * 100, places, None if unlike is None else unlike * 100)}%"


def split_amount(text: object, kind: str, example: str) -> tuple[Fraction, str]:
    """Split "0.5 mg" into its number and lower-case unit; reject every unsafe notation.

    The example is shown only where nothing was written: beside a written dose it would be read as what was meant.
    """
    if not isinstance(text, str):
        how = f'for example "{example}"' if text is None else "its number and its unit, in quotes"
        raise QuantityError(f"{brief(text)} is not {kind} with a unit, in quotes; write {how}")
    stripped = " ".join(text.split())
    if len(stripped) > 60:
        raise QuantityError(f"{stripped[:40]!r}… is too long for {kind}; write only its number and its unit")
    match = _AMOUNT.match(stripped)
    number, unit = (match["number"], match["unit"]) if match else (stripped, "")
    if not number:
        raise QuantityError(f"{text!r} has no number; write {kind} as {example}")
    if number.startswith(("-", "−", "–")):
        raise QuantityError(f"{text!r} is negative; write {kind} of zero or more")
    if "," in number:
        raise QuantityError(
            f"{text!r} has a comma, which can mean a thousand or a decimal; {_without_comma(number, unit)}"
        )
    if (written := _FRACTION.match(number)) is not None:
        raise QuantityError(f"{text!r} is a written fraction, easily misread; {_as_decimal(written, unit or 'mg')}")
    if number.startswith(".") and PLAIN.match(f"0{number}"):
        raise QuantityError(f"{text!r} has no leading zero, and the point is easily lost; write 0{number} {unit}")
    if number.endswith(".") and PLAIN.match(number[:-1]):
        raise QuantityError(f"{text!r} ends in a bare point; write {number[:-1]} {unit}")
    if not (number.isascii() and PLAIN.match(number)):
        raise QuantityError(f"{text!r} is not {kind}; write it as one number, in digits, and its unit, nothing else")
    return decimal(number), unit.lower()


def _without_comma(number: str, unit: str) -> str:
    """Say how to write a number with a comma, for each of its possible meanings."""
    with_point = re.fullmatch(r"[0-9]+,[0-9]+", number, re.ASCII)
    thousand = re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", number, re.ASCII)
    ways = []
    if with_point:
        ways.append(f"{exact_text(Fraction(number.replace(',', '.')))} {unit} if it is a decimal")
    if thousand:
        ways.append(f"{number.replace(',', '')} {unit}{' if it is a thousand' if with_point else ''}")
    return f"write {', or '.join(ways)}" if ways else "write it without commas, with a point for decimals"


def _as_decimal(written: re.Match[str], unit: str) -> str:
    """Say how to write 1/2, 1½ or 4 1/2 as a decimal, if it is one."""
    part = written["part"]
    try:
        value = Fraction(written["whole"] or 0) + Fraction(_GLYPHS.get(part, part.replace("⁄", "/")))
    except ZeroDivisionError:
        return "and it divides by zero; write a decimal"
    if "/" in exact_text(value):
        return "write a decimal: this one does not end, so name an amount that does"
    return f"write {exact_text(value)} {unit}"
