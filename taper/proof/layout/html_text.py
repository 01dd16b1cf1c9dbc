"""The words of an HTML page: what stands between its tags, without its style and its drawings."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

_DRAWN = '<svg class="strip" role="img" aria-label="'
"""What stands for a drawing is a text like others."""
_DRAWN_END, _SILENT = '" viewBox="-2 -2', 'aria-hidden="true" viewBox="-2 -2'
_USED = re.compile(r'aria-label="([^"]*)" viewBox="[^"]*"><use href="#([^"]*)"')
_DAY, _ROW = '<div class="day" data-name="', '<th scope="row">'


class Page(NamedTuple):
    """What stands on a page.

    Attributes:
        text: All other text.
        drawn: What stands for a drawing, with the name of the symbol that is drawn.
        symbols: What is drawn, by name.
        charts: The charts, in order, each for paper and for a phone.
        boxes: The days of its calendar: the name for a phone, or none; how each begins; what else stands in it.
    """

    text: str
    drawn: set[tuple[str, str]]
    symbols: dict[str, str]
    charts: list[str]
    boxes: list[tuple[str, str]]


def read_page(page: str) -> Page:
    """Read a page; what stands in the boxes of many days is read once."""
    charts, body = _charts(page.partition("<body>")[2])
    symbols, body = _symbols(body)
    boxes: list[tuple[str, str]] = []
    rest, drawn = _months(body, boxes) if _DAY in body else _lists(body, boxes)
    found = {(unescape(alt), name) for alt, name in _USED.findall(drawn)}
    return Page(_text(rest), found, symbols, charts, boxes)


def _symbols(body: str) -> tuple[dict[str, str], str]:
    """Take out what is drawn by name."""
    before, _, rest = body.partition('<svg class="symbols"')
    symbols, _, behind = rest.partition("</svg>")
    named = (symbol.partition('"') for symbol in symbols.split('<symbol id="')[1:])
    return {name: inside.partition(">")[2] for name, _, inside in named}, before + behind


def _text(markup: str) -> str:
    if _DRAWN in markup:
        markup = markup.replace(_DRAWN, "<b>").replace(_SILENT, "").replace(_DRAWN_END, "<svg")
    text = " ".join(markup.replace("<", ">").split(">")[::2])  # no sign of a tag stands in a text or an attribute
    return unescape(text) if "&" in text else text


def _charts(body: str) -> tuple[list[str], str]:
    """Take out the charts, which have words of their own."""
    first, *others = body.split("<svg xmlns=")
    cut = [other.partition("</svg>") for other in others]
    return [chart for chart, _, _ in cut], "".join((first, *(behind for _, _, behind in cut)))


def _months(body: str, boxes: list[tuple[str, str]]) -> tuple[str, str]:
    """Take out the boxes of months, each with the name of its day, its number and its dose before all else.

    Returns:
        The rest, and the same with each kind of box once.
    """
    first, *others = body.split(_DAY)
    rest, known = [first], dict[str, str]()
    for other in others:
        box, _, behind = other.partition("</td>")
        head, _, inside = box.partition("</div>")
        if inside not in known:
            known[inside] = _text(inside)
        boxes.append((_text(head.replace('">', " ", 1)), known[inside]))
        rest.append(behind)
    return "".join(rest), "".join((*rest, *known))


def _lists(body: str, boxes: list[tuple[str, str]]) -> tuple[str, str]:
    """Take out the rows of lists of days, likewise."""
    before, *sections = body.split('<section class="list')
    rest, known = [before], dict[str, str]()
    for section in sections:
        head, *rows = section.partition("</section>")[0].split(_ROW)
        rest += [head.partition(">")[2], section.partition("</section>")[2]]
        for row in rows:
            name, mark, inside = row.partition("<")
            inside, _, behind = inside.partition("</tr>")
            if inside not in known:
                known[inside] = _text(mark + inside)
            boxes.append((_text(name), known[inside]))
            rest.append(behind)
    return "\n".join(rest), "\n".join((*rest, *known))
