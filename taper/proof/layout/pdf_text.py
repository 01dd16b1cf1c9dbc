"""The words of a PDF, read from the operators of its pages by the tables of its fonts.

A text of the sheet is marked; what repeats on each page (its foot, heads of tables that go on) is marked as not part
of it. A drawing has words that stand for it, and the letters in it are not read.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import Any, NamedTuple

from taper.errors import MissingExtraError

_BYTE = rb"(?:[^\\]|\\[0-7]{3}|\\.)"
_SHOWN = re.compile(
    rb"B(T)|/(\w+) [0-9.]+ Tf"
    rb"|\(((?:[^()\\]++|\\.)*+(?=\)[]T0-9(<\s-])|(?:\0%b)*+|(?:(?!\))%b%b)*+)\)|<([0-9A-Fa-f]+)>"
    rb"|/Span<</ActualText(?:<([0-9A-Fa-f]*)>|\((.*?)\))>>BDC(?:(?!BT).)*?EMC" % (_BYTE, _BYTE, _BYTE),
    re.DOTALL,
)
"""Where a text begins, a font, a string of codes of two bytes each, or what is to be said in place of what is shown.

The first byte of a code is mostly 0, and a parenthesis in a string is not always escaped.
"""
_KERNED = re.compile(rb"\)[-0-9.]+\(")  # what parts two strings that are set close to each other
_NAMED = re.compile(rb"/(\w+) Do")
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_Letters = dict[int, str]


class Page(NamedTuple):
    """What stands on a page.

    Attributes:
        texts: The texts of the sheet, in order, among them those that stand for its drawings.
        repeated: What is not part of it.
        drawings: The operators of each drawing, by what stands for it.
    """

    texts: list[str]
    repeated: list[str]
    drawings: dict[str, set[bytes]]


def read_pages(content: bytes) -> list[Page]:
    """Read each page of a PDF.

    Raises:
        MissingExtraError: pikepdf is not installed.
    """
    with _opened(content) as document:
        reader = _Reader()
        return [reader.page(page) for page in document.pages]


def read_inside(content: bytes) -> list[bytes]:
    """Read the files inside a PDF.

    Raises:
        MissingExtraError: pikepdf is not installed.
    """
    with _opened(content) as document:
        return [one.get_file().read_bytes() for one in document.attachments.values()]


def _opened(content: bytes) -> Any:
    try:
        import pikepdf
    except ImportError:
        raise MissingExtraError("pikepdf", "pdf", "a PDF") from None
    return pikepdf.open(io.BytesIO(content))


class _Reader:
    """Fonts, and pieces of pages, each read once."""

    def __init__(self) -> None:
        self._fonts: dict[Any, _Letters] = {}
        self._drawings: dict[Any, bytes] = {}
        self._known: dict[tuple[Any, ...], dict[bytes, str]] = {}

    def page(self, page: Any) -> Page:
        """Read a page."""
        made = Page([], [], {})
        numbers = {name[1:].encode(): font.objgen for name, font in page.obj.Resources.get("/Font", {}).items()}
        for name, number in numbers.items():
            if number not in self._fonts:
                self._fonts[number] = _letters(page.obj.Resources.Font[f"/{name.decode()}"].ToUnicode.read_bytes())
        fonts = {name: self._fonts[number] for name, number in numbers.items()}
        known = self._known.setdefault(tuple(numbers.items()), {})
        kept = {name[1:].encode(): drawing for name, drawing in page.obj.Resources.get("/XObject", {}).items()}
        for part in page.obj.Contents.read_bytes().split(b"\nQ\nEMC"):
            if part.startswith(b"/Artifact<</Type/Layout"):
                continue  # lines and fills
            alt = part.find(b"/Alt", 0, 48)
            begin = part.find(b"BT") if alt < 0 else alt + 4
            if begin < 0:
                continue
            shown = part[begin:] if alt < 0 else part[begin : part.find(b">>BDC", begin) + 1]
            text = known.get(shown)
            if text is None:
                text = known[shown] = _text(shown, fonts) if alt < 0 else _alt(shown)
            if alt >= 0:
                named = _NAMED.search(part, begin)
                made.drawings.setdefault(text, set()).add(
                    self._drawn(kept[named[1]]) if named else part[begin + len(shown) :]
                )
            (made.repeated if part.startswith(b"/Artifact") else made.texts).append(text)
        return made

    def _drawn(self, drawing: Any) -> bytes:
        """Return the operators of a drawing that is kept once; its name may mean another one on another page."""
        if drawing.objgen not in self._drawings:
            self._drawings[drawing.objgen] = drawing.read_bytes()
        return self._drawings[drawing.objgen]


def _alt(shown: bytes) -> str:
    """Read what stands for a drawing: a parenthesis in it is not always escaped."""
    if shown.startswith(b"<"):
        return _string(shown[1 : shown.find(b">")], b"")
    return _string(b"", shown[1 : shown.rfind(b")")])


def _text(shown: bytes, fonts: dict[bytes, _Letters]) -> str:
    """Read the operators that show text; what is to be said for some of them stands for what they show."""
    read, codes, letters = list[str](), list[bytes](), _Letters()
    for begins, font, literal, hexed, *spoken in _SHOWN.findall(_KERNED.sub(b"", shown.replace(b"\\000", b"\0"))):
        if literal:
            codes.append(literal)
            continue
        if hexed:
            codes.append(bytes.fromhex(hexed.decode()).replace(b"\\", b"\\\\"))
            continue
        if codes:
            read.append(_shown(codes, letters))
            codes = []
        if begins:
            read.append(" ")
            letters = {}
        elif font:
            letters = fonts[font]
        else:
            read.append(_string(*spoken))
    if codes:
        read.append(_shown(codes, letters))
    return "".join(read[1:])


def _shown(literals: list[bytes], letters: _Letters) -> str:
    """Read codes that are shown one after the other; a line end that counts for nothing keeps their escapes apart."""
    codes = literals[0] if len(literals) == 1 else b"\\\n".join(literals)
    return _bytes(codes).decode("utf-16-be", "surrogatepass").translate(letters)


def _bytes(literal: bytes) -> bytes:
    """Read the escapes of a string: but for those of parentheses they are those of Python, which reads them fast."""
    if b"\\" not in literal:
        return literal
    plain = literal.replace(b"\\\\", b"\\134").replace(b"\\(", b"(").replace(b"\\)", b")")
    return plain.decode("unicode_escape").encode("latin-1")


@lru_cache(maxsize=1024)
def _string(hexed: bytes, literal: bytes) -> str:
    """Return a string of the file: in UTF-16 with its mark, else in letters of one byte."""
    codes = bytes.fromhex(hexed.decode()) if hexed else _bytes(literal)
    return codes[2:].decode("utf-16-be") if codes.startswith(b"\xfe\xff") else codes.decode("latin-1")


def _letters(table: bytes) -> _Letters:
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
