"""The paper of several drugs: nobody can mix them up. And of a revised plan: nobody follows the old one."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import lxml.html
import pypdf
import pytest
from hypothesis import given, settings, strategies as st

from taper.finding import Report
from taper.order.history import Event
from taper.order.order import parse_order
from taper.order.phase import Phase
from taper.paper.drawings import OUTLINES
from taper.paper.parts import Handout, Part
from taper.paper.phrases import Phrases, bare, tall_man
from taper.paper.renderers import FORMATS, Format, pictogram, render
from taper.paper.request import PrintRequest
from taper.paper.sections.order import changes_in_words, phase_text
from taper.paper.sections.revision import changed_steps
from taper.paper.sheets.card import build_card
from taper.paper.sheets.clinician import build_clinician_sheet
from taper.paper.sheets.patient import build_handout
from taper.paper.variant import Variant, parse_variant
from taper.paper.words import LANGUAGES, load
from taper.quantity import Mg, Pieces
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step
from tests.oracles import papers
from tests.oracles.layout import ink, word_boxes
from tests.oracles.pdf import pdf_pages, pdf_texts
from tests.oracles.tongues import clean
from tests.oracles.writing import grade, strings, unsafe
from tests.strategies import living_plans, mixed_schedules, printed_schedules
from tests.support.histories import with_history
from tests.support.plans import (
    ALONE,
    HELD,
    LORAZEPAM,
    REVISIONS,
    crossover,
    held,
    intake,
    laid_out,
    revised,
)
from tests.support.proofs import proof

PRINTED = date(2026, 1, 2)
VARIANTS = ("", "list", "week", "large, list", "letter, gray", "dateless")
PARTS: tuple[Part, ...] = ("whole", "half", "quarter", "three-quarters")


def printed(schedule: Schedule, code: str = "en", **more: Any) -> Handout:
    return build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code, **more))


def lines(page: Handout, kind: str) -> list[str]:
    return [clean(line) for one in page.notices if one.kind == kind for line in one.lines]


# ---- what is planned is printed ------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("variant", VARIANTS)
@proof(4)
@given(schedule=mixed_schedules() | living_plans())
def test_every_days_doses_can_be_read_back_each_with_its_drug(schedule: Schedule, variant: str, kind: Format) -> None:
    """In every layout and format: the drug, the time and the dose of each intake, and no others."""
    content = render(schedule, to=kind, printed_on=PRINTED, variant=variant)
    found = papers.READERS[kind](content, papers.opening(schedule))
    wanted = papers.of_patient(schedule)
    assert {day: doses for day, doses in found.items() if doses} == {
        day: doses for day, doses in wanted.items() if doses
    }


@pytest.mark.parametrize("code", LANGUAGES)
@settings(max_examples=15)
@given(schedule=mixed_schedules(fewest=2))
def test_no_string_of_several_drugs_breaks_safe_writing(code: str, schedule: Schedule) -> None:
    """Also where names and doses stand side by side, and in what changed."""
    first = schedule.steps[0]
    before = replace(schedule, steps=(replace(first, intakes=first.intakes[:1]), *schedule.steps[1:]))
    patterns = unsafe(load(code))
    for text in strings(printed(schedule, code, previous=before)):
        for what, pattern in patterns.items():
            assert not pattern.search(text), f"{what}: {text!r}"


@given(schedule=mixed_schedules(fewest=2))
def test_a_listener_hears_the_plain_name_with_every_dose(schedule: Schedule) -> None:
    """Each dose's words for those who cannot see name its drug in plain letters, and no other drug."""
    for step, row in zip(schedule.steps, printed(schedule).steps, strict=False):
        assert row.doses is not None
        for taken, dose in zip(step.intakes, row.doses.doses, strict=True):
            named = [drug for drug in schedule.drugs if re.search(rf"\b{drug}\b", dose.alt)]
            assert named == [taken.drug]


# ---- names ---------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(schedule=mixed_schedules())
def test_tall_man_letters_stand_in_plans_with_several_drugs_only(schedule: Schedule) -> None:
    """In the line of each dose, the daily dose and the legend; never where nothing can be mixed up."""
    page = printed(schedule)
    several = len(schedule.drugs) > 1
    said = "\n".join(strings(page))
    for drug in schedule.drugs:
        if tall_man(drug) != drug:
            assert (tall_man(drug) in said) is several
    for step, row in zip(schedule.steps, page.steps, strict=False):
        assert row.doses is not None
        for taken, dose in zip(step.intakes, row.doses.doses, strict=True):
            assert (f" {tall_man(taken.drug)} " in dose.line) is several
    assert {product.drug.partition(":")[0] for product in page.products} <= (
        {tall_man(drug) for drug in schedule.drugs} if several else {""}
    )


def test_a_drug_without_published_tall_man_letters_keeps_its_own() -> None:
    """None are invented, and the title writes each name as the doses do."""
    page = printed(crossover())
    assert tall_man("diazepam") == "diazepam"
    assert page.frame.title == "Your LORazepam and diazepam plan"
    texts = [dose.line for row in page.steps if row.doses for dose in row.doses.doses]
    assert all(" LORazepam " in text or " diazepam " in text for text in texts)


# ---- drawings ------------------------------------------------------------------------------------


def outline(drawing: str) -> str:
    """The first line that is drawn: the edge, whole also where a part is taken away."""
    return re.findall(r' d="([^"]+)"', drawing)[0]


@given(schedule=mixed_schedules(fewest=2))
def test_no_outline_is_used_by_two_drugs(schedule: Schedule) -> None:
    """Whole or part, tablet or liquid, in color or gray: the outline alone tells the drug."""
    legend = printed(schedule).products
    assert len({product.drug for product in legend}) == len(schedule.drugs)
    of: dict[str, set[str]] = {}
    for product in legend:
        for part in PARTS if product.kind == "solid" else PARTS[:1]:
            of.setdefault(outline(pictogram.shape(product, part)), set()).add(product.drug)
    assert all(len(drugs) == 1 for drugs in of.values())
    assert len(of) == len(schedule.drugs)


@given(schedule=mixed_schedules(fewest=2))
def test_products_of_one_drug_differ_too_and_stand_together(schedule: Schedule) -> None:
    """By number, edge or ring; the legend has each drug once."""
    legend = printed(schedule).products
    drawn = [re.sub(r"#[0-9a-f]{6}", "", pictogram.shape(product, "whole")) for product in legend]
    assert len(set(drawn)) == len(drawn)
    headings = [product.drug for product in legend]
    assert headings == sorted(headings, key=headings.index)


@given(schedule=printed_schedules())
def test_the_drawings_of_one_drug_are_as_before(schedule: Schedule) -> None:
    """Shape and color by product."""
    assert all(product.family is None and product.drug == "" for product in printed(schedule).products)


def test_more_drugs_than_outlines_are_told_in_words_alone() -> None:
    """Rather no drawing than the same for two drugs."""
    names = ("diazepam", "lorazepam", "oxazepam", "temazepam", "clonazepam", "alprazolam", "nitrazepam")
    assert len(names) == len(OUTLINES) + 1
    product = {"source": "clinician", "form": "tablet", "strength": "1 mg"}
    order = parse_order(
        LORAZEPAM
        | {
            "drug": names[0],
            "current": {"noon": "1 mg"},
            "other": [{"drug": name, "current": {"noon": "1 mg"}} for name in names[1:5]],
            "product": [product | {"name": f"tablet {name}", "drug": name} for name in names],
            "phase": [
                {"switch_to": names[5], "equivalence": "1 mg = 1 mg", "every": "1 week"},
                {"switch_to": names[6], "equivalence": "1 mg = 1 mg", "every": "1 week"},
            ],
        }
    )
    taken = tuple(Intake("noon", name, Mg(1), (Item(f"tablet {name}", Pieces(1)),)) for name in names)
    page = printed(Schedule((Step(0, PRINTED, PRINTED, taken),), order=order))
    assert page.steps[0].doses is not None
    assert not page.products
    assert all(dose.words and not dose.pictograms for dose in page.steps[0].doses.doses)
    fewer = printed(Schedule((Step(0, PRINTED, PRINTED, taken[:6]),), order=order))
    assert len({product.family for product in fewer.products}) == len(OUTLINES)


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_the_legend_has_each_drug_as_a_heading(kind: Format) -> None:
    """With what its drawings look like."""
    content = render(crossover(), to=kind, printed_on=PRINTED)
    if kind == "html":
        headings = [one.text_content() for one in lxml.html.fromstring(content.decode()).xpath("//h3")]
    else:
        headings = [line for page in pdf_pages(content) for line in page.extract_text().splitlines()]
    assert [text.strip() for text in headings if re.fullmatch(r"\S+: (circle|oval)\s*", text)] == [
        "LORazepam: circle",
        "diazepam: oval",
    ]


# ---- what the first page says --------------------------------------------------------------------


def test_a_switch_is_told_with_its_days_and_the_last_day_of_the_old_drug() -> None:
    """From the schedule's own days."""
    assert lines(printed(crossover()), "drugs") == [
        "These medicines are not the same. Check the name on the box every time.",
        "In the drawings: LORazepam: circle, diazepam: oval.",
        "Between 19 January 2026 and 1 February 2026 you switch from LORazepam to diazepam, step by step.",
        "Last day of LORazepam: 1 February 2026. Do not take LORazepam after that day.",
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_product_is_named_by_its_own_drug(code: str) -> None:
    """In the legend, on a box, in a table: never by the other one."""
    schedule = crossover()
    assert schedule.order is not None
    phrases = Phrases(schedule, load(code))
    for ordered in schedule.order.products:
        (own, other) = sorted(schedule.drugs, key=lambda drug: drug != ordered.product.drug)
        name = phrases.named(ordered.name)
        assert phrases.medicine(own) in name
        assert phrases.medicine(other) not in name
    assert {ordered.product.drug for ordered in schedule.order.products} == set(schedule.drugs)


@pytest.mark.parametrize("code", LANGUAGES)
def test_none_of_several_medicines_is_to_be_stopped_suddenly(code: str) -> None:
    """The warning speaks of all of them."""
    words = load(code).phrase
    assert printed(held(), code).never == words["never_all"] != words["never"]


def test_a_switch_from_one_day_to_the_next_names_one_day() -> None:
    """No stretch of days on which both are taken is made up."""
    old, new = intake("bedtime", "lorazepam", ("1", "1")), intake("bedtime", "diazepam", ("5", "2"))
    schedule = laid_out(parse_order(LORAZEPAM), (7, (old,)), (7, (new,)))
    assert lines(printed(schedule), "drugs")[2:] == [
        "From 12 January 2026 on, take diazepam instead of LORazepam.",
        "Last day of LORazepam: 11 January 2026. Do not take LORazepam after that day.",
    ]


def test_a_drug_that_stays_is_told_to_stay() -> None:
    """While the other goes; and until when, where it goes later."""
    assert lines(printed(held()), "drugs")[2:] == [
        "Diazepam: keep taking 10 mg a day.",
        "Last day of LORazepam: 15 February 2026. Do not take LORazepam after that day.",
    ]
    both = (intake("noon", "diazepam", ("5", "1")), intake("bedtime", "lorazepam", ("1", "1")))
    later = laid_out(parse_order(HELD), (7, both), (7, both[:1]), stop=True)
    assert lines(printed(later), "drugs")[2:] == [
        "Diazepam: keep taking 5 mg a day until 18 January 2026.",
        "Last day of LORazepam: 11 January 2026. Do not take LORazepam after that day.",
    ]


@settings(max_examples=40)
@given(schedule=mixed_schedules(fewest=2), dateless=st.booleans())
def test_the_last_day_of_each_drug_that_ends_first_is_printed(schedule: Schedule, dateless: bool) -> None:
    """And of no other: a drug that goes on is never told to be over."""
    last = {
        drug: max(day for day, step in schedule.days() if any(one.drug == drug for one in step.intakes))
        for drug in schedule.drugs
    }
    page = printed(schedule, variant=Variant(dateless=dateless))
    said = [line for line in lines(page, "drugs") if line.startswith("Last day of")]
    early = {tall_man(drug): day for drug, day in last.items() if day < max(last.values())}
    assert {re.sub("Last day of (.*?):.*", r"\1", line) for line in said} == set(early)
    for line in said:
        name = re.sub("Last day of (.*?):.*", r"\1", line)
        number = (early[name] - schedule.steps[0].start).days + 1
        month = papers.MONTHS[early[name].month - 1]
        day = f"day {number}" if dateless else f"{early[name].day} {month} {early[name].year}"
        assert line == f"Last day of {name}: {day}. Do not take {name} after that day."


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_says_which_is_which_and_what_ends(code: str) -> None:
    """Each drug with its outline, each date, in the words of the language; in all formats."""
    words, page = load(code), printed(crossover(), code)
    said = " ".join(lines(page, "drugs"))
    phrases = Phrases(crossover(), words)
    own = {"fr": ("LORazépam", "diazépam"), "de": ("LORazepam", "Diazepam")}.get(code, ("LORazepam", "diazepam"))
    for drug, shape in zip(own, ("circle", "oval"), strict=True):
        assert drug in said
        assert words.phrase[f"shape_{shape}"] in said
    for day in (date(2026, 1, 19), date(2026, 2, 1)):
        assert clean(phrases.dated(day)) in said
    assert len({words.phrase[f"shape_{name}"] for name in OUTLINES}) == len(OUTLINES)
    text = " ".join(clean(render(crossover(), to="text", printed_on=PRINTED, language=code).decode()).split())
    html = lxml.html.fromstring(render(crossover(), to="html", printed_on=PRINTED, language=code).decode())
    for line in lines(page, "drugs"):
        assert line in text
        assert line in " ".join(clean(html.text_content()).split())


def test_a_sixth_grader_can_read_every_notice() -> None:
    """Grade 6 or below, with the names of drugs and months left out: these are on the box and on the wall."""
    before, after = revised()
    pages = (printed(crossover()), printed(held()), printed(after, previous=before))
    for text in (line for page in pages for kind in ("drugs", "revised") for line in lines(page, kind)):
        plain = re.sub(r"[0-9]+ [A-Z][a-z]+ 20[0-9]{2}", "May 1", re.sub("(?i)lorazepam|diazepam", "Bob", text))
        assert grade(plain) <= 6, text


@given(schedule=printed_schedules())
def test_a_plan_with_one_drug_as_first_written_has_no_notice(schedule: Schedule) -> None:
    """Nothing is said where there is nothing to say."""
    page = printed(schedule)
    assert page.notices == ()
    assert page.calendar_revised == ""


# ---- looks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("variant", ["a4", "letter", "letter, gray"])
def test_a_name_and_its_dose_stand_on_one_line_of_the_calendar(variant: str) -> None:
    """The eye never has to carry a name to the next line to find its dose."""
    shown = []
    for page in pdf_pages(render(crossover(), printed_on=PRINTED, variant=variant)):
        if page.mediabox.width > page.mediabox.height:
            shown += clean(page.extract_text()).splitlines()
    doses = [line for line in shown if re.search(r"LORazepam|diazepam [0-9]", line) and "Tick each box" not in line]
    named = [line for line in doses if re.fullmatch(r"(LORazepam|diazepam) [0-9.]+ mg\s*", line)]
    days = [step for _, step in crossover().days()]
    assert len(named) == sum(len(step.intakes) for step in days)


def three_drugs() -> Schedule:
    """Six doses a day of three drugs, one with a long name, on every day of two months."""
    capsule = {"name": "capsule C", "drug": "chlordiazepoxide", "source": "clinician", "form": "capsule"}
    order = parse_order(
        HELD
        | {
            "product": [*HELD["product"], capsule | {"strength": "5 mg"}],
            "other": [*HELD["other"], {"drug": "chlordiazepoxide", "current": {"noon": "10 mg"}}],
        }
    )
    taken = [
        intake("morning", "lorazepam", ("1", "1.5")),
        intake("morning", "diazepam", ("5", "2.5"), ("2", "3.5")),
        Intake("noon", "chlordiazepoxide", Mg(10), (Item("capsule C", Pieces(2)),)),
        intake("evening", "lorazepam", ("1", "0.5")),
        intake("bedtime", "diazepam", ("5", "1.5"), ("2", "0.5")),
        Intake("bedtime", "chlordiazepoxide", Mg(35), (Item("capsule C", Pieces(7)),)),
    ]
    return laid_out(order, (30, tuple(taken)), (30, tuple(taken[:5])))


@pytest.mark.parametrize("variant", ["", "letter, gray", "large, next 2 weeks", "week, next 2 weeks", "dateless"])
def test_no_word_of_six_doses_of_three_drugs_covers_another(variant: str, tmp_path: Path) -> None:
    """Measured by position, within the page."""
    for width, height, boxes in word_boxes(render(three_drugs(), printed_on=PRINTED, variant=variant), tmp_path):
        assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height for box in boxes)
        rows = sorted(boxes, key=lambda box: (box[1], box[0]))
        for number, one in enumerate(rows):
            for other in rows[number + 1 : number + 60]:
                wide = min(one[2], other[2]) - max(one[0], other[0])
                (above, under), (top, bottom) = ink(one), ink(other)
                assert wide < 1 or min(under, bottom) - max(above, top) < 1, (one, other)


@pytest.mark.parametrize("variant", ["", "letter, gray", "week", "dateless", "dateless, week"])
def test_no_drawing_is_cut_off_by_the_edge_of_its_box(variant: str) -> None:
    """Seven pieces are wider than the box of a day that is set large: they are made smaller."""
    reader = pypdf.PdfReader(io.BytesIO(render(three_drugs(), printed_on=PRINTED, variant=variant)))
    contents = [page.get_contents() for page in reader.pages]
    drawn = [content.get_data() for content in contents if content is not None]
    assert any(b" Do" in page for page in drawn)
    for number, page in enumerate(drawn, start=1):
        assert not re.findall(rb"\bW\*?\s+n\s*/Span\s*<<[^>]*/Alt\([^)]*", page), f"page {number}"


def test_the_chart_never_runs_into_the_foot_of_the_page(tmp_path: Path) -> None:
    """Below long notices in large print, where months are set over the drawing, it goes to the next page whole."""
    before, after = revised()
    pages = word_boxes(render(after, printed_on=PRINTED, previous=before, language="ar", variant="large"), tmp_path)
    for _, height, boxes in pages:
        assert not [box for box in boxes if box[4] == "mg" and box[3] > height - 45]


def test_a_week_of_four_doses_a_day_stays_on_its_page() -> None:
    """Seven rows, one page."""
    texts = [clean(text) for text in pdf_texts(render(held(), printed_on=PRINTED, variant="week, next 2 weeks"))]
    weeks = [text for text in texts if "Day What to take" in text]
    assert len(weeks) == 2
    assert all(len(re.findall(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+[0-9]", text)) == 7 for text in weeks)


# ---- revisions -----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_revised_plan_says_from_when_it_replaces_the_one_before(kind: Format, code: str) -> None:
    """Number and day at the top of the plan and on the head of the calendar, in every language and format."""
    _, schedule = revised()
    page, words = printed(schedule, code), load(code)
    notice = next(one for one in page.notices if one.kind == "revised")
    assert "2" in notice.title
    assert clean(Phrases(schedule, words).dated(date(2026, 3, 3))) in clean(notice.lines[0])
    assert notice.lines[1:] == (words.phrase["revised_old"], words.phrase["revised_left"])
    content = render(schedule, to=kind, printed_on=PRINTED, language=code)
    if kind == "text":
        text = content.decode()
    elif kind == "html":
        root = lxml.html.fromstring(content.decode())
        text = root.text_content()
        heads = [clean(one.text_content()) for one in root.xpath("//section[contains(@class,'month')]//p")]
        assert any(clean(page.calendar_revised) in head for head in heads)
    else:
        text = "".join(pdf_texts(content))
    squeezed = "".join(clean(text).split())
    if kind != "pdf" or words.direction == "ltr":  # readers of PDF give joined letters in pieces
        for line in (notice.title, *notice.lines):
            assert "".join(clean(line).split()) in squeezed


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_plan_as_first_written_says_nothing_of_revisions(code: str) -> None:
    """Neither the handout nor the card."""
    schedule = laid_out(parse_order(ALONE), (14, (intake("bedtime", "lorazepam", ("1", "1")),)))
    assert schedule.revision == 0
    assert printed(schedule, code).notices == ()
    assert printed(schedule, code).calendar_revised == ""
    assert build_card(PrintRequest(schedule, printed_on=PRINTED, language=code)).revised == ""


def test_revision_0_is_the_plan_as_first_written() -> None:
    """Whatever its order holds: a plan is never said to replace one that was not there."""
    schedule = replace(revised()[1], revision=0)
    assert printed(schedule).notices == ()
    assert build_card(PrintRequest(schedule, printed_on=PRINTED)).revised == ""


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_card_says_that_older_ones_count_no_more(code: str) -> None:
    """With the number and the day, on one page still."""
    _, schedule = revised()
    on = date(2026, 3, 10)
    card = build_card(PrintRequest(schedule, printed_on=on, language=code))
    assert "2" in card.revised
    assert bare(Phrases(schedule, load(code)).dated(date(2026, 3, 3))) in bare(card.revised)
    content = render(schedule, printed_on=on, sheet="card", language=code)
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == 1


def test_what_changed_is_told_in_short_to_the_patient_and_whole_to_the_clinician() -> None:
    """From what to what, and where the end moved."""
    before, after = revised()
    assert lines(printed(after, previous=before), "changed") == [
        "3 March 2026 to 30 March 2026: 1 mg a day",
        "Every later step comes later than in the old plan.",
        "First day without lorazepam: 28 April 2026 instead of 31 March 2026.",
    ]
    sheet = build_clinician_sheet(PrintRequest(after, Report(), printed_on=PRINTED, previous=before))
    table = next(one for one in sheet.tables if one.columns == ("Dates", "Before", "Now"))
    assert [clean(row[0]) for row in table.rows] == [
        "17 March 2026 to 30 March 2026",
        "31 March 2026 to 27 April 2026",
        "First day off",
    ]
    assert clean(table.rows[0][1]) == "Bedtime 0.5 mg: half of one 1 mg tablet"
    content = render(after, Report(), "text", printed_on=PRINTED, sheet="clinician", previous=before)
    assert "Days changed" in content.decode()
    assert "What is new" in render(after, to="text", printed_on=PRINTED, previous=before).decode()


def begun_with(other: Schedule, schedule: Schedule) -> Schedule:
    """A schedule moved to the first day of another."""
    by = other.steps[0].start - schedule.steps[0].start
    steps = (replace(step, start=step.start + by, end=step.end + by) for step in schedule.steps)
    stop = schedule.stopped_on
    return replace(schedule, steps=tuple(steps), stopped_on=None if stop is None else stop + by)


@settings(max_examples=60)
@given(before=mixed_schedules(), other=mixed_schedules())
def test_the_stretches_are_all_days_that_differ_and_no_others(before: Schedule, other: Schedule) -> None:
    """Applied to the old days they give the new ones, the days after a stop among them."""
    after = begun_with(before, other)

    def regimen(schedule: Schedule, day: date) -> tuple[Intake, ...] | None:
        if schedule.stopped_on is not None and day >= schedule.stopped_on:
            return ()
        return next((step.intakes for step in schedule.steps if step.start <= day <= step.end), None)

    found = changed_steps(before, after)
    changed: set[date] = set()
    for one in found:
        days = {one.first + timedelta(days=n) for n in range((one.last - one.first).days + 1)}
        assert not days & changed
        changed |= days
        for day in days:
            assert (one.before, one.after) == (regimen(before, day), regimen(after, day))
            assert one.before != one.after
    for day in {day for schedule in (before, after) for day, _ in schedule.days()} - changed:
        assert regimen(before, day) == regimen(after, day)
    printed(after, previous=before)
    assert changed_steps(after, after) == ()


def test_a_day_that_stays_the_same_parts_two_stretches() -> None:
    """Days that do not differ are never told to."""
    order, noon = parse_order(LORAZEPAM), (intake("noon", "diazepam", ("5", "2")),)
    less = (intake("noon", "diazepam", ("5", "1")),)
    found = changed_steps(laid_out(order, (9, noon)), laid_out(order, (3, less), (3, noon), (3, less)))
    assert [(one.first.day, one.last.day) for one in found] == [(5, 7), (11, 13)]


def test_a_change_of_times_or_of_pieces_alone_is_told_as_such() -> None:
    """Where the daily dose is the same, the times are said; where these are too, that the pieces are others."""
    order = parse_order(LORAZEPAM)
    noon = laid_out(order, (7, (intake("noon", "diazepam", ("5", "2")),)))
    night = laid_out(order, (7, (intake("bedtime", "diazepam", ("5", "2")),)))
    small = laid_out(order, (7, (intake("noon", "diazepam", ("2", "5")),)))
    times, gone = lines(printed(night, previous=noon), "changed")
    assert times.endswith(": Bedtime 10 mg (old plan: no dose)")
    assert gone == "From 5 January 2026: no more diazepam at midday."
    (pieces,) = lines(printed(small, previous=noon), "changed")
    assert pieces.startswith("From 5 January 2026: the same doses, made up in another way.")
    assert not lines(printed(noon, previous=noon), "changed")


@pytest.mark.parametrize(("old", "new"), [(True, False), (False, True)])
def test_a_stop_that_came_or_went_is_told(old: bool, new: bool) -> None:
    """A plan that no longer ends, or now does."""
    days = (7, (intake("noon", "diazepam", ("5", "2")),))
    order = parse_order(LORAZEPAM)
    said = lines(printed(laid_out(order, days, stop=new), previous=laid_out(order, days, stop=old)), "changed")
    assert "12 January 2026" in said[-1]
    assert ("does not end with a stop" in said[-1]) is old


# ---- the clinician -------------------------------------------------------------------------------

EVENTS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"hold": "2 weeks"}, "hold 2 weeks"),
    ({"hold_until": "2026-03-01"}, "hold until at least 1 March 2026"),
    ({"back": True}, "back to the previous step’s dose"),
    ({"dose": "7.5 mg"}, "dose set to 7.5 mg"),
    ({"dose": {"morning": "2 mg", "bedtime": "5 mg"}}, "dose set to morning 2 mg and bedtime 5 mg"),
    ({"taken": "8 mg", "since": "2026-01-20"}, "actually taken: 8 mg, since 20 January 2026"),
    ({"reduce": "5% of current"}, "new cut: 5% of current"),
    ({"every": "4 weeks"}, "new interval: 4 weeks"),
    ({"until": "2 mg"}, "new target dose: 2 mg"),
    ({"finish": "2026-09-01"}, "new end date: 1 September 2026"),
    ({"stop_from": "0.5 mg"}, "stop from 0.5 mg"),
    (
        {"phase": [{"reduce": "1 mg", "every": "1 week", "until": "0 mg"}]},
        "new phases: cut 1 mg every week down to 0 mg",
    ),
    ({"product": [{"name": "diazepam tablet 2 mg", "split": "halves"}]}, "new products: diazepam tablet 2 mg (halves)"),
    ({"max_units": 4}, "most tablets or capsules at one time: 4"),
    ({"spread": "even"}, "which dose is cut: even"),
    ({"reduce_first": ["morning"]}, "cut first: morning"),
    ({"merge": {"from": "4 mg", "into": "bedtime"}}, "combined into one dose: at 4 mg a day or less, all at bedtime"),
    ({"change_on": "Monday"}, "dose changes on Monday"),
    ({"review_every": "1 month"}, "review every 1 month"),
    ({"undo": True}, "previous revision undone"),
    (
        {"undo": True, "stock": [{"product": "diazepam tablet 2 mg", "count": "12.5"}]},
        "previous revision undone; counted at home: 12.5 × diazepam tablet 2 mg",
    ),
)


@pytest.mark.parametrize(("change", "said"), EVENTS)
def test_each_change_of_a_revision_is_told_in_words(change: dict[str, Any], said: str) -> None:
    """What was decided, as a colleague would say it."""
    event = Event.model_validate({"on": "2026-01-26", **change})
    assert clean("; ".join(changes_in_words(event, Phrases(crossover(), load("en"))))) == said


def test_no_change_is_without_words() -> None:
    """Each thing that a revision can change is among the cases above."""
    about = {"on", "reason", "by", "drug", "at_phase", "since", "handed", "hash"}
    told = {name for change, _ in EVENTS for name in change}
    assert set(Event.model_fields) - about <= told


def test_the_history_stands_on_the_clinicians_sheet_and_in_the_record() -> None:
    """Every revision with its day, what changed, why and by whom."""
    _, schedule = revised()
    table = build_clinician_sheet(PrintRequest(schedule, Report(), printed_on=PRINTED)).tables[0]
    assert [tuple(map(clean, row)) for row in table.rows] == [
        ("1", "26 January 2026", "hold 2 weeks", "bad nights", "Dr. B"),
        ("2", "3 March 2026", "new cut: 0.5 mg; new interval: 4 weeks", "slower", "Dr. C"),
    ]
    record = render(schedule, None, "text", printed_on=PRINTED, sheet="record").decode()
    assert "Revision 1 from 26 January 2026: hold 2 weeks (by Dr. B; reason: bad nights)." in record
    assert "Revision 2 from 3 March 2026: new cut: 0.5 mg; new interval: 4 weeks (by Dr. C; reason: slower)." in record
    first = laid_out(parse_order(ALONE), (14, (intake("bedtime", "lorazepam", ("1", "1")),)))
    assert "Revision" not in render(first, None, "text", printed_on=PRINTED, sheet="record").decode()
    assert all(
        one.title != "Revisions" for one in build_clinician_sheet(PrintRequest(first, printed_on=PRINTED)).tables
    )


def test_the_phases_in_force_and_new_products_are_shown() -> None:
    """As first ordered, and as they stand after the last revision."""
    change = {"on": "2026-02-01", "product": [{"name": "lorazepam tablet 1 mg"}], "every": "4 weeks"}
    schedule = replace(held(), order=with_history(HELD, REVISIONS[0], change), revision=2)
    facts = [
        (one.label, clean(one.text)) for one in build_clinician_sheet(PrintRequest(schedule, printed_on=PRINTED)).facts
    ]
    assert ("Other drug in this plan", "diazepam: midday 5 mg and bedtime 5 mg") in facts
    assert ("Phase 1", "LORazepam: cut 0.5 mg every 2 weeks down to 0 mg") in facts
    assert ("Phase 1 as revised", "LORazepam: cut 0.5 mg every 4 weeks down to 0 mg") in facts


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        ({"reduce": "1 mg", "until": "0 mg"}, "cut 1 mg every 2 weeks down to 0 mg"),
        ({"doses": ["8 mg", "6 mg"]}, "doses as listed, 8 mg, 6 mg, changing every 2 weeks"),
        (
            {"doses": [{"morning": "2 mg", "bedtime": "5 mg"}, "6 mg"]},
            "doses as listed, morning 2 mg and bedtime 5 mg; 6 mg, changing every 2 weeks",
        ),
        (
            {"finish": "2026-12-31", "until": "0 mg"},
            "to 0 mg by 31 December 2026, in the gentlest steps, one every 2 weeks",
        ),
        (
            {"weekly": [{"usual": "5 mg", "Monday": "2.5 mg", "Friday": "0 mg"}], "until": "0 mg"},
            "weekly patterns, 2 weeks each: usually 5 mg, Monday 2.5 mg, Friday no dose, until 0 mg",
        ),
        (
            {"switch_to": "lorazepam", "equivalence": "1 mg = 10 mg", "portion": "0.5 mg", "switch_first": ["noon"]},
            "switch to LORazepam (equivalence: 1 mg = 10 mg): at most 0.5 mg of the old drug every 2 weeks, "
            "starting with noon",
        ),
        (
            {"switch_to": "lorazepam", "equivalence": "asam-2025-ashton"},
            "switch to LORazepam (equivalence: asam-2025-ashton, ASAM 2025, Ashton Manual column): "
            "one whole dose every 2 weeks",
        ),
        (
            {"reduce": "1 mg", "until": "0 mg", "together": True, "drug": "diazepam"},
            "cut 1 mg every 2 weeks down to 0 mg; runs alongside the previous phase",
        ),
    ],
)
def test_each_kind_of_phase_is_told_in_words(phase: dict[str, Any], said: str) -> None:
    """Rule, pace and end."""
    found = phase_text(Phase.model_validate({"every": "2 weeks", **phase}), Phrases(crossover(), load("en")))
    assert clean(found) == said


def test_the_clinicians_steps_tell_each_drugs_change_and_the_sum_in_equivalents() -> None:
    """Mg of two drugs are never added; the equivalents are, as a range."""
    steps = build_clinician_sheet(PrintRequest(crossover(), Report(), printed_on=PRINTED)).tables[0]
    row = dict(zip(steps.columns, map(clean, steps.rows[2]), strict=True))
    assert row["Daily dose"] == "LORazepam 1 mg and diazepam 9.5 mg"
    assert row["Change"] == "LORazepam down 0.5 mg and diazepam up 4.5 mg"
    assert row["Diazepam equivalent"] == "14.5 mg to 19.5 mg"
    assert "Cut" not in row


def test_variants_keep_the_notices() -> None:
    """Also on the paper of some weeks."""
    before, after = revised()
    page = printed(after, previous=before, variant=parse_variant("large, next 2 weeks"))
    assert [one.kind for one in page.notices] == ["revised", "changed"]
