"""The one line of a finding: what fits, in words that need no key of a file.

A name, a maker or the words of a record can be of any length. A rule therefore gives several ways to say its line, the
fullest first; what the line leaves out, the rule puts whole into the detail.
"""

from __future__ import annotations

from taper.checker.texts import say
from taper.interval import Interval
from taper.message import Message

MOST_CHARACTERS = 140

NO_ORDER = say("no order")
NO_PIECES = say("no pieces")
NOT_ORDERED = say("not ordered")


def headline(*ways: Message) -> Message:
    """Return the first way to say a line that fits; the last has to; another language takes the first of its own.

    >>> from taper.checker.wording import as_written
    >>> headline(as_written("x" * 141), as_written("It fits."))
    'It fits.'
    """
    plain = [" ".join(way.split()) for way in ways]
    line = next((way for way in plain if len(way) <= MOST_CHARACTERS), plain[-1])
    return Message(line, "headline", {"ways": ways})


def left_out(line: Message, *names: Message) -> Message:
    """Return, for the detail, the names that a line had no room for.

    >>> from taper.checker.wording import as_written, product_text
    >>> left_out(as_written("Halves of a tablet."), product_text("tablet"), product_text("tablet 5 mg (Maker)"))
    'Tablet 5 mg (Maker).'
    """
    missing = [name for name in names if name and name not in line]
    text = " ".join(f"{name[0].upper()}{name[1:]}." for name in missing)
    return Message(text, "left out", {"line": line, "names": names})


def every_text(span: Interval | int) -> Message:
    """Write how often something is done; a number of days as a clinician orders them.

    >>> every_text(14), every_text(10), every_text(Interval(months=1))
    ('every 2 weeks', 'every 10 days', 'every month')
    """
    span = span if isinstance(span, Interval) else Interval(days=span)
    return Message(f"every {span}".replace("every 1 ", "every "), "every", {"span": span})
