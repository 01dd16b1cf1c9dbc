"""The clinician's sheet: what its first page holds, what its charts draw, and how long it is."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf
import pytest
from hypothesis import given, settings, strategies as st

from taper import catalog
from taper.catalog.elimination import half_lives_of, levels
from taper.checker.checking import check
from taper.finding import Acknowledged, Finding, NotEvaluated, Report, Severity
from taper.order.order import parse_order, read_order
from taper.paper.renderers import FORMATS, Format, render
from taper.paper.request import PrintRequest
from taper.paper.sections.figures import equivalents
from taper.paper.sheets.clinician import ClinicianSheet, build_clinician_sheet
from taper.paper.sheets.patient import build_handout
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.quantity import Mg
from taper.schedule.schedule import Schedule
from taper.schedule.supply import dispense
from taper.schedule.weekly import shown_steps
from tests.oracles.pdf import pdf_texts
from tests.strategies import printed_schedules, weekly_schedules
from tests.support.orders import GOLDEN

EXAMPLES = Path(__file__).parents[2] / "examples"
PRINTED = date(2026, 1, 2)


def planned(name: str) -> Schedule:
    return plan(read_order(EXAMPLES / f"{name}.toml"))


def sheet(schedule: Schedule, report: Report | None = None, **more: Any) -> ClinicianSheet:
    return build_clinician_sheet(PrintRequest(schedule, report, printed_on=PRINTED, **more))


def printed(schedule: Schedule, to: Format, **more: Any) -> bytes:
    return render(
        schedule, check(schedule), to, printed_on=PRINTED, sheet="clinician", supply=dispense(schedule), **more
    )


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text.replace("\N{NO-BREAK SPACE}", " "))


# ---- the first page ------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_an_ordinary_plan_has_two_pages_and_is_signed_on_the_first(paper: Any) -> None:
    """Person, drug, headlines, chart, every step and the lines to sign on page 1; sources at the end of page 2."""
    schedule = planned("diazepam")
    page, pages = sheet(schedule, check(schedule)), pdf_texts(printed(schedule, "pdf", paper=paper))
    assert len(pages) == 2
    first, last = map(squeezed, pages)
    rows = ["".join(map(squeezed, row)) for table in page.tables for row in table.rows]
    wanted = (
        *(squeezed(fact.label) for fact in (*page.person, *page.drug)),
        *(squeezed(line.text) for line in page.headlines),
        squeezed(page.not_evaluated[-1]),
        squeezed(page.charts[0].note),
        *rows,
        *map(squeezed, page.signature),
    )
    places = [first.index(part) for part in wanted if first.count(part) == 1 or part in rows]
    assert all(part in first for part in wanted)
    assert places == sorted(places)
    whole = first + last
    assert places[-1] < whole.index(squeezed(page.details_title)) < whole.index(squeezed(page.references_title))
    assert squeezed(page.sources_title) in last
    assert squeezed(page.sources_title) not in first


def test_the_dates_of_a_weekly_plan_leave_room_for_what_is_taken_on_which_days() -> None:
    """A Dutch span on one line pressed "vrijdag 3,75 mg" into its neighbor, without its space."""
    steps = next(table for table in sheet(planned("weekly"), language="nl").tables if table.shares)
    assert all(steps.shares[at] for at in (1, 3, 5))


@pytest.mark.parametrize("name", ["crossover", "two_drugs", "lorazepam", "weekly"])
def test_no_page_but_the_last_is_nearly_empty(name: str) -> None:
    """Tables run on from page to page in one direction: at most three pages, each of the others well filled."""
    content = printed(planned(name), "pdf")
    pages = pdf_texts(content)
    assert len(pages) <= 3
    assert all(len(squeezed(page)) > 1200 for page in pages[:-1])
    with pikepdf.open(io.BytesIO(content)) as document:
        assert all(page.mediabox[3] > page.mediabox[2] for page in document.pages)


def test_a_person_that_the_order_does_not_name_is_a_line_to_write_on(golden: dict[str, Any]) -> None:
    """Name, age and reason are asked for on paper; what the order says is printed."""
    blank = {fact.label: fact.text for fact in sheet(plan(parse_order(golden))).person}
    assert blank == {"Patient": "", "Age": "", "Taken for": ""}
    golden |= {"handout": {"patient": "A. Patient", "prescriber": "Dr. B", "phone": "01 23", "indication": "sleep"}}
    golden |= {"patient": {"age": 71, "opioid": False, "weeks_of_use": 60}}
    said = {fact.label: fact.text for fact in sheet(plan(parse_order(golden))).person}
    assert said["Patient"] == "A. Patient"
    assert said["Taken for"] == "sleep"
    assert said["Age"] == "71"
    assert (said["Prescriber"], said["Telephone"]) == ("Dr. B", "01 23")
    assert "opioid: no" in said["Recorded"]
    assert "weeks of use: 60" in said["Recorded"]
    assert "age" not in said["Recorded"].split(": ")[0]


@pytest.mark.parametrize("to", FORMATS)
def test_each_finding_has_a_line_before_the_plan_and_its_detail_after_it(golden: dict[str, Any], to: Format) -> None:
    """Gravest first, and beside the line of one that was acknowledged: by whom; all in every format."""
    findings = tuple(
        Finding(f"T10{number}", severity, f"message {number}", on=PRINTED, step=0, advice=f"advice {number}")
        for number, severity in enumerate((Severity.NOTE, Severity.ALERT, Severity.WARNING))
    )
    left = (NotEvaluated("T301", "not recorded in the order", "opioid"), NotEvaluated("T108", "no limit", "size"))
    report = Report(findings, left, (Acknowledged("T101", "as agreed", "Dr. Ada"),))
    schedule = plan(parse_order(golden))
    page = sheet(schedule, report)
    assert [line.severity for line in page.headlines] == ["alert", "warning", "note"]
    assert [line.text for line in page.headlines] == ["message 1 Acknowledged by Dr. Ada.", "message 2", "message 0"]
    assert all(one.when.startswith("Start, ") for one in page.findings)
    content = render(schedule, report, to, printed_on=PRINTED, sheet="clinician")
    if to == "pdf":
        text = "".join(pdf_texts(content))
    elif to == "html":
        text = str(lxml.html.fromstring(content.decode()).body.text_content())
    else:
        text = content.decode()
    text = squeezed(text)
    said = (
        "message1AcknowledgedbyDr.Ada.",
        "message2",
        "message0",
        "Rulesnotapplied:opioid:notrecordedintheorder(T301);",
    )
    later = ("size:nolimit(T108)", "OrdereddoseDailydose" if to != "text" else "Ordereddose:20mg", "Findingsindetail")
    places = [
        text.index(part) for part in (*said, *later, "advice1", "advice2", "advice0", "Sourcesforthepatienthandout")
    ]
    assert places == sorted(places)
    assert text.count("AcknowledgedbyDr.Ada:asagreed") == 1


@settings(max_examples=25)
@given(schedule=st.one_of(printed_schedules(), weekly_schedules()))
def test_steps_are_called_what_the_patients_sheet_calls_them(schedule: Schedule) -> None:
    """Start, 1, 2 … Stop: one name of a step when clinician and patient speak on the telephone."""
    steps = next(table for table in sheet(schedule).tables if table.columns[0] == "Step")
    assert [row[0] for row in steps.rows] == [row.label for row in build_handout(request(schedule)).steps]


def request(schedule: Schedule) -> PrintRequest:
    return PrintRequest(schedule, printed_on=PRINTED, language="en")


# ---- the charts ----------------------------------------------------------------------------------


@given(half_life=st.fractions(1, 200, max_denominator=10), doses=st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_a_level_lies_between_the_doses_and_follows_them(half_life: Fraction, doses: list[int]) -> None:
    """It never leaves what was taken so far, moves toward the dose of each day, and holds where the dose does."""
    found = list(levels([Mg(dose) for dose in doses], half_life))
    slack = Fraction(1, 10**20)
    assert len(found) == len(doses) + 1
    assert found[0] == doses[0]
    for number, (before, after) in enumerate(pairwise(found)):
        assert min(doses[: number + 1]) - slack <= after <= max(doses[: number + 1]) + slack
        assert abs(after - doses[number]) <= abs(before - doses[number]) + slack


@pytest.mark.parametrize("hours", [12, 24, 48, 100])
def test_half_of_what_is_there_is_gone_after_a_half_life(hours: int) -> None:
    """By another arithmetic: the level after 24 half-lives of `hours` is 2 ** -24 of the first, to twelve digits."""
    found = list(levels([Mg(1), *[Mg(0)] * hours], Fraction(hours)))
    assert found[0] == found[1] == 1
    assert abs(Decimal(found[-1].numerator) / found[-1].denominator * 2**24 - 1) < Decimal("1e-12")


def test_half_lives_are_those_of_the_catalog_and_those_of_metabolites_are_not_in_the_level() -> None:
    for name, drug in catalog.drugs().items():
        own = [row for row in drug.half_lives if row.of == "parent" and row.low is not None and row.high is not None]
        found = half_lives_of(name)
        assert (found is None) == (not own), name
        if found is not None:
            assert (found.low, found.high) == (min(row.low for row in own), max(row.high for row in own))  # type: ignore[type-var]
            assert set(found.sources) == {row.source for row in own}


@pytest.mark.parametrize("name", ["diazepam", "lorazepam", "crossover", "weekly", "two_drugs"])
def test_a_modeled_level_says_that_it_is_a_model_and_by_which_half_life(name: str) -> None:
    """Every drug's chart has the shortest and the longest half-life; a source for each stands in the appendix."""
    schedule = planned(name)
    page = sheet(schedule)
    for drug, figure in zip(schedule.drugs, page.charts, strict=False):
        found = half_lives_of(drug)
        assert found is not None
        assert f"{found.low} " in figure.note
        assert f"{found.high} h" in figure.note
        assert len(figure.levels) == len({found.low, found.high})
        assert all(0 <= at <= 1 and 0 <= height <= 1 for line in figure.levels for at, height in line)
        for source in found.sources:
            assert any(source.title in line and source.locator in line for line in page.references)
    assert any("A model, not a measurement" in note for note in page.chart_notes)
    assert sum(fact.label == "Modeled level" for fact in page.models) == len(schedule.drugs)


def test_no_level_is_drawn_of_a_drug_whose_half_life_was_not_read(golden: dict[str, Any]) -> None:
    """The chart says so; the dose is drawn."""
    schedule = plan(parse_order(golden))
    other = replace(
        schedule,
        order=None,
        steps=tuple(
            replace(step, intakes=tuple(replace(intake, drug="clorazepate", items=()) for intake in step.intakes))
            for step in schedule.steps
        ),
    )
    figure = sheet(other).charts[0]
    assert (figure.levels, figure.note) == ((), "No level is modeled: no half-life of the drug itself was read.")
    assert figure.chart.steps


@pytest.mark.parametrize("name", ["lorazepam", "crossover", "two_drugs", "weekly"])
def test_the_band_of_equivalents_is_that_of_the_tables_step_by_step(name: str) -> None:
    """Its lowest and highest edge are the figures of the table of steps, on the axis that is printed."""
    schedule = planned(name)
    page = sheet(schedule)
    band = page.charts[-1]
    assert band.chart.title == "Diazepam equivalent a day"
    top = Fraction(squeezed(band.chart.y_ticks[-1].label).removesuffix("mg"))
    for (_, _, low, high), step in zip(band.chart.bands, shown_steps(schedule.steps), strict=True):
        found = equivalents(schedule, step)
        assert found is not None
        assert (low * top, high * top) == tuple(amount.value for amount in found)
    assert band.edges


def test_diazepam_alone_is_its_own_equivalent() -> None:
    """One chart: a second one of the same doses would say nothing."""
    assert len(sheet(planned("diazepam")).charts) == 1


@pytest.mark.parametrize("name", ["diazepam", "crossover"])
def test_every_chart_says_in_words_what_it_shows(name: str) -> None:
    """As alternative text in the PDF, as a name in HTML, as a line in text."""
    schedule = planned(name)
    page = sheet(schedule)
    alts = [figure.chart.alt for figure in page.charts]
    assert all(len(alt) > 40 for alt in alts)
    with pikepdf.open(io.BytesIO(printed(schedule, "pdf"))) as document:
        found = [
            str(item.Alt)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure" and "/Alt" in item
        ]
    assert sorted(map(squeezed, found)) == sorted(map(squeezed, alts))
    tree = lxml.html.fromstring(printed(schedule, "html").decode())
    for alt in alts:  # one drawing for paper, one for a phone
        assert [svg.get("aria-label") for svg in tree.xpath("//svg[@role='img']")].count(alt) == 2
    text = squeezed(printed(schedule, "text").decode())
    assert all(squeezed(alt) in text for alt in alts)


def test_a_revised_plan_keeps_its_past_steps_and_its_history() -> None:
    """All steps from the first day on; those that are left bear the names of the patient's new paper as well."""
    first = plan(parse_order(deepcopy(GOLDEN)))
    day = first.steps[4].start + timedelta(days=3)
    schedule = revise(first, on=day, hold="2 weeks", reason="sleep is worse", by="Dr. A")
    page = sheet(schedule, previous=first)
    history, steps, changed = page.tables
    assert history.rows[0][2:] == ("hold 2 weeks", "sleep is worse", "Dr. A")
    assert [row[0] for row in steps.rows[:6]] == ["Start", "1", "2", "3", "4 (now Start)", "5 (now 1)"]
    assert len(changed.rows) > 1
