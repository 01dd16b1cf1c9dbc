"""What is taken, on paper: mL before mg, halves in words, counts with their nouns, one spelling of a drug."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from taper.order.order import parse_order, read_order
from taper.paper.drawings import Drawings
from taper.paper.parts import Dose, Handout
from taper.paper.phrases import Phrases, bare
from taper.paper.renderers import render
from taper.paper.renderers.months import on_pages, type_size
from taper.paper.renderers.pictogram import shape
from taper.paper.request import PrintRequest
from taper.paper.sections import steps as rows_of
from taper.paper.sheets.card import build_card
from taper.paper.sheets.patient import build_handout
from taper.paper.step_lines import step_lines
from taper.paper.variant import Variant
from taper.paper.words import LANGUAGES, load
from taper.planner.planning import plan
from taper.quantity import exact_text
from taper.schedule.schedule import Schedule
from tests.oracles.pdf import pdf_pages, print_sizes
from tests.support.orders import GOLDEN

EXAMPLES = Path(__file__).parents[2] / "examples"
PRINTED = date(2026, 1, 2)
BOTTLE = {"name": "diazepam oral solution 2 mg/5 mL", "device": "5 mL oral syringe", "graduation": "0.1 mL"}
MEASURED_LAST = re.compile(r"[0-9] mg[^0-9(]{0,4}[=(] ?[0-9.,]+ mL")


def liquid(**changes: Any) -> Schedule:
    """Three doses a day of a liquid of which a mg is not a mL."""
    current = {"morning": "5 mg", "noon": "2 mg", "bedtime": "7 mg"}
    data = deepcopy(GOLDEN) | {"country": "GB", "current": current, "product": [BOTTLE]}
    data["phase"] = [{"reduce": "10% of current, at least 1 mg", "every": "4 weeks", "until": "6 mg"}]
    return plan(parse_order(data | changes))


def handout(schedule: Schedule, code: str = "en", **variant: Any) -> Handout:
    """The patient's paper."""
    return build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code, variant=Variant(**variant)))


def plain(text: str) -> str:
    """A text as it is read."""
    return " ".join(bare(text).replace("\N{NO-BREAK SPACE}", " ").split())


def doses_of(page: Handout) -> list[Dose]:
    """Each dose of the calendar."""
    return [dose for day in page.days if day.doses for dose in day.doses.doses]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_volume_stands_before_its_mg_in_every_language(code: str) -> None:
    """5 before 12.5 mL would be drawn up as 5 mL; the mL of each dose are exact."""
    decimal = load(code).locale.decimal
    for dose in doses_of(handout(liquid(), code)):
        found = re.search(r"([0-9.,]+) mL \(([0-9.,]+) mg\)", plain(dose.line))
        assert found is not None, dose.line
        volume, mg = (Fraction(part.replace(decimal, ".")) for part in found.groups())
        assert volume * Fraction(2, 5) == mg
        assert plain(dose.measure) == f"{found[1]} mL"


@pytest.mark.parametrize("kind", ["pdf", "html", "text"])
@pytest.mark.parametrize("sheet", ["patient", "card", "plan", "pharmacy"])
def test_no_paper_writes_mg_before_ml_or_another_strength_than_the_bottle(sheet: Any, kind: Any) -> None:
    content = render(liquid(), to=kind, printed_on=PRINTED, sheet=sheet)
    if kind == "pdf":
        text = plain(" ".join(page.extract_text() for page in pdf_pages(content)))
    elif kind == "html":
        text = plain(lxml.html.fromstring(content.decode()).text_content())
    else:
        text = plain(content.decode())
    assert MEASURED_LAST.search(text) is None
    assert "0.4 mg/mL" not in text
    assert "2 mg/5 mL" in text
    assert re.search(r"12\.5 mL \(5 mg\)", text)


def test_the_strength_is_the_typed_one_and_the_product_is_the_same() -> None:
    """As typed it is printed; the key that documents and supplies use stays that of the catalog."""
    typed, told = liquid(), liquid(product=[BOTTLE | {"name": "diazepam oral solution 0.4 mg/mL"}])
    assert typed.order is not None
    assert told.order is not None
    assert [one.name for one in typed.order.products] == [one.name for one in told.order.products]
    assert [one.on_bottle for one in typed.order.products] == ["diazepam oral solution 2 mg/5 mL"]
    assert [one.on_bottle for one in told.order.products] == ["diazepam oral solution 0.4 mg/mL"]
    assert typed.steps == told.steps


def test_a_capacity_is_named_with_a_device_that_does_not_say_it() -> None:
    schedule = liquid(product=[BOTTLE | {"device": "oral syringe", "capacity": "5 mL"}])
    page = handout(schedule)
    day = page.days[0].doses
    assert day is not None
    assert plain(day.source) == "liquid with 2 mg/5 mL, measured with: oral syringe (5 mL)"
    assert plain(day.doses[0].pieces[0]) == "fill to 5 mL two times, then to 2.5 mL"


def test_of_several_syringes_each_dose_names_its_own() -> None:
    """The smallest that holds the whole dose, else the largest, as often as it takes."""
    syringes = BOTTLE | {"device": "10 mL oral syringe, then 1 mL oral syringe"}
    data = liquid(product=[syringes], current={"morning": "0.4 mg", "noon": "4 mg", "bedtime": "5 mg"})
    said = [plain(dose.said) for dose in doses_of(handout(data))[:3]]
    assert said == [
        "Morning 1 mL (0.4 mg): liquid with 2 mg/5 mL, measured with: 1 mL oral syringe",
        "Midday 10 mL (4 mg): liquid with 2 mg/5 mL, measured with: 10 mL oral syringe",
        "Bedtime 12.5 mL (5 mg): liquid with 2 mg/5 mL, measured with: 10 mL oral syringe: "
        "fill to 10 mL once, then to 2.5 mL",
    ]


def test_the_volume_of_a_whole_day_is_not_set_where_it_would_be_taken_at_once() -> None:
    """Neither in the corner of a day, nor large on the card, nor in the boxes."""
    page, card = handout(liquid()), build_card(PrintRequest(liquid(), printed_on=PRINTED))
    assert not any(day.doses.corner for day in page.days if day.doses)
    assert not any("mL" in row.total for row in page.steps if row.doses and len(row.doses.doses) > 1)
    assert plain(page.steps[0].total) == "14 mg"
    assert card.total == ""
    assert plain(page.facts[0].text) == "Morning 12.5 mL (5 mg), Midday 5 mL (2 mg), Bedtime 17.5 mL (7 mg)"
    tablets = handout(plan(parse_order(GOLDEN)))
    assert all(day.doses.corner for day in tablets.days if day.doses)


@pytest.mark.parametrize("code", LANGUAGES)
def test_halves_are_words_in_the_month_too(code: str) -> None:
    """In each dose with a part, in every language; the pieces of the short words make the dose."""
    words = load(code)
    half = plain(words.phrase["short_half"].format(strength="5 mg"))
    seen = 0
    for dose in doses_of(handout(plan(parse_order(GOLDEN)), code)):
        short = [plain(part) for part in dose.short]
        assert short
        halves = [drawing for drawing in dose.pictograms if drawing.part == "half"]
        assert sum(half.replace("5 mg", "") in f"{part} " or half[:6] in part for part in short) >= len(halves)
        seen += len(halves)
    assert seen


def test_short_words_add_up_to_the_dose() -> None:
    for dose in doses_of(handout(plan(parse_order(GOLDEN)))):
        total = Fraction(0)
        for part in map(plain, dose.short):
            found = re.fullmatch(r"(?:\+ )?(half|[0-9]+) of ([0-9.]+) mg", part)
            assert found is not None, part
            total += (Fraction(1, 2) if found[1] == "half" else Fraction(found[1])) * Fraction(found[2])
        assert plain(dose.amount) == f"{exact_text(total)} mg"


@pytest.mark.parametrize("kind", ["pdf", "html", "text"])
def test_the_month_of_every_format_says_half_in_words(kind: Any) -> None:
    content = render(plan(parse_order(GOLDEN)), to=kind, printed_on=PRINTED)
    if kind == "pdf":
        pages = [page for page in pdf_pages(content) if page.mediabox.width > page.mediabox.height]
        text = plain(" ".join(page.extract_text() for page in pages))
    elif kind == "html":
        months = lxml.html.fromstring(content.decode()).xpath("//section[contains(@class,'month')]")
        text = plain(" ".join(month.text_content() for month in months))
    else:
        text = plain(content.decode().partition("Every day")[2])
    assert "half of 5 mg" in text


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("times", range(1, 11))
def test_fillings_are_counted_in_words(code: str, times: int) -> None:
    phrases = load(code).phrase
    assert not re.search("[0-9]", phrases[f"times_{times}"])
    assert len({phrases[f"times_{number}"] for number in range(1, 11)}) == 10


def test_the_drawing_of_a_part_carries_the_mg_that_are_taken() -> None:
    """Half of 5 mg says 2.5; a whole one says its strength; a part without an exact decimal says nothing."""
    schedule = plan(parse_order(GOLDEN))
    page = handout(schedule)
    marks = {(d.product, d.part): d.mark for dose in doses_of(page) for d in dose.pictograms if d.part != "whole"}
    assert marks == {("p0", "half"): "2.5", ("p1", "half"): "1"}
    whole, half = shape(page.products[0], "whole"), shape(page.products[0], "half", "2.5")
    bare_half = shape(page.products[0], "half")
    assert half != bare_half
    assert whole not in half
    drawings = Drawings(schedule, lambda value: exact_text(value))
    assert drawings.legend()


def test_what_is_taken_is_large_and_black() -> None:
    """12 points in steps and on the one sheet; no dose smaller than 9 in the month."""
    sizes = print_sizes(render(plan(parse_order(GOLDEN)), printed_on=PRINTED))
    assert 12 in sizes
    template = (Path(__file__).parents[2] / "taper/paper/renderers/templates/calendar.typ").read_text(encoding="utf-8")
    scales = [float(size) for size in re.findall(r"\(text: ([0-9.]+)pt", template)]
    assert min(scales) == 9
    page = handout(plan(parse_order(GOLDEN)))
    assert all(type_size(months) >= 8 for months in on_pages(page.months))


def test_steps_have_a_product_a_line_and_never_part_a_count_from_its_noun() -> None:
    for row in handout(plan(parse_order(GOLDEN))).steps:
        for day in row.regimens:
            for dose in day.doses:
                assert all(len(re.findall(r" mg\b", plain(piece))) == 1 for piece in dose.pieces)
                assert not any(re.search(r"[0-9] tablet|and [0-9]|half a|a tablet", piece) for piece in dose.pieces)


@pytest.mark.parametrize("kind", ["html", "text"])
def test_one_spelling_of_a_drug_on_a_sheet(kind: Any) -> None:
    """ALPRAZolam has no "alprazolam" beside it, in title, sentence, products or doses."""
    schedule = plan(read_order(EXAMPLES / "crossover.toml"))
    names = [name for name in schedule.drugs if Phrases(schedule, load("en")).medicine(name) != name]
    assert names
    text = render(schedule, to=kind, printed_on=PRINTED).decode()
    if kind == "html":  # speech has no capitals within a word, so charts and drawings say the plain name
        main = lxml.html.fromstring(text).xpath("//main")[0]
        shown = " ".join(main.xpath(".//text()[not(ancestor::svg)]"))
    else:
        shown = text
    for name in names:
        assert not re.search(rf"\b{name}\b", shown)


def test_sentences_do_not_begin_with_a_small_letter() -> None:
    for name in ("two_drugs", "crossover", "together", "diazepam_liquid", "weekly"):
        page = handout(plan(read_order(EXAMPLES / f"{name}.toml")))
        lines = [line for notice in page.notices for line in notice.lines] + [
            row.total for row in page.steps if row.week
        ]
        assert not [line for line in lines if line[:1].islower()], name


def test_a_weekly_box_names_its_days_first() -> None:
    page = handout(plan(read_order(EXAMPLES / "weekly.toml")))
    assert plain(page.facts[1].text) == "Mondays and Fridays 3.75 mg, other days 7.5 mg"


def test_the_sentence_counts_the_steps_that_the_table_numbers() -> None:
    page = handout(plan(parse_order(GOLDEN)))
    numbered = [row.label for row in page.steps if row.kind == "step"]
    assert f" in {len(numbered)} steps" in plain(page.sentence)
    assert numbered == [str(number) for number in range(1, len(numbered) + 1)]


def test_drugs_stand_in_one_order() -> None:
    """In the title, in a daily dose and within a time of day."""
    for name in ("two_drugs", "together", "crossover"):
        schedule = plan(read_order(EXAMPLES / f"{name}.toml"))
        phrases = Phrases(schedule, load("en"))
        for step in schedule.steps:
            said = phrases.total(step.regimen)
            places = [said.index(phrases.medicine(drug)) for drug in schedule.drugs if step.totals.get(drug)]
            assert places == sorted(places)


def test_a_phone_number_stays_on_its_line() -> None:
    data = deepcopy(GOLDEN) | {"handout": {"phone": "+32 2 555 01 99"}}
    page = handout(plan(parse_order(data)))
    assert any("+32 2 555 01 99".replace(" ", "\N{NO-BREAK SPACE}") in line for line in page.people)


def test_the_card_has_the_next_two_doses_and_lines_to_write_on() -> None:
    card = build_card(PrintRequest(plan(parse_order(GOLDEN)), printed_on=date(2026, 1, 5)))
    assert plain(card.next) == "From January 19, 2026: 18 mg a day"
    assert plain(card.later) == "From February 2, 2026: 16.5 mg a day"
    assert len(card.blanks) == 2
    last = build_card(PrintRequest(plan(parse_order(GOLDEN)), printed_on=date(2026, 9, 10)))
    assert (plain(last.next), last.later) == ("From September 14, 2026: no dose", "")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_card_printed_before_its_days_does_not_say_now(code: str) -> None:
    """Printed for a later day or before the plan begins, it names the day; from that day on it says "now"."""
    schedule, words = plan(parse_order(GOLDEN)), load(code)
    for printed_on, variant, now in (
        (date(2026, 1, 2), Variant(), False),
        (date(2026, 1, 5), Variant(), True),
        (date(2026, 1, 18), Variant(on=date(2026, 1, 19)), False),
        (date(2026, 1, 20), Variant(on=date(2026, 1, 25)), True),
    ):
        card = build_card(PrintRequest(schedule, printed_on=printed_on, variant=variant, language=code))
        assert (card.heading == words.phrase["card"]) is now
        assert now or "2026" in card.heading


def test_the_chart_of_each_drug_speaks_of_its_own_steps_and_end() -> None:
    """In two_drugs zopiclone ends in March, and diazepam in December."""
    page = handout(plan(read_order(EXAMPLES / "two_drugs.toml")))
    of = {chart.alt.split(": ", 1)[1].split(",")[0]: plain(chart.alt) for chart in page.charts}
    assert of["zopiclone"].endswith("in 2 steps to no dose from 2 March 2026.")
    assert of["diazepam"].endswith("in 10 steps to no dose from 7 December 2026.")


def test_the_stop_does_not_stand_alone_on_a_page() -> None:
    """For a weekly plan and for each number of steps that could end just before it."""
    schedules = [plan(read_order(EXAMPLES / "weekly.toml"))]
    for first in range(14, 30, 2):
        data = deepcopy(GOLDEN) | {"current": {"morning": f"{first // 2} mg", "bedtime": f"{first // 2} mg"}}
        schedules.append(plan(parse_order(data)))
    for schedule in schedules:
        for page in pdf_pages(render(schedule, printed_on=PRINTED)):
            text = page.extract_text()
            if re.search(r"^Stop\s", text, re.MULTILINE) and "Step Dates" in text.replace("\n", " "):
                before = text.partition("What to take")[2]
                assert re.search(r"^[0-9]+ ([A-Z][a-z]+ [0-9]+, |[0-9]+ [A-Z][a-z]+ )[0-9]{4}", before, re.M), text


def test_the_terminal_says_ml_first() -> None:
    schedule = liquid()
    rows = rows_of.rows(schedule, Phrases(schedule, load("en")))
    told = plain(" ".join(line for row in rows for line in step_lines(row, 80)))
    assert "Morning 12.5 mL (5 mg)" in told
    assert MEASURED_LAST.search(told) is None


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_strength_never_begins_a_line_of_its_own(code: str) -> None:
    """A line that begins with "0.5 mg" would be read as a dose; the word before the strength stays with it."""
    schedule = plan(parse_order(deepcopy(GOLDEN)))
    lines = [line for dose in doses_of(handout(schedule, code)) for line in dose.pieces]
    strengths = [re.search(r"(\S*)(.)\W?[0-9]+\N{NO-BREAK SPACE}mg", bare(line)) for line in lines]
    assert lines
    assert all(found and found[2] == "\N{NO-BREAK SPACE}" for found in strengths), lines
