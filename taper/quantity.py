"""Exact amounts: milligrams, milliliters, pieces; reading and writing them safely.

Amounts are fractions in types of their own. Milligrams, milliliters and pieces never add up
with each other, and a binary float is refused wherever it comes from: 0.1 is not a tenth.

>>> Mg("0.25") * 6
Mg('1.5')
>>> str(Mg("2.50"))
'2.5 mg'
>>> Mg("18") / Mg("20")
Fraction(9, 10)
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, ClassVar, Self, overload

from taper.errors import QuantityError, brief
from taper.notation import (
    MG_PER_UNIT,
    ML_UNITS,
    PLAIN,
    decimal,
    ended as ended,
    ends as ends,
    exact_text as exact_text,
    percent_text as percent_text,
    plain_text as plain_text,
    rounded as rounded,
    short_text as short_text,
    split_amount,
)

Exact = int | Decimal | Fraction | str
"""What an amount can be made from: anything exact, never a float."""

_WORDED = re.compile(r"[0-9½¼¾⅓⅔⅛].*[^\W\d_]\s*\Z")  # a number with a unit, such as "2.5 mg"
_MOST_PLACES = 30
_RATIO = re.compile(r"-?[0-9]{1,30}/[0-9]{1,30}\Z")


def as_fraction(value: Exact) -> Fraction:
    """Return the exact value of an int, Decimal, Fraction or plain decimal text.

    Args:
        value: A number, or text such as ``"0.25"`` or ``"1/9"`` (as the plan document writes it).

    Raises:
        QuantityError: The value is a float, not finite, or not a number.

    >>> as_fraction("0.25")
    Fraction(1, 4)
    """
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, Fraction, str)):
        raise QuantityError(
            f"{brief(value)} is a {type(value).__name__}, which is not exact; "
            'write the amount as text ("0.1") or as a Decimal'
        )
    if isinstance(value, str):
        text = value.strip()
        if PLAIN.match(text.removeprefix("-")) and text.isascii():
            return decimal(text)
        if not _RATIO.match(text):
            raise QuantityError(
                f"{brief(value)} is not a plain decimal number; write digits, with a point for decimals"
            )
        try:
            return Fraction(text)
        except ZeroDivisionError:
            raise QuantityError(f"{value!r} divides by zero") from None
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise QuantityError(f"{value} is not a finite number")
        if abs(int(value.as_tuple().exponent)) > _MOST_PLACES:  # its fraction would fill the memory
            raise QuantityError(f"{value} is too large or too small to be an amount; check the number")
    return Fraction(value)


@lru_cache(maxsize=8192)
def ratio(part: int, whole: int) -> Fraction:
    """Return a fraction of two integers, remembered: the same few doses are compared again and again.

    >>> ratio(6, 4)
    Fraction(3, 2)
    """
    return Fraction(part, whole)


class _Amount:
    """An exact, immutable amount of one unit."""

    __slots__ = ("_part", "_whole", "value")
    unit: ClassVar[str] = ""
    value: Fraction
    _part: int  # the value as two integers: adding up and comparing fractions takes five times as long
    _whole: int

    def __init__(self, value: Exact) -> None:
        if type(value) is not Fraction:
            if isinstance(value, str) and self.unit and _WORDED.search(value):
                value = (parse_ml if self.unit == "mL" else parse_mg)(value).value
            value = as_fraction(value)
        part, whole = value.as_integer_ratio()
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "_part", part)
        object.__setattr__(self, "_whole", whole)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.value,)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._part == self._part and other._whole == self._whole

    def __hash__(self) -> int:
        return hash((self._part, self._whole))

    def __lt__(self, other: Self) -> bool:
        if type(other) is not type(self):
            raise self._mixed(other, "compare")
        return self._part * other._whole < other._part * self._whole

    def __le__(self, other: Self) -> bool:
        if type(other) is not type(self):
            raise self._mixed(other, "compare")
        return self._part * other._whole <= other._part * self._whole

    def __gt__(self, other: Self) -> bool:
        if type(other) is not type(self):
            raise self._mixed(other, "compare")
        return self._part * other._whole > other._part * self._whole

    def __ge__(self, other: Self) -> bool:
        if type(other) is not type(self):
            raise self._mixed(other, "compare")
        return self._part * other._whole >= other._part * self._whole

    def __add__(self, other: Self) -> Self:
        if type(other) is not type(self):
            raise self._mixed(other, "add")
        return self._of(self._part * other._whole + other._part * self._whole, self._whole * other._whole)

    def __sub__(self, other: Self) -> Self:
        if type(other) is not type(self):
            raise self._mixed(other, "subtract")
        return self._of(self._part * other._whole - other._part * self._whole, self._whole * other._whole)

    def __mul__(self, factor: int | Fraction) -> Self:
        if isinstance(factor, bool) or not isinstance(factor, (int, Fraction)):
            raise QuantityError(f"cannot multiply {self!r} by {factor!r}: not an exact number")
        times, times_of = factor.as_integer_ratio()
        return self._of(self._part * times, self._whole * times_of)

    __rmul__ = __mul__

    @overload
    def __truediv__(self, other: Self) -> Fraction: ...
    @overload
    def __truediv__(self, other: int | Fraction) -> Self: ...
    def __truediv__(self, other: Self | int | Fraction) -> Self | Fraction:
        if isinstance(other, (int, Fraction)) and not isinstance(other, bool):
            return type(self)(self.value / other)
        if type(other) is not type(self):
            raise self._mixed(other, "divide")
        return ratio(self._part * other._whole, self._whole * other._part)

    def __bool__(self) -> bool:
        return self._part != 0

    @classmethod
    @lru_cache(maxsize=8192)
    def _of(cls, part: int, whole: int) -> Self:
        """Return an amount, remembered: the same few doses are added up and subtracted again and again."""
        return cls(Fraction(part, whole))

    def _mixed(self, other: object, deed: str) -> QuantityError:
        return QuantityError(f"cannot {deed} {self!r} and {other!r}: not the same unit")

    @property
    def number(self) -> str:
        """The exact number as text, without unit: no trailing zero, a leading zero below one."""
        return exact_text(self.value)

    @property
    def decimal(self) -> Decimal:
        """The exact number as a `decimal.Decimal`, for data frames and databases.

        Raises:
            QuantityError: It does not end as a decimal, so that none keeps it exactly.

        >>> Mg("2.50").decimal, Mg(Fraction(1, 8)).decimal
        (Decimal('2.5'), Decimal('0.125'))
        """
        if "/" in self.number:
            raise QuantityError(f"{self!r} does not end as a decimal, so no Decimal keeps it; use value, a Fraction")
        return Decimal(self.number)

    def __float__(self) -> float:
        """Return the nearest float, for drawing and statistics: 0.1 is then not a tenth, and no amount takes it back.

        >>> float(Mg("2.5")), float(Mg("0.1")) == Mg("0.1").value
        (2.5, False)
        """
        return float(self.value)

    def __str__(self) -> str:
        return f"{self.number} {self.unit}".rstrip()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.number!r})"


class Mg(_Amount):
    """Milligrams of a drug.

    >>> Mg(2) + Mg("0.5 mg")
    Mg('2.5')
    """

    __slots__ = ()
    unit = "mg"


NO_MG = Mg(0)
"""What is taken where nothing is taken; made once, because sums begin with it."""


def shown(dose: Mg) -> str:
    """Write a dose that need not be makeable, such as a target, with `~` in front if it was rounded.

    >>> shown(Mg("16.2")), shown(Mg(Fraction(20, 7)))
    ('16.2 mg', '~2.86 mg')
    """
    if "/" not in dose.number:
        return str(dose)
    return f"{short_text(dose.value)} mg"


class Powder(_Amount):
    """Milligrams of powder, drug and filler together, as a scale shows them: never mg of the drug.

    >>> Powder("3") / Powder("170")
    Fraction(3, 170)
    """

    __slots__ = ()
    unit = "mg"


class Ml(_Amount):
    """Milliliters of a liquid.

    >>> Ml("0.5 mL") < Ml(1)
    True
    """

    __slots__ = ()
    unit = "mL"


class Pieces(_Amount):
    """A number of tablets or capsules, in whole, half or quarter pieces.

    >>> Pieces("1.5") * 2
    Pieces('3')
    """

    __slots__ = ()
    unit = ""


def parse_mg(text: object) -> Mg:
    """Read a dose in mg, micrograms or grams.

    Raises:
        QuantityError: No unit, a decimal comma, a written fraction, a missing leading zero,
            a negative number, or not a dose at all; the message says how to write it.

    >>> parse_mg("0.5 mg"), parse_mg("500 mcg")
    (Mg('0.5'), Mg('0.5'))
    """
    value, unit = split_amount(text, "a dose", "2.5 mg")
    if not unit:
        raise QuantityError(f"{text!r} has no unit; write {exact_text(value)} mg if milligrams are meant")
    if unit in ML_UNITS:
        raise QuantityError(f"{text!r} is a volume; write the dose in mg")
    if unit not in MG_PER_UNIT:
        raise QuantityError(f"{text!r} has the unknown unit '{unit}'; write mg or mcg")
    return Mg(value * MG_PER_UNIT[unit])


def parse_powder(text: object) -> Powder:
    """Read a weight of powder in mg or g.

    >>> parse_powder("170 mg"), parse_powder("0.17 g")
    (Powder('170'), Powder('170'))
    """
    return Powder(parse_mg(text).value)


def parse_ml(text: object) -> Ml:
    """Read a volume in mL.

    >>> parse_ml("0.1 mL")
    Ml('0.1')
    """
    value, unit = split_amount(text, "a volume", "0.1 mL")
    if not unit:
        raise QuantityError(f"{text!r} has no unit; write {exact_text(value)} mL if milliliters are meant")
    if unit not in ML_UNITS:
        raise QuantityError(f"{text!r} is not a volume; write it in mL")
    return Ml(value)


def parse_strength(text: object) -> tuple[Mg, Ml | None]:
    """Read a strength: mg in one unit, or mg in 1 mL.

    Returns:
        The mg, and None for one tablet or capsule, or ``Ml(1)`` where the mg are those of 1 mL.

    >>> parse_strength("5 mg"), parse_strength("10 mg/5 mL")
    ((Mg('5'), None), (Mg('2'), Ml('1')))
    """
    amount, volume = parse_written_strength(text)
    return (amount, None) if volume is None else (Mg(amount.value / volume.value), Ml(1))


def parse_written_strength(text: object) -> tuple[Mg, Ml | None]:
    """Read a strength with the volume that it is written in, such as that of a dilution.

    >>> parse_written_strength("2 mg/300 mL")
    (Mg('2'), Ml('300'))
    """
    if not isinstance(text, str):
        raise QuantityError(f'{brief(text)} is not a strength; write it as text, "5 mg" or "1 mg/mL"')
    mass, slash, volume = (part.strip() for part in re.sub(r"\s+per\s+", "/", text).partition("/"))
    if not slash or not re.search("[A-Za-zµμ]", mass):  # "1/2 mg" is a written fraction
        per_unit = parse_mg(text)
        if not per_unit:
            raise QuantityError(f"{text!r} is a strength of zero; write the mg in one piece")
        return per_unit, None
    per = parse_ml(volume if volume[:1].isdigit() or volume[:1] in ".-" else f"1 {volume}")
    amount = parse_mg(mass)
    if not per or not amount:
        raise QuantityError(f"{text!r} has a zero in it; write mg and mL above zero")
    return amount, per


def parse_percent(text: object) -> Fraction:
    """Read a percentage as an exact fraction.

    >>> parse_percent("12.5 %"), parse_percent("10%")
    (Fraction(1, 8), Fraction(1, 10))
    """
    value, unit = split_amount(text, "a percentage", "10%")
    if unit != "%":
        raise QuantityError(f"{text!r} has no percent sign; write {exact_text(value)}% if percent is meant")
    if not 0 < value <= 100:
        raise QuantityError(f"{text!r} is outside 0% to 100%; write for example 10%")
    return value / 100
