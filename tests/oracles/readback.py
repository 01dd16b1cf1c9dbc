"""What a paper says to take, read back out of its words: pieces, strengths and volumes, by day, step or card.

The reader knows English number words and units, and where a day or a step stands; it shares no sentence with the paper.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

import lxml.html

from taper.schedule.schedule import Schedule
from tests.oracles.papers import MONTHS
from tests.oracles.tagged import Part, tagged

_WHOLE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PARTS = {"a quarter": Fraction(1, 4), "a half": Fraction(1, 2), "three quarters": Fraction(3, 4)}
_ALONE = {"a quarter of a": Fraction(1, 4), "half a": Fraction(1, 2), "three quarters of a": Fraction(3, 4)}
_PIECES = re.compile(
    rf"\b(?:({'|'.join(_ALONE)})|({'|'.join(_WHOLE)}|[0-9]+)(?: and ({'|'.join(_PARTS)}))?) "
    r"(?:tablet|capsule)s? of ([0-9.]+) (?:mg|milligrams?)\b(?!/| per)(?: each)?"
)
_OF_ONE = re.compile(r"\b(a quarter|half|three quarters) of one ([0-9.]+) (?:mg|milligrams?) (?:tablet|capsule)\b")
_VOLUME = re.compile(r"(?<![0-9.])([0-9]+(?:\.[0-9]+)?) (?:mL|milliliters?)\b(?! (?:oral )?syringe)")
_MONTH = re.compile(rf"({'|'.join(MONTHS)}) ([0-9]{{4}})")

Pieces = Counter[tuple[Fraction, Fraction]]
"""How many pieces of which strength, in mg, each as often as it is said."""


def spaced(text: str) -> str:
    """Return a text with one plain space wherever there is any."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").replace("\u200b", "").split())


def pieces_in(text: str) -> Pieces:
    """Read each "one and a half tablets of 5 mg"."""
    found: Pieces = Counter()
    for alone, whole, part, strength in _PIECES.findall(spaced(text)):
        number = Fraction(int(whole) if whole.isdigit() else _WHOLE.index(whole) + 1) if whole else _ALONE[alone]
        found[number + _PARTS.get(part, Fraction(0)), Fraction(strength)] += 1
    for part, strength in _OF_ONE.findall(spaced(text)):
        found[_PARTS["a half" if part == "half" else part], Fraction(strength)] += 1
    return found


def volumes_in(text: str) -> Counter[Fraction]:
    """Read each "12.5 mL" that is taken, and no size of a syringe."""
    return Counter(map(Fraction, _VOLUME.findall(spaced(text))))


class Taken(NamedTuple):
    """What is to be taken.

    Attributes:
        pieces: Tablets by strength.
        volumes: Volumes of liquids.
    """

    pieces: Pieces
    volumes: Counter[Fraction]

    def within(self, text: str) -> bool:
        """Whether a text says all of it, each as often as it is taken."""
        return self.pieces <= pieces_in(text) and self.volumes <= volumes_in(text)


def planned(schedule: Schedule) -> dict[date, Taken]:
    """What the schedule says to take on each day."""
    strengths = {ordered.name: ordered.product.strength.value for ordered in schedule.order.products}  # type: ignore[union-attr]
    found = {}
    for day, step in schedule.days():
        items = [item for intake in step.intakes for item in intake.items]
        found[day] = Taken(
            Counter((item.count.value, strengths[item.product]) for item in items if item.count is not None),
            Counter(item.volume.value for item in items if item.volume is not None),
        )
    return found


class Cell(NamedTuple):
    """A day of a calendar.

    Attributes:
        text: What stands in it.
        alts: What stands for its drawings in words.
        background: Its color in the PDF.
        kind: Its class in HTML.
    """

    text: str
    alts: tuple[str, ...]
    background: tuple[int, ...] | None = None
    kind: str = ""


def days_of_pdf(content: bytes) -> dict[date, Cell]:
    """Read the months: below the name of a month, the cells that begin with the number of a day."""
    found, month = dict[date, Cell](), None
    for part in _in_order(tagged(content)):
        if part.tag in ("H1", "H2"):
            heading = _MONTH.fullmatch(spaced(part.text))
            month = (int(heading[2]), MONTHS.index(heading[1]) + 1) if heading else None
        elif month is not None:
            # the number is a text of its own, before the dose of the day
            first = next((text for text in _texts(part) if text.strip()), "")
            number = re.match(r"[0-9]{1,2}(?![0-9.])", first)
            if number:
                _put(found, date(*month, int(number[0])), Cell(spaced(part.text), tuple(part.alts), part.background))
    return found


def days_of_html(content: bytes) -> dict[date, Cell]:
    """Read the same from the cells of HTML."""
    found = dict[date, Cell]()
    for section in _shown(content).xpath("//section[contains(@class,'month')]"):
        heading = _MONTH.match(section.xpath(".//h2")[0].text_content())
        assert heading is not None
        for cell in section.xpath(".//td[div]"):
            number = cell.xpath("./div/span")[0].text_content()
            alts = tuple(svg.get("aria-label") for svg in cell.xpath(".//svg[@role='img']"))
            made = Cell(spaced(" ".join(cell.itertext())), alts, kind=cell.get("class").split(" ")[0])
            _put(found, date(int(heading[2]), MONTHS.index(heading[1]) + 1, int(number)), made)
    return found


def _shown(content: bytes) -> Any:
    """Return the elements of HTML without those that its style hides on paper and on a wide screen."""
    tree = lxml.html.fromstring(content.decode())
    style = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", tree.xpath("//style")[0].text)
    for name in re.findall(r"\.([\w-]+)\{display:none\}", style):
        for element in tree.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]"):
            element.drop_tree()
    return tree


def _in_order(part: Part) -> Iterator[Part]:
    yield from part.all("H1", "H2", "TD")


def _texts(part: Part) -> Iterator[str]:
    for one in part.parts:
        if isinstance(one, str):
            yield one
        else:
            yield from _texts(one)


def _put(found: dict[date, Cell], day: date, cell: Cell) -> None:
    assert day not in found, f"{day} stands twice"
    found[day] = cell


def step_rows_of_pdf(content: bytes) -> dict[str, str]:
    """Read each row of the table of steps by the name of its step: what stands in it, and its drawings in words."""
    return {
        row[0]: row[1]
        for table in tagged(content).all("Table")
        if "Step" in [spaced(head.text) for head in table.all("TH")][:1]
        for row in _rows(table)
    }


def _rows(table: Part) -> Iterator[tuple[str, str]]:
    for row in table.all("TR"):
        cells = list(row.all("TD", "TH"))
        yield spaced(cells[0].text), spaced(" ".join(cell.text for cell in cells[1:]))


def step_rows_of_html(content: bytes) -> dict[str, str]:
    """Read the same from HTML."""
    rows = lxml.html.fromstring(content.decode()).xpath("//table[contains(@class,'steps')]/tbody/tr")
    return {spaced(row.xpath("./th")[0].text_content()): spaced(" ".join(row.itertext())) for row in rows}


def whole_text(content: bytes, to: str) -> str:
    """Return all text of a paper, in the order of reading, what stands for figures included."""
    if to == "pdf":
        tree = tagged(content)
        return spaced(" ".join((tree.text, *tree.alts)))
    if to == "html":
        tree = lxml.html.fromstring(content.decode())
        for hidden in tree.xpath("//style | //head"):
            hidden.drop_tree()
        return spaced(
            " ".join((*tree.itertext(), *(svg.get("aria-label") for svg in tree.xpath("//svg[@role='img']"))))
        )
    return spaced(content.decode())
