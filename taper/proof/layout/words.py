"""Words of a file against words of a sheet: each as often, in the order of its sentence, none beside them.

A word is a run of letters, a number with its decimals, or a percent sign; blanks, signs and line ends between words
are the layout's. Two neighbors of a sentence are neighbors in the file, so that doses cannot change places.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from taper.errors import ProofError

_JOINED = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # scripts whose letters join, and stand in a PDF from the right
_WORD = re.compile(rf"[0-9]+(?:[.,][0-9]+)*|%|[{_JOINED}]+|[^\W0-9_{_JOINED}]+")
_LETTER = re.compile(rf"[0-9]+(?:[.,][0-9]+)*|%|[{_JOINED}]|[^\W0-9_{_JOINED}]+")
_JOINING = re.compile(f"[{_JOINED}]")
_INVISIBLE = {ord(sign): None for sign in "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"}
_APART = {ord(sign): " " for sign in "\u00a0\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
_SIGNS = _INVISIBLE | _APART
_LONGEST = 16
"""A word of more letters may be broken by a line that is too narrow for it."""


@lru_cache(maxsize=4096)
def words_of(text: str, letters: bool = False) -> tuple[str, ...]:
    """Return the words of a text.

    Args:
        text: The text.
        letters: Whether scripts that join are taken letter by letter: in a PDF they stand in the order of places.

    >>> words_of("Morning\u00a07.5 mg (half a tablet)")
    ('Morning', '7.5', 'mg', 'half', 'a', 'tablet')
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_SIGNS))
        text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return tuple((_LETTER if letters else _WORD).findall(text))


class Said:
    """What a sheet says in one format.

    Attributes:
        exactly: Texts, each with how often it stands there.
        perhaps: Texts that stand there once more at most, where there is room.
    """

    def __init__(self) -> None:
        self.exactly: Counter[str] = Counter()
        self.perhaps: Counter[str] = Counter()

    def say(self, *texts: str, times: int = 1) -> None:
        """Add a text, made of parts that stand behind each other."""
        self.exactly[" ".join(texts)] += times


def _counted(texts: Mapping[str, int], letters: bool) -> Counter[str]:
    found: Counter[str] = Counter()
    for text, times in texts.items():
        words = words_of(text, letters)
        if times == 1:
            found.update(words)
        else:
            for word in words:
                found[word] += times
    return found


def prove_words(said: Said, read: Mapping[str, int], what: str, *, letters: bool = False) -> None:
    """Hold the words of a file against those of its sheet.

    Args:
        said: What the sheet says.
        read: The texts of the file, each with how often it stands there.
        what: What is about to be given out, for the error.
        letters: Whether scripts that join are compared by their letters.

    Raises:
        ProofError: A word is lost, or stands there more often than the sheet says it.
    """
    found, least = _counted(read, letters), _counted(said.exactly, letters)
    if found == least:
        return
    most = least + _counted(said.perhaps, letters) if said.perhaps else least
    lost, added = least - found, found - most
    if (lost or added) and not _only_broken(lost, added, said):
        raise ProofError(what, _told(lost, added, said))


def _only_broken(lost: Counter[str], added: Counter[str], said: Said) -> bool:
    """Whether the same letters stand there, in words that a line broke or that several scripts make up."""
    if sum((Counter(word * n) for word, n in lost.items()), Counter()) != sum(
        (Counter(word * n) for word, n in added.items()), Counter()
    ):
        return False
    may = {word for text in said.exactly for whole in text.split() if _may_break(whole) for word in words_of(whole)}
    may |= {word for text in said.exactly for whole in text.split() if _may_break(whole) for word in words_of(whole, True)}
    return lost.keys() <= may


def _may_break(whole: str) -> bool:
    return len(whole) > _LONGEST or "\u00ad" in whole or bool(_JOINING.search(whole))


def _told(lost: Counter[str], added: Counter[str], said: Said) -> str:
    """Say what is wrong, by the first text that holds a lost word."""
    if lost:
        text = next((text for text in said.exactly if not lost.keys().isdisjoint(words_of(text))), "")
        return f"of {text[:80]!r} it does not say {_listed(lost)}" + (f", but {_listed(added)}" if added else "")
    return f"it says {_listed(added)}, which its sheet does not say, or not so often"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(repr(word) for word in list(words)[:6])


def prove_neighbors(said: Said, read: Mapping[str, int] | Sequence[str], what: str) -> None:
    """Hold each two neighbors of a sentence against those of a file.

    Args:
        said: What the sheet says.
        read: The texts of the file, each with how often it stands there, or in order where a sentence may go on in the
            next one.
        what: What is about to be given out, for the error.

    Raises:
        ProofError: Two words of a sentence do not stand behind each other as often as it is said.
    """
    if isinstance(read, Mapping):
        found = _pairs(read)
    else:
        found = Counter(pairwise(word for text in read for word in words_of(text)))
    lost = _pairs(said.exactly) - found
    if not lost:
        return
    for text in said.exactly:
        broken = {word for whole in text.split() if _may_break(whole) for word in words_of(whole)}
        for pair in pairwise(words_of(text)):
            if pair in lost and broken.isdisjoint(pair):
                raise ProofError(what, f"of {text[:80]!r}, {pair[0]!r} does not stand before {pair[1]!r}")


def _pairs(texts: Mapping[str, int]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for text, times in texts.items():
        for pair in pairwise(words_of(text)):
            found[pair] += times
    return found
