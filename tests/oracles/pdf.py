"""The text of a PDF, read by pypdf out of pages whose lines and fills were taken away first.

A page of the calendar has thousands of drawing operators and a few hundred of text. pypdf reads each of them in
Python; without the drawings the same text is read in a third of the time.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

import pikepdf
import pypdf

_TEXT = "BT ET Tf Td TD Tm T* Tj TJ ' \" Tc Tw Tz TL Ts Tr q Q cm Do"
"""Operators that show text, say where, or move what is shown."""


_CALENDAR_EDGE = 25.5  # the 9 mm beside the month's grid, in points


def without_drawings(content: bytes) -> bytes:
    """Return a PDF whose pages hold the operators of text alone."""
    with pikepdf.open(io.BytesIO(content)) as document:
        for page in document.pages:
            instructions = pikepdf.parse_content_stream(page, _TEXT)
            page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
        if "/StructTreeRoot" in document.Root:
            del document.Root.StructTreeRoot  # unread weight: thousands of objects
        light = io.BytesIO()
        document.save(light)
    return light.getvalue()


def pdf_pages(content: bytes) -> list[pypdf.PageObject]:
    """Return the pages, each with its size and its text."""
    return list(pypdf.PdfReader(io.BytesIO(without_drawings(content))).pages)


def text_by_columns(page: pypdf.PageObject, columns: int) -> str:
    """Return the text of a page with columns of one width: what stands in two of them is never one line."""
    read, line, edge = list[str](), (0, 0.0), _CALENDAR_EDGE
    wide = (float(page.mediabox.width) - 2 * edge) / columns

    def keep(text: str, now: list[float], place: list[float], *_: Any) -> None:
        nonlocal line
        if text.strip():
            across = place[4] * now[0] + place[5] * now[2] + now[4]
            down = place[4] * now[1] + place[5] * now[3] + now[5]
            before, line = line, (int((across - edge) / wide), down)
            if line[0] != before[0] or abs(down - before[1]) >= 2:
                read.append("\n")
                text = text.lstrip(" ")  # what joined it to the line before
        read.append(text)

    page.extract_text(visitor_text=keep)
    return "".join(read)


@lru_cache(maxsize=32)
def pdf_texts(content: bytes) -> tuple[str, ...]:
    """Return the text of each page; that of a paper read before is not read again."""
    return tuple(page.extract_text() for page in pdf_pages(content))


def print_sizes(content: bytes) -> set[float]:
    """Return the sizes of all letters, in points, those of drawings included."""
    found: set[float] = set()
    with pikepdf.open(io.BytesIO(content)) as document:
        for page in document.pages:
            _sizes(page, pikepdf.Matrix(), page.obj.get("/Resources"), found)
    return found


def _sizes(stream: Any, matrix: pikepdf.Matrix, resources: Any, found: set[float]) -> None:
    """Follow the operators that scale and show text, into drawings too."""
    kept, text, size = list[tuple[pikepdf.Matrix, float]](), pikepdf.Matrix(), 0.0
    for values, operator in pikepdf.parse_content_stream(stream):
        name = str(operator)
        if name == "q":
            kept.append((matrix, size))
        elif name == "Q":
            matrix, size = kept.pop()
        elif name == "cm":
            matrix = pikepdf.Matrix(*map(float, values)) @ matrix
        elif name == "Tf":
            size = float(values[1])
        elif name in ("BT", "Tm"):
            text = pikepdf.Matrix(*map(float, values)) if values else pikepdf.Matrix()
        elif name in ("Tj", "TJ"):
            found.add(round(abs((text @ matrix).d) * size, 1))
        elif name == "Do":
            drawn = resources["/XObject"][str(values[0])]
            if drawn.get("/Subtype") == "/Form":
                inner = pikepdf.Matrix(*map(float, drawn.get("/Matrix", [1, 0, 0, 1, 0, 0])))
                _sizes(drawn, inner @ matrix, drawn.get("/Resources", resources), found)
