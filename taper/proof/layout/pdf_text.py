"""The words of a PDF, read from the operators of its pages by the tables of its fonts.

A text of the sheet is marked; what repeats on each page (its foot, heads of tables that go on) is marked as not part
of it. A drawing has words that stand for it, and the letters in it are not read.
"""

from __future__ import annotations

import io
import re
from typing import Any, NamedTuple

from taper.errors import MissingExtraError

_FIGURE = re.compile(rb"/Alt(?:<([0-9A-Fa-f]*)>|\(((?:[^\\()]|\\.)*)\))", re.DOTALL)
_SPOKEN = re.compile(rb"/Span<</ActualText(?:<([0-9A-Fa-f]*)>|\(((?:[^\\()]|\\.)*)\))>>BDC", re.DOTALL)
_BYTE = rb"(?:\\[0-7]{3}|\\.|[^\\])"
_SHOWN = re.compile(rb"/(\w+) [0-9.]+ Tf|\(((?:(?!\))%b%b)*)\)|<([0-9A-Fa-f]+)>" % (_BYTE, _BYTE), re.DOTALL)
"""A font, or codes of two bytes each: a parenthesis among them is not always escaped."""
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")


class Page(NamedTuple):
    """What stands on a page.

    Attributes:
        texts: The texts of the sheet, in order.
        repeated: What is not part of it.
        figures: The words that stand for its drawings.
    """

    texts: list[str]
    repeated: list[str]
    figures: list[str]


def read_pages(content: bytes) -> list[Page]:
    """Read each page of a PDF.

    Raises:
        MissingExtraError: pikepdf is not installed.
    """
    try:
        import pikepdf
    except ImportError:
        raise MissingExtraError("pikepdf", "pdf", "a PDF") from None
    with pikepdf.open(io.BytesIO(content)) as document:
        reader = _Reader()
        return [reader.page(page) for page in document.pages]


class _Reader:
    """Fonts, and pieces of pages, each read once."""

    def __init__(self) -> None:
        self._fonts: dict[Any, dict[int, str]] = {}
        self._known: dict[tuple[Any, ...], dict[bytes, str]] = {}

    def page(self, page: Any) -> Page:
        """Read a page."""
        made = Page([], [], [])
        named = {name[1:].encode(): font.objgen for name, font in page.obj.Resources.get("/Font", {}).items()}
        for name, number in named.items():
            if number not in self._fonts:
                self._fonts[number] = _letters(page.obj.Resources.Font[f"/{name.decode()}"].ToUnicode.read_bytes())
        fonts = {name: self._fonts[number] for name, number in named.items()}
        known = self._known.setdefault(tuple(named.items()), {})
        for part in page.obj.Contents.read_bytes().split(b"\nQ\nEMC"):
            begin = part.find(b"BT")
            if part.startswith(b"/Span<</MCID") and b"/Alt" in part[:48]:
                figure = _FIGURE.search(part)
                made.figures.append(_string(figure[1], figure[2]) if figure else "")
            elif begin >= 0:
                shown = part[begin:]
                text = known.get(shown)
                if text is None:
                    text = known[shown] = _text(shown, fonts)
                (made.repeated if part.startswith(b"/Artifact") else made.texts).append(text)
        return made


def _text(shown: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    """Read the operators that show text; what is to be said for some of them stands for what they show."""
    letters: dict[int, str] = {}
    read = list[str]()
    shown = shown.replace(b"\\000", b"\0")
    for number, block in enumerate(shown.split(b"BT")):
        parts = _SPOKEN.split(block)
        rests = [parts[0]]
        for hexed, literal, rest in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            rests += [b"", rest] if hexed is None and literal is None else [_string(hexed, literal), rest]  # type: ignore[list-item]
        if number > 1:
            read.append(" ")
        for place, rest in enumerate(rests):
            if isinstance(rest, str):
                read.append(rest)
                continue
            behind = rest.partition(b"EMC")[2] if place else rest  # what shows what was said
            for font in _SHOWN.finditer(rest):
                if font[1]:
                    letters = fonts[font[1]]
                elif not place or font.start() >= len(rest) - len(behind):
                    codes = bytes.fromhex(font[3].decode()) if font[3] else _bytes(font[2])
                    read.append(codes.decode("utf-16-be", "surrogatepass").translate(letters))
    return "".join(read)


def _bytes(literal: bytes) -> bytes:
    if b"\\" not in literal:
        return literal
    return _ESCAPE.sub(lambda found: _NAMED.get(found[1]) or _plain(found[1]), literal)


def _plain(escaped: bytes) -> bytes:
    return bytes([int(escaped, 8) & 255]) if escaped.isdigit() else b"" if escaped in _NAMED else escaped


def _string(hexed: bytes | None, literal: bytes | None) -> str:
    """Return a string of the file: in UTF-16 with its mark, else in letters of one byte."""
    codes = bytes.fromhex(hexed.decode()) if hexed is not None else _bytes(literal or b"")
    return codes[2:].decode("utf-16-be") if codes.startswith(b"\xfe\xff") else codes.decode("latin-1")


def _letters(table: bytes) -> dict[int, str]:
    """Read which letters each code of a font stands for."""
    found: dict[int, str] = {}
    for block in table.split(b"beginbfchar")[1:]:
        codes = [code.decode() for code in _HEX.findall(block.partition(b"endbfchar")[0])]
        for code, text in zip(codes[::2], codes[1::2], strict=True):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in table.split(b"beginbfrange")[1:]:
        codes = [code.decode() for code in _HEX.findall(block.partition(b"endbfrange")[0])]
        for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            begin, start = bytes.fromhex(text).decode("utf-16-be"), int(first, 16)
            for offset in range(int(last, 16) - start + 1):
                found[start + offset] = begin[:-1] + chr(ord(begin[-1]) + offset)
    return found
