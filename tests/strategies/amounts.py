"""Exact numbers, and how they are written."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

fractions = st.builds(Fraction, st.integers(0, 10**6), st.integers(1, 10**4))
"""Exact numbers of zero or more, many of which do not end as decimals."""

decimals = st.builds(lambda digits, places: Fraction(digits, 10**places), st.integers(0, 10**9), st.integers(0, 9))
"""Exact numbers of zero or more that can be written as plain decimals."""


def decimal_text(value: Fraction) -> str:
    """Write a decimal fraction in plain digits, without the library."""
    places = next(n for n in range(40) if (value * 10**n).denominator == 1)
    digits = str(abs((value * 10**places).numerator)).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
