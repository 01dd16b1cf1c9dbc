"""The one line of a finding: what fits, in words that need no key of a file.

A name, a maker or the words of a record can be of any length. A rule therefore gives several ways to say its line, the
fullest first; what the line leaves out, the rule puts whole into the detail.
"""

from __future__ import annotations

from taper.interval import Interval

MOST_CHARACTERS = 140

NO_ORDER = "the schedule has no order"
NO_PIECES = "the plan does not say how its doses are made up"
NOT_ORDERED = "not a product in the order"


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


def every_text(span: Interval | int) -> str:
    """Write how often something is done; a number of days as a clinician orders them.

    >>> every_text(14), every_text(10), every_text(Interval(months=1))
    ('every 2 weeks', 'every 10 days', 'every month')
    """
    return f"every {span if isinstance(span, Interval) else Interval(days=span)}".replace("every 1 ", "every ")
