"""The handout model: every string once, written safely."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.errors import ScheduleError, TaperError
from taper.finding import Finding, Report, Severity
from taper.interval import Interval
from taper.order.order import parse_order
from taper.paper import words
from taper.paper.parts import Dose
from taper.paper.phrases import Phrases
from taper.paper.request import PrintRequest
from taper.paper.sections import steps as rows_of
from taper.paper.sheets.clinician import build_clinician_sheet
from taper.paper.sheets.patient import build_handout
from taper.paper.words.en import count
from taper.planner.planning import plan
from taper.quantity import Mg, Pieces, exact_text
from taper.schedule.calendar import review_days
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step
from tests.oracles.writing import strings
from tests.strategies import foreign_schedules, printed_schedules, weekly_schedules
from tests.support.orders import GOLDEN

PRINTED = date(2026, 1, 2)
UNSAFE = {
    "a trailing zero": re.compile(r"[0-9]\.[0-9]*0(?![0-9])"),
    "no leading zero": re.compile(r"(?<![0-9])\.[0-9]"),
    "no space before the unit": re.compile(r"[0-9](mg|mL|mcg)\b"),
    "a breakable space before the unit": re.compile(r"[0-9] (mg|mL)\b"),
    "a date of numbers": re.compile(r"\b[0-9]{1,4}[/-][0-9]{1,2}([/-][0-9]{1,4})?\b"),
    "a written fraction": re.compile("[½¼¾⅓⅔⅛]|[0-9]/[0-9]"),
    "an unfilled blank": re.compile(r"\{(?!pages?\})"),
}


def hand_made(*doses: str, stop: bool = True) -> Schedule:
    day, steps = date(2026, 1, 5), []
    for number, dose in enumerate(doses):
        end = day + timedelta(days=13)
        steps.append(Step(number, day, end, (Intake("bedtime", "diazepam", Mg(dose)),)))
        day = end + timedelta(days=1)
    return Schedule(tuple(steps), day if stop else None, origin="csv")


@given(printed_schedules() | weekly_schedules())
def test_no_string_of_the_handout_breaks_the_rules_of_safe_writing(schedule: Schedule) -> None:
    """Leading zero, no trailing zero, a space that does not break, months by name, halves in words."""
    for text in strings(build_handout(PrintRequest(schedule, printed_on=PRINTED))):
        for what, pattern in UNSAFE.items():
            assert not pattern.search(text), f"{what}: {text!r}"


@given(printed_schedules() | weekly_schedules())
def test_each_days_doses_are_those_of_the_schedule(schedule: Schedule) -> None:
    """The calendar has every day of the schedule, once, with its doses, and no dose on another day."""
    handout = build_handout(PrintRequest(schedule, printed_on=PRINTED))
    want = {day: [str(i.dose) for i in step.intakes] for day, step in schedule.days()}
    got = {day.day: [in_mg(dose) for dose in day.doses.doses] for day in handout.days if day.doses is not None}
    assert got == want
    assert [day.day for day in handout.days] == sorted({day.day for day in handout.days})


def in_mg(dose: Dose) -> str:
    """The mg of a dose, which stand in brackets behind a volume."""
    written = dose.amount.replace("\N{NO-BREAK SPACE}", " ")
    if not dose.measure:
        return written
    found = re.fullmatch(r"[0-9.]+ (?:mL|drops?) \((.*)\)", written)
    assert found is not None, written
    return found[1]


def reason_to_refuse(schedule: Schedule) -> str:
    """Why no calendar of a schedule can be printed without guessing, if so."""
    steps = schedule.steps
    if not any(step.intakes for step in steps):
        return "nothing to print"
    if any(after.start <= before.end for before, after in pairwise(steps)):
        return "not clear"
    if schedule.stopped_on is not None and schedule.stopped_on <= steps[-1].end:
        return "change one of the two"
    amounts = [
        amount.value
        for step in steps
        for intake in step.intakes
        for item in intake.items
        for amount in (item.volume if item.volume is not None else item.count,)
        if amount is not None
    ]
    return "decimal" if any("/" in exact_text(amount) for amount in amounts) else ""


@given(foreign_schedules())
def test_any_schedule_is_printed_or_refused_with_a_reason(schedule: Schedule) -> None:
    """A schedule from elsewhere may be wrong in every way: never a traceback, never a guess."""
    refusal = reason_to_refuse(schedule)
    if refusal:
        with pytest.raises(TaperError, match=refusal):
            build_handout(PrintRequest(schedule, printed_on=PRINTED))
        return
    handout = build_handout(PrintRequest(schedule, printed_on=PRINTED))
    assert len(handout.days) >= len(list(schedule.days()))
    build_clinician_sheet(PrintRequest(schedule, Report(), printed_on=PRINTED))


@given(printed_schedules())
def test_pictures_add_up_to_the_pieces(schedule: Schedule) -> None:
    """The drawings of an intake, counted, are the pieces that the schedule names."""
    size = {"whole": Fraction(1), "half": Fraction(1, 2), "quarter": Fraction(1, 4), "three-quarters": Fraction(3, 4)}
    handout = build_handout(PrintRequest(schedule, printed_on=PRINTED))
    keys = {product.key: product for product in handout.products}
    for step, row in zip(schedule.steps, handout.steps, strict=False):
        assert row.doses is not None
        for intake, dose in zip(step.intakes, row.doses.doses, strict=True):
            drawn: dict[str, Fraction] = {}
            for one in dose.pictograms:
                name = keys[one.product].name.replace("\N{NO-BREAK SPACE}", " ")
                drawn[name] = drawn.get(name, Fraction(0)) + size[one.part] * one.times
            wanted = {i.product: Fraction(1) if i.count is None else i.count.value for i in intake.items}
            assert drawn == wanted


@pytest.mark.parametrize(
    ("quarters", "said"),
    [
        (1, "a quarter of a tablet"),
        (2, "half a tablet"),
        (3, "three quarters of a tablet"),
        (4, "1 tablet"),
        (5, "one and a quarter tablets"),
        (6, "one and a half tablets"),
        (7, "one and three quarters tablets"),
        (8, "2 tablets"),
        (9, "two and a quarter tablets"),
        (50, "twelve and a half tablets"),
        (94, "twenty-three and a half tablets"),
    ],
)
def test_parts_are_written_in_words(quarters: int, said: str) -> None:
    """As a patient would say it."""
    assert count(Fraction(quarters, 4), "tablet") == said


@given(st.integers(1, 4 * 60), st.integers(1, 4 * 60))
def test_two_counts_never_read_alike(one: int, other: int) -> None:
    """Different numbers of quarters have different words."""
    same = count(Fraction(one, 4), "capsule") == count(Fraction(other, 4), "capsule")
    assert same == (one == other)


def test_a_liquid_says_volume_mg_and_device_and_drops_say_drops(golden: dict[str, Any]) -> None:
    """ML never stands without mg and device; a product counted in drops never says mL."""
    golden |= {"country": "CH", "drug": "clonazepam", "current": {"bedtime": "1 mg"}}
    product = {"name": "clonazepam oral drops 2.5 mg/mL", "device": "dropper of the bottle"}
    golden["phase"] = [{"reduce": "0.1 mg", "every": "1 week", "until": "0 mg"}]
    golden["product"] = [product | {"graduation": "1 drop"}]
    first = build_handout(PrintRequest(plan(parse_order(golden)), printed_on=PRINTED)).steps[0].doses
    assert first is not None
    assert first.doses[0].words == "10\xa0drops (1\xa0mg), counted with: dropper of the bottle"
    assert "mL" not in first.doses[0].words + first.doses[0].line + first.doses[0].measure
    golden["product"] = [product | {"graduation": "0.04 mL", "device": "1 mL oral syringe"}]
    first = build_handout(PrintRequest(plan(parse_order(golden)), printed_on=PRINTED)).steps[0].doses
    assert first is not None
    assert first.doses[0].words == (
        "0.4\xa0mL (1\xa0mg) of the 2.5\xa0mg/mL liquid, measured with: 1\xa0mL oral syringe"
    )
    assert first.devices == "1\xa0mL oral syringe"


def test_those_who_cannot_see_the_drawing_hear_it(golden: dict[str, Any]) -> None:
    """Time of day, pieces in words, units written out."""
    golden["current"] = {"morning": "8.5 mg"}
    first = build_handout(PrintRequest(plan(parse_order(golden)), printed_on=PRINTED)).steps[0].doses
    assert first is not None
    assert first.doses[0].alt == ("morning: half of one 5 milligram tablet + 3 tablets of 2 milligrams each")


def test_the_change_is_told_in_mg_and_in_percent_of_both_doses() -> None:
    """Of the dose before and of the first dose; rounded only where it says so; for clinicians, not for the patient."""
    schedule = hand_made("20", "18", "16")
    rows = list(rows_of.rows(schedule, Phrases(schedule, words.load("en"))))
    patients = build_handout(PrintRequest(schedule, printed_on=PRINTED))
    assert not any(row.change for row in patients.steps)
    assert len(patients.columns) == 4
    told = [row.change.replace("\xa0", " ") for row in rows]
    assert told == [
        "starting dose",
        "down 2 mg (10% of the previous dose, 10% of the first dose)",
        "down 2 mg (about 11.1% of the previous dose, 10% of the first dose)",
        "down 16 mg (100% of the previous dose, 80% of the first dose)",
    ]
    assert [row.kind for row in rows] == ["start", "step", "step", "stop"]


def test_boxes_and_steps_name_each_dose_with_its_own_days(golden: dict[str, Any]) -> None:
    """Today's dose, the first change and the stop; in the table the starting dose, the first steps, the stop."""
    page = build_handout(PrintRequest(plan(parse_order(golden)), printed_on=PRINTED))

    def plain(*texts: str) -> tuple[str, ...]:
        return tuple(text.replace("\N{NO-BREAK SPACE}", " ") for text in texts)

    assert [plain(fact.label, fact.text, fact.more) for fact in page.facts] == [
        ("Starting dose", "20 mg a day", "Monday, January 5, 2026"),
        ("First change", "18 mg a day", "Monday, January 19, 2026"),
        ("First day without diazepam", "September 14, 2026", "Monday"),
    ]
    rows = [plain(row.label, row.dates, row.total) for row in page.steps]
    assert [*rows[:2], *rows[-2:]] == [
        ("Start", "January 5, 2026 to January 18, 2026", "20 mg"),
        ("1", "January 19, 2026 to February 1, 2026", "18 mg"),
        ("17", "August 31, 2026 to September 13, 2026", "1 mg"),
        ("Stop", "from September 14, 2026", "no dose"),
    ]


def test_a_plan_without_a_stop_says_to_stay_on_the_dose() -> None:
    """A maintenance goal must not look like an end."""
    kept = build_handout(PrintRequest(hand_made("20", "18", stop=False), printed_on=PRINTED))
    assert "stay on this dose until you and your prescriber decide" in kept.stay
    assert kept.stay.replace("\N{NO-BREAK SPACE}", " ").startswith("After 1 February 2026, ")
    end = kept.facts[-1]
    assert (end.label, end.text.replace("\N{NO-BREAK SPACE}", " ")) == ("Last day of this plan", "1 February 2026")
    assert all(mark.kind != "stop" for day in kept.days for mark in day.marks)
    ended = build_handout(PrintRequest(hand_made("20", "18"), printed_on=PRINTED))
    assert ended.stay == ""
    assert [(day.day, day.doses) for day in ended.days if any(m.kind == "stop" for m in day.marks)] == [
        (date(2026, 2, 2), None)
    ]


def test_new_doses_are_marked_where_they_begin_and_nowhere_else() -> None:
    """A step that keeps the dose is not called new."""
    handout = build_handout(PrintRequest(hand_made("20", "18", "18", "16"), printed_on=PRINTED))
    new = [day.day for day in handout.days if any(mark.kind == "new" for mark in day.marks)]
    assert new == [date(2026, 1, 19), date(2026, 2, 16)]


def test_reviews_are_marked_every_interval_up_to_the_stop(golden: dict[str, Any]) -> None:
    """Counted from the first day, in calendar months if ordered so."""
    schedule = plan(parse_order(golden | {"review_every": "1 month"}))
    days = review_days(schedule)
    assert schedule.stopped_on is not None
    assert days[0] == date(2026, 2, 5)
    assert all(day == Interval(months=1).after(date(2026, 1, 5), n) for n, day in enumerate(days, start=1))
    assert days[-1] <= schedule.stopped_on < Interval(months=1).after(days[0], len(days))
    marked = [
        d.day
        for d in build_handout(PrintRequest(schedule, printed_on=PRINTED)).days
        if any(m.kind == "review" for m in d.marks)
    ]
    assert tuple(marked) == days


def test_a_day_that_the_plan_leaves_out_says_so() -> None:
    """A gap in a table from elsewhere is told, not bridged."""
    first, second = hand_made("20", "18").steps
    later = replace(second, start=second.start + timedelta(days=2))
    handout = build_handout(PrintRequest(Schedule((first, later), origin="csv"), printed_on=PRINTED))
    gaps = [(day.day, day.doses) for day in handout.days if any(mark.kind == "gap" for mark in day.marks)]
    assert gaps == [(date(2026, 1, 19), None), (date(2026, 1, 20), None)]


def test_a_day_with_two_doses_is_refused() -> None:
    """Two steps that overlap would print one of two doses."""
    first, second = hand_made("20", "18").steps
    with pytest.raises(ScheduleError, match="not clear"):
        build_handout(PrintRequest(Schedule((first, replace(second, start=first.end))), printed_on=PRINTED))


def test_a_dose_that_no_decimal_can_write_is_refused() -> None:
    """A third of a mg would have to be rounded."""
    step = Step(0, PRINTED, PRINTED, (Intake("noon", "diazepam", Mg("1/3")),))
    with pytest.raises(ScheduleError, match="decimal"):
        build_handout(PrintRequest(Schedule((step,)), printed_on=PRINTED))


def test_a_table_without_products_prints_doses_only() -> None:
    """No drawing and no tablet words are invented."""
    handout = build_handout(PrintRequest(hand_made("20", "18"), printed_on=PRINTED))
    assert "doses only" in handout.products_notes[0]
    assert not handout.products
    assert all(not dose.words and not dose.pictograms for day in handout.days if day.doses for dose in day.doses.doses)


def test_an_unknown_product_keeps_its_name() -> None:
    """A foreign table may name what no order lists."""
    item = Item("blue pill 5", Pieces("1.5"))
    step = Step(0, PRINTED, PRINTED, (Intake("noon", "diazepam", Mg("7.5"), (item,)),))
    rows = build_handout(PrintRequest(Schedule((step,), origin="csv"), printed_on=PRINTED)).steps
    assert rows[0].doses is not None
    assert rows[0].doses.doses[0].words == "one and a half pieces of blue pill 5"


def test_two_drugs_are_named_with_each_dose_and_never_added() -> None:
    """In a crossover mg of one drug and mg of the other make no sum."""
    intakes = (Intake("morning", "lorazepam", Mg("0.5")), Intake("bedtime", "diazepam", Mg(5)))
    handout = build_handout(PrintRequest(Schedule((Step(0, PRINTED, PRINTED, intakes),)), printed_on=PRINTED))
    doses = handout.steps[0].doses
    assert doses is not None
    assert [dose.line for dose in doses.doses] == ["Morning LORazepam 0.5\xa0mg", "Bedtime diazepam 5\xa0mg"]
    assert doses.total == ""
    assert handout.steps[0].total == "LORazepam 0.5\xa0mg and diazepam 5\xa0mg"
    assert len(handout.charts) == 2


def test_an_unknown_language_names_the_known_ones() -> None:
    """The error says what can be asked for."""
    with pytest.raises(TaperError, match="known: en"):
        build_handout(PrintRequest(hand_made("5"), printed_on=PRINTED, language="xx"))


def test_every_medical_sentence_has_a_source_that_the_clinician_sees() -> None:
    """The patient's text rests on sources, and the clinician's sheet lists each."""
    english = words.load("en")
    request = PrintRequest(hand_made("5"), Report(), printed_on=PRINTED)
    page, sheet = build_handout(request), build_clinician_sheet(request)
    cited = {s for part in page.advice for one in (*part.lead, *part.points) for s in one.sources}
    assert len(cited) >= 8
    for source in cited:
        named = str(source).replace(f", {source.locator}", "*" if source.status == "READ_SECONDARY" else "", 1)
        (document,) = (line for line in sheet.sources if line.startswith((f"{named},", f"{named}:")))
        assert source.url in document
        assert source.locator in document.removeprefix(named)
    assert len(set(sheet.sources)) == len(sheet.sources)
    assert "secondary source" in sheet.sources_note
    for part in english.what_to_do:
        if part.tone != "plain":
            assert (*part.lead, *part.points)[0].sources
    symptoms = next(part for part in english.what_to_do if "withdrawal" in part.title)
    assert all(one.sources for one in (*symptoms.lead, *symptoms.points))


@pytest.mark.parametrize("drug", ["zolpidem", "zaleplon", "eszopiclone", "zopiclone", "diazepam"])
def test_never_stop_suddenly_has_an_exception_for_a_z_drug(drug: str) -> None:
    """Who walked or drove asleep stops at once and calls: said of Z-drugs only, with its sources for the clinician."""
    schedule = Schedule((Step(0, PRINTED, PRINTED, (Intake("bedtime", drug, Mg(5)),)),))
    request = PrintRequest(schedule, Report(), printed_on=PRINTED)
    never = build_handout(request).advice[0]
    exceptions = [sentence for sentence in never.lead if "exception" in sentence.text]
    assert [f"stop taking {drug} " in sentence.text for sentence in exceptions] == [True] * (drug != "diazepam")
    listed = "sleepwalking" in " ".join(str(source) for source in build_clinician_sheet(request).sources)
    assert listed == (drug != "diazepam")


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "nl", "ar"])
def test_the_exception_for_a_z_drug_is_told_in_every_language(language: str) -> None:
    """One sentence more, with the name of the drug, than on the paper of a benzodiazepine."""
    leads = []
    for drug in ("diazepam", "zolpidem"):
        schedule = Schedule((Step(0, PRINTED, PRINTED, (Intake("bedtime", drug, Mg(5)),)),))
        request = PrintRequest(schedule, Report(), printed_on=PRINTED, language=language)
        leads.append([sentence.text for sentence in build_handout(request).advice[0].lead])
    assert leads[1][:-1] == leads[0]
    assert "zolpidem" in leads[1][-1].lower()


def test_the_clinicians_sheet_lists_every_finding_most_severe_first() -> None:
    """Nothing is left out, and an acknowledgment stands beside its finding."""
    findings = tuple(
        Finding(f"T10{n}", severity, f"message {n}", on=PRINTED, advice=f"advice {n}")
        for n, severity in enumerate((Severity.NOTE, Severity.ALERT, Severity.WARNING))
    )
    sheet = build_clinician_sheet(PrintRequest(hand_made("5"), Report(findings), printed_on=PRINTED))
    assert [one.severity for one in sheet.findings] == ["alert", "warning", "note"]
    assert {one.message for one in sheet.findings} == {f.message for f in findings}
    unchecked = build_clinician_sheet(PrintRequest(hand_made("5"), None, printed_on=PRINTED))
    assert "not been checked" in unchecked.summary


def test_look_alike_names_are_set_off_for_the_clinician_only(golden: dict[str, Any]) -> None:
    """Tall-man letters on the sheet, the plain name for the patient."""
    golden |= {"drug": "lorazepam", "current": {"bedtime": "2 mg"}}
    golden["product"] = [{"name": "lorazepam tablet 1 mg", "split": "halves"}]
    golden["phase"] = [{"reduce": "0.5 mg", "every": "2 weeks", "until": "0 mg"}]
    schedule = plan(parse_order(golden))
    assert "LORazepam" in build_clinician_sheet(PrintRequest(schedule, Report(), printed_on=PRINTED)).frame.title
    assert "LORazepam" not in "".join(strings(build_handout(PrintRequest(schedule, printed_on=PRINTED))))


@pytest.mark.parametrize("start", ["2026-12-25", "2026-12-02", "2026-01-31", "2026-07-15"])
@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_labels_of_the_chart_do_not_touch(start: str, language: str) -> None:
    """A letter takes about a ninetieth of the axis; a label at the left edge begins there, others are centered."""
    order = deepcopy(GOLDEN) | {"start": start}
    order["phase"][0]["every"] = "20 days"
    (chart,) = build_handout(
        PrintRequest(plan(parse_order(order)), printed_on=date(2026, 1, 2), language=language)
    ).charts
    ends = Fraction(-1)
    for tick in chart.x_ticks:
        width = Fraction(len(tick.label), 90)
        begin = tick.at if tick.at < Fraction(1, 40) else tick.at - width / 2
        assert begin > ends, tick.label
        ends = begin + width
    assert len(chart.x_ticks) >= 6


def test_the_clinicians_sheet_says_where_cuts_fall_and_what_is_merged(golden: dict[str, Any]) -> None:
    order = parse_order(golden | {"spread": "alternate", "merge": {"from": "4 mg", "into": "bedtime"}})
    facts = {
        fact.label: fact.text
        for fact in build_clinician_sheet(PrintRequest(plan(order), Report(), printed_on=PRINTED)).facts
    }
    assert facts["Which dose is cut"] == "alternate"
    assert facts["Combined into one dose"].replace("\N{NO-BREAK SPACE}", " ") == "at 4 mg a day or less, all at bedtime"
