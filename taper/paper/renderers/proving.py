"""The proof of a finished paper: its bytes are read again, and held against the sheet that they were made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from taper.errors import ProofError
from taper.paper.renderers.shown import said_by
from taper.proof.layout.tiles import lies_in, squeezed

if TYPE_CHECKING:
    from taper.paper.renderers.html import Page
    from taper.proof.layout.words import Said

_NAMES = {
    "Handout": "the patient's paper",
    "PlanSheet": "the sheet of weeks",
    "ClinicianSheet": "the clinician's sheet",
    "PharmacyOrder": "the pharmacy order",
    "Card": "the pocket card",
    "DiarySheet": "the diary",
    "RecordSheet": "the record",
}

_TICKS = {"html": '<span class="tick">', "text": "\N{BALLOT BOX}"}
"""A box to tick, in each format."""
_BESIDE_DOSE = f'<p class="dose">{_TICKS["html"]}'
"""One before a dose in words, in the months and the list of days."""


def proved(page: Page, to: str, content: bytes, document: str | None = None) -> bytes:
    """Return a finished paper, once it is sure that it says what its sheet says.

    Args:
        page: The sheet.
        to: Its format.
        content: The file.
        document: The plan document inside a PDF; None if there is none.

    Raises:
        ProofError: A word, a number, a day, a drawing or a line of it is lost, doubled, or stands elsewhere; or the
            document inside it is another one.
    """
    what, said = f"{_NAMES[type(page).__name__]} ({to.upper()})", said_by(page, to)
    if to == "pdf":
        _prove_pdf(page, said, content, what)
        _prove_inside(content, document, what)
        return content
    text = content.decode()
    _prove_ticks(page, said, text, to, what)
    (_prove_html if to == "html" else _prove_text)(said, text, what)
    return content


def _prove_inside(content: bytes, document: str | None, what: str) -> None:
    from taper.proof.layout.pdf_text import read_inside

    inside = read_inside(content)
    if inside != ([] if document is None else [document.encode()]):
        raise ProofError(what, "the plan document inside it is not that of the plan")


def _prove_ticks(page: Page, said: Said, content: str, to: str, what: str) -> None:
    """Count the boxes to tick of the sheet of weeks; a name or a note in a text may have some too."""
    plan = getattr(page, "by_week", None)
    if plan is None:
        return
    days = (day for block in plan.blocks for week in block.weeks for day in week.days if day is not None)
    wanted, shown = sum(sum(day.boxes) for day in days), content.count(_TICKS[to]) - content.count(_BESIDE_DOSE)
    if to == "text":
        shown -= sum(text.count(_TICKS[to]) * times for text, times in said.counted(days=True).items())
    if shown != wanted:
        raise ProofError(what, f"it has {shown} boxes to tick, and {wanted} doses")


def _prove_html(said: Said, content: str, what: str) -> None:
    from taper.proof.layout.boxes import prove_boxes
    from taper.proof.layout.html_text import read_page

    read = read_page(content)
    prove_boxes(said.days, read.boxes, what)
    heads = [part for box in said.boxes if box.is_head for part in box.head]
    _prove_order(said, heads, read.text.split("\n"), what)
    if said.drawings:
        from taper.proof.layout.drawings import prove_in_html

        prove_in_html(said.drawings, read.drawn, read.symbols, what)
    if len(read.charts) != 2 * len(said.figures):
        raise ProofError(what, f"it has {len(read.charts)} charts, not {2 * len(said.figures)}, each also for a phone")
    if read.charts:
        from taper.proof.layout.charts import prove_chart_of_svg

        for number, chart in enumerate(read.charts):
            prove_chart_of_svg(said.figures[number // 2], chart, what, small=number % 2 == 1)


def _prove_text(said: Said, content: str, what: str) -> None:
    lines, days = content.split("\n"), said.days
    if days:
        from taper.proof.layout.boxes import prove_boxes

        begin = _first_day([day.head[0] for day in days], lines)
        read, lines = lines[begin : begin + len(days)], lines[:begin] + lines[begin + len(days) :]
        cut = [len(day.head[0]) for day in days[: len(read)]]
        prove_boxes(days, [(line[:at], line[at:]) for line, at in zip(read, cut, strict=True)], what)
    _prove_order(said, [], lines, what)


def _first_day(names: list[str], lines: list[str]) -> int:
    """Return where the days stand behind each other, a line a day; a sentence may begin with the name of one too."""
    begins = [at for at, line in enumerate(lines) if line.startswith(names[0])]
    whole = [at for at in begins if all(map(str.startswith, lines[at : at + len(names)], names))]
    return (whole[-1:] or begins or [0])[0]


def _prove_order(said: Said, heads: list[str], lines: list[str], what: str) -> None:
    """Find all texts behind each other; where the layout sets one elsewhere, count the words."""
    calendar = [(part, False) for part in heads if part]
    if lies_in(_in_order(said, calendar), squeezed(" ".join(lines))) is None:
        from taper.proof.layout.words import prove_neighbors, prove_words

        counted = said.counted(days=False)
        prove_words(counted, Counter(lines), what)
        prove_neighbors(counted, [lines], what)


def _in_order(said: Said, calendar: list[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Yield all that is said, the calendar in its place, each part with whether it may be left out."""
    for number, text in enumerate(said.texts):
        if number == said.place:
            yield from calendar
        yield from ((part, False) for part in text if part)
    if said.place >= len(said.texts):
        yield from calendar


def _prove_pdf(page: Page, said: Said, content: bytes, what: str) -> None:
    from taper.proof.layout.pdf_text import read_pages
    from taper.proof.layout.words import prove_foot, prove_neighbors, prove_words

    pages, sideways = read_pages(content), page.frame.direction == "rtl"
    prove_foot(page.frame.foot, [one.repeated for one in pages], what)
    drawn: dict[str, set[bytes]] = {}
    for one in pages:
        for alt, operators in one.drawings.items():
            drawn.setdefault(alt, set()).update(operators)
    if said.drawings:
        from taper.proof.layout.drawings import prove_in_pdf

        prove_in_pdf(said.drawings, drawn, what)
    if said.figures:
        from taper.proof.layout.charts import prove_chart_of_pdf

        for figure in said.figures:
            for chart in drawn.get(figure.alt, ()):
                prove_chart_of_pdf(figure, chart, what)
    texts = [text for one in pages for text in one.texts]
    calendar = [part for box in said.boxes for part in box.parts]
    if not sideways and lies_in(_in_order(said, calendar), squeezed(" ".join(texts))) is not None:
        return
    from taper.proof.layout.boxes import prove_run

    counted = said.counted(days=True)
    prove_words(counted, Counter(texts), what, perhaps=said.perhaps(), letters=True)
    if not sideways:
        prove_neighbors(counted, [one.texts for one in pages], what)
    prove_run(said.boxes, texts, what, sideways=sideways)
