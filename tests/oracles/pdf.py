"""The text of a PDF, read by pypdf out of pages whose lines and fills were taken away first.

A page of the calendar has thousands of drawing operators and a few hundred of text. pypdf reads each of them in
Python; without the drawings the same text is read in a third of the time.
"""

from __future__ import annotations

import io
from functools import lru_cache

import pikepdf
import pypdf

_TEXT = "BT ET Tf Td TD Tm T* Tj TJ ' \" Tc Tw Tz TL Ts Tr q Q cm Do"
"""Operators that show text, say where, or move what is shown."""


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


@lru_cache(maxsize=32)
def pdf_texts(content: bytes) -> tuple[str, ...]:
    """Return the text of each page; that of a paper read before is not read again."""
    return tuple(page.extract_text() for page in pdf_pages(content))
