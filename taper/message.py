"""A text that a person reads, which remembers what it was made of: a key, and the values in its blanks.

It is a `str`, in English, and goes wherever a text goes. Another language is the template of the same key with the
same values, each written as that language writes it: nothing is read back out of English.

>>> from datetime import date
>>> line = Message("It is {day}.".format(day="5 January 2026"), "it is", {"day": date(2026, 1, 5)})
>>> line, line.key, line.values
('It is 5 January 2026.', 'it is', {'day': datetime.date(2026, 1, 5)})
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self


class Message(str):
    """An English text with the key of its template and the values in its blanks, which may be messages themselves.

    Attributes:
        key: Key of the template, or the kind of the value where it is one, such as "day".
        values: What stands in each blank.
    """

    __slots__ = ("key", "values")
    key: str
    values: Mapping[str, object]

    def __new__(cls, text: str, key: str, values: Mapping[str, object]) -> Self:
        """Make a message of its English text, its key and its values."""
        message = super().__new__(cls, text)
        message.key, message.values = key, values
        return message

    def __getnewargs__(self) -> tuple[str, str, Mapping[str, object]]:  # type: ignore[override]
        """Return what a copy or a pickle is made of."""
        return str(self), self.key, self.values
