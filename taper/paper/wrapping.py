"""Lines of text that fit a width and never part a number from what it counts.

>>> wrapped("half a tablet of 5 mg and 3 tablets of 2 mg", 30)
['half a tablet of 5 mg and', '3 tablets of 2 mg']
"""

from __future__ import annotations

import re
import textwrap

_COUNT = re.compile(r"(?<=[0-9])(?<![0-9]{4}) (?=[^\W\d_]|%)")  # but not the year of a date
_HELD_SPACE, _HELD_NBSP = "\ufdd0", "\ufdd1"  # no characters of any text, and no blanks to who breaks lines
NBSP = "\N{NO-BREAK SPACE}"


def held(text: str) -> str:
    """Return a text in which nothing that belongs together has a blank between it; `released` puts them back."""
    return _COUNT.sub(_HELD_SPACE, text).replace(NBSP, _HELD_NBSP)


def released(text: str) -> str:
    """Return a text with its blanks, once its lines are broken."""
    return text.replace(_HELD_SPACE, " ").replace(_HELD_NBSP, NBSP)


def wrapped(text: str, width: int, indent: str = "", first: str | None = None) -> list[str]:
    """Break a text into lines; a word longer than the width stays whole.

    Args:
        text: The text.
        width: Most characters of a line.
        indent: What each line begins with.
        first: What the first line begins with instead.
    """
    lines = textwrap.wrap(
        held(text),
        width,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [released(line) for line in lines]
