"""The paper: what is printed is what was planned, on every day, in every format."""

from __future__ import annotations

import io
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import lxml.etree
import lxml.html
import pikepdf
import pypdf
import pytest
from hypothesis import given, settings

from taper.errors import MissingExtraError, TaperError
from taper.finding import Finding, Report, Severity
from taper.order.order import parse_order
from taper.paper.parts import Part, Pictogram, ProductKey
from taper.paper.renderers import FORMATS, pdf, pictogram, render, svg_chart as chart
from taper.paper.renderers.months import on_pages
from taper.paper.request import PrintRequest
from taper.paper.sheets.patient import build_handout
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.quantity import Mg
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule, Step
from tests.oracles import papers
from tests.oracles.pdf import pdf_texts
from tests.strategies import printed_schedules, weekly_schedules
from tests.support.proofs import proof

PRINTED = date(2026, 1, 2)
SHEETS = ("patient", "clinician")


def words_of(content: bytes, kind: str) -> str:
    """All words of a file, with plain spaces."""
    if kind == "pdf":
        text = " ".join(pdf_texts(content))
    else:
        text = content.decode()
        if kind == "html":
            text = lxml.html.fromstring(text).text_content()
    return " ".join(text.split())


def with_handout(golden: dict[str, Any], **lines: str) -> Schedule:
    """A short plan with lines of its own on the paper."""
    return plan(parse_order(golden | {"current": {"bedtime": "3 mg"}, "handout": lines}))


@pytest.mark.parametrize("kind", FORMATS)
@proof(24)
@given(schedule=printed_schedules() | weekly_schedules())
def test_every_days_doses_can_be_read_back_from_the_paper(schedule: Schedule, kind: str) -> None:
    """Another reader finds the schedule's doses on the schedule's days, and no others."""
    found = papers.READERS[kind](render(schedule, to=kind, printed_on=PRINTED))  # type: ignore[arg-type]
    wanted = papers.planned(schedule)
    assert {day: doses for day, doses in found.items() if doses} == {
        day: doses for day, doses in wanted.items() if doses
    }
    stop = {schedule.stopped_on} - {None}
    assert set(found) == set(wanted) | stop


@pytest.mark.parametrize("kind", FORMATS)
def test_two_drugs_can_be_read_back_each_by_name(kind: str) -> None:
    """In a crossover each dose carries its drug, also where the line breaks."""
    intakes = (
        Intake("morning", "lorazepam", Mg("0.5")),
        Intake("morning", "diazepam", Mg("7.5")),
        Intake("bedtime", "chlordiazepoxide", Mg("12.5")),
    )
    schedule = Schedule((Step(0, PRINTED, PRINTED + timedelta(days=40), intakes),), origin="csv")
    found = papers.READERS[kind](render(schedule, to=kind, printed_on=PRINTED))  # type: ignore[arg-type]
    assert found == papers.planned(schedule)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_fullest_day_stays_on_its_months_page(paper: str) -> None:
    """Four times a day with three products each: a month on two pages rather than small, each day whole on one."""
    data = {
        "drug": "diazepam",
        "country": "GB",
        "start": "2026-08-01",
        "review_every": "1 week",
        "current": dict.fromkeys(("morning", "noon", "evening", "bedtime"), "18 mg"),
        "product": [{"name": f"diazepam tablet {n} mg", "split": "halves"} for n in (10, 5, 2)],
        "phase": [{"reduce": "10% of start", "every": "1 week", "until": "0 mg"}],
        "handout": {"paper": paper},
    }
    schedule = plan(parse_order(data))
    content = render(schedule, printed_on=PRINTED)
    assert papers.from_pdf(content) == papers.planned(schedule) | {schedule.stopped_on: ()}
    first = pdf_texts(content)
    months = [text for text in first if "Tick each box" in text]
    least = len(on_pages(build_handout(PrintRequest(schedule, printed_on=PRINTED)).months))
    assert least <= len(months) <= 2 * least
    landscape = [
        page for page in pypdf.PdfReader(io.BytesIO(content)).pages if page.mediabox.width > page.mediabox.height
    ]
    assert len(landscape) == len(months)


def test_twelve_months_twice_a_day_fit_on_twenty_pages(golden: dict[str, Any]) -> None:
    """The sheet, thirteen months of calendar, the steps, and what to do."""
    golden |= {"current": {"morning": "20 mg", "bedtime": "20 mg"}, "country": "GB"}
    golden["phase"] = [
        {"doses": [f"{40 - n} mg" for n in range(1, 26)], "every": "2 weeks"},
    ]
    schedule = plan(parse_order(golden))
    assert (schedule.steps[-1].end - schedule.steps[0].start).days > 360
    content = render(schedule, printed_on=PRINTED)
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) <= 20


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_plan_gives_the_same_bytes(golden: dict[str, Any], kind: str, sheet: str) -> None:
    """Twice in this process, and in another one elsewhere in the world."""
    schedule = plan(parse_order(golden))
    once = render(schedule, Report(), kind, printed_on=PRINTED, sheet=sheet)  # type: ignore[arg-type]
    assert render(schedule, Report(), kind, printed_on=PRINTED, sheet=sheet) == once  # type: ignore[arg-type]
    script = (
        "import sys; from datetime import date\n"
        "from taper.finding import Report; from taper.order.order import parse_order\n"
        "from taper.planner.planning import plan; from taper.paper.renderers import render\n"
        f"schedule = plan(parse_order({golden!r}))\n"
        f"page = render(schedule, Report(), {kind!r}, printed_on=date(2026, 1, 2), sheet={sheet!r})\n"
        "sys.stdout.buffer.write(page)"
    )
    elsewhere = os.environ | {
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "7",
        "LC_ALL": "C",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    other = subprocess.run([sys.executable, "-c", script], env=elsewhere, capture_output=True, check=True)
    assert other.stdout == once


@pytest.mark.parametrize("kind", FORMATS)
def test_a_finding_stands_on_the_clinicians_sheet_and_never_on_the_patients(golden: dict[str, Any], kind: str) -> None:
    """A warning for the clinician never hides, and never reaches the patient."""
    schedule = plan(parse_order(golden))
    finding = Finding("T999", Severity.ALERT, "unmistakable words of a finding", on=PRINTED, advice="stay put a while")
    report = Report((finding,))
    for sheet, stands in (("patient", False), ("clinician", True)):
        words = words_of(render(schedule, report, kind, printed_on=PRINTED, sheet=sheet), kind)  # type: ignore[arg-type]
        for said in (finding.code, finding.message, finding.advice):
            assert (said in words) is stands


HOSTILE = [
    '#read("/etc/passwd") *bold* _x_ $1+1$ @cite <label> // end',
    "= Heading ] [ #set page(width: 1cm) `raw` \\u{41}",
    "</style><script>alert(1)</script>&amp;<img src=x onerror=y>",
    "{{ 7 * 7 }} {% raw %} {page} {name}",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_name_is_printed_as_it_is_written(golden: dict[str, Any], kind: str, text: str) -> None:
    """Markup of typst, HTML, Jinja or Python in a name is text."""
    schedule = with_handout(golden, prescriber=text, patient=text)
    content = render(schedule, to=kind, printed_on=PRINTED)  # type: ignore[arg-type]
    squeezed = "".join(words_of(content, kind).split())
    assert f"Prescriber:{''.join(text.split())}" in squeezed
    if kind == "html":
        assert not lxml.html.fromstring(content.decode()).xpath("//script | //img")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_drugs_name_from_a_foreign_table_is_text_too(kind: str, sheet: str) -> None:
    """It stands in headings, in the foot of the page and in the styles."""
    name = 'x"}</style><b>{0}#[1/0]'
    step = Step(0, PRINTED, PRINTED, (Intake("noon", name, Mg(1)),))
    content = render(Schedule((step,), origin="csv"), Report(), kind, printed_on=PRINTED, sheet=sheet)  # type: ignore[arg-type]
    assert name in words_of(content, kind)
    if kind == "html":
        assert not lxml.html.fromstring(content.decode()).xpath("//style//b | //h1//b")


def test_a_letter_that_no_font_can_show_is_a_clear_error(golden: dict[str, Any]) -> None:
    """A handout with a hole in a name is refused, with what to do instead."""
    with pytest.raises(TaperError, match="cannot show") as refused:
        render(with_handout(golden, patient="王小明"), printed_on=PRINTED)
    assert "王" in str(refused.value)
    assert "HTML" in str(refused.value)


@pytest.mark.parametrize(("module", "kind", "extra"), [("typst", "pdf", "pdf"), ("jinja2", "html", "html")])
def test_a_missing_package_is_named_with_its_extra(
    golden: dict[str, Any], monkeypatch: pytest.MonkeyPatch, module: str, kind: str, extra: str
) -> None:
    """The error says what to install."""
    from taper.paper.renderers import html

    html.environment.cache_clear()
    pdf._fonts.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"\[{extra}\]"):
        render(plan(parse_order(golden)), to=kind, printed_on=PRINTED)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{"to": "docx"}, {"sheet": "nurse"}, {"paper": "a5"}, {"language": "xx"}])
def test_what_cannot_be_printed_is_refused(golden: dict[str, Any], wrong: dict[str, Any]) -> None:
    """The error names what there is."""
    with pytest.raises(TaperError, match=r"known|did you mean"):
        render(plan(parse_order(golden)), printed_on=PRINTED, **wrong)


def elements(node: Any) -> Iterator[Any]:
    """Every element of a PDF's structure tree."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_pdf_is_tagged_for_those_who_cannot_see_it(golden: dict[str, Any], sheet: str) -> None:
    """Language, title, headings in order, header cells with scope, words for every figure."""
    schedule = plan(parse_order(golden))
    with pikepdf.open(io.BytesIO(render(schedule, Report(), printed_on=PRINTED, sheet=sheet))) as document:  # type: ignore[arg-type]
        root = document.Root
        assert str(root.Lang) == "en-US"
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert "diazepam" in str(document.docinfo.Title)
        found = list(elements(root.StructTreeRoot.K))
        kinds = [str(one.S)[1:] for one in found]
        figures = [one for one in found if one.S == "/Figure"]
        assert all(str(one.Alt).strip() for one in figures)
        levels = [int(kind[1]) for kind in kinds if re.fullmatch("H[1-6]", kind)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        assert kinds.count("TH") > 0
        if sheet == "patient":
            handout = build_handout(PrintRequest(schedule, printed_on=PRINTED))
            spoken = {str(one.Alt) for one in figures}
            assert {d.alt for day in handout.days if day.doses for d in day.doses.doses} <= spoken


def test_the_pdf_has_no_time_of_its_making(golden: dict[str, Any]) -> None:
    """The day of printing is an argument; a clock would change the bytes."""
    content = render(plan(parse_order(golden)), printed_on=date(1999, 12, 31))
    assert b"printed December 31, 1999" not in content  # text is compressed
    assert "printed December 31, 1999" in words_of(content, "pdf")
    assert str(date.today().year) not in str(pypdf.PdfReader(io.BytesIO(content)).metadata)  # noqa: DTZ011


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_html_needs_no_other_file_and_no_script(golden: dict[str, Any], sheet: str) -> None:
    """Self-contained, with landmarks and header cells, and words or silence for every drawing."""
    content = render(plan(parse_order(golden)), Report(), "html", printed_on=PRINTED, sheet=sheet)  # type: ignore[arg-type]
    page = lxml.html.fromstring(content.decode())
    assert page.get("lang") == "en-US"
    assert page.xpath("count(//main)") == page.xpath("count(//h1)") == 1
    assert not page.xpath("//script | //link | //img | //iframe | //object")
    assert "url(" not in content.decode().replace("url(#cut-", "")
    assert "@import" not in content.decode()
    assert all(address.startswith("#") for address in page.xpath("//@href | //@src"))
    assert all(cell.get("scope") in ("col", "row") for cell in page.xpath("//th"))
    for drawing in page.xpath("//svg"):
        assert drawing.get("aria-hidden") == "true" or drawing.get("aria-label")
    shown = {use.get("href")[1:] for use in page.xpath("//use")}
    assert shown <= {one.get("id") for one in page.xpath("//symbol")}


def test_letter_and_a4_are_what_they_say(golden: dict[str, Any]) -> None:
    """The paper asked for, else the order's, else that of the country."""
    wide = {"a4": 595, "letter": 612}
    schedule = plan(parse_order(golden))
    assert schedule.order is not None
    for paper, width in wide.items():
        first = pypdf.PdfReader(io.BytesIO(render(schedule, printed_on=PRINTED, paper=paper))).pages[0]  # type: ignore[arg-type]
        assert round(first.mediabox.width) == width
    assert build_handout(PrintRequest(schedule, printed_on=PRINTED)).frame.paper == "letter"
    british = plan(parse_order(golden | {"country": "GB"}))
    assert build_handout(PrintRequest(british, printed_on=PRINTED)).frame.paper == "a4"
    assert build_handout(PrintRequest(with_handout(golden, paper="a4"), printed_on=PRINTED)).frame.paper == "a4"


def test_each_product_and_each_part_is_drawn_differently() -> None:
    """Twelve products and four parts: no two drawings alike, even without color or number."""
    parts: tuple[Part, ...] = ("whole", "half", "quarter", "three-quarters")
    drawn = {
        re.sub(r"#[0-9a-f]{6}", "", pictogram.shape(ProductKey(f"p{n}", n, "solid", "5", "", ""), part))
        for n in range(12)
        for part in parts
    }
    assert len(drawn) == 48


@settings(max_examples=20)
@given(schedule=printed_schedules())
def test_drawings_are_sound_svg(schedule: Schedule) -> None:
    """Each strip and chart parses, and says what it shows."""
    handout = build_handout(PrintRequest(schedule, printed_on=PRINTED))
    products = {product.key: product for product in handout.products}
    for row in handout.steps:
        for dose in row.doses.doses if row.doses else ():
            svg = lxml.etree.fromstring(pictogram.strip(dose.pictograms, products).encode())
            assert svg.get("width") == str(pictogram.width(dose.pictograms))
    for one in handout.charts:
        drawing = lxml.etree.fromstring(chart.draw(one).encode())
        assert drawing.get("aria-label") == one.alt


def test_the_chart_goes_down_where_the_dose_does(golden: dict[str, Any]) -> None:
    """Each step of the line lies where its dose and its days are."""
    schedule = plan(parse_order(golden))
    steps = build_handout(PrintRequest(schedule, printed_on=PRINTED)).charts[0].steps
    assert schedule.stopped_on is not None
    days = (schedule.stopped_on - schedule.steps[0].start).days
    assert [end - start for start, end, _ in steps] == [step.days * (steps[-1][1] / days) for step in schedule.steps]
    heights = [height for _, _, height in steps]
    assert heights == [step.total / schedule.steps[0].total * heights[0] for step in schedule.steps]
    drawing = chart.draw(build_handout(PrintRequest(schedule, printed_on=PRINTED)).charts[0])
    line = re.findall(r'<path d="M([^"Z]*)" fill="none"', drawing)
    ups = [point.split(" ")[1] for point in line[0].split("L")]
    assert [float(y) for y in ups] == sorted(float(y) for y in ups)


def test_many_pieces_are_drawn_once_with_a_number() -> None:
    """Eight tablets do not make a row of eight drawings."""
    product = ProductKey("p0", 0, "solid", "2", "", "")
    many = (Pictogram("p0", times=8),)
    assert pictogram.strip(many, {"p0": product}).count("#a9cdef") == 1
    assert pictogram.width(many) < pictogram.width((Pictogram("p0"),) * 4)


def test_a_long_plan_keeps_its_steps_whole(golden: dict[str, Any]) -> None:
    """A step's doses stand together on one page of the table."""
    schedule = plan(parse_order(golden))
    pages = pdf_texts(render(schedule, printed_on=PRINTED))
    head = "Step Dates Total a day What to take\n"
    table = [text for text in pages if head in text]
    assert len(table) > 1
    for text in table[1:]:
        body = text.split(head, 1)[1].lstrip()
        assert re.match(
            r"(Start|Stop|[0-9]+) (from )?(?:[0-9]+ [A-Z]|[A-Z][a-z]+ [0-9]+,)", body.replace("\N{NO-BREAK SPACE}", " ")
        )


def test_the_report_of_a_revision_shows_in_the_foot(golden: dict[str, Any]) -> None:
    """An old sheet can be told from a new one."""
    schedule = revise(plan(parse_order(golden)), on="2026-01-06", hold="1 week")
    for kind in FORMATS:
        words = words_of(render(schedule, to=kind, printed_on=PRINTED), kind)
        assert f"plan {schedule.plan_id[:8]}" in words
        assert "revision 1" in words
