"""The days of a calendar: what stands in the box of a day is what the sheet says of that day, in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from taper.errors import ProofError
from taper.proof.layout.tiles import lies_in, squeezed
from taper.proof.layout.words import Box, is_joined, may_break, words_of

_Words = tuple[tuple[str, ...], bool]


def prove_boxes(boxes: Sequence[Box], read: Sequence[tuple[str, str]], what: str) -> None:
    """Hold the boxes of a file against the days of its sheet.

    Args:
        boxes: The days, in order.
        read: How each box of the file begins, and what else stands in it.
        what: What is about to be given out, for the error.

    Raises:
        ProofError: A day is lost or stands there twice, or something else stands in its box.
    """
    if len(boxes) != len(read):
        raise ProofError(what, f"it shows {len(read)} days, and its sheet has {len(boxes)}")
    known: dict[tuple[int, str], bool] = {}  # days with the same doses share their texts
    for box, (head, rest) in zip(boxes, read, strict=True):
        key = id(box.texts), rest
        if key not in known:
            known[key] = _same(tuple(text for text, _ in box.texts), rest)
        if not known[key] or not _same(box.head, head):
            said = " ".join((*box.head, *(text for text, _ in box.texts)))
            raise ProofError(what, f"of {box.where} it says {f'{head} {rest}'[:160]!r}, and its sheet {said[:160]!r}")


def _same(texts: tuple[str, ...], read: str) -> bool:
    found = squeezed(read)
    if squeezed("".join(texts)) == found or lies_in(((text, False) for text in texts if text), found) is not None:
        return True
    return words_of(read) == tuple(word for text in texts for word in words_of(text))


def prove_run(boxes: Sequence[Box], read: Sequence[str], what: str, *, sideways: bool = False) -> None:
    """Find all boxes behind each other in the texts of a file, which has no marks around them.

    Args:
        boxes: The days, and what stands above them, in order.
        read: The texts of the file, in order.
        what: What is about to be given out, for the error.
        sideways: Whether the words of a line stand in the order of places: then numbers are compared, box by box.

    Raises:
        ProofError: Something else stands in the box of a day.
    """
    if not boxes or any(may_break(text) for box in boxes for text in _texts(box)):
        return  # a word that a line breaks is found by its letters alone
    sideways = sideways or any(_runs_back(text) for box in boxes for text in _texts(box))  # a name among others
    wanted = [(box, [(_kept(text, sideways), perhaps) for text, perhaps in box.parts]) for box in boxes]
    words = [word for text in read for word in _kept(text, sideways)]
    furthest, failed = -1, boxes[0]
    begins = wanted[0][1][0][0]
    for start in range(len(words)):
        if not sideways and words[start : start + len(begins)] != list(begins):
            continue
        at = start
        for number, (box, parts) in enumerate(wanted):
            end = _behind(words, at, parts, sideways)
            if end is None:
                if number > furthest:
                    furthest, failed = number, box
                break
            at = end
        else:
            return
    raise ProofError(what, f"what it says of {failed.where} is not what its sheet says of it, or not in its box")


def _texts(box: Box) -> tuple[str, ...]:
    return (*box.head, *(text for text, _ in box.texts))


def _runs_back(text: str) -> bool:
    return not text.isascii() and any(map(is_joined, words_of(text)))


def _kept(text: str, sideways: bool) -> tuple[str, ...]:
    words = words_of(text)
    return tuple(word for word in words if not is_joined(word)) if sideways else words


def _behind(words: list[str], at: int, parts: list[_Words], sideways: bool) -> int | None:
    """Return where a box ends that begins at a word; None if it is another one."""
    if sideways:
        least = [word for part, perhaps in parts if not perhaps for word in part]
        most = [word for part, _ in parts for word in part]
        for whole in (most, least):
            if Counter(words[at : at + len(whole)]) == Counter(whole):
                return at + len(whole)
        return None
    for part, perhaps in parts:
        if tuple(words[at : at + len(part)]) == part:
            at += len(part)
        elif not perhaps:
            return None
    return at
