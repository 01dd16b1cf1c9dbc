"""The one sheet: a row a week, the words once a step, a box for each dose of each day."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf
import pypdf
import pytest
from hypothesis import given

from taper.errors import TaperError
from taper.order.order import parse_order
from taper.paper.parts import DayDoses, StepRow
from taper.paper.renderers import FORMATS, render
from taper.paper.request import PrintRequest
from taper.paper.sheets.patient import build_handout
from taper.paper.variant import parse_variant
from taper.paper.words import LANGUAGES
from taper.planner.planning import plan
from taper.quantity import Mg
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule, Step
from tests.oracles import weeks
from tests.oracles.pdf import pdf_texts, print_sizes
from tests.strategies import mixed_schedules, printed_schedules, weekly_schedules
from tests.support.plans import revised
from tests.support.proofs import proof

PRINTED = date(2026, 1, 2)
TABLETS = [{"name": f"diazepam tablet {n} mg", "split": "halves"} for n in (10, 5, 2)]
EIGHT_MONTHS = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "review_every": "4 weeks",
    "current": {"morning": "10 mg", "bedtime": "10 mg"},
    "product": TABLETS[1:],
    "phase": [{"reduce": "10% of current, at least 1 mg", "every": "2 weeks", "until": "0 mg"}],
    "handout": {"patient": "Margaret Hale"},
}


TEN_DAYS = {"reduce": "1 mg", "every": "10 days", "until": "0 mg"}


def eight_months() -> Schedule:
    """Two intakes a day, from 20 mg to none."""
    schedule = plan(parse_order(EIGHT_MONTHS))
    assert 240 <= (schedule.steps[-1].end - schedule.steps[0].start).days <= 260
    return schedule


def two_years(*times: str) -> Schedule:
    """Fifty steps of two weeks."""
    current = dict.fromkeys(times, "30 mg")
    doses = [f"{30 * len(times) - n} mg" for n in range(1, 51)]
    data = EIGHT_MONTHS | {"current": current, "product": TABLETS, "phase": [{"doses": doses, "every": "2 weeks"}]}
    return plan(parse_order(data))


def printed(schedule: Schedule, kind: str = "pdf", **how: Any) -> bytes:
    """Print the sheet."""
    return render(schedule, to=kind, printed_on=PRINTED, **{"sheet": "plan"} | how)  # type: ignore[arg-type]


def read(content: bytes, kind: str, folder: Path, code: str = "en") -> weeks.Sheet:
    """Read a paper back."""
    if kind == "pdf":
        return weeks.from_pdf(content, folder, code)
    return (weeks.from_html if kind == "html" else weeks.from_text)(content, code)


def planned(schedule: Schedule) -> dict[date, int]:
    """Number of intakes of each day, none on the day of the stop."""
    found = {day: len(step.regimen.taken) for day, step in schedule.days()}
    return found | ({schedule.stopped_on: 0} if schedule.stopped_on else {})


def words(schedule: Schedule) -> str:
    """What the steps of the handout say, as the sheet puts it: again where a long step goes on in a new block."""
    page = build_handout(PrintRequest(schedule, printed_on=PRINTED))
    several = len(schedule.drugs) > 1

    def doses(day: DayDoses) -> Iterator[str]:
        for dose in day.doses:
            alone = dose.pieces and not several and not dose.measure
            yield f"{dose.time if alone else dose.line} {' '.join(dose.pieces)}"
        if day.source:
            yield day.source

    def step(row: StepRow) -> Iterator[str]:
        if row.kind == "stop":
            yield "Stop: no dose from today on"
        for part in row.week:
            yield f"{part.when} {part.doses.total_words}"
            yield from doses(part.doses)
        if row.doses is not None:
            if (not several and not row.doses.portioned) or not row.doses.doses:
                yield f"{row.total} a day" if row.doses.doses else row.total
            yield from doses(row.doses)

    said, blocks = list[str](), list(page.by_week.blocks)
    for left, row in zip(range(len(page.steps), 0, -1), page.steps, strict=True):
        block, text = blocks.pop(0), " ".join(step(row))
        said.append(text)
        while len(blocks) >= left and (blocks[0].kind, blocks[0].parts) == (block.kind, block.parts):
            blocks.pop(0)
            said.append(text)
    assert not blocks
    return weeks.plain(" ".join(said))


def pages(content: bytes) -> int:
    """Number of pages."""
    return len(pypdf.PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("kind", FORMATS)
@proof(40)
@given(schedule=printed_schedules() | weekly_schedules() | mixed_schedules())
def test_each_day_stands_once_with_a_box_for_each_intake_and_each_step_once_in_the_handouts_words(
    kind: str, schedule: Schedule, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """For one drug and several, days alike or not, read back by a reader that knows only where things stand."""
    found = read(printed(schedule, kind), kind, tmp_path_factory.mktemp("sheet"))
    assert found.boxes == planned(schedule)
    assert found.words == words(schedule)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_paper_and_print_has_every_box(code: str, tmp_path: Path) -> None:
    """Also from the right, in large print, and in gray."""
    schedule = eight_months()
    for kind in ("html", "text"):
        found = read(printed(schedule, kind, language=code), kind, tmp_path, code)
        assert found.boxes == planned(schedule)
    for variant in ("a4", "letter, gray", "large, a4", "large, letter"):
        found = read(printed(schedule, language=code, variant=variant), "pdf", tmp_path, code)
        assert found.boxes == planned(schedule), variant


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_eight_months_of_two_intakes_stand_on_two_pages_and_in_large_print_on_three(paper: str) -> None:
    """At 12 and at 18 points; each page names the patient and its number."""
    schedule = eight_months()
    for variant, many, least in (("", 2, 12), ("large", 3, 18)):
        content = printed(schedule, paper=paper, variant=variant)
        assert pages(content) == many
        for number, text in enumerate(pdf_texts(content), start=1):
            assert "For Margaret Hale" in text
            assert f"page {number} of {many}" in " ".join(text.split())
        body = [size for size in print_sizes(content) if size > 8.6]  # the foot of the usual print
        assert min(body) >= least


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_needs_no_more_than_two_pages(code: str) -> None:
    """Three in Arabic on the shorter paper."""
    for paper in ("a4", "letter"):
        many = 3 if (code, paper) == ("ar", "letter") else 2
        assert pages(printed(eight_months(), language=code, paper=paper)) == many


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_handout_in_large_print_is_at_most_twelve_pages_for_eight_months_and_all_of_it_18_points(code: str) -> None:
    """In every language, on the smaller paper."""
    content = printed(eight_months(), sheet="patient", language=code, variant="large, letter")
    assert pages(content) <= 12
    assert min(print_sizes(content)) >= 18


@pytest.mark.parametrize("times", [("morning", "bedtime"), ("morning", "noon", "bedtime")])
def test_the_handout_in_large_print_is_at_most_thirty_pages_for_two_years(times: tuple[str, ...]) -> None:
    """Fifty steps, two or three times a day."""
    schedule = two_years(*times)
    assert (schedule.steps[-1].end - schedule.steps[0].start).days > 700
    assert pages(printed(schedule, sheet="patient", variant="large, letter")) <= 30


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("variant", ["", "large"])
def test_the_handout_begins_with_the_sheet(kind: str, variant: str, tmp_path: Path) -> None:
    """The same days, boxes and words as on the sheet alone; in PDF they are its first pages."""
    schedule = eight_months()
    alone = printed(schedule, kind, variant=variant)
    whole = printed(schedule, kind, sheet="patient", variant=variant)
    assert read(whole, kind, tmp_path) == read(alone, kind, tmp_path)
    if kind == "pdf":
        first = pdf_texts(alone)[0].splitlines()
        assert [line for line in pdf_texts(whole)[0].splitlines() if "page 1 of" not in line] == [
            line for line in first if "page 1 of" not in line
        ]


def test_large_print_has_no_page_for_each_day_unless_a_list_is_asked_for() -> None:
    """The sheet stands for the days in PDF, HTML and text."""
    schedule = eight_months()
    for kind in ("html", "text"):
        sheet, listed = (
            printed(schedule, kind, sheet="patient", variant=variant).decode().replace("\N{NO-BREAK SPACE}", " ")
            for variant in ("large", "large, list")
        )
        assert "Monday 12 January 2026" not in lxml.html.fromstring(sheet).text_content()
        assert "Monday 12 January 2026" in listed
    assert "Tick each box" not in " ".join(pdf_texts(printed(schedule, sheet="patient", variant="large")))
    assert "Tick each box" in " ".join(pdf_texts(printed(schedule, sheet="patient", variant="large, list")))
    assert parse_variant("large, list").layout == "list"
    with pytest.raises(TaperError, match="plan"):
        parse_variant("sheet")


def test_a_step_longer_than_eight_weeks_says_its_words_again(tmp_path: Path) -> None:
    """So that no row stands on a page without the words that hold for it."""
    schedule = Schedule(
        (Step(0, PRINTED, PRINTED + timedelta(days=200), (Intake("bedtime", "zopiclone", Mg("3.75")),)),)
    )
    blocks = build_handout(PrintRequest(schedule, printed_on=PRINTED)).by_week.blocks
    assert [len(block.weeks) for block in blocks] == [8, 8, 8, 5]
    assert len({(block.total, block.parts) for block in blocks}) == 1
    assert read(printed(schedule), "pdf", tmp_path).boxes == planned(schedule)


def test_days_without_a_dose_and_days_of_review_are_said_not_only_drawn() -> None:
    """A dash with words for those who cannot see it; a key for each sign."""
    half = Intake("bedtime", "zopiclone", Mg("3.75"))
    monday = date(2026, 1, 5)
    runs = [
        Step(0, monday + timedelta(days=n), monday + timedelta(days=n), () if n % 7 == 1 else (half,))
        for n in range(21)
    ]
    schedule = Schedule(tuple(runs), monday + timedelta(days=21))
    page = lxml.html.fromstring(printed(schedule, "html").decode())
    none = page.xpath("//td[contains(@class,'day')][.//span[@class='said'][contains(.,'No dose today')]]")
    assert [cell.xpath(".//span[@class='n']")[0].text for cell in none] == ["6", "13", "20"]
    assert not page.xpath("//td[contains(.,'No dose today')]//span[@class='tick']")
    assert "On Tuesdays: no dose" in " ".join(page.text_content().replace("\xa0", " ").split())
    reviewed = lxml.html.fromstring(printed(eight_months(), "html").decode())
    assert "Check-up: see or call" in reviewed.xpath("//p[@class='weeknote']")[0].text_content()
    days = reviewed.xpath("//td[contains(@class,'day')][.//span[@class='said'][contains(.,'Check-up')]]")
    assert [cell.xpath(".//span[@class='n']")[0].text for cell in days][:3] == ["2", "2", "30"]


def test_weeks_begin_on_the_day_of_new_doses_or_of_the_locale_and_rows_name_month_and_year() -> None:
    """Monday, if new doses come on a Monday; if they come on any day, that of the country of the order."""
    schedule, other = eight_months(), plan(parse_order(EIGHT_MONTHS | {"phase": [TEN_DAYS]}))
    for code, monday, first in (("en", "Mo", "Mo"), ("ar", "ن", "ن"), ("de", "Mo", "Mo"), ("fr", "lu", "lu")):
        table, by_day = (
            build_handout(PrintRequest(made, printed_on=PRINTED, language=code)).by_week for made in (schedule, other)
        )
        assert (table.weekdays[0], by_day.weekdays[0]) == (monday, first)
        assert all(row.year == "2026" for block in table.blocks for row in block.weeks)


@pytest.mark.parametrize("phase", [EIGHT_MONTHS["phase"], [TEN_DAYS]])
def test_each_row_is_named_by_its_first_day(phase: list[dict[str, str]]) -> None:
    """Also where a step begins or ends within a week."""
    page = build_handout(PrintRequest(plan(parse_order(EIGHT_MONTHS | {"phase": phase})), printed_on=PRINTED))
    rows = [row for block in page.by_week.blocks for row in block.weeks]
    first = [next(day for day in row.days if day is not None).name for row in rows]
    said = [row.start.replace("\N{NO-BREAK SPACE}", " ").split() for row in rows]
    named = [name.replace("\N{NO-BREAK SPACE}", " ").split() for name in first]
    apart = [
        (one, name)
        for one, name in zip(said, named, strict=True)
        if one[0] != name[1] or not name[2].startswith(one[1])
    ]
    assert apart == []
    assert len(rows) > 30


def test_without_dates_days_are_numbered_from_one() -> None:
    """Each number once, in every format."""
    schedule, many = eight_months(), 253
    page = lxml.html.fromstring(printed(schedule, "html", variant="dateless").decode())
    assert [one.text for one in page.xpath("//span[@class='n']")] == [str(n) for n in range(1, many + 1)]
    text = printed(schedule, "text", variant="dateless").decode()
    assert all(text.count(f"  {n}\xa0☐") == 1 for n in range(8, many))
    assert pages(printed(schedule, variant="dateless")) <= 3


def test_only_the_weeks_asked_for_are_shown(tmp_path: Path) -> None:
    """The sheet says so, and begins on the day."""
    content = printed(eight_months(), variant="next 4 weeks")
    assert len(read(content, "pdf", tmp_path).boxes) == 28
    assert "only" in pdf_texts(content)[0]


def test_a_revised_plan_says_so_on_the_sheet() -> None:
    """The sheet on the fridge is the new one."""
    _, after = revised()
    for kind in ("html", "text"):
        assert "Revision 2" in printed(after, kind).decode()
    assert "Revision 2" in pdf_texts(printed(after))[0]


def test_boxes_are_artifacts_and_tags_are_few() -> None:
    """The table is tagged cell by cell, and nothing that is only drawn."""
    with pikepdf.open(io.BytesIO(printed(eight_months()))) as document:
        kinds = list(_kinds(document.Root.StructTreeRoot.K))
    assert "/Figure" not in kinds
    assert kinds.count("/TD") < 350
    assert len(kinds) < 900


def _kinds(node: Any) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _kinds(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S)
        yield from _kinds(node.get("/K", pikepdf.Array()))
