"""Reading the one sheet back: each day with its boxes, and each step's words, from PDF, HTML and text."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
import pikepdf

from taper.paper.words import load
from tests.oracles.layout import word_boxes
from tests.oracles.tongues import clean


class Sheet(NamedTuple):
    """What another reader finds on the sheet.

    Attributes:
        boxes: Number of boxes of each day.
        words: What to take, step by step as one text, without colons.
    """

    boxes: dict[date, int]
    words: str


def plain(text: str) -> str:
    """Return a text with plain spaces, and without colons, which stand for a column in text alone."""
    return " ".join(clean(text).replace(":", " ").split())


def _start(text: str, code: str) -> date:
    """Read "5 Jan 2026", or "Jan 5 2026": the first day of a row."""
    months, shown = load(code).months_short, plain(text)
    if found := re.fullmatch(r"([A-Z][a-z]+) ([0-9]{1,2}) ([0-9]{4})", shown):
        return date(int(found[3]), [name[:3] for name in months].index(found[1][:3]) + 1, int(found[2]))
    found = re.fullmatch(r"([0-9]{1,2})\.? (.+) ([0-9]{4})", shown)
    assert found, text
    return date(int(found[3]), months.index(found[2]) + 1, int(found[1]))


def _put(found: dict[date, int], day: date, number: str, boxes: int) -> None:
    assert str(day.day) == number, f"{number} stands on {day}"
    assert day not in found, f"{day} stands twice"
    found[day] = boxes


def from_html(content: bytes, code: str = "en") -> Sheet:
    """Read the table: a body a step, a row a week, a cell a day."""
    boxes, words = dict[date, int](), []
    for body in lxml.html.fromstring(content.decode()).xpath("//table[@class='weeks']/tbody"):
        words.append(plain(" ".join(body.xpath(".//td[starts-with(@class,'take')]")[0].itertext())))
        for row in body.xpath("./tr"):
            start = _start(row.xpath("./th")[0].text_content(), code)
            cells = row.xpath("./td[not(starts-with(@class,'take'))]")
            assert len(cells) == 7
            first = next(at for at, cell in enumerate(cells) if "out" not in cell.get("class"))
            for at, cell in enumerate(cells):
                if "out" not in cell.get("class"):
                    number = cell.xpath(".//span[@class='n']")[0].text_content()
                    ticks = len(cell.xpath(".//span[@class='tick']"))
                    _put(boxes, start + timedelta(days=at - first), number, ticks)
    return Sheet(boxes, " ".join(words))


def from_text(content: bytes, code: str = "en") -> Sheet:
    """Read the lines: words of a step, then a line for each week with the days that have a box or a dash."""
    boxes, words = dict[date, int](), list[str]()
    row = re.compile(
        rf"    ([0-9]{{1,2}}\.?\s(?:{'|'.join(map(re.escape, load(code).months_short))}) [0-9]{{4}}"
        r"|[A-Z][a-z]+\s[0-9]{1,2} [0-9]{4})\xa0?:  (.*)"
    )
    joined = re.sub(r"\n        (?=\S)", "  ", content.decode())  # a row that goes on in the next line
    # the steps stand between empty lines, and each ends with its rows
    for step in joined.split("\n\n"):
        lines = step.splitlines()
        rows = [found for line in lines if (found := row.match(line))]
        if rows:
            words += [line for line in lines if not row.match(line)][: len(lines) - len(rows)]
        for found in rows:
            day = _start(found[1], code)
            for part in re.split(r" {2,}", found[2]):
                shown = re.match(r"\S+\xa0([0-9]{1,2})\xa0(☐+|-)", part)
                assert shown, part
                _put(boxes, day, shown[1], shown[2].count("☐"))
                day += timedelta(days=1)
    return Sheet(boxes, plain(" ".join(words)))


def squares(page: pikepdf.Page, heights: tuple[float, ...]) -> list[tuple[float, float]]:
    """Return the middle of each outlined rectangle of the height of a box, from the left and from the top."""
    found, stack, matrix, path = [], [], pikepdf.Matrix(), []
    top = float(page.mediabox[3])
    for values, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            stack.append(matrix)
        elif name == "Q":
            matrix = stack.pop()
        elif name == "cm":
            matrix = pikepdf.Matrix(*map(float, values)) @ matrix
        elif name in ("m", "l"):
            path.append(matrix.transform((float(values[0]), float(values[1]))))
        elif name in ("S", "f", "n", "s", "B", "f*"):
            if name in ("S", "s") and path:
                (left, right), (low, high) = ((min(side), max(side)) for side in zip(*path, strict=True))
                if any(abs(high - low - height) < 0.3 for height in heights) and right - left > 8:
                    found.append(((left + right) / 2, top - (low + high) / 2))
            path = []
    return found


BOXES = (4.2 * 72 / 25.4, 5.6 * 72 / 25.4)
"""How high a box is in the usual print, and in large print."""


def from_pdf(content: bytes, folder: Path, code: str = "en") -> Sheet:
    """Read the pages by where things stand: dates at the left, words beside them, numbers and boxes below the days."""
    boxes, words, locale = dict[date, int](), list[str](), load(code).locale
    days = locale.weekdays_short
    heads = {(*days[first:], *days[:first]) for first in range(7)}  # the rows begin on the day of new doses
    with pikepdf.open(io.BytesIO(content)) as document:
        for page, (wide, _, shown) in zip(document.pages, word_boxes(content, folder), strict=True):
            turned = wide if locale.direction == "rtl" else None
            found = [_turned(box, turned) for box in shown]
            found = found if turned is None else _joined(found)
            head = _head(found, heads)
            if head:
                words += _page((page, turned), found, head, boxes, code)
    return Sheet(boxes, plain(" ".join(words)))


def _head(found: list[Any], heads: set[tuple[str, ...]]) -> list[Any]:
    """Return the heads of the seven days: the last seven words of a line."""
    for top in sorted({round(box[1]) for box in found}):
        line = sorted((box for box in found if abs(box[1] - top) < 1), key=lambda box: box[0])[-7:]
        if tuple(box[4] for box in line) in heads:
            return line
    return []


def _turned(box: Any, wide: float | None) -> Any:
    """Return a word with its letters as they are typed; on a page that runs from the right, seen in a mirror."""
    left, top, right, bottom, text = box
    text = unicodedata.normalize("NFKC", text)
    return (left, top, right, bottom, text) if wide is None else (wide - right, top, wide - left, bottom, text)


def _joined(found: list[Any]) -> list[Any]:
    """Put words together that touch: a letter that does not join ends a word for poppler."""
    whole: list[Any] = []
    for box in sorted(found, key=lambda box: (round(box[1]), box[0])):
        if whole and abs(whole[-1][1] - box[1]) < 1 and abs(box[0] - whole[-1][2]) < 0.11 * (box[3] - box[1]):
            whole[-1] = (*whole[-1][:2], box[2], box[3], whole[-1][4] + box[4])
        else:
            whole.append(box)
    return whole


def _letters(text: str) -> list[str]:
    """Return the letters of a name in no order, without signs above or below them: joined letters come in pieces."""
    return sorted(sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign) != "Mn")


def _month(text: str, code: str) -> int | None:
    """Return the number of a month."""
    names = [_letters(name) for name in load(code).months_short]
    return names.index(_letters(text)) + 1 if _letters(text) in names else None


def _page(
    sheet: tuple[pikepdf.Page, float | None], found: list[Any], head: list[Any], boxes: dict[date, int], code: str
) -> list[str]:
    """Read a page into the boxes, and return its words."""
    page, turned = sheet
    middles = [(box[0] + box[2]) / 2 for box in head]
    wide = middles[1] - middles[0]
    left, line = middles[0] - wide / 2, (head[0][1] + head[0][3]) / 2
    below = [box for box in found if (box[1] + box[3]) / 2 > line + 6]
    edge = min(box[0] for box in below) + 4
    rows = []
    for first in sorted((box for box in below if box[0] < edge), key=lambda box: box[1]):
        beside = [box for box in below if abs(box[1] - first[1]) < 3 and 0 < box[0] - first[0] < 40]
        second = min(beside, key=lambda box: box[0], default=None)
        if second is None:
            continue
        number, month = (second, first) if _month(first[4], code) else (first, second)  # "Jan 5" or "5 Jan"
        if re.fullmatch(r"[0-9]{1,2}\.?", number[4]) and _month(month[4], code):
            later = (
                box for box in below if box[0] < edge and box[1] > number[1] + 4 and re.fullmatch("[0-9]{4}", box[4])
            )
            year = min(later, key=lambda box: box[1])
            start = date(int(year[4]), _month(month[4], code) or 0, int(number[4].rstrip(".")))
            rows.append((number[1], start, year[3]))
    drawn = [(x if turned is None else turned - x, y) for x, y in squares(page, BOXES)]
    ends = [*(at for at, *_ in rows[1:]), None]
    foot = max([y + BOXES[1] for _, y in drawn if y > rows[-1][0]] + [rows[-1][2]])
    for (at, start, _), end in zip(rows, ends, strict=True):
        until = foot if end is None else end
        cells = {}
        for box in below:
            middle, across = (box[1] + box[3]) / 2, (box[0] + box[2]) / 2
            if at <= middle < until and across > left and re.fullmatch("[0-9]{1,2}", box[4]):
                cells[int((across - left) // wide)] = box[4]
        first = min(cells)
        for column, number in sorted(cells.items()):
            ticks = [x for x, y in drawn if at <= y < until and int((x - left) // wide) == column]
            _put(boxes, start + timedelta(days=column - first), number, len(ticks))
    # lines that begin in the column of dates with another word stand below the table
    dated = re.compile(r"[0-9]{1,2}\.?|[0-9]{4}")
    last = rows[-1][2]  # a date in a sentence below the table is none of its rows
    dates = max(box[2] for box in below if box[0] < edge + 60 and box[1] < last and _month(box[4], code))
    other = [box[1] for box in below if box[0] < dates and not dated.fullmatch(box[4]) and not _month(box[4], code)]
    end = min((y for y in other if y > rows[-1][0]), default=float("inf"))
    words = [box for box in below if dates < box[0] and box[2] < left and box[1] < end - 3]
    return [box[4] for box in sorted(words, key=lambda box: (round(box[1]), box[0]))]
