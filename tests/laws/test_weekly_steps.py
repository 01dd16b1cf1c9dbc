"""A step with a weekly pattern is one step on every paper: whole, once, and the same words everywhere."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import lxml.html
import pypdf
import pytest
from hypothesis import assume, given, settings

from taper.exchange.fhir.write import fhir_json, write_fhir
from taper.exchange.formats import export
from taper.exchange.plan_document import read_document, write_document
from taper.exchange.reading import read_schedule
from taper.exchange.schemas import schema
from taper.finding import Report
from taper.paper.parts import StepRow, WeekPart
from taper.paper.renderers import FORMATS, Format, render
from taper.paper.request import PrintRequest
from taper.paper.sections import steps as table
from taper.paper.sheets.card import build_card
from taper.paper.sheets.clinician import build_clinician_sheet
from taper.paper.sheets.patient import build_handout
from taper.paper.sheets.record import build_record
from taper.paper.sigs import write_sigs
from taper.paper.variant import Variant
from taper.paper.words import LANGUAGES, load
from taper.quantity import Mg, exact_text
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import ordered_steps
from tests.oracles import papers, tongues
from tests.oracles.pdf import pdf_texts
from tests.oracles.writing import strings
from tests.strategies import weekly_schedules, zopiclone_weeks
from tests.support.proofs import proof

PRINTED = date(2026, 1, 2)
WEEKS = ("1", "2111211", "2121212", "2", "0222022", "0202020")
"""Half a tablet on two nights, on four, on all; then nights without."""


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def rows_of(schedule: Schedule, **more: Any) -> list[StepRow]:
    request = PrintRequest(schedule, printed_on=PRINTED, **more)
    return [row for row in table.rows(request.ahead, request.phrases) if row.kind != "stop"]


def days_named(part: WeekPart, code: str) -> set[int]:
    """The days of the week that a heading names; none for the other days."""
    said = tongues.clean(part.when).casefold()
    return {day for day, name in enumerate(load(code).weekdays) if name.casefold() in said}


@pytest.mark.parametrize("code", LANGUAGES)
@settings(max_examples=25)
@given(schedule=weekly_schedules())
def test_the_table_of_steps_reads_back_as_the_week_in_every_language(code: str, schedule: Schedule) -> None:
    """One row a step; on each day of the week, by its name or as one of the other days, the doses of the schedule."""
    rows, steps = rows_of(schedule, language=code), ordered_steps(schedule.steps)
    assert len(rows) == len(steps) == len({step.number for step in schedule.steps})
    decimal = load(code).locale.decimal
    for row, step in zip(rows, steps, strict=True):
        assert row.length == load(code).days(step.days)
        wanted = {day: [i.dose.value for i in part.regimen] for part in step.parts for day in part.weekdays}
        if not step.weekly:
            assert row.week == ()
            continue
        assert row.doses is None
        named = [days_named(part, code) for part in row.week]
        assert named[-1] == set()
        others = set(wanted).difference(*named)
        for days, part in zip([*named[:-1], others], row.week, strict=True):
            written = [tongues.clean(dose.amount).replace(decimal, ".") for dose in part.doses.doses]
            amounts = [re.sub(r"^.*\(|\)$", "", text).removesuffix(" mg") for text in written]
            for day in days:
                assert [Fraction(amount) for amount in amounts] == wanted[day]


@pytest.mark.parametrize("kind", FORMATS)
@proof(15)
@given(schedule=weekly_schedules(most_steps=2))
def test_every_regimen_of_the_week_stands_on_the_paper(kind: Format, schedule: Schedule) -> None:
    """Its days, each dose and its pieces, in the words of the model, whole."""
    content = render(schedule, to=kind, printed_on=PRINTED)
    if kind == "pdf":
        text = "".join(pdf_texts(content))
    else:
        text = content.decode() if kind == "text" else lxml.html.fromstring(content.decode()).text_content()
    shown = "".join(text.split())
    for row in rows_of(schedule):
        for part in row.week:
            said = [part.when, *(text for dose in part.doses.doses for text in (dose.line, *dose.pieces))]
            assert all("".join(one.split()) in shown for one in said)


def test_a_weekly_step_is_one_line_with_its_days() -> None:
    """What a patient reads: the usual dose, the days that differ, what a week has less; no rise from day to day."""
    rows = rows_of(zopiclone_weeks(*WEEKS))
    assert [row.label for row in rows] == ["Start", "1", "2", "3", "4", "5"]
    assert [plain(row.total) for row in rows] == [
        "7.5 mg",
        "Mondays and Fridays 3.75 mg, other days 7.5 mg",
        "Tuesdays, Thursdays and Saturdays 7.5 mg, other days 3.75 mg",
        "3.75 mg",
        "Mondays and Fridays no dose, other days 3.75 mg",
        "Tuesdays, Thursdays and Saturdays 3.75 mg, other days no dose",
    ]
    assert [plain(row.change) for row in rows] == [
        "starting dose",
        "the dose now depends on the day of the week, 7.5 mg less a week",
        "different doses on some days, 7.5 mg less a week",
        "now the same dose every day, 11.25 mg less a week",
        "the dose now depends on the day of the week, 7.5 mg less a week",
        "different doses on some days, 7.5 mg less a week",
    ]
    assert [plain(line) for line in rows[1].lines] == [
        "On Mondays and Fridays:",
        "Bedtime 3.75 mg: half of one 7.5 mg tablet",
        "On all other days:",
        "Bedtime 7.5 mg: 1 tablet of 7.5 mg",
    ]
    assert rows[4].lines[0] == "On Mondays and Fridays: no dose"


def test_steps_are_counted_and_not_their_runs() -> None:
    """The sentence, the chart and the record speak of the ordered steps; new doses begin where steps do."""
    schedule = zopiclone_weeks(*WEEKS)
    handout = build_handout(PrintRequest(schedule, printed_on=PRINTED))
    assert "in 5 steps, and then stop" in handout.sentence
    assert "in 6 steps to no dose" in plain(handout.charts[0].alt)
    new = [day.day for day in handout.days if any(mark.kind == "new" for mark in day.marks)]
    assert new == [step.start for step in ordered_steps(schedule.steps)[1:]]
    record = build_record(PrintRequest(schedule, printed_on=PRINTED))
    assert "reduced in 6 steps, stops" in record
    assert "First change on 19 January 2026: Mondays and Fridays 3.75 mg, other days 7.5 mg." in record
    assert "Largest cut (weekly averages): 40% of the current dose, at step 5." in record


def test_a_plan_may_stay_on_a_pattern() -> None:
    """No single dose is its goal, and no stop follows it, though its last day is one without the drug."""
    schedule = zopiclone_weeks("1", "0202020", stop=False)
    handout = build_handout(PrintRequest(schedule, printed_on=PRINTED))
    assert "to a weekly pattern in 1 step." in handout.sentence
    assert "stay on this dose" in handout.stay
    assert "on average about 1.61 mg a day by 19 January 2026" in build_record(
        PrintRequest(schedule, printed_on=PRINTED)
    )
    for text in strings(handout):
        assert "to zero" not in text
    assert not any("stop" in sig.text for sig in (*write_sigs(schedule), *write_sigs(schedule, every="1 week")))
    assert "then stop taking it" not in fhir_json(write_fhir(schedule, written_on=PRINTED))


@pytest.mark.parametrize("every", ["1 week", "10 days", "4 weeks"])
@settings(max_examples=25)
@given(schedule=weekly_schedules())
def test_the_stop_is_told_once_on_the_last_label_with_a_dose(schedule: Schedule, every: str) -> None:
    """Also where the last nights of the plan are without the drug, and a fill has only such nights."""
    assume(ordered_steps(schedule.steps)[-1].drugs)
    texts = [sig.text for sig in write_sigs(schedule, every=every, limit=10**6)]
    ends = schedule.stopped_on is not None
    assert [text.endswith(", then stop taking it") for text in texts] == [False] * (len(texts) - 1) + [ends]


def test_an_average_is_on_the_patients_paper_only_where_it_is_exact() -> None:
    """Rounded means stand on the clinician's sheet, marked; a week of 26.25 mg has none that can be written."""
    rows = rows_of(zopiclone_weeks("1", "2111211"))
    assert "average" not in rows[1].change
    table = build_clinician_sheet(PrintRequest(zopiclone_weeks("1", "2111211"), Report(), printed_on=PRINTED)).tables[0]
    assert len(table.rows) == 3
    row = dict(zip(table.columns, map(plain, table.rows[1]), strict=True))
    assert row["Daily dose"] == "Mondays and Fridays 3.75 mg, other days 7.5 mg; on average about 6.43 mg"
    assert (row["Cut"], row["% of current"], row["% of start"]) == ("about 1.07 mg", "~14.3%", "~14.3%")
    assert " ".join(row["How it is taken"].split()).startswith(
        "On Mondays and Fridays: Bedtime 3.75 mg: half of one 7.5 mg tablet. On all other days"
    )


@settings(max_examples=30)
@given(schedule=weekly_schedules())
def test_an_average_that_is_printed_is_exact(schedule: Schedule) -> None:
    """Seven times it is the sum of the week; what cannot be written is not rounded for a patient."""
    for row, step in zip(rows_of(schedule), ordered_steps(schedule.steps), strict=True):
        mean = step.averages.get("diazepam")
        if "on average" in row.change:
            assert mean is not None
            assert f"on average {exact_text(mean.value)} mg a day" in plain(row.change)
            assert "/" not in exact_text(mean.value)


def test_without_dates_the_days_of_the_week_are_numbers() -> None:
    """Counted from the first day of the plan, as the columns of its calendar are."""
    schedule = zopiclone_weeks("1", "2111211", start=date(2026, 1, 7))
    (_, row) = rows_of(schedule, variant=Variant(dateless=True))
    assert plain(row.week[0].when) == "On weekdays 3 and 6 (columns 3 and 6 of the calendar)"
    assert plain(row.total) == "On weekdays 3 and 6 (columns 3 and 6 of the calendar) 3.75 mg, other days 7.5 mg"


def test_of_several_drugs_each_is_named_on_each_day() -> None:
    """Diazepam stays; on nights without zopiclone the paper says so, and does not leave it to be guessed."""
    base = Intake("morning", "diazepam", Mg(5))
    found = zopiclone_weeks("1", "0111011", "1", stop=False)
    schedule = replace(found, steps=tuple(replace(step, intakes=(base, *step.intakes)) for step in found.steps))
    rows = rows_of(schedule)
    assert plain(rows[1].total) == (
        "Mondays and Fridays diazepam 5 mg and zopiclone no dose, other days diazepam 5 mg and zopiclone 7.5 mg"
    )
    assert plain(rows[1].change) == "the dose now depends on the day of the week, zopiclone 15 mg less a week"
    assert plain(rows[2].change) == "now the same dose every day, zopiclone 15 mg more a week"
    texts = [sig.text for sig in write_sigs(schedule) if sig.start == date(2026, 1, 19)]
    assert [text.partition(" from 19")[0] for text in texts] == [
        "Take 5 mg in the morning",
        "On Mondays and Fridays, take no dose; on all other days, take 1 tablet of 7.5 mg (7.5 mg) at bedtime,",
    ]
    again = read_schedule(fhir_json(write_fhir(schedule, written_on=PRINTED))).schedule()
    assert papers.planned(again) == papers.planned(schedule)


# ---- card ----------------------------------------------------------------------------------------


def test_the_card_has_the_week_and_the_step_after_it() -> None:
    """On any day of the step, with a dose or without."""
    schedule = zopiclone_weeks(*WEEKS)
    for day in (date(2026, 1, 19), date(2026, 1, 20), date(2026, 2, 1)):
        card = build_card(PrintRequest(schedule, printed_on=day))
        assert (plain(card.dates), plain(card.total)) == (
            "19 January 2026 to 1 February 2026",
            "Mondays and Fridays 3.75 mg, other days 7.5 mg",
        )
        assert [part.when for part in card.week] == ["On Mondays and Fridays", "On all other days"]
        assert plain(card.next) == "From 2 February 2026: Tuesdays, Thursdays and Saturdays 7.5 mg, other days 3.75 mg"
    last = build_card(PrintRequest(schedule, printed_on=date(2026, 3, 29)))
    assert plain(last.next) == "From 30 March 2026: no dose"
    assert plain(last.week[1].doses.total_words) == "no dose"
    before = build_card(PrintRequest(schedule, printed_on=date(2026, 1, 18)))
    assert plain(before.next) == "From 19 January 2026: Mondays and Fridays 3.75 mg, other days 7.5 mg"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_card_of_a_week_is_one_page(code: str) -> None:
    """A6, in every language, the days of the week on it."""
    content = render(zopiclone_weeks(*WEEKS), printed_on=date(2026, 3, 16), sheet="card", language=code)
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == 1
    page = render(zopiclone_weeks(*WEEKS), to="html", printed_on=date(2026, 3, 16), sheet="card", language=code)
    shown = lxml.html.fromstring(page.decode()).text_content().casefold()
    assert load(code).phrase["on_other_days"].casefold() in shown


# ---- FHIR ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["sequence", "per-step"])
def test_our_own_week_in_fhir_is_read_back_without_a_remark(style: Any) -> None:
    """Words, days and quantity agree; a tablet too few is noticed."""
    schedule = zopiclone_weeks(*WEEKS)
    made = write_fhir(schedule, written_on=PRINTED, style=style)
    again = read_schedule(fhir_json(made)).schedule()
    assert papers.planned(again) == papers.planned(schedule)
    assert [remark for remark in again.remarks if not remark.unknown] == []
    for entry in made["entry"]:
        order = entry["resource"].get("dispenseRequest")
        if order is not None:
            order["quantity"]["value"] -= 1
    found = read_schedule(fhir_json(made)).schedule().remarks
    assert {remark.kind for remark in found if not remark.unknown} == {"quantity"}


def test_words_that_name_other_days_than_the_fields_are_not_believed_over_them() -> None:
    """The fields decide; a dose that differs between words and fields is a remark."""
    made = write_fhir(zopiclone_weeks("2111211"), written_on=PRINTED)
    for dosage in made["entry"][0]["resource"]["dosageInstruction"]:
        dosage["text"] = dosage["text"].replace("half of one 7.5 mg tablet (3.75 mg)", "1 tablet of 7.5 mg (7.5 mg)")
    found = read_schedule(fhir_json(made)).schedule()
    assert papers.planned(found) == papers.planned(zopiclone_weeks("2111211"))
    assert any(remark.kind == "mismatch" for remark in found.remarks)


@pytest.mark.parametrize(("to", "style"), [("ics", "day"), ("days", ""), ("steps", ""), ("fhir", "sequence")])
@settings(max_examples=15)
@given(schedule=weekly_schedules())
def test_a_week_that_is_read_back_is_one_step_again(to: Any, style: str, schedule: Schedule) -> None:
    """Where the file carries the numbers of the steps, each day finds its step and its regimen."""
    assume(all(step.drugs for step in ordered_steps(schedule.steps)))  # FHIR has nothing to say of other steps
    again = read_schedule(export(schedule, to, written_on=PRINTED, style=style or None)).schedule()
    assert papers.planned(again).items() >= papers.planned(schedule).items()
    numbers = {day: step.number for day, step in again.days()}
    assert {day: numbers[day] for day, _ in schedule.days()} == {day: step.number for day, step in schedule.days()}
    if to != "steps":  # which has no pieces, so that days of the same dose are alike
        found, wanted = ordered_steps(again.steps), ordered_steps(schedule.steps)
        assert [[p.weekdays for p in step.parts] for step in found] == [[p.weekdays for p in s.parts] for s in wanted]


# ---- document ------------------------------------------------------------------------------------


@pytest.mark.parametrize("last", ["2", "2121212", "0222022", "0202020"])
def test_the_document_keeps_the_step_together(last: str) -> None:
    """Numbers stay, so groups stay; the plan may stop after nights without the drug; the schema says what it means."""
    schedule = zopiclone_weeks("1", "2111211", last)
    again = read_document(write_document(schedule, Report()))
    assert replace(again, remarks=()) == schedule  # made by hand, so no order leads to it
    assert [len(group) for group in again.groups] == [len(group) for group in schedule.groups]
    said = schema()["$defs"]["StepPart"]["properties"]["number"]["description"]
    assert "weekly pattern" in said


def test_a_weekly_plan_is_the_same_on_every_day_of_the_calendar() -> None:
    """Drug-free nights say so, in every format."""
    schedule = zopiclone_weeks(*WEEKS)
    for kind in FORMATS:
        found = papers.READERS[kind](render(schedule, to=kind, printed_on=PRINTED))
        assert {day: doses for day, doses in found.items() if doses} == {
            day: doses for day, doses in papers.planned(schedule).items() if doses
        }
