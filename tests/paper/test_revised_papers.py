"""The paper of a revised plan: it begins with the dose of today, and what was before is on the old one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import assume, given, settings, strategies as st

from taper.finding import Report
from taper.order.order import parse_order, read_order
from taper.paper.parts import Handout
from taper.paper.renderers import FORMATS, Format, render
from taper.paper.request import PrintRequest
from taper.paper.sheets.card import build_card
from taper.paper.sheets.clinician import build_clinician_sheet
from taper.paper.sheets.patient import build_handout
from taper.paper.variant import Variant, parse_variant
from taper.paper.words import LANGUAGES, code_for, load
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.quantity import Mg
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule, Step
from taper.schedule.weekly import shown_steps
from tests.oracles import papers
from tests.oracles.pdf import pdf_pages, pdf_texts
from tests.oracles.tongues import day_first as clean
from tests.oracles.writing import grade, strings, unsafe
from tests.strategies import real_plans, revised_plans
from tests.support.planning import revision_or_none
from tests.support.proofs import proof

PRINTED = date(2025, 12, 30)
EXAMPLES = Path(__file__).parent.parent.parent / "examples"
VARIANTS = ("", "list", "week", "large, list", "letter, gray", "dateless")
DOSE = re.compile(r"([0-9]+(?:\.[0-9]+)?) mg")
DATE = rf"[0-9]{{1,2}} (?:{'|'.join(papers.MONTHS)}) [0-9]{{4}}"
STEP = re.compile(
    rf"(?:(\S+): )?({DATE})(?: to ({DATE}))?: ((?:(?:Morning|Noon|Midday|Evening|Bedtime) [0-9.]+ mg(?:, )?)+)"
)
HOLD = re.compile(rf"(?:(\S+): )?You stay on ([0-9.]+) mg a day until ({DATE})\.")
GONE = re.compile(
    rf"(?:\S+: )?From ({DATE}): no more (\S+) (in the morning|at noon|at midday|in the evening|at bedtime)\."
)
TIMES = {
    "in the morning": "morning",
    "at noon": "noon",
    "at midday": "noon",
    "in the evening": "evening",
    "at bedtime": "bedtime",
}


def on(text: str) -> date:
    """Read a date."""
    day, month, year = text.split()
    return date(int(year), papers.MONTHS.index(month) + 1, int(day))


def printed(schedule: Schedule, code: str = "en", **more: Any) -> Handout:
    return build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code, **more))


def news(schedule: Schedule, previous: Schedule, code: str = "en", **more: Any) -> list[str]:
    """What the patient is told to be new."""
    page = printed(schedule, code, previous=previous, **more)
    return [clean(line) for one in page.notices if one.kind == "changed" for line in one.lines]


def text_of(content: bytes, kind: Format) -> str:
    """The text of a handout, as it is read from top to bottom."""
    if kind == "pdf":
        return clean(" ".join(pdf_texts(content)))
    if kind == "text":
        return clean(content.decode())
    (main,) = lxml.html.fromstring(content.decode()).xpath("//main")
    return clean(" ".join(main.itertext()))


def of_example(name: str, **changes: Any) -> tuple[Schedule, Schedule]:
    """An example, and its plan after a revision."""
    schedule = plan(read_order(EXAMPLES / f"{name}.toml"))
    return schedule, revise(schedule, **changes)


def revision(plans: list[Schedule]) -> tuple[Schedule, Schedule]:
    """The last revision of a plan, and the plan before it."""
    assume(len(plans) > 1)
    return plans[-1], plans[-2]


# ---- from its day on, and no day before ----------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("variant", VARIANTS)
@proof(4)
@given(plans=revised_plans(most=2))
def test_every_day_from_the_revision_on_is_printed_and_no_day_before_it(
    plans: list[Schedule], variant: str, kind: Format
) -> None:
    """In every layout and format, read back with its doses."""
    schedule, previous = revision(plans)
    content = render(schedule, to=kind, printed_on=PRINTED, variant=variant, previous=previous)
    found = papers.READERS[kind](content, papers.opening(schedule))
    wanted = papers.of_patient(schedule)
    assert {day: doses for day, doses in found.items() if doses} == {d: doses for d, doses in wanted.items() if doses}
    assert min(found) == papers.opening(schedule)


@pytest.mark.parametrize("kind", FORMATS)
@proof(12)
@given(plans=revised_plans(most=2), large=st.booleans())
def test_the_dose_of_today_is_the_first_dose_on_the_page(plans: list[Schedule], kind: Format, large: bool) -> None:
    """Nobody reads an old dose first: the first number of mg is taken on the first day, in all or at its first time.

    By times of day are told a pattern, and a liquid, whose volume of a whole day could be taken at once.
    """
    schedule, previous = revision(plans)
    taken = next((step for day, step in schedule.days() if day == papers.opening(schedule)), None)
    assume(taken is not None and taken.total)
    assert taken is not None
    content = render(
        schedule, to=kind, printed_on=PRINTED, previous=previous, variant="large" if large else "", language="en"
    )
    # as it is laid out: the number of a day is never read together with a dose
    laid_out = pdf_pages(content)[0].extract_text(extraction_mode="layout") if kind == "pdf" else ""
    first = DOSE.search(clean(laid_out) or text_of(content, kind))
    assert first is not None
    pattern = shown_steps(PrintRequest(schedule, printed_on=PRINTED, previous=previous).ahead.steps)[0].varies
    by_time = pattern or any(item.volume for intake in taken.intakes for item in intake.items)
    assert Mg(first[1]) in {*taken.totals.values(), *([taken.regimen.taken[0].dose] if by_time else [])}


@settings(max_examples=60)
@given(plans=revised_plans(most=3), dateless=st.booleans())
def test_no_string_names_a_day_before_the_revision(plans: list[Schedule], dateless: bool) -> None:
    """Sentence, boxes, steps, chart, calendar and news count from its day; the foot has the day of printing."""
    schedule, previous = revision(plans)
    page = printed(schedule, previous=previous, variant=Variant(dateless=dateless))
    days = []
    for text in strings(replace(page, frame=replace(page.frame, foot=()))):
        days += [on(found) for found in re.findall(DATE, clean(text))]
        assert not re.search(r"\bday (?:0|-)", text)
    opening = papers.opening(schedule)
    assert all(day >= opening for day in days)
    if not dateless:
        assert opening in days
    begun = schedule.steps[0].start < opening
    assert bool(page.earlier) == begun


@settings(max_examples=60)
@given(plans=revised_plans(most=3))
def test_the_steps_are_those_that_are_left_and_counted_from_the_revision(plans: list[Schedule]) -> None:
    """The rows are as many as the steps that have a day left, and the clinician's sheet still has all of them."""
    schedule, previous = revision(plans)
    page, opening = printed(schedule, previous=previous), papers.opening(schedule)
    left = [runs for runs in schedule.groups if runs[-1].end >= opening]
    labels = [row.label for row in page.steps if row.kind != "stop"]
    assert list(dict.fromkeys(labels))[1:] == [str(number) for number in range(1, len(left))]
    whole = build_clinician_sheet(PrintRequest(schedule, Report(), printed_on=PRINTED))
    steps = next(table for table in whole.tables if table.columns[0] == "Step")
    named = [re.fullmatch(r"(Start|[0-9]+)(?: \(now (Start|[0-9]+)\))?", row[0]) for row in steps.rows]
    both = [(found[1], found[2] or found[1]) for found in named if found]
    assert {own for own, _ in both} == {"Start", *(str(step.number) for step in schedule.steps[1:])} - {
        str(schedule.steps[0].number)
    }
    # what is left bears, beside its own number, the one that the patient reads
    assert [now for _, now in both][-len(labels) :] == labels


@settings(max_examples=40)
@given(plans=revised_plans(most=2), after=st.integers(-30, 60))
def test_the_card_shows_no_day_before_the_revision(plans: list[Schedule], after: int) -> None:
    """Also one that is printed before it."""
    schedule, _ = revision(plans)
    opening = papers.opening(schedule)
    day = opening + timedelta(days=after)
    shown = max(day, opening)
    taken = next((step for some, step in schedule.days() if some == shown), None)
    assume(taken is not None and taken.total)
    card = build_card(PrintRequest(schedule, printed_on=PRINTED, language="en", variant=Variant(on=day)))
    days = [on(found) for found in re.findall(DATE, clean(f"{card.dates} {card.next}"))]
    assert min(days) >= opening
    assert days[0] <= shown


@pytest.mark.parametrize("kind", FORMATS)
def test_a_plan_printed_from_a_day_on_is_told_from_that_day(kind: Format) -> None:
    """`--on` of a plan as first written: the sentence, the boxes and the steps leave out what is over."""
    schedule, day = plan(read_order(EXAMPLES / "diazepam.toml")), date(2026, 4, 1)
    page = printed(schedule, variant=replace(parse_variant("next 4 weeks"), on=day))
    dose = next(step.total for some, step in schedule.days() if some == day)
    assert clean(page.sentence).startswith(f"You lower your dose from {dose} a day")
    assert "1 April 2026" in clean(page.sentence)
    assert clean(page.facts[0].label) == "Your dose from 1 April 2026"
    assert page.earlier == ""
    assert page.steps[0].label == "Start"
    content = render(schedule, to=kind, printed_on=PRINTED, variant=Variant(on=day, weeks=4))
    assert not re.search(r"\b(?:January|February|March) 2026", text_of(content, kind).replace("printed", ""))


def test_the_last_day_alone_says_that_nothing_is_taken() -> None:
    """A paper of the day of the stop: no dose, no chart, and no sentence of doses that are over."""
    schedule = plan(read_order(EXAMPLES / "diazepam.toml"))
    assert schedule.stopped_on is not None
    page = printed(schedule, variant=Variant(on=schedule.stopped_on))
    assert page.charts == ()
    assert not DOSE.search(" ".join([clean(page.sentence), *(clean(fact.text) for fact in page.facts)]))
    assert [day.day for day in page.days] == [schedule.stopped_on]
    for kind in FORMATS:
        assert render(schedule, to=kind, printed_on=PRINTED, variant=Variant(on=schedule.stopped_on))


def test_the_box_of_a_weekly_pattern_names_the_dose_of_its_first_day() -> None:
    """On a Saturday of 7.5 mg nobody takes the usual 3.75 mg."""
    _, held = of_example("weekly", on="2026-02-14", hold="2 weeks")
    box = printed(held).facts[0]
    assert clean(box.text) == "Saturday 14 February 2026: Bedtime 7.5 mg"
    assert clean(box.more) == "Tuesdays, Thursdays and Saturdays 7.5 mg, other days 3.75 mg"


def test_the_last_days_of_a_cycle_are_one_step_told_run_by_run() -> None:
    """Fewer than two rounds of five days are left: each run has its row, all are the start, and none is the dose."""
    first, dose = date(2026, 1, 5), (Intake("bedtime", "zopiclone", Mg("7.5")),)
    days = [(first + timedelta(days=n), dose if n % 5 else ()) for n in range(29)]
    steps = [Step(0, day, day, taken) for day, taken in days]
    last = Step(1, first + timedelta(days=29), first + timedelta(days=50), (Intake("bedtime", "zopiclone", Mg(5)),))
    schedule = Schedule((*steps, last), last.end + timedelta(days=1), origin="csv")
    page = printed(schedule, variant=Variant(on=first + timedelta(days=20)))
    labels = [row.label for row in page.steps]
    assert labels == ["Start"] * 9 + ["1", "Stop"]
    assert clean(page.sentence).startswith("This plan is for zopiclone. It runs from 25 January 2026")
    assert " in 2 steps" in page.charts[0].alt


# ---- what is new -----------------------------------------------------------------------------------


@settings(max_examples=150)
@given(plans=revised_plans(most=3, joint=False))
def test_what_is_said_to_be_new_is_so_on_every_day_that_it_names(plans: list[Schedule]) -> None:
    """Each dose of a line is that of its days, a dose that stays does, and what is gone never comes back."""
    schedule, previous = revision(plans)
    days = dict(schedule.days())
    for line in news(schedule, previous):
        if found := STEP.match(line):
            first, last = on(found[2]), on(found[3] or found[2])
            for time, mg in re.findall(r"([A-Z][a-z]+) ([0-9.]+) mg", found[4]):
                for offset in range((last - first).days + 1):
                    assert days[first + timedelta(days=offset)].at(time.lower().replace("midday", "noon")) == Mg(mg), (
                        line
                    )
        if found := HOLD.match(line):
            last, day = on(found[3]), papers.opening(schedule) - timedelta(days=1)
            while day <= last:
                assert days[day].total == Mg(found[2]), line
                day += timedelta(days=1)
        if found := GONE.match(line):
            later = [step for day, step in days.items() if day >= on(found[1])]
            assert later
            assert not any(step.at(TIMES[found[3]]) for step in later), line  # type: ignore[arg-type]


@settings(max_examples=60)
@given(schedule=real_plans(), after=st.integers(1, 200), length=st.sampled_from(["3 days", "1 week", "2 weeks"]))
def test_a_hold_is_told_as_a_dose_that_stays_and_never_as_a_rise(schedule: Schedule, after: int, length: str) -> None:
    """No line names a dose above that of the day before, and a dose that goes on is said to stay."""
    day = schedule.steps[0].start + timedelta(days=after)
    held = revision_or_none(schedule, on=day, hold=length)
    assume(held is not None)
    assert held is not None
    lines = news(held, schedule)
    before = dict(held.days())[day - timedelta(days=1)].total
    doses = [Fraction(dose) for line in lines for dose in DOSE.findall(line)]
    assert all(dose <= before.value for dose in doses)
    assert not any("instead of" in line for line in lines if "First day without" not in line)
    if dict(held.days())[day].total == before:
        assert lines[0].startswith(("You stay on ", "Your doses "))


HOLD_LINES = [
    "You stay on 14 mg a day until 29 March 2026.",
    "Every later step comes 2 weeks later.",
    "First day without diazepam: 28 September 2026 instead of 14 September 2026.",
]
CASES: tuple[tuple[str, dict[str, Any], list[str]], ...] = (
    ("diazepam", {"on": "2026-03-10", "hold": "2 weeks"}, HOLD_LINES),
    ("diazepam", {"on": "2026-03-16", "hold": "2 weeks"}, HOLD_LINES),
    (
        "diazepam",
        {"on": "2026-03-10", "back": True},
        [
            "10 March 2026 to 23 March 2026: Morning 7.5 mg, Bedtime 7.5 mg (old plan: 14 mg a day, then 13 mg a day)",
            "24 March 2026 to 6 April 2026: Morning 7 mg, Bedtime 7 mg (old plan: 13 mg a day, then 12 mg a day)",
            "Every later step comes 22 days later.",
            "First day without diazepam: 6 October 2026 instead of 14 September 2026.",
        ],
    ),
    (
        "diazepam",
        {"on": "2026-04-01", "taken": {"bedtime": "7.5 mg"}, "every": "4 weeks"},
        [
            "1 April 2026 to 27 April 2026: Bedtime 7.5 mg",
            "From 1 April 2026: no more diazepam in the morning.",
            "28 April 2026 to 25 May 2026: Bedtime 7 mg",
            "26 May 2026 to 22 June 2026: Bedtime 6 mg",
            "Every later step comes later than in the old plan.",
            "There are more changes: see the calendar.",
            "First day without diazepam: 10 November 2026 instead of 14 September 2026.",
        ],
    ),
    (
        "diazepam",
        {"on": "2026-03-10", "until": "5 mg"},
        [
            "This plan does not end with a stop. In the old plan, the first day without diazepam was 14 September "
            "2026.",
        ],
    ),
    (
        "diazepam",
        {"on": "2026-03-10", "stock": [{"product": "diazepam tablet 5 mg", "count": "10"}]},
        ["Your doses and their days stay the same."],
    ),
    (
        "two_drugs",
        {"on": "2026-01-20", "hold": "2 weeks"},
        [
            "diazepam: You stay on 10 mg a day until 12 April 2026.",
            "diazepam: Every later step comes 2 weeks later.",
            "diazepam: First day without diazepam: 21 December 2026 instead of 7 December 2026.",
            "zopiclone: You stay on 7.5 mg a day until 15 February 2026.",
            "zopiclone: Every later step comes 2 weeks later.",
            "zopiclone: First day without zopiclone: 16 March 2026 instead of 2 March 2026.",
        ],
    ),
    (
        "weekly",
        {"on": "2026-02-14", "hold": "2 weeks"},
        [
            "Your doses stay as they are until 8 March 2026.",
            "Every later step comes 2 weeks later.",
            "First day without zopiclone: 20 April 2026 instead of 6 April 2026.",
        ],
    ),
    (
        "every_other_night",
        {"on": "2026-03-29", "hold": "2 weeks"},
        [
            "Your doses stay as they are until 20 April 2026.",
            "Every later step comes 2 weeks later.",
            "First day without zopiclone: 9 May 2026 instead of 25 April 2026.",
        ],
    ),
    (
        "consolidation",
        {"on": "2026-06-08", "back": True},
        [
            "8 June 2026 to 21 June 2026: Morning 10 mg, Bedtime 11 mg (old plan: Morning 9 mg, Bedtime 9 mg)",
            "22 June 2026 to 5 July 2026: Morning 9 mg, Bedtime 10 mg (old plan: Morning 8 mg, Bedtime 9 mg)",
            "Every later step comes 4 weeks later.",
            "First day without diazepam: 15 March 2027 instead of 15 February 2027.",
        ],
    ),
    (
        "tablets_then_liquid",
        {"on": "2026-07-06", "back": True},
        [
            "6 July 2026 to 19 July 2026: Bedtime 3 mg (old plan: 4.5 mL (1.8 mg))",
            "20 July 2026 to 2 August 2026: Bedtime 2 mg (old plan: 4.1 mL (1.64 mg))",
            "Every later step comes 4 weeks later.",
            "First day without diazepam: 26 April 2027 instead of 29 March 2027.",
        ],
    ),
)


@pytest.mark.parametrize(("name", "changes", "said"), CASES, ids=[f"{name} {list(c)[1]}" for name, c, _ in CASES])
def test_what_is_new_follows_the_new_steps(name: str, changes: dict[str, Any], said: list[str]) -> None:
    """What stays, what is taken at which time of day, what is gone, and by how much all else moves."""
    before, after = of_example(name, **changes)
    assert news(after, before) == said


def test_steps_that_move_to_both_sides_are_not_said_to_come_later() -> None:
    """A shorter interval lets a first cut that was to come soon come later, and the stop sooner."""
    order = {
        "drug": "lorazepam",
        "country": "GB",
        "start": "2026-11-26",
        "first_cut": "2026-12-14",
        "current": {"morning": "1 mg", "noon": "1.5 mg"},
        "product": [{"name": "lorazepam tablet 0.5 mg"}, {"name": "lorazepam tablet 1 mg"}],
        "stop_from": "0.5 mg",
        "phase": [{"reduce": "2 mg", "every": "4 weeks", "until": "0 mg"}],
    }
    before = plan(parse_order(order))
    after = revise(before, on="2026-11-30", every="3 weeks")
    handout = build_handout(PrintRequest(after, printed_on=date(2026, 11, 30), language="en-GB", previous=before))
    (news,) = (notice.lines for notice in handout.notices if notice.kind == "changed")
    assert [clean(line) for line in news] == [
        "You stay on 2.5 mg a day until 16 December 2026.",
        "There are more changes: see the calendar.",
        "First day without lorazepam: 7 January 2027 instead of 11 January 2027.",
    ]


def test_news_is_told_as_long_as_its_first_step_goes_on() -> None:
    """A paper of later weeks does not tell again what was new months ago."""
    before, after = of_example("diazepam", on="2026-04-01", taken={"bedtime": "7.5 mg"}, every="4 weeks")
    for day, told in ((date(2026, 4, 27), True), (date(2026, 4, 28), False)):
        assert bool(news(after, before, variant=Variant(on=day))) is told


def test_what_an_undone_revision_brings_back_is_told_from_its_day() -> None:
    """The step that begins at once is named; the others come sooner."""
    _, held = of_example("diazepam", on="2026-03-10", hold="2 weeks")
    undone = revise(held, on="2026-03-20", undo=True)
    assert news(undone, held) == [
        "20 March 2026 to 2 April 2026: Morning 6.5 mg, Bedtime 6.5 mg (old plan: 14 mg a day, then 13 mg a day)",
        "Every later step comes 10 days sooner.",
        "First day without diazepam: 18 September 2026 instead of 28 September 2026.",
    ]


def test_a_longer_step_to_come_is_not_told_as_the_dose_of_today() -> None:
    """A second revision of the day of a hold: 14 mg is taken now, so nobody is told to stay on 13 mg."""
    _, held = of_example("diazepam", on="2026-03-10", hold="2 weeks")
    slower = revise(held, on="2026-03-10", every="4 weeks")
    assert news(slower, held)[:2] == [
        "30 March 2026 to 26 April 2026: 13 mg a day",
        "Every later step comes later than in the old plan.",
    ]


def test_other_tablets_for_the_same_doses_are_told_once() -> None:
    """A new product: the doses and their days are the old ones, the pieces are not."""
    liquid = {
        "name": "diazepam solution 1 mg/mL",
        "source": "clinician",
        "form": "oral solution",
        "strength": "1 mg/mL",
        "device": "10 mL oral syringe",
        "graduation": "0.5 mL",
    }
    before, after = of_example("diazepam", on="2026-03-10", product=[liquid])
    told = "From 10 March 2026: the same doses, made up in another way. Go by the words and drawings in this plan."
    assert news(after, before)[0] == told
    assert clean(printed(after).facts[0].text) == "Morning 7 mL (7 mg), Bedtime 7 mL (7 mg)"
    assert not printed(after).facts[0].more


# ---- words -----------------------------------------------------------------------------------------

HOLDS = {
    "en": "You stay on 14 mg a day until 29 March 2026.",
    "fr": "Vous restez à 14 mg par jour jusqu’au 29 mars 2026.",
    "nl": "U blijft op 14 mg per dag tot en met 29 maart 2026.",
    "de": "Sie bleiben bei 14 mg am Tag. Letzter Tag: 29. März 2026.",
    "es": "Siga con 14 mg al día hasta el 29 de marzo de 2026.",
    "ar": "تبقى على 14 mg يوميًا حتى 29 مارس (آذار) 2026.",
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_begins_with_the_dose_of_today_and_tells_what_is_new(code: str) -> None:
    """Box, sentence, gray line and news are there in every format, in the same words."""
    before, after = of_example("diazepam", on="2026-03-10", hold="2 weeks")
    assert news(after, before, code)[0] == HOLDS[code]
    page, rules = printed(after, code, previous=before), unsafe(load(code_for(code, "US")))
    for text in strings(replace(page, frame=replace(page.frame, foot=()))):
        assert not [name for name, rule in rules.items() if rule.search(text)], text
    said = [page.facts[0].label, page.facts[0].text, page.facts[0].more, page.sentence, page.earlier]
    said += [line for one in page.notices for line in one.lines]
    for kind in FORMATS:
        content = render(after, to=kind, printed_on=PRINTED, language=code, previous=before)
        if kind == "pdf" and load(code).direction == "rtl":  # readers of PDF give joined letters in pieces
            continue
        shown = clean(" ".join(pdf_texts(content))) if kind == "pdf" else text_of(content, kind)
        places = ["".join(shown.split()).find("".join(clean(text).split())) for text in said]
        assert -1 not in places
        assert kind == "pdf" or places[0] == min(places)  # the PDF begins with the sheet


def test_a_sixth_grader_can_read_what_is_new() -> None:
    """Grade 6 or below, with the names of drugs, months and times of day left out."""
    for name, changes, said in CASES:
        before, after = of_example(name, **changes)
        page = printed(after, previous=before)
        for text in (*said, page.sentence, page.earlier):
            plain = re.sub(DATE, "May 1", re.sub("diazepam|zopiclone|Morning|Bedtime|mg|mL", "Bob", clean(text)))
            assert grade(plain) <= 6, text


def test_a_revision_before_a_drug_of_a_switch_has_begun_is_printed() -> None:
    """Held on the ninth day of two weeks: what is new is said of the drug that is taken, and nothing of the other."""
    order = {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "current": {"bedtime": "10 mg"},
        "product": [{"name": "diazepam tablet 5 mg"}, {"name": "lorazepam tablet 1 mg", "split": "halves"}],
        "phase": [
            {"switch_to": "lorazepam", "every": "1 week", "equivalence": "10 mg = 1 mg"},
            {"reduce": "0.5 mg", "every": "2 weeks", "until": "0 mg"},
        ],
    }
    before = plan(parse_order(order))
    after = revise(before, on="2026-01-09", hold="2 weeks")
    request = PrintRequest(after, printed_on=date(2026, 1, 9), language="en", previous=before)
    (changed,) = (notice for notice in build_handout(request).notices if notice.kind == "changed")
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in changed.lines] == [
        "diazepam: You stay on 10 mg a day until January 25, 2026.",
        "diazepam: First day without diazepam: January 26, 2026 instead of January 12, 2026.",
        "LORazepam: Every later step comes 2 weeks later.",
        "LORazepam: First day without LORazepam: February 23, 2026 instead of February 9, 2026.",
    ]
    assert render(after, None, "html", printed_on="2026-01-09", previous=before)
