"""Words of a file against words of a sheet: each as often, in the order of its sentence, none beside them.

A word is a run of letters, a number with its decimals, or a percent sign; blanks, signs and line ends between words
are the layout's. Two neighbors of a sentence are neighbors in the file, so that doses cannot change places.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from taper.errors import ProofError

if TYPE_CHECKING:
    from taper.proof.layout.charts import Figure
    from taper.proof.layout.drawings import Drawings

_JOINED = (
    r"\u05d0-\u05f4\u0620-\u064a\u066e-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9"
)
"""Letters of scripts that run from the right."""
_LATIN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|%|[A-Za-z]+")
_WORD = rf"[0-9]+(?:[.,][0-9]+)*|%|[{_JOINED}]+|[^\W0-9_{_JOINED}]+"
_LETTER = rf"[0-9]+(?:[.,][0-9]+)*|%|[{_JOINED}]|[^\W0-9_{_JOINED}]+"
_JOINING = f"[{_JOINED}]"
_POINTED = f"([{_JOINED}])([\u064b-\u065f\u0670]+)(?=([{_JOINED}]?))"
_COMBINED = (
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
)
_INVISIBLE = {ord(sign): None for sign in "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"}
_APART = {ord(sign): " " for sign in "\u00a0\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
_SIGNS = _INVISIBLE | _APART
_NOTHING: Counter[str] = Counter()
_LONGEST = 16
"""A word of more letters may be broken by a line that is too narrow for it."""

_pattern = cache(re.compile)  # of many scripts, and dear: most papers are read without them


@lru_cache(maxsize=1024)
def words_of(text: str, letters: bool = False) -> tuple[str, ...]:
    """Return the words of a text.

    Args:
        text: The text.
        letters: Whether scripts that join are taken letter by letter: in a PDF they stand in the order of places.

    >>> words_of("Morning\u00a07.5 mg (half a tablet)")
    ('Morning', '7.5', 'mg', 'half', 'a', 'tablet')
    """
    if not text.isascii():
        text = text.replace("\u00a0", " ")
    if text.isascii():
        return tuple(_LATIN.findall(text))
    text = _pattern(_COMBINED).sub("", unicodedata.normalize("NFKD", text.translate(_SIGNS)))
    return tuple(_pattern(_LETTER if letters else _WORD).findall(text))


class Box(NamedTuple):
    """A day of a calendar, or what stands above some of them.

    Attributes:
        where: Which, for the error.
        head: How it begins: its number or its name.
        texts: What stands in it, in order, each with whether it stands there only where there is room.
        is_head: Whether it stands above days.
    """

    where: str
    head: tuple[str, ...]
    texts: tuple[tuple[str, bool], ...]
    is_head: bool = False

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """All that is said in it, each with whether only where there is room."""
        return [*((text, False) for text in self.head if text), *self.texts]


class Said:
    """What a sheet says in one format.

    Attributes:
        texts: Its texts, in order, each of parts that stand behind each other.
        boxes: The days of its calendar, in order, and what stands above them.
        place: Before which of its texts the calendar stands.
        drawings: The pieces that its drawings show, by what stands for them.
        figures: Its charts, in order.
    """

    def __init__(self) -> None:
        self.drawings: Drawings = {}
        self.figures: list[Figure] = []
        self.texts: list[tuple[str, ...]] = []
        self.boxes: list[Box] = []
        self.place = 0

    def say(self, *parts: str) -> None:
        """Add a text, made of parts that stand behind each other."""
        if any(parts):
            self.texts.append(parts)

    def head(self, *parts: str) -> None:
        """Add what stands above some days of the calendar."""
        self.boxes.append(Box(parts[0], parts, (), is_head=True))

    @property
    def days(self) -> list[Box]:
        """The days alone."""
        return [box for box in self.boxes if not box.is_head]

    def counted(self, *, days: bool) -> Counter[str]:
        """Return each text with how often it is said.

        Args:
            days: Whether what stands in the boxes of the days is among them.
        """
        found = Counter(" ".join(parts) for parts in self.texts)
        for box in self.boxes:
            if box.is_head:
                found.update(box.head)
        if days:
            for texts, times in self._shared(perhaps=False):
                found[" ".join(texts)] += times
            found.update(" ".join(box.head) for box in self.boxes if not box.is_head)
        return found

    def perhaps(self) -> Counter[str]:
        """Return what stands in the boxes of the days only where there is room."""
        found: Counter[str] = Counter()
        for texts, times in self._shared(perhaps=True):
            for text in texts:
                found[text] += times
        return found

    def _shared(self, *, perhaps: bool) -> list[tuple[list[str], int]]:
        times = Counter(id(box.texts) for box in self.boxes)
        texts = {id(box.texts): box.texts for box in self.boxes}
        return [([text for text, some in texts[key] if some is perhaps], number) for key, number in times.items()]


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


def prove_words(
    said: Counter[str], read: Mapping[str, int], what: str, *, perhaps: Counter[str] = _NOTHING, letters: bool = False
) -> None:
    """Hold the words of a file against those of its sheet.

    Args:
        said: What the sheet says, each with how often.
        read: The texts of the file, each with how often it stands there.
        what: What is about to be given out, for the error.
        perhaps: What may stand there too.
        letters: Whether scripts that join are compared by their letters.

    Raises:
        ProofError: A word is lost, or stands there more often than the sheet says it.
    """
    found, least = _counted(read, letters), _counted(said, letters)
    most = least + _counted(perhaps, letters) if perhaps else least
    if letters:
        most = most + _drawn_twice(said)
    lost, added = least - found, found - most
    if (lost or added) and not _only_broken(lost, added, said):
        raise ProofError(what, _told(lost, added, said))


def _drawn_twice(said: Counter[str]) -> Counter[str]:
    """Return the letters that carry signs, each with the one behind it, with which it may be drawn as one.

    In a PDF a sign that is drawn by itself stands for all that it was drawn with once more.
    """
    found: Counter[str] = Counter()
    for text, times in said.items():
        for letter, signs, behind in _pattern(_POINTED).findall(text):
            for base in words_of(letter + behind, True):
                found[base] += len(signs) * times
    return found


def _only_broken(lost: Counter[str], added: Counter[str], said: Counter[str]) -> bool:
    """Whether the same letters stand there, in words that a line broke or that several scripts make up."""
    if sum((Counter(word * n) for word, n in lost.items()), Counter()) != sum(
        (Counter(word * n) for word, n in added.items()), Counter()
    ):
        return False
    may = {word for text in said for whole in text.split() if _may_break(whole) for word in words_of(whole)}
    may |= {word for text in said for whole in text.split() if _may_break(whole) for word in words_of(whole, True)}
    return lost.keys() <= may


def _may_break(whole: str) -> bool:
    return (
        len(whole) > _LONGEST or "\u00ad" in whole or (not whole.isascii() and bool(_pattern(_JOINING).search(whole)))
    )


def may_break(text: str) -> bool:
    """Return whether a text has a word that a line may break."""
    return any(len(whole) > _LONGEST or "\u00ad" in whole for whole in text.replace("\u00a0", " ").split())


def is_joined(word: str) -> bool:
    """Return whether a word is of a script that runs from the right."""
    return not word.isascii() and _pattern(_JOINING).match(word) is not None


def _told(lost: Counter[str], added: Counter[str], said: Counter[str]) -> str:
    """Say what is wrong, by the text most of whose words are lost."""
    if not lost:
        return f"it says {_listed(added)}, which its sheet does not say, or not so often"
    parts = {text: words_of(text) for text in said}
    text = max(parts, key=lambda text: (sum(word in lost for word in parts[text]) / (len(parts[text]) or 1), len(text)))
    return f"of {text[:80]!r} it does not say {_listed(lost)}" + (f", but {_listed(added)}" if added else "")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(repr(word) for word in list(words)[:6])


def prove_neighbors(said: Counter[str], pages: Sequence[Sequence[str]], what: str) -> None:
    """Hold each two neighbors of a sentence against those of a file.

    Args:
        said: What the sheet says, each with how often.
        pages: The texts of each page, in order: a sentence may go on in the next.
        what: What is about to be given out, for the error.

    Raises:
        ProofError: Two words of a sentence do not stand behind each other as often as it is said.
    """
    read = Counter(pairwise(word for texts in pages for text in texts for word in words_of(text)))
    lost = {pair for pair in _pairs(said) - read if not any(map(is_joined, pair))}  # these stand in the order of places
    if not lost:
        return
    turned, broken = _over_pages(pages), _beside_broken(said)
    for text in said:
        for pair in pairwise(words_of(text)):
            if pair in lost and pair not in broken and not any(pair[0] in a and pair[1] in b for a, b in turned):
                raise ProofError(what, f"of {text[:80]!r}, {pair[0]!r} does not stand before {pair[1]!r}")


def _beside_broken(said: Counter[str]) -> set[tuple[str, str]]:
    """Return the neighbors that a line may part, because one of them is in a word that it may break."""
    found: set[tuple[str, str]] = set()
    for text in said:
        broken = {word for whole in text.split() if _may_break(whole) for word in words_of(whole)}
        found.update(pair for pair in pairwise(words_of(text)) if not broken.isdisjoint(pair))
    return found


def _over_pages(pages: Sequence[Sequence[str]]) -> list[tuple[set[str], set[str]]]:
    """Return the ends of lines of each page, and the beginnings of lines of the next: there columns go on."""
    ends = [{words[-1] for text in texts if (words := words_of(text))} for texts in pages]
    begins = [{words[0] for text in texts if (words := words_of(text))} for texts in pages]
    return list(zip(ends, begins[1:], strict=False))


def _pairs(texts: Mapping[str, int]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for text, times in texts.items():
        for pair in pairwise(words_of(text)):
            found[pair] += times
    return found


def prove_foot(foot: Sequence[str], pages: Sequence[Sequence[str]], what: str) -> None:
    """Find the foot on each page: for whom, which plan, which revision, printed when.

    Args:
        foot: Its parts.
        pages: What is repeated on each page.
        what: What is about to be given out, for the error.

    Raises:
        ProofError: A page lacks a part of it.
    """
    wanted = {word for text in foot for word in words_of(text) if word[0].isdigit()}
    for number, texts in enumerate(pages, start=1):
        missing = wanted - {word for text in texts for word in words_of(text)}
        if missing and not any(map(may_break, foot)):
            raise ProofError(what, f"the foot of page {number} does not say {_listed(sorted(missing))}")
