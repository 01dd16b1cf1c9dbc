"""The one line of a finding: what fits, in words that need no key of a file.

A name, a maker or the words of a record can be of any length. A rule therefore gives several ways to say its line, the
fullest first; what the line leaves out, the rule puts whole into the detail.
"""

from __future__ import annotations

from datetime import date

from taper.checker.wording import MONTHS, day_text
from taper.interval import Interval
from taper.quantity import Mg, plain_text

MOST_CHARACTERS = 140

NO_ORDER = "the schedule has no order"
NO_PIECES = "the schedule does not name the pieces of any dose"
NOT_ORDERED = "not among the products of the order"


def headline(*ways: str) -> str:
    """Return the first way to say a line that fits; the last has to.

    >>> headline("x" * 141, "It fits.")
    'It fits.'
    """
    plain = [" ".join(way.split()) for way in ways]
    return next((way for way in plain if len(way) <= MOST_CHARACTERS), plain[-1])


def left_out(line: str, *names: str) -> str:
    """Return, for the detail, the names that a line had no room for.

    >>> left_out("Halves of a tablet.", "tablet", "tablet 5 mg (Maker)")
    'Tablet 5 mg (Maker).'
    """
    missing = [name for name in names if name and name not in line]
    return " ".join(f"{name[0].upper()}{name[1:]}." for name in missing)


def dose_text(dose: Mg) -> str:
    """Write a dose for a sentence: never as a written fraction.

    >>> from fractions import Fraction
    >>> dose_text(Mg("2.5")), dose_text(Mg(Fraction(600, 7)))
    ('2.5 mg', 'about 85.71 mg')
    """
    return f"{plain_text(dose.value)} mg"


def span_text(first: date, last: date) -> str:
    """Write the days of a run, what both ends share only once.

    >>> span_text(date(2026, 1, 5), date(2026, 1, 18)), span_text(date(2026, 1, 5), date(2026, 2, 1))
    ('5 to 18 January 2026', '5 January to 1 February 2026')
    """
    if first == last:
        return day_text(first)
    begin = str(first.day)
    if (first.year, first.month) != (last.year, last.month):
        begin += f" {MONTHS[first.month - 1]}" + (f" {first.year}" if first.year != last.year else "")
    return f"{begin} to {day_text(last)}"


def every_text(span: Interval | int) -> str:
    """Write how often something is done; a number of days as a clinician orders them.

    >>> every_text(14), every_text(10), every_text(Interval(months=1))
    ('every 2 weeks', 'every 10 days', 'every month')
    """
    return f"every {span if isinstance(span, Interval) else Interval(days=span)}".replace("every 1 ", "every ")
