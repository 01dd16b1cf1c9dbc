"""The PDF made small: its tags are written together and compressed, and a drawing that comes again is kept once.

typst writes each tag as an object of its own, uncompressed, and each drawing in full wherever it stands: most of a
calendar's bytes. Nothing is taken away, and the same input gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from taper.errors import MissingExtraError

if TYPE_CHECKING:
    import pikepdf

_DRAWING = re.compile(
    rb"q (?P<left>[0-9.]+) (?P<top>[0-9.]+) m (?P<right>[0-9.]+) (?P=top) l (?P=right) (?P<bottom>[0-9.]+) l "
    rb"(?P=left) (?P=bottom) l\nh\nW\nn\n"
    rb"(?P<paths>(?:q (?P<scale>[0-9.]+) 0 0 -(?P=scale) (?P=left) (?P=top) cm(?:(?!\nQ\n).)*\nQ\n)+)Q\n",
    re.DOTALL,
)
"""A drawing clipped to its box, each path of it drawn from the box's upper left corner."""
_OFTEN = 3  # a drawing that comes less often takes as much room as an object of its own


def packed(content: bytes) -> bytes:
    """Return the same PDF with its objects in compressed streams.

    Raises:
        MissingExtraError: pikepdf is not installed.
    """
    try:
        import pikepdf
    except ImportError:
        raise MissingExtraError("pikepdf", "pdf", "a PDF") from None
    small = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        _share_drawings(document)
        document.save(
            small,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,  # typst has written it as it is
        )
    return small.getvalue()


def _share_drawings(document: pikepdf.Pdf) -> None:
    """Keep a drawing that comes again as one object, which each of its places names."""
    import pikepdf

    pages = [(page, page.Contents.read_bytes(), _colors(page)) for page in document.pages]
    times = Counter((_drawn(match), colors) for _, text, colors in pages for match in _DRAWING.finditer(text))
    names = {drawing: f"/drawing{number}" for number, drawing in enumerate(times) if times[drawing] >= _OFTEN}
    made: dict[str, pikepdf.Object] = {}
    for page, text, colors in pages:
        used: dict[str, pikepdf.Object] = {}
        parts, done = [], 0
        for match in _DRAWING.finditer(text):
            name = names.get((_drawn(match), colors))
            if name is None:
                continue
            if name not in made:
                made[name] = _form(document, page, match)
            used[name] = made[name]
            parts += [text[done : match.start()], b"q %b cm%b Do\nQ\n" % (_place(match), name.encode())]
            done = match.end()
        if used:
            page.Resources.XObject = pikepdf.Dictionary({**dict(page.Resources.get("/XObject", {}).items()), **used})
            page.Contents.write(b"".join((*parts, text[done:])))


def _colors(page: pikepdf.Page) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Return what the names of colors stand for on a page."""
    return tuple((name, space[1].objgen) for name, space in page.Resources.get("/ColorSpace", {}).items())


def _place(match: re.Match[bytes]) -> bytes:
    return b"%b 0 0 -%b %b %b" % (match["scale"], match["scale"], match["left"], match["top"])


def _drawn(match: re.Match[bytes]) -> bytes:
    """Return the paths of a drawing without its place: the same text wherever it stands."""
    return match["paths"].replace(b"q %b cm" % _place(match), b"q ")


def _form(document: pikepdf.Pdf, page: pikepdf.Page, match: re.Match[bytes]) -> pikepdf.Object:
    """Return a drawing as an object, clipped to its box, in the units in which it was drawn."""
    import pikepdf

    form = document.make_stream(_drawn(match))
    left, right, bottom, top, scale = (
        Decimal(match[name].decode()) for name in ("left", "right", "bottom", "top", "scale")
    )
    form["/Type"], form["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
    form["/BBox"] = [0, 0, round((right - left) / scale), round((top - bottom) / scale)]
    form["/Resources"] = pikepdf.Dictionary(ColorSpace=page.Resources["/ColorSpace"])
    return form
