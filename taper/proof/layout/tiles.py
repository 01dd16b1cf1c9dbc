"""The quick proof: the texts of a sheet lie behind each other in its file, and nothing but signs lies between them.

Where they do, no word is lost, added or out of its place. Where they do not, as a layout may set a part elsewhere or
break a long word, the words are counted one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_APART = "\u200b\u2060\u2066\u2067\u2068\u2069"


def squeezed(text: str) -> str:
    """Return a text without its blanks, and without signs that have no width."""
    text = "".join(text.split())
    if not text.isascii():
        for sign in _APART:
            text = text.replace(sign, "")
    return text


_squeezed = lru_cache(maxsize=1024)(squeezed)  # the days of a calendar say the same again and again


def lies_in(texts: Iterable[tuple[str, bool]], read: str, begin: int = 0, *, whole: bool = True) -> int | None:
    """Return where the last of some texts ends, which lie behind each other.

    Args:
        texts: The texts, each with whether it may be left out.
        read: What is read, `squeezed`.
        begin: Where the first may begin.
        whole: Whether nothing but signs may lie behind the last.

    Returns:
        None if they do not lie there, or something else lies between them.
    """
    at = begin
    for text, perhaps in texts:
        wanted = _squeezed(text)
        found = read.find(wanted, at, at + len(wanted) + 8 if perhaps else len(read))
        if found != at and (found < 0 or _says(read[at:found])):
            if perhaps:
                continue
            return None
        at = found + len(wanted)
    return None if whole and _says(read[at:]) else at


def _says(between: str) -> bool:
    """Whether there is a letter or a figure in what lies between two texts."""
    return any(map(str.isalnum, between))
