"""The further papers and the variants: other layouts and other readers, the same doses on the same days."""

from __future__ import annotations

import io
import itertools
import json
import re
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import lxml.html
import pypdf
import pytest
from hypothesis import given, settings, strategies as st

from taper.checker.checking import check
from taper.errors import OrderError, ScheduleError, TaperError
from taper.exchange.plan_document import read_document, write_document
from taper.finding import Report
from taper.order.order import parse_order
from taper.paper import words
from taper.paper.renderers import FORMATS, SHEETS, Format, Sheet, render
from taper.paper.renderers.palette import COLORS, without_color
from taper.paper.request import PrintRequest
from taper.paper.sheets.clinician import build_clinician_sheet
from taper.paper.sheets.patient import build_handout
from taper.paper.sheets.pharmacy import build_pharmacy_order
from taper.paper.variant import Variant, parse_variant
from taper.planner.planning import plan
from taper.quantity import Mg
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule, Step
from taper.schedule.supply import SupplyLine, dispense
from tests.oracles import papers
from tests.oracles.layout import ink, word_boxes
from tests.oracles.pdf import pdf_pages, pdf_texts
from tests.oracles.writing import grade, strings
from tests.strategies import foreign_schedules, printed_schedules, weekly_schedules
from tests.support.orders import GOLDEN
from tests.support.proofs import proof, some

PRINTED = date(2026, 1, 2)
VARIANTS = (
    "letter",
    "a4",
    "large, list",
    "gray",
    "dateless",
    "week",
    "list",
    "dateless, week",
    "dateless, large, list, gray",
)


def golden_plan(**more: Any) -> Schedule:
    return plan(parse_order(deepcopy(GOLDEN) | more))


def doses_of(content: bytes, kind: Format, schedule: Schedule) -> dict[date, papers.Doses]:
    found = papers.READERS[kind](content, schedule.steps[0].start)
    return {day: doses for day, doses in found.items() if doses}


def doses_of_plan(schedule: Schedule) -> dict[date, papers.Doses]:
    return {day: doses for day, doses in papers.planned(schedule).items() if doses}


# ---- variants ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("variant", VARIANTS)
@proof(4)
@given(schedule=printed_schedules(most_steps=3) | weekly_schedules(most_steps=3))
def test_every_variant_has_every_days_doses(schedule: Schedule, variant: str, kind: Format) -> None:
    """As grid, list, weeks or without dates: read back, the doses are those of the schedule."""
    content = render(schedule, to=kind, printed_on=PRINTED, variant=variant)
    assert doses_of(content, kind, schedule) == doses_of_plan(schedule)


def test_a_day_that_heads_a_list_of_its_own_is_read_once() -> None:
    """Four weeks without dates: the stop on day 29 stands alone under the heading "Day 29"."""
    first = date(2026, 1, 11)
    step = Step(0, first, first + timedelta(days=27), (Intake("noon", "diazepam", Mg(5)),))
    schedule = Schedule((step,), first + timedelta(days=28), origin="csv")
    content = render(schedule, printed_on=PRINTED, variant="dateless, large, list")
    assert doses_of(content, "pdf", schedule) == doses_of_plan(schedule)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("layout", ["month", "week", "list"])
def test_the_next_weeks_are_these_weeks_and_no_others(kind: Format, layout: str) -> None:
    """From the day asked for, so many weeks; the paper says that it is a part."""
    schedule = golden_plan()
    variant = replace(parse_variant(f"{layout}, next 2 weeks"), on=date(2026, 2, 11))
    content = render(schedule, to=kind, printed_on=PRINTED, variant=variant)
    first, last = date(2026, 2, 11), date(2026, 2, 24)
    wanted = {day: doses for day, doses in doses_of_plan(schedule).items() if first <= day <= last}
    assert doses_of(content, kind, schedule) == wanted
    assert "only" in build_handout(PrintRequest(schedule, printed_on=PRINTED, variant=variant)).only
    with pytest.raises(TaperError, match="no day of it is left"):
        build_handout(PrintRequest(schedule, printed_on=date(2030, 1, 1), variant=Variant(weeks=1)))


def test_a_paper_without_dates_has_none_but_that_of_printing() -> None:
    """No month and no weekday in it, however the start moves."""
    found = []
    for start in ("2026-01-05", "2027-05-19"):
        variant = Variant(dateless=True)
        handout = build_handout(PrintRequest(golden_plan(start=start), printed_on=PRINTED, variant=variant))
        found.append(list(strings(replace(handout, frame=replace(handout.frame, foot=())))))
    assert found[0] == found[1]
    dates = re.compile(rf"\b({'|'.join(papers.MONTHS)}|Monday|20[0-9][0-9])\b")
    assert not [text for text in found[0] if dates.search(text)]


@pytest.mark.parametrize("variant", ["list", "week", "large", "dateless, week", ""])
def test_every_cell_of_a_table_has_its_head(variant: str) -> None:
    """In HTML each row has as many cells as the head of its table."""
    content = render(golden_plan(), to="html", printed_on=PRINTED, variant=variant)
    for table in lxml.html.fromstring(content.decode()).xpath("//table"):
        heads = len(table.xpath("./thead/tr/th"))
        first = 1 if table.get("class") == "weeks" else 0  # the words of a step stand beside all of its weeks
        for body in table.xpath("./tbody"):
            found = [len(row.xpath("./td | ./th")) for row in body.xpath("./tr")]
            assert set(found[first:]) <= {heads - first}
            assert found[0] == heads


@pytest.mark.parametrize("country", ["GB", "US"])
def test_each_day_of_a_month_stands_below_its_weekday(golden: dict[str, Any], country: str) -> None:
    """Where the week begins on a Monday, and where it begins on a Sunday."""
    page = build_handout(PrintRequest(plan(parse_order(golden | {"country": country})), printed_on=PRINTED))
    assert page.weekdays[0] == {"GB": "Monday", "US": "Sunday"}[country]
    placed = [
        (day.name, name)
        for month in page.months
        for week in month.weeks
        for name, day in zip(page.weekdays, week, strict=True)
        if day is not None
    ]
    assert len(placed) > 200
    assert [name for name, column in placed if not name.startswith(column)] == []


def test_weeks_outside_the_plan_are_not_printed() -> None:
    """No row of a month is empty."""
    for month in build_handout(PrintRequest(golden_plan(), printed_on=PRINTED)).months:
        assert all(any(week) for week in month.weeks)


def test_large_print_is_large_and_a_list(golden: dict[str, Any]) -> None:
    """At least 16 points for every dose; no grid of seven columns, but for the sheet of weeks."""
    content = render(plan(parse_order(golden)), printed_on=PRINTED, variant="large, list, next 2 weeks")
    sizes: list[float] = []

    def visit(text: str, _cm: Any, tm: Any, _font: Any, size: float) -> None:
        if re.search(r"(Morning|Bedtime) [0-9.]+", text.replace("\N{NO-BREAK SPACE}", " ")):
            sizes.append(size * abs(tm[3]))

    for page in pdf_pages(content):
        page.extract_text(visitor_text=visit)
        assert page.mediabox.height > page.mediabox.width or "Sleep and symptom diary" in page.extract_text()
    assert sizes
    assert min(sizes) >= 16


def test_gray_paper_has_no_color() -> None:
    """Every color of the page is a gray of the same lightness."""
    for kind in ("html", "pdf"):
        content = render(golden_plan(), to=kind, printed_on=PRINTED, variant="gray")  # type: ignore[arg-type]
        if kind == "html":
            colors = re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b", content.decode())
            assert colors
            assert all(red == green == blue for red, green, blue in colors)
    assert without_color(COLORS["blue"]) != without_color(COLORS["pale"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [("lareg", "large"), ("next 0 weeks", "1 to"), ("a5", "a4"), ("weekly", "week"), ("next week", "next N weeks")],
)
def test_an_unknown_variant_names_the_nearest(wrong: str, said: str) -> None:
    """A typing error is refused, with what there is."""
    with pytest.raises(TaperError, match=said):
        parse_variant(wrong)


def test_variants_can_be_combined() -> None:
    """In one text or in several, in any order."""
    assert parse_variant("gray, letter , large") == parse_variant(["large", "letter, gray"])
    assert parse_variant("") == Variant()
    with pytest.raises(TaperError, match="without dates"):
        Variant(dateless=True, on=PRINTED)


# ---- layout --------------------------------------------------------------------------------------


def brimming(paper: str = "a4") -> Schedule:
    """Four times a day, three products, long names."""
    data = {
        "drug": "diazepam",
        "country": "GB",
        "start": "2026-08-01",
        "review_every": "1 week",
        "current": dict.fromkeys(("morning", "noon", "evening", "bedtime"), "18 mg"),
        "product": [{"name": f"diazepam tablet {n} mg", "split": "halves"} for n in (10, 5, 2)],
        "phase": [{"reduce": "10% of start", "every": "1 week", "until": "0 mg"}],
        "handout": {"paper": paper, "patient": "W" * 80, "prescriber": "Dr. " + "m" * 100, "phone": "0" * 40},
        "supply": {"every": "1 week"},
    }
    return plan(parse_order(data))


@pytest.mark.parametrize(
    "variant", ["", "letter", "large", "week, next 3 weeks", "dateless", "gray, list, next 3 weeks"]
)
def test_no_word_of_the_pdf_leaves_the_page_or_covers_another(variant: str, tmp_path: Path) -> None:
    """Measured by position: a dose that runs into another day would cover its words."""
    for width, height, boxes in word_boxes(render(brimming(), printed_on=PRINTED, variant=variant), tmp_path):
        for left, top, right, bottom, word in boxes:
            assert left >= 0, word
            assert top >= 0, word
            assert right <= width, word
            assert bottom <= height, word
        rows = sorted(boxes, key=lambda box: (box[1], box[0]))
        for number, one in enumerate(rows):
            for other in rows[number + 1 : number + 60]:
                wide = min(one[2], other[2]) - max(one[0], other[0])
                (above, under), (top, bottom) = ink(one), ink(other)
                assert wide < 1 or min(under, bottom) - max(above, top) < 1, (one, other)


@pytest.mark.parametrize("variant", some(["", "large, list"]))
def test_three_years_can_be_printed_and_read_back(variant: str) -> None:
    """36 months, no day lost."""
    data = deepcopy(GOLDEN) | {"current": {"morning": "20 mg", "bedtime": "20 mg"}}
    data["phase"] = [{"doses": [f"{40 - n} mg" for n in range(1, 40)], "every": "4 weeks"}]
    schedule = plan(parse_order(data))
    assert (schedule.steps[-1].end - schedule.steps[0].start).days > 36 * 30
    content = render(schedule, printed_on=PRINTED, variant=variant)
    assert doses_of(content, "pdf", schedule) == doses_of_plan(schedule)


# ---- hostile text ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["\x00", "a\x07b", "a\u202eb", "a\nb", "x" * 10_000, "\u2028"])
@pytest.mark.parametrize("field", ["patient", "prescriber", "phone"])
def test_control_characters_and_endless_names_are_refused(golden: dict[str, Any], field: str, text: str) -> None:
    """What cannot be printed as it is written does not get into an order."""
    with pytest.raises(OrderError):
        parse_order(golden | {"handout": {field: f"A{text}B"}})


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", ["x" * 10_000, "a\x00b", '"];#read("page.typ")', "<script>1</script>", "\u202e5 mg"])
def test_a_hostile_drug_of_a_foreign_table_is_text_or_is_refused(kind: Format, name: str) -> None:
    """It may be ugly, but it is never markup, and never a traceback."""
    schedule = Schedule((Step(0, PRINTED, PRINTED, (Intake("noon", name, Mg(1)),)),), origin="csv")
    sheets: tuple[Sheet, ...] = ("patient", "clinician", "card")
    for sheet in sheets:
        try:
            content = render(schedule, Report(), kind, printed_on=PRINTED, sheet=sheet)
        except TaperError:
            continue
        if kind == "html":
            assert not lxml.html.fromstring(content.decode().replace("\x00", "")).xpath("//script")


@settings(max_examples=80)
@given(schedule=foreign_schedules(), variant=st.sampled_from(["", "dateless", "week", "large", "next 2 weeks"]))
def test_any_schedule_gives_each_paper_or_a_reason(schedule: Schedule, variant: str) -> None:
    """A schedule from elsewhere may be wrong in every way: never a traceback."""
    report, said = check(schedule), []
    for sheet in SHEETS:
        try:
            said.append(render(schedule, report, "text", printed_on=PRINTED, sheet=sheet, variant=variant).decode())
        except TaperError as refused:
            said.append(str(refused))
    assert all(len(text) > 20 for text in said)


# ---- the pharmacy --------------------------------------------------------------------------------


def totals(lines: tuple[SupplyLine, ...]) -> dict[str, Fraction]:
    """Pieces or milliliters of each product."""
    return {line.product: amount.value for line in lines if (amount := line.count or line.volume) is not None}


@settings(max_examples=40)
@given(schedule=printed_schedules() | weekly_schedules(), every=st.sampled_from(["1 week", "10 days", "1 month", None]))
def test_the_pharmacy_hands_out_what_the_days_need(schedule: Schedule, every: str | None) -> None:
    """Fill by fill: what is handed out and in hand is what the calendar's days need and what is left."""
    supply = dispense(schedule, every)
    needed: Counter[str] = Counter()
    for number, fill in enumerate(supply.fills):
        days: Counter[str] = Counter()
        for day, step in schedule.days():
            if fill.start <= day <= fill.end:
                for item in (item for intake in step.intakes for item in intake.items):
                    amount = item.count or item.volume
                    assert amount is not None
                    days[item.product] += amount.value  # type: ignore[assignment]
        assert totals(fill.lines) == dict(days)
        for line in fill.lines:
            if line.count is None:
                continue
            assert line.carried is not None
            assert line.left is not None
            assert line.dispense is not None
            assert line.carried.value + line.dispense == line.count.value + line.left.value
            assert 0 <= line.left.value < 1
        needed += days
        assert number == 0 or fill.start == supply.fills[number - 1].end + timedelta(days=1)
    assert totals(supply.lines) == dict(needed)


@given(st.lists(st.sampled_from([Fraction(n, 4) for n in range(1, 13)]), min_size=1, max_size=60))
def test_split_pieces_always_pair_up(doses: list[Fraction]) -> None:
    """With a scissor and the tablets that are handed out, in order, every dose can be cut: no tablet is wasted."""
    tablets, loose = -int(-sum(doses) // 1), []
    for dose in doses:
        for size in (Fraction(1),) * int(dose) + tuple(
            part for part in (Fraction(1, 2), Fraction(1, 4)) if (dose % 1) * 4 // int(part * 4) % 2
        ):
            fitting = sorted(piece for piece in loose if piece >= size)
            if fitting:
                loose.remove(fitting[0])
                piece = fitting[0]
            else:
                assert tablets, "a tablet too few was handed out"
                tablets, piece = tablets - 1, Fraction(1)
            while piece > size:
                piece /= 2
                loose.append(piece)
    assert tablets == 0
    assert sum(loose) < 1


@pytest.mark.parametrize("kind", FORMATS)
def test_the_pharmacy_order_shows_every_fill_and_every_label(golden: dict[str, Any], kind: Format) -> None:
    """Numbers in full, label texts whole."""
    golden |= {"supply": {"every": "4 weeks", "max_days": 28}}
    schedule = plan(parse_order(golden))
    page = build_pharmacy_order(PrintRequest(schedule, supply=dispense(schedule), printed_on=PRINTED))
    content = render(schedule, to=kind, printed_on=PRINTED, sheet="pharmacy")
    if kind == "pdf":
        text = " ".join(pdf_texts(content))
    else:
        text = content.decode() if kind == "text" else lxml.html.fromstring(content.decode()).text_content()
    shown = "".join(text.split())
    assert len(page.fills) == len(dispense(schedule, "4 weeks").fills) > 5
    for fill in page.fills:
        for row in fill.table.rows:
            assert all("".join(cell.split()) in shown for cell in row)
        assert fill.labels
        for label in fill.labels:
            assert all("".join(line.split()) in shown for line in (*label.lines, label.short))


def test_a_fill_is_never_longer_than_allowed(golden: dict[str, Any]) -> None:
    """Neither ordered nor asked for."""
    with pytest.raises(OrderError, match="31 days"):
        parse_order(golden | {"supply": {"every": "1 month", "max_days": 30}})
    schedule = plan(parse_order(golden | {"supply": {"max_days": 30}}))
    assert {(fill.end - fill.start).days + 1 for fill in dispense(schedule).fills[:-1]} == {30}
    with pytest.raises(ScheduleError, match="more than the 30"):
        dispense(schedule, "5 weeks")


# ---- card, record, clinician ---------------------------------------------------------------------


def test_the_card_has_the_step_of_its_day(golden: dict[str, Any]) -> None:
    """Its doses, its first and last day, and what comes next."""
    schedule = plan(parse_order(golden))
    for step, after in itertools.pairwise(schedule.steps):
        for day in (step.start, step.end):
            text = render(schedule, to="text", printed_on=day, sheet="card").decode().replace("\xa0", " ")
            assert f"{step.total} a day" in text
            month = papers.MONTHS[after.start.month - 1]
            first, last = (f"{papers.MONTHS[d.month - 1]} {d.day}, {d.year}" for d in (step.start, step.end))
            assert f"{first} to {last}: {step.total} a day" in text
            assert f"{month} {after.start.day}, {after.start.year}: {after.total} a day" in text
    content = render(schedule, printed_on=PRINTED, sheet="card")
    page = pypdf.PdfReader(io.BytesIO(content)).pages
    assert len(page) == 1
    assert (round(page[0].mediabox.width), round(page[0].mediabox.height)) == (298, 420)
    with pytest.raises(TaperError, match="no dose"):
        render(schedule, printed_on=date(2030, 1, 1), sheet="card")


def test_the_record_text_is_one_paragraph_with_the_plan_and_the_check(golden: dict[str, Any]) -> None:
    """What a colleague must know, and nothing that breaks a line."""
    schedule = plan(parse_order(golden))
    report = check(schedule)
    text = render(schedule, report, "text", printed_on=PRINTED, sheet="record").decode()
    assert text.count("\n") == 1
    assert "\xa0" not in text
    codes = (finding.code for finding in report.findings)
    for part in ("20 mg a day", "September 14, 2026", "Largest cut: 50%", schedule.plan_id[:8], *codes):
        assert part in text
    assert "Not checked" in render(schedule, None, "text", printed_on=PRINTED, sheet="record").decode()


def test_the_record_is_a_paper_too_with_the_same_words(golden: dict[str, Any]) -> None:
    """As PDF and HTML: a dose and its unit on one line, and that it is not for the patient."""
    schedule = plan(parse_order(golden))
    report = check(schedule)
    words = " ".join(render(schedule, report, "text", printed_on=PRINTED, sheet="record").decode().split())
    page = render(schedule, report, "html", printed_on=PRINTED, sheet="record").decode()
    shown = lxml.html.fromstring(page).xpath("//p[@class='record']")[0].text_content()
    assert "20\N{NO-BREAK SPACE}mg" in shown
    assert " ".join(shown.split()) == words
    printed = "".join(pdf_texts(render(schedule, report, "pdf", printed_on=PRINTED, sheet="record")))
    assert words.replace(" ", "") in "".join(printed.split())
    for text in (page, printed):
        assert "Not for the patient" in text


def test_the_clinicians_figures_carry_their_models(golden: dict[str, Any]) -> None:
    """Equivalents as a range of named tables; occupancy with what contradicts it."""
    golden |= {"drug": "lorazepam", "current": {"bedtime": "2 mg"}}
    golden["occupancy"] = {"model": "maudsley-2024", "table": "asam-2025-ashton"}
    golden["product"] = [{"name": "lorazepam tablet 1 mg", "split": "halves"}]
    golden["phase"] = [{"reduce": "0.5 mg", "every": "2 weeks", "until": "0 mg"}]
    sheet = build_clinician_sheet(PrintRequest(plan(parse_order(golden)), Report(), printed_on=PRINTED))
    steps = sheet.tables[0]
    row = dict(zip(steps.columns, steps.rows[0], strict=True))
    assert row["Diazepam equivalent"].replace("\xa0", " ") == "10 mg to 20 mg"
    assert "%" in row["Modeled occupancy"]
    named = " ".join(f"{fact.label} {fact.text}" for fact in sheet.models)
    assert "a model, not a measurement" in named
    assert "-fold difference" in named
    assert "Ashton" in named
    assert sheet.signature


# ---- the plan inside the paper -------------------------------------------------------------------


def attached(content: bytes) -> str:
    """The plan inside a PDF, by another reader."""
    return pypdf.PdfReader(io.BytesIO(content)).attachments["plan.json"][0].decode()


def test_the_plan_can_be_read_back_out_of_the_paper(golden: dict[str, Any]) -> None:
    """The same schedule, from the patient's and the clinician's paper; the same bytes twice."""
    schedule = plan(parse_order(golden))
    document = write_document(schedule, check(schedule))
    sheets: tuple[Sheet, ...] = ("patient", "clinician")
    for sheet in sheets:
        content = render(schedule, Report(), printed_on=PRINTED, sheet=sheet, document=document)
        assert read_document(attached(content)) == schedule
        assert content == render(schedule, Report(), printed_on=PRINTED, sheet=sheet, document=document)
    assert not pypdf.PdfReader(io.BytesIO(render(schedule, printed_on=PRINTED))).attachments


def test_the_command_line_puts_the_plan_inside_and_no_finding_into_the_patients(tmp_path: Path) -> None:
    """`taper plan --out` and `taper check handout.pdf`: there and back; findings only in the clinician's."""
    cli = pytest.importorskip("taper.cli")
    order = Path(__file__).parent.parent.parent / "examples" / "diazepam.toml"
    asked = ["plan", str(order), "--out", str(tmp_path), "--printed-on", "2026-01-02", "--fail-on", "never"]
    assert cli.main(asked) == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["clinician.pdf", "handout.html", "handout.pdf", "plan.json"]
    for name, findings in (("handout.pdf", False), ("clinician.pdf", True)):
        inside = json.loads(attached((tmp_path / name).read_bytes()))
        assert bool(inside["report"]["findings"]) is findings
        assert cli.main(["check", str(tmp_path / name), "--fail-on", "never"]) == 0


# ---- words ---------------------------------------------------------------------------------------


def test_the_measure_tells_hard_text_from_easy_text() -> None:
    """A law text is far above grade 6, a primer far below."""
    assert grade("The cat sat on the mat. It was a big red cat.") < 2
    assert grade("Discontinuation necessitates individualized consideration of pharmacokinetic characteristics.") > 20


def test_a_sixth_grader_can_read_every_passage() -> None:
    """Grade 6 or below: each passage, and each sentence of the first page."""
    english = words.load("en")
    for part in english.what_to_do:
        text = " ".join(sentence.text for sentence in (*part.lead, *part.points))
        assert grade(text) <= 6, part.title
    handout = build_handout(PrintRequest(golden_plan(), printed_on=PRINTED))
    for text in (handout.never, handout.calendar_note, handout.diary.note, *handout.products_notes):
        assert grade(text) <= 6, text
    assert grade(re.sub(r"[0-9]+ [A-Z][a-z]+ 20[0-9]{2}", "May 1", handout.sentence.replace("mg", "m"))) <= 6


def test_the_diary_asks_for_what_people_meet_on_neutral_scales(golden: dict[str, Any]) -> None:
    """Sleep, anxiety, twitches or cramps, restless legs, one's own symptom, from 0 to 10."""
    text = render(plan(parse_order(golden)), to="text", printed_on=PRINTED, sheet="diary").decode()
    for asked in ("Hours of sleep", "Anxiety", "twitches or cramps", "Restless legs", "Another symptom", "0 to 10"):
        assert asked in text
