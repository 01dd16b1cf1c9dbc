"""The tags of a PDF, read as a screen reader reads them: what stands in which part, in the order of reading.

Each letter is decoded by the font's own table of characters, so nothing of how the page was made is used.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pikepdf


@dataclass
class Part:
    """A part of the document.

    Attributes:
        tag: What it is: H1, P, Table, TR, TD, Figure and so on.
        alt: What stands for it in words, for a figure.
        own: The text that is directly in it.
        background: Its color, red, green and blue from 0 to 255; None where it has none.
        parts: What is in it, in order: texts and parts.
    """

    tag: str
    alt: str = ""
    background: tuple[int, ...] | None = None
    parts: list[Part | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it."""
        return " ".join(part if isinstance(part, str) else part.text for part in self.parts)

    def all(self, *tags: str) -> Iterator[Part]:
        """Yield the parts in it that have one of the tags, in the order of reading."""
        for part in self.parts:
            if isinstance(part, Part):
                if part.tag in tags:
                    yield part
                yield from part.all(*tags)

    @property
    def alts(self) -> list[str]:
        """What stands for its figures in words."""
        return [part.alt for part in self.all("Figure")]


_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")


def _unicode(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")


def _letters(font: Any) -> dict[int, str]:
    """Read which letter each code of a font stands for."""
    table = font["/ToUnicode"].read_bytes()
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        codes = _HEX.findall(block)
        found |= {int(code, 16): _unicode(text) for code, text in zip(codes[::2], codes[1::2], strict=True)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        codes = _HEX.findall(block)
        for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            begin = _unicode(text)
            for offset in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + offset] = begin[:-1] + chr(ord(begin[-1]) + offset)
    return found


class _Reader:
    """The marked texts of the pages of a document."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self._fonts: dict[Any, dict[int, str]] = {}
        self._texts = {page.objgen: self._marked(page) for page in document.pages}

    def _marked(self, page: pikepdf.Page) -> dict[int, str]:
        found, marks, letters = dict[int, str](), list[int | None](), dict[int, str]()
        fonts = page.obj.get("/Resources", {}).get("/Font", {})
        for values, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                about = values[1] if name == "BDC" else None
                marks.append(
                    int(about["/MCID"]) if isinstance(about, pikepdf.Dictionary) and "/MCID" in about else None
                )
            elif name == "EMC":
                marks.pop()
            elif name == "Tf":
                letters = self._of(fonts[str(values[0])])
            elif name in ("Tj", "TJ"):
                mark = next((mark for mark in reversed(marks) if mark is not None), None)
                if mark is not None:
                    runs = values[0] if name == "TJ" else values
                    codes = b"".join(bytes(run) for run in runs if isinstance(run, pikepdf.String))
                    shown = (
                        letters.get(int.from_bytes(codes[at : at + 2], "big"), "") for at in range(0, len(codes), 2)
                    )
                    # the space at the end of a line is not written
                    found[mark] = f"{found[mark]} {''.join(shown)}" if mark in found else "".join(shown)
        return found

    def _of(self, font: Any) -> dict[int, str]:
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = _letters(font)
        return self._fonts[font.objgen]

    def part(self, element: Any, page: Any) -> Part:
        """Read an element of the tree; its texts lie on a page, unless they say otherwise."""
        page = element.get("/Pg", page)
        made = Part(str(element["/S"]).lstrip("/"), str(element.get("/Alt", "")), _background(element))
        inside = element.get("/K", [])
        for kid in inside if isinstance(inside, pikepdf.Array) else [inside]:
            if isinstance(kid, int):
                made.parts.append(self._texts[page.objgen].get(kid, ""))
            elif kid.get("/Type") == "/MCR":
                made.parts.append(self._texts[kid.get("/Pg", page).objgen].get(int(kid["/MCID"]), ""))
            elif "/S" in kid:
                made.parts.append(self.part(kid, page))
        return made


def _background(element: Any) -> tuple[int, ...] | None:
    about = element.get("/A", [])
    for one in about if isinstance(about, pikepdf.Array) else [about]:
        if isinstance(one, pikepdf.Dictionary) and "/BackgroundColor" in one:
            return tuple(round(float(value) * 255) for value in one["/BackgroundColor"])
    return None


@lru_cache(maxsize=32)
def tagged(content: bytes) -> Part:
    """Return the document as its tags tell it."""
    with pikepdf.open(io.BytesIO(content)) as document:
        reader = _Reader(document)
        inside = document.Root["/StructTreeRoot"]["/K"]
        kids = inside if isinstance(inside, pikepdf.Array) else [inside]
        return Part("Root", parts=[reader.part(kid, None) for kid in kids])
