"""What is printed is what is meant: pieces, volumes, drawings, charts, tables and sentences, read back from each sheet.

Doses in mg are read back elsewhere, for any schedule. Here a few short plans are read whole, in PDF, HTML and text: by
the tags of the PDF, by the elements of the HTML, by words and strokes. `python -m tests.tools.seeded_faults` puts
faults into the renderers, one at a time, and shows that each is found here.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

import lxml.html
import pytest

from taper.checker.checking import check
from taper.finding import Report
from taper.order.order import parse_order
from taper.paper import renderers
from taper.paper.parts import Dose, Part, ProductKey
from taper.paper.renderers import FORMATS, SHEETS, Format, Sheet, pdf, pictogram, render, svg_chart
from taper.paper.renderers.palette import COLORS
from taper.paper.request import PrintRequest
from taper.paper.sheets.patient import build_handout
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.schedule.schedule import Schedule
from taper.schedule.supply import dispense
from taper.schedule.weekly import shown_steps
from tests.oracles import readback
from tests.oracles.papers import opening
from tests.oracles.readback import Taken, pieces_in
from tests.oracles.tagged import tagged

PRINTED = date(2026, 1, 2)
TABLETS: dict[str, Any] = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "review_every": "1 week",
    "current": {"morning": "12 mg", "bedtime": "5 mg"},
    "product": [
        {"name": "diazepam tablet 2 mg", "split": "halves"},
        {"name": "diazepam tablet 10 mg", "split": "quarters"},
    ],
    "phase": [{"doses": [{"morning": "7.5 mg", "bedtime": "4 mg"}, "6 mg", "2.5 mg", "0 mg"], "every": "1 week"}],
    "acknowledge": [{"code": "T101", "reason": "as the patient wishes", "by": "Dr. Ada"}],
    "handout": {"patient": "A. Patient", "prescriber": "Dr. Ada", "phone": "01 23 45"},
}
LIQUID: dict[str, Any] = TABLETS | {
    "current": {"morning": "5 mg", "bedtime": "7 mg"},
    "product": [{"name": "diazepam oral solution 2 mg/5 mL", "device": "5 mL oral syringe", "graduation": "0.1 mL"}],
    "phase": [{"doses": [{"morning": "4 mg", "bedtime": "6 mg"}, "3.2 mg", "0 mg"], "every": "1 week"}],
}
WEEK: dict[str, Any] = {"usual": "5 mg", "Monday": "2.5 mg", "Friday": "2.5 mg"}
WEEKLY: dict[str, Any] = TABLETS | {
    "current": {"bedtime": "5 mg"},
    "product": [{"name": "diazepam tablet 5 mg", "split": "halves"}],
    "phase": [{"weekly": [WEEK], "every": "2 weeks"}, {"doses": ["2.5 mg", "0 mg"], "every": "1 week"}],
}
MANY: dict[str, Any] = TABLETS | {
    "current": {"morning": "12 mg"},
    "product": [{"name": "diazepam tablet 2 mg", "split": "halves"}],
    "phase": [{"doses": ["11 mg", "7 mg"], "every": "1 week"}],
}


@lru_cache
def made(name: str) -> tuple[Schedule, Schedule | None]:
    """A plan, and the one that it replaces."""
    if name == "revised":
        before = plan(parse_order(MANY))
        return revise(before, on="2026-01-14", dose="9 mg", reason="bad nights", by="Dr. Ada"), before
    order = {"tablets": TABLETS, "liquid": LIQUID, "weekly": WEEKLY, "stays": MANY}[name]
    return plan(parse_order(order)), None


NAMES = ("tablets", "liquid", "weekly", "stays", "revised")


@lru_cache
def checked(name: str) -> Report:
    return check(made(name)[0])


@lru_cache
def printed(name: str, sheet: Sheet, to: Format) -> bytes:
    schedule, before = made(name)
    given = {"supply": dispense(schedule), "previous": before, "printed_on": PRINTED, "sheet": sheet}
    return render(schedule, checked(name), to, **given)  # type: ignore[arg-type]


@lru_cache
def page_of(name: str, sheet: Sheet) -> Any:
    schedule, before = made(name)
    return renderers.page_of(
        PrintRequest(schedule, checked(name), printed_on=PRINTED, supply=dispense(schedule), previous=before), sheet
    )


def squeezed(text: str) -> str:
    return "".join(text.replace("\N{NO-BREAK SPACE}", "").replace("\u200b", "").split())


# ---- sentences, tables, acknowledgments ----------------------------------------------------------

NOT_WORDS = frozenset(
    {"key", "kind", "product", "part", "tone", "paper", "language", "direction", "page", "layout", "label_direction"}
) | {"label_language", "url", "edition", "locator", "status", "title_of", "severity", "mark"}
"""Fields that choose how something looks."""
ELSEWHERE = {"name", "weekday_names", "list_columns", "summary", "medicine", "unreviewed", "foot", "change", "columns"}
"""Fields that one layout or format prints and another does not, or the terminal alone."""
SIGNS = {"colon", "semicolon"}
"""What stands between two texts."""


def said(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a sheet with the place in it."""
    if isinstance(value, str) and value:
        yield path, value
    elif isinstance(value, tuple):
        for part in value:
            yield from said(part, path)
    elif is_dataclass(value):
        for field in fields(value):
            inner = f"{path}.{field.name}"
            # what is taken is read back by what it means, below
            if field.name not in NOT_WORDS and not inner.endswith((".doses", ".lead.sources", ".points.sources")):
                yield from said(getattr(value, field.name), inner)


DRAWN = (".charts", ".chart_", ".products", ".calendar_", ".keys.text", ".marks.text", ".days.none", ".products_notes")
"""What a text, which has no drawings and no grid, says otherwise or not at all."""


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_of_a_sheet_stands_on_its_paper(name: str, to: Format, sheet: Sheet) -> None:
    """As often as the sheet says it: each cell of each table, each finding and acknowledgment, each warning."""
    text = squeezed(readback.whole_text(printed(name, sheet, to), to))
    if sheet == "record" and to == "text":
        return  # the paragraph alone, which other tests read
    by_place: dict[str, Counter[str]] = {}
    for path, written in said(page_of(name, sheet)):
        if path.rsplit(".", 1)[-1] in SIGNS:
            continue
        if path.rsplit(".", 1)[-1] in ELSEWHERE and ".tables" not in path and ".table." not in path:
            continue
        if path.startswith(".by_week.blocks.weeks") and path.endswith("marks.text"):
            continue  # a sign beside the number of the day
        if to == "text" and any(part in path for part in DRAWN) and sheet != "clinician":
            continue
        if sheet == "clinician" and (path.endswith("chart.note") or (to == "text" and "_ticks" in path)):
            continue
        if path.endswith(("few_ticks.label", "charts.title", "chart.title", "short_title")):
            continue  # where there are several charts, or labels too long for a box
        by_place.setdefault(path, Counter())[squeezed(written)] += 1
    missing = [
        (path, written, number, text.count(written))
        for path, texts in by_place.items()
        for written, number in texts.items()
        if text.count(written) < number
    ]
    assert not missing


@pytest.mark.parametrize("name", NAMES)
def test_the_handout_warns_behind_its_sheet_too(name: str) -> None:
    """The sheet may hang on the fridge: on the pages behind it, before the calendar, stand both sentences again."""
    page, tree = page_of(name, "patient"), tagged(printed(name, "patient", "pdf"))
    text = squeezed(tree.text)
    behind = text[text.index(squeezed(page.chart_title)) : text.index(squeezed(page.calendar_note))]
    assert squeezed(page.never) in behind
    assert squeezed(page.stay) in behind


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_each_number_to_call_stands_behind_its_label(name: str, to: Format) -> None:
    """A number may be said elsewhere too; who is in need looks for it here."""
    page, text = page_of(name, "patient"), squeezed(readback.whole_text(printed(name, "patient", to), to))
    colon = page.frame.colon if to == "text" else ""
    known = [contact for contact in page.contacts if contact.text]
    assert [one.label for one in known if squeezed(f"{one.label}{colon}{one.text}") not in text] == []
    assert len(known) > 1


def test_what_must_not_be_lost_is_among_the_sentences() -> None:
    """The test above would be empty without them."""
    for name, sheet, wanted in (
        ("tablets", "clinician", "findings.acknowledged"),
        ("tablets", "clinician", ".not_evaluated"),
        ("tablets", "patient", ".never"),
        ("stays", "patient", ".stay"),
        ("revised", "card", ".revised"),
        ("tablets", "card", ".next"),
        ("tablets", "pharmacy", ".total.rows"),
        ("revised", "clinician", ".tables.rows"),
    ):
        assert any(path.endswith(wanted) for path, _ in said(page_of(name, sheet))), wanted


# ---- pieces and volumes --------------------------------------------------------------------------


def ahead(name: str) -> dict[date, Taken]:
    schedule, _ = made(name)
    begin = opening(schedule)
    return {day: taken for day, taken in readback.planned(schedule).items() if day >= begin}


@pytest.mark.parametrize("to", ["pdf", "html"])
@pytest.mark.parametrize("name", NAMES)
def test_each_day_of_the_month_says_its_pieces_and_its_volumes(name: str, to: Format) -> None:
    """Tablets by the words of the drawing, liquids by the mL beside the mg, on the day for which they are planned."""
    read = readback.days_of_pdf if to == "pdf" else readback.days_of_html
    found = read(printed(name, "patient", to))
    for day, taken in ahead(name).items():
        assert taken.volumes <= readback.volumes_in(found[day].text), day
        drawn = pieces_in(". ".join(found[day].alts))
        assert drawn <= taken.pieces <= drawn | pieces_in(found[day].text), day


@pytest.mark.parametrize("to", ["pdf", "html"])
@pytest.mark.parametrize("name", NAMES)
def test_each_row_of_the_steps_says_its_pieces_and_its_volumes(name: str, to: Format) -> None:
    """In words, beside the name of the step."""
    schedule, _ = made(name)
    content = printed(name, "patient", to)
    rows = readback.step_rows_of_pdf(content) if to == "pdf" else readback.step_rows_of_html(content)
    page, days = page_of(name, "patient"), ahead(name)
    lefts = [step for step in shown_steps(schedule.steps) if step.end >= opening(schedule)]
    labels = [row.label for row in page.steps if row.kind != "stop"]
    for label, step in zip(labels, lefts, strict=True):
        for day in {step.start, step.end, step.start + timedelta(days=min(4, step.days - 1))} & set(days):
            assert days[day].within(rows[label]), (label, day)


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("sheet", ["card", "plan", "clinician"])
@pytest.mark.parametrize("name", NAMES)
def test_the_card_and_the_sheets_of_the_whole_plan_say_all_pieces_and_volumes(
    name: str, sheet: Sheet, to: Format
) -> None:
    """In words: the card those of its day, the others those of every step."""
    text = readback.whole_text(printed(name, sheet, to), to)
    if to != "text":  # words, not what stands for a drawing
        text = re.sub(r"[^.:;,]*milligrams?", "", text)
    days = ahead(name)
    whole = readback.planned(made(name)[0]) if sheet == "clinician" else days
    for day, taken in {min(days): days[min(days)]}.items() if sheet == "card" else whole.items():
        assert set(taken.pieces) <= set(pieces_in(text)), day
        assert set(taken.volumes) <= set(readback.volumes_in(text)), day


# ---- drawings ------------------------------------------------------------------------------------

_SHARES: dict[Part, Fraction] = {
    "whole": Fraction(1),
    "three-quarters": Fraction(3, 4),
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
}
_PATH = re.compile(r'<path fill="(#[0-9a-f]+|none)" stroke="(#[0-9a-f]+)"([^>]*) d="([^"]*)"/>')
_COUNT = "#1c2733"  # the ink of "6 ×"; those of products are others


def numbers(path: str) -> list[float]:
    """The numbers of a path."""
    return [float(number) for number in re.findall(r"-?[0-9]*\.?[0-9]+", path)]


def commands(path: str) -> str:
    """The letters of a path, which stay when it is moved or made larger."""
    return re.sub(r"[^A-Za-z]", "", path)


def figures(path: str, width: float) -> str:
    """Read "12×" out of the strokes that draw it, as wide as 1.4 parts of 10 of their height."""
    scale, rest, read = width / 1.4, path, ""
    while rest:
        for sign, figure in pictogram._DIGITS.items():
            own = numbers(figure)
            start, end = numbers(rest)[:2], re.match(rf"(?:[A-Za-z][^A-Za-z]*){{{len(commands(figure))}}}", rest)
            if end is None or commands(end[0]) != commands(figure) or len(numbers(end[0])) != len(own):
                continue
            right, down = start[0] - own[0] * scale, start[1] - own[1] * scale
            placed = numbers(pictogram._placed(figure, Fraction(right), Fraction(down), Fraction(scale)))
            if all(abs(one - other) < 0.1 for one, other in zip(placed, numbers(end[0]), strict=True)):
                rest, read = rest[end.end() :], read + sign
                break
        else:
            raise AssertionError(rest)
    return read


def area(outline: str) -> float:
    """How much an outline of lines and circular arcs holds."""
    x = y = total = 0.0
    places = list[tuple[float, float]]()
    for command, text in re.findall(r"([MHVLA])([-0-9. ]*)", outline):
        values = numbers(text)
        across = x if command == "V" else values[-2] if command in "MLA" else values[0]
        to = (across, y if command == "H" else values[-1])
        if command == "A":
            radius, large, sweep = values[0], values[3], values[4]
            angle = 2 * math.asin(min(1, math.dist((x, y), to) / 2 / radius))
            angle = 2 * math.pi - angle if large else angle
            total += (1 if sweep else -1) * radius**2 * (angle - math.sin(angle)) / 2
        x, y = to
        places.append(to)
    return abs(total + sum(a * d - c * b for (a, b), (c, d) in pairwise([*places, places[0]])) / 2)


def filled(outline: str, cut: str) -> Fraction:
    """Which part of a tablet a drawing fills."""
    share = area(cut) / area(outline)
    part = min(_SHARES.values(), key=lambda part: abs(part - share))
    assert abs(part - share) < 0.08, share
    return part


def drawn(markup: str) -> Fraction:
    """Add up the pieces of a row of drawings: "6 ×" before one, and how much of each is filled."""
    total, times, dashed = Fraction(0), 1, ""
    for fill, ink, how, path in _PATH.findall(markup):
        if ink == _COUNT:
            times = int(figures(path, numbers(how)[0]).removesuffix("×"))
        elif "dasharray" in how:
            dashed = path
        elif fill.startswith("#") and fill != "#fff":
            parts = [filled(dashed, path)] if dashed else [Fraction(1)] * path.count("Z")
            total += times * parts[0] + sum(parts[1:])
            times, dashed = 1, ""
    return total


def counted(dose: Dose) -> Fraction:
    """How many pieces the words for a drawing say, of all strengths together."""
    return sum((number * times for (number, _), times in pieces_in(dose.alt).items()), Fraction(0))


@pytest.mark.parametrize("name", ["tablets", "weekly", "stays", "revised"])
def test_drawings_show_as_many_pieces_as_their_words_say(name: str) -> None:
    """Those in the PDF, and the symbols that the HTML uses for the same words."""
    page = page_of(name, "patient")
    doses = {dose.pictograms: dose for row in page.steps for day in row.regimens for dose in day.doses}
    products = {product.key: product for product in page.products}
    _, files = pdf._content(page)
    strips = {key: content.decode() for key, content in files.items() if key.startswith("strip")}
    for row, dose in doses.items():
        svg = pictogram.strip(row, products)
        assert drawn(svg) == counted(dose) > 0
        assert svg in strips.values()
    html = printed(name, "patient", "html").decode()
    symbols = dict(re.findall(r'<symbol id="(strip[0-9]+)"[^>]*>(.*?)</symbol>', html, re.S))
    whole = dict(re.findall(r'<symbol id="(p[0-9]+[^"]*)"[^>]*>(.*?)</symbol>', html, re.S))
    used = set(re.findall(r'aria-label="([^"]*)"[^>]*><use href="#(strip[0-9]+)"', html))
    assert len(used) >= len(doses)
    for alt, symbol in used:
        total = sum((number * times for (number, _), times in pieces_in(alt).items()), Fraction(0))
        assert drawn(re.sub(r'<use href="#([^"]*)"[^>]*/>', lambda use: whole[use[1]], symbols[symbol])) == total > 0


def test_many_pieces_and_parts_are_among_the_drawings() -> None:
    """The test above would be weaker without them."""
    everything = {p for name in NAMES for row in page_of(name, "patient").steps for d in row.regimens for p in d.doses}
    pictograms = [drawing for dose in everything for drawing in dose.pictograms]
    assert max(drawing.times for drawing in pictograms) > 3
    assert {drawing.part for drawing in pictograms} >= {"whole", "half", "quarter"}


@pytest.mark.parametrize(("part", "share"), list(_SHARES.items())[1:])
def test_a_part_of_a_tablet_shows_that_part_of_it(part: Part, share: Fraction) -> None:
    """Of every outline, and nothing is drawn outside of the whole one."""
    for index, outline in enumerate(pictogram._OUTLINES):
        svg = pictogram.shape(ProductKey(key="x", index=index, kind="solid", name="x", mark="2", note=""), part)
        assert f'd="{outline}"' in svg
        assert drawn(svg) == share


# ---- charts --------------------------------------------------------------------------------------


def heights(svg: str) -> dict[str, Fraction]:
    """Where each dose of the axis stands, by its label."""
    found = re.findall(r'<path d="M[0-9.]+ ([0-9.]+)H[0-9.]+"[^>]*/><text [^>]*>([^<]*)</text>', svg)
    return {label.replace("\N{NO-BREAK SPACE}", " "): Fraction(y) for y, label in found}


@pytest.mark.parametrize("name", NAMES)
def test_the_line_of_the_chart_stands_at_each_days_dose(name: str) -> None:
    """Read by the labels of its axis: flat over each step, at its dose, or at its average in a weekly pattern."""
    schedule, _ = made(name)
    begin = opening(schedule)
    page = build_handout(PrintRequest(schedule, printed_on=PRINTED))
    (figure,) = page.charts
    size = svg_chart.WIDE
    for drawing in (svg_chart.draw(figure), svg_chart.draw(figure, for_pdf=True)):
        axis = heights(drawing)
        zero, (label, top) = axis["0 mg"], min(axis.items(), key=lambda pair: pair[1])
        assert (zero, top) == (size.height - size.days, size.edge)
        unit = (zero - top) / Fraction(label.removesuffix(" mg"))
        (line,) = re.findall(r'<path d="(M[^"]*)" fill="none" stroke="[^"]*" stroke-width="2.5"', drawing)
        points = [(Fraction(x), Fraction(y)) for x, y in re.findall(r"[ML]([0-9.]+) ([0-9.]+)", line)]
        last = schedule.stopped_on or schedule.steps[-1].end + timedelta(days=1)
        day_wide = (points[-1][0] - points[0][0]) / (last - begin).days
        for step in shown_steps(schedule.steps):
            for offset in range(step.days):
                at = points[0][0] + ((step.start - begin).days + offset + Fraction(1, 2)) * day_wide
                if at < points[0][0]:
                    continue
                begins, ends = next(pair for pair in pairwise(points) if pair[0][0] <= at <= pair[1][0])
                y = begins[1]
                assert y == ends[1], "a step that is not flat"
                mean = sum((dose.value for dose in step.averages.values()), Fraction(0))
                assert abs((zero - y) / unit - mean) <= Fraction(1, 50) / unit


# ---- colors --------------------------------------------------------------------------------------


def rgb(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color.removeprefix("#")))


def test_the_day_of_a_new_dose_and_the_day_of_the_stop_have_their_own_colors() -> None:
    """Amber for what is new, red for the stop, in PDF and HTML alike."""
    schedule, _ = made("tablets")
    new, stop = [step.start for step in schedule.steps[1:]], schedule.stopped_on
    assert stop is not None
    days, cells = (
        readback.days_of_pdf(printed("tablets", "patient", "pdf")),
        readback.days_of_html(printed("tablets", "patient", "html")),
    )
    assert {days[day].background for day in new} == {rgb(COLORS["amber"])}
    assert days[stop].background == rgb(COLORS["red-pale"])
    assert {cells[day].kind for day in new} == {"new"}
    assert cells[stop].kind == "stop"
    style = lxml.html.fromstring(printed("tablets", "patient", "html").decode()).xpath("//style")[0].text
    for kind, color in (("new", "amber"), ("stop", "red-pale")):
        assert re.search(rf"\.month \.{kind}[^{{}}]*\{{background:var\(--{color}\)", style), kind
