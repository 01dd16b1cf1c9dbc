"""The pharmacy order: every plan has one, every label has its dates, and what it says is what is taken."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import given, settings, strategies as st

from taper.checker.wording import MONTHS
from taper.errors import ScheduleError
from taper.order.order import parse_order, read_order
from taper.paper.box_labels import SMALL, BoxLabels
from taper.paper.figures_in_words import in_words
from taper.paper.renderers import FORMATS, Format, render
from taper.paper.request import PrintRequest
from taper.paper.sheets.pharmacy import PharmacyOrder, build_pharmacy_order
from taper.paper.sigs import write_sigs
from taper.paper.words import LANGUAGES, code_for, load
from taper.planner.planning import plan
from taper.schedule.calendar import review_days
from taper.schedule.schedule import Schedule
from taper.schedule.supply import Fill, dispense
from tests.oracles.pdf import pdf_texts
from tests.strategies import mixed_schedules, printed_schedules, supplied_schedules, weekly_schedules
from tests.support.orders import GOLDEN
from tests.support.proofs import proof

PRINTED = date(2026, 1, 2)
EXAMPLES = sorted((Path(__file__).parent.parent.parent / "examples").glob("*.toml"))
_DATE = r"[0-9]{1,2} [A-Z][a-z]+(?: [0-9]{4})?"
_LINE = re.compile(rf"(?P<start>{_DATE})(?: to (?P<end>{_DATE}))?: (?P<text>.+)\.\Z")
_TIMES = {
    "in the morning": "morning",
    "at noon": "noon",
    "at midday": "noon",
    "in the evening": "evening",
    "at bedtime": "bedtime",
}
_TAKEN = re.compile(rf"\((?P<mg>[0-9.]+) mg\) (?P<time>{'|'.join(_TIMES)})")


ENDS = {"reduce": "1 mg", "every": "2 weeks", "until": "5.5 mg"}


def sheet_of(schedule: Schedule, every: str | None = None, language: str | None = None) -> PharmacyOrder:
    supply = dispense(schedule, every)
    return build_pharmacy_order(PrintRequest(schedule, supply=supply, printed_on=PRINTED, language=language))


def spaced(text: str) -> str:
    """A text with ordinary spaces."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def _day(text: str, year: str) -> date:
    day, month, *own = text.split()
    return date(int(own[0] if own else year), MONTHS.index(month) + 1, int(day))


def read_line(line: str) -> tuple[date, date, str]:
    """First day, last day and text of a line of a label; no line is without its days."""
    found = _LINE.match(spaced(line))
    assert found, line
    end = found["end"] or found["start"]
    year = end.split()[-1]
    return _day(found["start"], year), _day(end, year), found["text"]


def read_label(lines: tuple[str, ...]) -> tuple[date | None, list[tuple[date, date, str]]]:
    """The day on which a box is started, if it says one, and its lines."""
    if lines[-1].startswith("Measured with: "):
        lines = lines[:-1]  # what measures all of them
    start = re.match(rf"Start on ({_DATE})\.\Z", spaced(lines[0]))
    return (_day(start[1], ""), list(map(read_line, lines[1:]))) if start else (None, list(map(read_line, lines)))


def fills_of(schedule: Schedule, page: PharmacyOrder, every: str | None = None) -> list[tuple[Fill, Any]]:
    """Each fill with its part of the sheet, that of the past left out."""
    fills = dispense(schedule, every).fills
    return list(zip(fills, page.fills[len(page.fills) - len(fills) :], strict=True))


# ---- every order has one -------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_order_prints_by_default(path: Path) -> None:
    """No fill without its labels; none longer than 28 days unless the order says so; and the sheet says why."""
    schedule = plan(read_order(path))
    page, supply = sheet_of(schedule, language="en"), dispense(schedule)
    assert all(fill.labels for _, fill in fills_of(schedule, page))
    (length,) = (fact.text for fact in page.facts if fact.label == "Each fill")
    if supply.is_length_ordered:
        assert "order" in length
        return
    assert all((fill.end - fill.start).days < 28 for fill in supply.fills)
    assert ("until the next review" in length) == (supply.basis == "reviews")
    assert ("28 days" in length or "4 weeks" in length) == (supply.basis == "default")


@settings(max_examples=80)
@given(supplied_schedules(records=2) | mixed_schedules() | weekly_schedules())
def test_without_an_ordered_length_a_fill_has_at_most_28_days_and_ends_at_a_review(schedule: Schedule) -> None:
    supply = dispense(schedule)
    if supply.is_length_ordered:
        assert supply.every is not None
        return
    assert all((fill.end - fill.start).days < 28 for fill in supply.fills)
    if supply.basis == "reviews":
        begins = {fill.start for fill in supply.fills[1:]}
        assert begins >= {day for day in review_days(schedule) if supply.fills[0].start < day <= supply.fills[-1].end}


@pytest.mark.parametrize(
    ("reviews", "basis", "said"),
    [
        (None, "default", "4 weeks; the order gives no length of a fill"),
        ("2 weeks", "reviews", "until the next review; the order gives no length of a fill"),
        ("3 months", "default", "4 weeks; the order gives no length of a fill, and its reviews are further apart"),
    ],
)
def test_the_sheet_says_how_long_a_fill_is_and_why(reviews: str | None, basis: str, said: str) -> None:
    schedule = plan(parse_order(GOLDEN | ({"review_every": reviews} if reviews else {})))
    assert dispense(schedule).basis == basis
    assert said in [fact.text for fact in sheet_of(schedule).facts]


def test_a_length_that_is_asked_for_or_ordered_is_said_to_be() -> None:
    ordered = plan(parse_order(GOLDEN | {"supply": {"every": "2 weeks", "max_days": 21}}))
    assert "2 weeks, as ordered" in [fact.text for fact in sheet_of(ordered).facts]
    assert "21 days, as ordered" in [fact.text for fact in sheet_of(ordered).facts]
    assert "1 week, as asked for when this was printed" in [fact.text for fact in sheet_of(ordered, "1 week").facts]


# ---- labels --------------------------------------------------------------------------------------


@proof()
@given(printed_schedules(most_steps=8) | supplied_schedules(records=1) | mixed_schedules())
def test_read_back_the_labels_say_what_is_taken_of_each_box_on_each_day(schedule: Schedule) -> None:
    """Each day of a fill is in one line of each box, or before the day on which the box is started."""
    for fill, sheet in fills_of(schedule, sheet_of(schedule)):
        for label in sheet.labels:
            name = spaced(label.product)
            start, lines = read_label(label.lines)
            for day, step in schedule.days():
                if not fill.start <= day <= fill.end:
                    continue
                items = [(one, item) for one in step.intakes for item in one.items if item.product == name]
                said = [text for first, last, text in lines if first <= day <= last]
                if start is not None and day < start:
                    assert not items
                    assert not said
                    continue
                if not said:
                    assert not items  # after the drug is stopped
                    continue
                (text,) = said
                if not items:
                    assert text == "do not take any of this"
                elif all(item.count is not None for _, item in items) and schedule.order is not None:
                    strengths = {one.name: one.product.strength for one in schedule.order.products}
                    taken = {intake.time: (strengths[name] * item.count.value).value for intake, item in items}
                    assert {_TIMES[t]: Fraction(mg) for mg, t in _TAKEN.findall(text)} == taken


@proof()
@given(printed_schedules(most_steps=8) | mixed_schedules() | weekly_schedules())
def test_the_boxes_of_one_drug_carry_the_same_dates_and_none_is_without(schedule: Schedule) -> None:
    """From the day on which a box is started, its lines begin on the same days as those of the others."""
    drugs = {item.product: one.drug for step in schedule.steps for one in step.intakes for item in one.items}
    for _, sheet in fills_of(schedule, sheet_of(schedule)):
        days: dict[str, list[list[date]]] = {}
        for label in sheet.labels:
            _, lines = read_label(label.lines)
            assert lines[0][2] != "do not take any of this"
            days.setdefault(drugs[spaced(label.product)], []).append([first for first, _, _ in lines])
        for boxes in days.values():
            for one, other in combinations(boxes, 2):
                first, last = max(one[0], other[0]), min(one[-1], other[-1])
                assert [d for d in one if first <= d <= last] == [d for d in other if first <= d <= last]


def test_a_box_that_is_needed_later_says_when_it_is_started() -> None:
    labels = sheet_of(plan(parse_order(GOLDEN))).fills[0].labels
    five, two = (tuple(map(spaced, label.lines)) for label in labels)
    assert five[0].startswith("January 5 to January 18, 2026: take 2 tablets (10 mg) in the morning")
    assert two[:1] == ("Start on January 19, 2026.",)
    assert two[1].startswith("January 19 to February 1, 2026: take 2 tablets (4 mg)")


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=30, deadline=None)
@given(schedule=supplied_schedules() | mixed_schedules() | weekly_schedules())
def test_a_text_of_any_length_has_a_short_one_that_fits_and_points_to_the_calendar(
    language: str, schedule: Schedule
) -> None:
    """In every language; with its days, and never cut."""
    labels = BoxLabels(schedule, language)
    calendar = labels.say("box_calendar")
    products = tuple(dict.fromkeys(i.product for step in schedule.steps for one in step.intakes for i in one.items))
    for fill in dispense(schedule).fills:
        for label in labels.of_fill(fill, products):
            assert not any(re.search(r"[,،:;.][,.،]", text) for text in (*label.lines, label.short))
            if not label.short:
                assert len(" ".join(label.lines)) <= SMALL
                continue
            assert calendar in label.short
            assert len(label.short) <= SMALL
            assert spaced(labels.phrases.dated(fill.end)) in spaced(label.short)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_fill_for_the_whole_plan_is_printed_whole(kind: Format) -> None:
    """One fill of eight months, taller than a page: every line of every label is there."""
    schedule = plan(parse_order(GOLDEN | {"supply": {"every": "12 months"}}))
    page, shown = sheet_of(schedule), shown_in(schedule, kind)
    assert len(page.fills) == 1
    for label in page.fills[0].labels:
        assert len(label.lines) > 10
        for text in (*label.lines, label.short):
            assert "".join(text.split()) in shown


def shown_in(schedule: Schedule, kind: Format) -> str:
    """What a reader of a paper sees, without spaces."""
    content = render(schedule, to=kind, printed_on=PRINTED, sheet="pharmacy")
    if kind == "pdf":
        text = " ".join(part.rsplit("Pharmacy order: ", 1)[0] for part in pdf_texts(content))  # without the foot
    else:
        text = content.decode() if kind == "text" else lxml.html.fromstring(content.decode()).text_content()
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_runs_in_its_own_direction_and_a_translation_nobody_checked_says_so(language: str) -> None:
    """In the patient's language on an English sheet: a day that begins a line of Arabic stands at its right."""
    schedule = plan(parse_order(GOLDEN | {"handout": {"language": language}}))
    content = render(schedule, to="html", printed_on=PRINTED, sheet="pharmacy")
    page = lxml.html.fromstring(content.decode())
    assert page.get("lang") == "en-US"
    labels = page.find_class("label")
    assert labels
    for label in labels:
        (text,) = label.xpath("./div")
        assert (text.get("lang"), text.get("dir")) == (
            code_for(language, "US"),
            load(language).direction,
        )
    for kind in ("html", "text"):
        said = render(schedule, to=kind, printed_on=PRINTED, sheet="pharmacy").decode()
        assert ("a translation that no clinician has checked" in said) == (language != "en")


# ---- the sheet -----------------------------------------------------------------------------------


def test_a_fill_is_never_torn_from_its_labels() -> None:
    """Everything of a fill is on the page of its heading."""
    schedule = plan(parse_order(GOLDEN))
    pages = [
        "".join(text.split()) for text in pdf_texts(render(schedule, to="pdf", printed_on=PRINTED, sheet="pharmacy"))
    ]
    assert len(pages) > 2
    for fill in sheet_of(schedule).fills:
        (page,) = (text for text in pages if "".join(fill.table.title.split()) in text)
        for label in fill.labels:
            assert all("".join(line.split()) in page for line in (label.product, *label.lines, label.short))


@settings(max_examples=40)
@given(supplied_schedules(records=2) | mixed_schedules())
def test_products_stand_in_one_order_and_keep_their_strength(schedule: Schedule) -> None:
    """In all tables and labels; a number never begins a line of the name, and keeps its unit."""
    page = sheet_of(schedule)
    rank = {name: place for place, name in enumerate(product for product, *_ in page.total.rows)}
    for fill in page.fills:
        for names in ([row[0] for row in fill.table.rows], [label.product for label in fill.labels]):
            assert names == sorted(names, key=rank.__getitem__)
            assert not any(re.search(r" [0-9]|[0-9] m[gL]", name) for name in names)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_words_are_those_of_a_pharmacy(kind: Format) -> None:
    schedule = plan(parse_order(GOLDEN))
    shown = shown_in(schedule, kind).lower()
    for word in ("dispense", "carriedover", "dispensedtodate"):
        assert word in shown
    for word in ("handout", "handedout", "inhand", "140characters"):
        assert word not in shown


def test_the_people_stand_under_their_own_names() -> None:
    order = GOLDEN | {"handout": {"patient": "Ann Lee", "prescriber": "Dr A", "phone": "555 0100"}}
    facts = {fact.label: fact.text for fact in sheet_of(plan(parse_order(order))).facts}
    assert facts["Patient"] == "Ann Lee"
    assert facts["Prescriber"] == "Dr A"
    assert facts["Telephone"] == "555 0100"
    assert "" not in facts


# ---- packs ---------------------------------------------------------------------------------------

LORAZEPAM: dict[str, Any] = {
    "drug": "lorazepam",
    "country": "AU",
    "start": "2026-01-05",
    "current": {"bedtime": "2 mg"},
    "product": [{"name": "lorazepam tablet 1 mg", "split": "halves"}],
    "phase": [{"reduce": "0.5 mg", "every": "4 weeks", "until": "0 mg"}],
}


def test_packs_are_named_where_a_source_prints_their_size() -> None:
    """Whole packs, and what is dispensed beside them; 56 tablets are a pack of 50 and 6."""
    page = sheet_of(plan(parse_order(LORAZEPAM)))
    assert spaced(page.fills[0].table.rows[0][2]) == "56 tablets: 1 pack of 50 and 6"
    assert spaced(page.total.rows[0][2]) == "140 tablets: 2 packs of 50 and 40"
    assert spaced(page.fills[-1].table.rows[0][2]) == "14 tablets"


def test_no_pack_is_invented() -> None:
    page = sheet_of(plan(parse_order(GOLDEN)))
    assert not any("pack" in cell or "bottle" in cell for fill in page.fills for row in fill.table.rows for cell in row)


def test_a_liquid_is_counted_in_bottles_where_their_size_is_known() -> None:
    liquid = {
        "drug": "clobazam",
        "country": "US",
        "start": "2026-01-05",
        "current": {"bedtime": "20 mg"},
        "product": [
            {
                "name": "clobazam oral solution 2.5 mg/mL",
                "maker": "Onfi",
                "device": "10 mL oral syringe",
                "graduation": "0.5 mL",
            }
        ],
        "phase": [{"reduce": "5 mg", "every": "4 weeks", "until": "0 mg"}],
    }
    page = sheet_of(plan(parse_order(liquid)))
    assert spaced(page.fills[0].table.rows[0][2]) == "224 mL: 1 bottle of 120 mL and 104 mL"


# ---- words and figures ---------------------------------------------------------------------------


@given(st.integers(0, 999_999))
def test_a_number_in_words_is_read_back(number: int) -> None:
    """By another reader: thousands, hundreds, tens and ones add up."""
    ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    values = {word: n for n, word in enumerate((ones + "seventeen eighteen nineteen").split())}
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    values |= {word: 10 * n for n, word in enumerate(tens, start=2)}
    total = part = 0
    for word in in_words(Fraction(number)).replace("-", " ").replace(" and ", " ").split():
        if word == "thousand":
            total, part = 1000 * part, 0
        else:
            part = 100 * part if word == "hundred" else part + values[word]
    assert total + part == number


@pytest.mark.parametrize(
    ("country", "drug", "product", "spelled"),
    [
        ("IE", "chlordiazepoxide", "chlordiazepoxide capsule 10 mg", True),
        ("GB", "temazepam", "temazepam tablet 10 mg", True),
        ("GB", "diazepam", "diazepam tablet 10 mg", False),
    ],
)
def test_the_quantity_stands_in_words_where_the_country_asks_for_it(
    country: str, drug: str, product: str, spelled: bool
) -> None:
    data = {
        "drug": drug,
        "country": country,
        "start": "2026-01-05",
        "current": {"bedtime": "20 mg"},
        "product": [{"name": product}],
        "phase": [{"reduce": "10 mg", "every": "4 weeks", "until": "0 mg"}],
    }
    page = sheet_of(plan(parse_order(data)))
    assert ("(fifty-six)" in page.fills[0].table.rows[0][2]) == spelled
    assert spaced(page.fills[0].table.rows[0][2]).startswith("56 ")


# ---- errors name what there is -------------------------------------------------------------------


def test_every_remedy_of_a_fill_that_is_too_long_works() -> None:
    schedule = plan(parse_order(GOLDEN | {"supply": {"max_days": 10}}))
    with pytest.raises(ScheduleError, match="fill at least every 10 days, or allow more: max_days") as refused:
        dispense(schedule, "2 weeks")
    assert refused.value.field == "supply"
    assert dispense(schedule, "10 days").fills
    assert dispense(plan(parse_order(GOLDEN | {"supply": {"max_days": 14}})), "2 weeks").fills


def test_no_label_counts_from_a_day_that_it_does_not_name() -> None:
    """Also where days are asked for instead of dates, nothing is taken only between dates."""
    sigs = write_sigs(plan(parse_order(GOLDEN)), every="4 weeks", by_product=True, spans="days")
    nothing = [sig.text for sig in sigs if "not take any" in sig.text]
    assert nothing
    assert all(re.search(r"o not take any (from|on) [A-Z][a-z]+ [0-9]+, [0-9]", text) for text in nothing)
    assert not any(re.search(r"not take any for", text) for text in nothing)


def test_one_syringe_for_all_doses_of_a_bottle_is_said_once_on_its_label() -> None:
    """Beside each dose its size could be taken for the amount; two syringes are said where each is used."""
    bottle = {"name": "diazepam oral solution 1 mg/mL", "device": "10 mL oral syringe", "graduation": "0.5 mL"}
    order = GOLDEN | {"product": [bottle], "current": {"morning": "6 mg", "bedtime": "4 mg"}}
    (label,) = sheet_of(plan(parse_order(order))).fills[0].labels
    said = [spaced(line) for line in label.lines]
    assert said[-1] == "Measured with: 10 mL oral syringe."
    assert said[0].endswith("take 6 mL (6 mg) in the morning and 4 mL (4 mg) at bedtime.")
    both = bottle | {"device": "10 mL oral syringe, then 1 mL oral syringe", "graduation": "0.1 mL"}
    order |= {"product": [both], "current": {"morning": "6 mg", "bedtime": "0.5 mg"}, "phase": [ENDS]}
    (label,) = sheet_of(plan(parse_order(order))).fills[0].labels
    said = [spaced(line) for line in label.lines]
    assert "6 mL (6 mg), measured with: 10 mL oral syringe in the morning" in said[0]
    assert "0.5 mL (0.5 mg), measured with: 1 mL oral syringe at bedtime" in said[0]


def test_what_is_at_hand_is_not_dispensed_again() -> None:
    """Two and a half tablets a day for fourteen days are 35; eleven are at hand, so 24 are dispensed."""
    tablet = "diazepam tablet 2 mg"
    order = GOLDEN | {
        "country": "GB",
        "current": {"bedtime": "5 mg"},
        "product": [{"name": tablet, "split": "halves"}],
        "phase": [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}],
        "supply": {"every": "2 weeks", "stock": [{"product": tablet, "count": "11"}]},
    }
    (row,) = sheet_of(plan(parse_order(order))).fills[0].table.rows
    _, carried, dispensed, needed, *_ = map(spaced, row)
    assert (carried, dispensed, needed) == ("11 tablets", "24 tablets", "35 tablets")
